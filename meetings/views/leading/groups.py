"""The group's page, its doors, and what is left after a meeting."""

from __future__ import annotations

from uuid import UUID

from asgiref.sync import sync_to_async
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from meetings import services, when, words
from meetings.models import Facilitator, Group
from meetings.store import Gone
from meetings.views.leading.access import facilitators_only, facilitators_page


async def _group(facilitator: Facilitator, group_id: UUID) -> Group:
    try:
        return await services.group_of(facilitator, group_id)
    except Gone:
        raise Http404 from None


@require_GET
@facilitators_page
async def group(request: HttpRequest, facilitator: Facilitator, group_id: UUID) -> HttpResponse:
    kept = await _group(facilitator, group_id)
    live_meeting_id = await services.live_meeting_of(kept)

    def page() -> HttpResponse:
        version = kept.agreement.current()
        context = {
            "group": kept,
            "agenda": kept.agendas.order_by("pk").first(),
            "readings": kept.readings.order_by("pk"),
            "prompts": kept.prompts.order_by("pk"),
            "version": version,
            "statements": version.statements if version else [],
            "support_lines": kept.support_lines.all(),
            "live_meeting_id": live_meeting_id,
            "next_meeting": when.next_of(kept, timezone.now()),
        }
        return render(request, "meetings/group.html", context)

    return await sync_to_async(page)()


@require_POST
@facilitators_only
async def doors_open(
    request: HttpRequest, facilitator: Facilitator, group_id: UUID
) -> HttpResponse:
    try:
        meeting_id = await services.open_doors(await _group(facilitator, group_id))
    except services.NothingPlanned:
        return HttpResponseRedirect(f"/group/{group_id}/")
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
