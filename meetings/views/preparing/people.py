"""A group's facilitators: inviting, helping one back in, leaving, removing."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from asgiref.sync import async_to_sync
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from meetings import accounts, addresses, services
from meetings.models import Facilitator, Group
from meetings.views.leading.pages import qr_svg
from meetings.views.preparing.pages import NotKept, not_kept, of_group, page, posted_from

HERE = {"here": "people"}
PEOPLE = "/group/{group.pk}/people"


def _back(group: Group) -> str:
    return PEOPLE.format(group=group)


def _colleague(request: HttpRequest, group: Group, person_id: UUID) -> Facilitator:
    """Another facilitator of this group."""
    found: Facilitator = get_object_or_404(group.facilitators, pk=person_id)
    if found == request.user:
        raise Http404
    return found


@require_GET
@of_group
def people(request: HttpRequest, group: Group) -> HttpResponse:
    invitations = group.invitations.filter(expires__gt=timezone.now())
    context = {
        "facilitators": group.facilitators.order_by("name"),
        "invitations": invitations.order_by("expires", "pk"),
    }
    return page(request, "people.html", group, HERE | context)


def _link(request: HttpRequest, group: Group, path: str, **context: Any) -> HttpResponse:
    link = addresses.link(request, path)
    context = {"link": link, "qr_svg": qr_svg(link), "back": _back(group), **context}
    return page(request, "people_link.html", group, HERE | context, HTTPStatus.CREATED)


@of_group
@posted_from(PEOPLE)
def invite(request: HttpRequest, group: Group) -> HttpResponse:
    """A link that works once. It is shown now and never again: only a digest is kept."""
    return _link(request, group, f"/invitation/{accounts.invite(group)}")


@of_group
@posted_from(PEOPLE)
def withdraw(request: HttpRequest, group: Group, digest: str) -> HttpResponse:
    accounts.withdraw(group, digest)
    return HttpResponseRedirect(f"{_back(group)}?saved")


@of_group
@posted_from(PEOPLE)
def issue_link(request: HttpRequest, group: Group, person_id: UUID) -> HttpResponse:
    """A way back in for a colleague, if it opens nothing that is closed to whoever makes it."""
    colleague = _colleague(request, group, person_id)
    if not accounts.may_issue_link(_asking(request), colleague):
        context = {"colleague": colleague}
        return page(request, "people_no_link.html", group, HERE | context, HTTPStatus.FORBIDDEN)
    token = accounts.issue_sign_in_link(colleague)
    return _link(request, group, f"/in/{token}", colleague=colleague)


def _asking(request: HttpRequest) -> Facilitator:
    """Whom `of_group` has found to lead the group."""
    return cast(Facilitator, request.user)


@require_http_methods(["GET", "POST"])
@of_group
def remove(request: HttpRequest, group: Group, person_id: UUID) -> HttpResponse:
    colleague = _colleague(request, group, person_id)
    if request.method == "GET":
        return page(request, "people_remove.html", group, HERE | {"colleague": colleague})
    try:
        accounts.remove(group, colleague)
    except accounts.LastOne:
        # The colleague removed her at this very moment.
        return not_kept(request, NotKept.NOT_HERS)
    async_to_sync(services.depart_from)(colleague, group)
    return HttpResponseRedirect(f"{_back(group)}?saved")


@require_http_methods(["GET", "POST"])
@of_group
def leave(request: HttpRequest, group: Group) -> HttpResponse:
    facilitator = _asking(request)
    last = not group.facilitators.exclude(pk=facilitator.pk).exists()
    if request.method == "POST" and not last:
        try:
            accounts.remove(group, facilitator)
        except accounts.LastOne:
            # The other one left at this very moment.
            last = True
        else:
            async_to_sync(services.depart_from)(facilitator, group)
            return HttpResponseRedirect("/groups/?left")
    status = HTTPStatus.CONFLICT if last and request.method == "POST" else HTTPStatus.OK
    return page(request, "people_leave.html", group, HERE | {"last": last}, status)
