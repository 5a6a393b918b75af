"""The host's pages: groups, facilitators, invitations. Nothing about meetings held, or people."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from django.conf import settings
from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from meetings import accounts, addresses, services
from meetings.editing.accounts import GroupNameForm, NewGroupForm
from meetings.models import Facilitator, Group, Invitation
from meetings.starters import make_agenda, make_group
from meetings.starters.groups import FIRST_AGENDA
from meetings.views.accounts.access import hosts_only
from meetings.views.leading.pages import qr_svg
from meetings.views.preparing.pages import posted_from

HOST = "/host/"
PERSON = f"{HOST}facilitators/{{person_id}}/"


@require_GET
@hosts_only
def host(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    return _page(request, NewGroupForm())


def _page(request: HttpRequest, form: Any, status: int = HTTPStatus.OK) -> HttpResponse:
    groups = Group.objects.annotate(many=Count("facilitators")).order_by("name", "pk")
    languages = dict(settings.LANGUAGES)
    context = {
        "form": form,
        "groups": [(group, languages.get(group.language, group.language)) for group in groups],
        "facilitators": Facilitator.objects.prefetch_related("groups").order_by("name"),
        "invitations": open_invitations(Invitation.objects.all()),
    }
    return render(request, "hosting/host.html", context, status=status)


def open_invitations(invitations: Any) -> Any:
    still = invitations.filter(expires__gt=timezone.now())
    return still.select_related("group").order_by("expires", "pk")


@hosts_only
@posted_from(HOST)
def groups(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    """A group with all that a new one starts from, and nobody in it until she invites someone."""
    form = NewGroupForm(request.POST)
    if not form.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    group = make_group(
        facilitator,
        form.cleaned_data["language"],
        form.cleaned_data["time_zone"],
        name=form.cleaned_data["name"],
    )
    make_agenda(group, *FIRST_AGENDA)
    # Keeping the server is not leading: she may take an invitation like anyone else.
    group.facilitators.remove(facilitator)
    return HttpResponseRedirect(f"{HOST}groups/{group.pk}/?saved")


@require_http_methods(["GET", "POST"])
@hosts_only
def group(request: HttpRequest, facilitator: Facilitator, group_id: UUID) -> HttpResponse:
    kept = get_object_or_404(Group, pk=group_id)
    form = GroupNameForm(request.POST or None, initial={"name": kept.name})
    if request.method == "POST" and form.is_valid():
        # Someone who has the group's settings open is told.
        Group.objects.filter(pk=kept.pk).update(
            name=form.cleaned_data["name"], revision=F("revision") + 1
        )
        return HttpResponseRedirect(f"{HOST}groups/{kept.pk}/?saved")
    context = {
        "group": kept,
        "form": form,
        "facilitators": kept.facilitators.order_by("name"),
        "invitations": open_invitations(kept.invitations.all()),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "hosting/group.html", context, status=status)


@hosts_only
@posted_from(f"{HOST}groups/{{group_id}}/")
def invite(request: HttpRequest, facilitator: Facilitator, group_id: UUID) -> HttpResponse:
    kept = get_object_or_404(Group, pk=group_id)
    link = addresses.link(request, f"/invitation/{accounts.invite(kept)}")
    context = {"group": kept, "link": link, "qr_svg": qr_svg(link)}
    return render(
        request,
        "hosting/link.html",
        {**context, "back": f"{HOST}groups/{kept.pk}/"},
        status=HTTPStatus.CREATED,
    )


@require_http_methods(["GET", "POST"])
@hosts_only
def delete_group(request: HttpRequest, facilitator: Facilitator, group_id: UUID) -> HttpResponse:
    kept = get_object_or_404(Group, pk=group_id)
    if request.method == "GET":
        return render(request, "hosting/group_delete.html", {"group": kept})
    async_to_sync(services.forget_meeting_of)(kept)
    accounts.delete_group(kept)
    return HttpResponseRedirect(f"{HOST}?saved")


@hosts_only
@posted_from(HOST)
def withdraw(request: HttpRequest, facilitator: Facilitator, digest: str) -> HttpResponse:
    accounts.withdraw(None, digest)
    return HttpResponseRedirect(f"{HOST}?saved")


@require_GET
@hosts_only
def person(request: HttpRequest, facilitator: Facilitator, person_id: UUID) -> HttpResponse:
    return _person(request, facilitator, get_object_or_404(Facilitator, pk=person_id))


def _person(
    request: HttpRequest,
    facilitator: Facilitator,
    found: Facilitator,
    *,
    last_host: bool = False,
) -> HttpResponse:
    context = {
        "person": found,
        "is_self": found.pk == facilitator.pk,
        "groups": found.groups.order_by("name", "pk"),
        "last_host": last_host,
    }
    status = HTTPStatus.CONFLICT if last_host else HTTPStatus.OK
    return render(request, "hosting/person.html", context, status=status)


@hosts_only
@posted_from(PERSON)
def issue_link(request: HttpRequest, facilitator: Facilitator, person_id: UUID) -> HttpResponse:
    found = get_object_or_404(Facilitator, pk=person_id)
    link = addresses.link(request, f"/in/{accounts.issue_sign_in_link(found)}")
    context = {"colleague": found, "link": link, "qr_svg": qr_svg(link)}
    return render(
        request,
        "hosting/link.html",
        {**context, "back": f"{HOST}facilitators/{found.pk}/"},
        status=HTTPStatus.CREATED,
    )


@hosts_only
@posted_from(PERSON)
def hosting(request: HttpRequest, facilitator: Facilitator, person_id: UUID) -> HttpResponse:
    """`on`: keeps the server as well. Off: does not any more."""
    found = get_object_or_404(Facilitator, pk=person_id)
    if request.POST.get("on") == "1":
        accounts.make_host(found)
    else:
        try:
            accounts.give_up_hosting(found)
        except accounts.LastOne:
            return _person(request, facilitator, found, last_host=True)
        if found.pk == facilitator.pk:
            return HttpResponseRedirect("/groups/")
    return HttpResponseRedirect(f"{HOST}facilitators/{found.pk}/?saved")


@require_http_methods(["GET", "POST"])
@hosts_only
def delete_person(request: HttpRequest, facilitator: Facilitator, person_id: UUID) -> HttpResponse:
    found = get_object_or_404(Facilitator, pk=person_id)
    if found.is_host:
        # Her hosting is taken first, as a step of its own; the last host stays.
        return _person(request, facilitator, found, last_host=True)
    led = list(found.groups.order_by("name", "pk"))
    if request.method == "GET":
        alone = [each for each in led if each.facilitators.count() == 1]
        return render(request, "hosting/person_delete.html", {"person": found, "alone": alone})
    # Deleting takes her id away, and her seat in a meeting is made of it.
    seat = Facilitator(pk=found.pk)
    accounts.end_sessions(found)
    accounts.delete_facilitator(found)
    for each in led:
        async_to_sync(services.depart_from)(seat, each)
    return HttpResponseRedirect(f"{HOST}?saved")
