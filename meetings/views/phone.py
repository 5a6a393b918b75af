"""The meeting on a phone: one page, its regions, and what a participant may do."""

from __future__ import annotations

import time
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meetings import preparation, regions, seats, services, words
from meetings.engine import commands as c
from meetings.engine.refusals import Refusal, Refused
from meetings.engine.state import Support
from meetings.forms import AnswerForm, PartForm, ResponseForm, StatementForm
from meetings.room import Audience, regions_of, stamp
from meetings.sentences import POINTED
from meetings.store import Gone
from meetings.views.answers import (
    answering,
    beside,
    fields,
    form_of,
    language,
    polled,
    sentence_for,
    shown,
    taken,
    understood,
)
from meetings.views.door import cards_page, leads_here


@require_GET
async def meeting(request: HttpRequest) -> HttpResponse:
    """The one page of a meeting."""
    if seats.SEAT not in request.COOKIES:
        return HttpResponseRedirect("/")
    try:
        state, actor = await services.phone(request.COOKIES)
    except Gone:
        return _over(request, "meetings/ended.html", HTTPStatus.GONE)
    except Refused as refusal:
        return await _not_seated(request, refusal)
    if await leads_here(request, state):
        # She sat down first and signed in later: now she leads, and answers nothing.
        await services.perform(state.id, actor, c.Leave())
        response = HttpResponseRedirect(f"/console/{state.id}/")
        seats.forget(response, seats.SEAT)
        return response
    if not state.seats[actor.seat].heard_cards:
        return cards_page(request, state)
    now = time.time()
    made = regions_of(state, Audience.PHONE, actor.seat, language(), now)
    context = {
        "regions": made,
        "digest": regions.digest(made),
        "revision": stamp(now),
        "page_now": now,
        "support": state.group.support,
        "call_link": state.group.call_link,
        "agreement_title": state.group.agreement_title,
        "words": words,
    }
    return render(request, "meetings/meeting.html", context)


async def _not_seated(request: HttpRequest, refusal: Refused) -> HttpResponse:
    if refusal.code is Refusal.REMOVED:
        support = await services.support_for(request.COOKIES)
        return _over(request, "meetings/removed.html", HTTPStatus.FORBIDDEN, support)
    if refusal.code is Refusal.LEFT:
        return _over(request, "meetings/left.html", HTTPStatus.GONE)
    # A full room, say: the phone keeps its seat in its cookie and may try again.
    status, sentence = sentence_for(refusal)
    context = {"error": sentence, "code": ""}
    return render(request, "meetings/home.html", context, status=status)


def _over(
    request: HttpRequest, template: str, status: int, support: tuple[Support, ...] = ()
) -> HttpResponse:
    context = {"words": words, "support": support}
    response = render(request, template, context, status=status)
    seats.let_go(request.COOKIES, response)
    return response


@require_GET
@answering
async def poll(request: HttpRequest) -> HttpResponse:
    """The same regions, for a phone whose socket cannot open."""
    state, actor = await services.phone(request.COOKIES)
    return await polled(request, state.id, Audience.PHONE, actor.seat)


async def _perform(request: HttpRequest, command: c.Command) -> HttpResponse:
    state, actor = await services.phone(request.COOKIES)
    state = await services.perform(state.id, actor, command)
    return await shown(state.id, Audience.PHONE, actor.seat)


@require_http_methods(["POST", "DELETE"])
@answering
async def hand(request: HttpRequest) -> HttpResponse:
    return await _perform(request, c.RaiseHand() if request.method == "POST" else c.LowerHand())


@require_http_methods(["POST", "DELETE"])
@answering
async def part(request: HttpRequest) -> HttpResponse:
    form = understood(PartForm(fields(request)))
    return await _perform(request, form.take() if request.method == "POST" else form.give_back())


@require_POST
@answering
async def turn(request: HttpRequest) -> HttpResponse:
    return await _perform(request, understood(PartForm(request.POST)).turn())


@require_POST
@answering
async def answer(request: HttpRequest) -> HttpResponse:
    """Answer or pass: the same address, the same shape, the same response."""
    command = understood(AnswerForm(request.POST)).command()
    state, _actor = await services.phone(request.COOKIES)
    if await leads_here(request, state):
        raise Refused(Refusal.LEADERS_DO_NOT_ANSWER)
    return await _perform(request, command)


@require_POST
@answering
async def statements(request: HttpRequest) -> HttpResponse:
    command = understood(StatementForm(request.POST)).suggest()
    return taken(request, await _perform(request, command))


@require_POST
@answering
async def wording(request: HttpRequest, suggestion: str) -> HttpResponse:
    command = understood(StatementForm(request.POST)).reword(suggestion)
    return taken(request, await _perform(request, command))


@require_POST
@answering
async def taking_out(request: HttpRequest, suggestion: str) -> HttpResponse:
    return await _perform(request, c.TakeOut(suggestion, preparation.new_id()))


@require_POST
@answering
async def response(request: HttpRequest, suggestion: str) -> HttpResponse:
    said = understood(ResponseForm(request.POST)).cleaned_data["response"]
    return await _perform(request, c.Respond(suggestion, said))


@require_POST
@answering
async def pointed(request: HttpRequest, suggestion: str) -> HttpResponse:
    response = await _perform(request, c.PointTo(suggestion))
    response.write(regions.said(str(POINTED), beside(form_of(request))))
    return response


@require_http_methods(["POST", "DELETE"])
@answering
async def kept(request: HttpRequest) -> HttpResponse:
    return await _perform(request, c.Keep(request.method == "POST"))


@require_POST
async def leave(request: HttpRequest) -> HttpResponse:
    """The page is blank already; the seat and the cookie go too."""
    try:
        state, actor = await services.phone(request.COOKIES)
        await services.perform(state.id, actor, c.Leave())
    except (Gone, Refused):
        pass
    # Read only where scripts are off: the page that leave.js blanked is gone.
    left = render(request, "meetings/left.html")
    seats.let_go(request.COOKIES, left)
    return left


@require_GET
async def screen(request: HttpRequest) -> HttpResponse:
    """The projector, or a shared window: read only, no names."""
    try:
        state = await services.screen(request.COOKIES)
    except Gone:
        return render(request, "meetings/ended.html", {"words": words}, status=HTTPStatus.GONE)
    now = time.time()
    made = regions_of(state, Audience.SCREEN, services.SCREEN_SEAT, language(), now)
    context = {
        "regions": made,
        "digest": regions.digest(made),
        "revision": stamp(now),
        "page_now": now,
    }
    return render(request, "meetings/screen.html", context)


@require_GET
@answering
async def screen_poll(request: HttpRequest) -> HttpResponse:
    state = await services.screen(request.COOKIES)
    return await polled(request, state.id, Audience.SCREEN, services.SCREEN_SEAT)
