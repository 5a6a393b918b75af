"""The way in: a code, a name or none, three short cards."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from msgspec.structs import replace

from meetings import seats, services, words
from meetings.engine import commands as c
from meetings.engine.refusals import Refusal, Refused
from meetings.engine.state import Meeting
from meetings.forms import CodeForm, DoorForm
from meetings.models import Facilitator
from meetings.seats import SeatToken
from meetings.sentences import NOT_UNDERSTOOD
from meetings.store import Gone
from meetings.views.answers import sentence_for


@require_http_methods(["GET", "POST"])
async def home(request: HttpRequest) -> HttpResponse:
    """Type the code."""
    if request.method == "GET":
        return render(request, "meetings/home.html", {"error": "", "code": ""})
    form = CodeForm(request.POST)
    if form.is_valid() and form.cleaned_data["code"]:
        return HttpResponseRedirect(f"/j/{form.cleaned_data['code']}")
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


async def leads_here(request: HttpRequest, state: Meeting) -> bool:
    """Whether this browser leads the meeting: then it does not also sit in it."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        # A participant's request touches no session and no database.
        return False
    facilitator = await request.auser()
    return isinstance(facilitator, Facilitator) and await services.leads_here(facilitator, state)


@require_http_methods(["GET", "POST"])
async def door(request: HttpRequest, code: str) -> HttpResponse:
    """Say a name or none, and come in. Unknown, ended and locked codes answer alike."""
    code = code.upper()
    try:
        state = await services.meeting_behind(code)
        carried = await seats.read(services.store(), request.COOKIES, seats.SEAT)
        if carried is not None and carried[0] == state.id:
            # One browser, one seat: a second tab or a second scan is the same person.
            return HttpResponseRedirect("/meeting")
        if await leads_here(request, state):
            return HttpResponseRedirect(f"/console/{state.id}/")
        if state.locked:
            raise Gone
        if request.method == "GET":
            return _door(request, state, code)
        return await _come_in(request, code, state)
    except Gone:
        context = {"error": words.CODE_NOT_OPEN, "code": code}
        return render(request, "meetings/home.html", context, status=HTTPStatus.NOT_FOUND)


async def _come_in(request: HttpRequest, code: str, state: Meeting) -> HttpResponse:
    form = DoorForm(request.POST)
    if not form.is_valid():
        return _door(
            request, state, code, None, str(NOT_UNDERSTOOD), HTTPStatus.UNPROCESSABLE_ENTITY
        )
    try:
        token = await services.join(state, form.command())
    except Refused as refusal:
        if refusal.code is Refusal.DOORS_LOCKED:
            raise Gone from None
        status, sentence = sentence_for(refusal)
        return _door(request, state, code, form.command(), sentence, status)
    response = HttpResponseRedirect("/meeting")
    await seats.write(services.store(), response, seats.SEAT, state.id, token)
    return response


def _door(
    request: HttpRequest,
    state: Meeting,
    code: str,
    typed: c.Join | None = None,
    error: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "form": typed or c.Join(),
        "error": error,
        "action": f"/j/{code}",
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
