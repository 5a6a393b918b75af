"""Signing in by password or passkey, and finding a new password by mail."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account import views as allauth
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from allauth.mfa.webauthn.views import LoginWebAuthnView
from asgiref.sync import async_to_sync
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_GET

from meetings import accounts, services
from meetings.accounts import passkeys
from meetings.views.accounts.access import forget_fresh


class Corrected:
    """A form with something wrong in it comes back as 422, with all but passwords still there."""

    def form_invalid(self, form: forms.BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


class SignIn(Corrected, allauth.LoginView):
    template_name = "account/login.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return super().get_context_data(
            passkeys_work=passkeys.work_here(self.request),
            passkey_unknown="passkey" in self.request.GET,
            sends_mail=settings.SENDS_MAIL,
            **more,
        )

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        # Another facilitator may have come by a link here before.
        forget_fresh(response)
        return response


@method_decorator(
    # A question costs a row of its own until it is answered or forgotten.
    ratelimit.decorator(
        app="allauth.mfa",
        action="webauthn_login",
        config={"webauthn_login": "30/m/ip"},
        limit_get=True,
    ),
    name="dispatch",
)
class PasskeySignIn(LoginWebAuthnView):
    """GET as JSON: the question for the browser's keys. POST: the answer."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not passkeys.work_here(request):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form_invalid(self, form: forms.BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response["Location"] = f"{response['Location']}?passkey"
        return response

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        forget_fresh(response)
        return response


class Recovery(Corrected, allauth.PasswordResetView):
    """Ask for a mail; without mail, how to get in all the same."""

    template_name = "account/password_reset.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.SENDS_MAIL:
            return self.get(request)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return super().get_context_data(sends_mail=settings.SENDS_MAIL, **more)


class RecoverySent(allauth.PasswordResetDoneView):
    template_name = "account/password_reset_done.html"


class NewPassword(Corrected, allauth.PasswordResetFromKeyView):
    template_name = "account/password_reset_from_key.html"
    reset_user: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        if self.reset_user is None and response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.GONE
        return response

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        # Whoever had the old password is out, and so are her console's pages.
        accounts.end_sessions(self.reset_user)
        async_to_sync(services.depart)(self.reset_user)
        self.request.session.flush()
        return response


class NewPasswordKept(allauth.PasswordResetFromKeyDoneView):
    template_name = "account/password_reset_from_key_done.html"


class ConfirmEmail(allauth.ConfirmEmailView):
    template_name = "account/email_confirm.html"

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().get(*args, **kwargs)
        if self.object is None:
            response.status_code = HTTPStatus.GONE
        return response

    def logout_other_user(self, confirmation: Any) -> None:
        """Nobody is signed out by a link in somebody's mail."""

    def respond(self, success: bool) -> HttpResponse:
        kept = EmailAddress.objects.filter(pk=self.object.email_address.pk, verified=True)
        context = self.get_context_data()
        return self.render_to_response(context | {"kept": kept.exists(), "answered": True})


def with_mail(view: Any) -> Any:
    """There is no such page where no mail is sent."""

    def wrapped(request: HttpRequest, **which: Any) -> HttpResponse:
        if not settings.SENDS_MAIL:
            raise Http404
        response: HttpResponse = view(request, **which)
        return response

    return wrapped


sign_in = SignIn.as_view()
passkey = PasskeySignIn.as_view()
recovery = Recovery.as_view()
recovery_sent = with_mail(RecoverySent.as_view())
new_password = with_mail(NewPassword.as_view())
new_password_kept = require_GET(with_mail(NewPasswordKept.as_view()))
confirm_email = with_mail(ConfirmEmail.as_view())
