"""The group's page, its doors, and what is left after a meeting."""

from __future__ import annotations

from uuid import UUID

from asgiref.sync import sync_to_async
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from meetings import between, services, when, words
from meetings.editing.worth_a_look import worth_a_look
from meetings.forms import DoorsForm
from meetings.models import Facilitator, Group
from meetings.store import Gone
from meetings.views.leading.access import facilitators_page


async def _group(facilitator: Facilitator, group_id: UUID) -> Group:
    try:
        return await services.group_of(facilitator, group_id)
    except Gone:
        raise Http404 from None


@require_GET
@facilitators_page
async def group(request: HttpRequest, facilitator: Facilitator, group_id: UUID) -> HttpResponse:
    """The quiet hub: the doors, with which agenda, and what may need a look before."""
    kept = await _group(facilitator, group_id)
    live_meeting_id = await services.live_meeting_of(kept)

    def page() -> HttpResponse:
        version = kept.agreement.current()
        planned = kept.agendas.filter(steps__isnull=False).distinct()
        context = {
            "here": "home",
            "group": kept,
            "agendas": planned.order_by("pk").prefetch_related("steps"),
            "agenda_is_gone": "pick" in request.GET,
            "looks": worth_a_look(kept),
            "version": version,
            "statements": version.statements if version else [],
            "ideas_wait": kept.agreement.ideas.count(),
            "live_meeting_id": live_meeting_id,
            "next_meeting": when.next_of(kept, timezone.now()),
        }
        return render(request, "meetings/group.html", context)

    return await sync_to_async(page)()


@require_http_methods(["GET", "POST"])
@facilitators_page
async def doors_open(
    request: HttpRequest, facilitator: Facilitator, group_id: UUID
) -> HttpResponse:
    """Opens them, on POST; who was signed out and comes back by GET gets the group's page."""
    if request.method == "GET":
        return HttpResponseRedirect(f"/group/{group_id}/")
    kept = await _group(facilitator, group_id)
    chosen = DoorsForm(request.POST)
    try:
        if not chosen.is_valid():
            raise services.NothingPlanned
        meeting_id = await services.open_doors(kept, chosen.cleaned_data["agenda"])
    except services.NothingPlanned:
        # One that was there when her page was made.
        again = "?pick" if "agenda" in request.POST else ""
        return HttpResponseRedirect(f"/group/{group_id}/{again}")
    await between.bring_along(kept)
    return HttpResponseRedirect(f"/console/{meeting_id}/")


@require_GET
@facilitators_page
async def receipt(request: HttpRequest, facilitator: Facilitator, group_id: UUID) -> HttpResponse:
    """What was kept and what was not, after the end."""
    kept = await _group(facilitator, group_id)
    version = await sync_to_async(kept.agreement.current)()
    context = {
        "group": kept,
        "version": version,
        "agreement_changed": "changed" in request.GET,
        "words": words,
    }
    return render(request, "meetings/receipt.html", context)
