"""An invitation to lead a group: looking does not use it up, joining does, once."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import login
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from meetings import accounts
from meetings.editing.accounts import NAME_TAKEN, WelcomeForm
from meetings.models import Facilitator, Invitation


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    kept = accounts.invitation(token)
    if kept is None:
        return _used_up(request)
    facilitator = request.user
    if isinstance(facilitator, Facilitator):
        return _as_herself(request, facilitator, kept, token)
    form = WelcomeForm(request.POST or None)
    if not form.is_bound:
        return _page(request, kept, {"form": form})
    if not form.is_valid():
        return _page(request, kept, {"form": form}, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        made = accounts.accept_as_new(
            token, form.cleaned_data["name"], form.cleaned_data["password"]
        )
    except IntegrityError:
        # Someone took the name at this very moment.
        form.add_error("name", NAME_TAKEN)
        return _page(request, kept, {"form": form}, HTTPStatus.UNPROCESSABLE_ENTITY)
    if made is None:
        return _used_up(request)
    newcomer, group = made
    login(request, newcomer, backend=settings.AUTHENTICATION_BACKENDS[0])
    return HttpResponseRedirect(f"/group/{group.pk}/")


def _as_herself(
    request: HttpRequest, facilitator: Facilitator, kept: Invitation, token: str
) -> HttpResponse:
    leads = facilitator.groups.filter(pk=kept.group_id).exists()
    if request.method == "GET":
        return _page(request, kept, {"facilitator": facilitator, "leads": leads})
    if leads:
        # It stays open for the one it was meant for.
        return HttpResponseRedirect(f"/group/{kept.group_id}/")
    group = accounts.accept(token, facilitator)
    if group is None:
        return _used_up(request)
    return HttpResponseRedirect(f"/group/{group.pk}/")


def _page(
    request: HttpRequest,
    kept: Invitation,
    context: dict[str, object],
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {"group": kept.group, "path": request.path, **context}
    return render(request, "account/invitation.html", context, status=status)


def _used_up(request: HttpRequest) -> HttpResponse:
    return render(request, "account/invitation_used_up.html", status=HTTPStatus.GONE)
