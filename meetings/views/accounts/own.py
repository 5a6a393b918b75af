"""Her own account: name, password, e-mail, passkeys, and signing out everywhere."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from asgiref.sync import async_to_sync
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from meetings import accounts, seats, services
from meetings.accounts import passkeys
from meetings.editing.accounts import NAME_TAKEN, EmailForm, NameForm, PasswordForm
from meetings.models import Facilitator
from meetings.views.accounts.access import forget_fresh, is_fresh, signed_in
from meetings.views.leading.access import where_she_is_needed
from meetings.views.preparing.pages import posted_from

ACCOUNT = "/account/"
SAVED = f"{ACCOUNT}?saved"


@require_GET
@signed_in
def account(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    return _page(request, facilitator)


def _page(
    request: HttpRequest,
    facilitator: Facilitator,
    *,
    wrong: Any = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    fresh = is_fresh(request, facilitator)
    addresses = EmailAddress.objects.filter(user=facilitator)
    context = {
        "facilitator": facilitator,
        "name_form": NameForm(whose=facilitator, prefix="own"),
        "password_form": PasswordForm(whose=facilitator, confirmed=fresh),
        "email_form": EmailForm(whose=facilitator, confirmed=fresh, prefix="mail"),
        "email": addresses.filter(verified=True).first(),
        "email_to_confirm": addresses.filter(verified=False).first(),
        "sends_mail": settings.SENDS_MAIL,
        "passkeys": [key.wrap() for key in keys_of(facilitator)],
        "passkeys_work": passkeys.work_here(request),
        "wrong": None,
    }
    if wrong is not None:
        context |= {wrong.place: wrong, "wrong": wrong}
    return render(request, "account/mine.html", context, status=status)


def keys_of(facilitator: Facilitator) -> Any:
    return Authenticator.objects.filter(
        user=facilitator, type=Authenticator.Type.WEBAUTHN
    ).order_by("pk")


def _again(request: HttpRequest, facilitator: Facilitator, form: Any) -> HttpResponse:
    return _page(request, facilitator, wrong=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@signed_in
@posted_from(ACCOUNT)
def name(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    form = NameForm(request.POST, whose=facilitator, prefix="own")
    if not form.is_valid():
        return _again(request, Facilitator.objects.get(pk=facilitator.pk), form)
    facilitator.name = form.cleaned_data["name"]
    try:
        facilitator.save(update_fields=["name"])
    except IntegrityError:
        # Someone took it at this very moment.
        form.add_error("name", NAME_TAKEN)
        return _again(request, Facilitator.objects.get(pk=facilitator.pk), form)
    return HttpResponseRedirect(SAVED)


@signed_in
@posted_from(ACCOUNT)
def password(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    """A new password. Whoever is signed in as her anywhere else is signed out.

    Her seat stays, and consoles of ended sessions close with the next heartbeat.
    """
    form = PasswordForm(request.POST, whose=facilitator, confirmed=is_fresh(request, facilitator))
    if not form.is_valid():
        return _again(request, facilitator, form)
    facilitator.set_password(form.cleaned_data["password"])
    facilitator.save(update_fields=["password"])
    update_session_auth_hash(request, facilitator)
    accounts.end_sessions(facilitator, but=request.session.session_key)
    response = HttpResponseRedirect(SAVED)
    forget_fresh(response)
    return response


@signed_in
@posted_from(ACCOUNT)
def email(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    """An address to confirm; the one before stays until then."""
    if not settings.SENDS_MAIL:
        raise Http404
    form = EmailForm(
        request.POST,
        whose=facilitator,
        confirmed=is_fresh(request, facilitator),
        prefix="mail",
    )
    if not form.is_valid():
        return _again(request, facilitator, form)
    EmailAddress.objects.add_new_email(request, facilitator, form.cleaned_data["email"])
    return HttpResponseRedirect(f"{ACCOUNT}?mailed")


@signed_in
@posted_from(ACCOUNT)
def email_forgotten(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    EmailAddress.objects.filter(user=facilitator).delete()
    Facilitator.objects.filter(pk=facilitator.pk).update(email="")
    return HttpResponseRedirect(SAVED)


@require_http_methods(["GET", "POST"])
@signed_in
def out_everywhere(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    """Every browser that is signed in as her, this one too."""
    if request.method == "GET":
        return render(request, "account/out_everywhere.html")
    accounts.end_sessions(facilitator)
    async_to_sync(services.depart)(facilitator)
    logout(request)
    response = render(request, "meetings/signed_out.html")
    seats.forget(response, seats.SCREEN)
    forget_fresh(response)
    return response


@require_GET
@signed_in
def landing(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    """Just signed in: to where she is needed."""
    return HttpResponseRedirect(async_to_sync(where_she_is_needed)(facilitator))


@require_GET
@signed_in
def groups(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    """Which group: for her who leads more than one, or none yet."""
    found = facilitator.groups.order_by("name", "pk")
    return render(request, "account/groups.html", {"groups": found, "facilitator": facilitator})
