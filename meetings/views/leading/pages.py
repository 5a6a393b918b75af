"""The laptop's page: its regions, the ways in, its keys, the shared screen, the end."""

from __future__ import annotations

import time
from http import HTTPStatus

import segno
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_POST

from meetings import addresses, regions, seats, services, words
from meetings.engine import commands as c
from meetings.engine.state import Meeting
from meetings.forms import KeysForm
from meetings.models import Facilitator
from meetings.room import Audience, regions_of, stamp
from meetings.seats import SeatToken
from meetings.store import Gone
from meetings.views.answers import answering, language, polled, understood
from meetings.views.leading.access import facilitators_only, facilitators_page, home_of

KEYS_OFF = "keys_off"


@require_GET
@facilitators_page
async def console(request: HttpRequest, facilitator: Facilitator, meeting_id: str) -> HttpResponse:
    try:
        state, actor = await services.console(facilitator, meeting_id)
    except Gone:
        return HttpResponseRedirect(await home_of(facilitator))
    now = time.time()
    made = regions_of(state, Audience.CONSOLE, actor.seat, language(), now)
    context = {
        "regions": made,
        "digest": regions.digest(made),
        "revision": stamp(now),
        "page_now": now,
        "meeting_id": state.id,
        "group": state.group,
        **await ways_in(request, state),
        "keys_on": not await request.session.aget(KEYS_OFF, False),
        "words": words,
    }
    return render(request, "meetings/console.html", context)


async def ways_in(request: HttpRequest, state: Meeting) -> dict[str, str]:
    """Code, link, square and call, as the laptop is reached at this moment."""
    join_url = addresses.join_url(request, await services.whole_code(state))
    return {
        "code": state.code,
        "join_url": join_url,
        "qr_svg": qr_svg(join_url),
        "call_link": state.group.call_link,
    }


@require_GET
@facilitators_only
@answering
async def join_card(
    request: HttpRequest, facilitator: Facilitator, meeting_id: str
) -> HttpResponse:
    """The ways in once more: the hall's Wi-Fi may have given the laptop another address."""
    state, _actor = await services.console(facilitator, meeting_id)
    ways = await ways_in(request, state)
    cards = [
        regions.partial(
            f"#{at}-card",
            render_to_string("meetings/_join.html", {**ways, "at": at}, request=request).strip(),
        )
        for at in ("lobby", "join")
    ]
    return HttpResponse("".join(cards))


def qr_svg(link: str) -> SafeString:
    """The link as inline SVG: its colours come from the page."""
    svg = segno.make(link, error="m").svg_inline(
        scale=1, border=2, omitsize=True, svgclass="qr", lineclass="qr-dots"
    )
    return mark_safe(svg)  # noqa: S308 - nothing but squares


@require_GET
@facilitators_only
@answering
async def console_poll(
    request: HttpRequest, facilitator: Facilitator, meeting_id: str
) -> HttpResponse:
    state, actor = await services.console(facilitator, meeting_id)
    return await polled(request, state.id, Audience.CONSOLE, actor.seat)


@require_POST
@facilitators_only
@answering
async def keys(request: HttpRequest, facilitator: Facilitator, meeting_id: str) -> HttpResponse:
    """Single keys on or off, for as long as she is signed in."""
    await request.session.aset(KEYS_OFF, not understood(KeysForm(request.POST)).cleaned_data["on"])
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_POST
@facilitators_only
async def screen(request: HttpRequest, facilitator: Facilitator, meeting_id: str) -> HttpResponse:
    """Open the shared screen in this browser."""
    response = HttpResponseRedirect("/screen")
    try:
        state, _actor = await services.console(facilitator, meeting_id)
        token = SeatToken(services.SCREEN_SEAT)
        await seats.write(services.store(), response, seats.SCREEN, state.id, token)
    except Gone:
        raise Http404 from None
    return response


@require_POST
@facilitators_only
async def end(request: HttpRequest, facilitator: Facilitator, meeting_id: str) -> HttpResponse:
    """The second step: the meeting is over, and what belonged to persons is gone."""
    try:
        state, actor = await services.console(facilitator, meeting_id)
        await services.perform(state.id, actor, c.End())
    except Gone:
        return HttpResponseRedirect(await home_of(facilitator))
    changed = "?changed" if state.board.version != state.opening_version else ""
    response = HttpResponseRedirect(f"/group/{state.group.id}/receipt{changed}")
    seats.forget(response, seats.SCREEN)
    return response
