"""The way in: a code, a name or none, three short cards."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from msgspec.structs import replace

from meetings import preparation, rationing, regions, seats, services, words
from meetings.engine import commands as c
from meetings.engine.refusals import Refusal, Refused
from meetings.engine.state import Meeting
from meetings.engine.views.shared import agreement_now
from meetings.forms import CodeForm, DoorForm
from meetings.models import Facilitator
from meetings.seats import SeatToken
from meetings.sentences import NOT_UNDERSTOOD
from meetings.store import Gone
from meetings.views.answers import sentence_for

# In seconds: a code that opens nothing is answered no sooner, whatever was found behind it.
CLOSED_AFTER = 0.03

# What happens to someone whose code opens this meeting.
AtTheDoor = Callable[[HttpRequest, Meeting], Awaitable[HttpResponse]]


@require_http_methods(["GET", "POST"])
async def home(request: HttpRequest) -> HttpResponse:
    """Type the code."""
    if request.method == "GET":
        return render(request, "meetings/home.html", {"error": "", "code": ""})
    form = CodeForm(request.POST)
    if form.is_valid() and form.cleaned_data["code"]:
        code = form.cleaned_data["code"]

        async def lead_there(request: HttpRequest, state: Meeting) -> HttpResponse:
            return HttpResponseRedirect(f"/j/{code}")

        # Only what opens a door goes into an address: a browser remembers whatever else was typed.
        return await _try(request, code, lead_there)
    context = {"error": words.CODE_NOT_OPEN, "code": ""}
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "meetings/home.html", context, status=status)


@require_GET
async def what_happens(request: HttpRequest) -> HttpResponse:
    context = {
        "title": words.WHAT_HAPPENS_TITLE,
        "intro": words.WHAT_HAPPENS_INTRO,
        "steps": words.WHAT_HAPPENS,
        "close": words.WHAT_HAPPENS_CLOSE,
    }
    return render(request, "meetings/what_happens.html", context)


async def leads_here(request: HttpRequest, state: Meeting | None) -> bool:
    """Whether this browser leads the meeting: then it does not also sit in it."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        # A participant's request touches no session and no database.
        return False
    facilitator = await request.auser()
    return isinstance(facilitator, Facilitator) and await services.leads_here(facilitator, state)


@require_http_methods(["GET", "POST"])
async def door(request: HttpRequest, code: str) -> HttpResponse:
    """Say a name or none, and come in. Unknown, ended and locked codes answer alike."""
    return await _try(request, code.upper(), _door if request.method == "GET" else _come_in)


async def _try(request: HttpRequest, code: str, once_known: AtTheDoor) -> HttpResponse:
    begun = time.monotonic()
    rationed = preparation.is_short(code)
    address = rationing.address_of(request)
    if rationed and not rationing.tries().are_left(address, begun):
        # Before anything is looked up: right codes are told from wrong ones by nothing at all.
        context = {"error": words.CODE_IS_SHORT, "code": code}
        return render(request, "meetings/home.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        return await _at_the_door(request, code, once_known)
    except Gone:
        if rationed:
            rationing.tries().failed(address, begun)
        context = {"error": words.CODE_NOT_OPEN, "code": code}
        closed = render(request, "meetings/home.html", context, status=HTTPStatus.NOT_FOUND)
        # Where live state is far away, looking at a locked meeting takes longer than finding none.
        await asyncio.sleep(begun + CLOSED_AFTER - time.monotonic())
        return closed


async def _at_the_door(request: HttpRequest, code: str, once_known: AtTheDoor) -> HttpResponse:
    # An unknown code takes each step that a locked one takes: nothing returns before the last.
    state = None
    with suppress(Gone):
        state = await services.meeting_behind(code)
    carried = await seats.read(services.store(), request.COOKIES, seats.SEAT)
    leads = await leads_here(request, state)
    if state is None:
        raise Gone
    if carried is not None and carried[0] == state.id:
        # One browser, one seat: a second tab or a second scan is the same person.
        return HttpResponseRedirect("/meeting")
    if leads:
        return HttpResponseRedirect(f"/console/{state.id}/")
    if state.locked:
        raise Gone
    return await once_known(request, state)


async def _come_in(request: HttpRequest, state: Meeting) -> HttpResponse:
    form = DoorForm(request.POST)
    if not form.is_valid():
        return await _door(
            request, state, None, str(NOT_UNDERSTOOD), HTTPStatus.UNPROCESSABLE_ENTITY
        )
    try:
        token = await services.join(state, form.command())
    except Refused as refusal:
        if refusal.code is Refusal.DOORS_LOCKED:
            raise Gone from None
        status, sentence = sentence_for(refusal)
        return await _door(request, state, form.command(), sentence, status)
    response = HttpResponseRedirect("/meeting")
    await seats.write(services.store(), response, seats.SEAT, state.id, token)
    return response


async def _door(
    request: HttpRequest,
    state: Meeting,
    typed: c.Join | None = None,
    error: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "form": typed or c.Join(),
        "error": error,
        # The whole code: what is typed here is not lost when short ones are no longer looked at.
        "action": f"/j/{await services.whole_code(state)}",
        "title": words.JOIN_TITLE,
        "promise": words.JOIN_PROMISE,
        "name_hint": words.NAME_HINT,
        "support": state.group.support,
        "words": words,
    }
    return render(request, "meetings/door.html", context, status=status)


def cards_page(request: HttpRequest, state: Meeting) -> HttpResponse:
    cards = words.door_cards(state.group.limits_text, plain_http=not request.is_secure())
    context = {
        "cards": cards,
        "heard": words.CARDS_HEARD,
        "agreement": agreement_now(state),
        "theirs": regions.in_language(state.group.language),
        "support": state.group.support,
        "words": words,
    }
    return render(request, "meetings/cards.html", context)


@require_POST
async def cards(request: HttpRequest) -> HttpResponse:
    """ "I've heard this": no count, no names."""
    try:
        state, actor = await services.phone(request.COOKIES)
        await services.perform(state.id, actor, c.HearCards())
        carried = await seats.read(services.store(), request.COOKIES, seats.SEAT)
        response = HttpResponseRedirect("/meeting")
        if carried is not None:
            # So that a restart does not ask this phone to hear them again.
            token: SeatToken = replace(carried[1], heard_cards=True)
            await seats.write(services.store(), response, seats.SEAT, state.id, token)
    except (Gone, Refused):
        return HttpResponseRedirect("/meeting")
    return response
