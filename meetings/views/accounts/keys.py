"""Adding a passkey to one's account, and taking one away."""

from __future__ import annotations

from http import HTTPStatus

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from meetings.accounts import passkeys
from meetings.editing.accounts import PasskeyForm
from meetings.models import Facilitator
from meetings.views.accounts.access import is_fresh, signed_in
from meetings.views.accounts.own import ACCOUNT, SAVED, keys_of

# More than anyone has devices; each is asked for when one is added.
MOST_KEYS = 20


@require_http_methods(["GET", "POST"])
@signed_in
def add(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    if not passkeys.work_here(request):
        raise Http404
    if not facilitator.has_usable_password() or keys_of(facilitator).count() >= MOST_KEYS:
        # A key that is lost must not be the only way in.
        return HttpResponseRedirect(ACCOUNT)
    sent = request.POST if request.method == "POST" else None
    form = PasskeyForm(
        sent,
        whose=facilitator,
        confirmed=is_fresh(request, facilitator),
    )
    if sent is not None and form.is_valid():
        Authenticator.objects.create(
            user=facilitator,
            type=Authenticator.Type.WEBAUTHN,
            data={
                "name": form.cleaned_data["label"],
                "credential": form.cleaned_data["credential"],
            },
        )
        return HttpResponseRedirect(SAVED)
    context = {
        "form": form,
        "options": {"creation_options": auth.begin_registration(facilitator, True)},
    }
    status = HTTPStatus.OK if sent is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "account/passkey_add.html", context, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def remove(request: HttpRequest, facilitator: Facilitator, key: int) -> HttpResponse:
    found = get_object_or_404(keys_of(facilitator), pk=key)
    if request.method == "POST":
        found.delete()
        return HttpResponseRedirect(SAVED)
    return render(request, "account/passkey_remove.html", {"passkey": found.wrap()})
