"""The facilitator's side: signing in, the group's page, the console."""

from __future__ import annotations

import time
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

import segno
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import alogin, alogout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meetings import accounts, addresses, regions, seats, services, words
from meetings.engine import commands as c
from meetings.engine.state import Meeting
from meetings.forms import (
    ExtraForm,
    KeysForm,
    PartForm,
    ResponseForm,
    SeatForm,
    StatementForm,
    StepForm,
)
from meetings.models import Facilitator, Group
from meetings.room import Audience, regions_of, stamp
from meetings.seats import SeatToken
from meetings.store import Gone
from meetings.views.answers import (
    View,
    answering,
    fields,
    language,
    polled,
    shown,
    understood,
)

KEYS_OFF = "keys_off"


def facilitators_only(view: View) -> View:
    """Nobody else learns that the page exists."""

    @wraps(view)
    async def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        facilitator = await request.auser()
        if not isinstance(facilitator, Facilitator):
            raise Http404
        return await view(request, facilitator, *args, **kwargs)

    return wrapped


# Signing in


@require_http_methods(["GET", "POST"])
async def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """A link that works once. Looking at it does not use it up."""
    if request.method == "GET":
        works = await sync_to_async(accounts.is_open)(token)
    else:
        facilitator = await sync_to_async(accounts.redeem)(token)
        if facilitator is not None:
            await alogin(request, facilitator, backend=settings.AUTHENTICATION_BACKENDS[0])
            group = await facilitator.groups.order_by("name").afirst()
            return HttpResponseRedirect(f"/group/{group.pk}/" if group else "/")
        works = False
    status = HTTPStatus.OK if works else HTTPStatus.GONE
    return render(request, "meetings/sign_in.html", {"works": works}, status=status)


@require_POST
async def sign_out(request: HttpRequest) -> HttpResponse:
    """Her pages in other tabs and windows show nothing more either."""
    facilitator = await request.auser()
    if isinstance(facilitator, Facilitator):
        await services.depart(facilitator)
    await alogout(request)
    response = render(request, "meetings/signed_out.html")
    seats.forget(response, seats.SCREEN)
    return response


# The group's page


async def _group(facilitator: Facilitator, group_id: UUID) -> Group:
    try:
        return await services.group_of(facilitator, group_id)
    except Gone:
        raise Http404 from None


@require_GET
@facilitators_only
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
@facilitators_only
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


# The console


@require_GET
@facilitators_only
async def console(request: HttpRequest, facilitator: Facilitator, meeting_id: str) -> HttpResponse:
    try:
        state, actor = await services.console(facilitator, meeting_id)
    except Gone:
        return HttpResponseRedirect(await _home_of(facilitator))
    now = time.time()
    made = regions_of(state, Audience.CONSOLE, actor.seat, language(), now)
    context = {
        "regions": made,
        "digest": regions.digest(made),
        "revision": stamp(now),
        "page_now": now,
        "meeting_id": state.id,
        "group": state.group,
        **ways_in(request, state),
        "keys_on": not await request.session.aget(KEYS_OFF, False),
        "words": words,
    }
    return render(request, "meetings/console.html", context)


def ways_in(request: HttpRequest, state: Meeting) -> dict[str, str]:
    """Code, link, square and call, as the laptop is reached at this moment."""
    join_url = addresses.join_url(request, state.code)
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
    ways = ways_in(request, state)
    cards = [
        regions.partial(
            f"#{at}-card",
            render_to_string("meetings/_join.html", {**ways, "at": at}, request=request).strip(),
        )
        for at in ("lobby", "join")
    ]
    return HttpResponse("".join(cards))


async def _home_of(facilitator: Facilitator) -> str:
    group = await facilitator.groups.order_by("name").afirst()
    return f"/group/{group.pk}/" if group else "/"


def qr_svg(link: str) -> SafeString:
    """The link as inline SVG: its colours come from the page."""
    svg = segno.make(link, error="m").svg_inline(
        scale=1, border=2, omitsize=True, svgclass="qr", lineclass="qr-dots"
    )
    return mark_safe(svg)  # noqa: S308 - nothing but squares


def leading(make: Any) -> View:
    """A command of the facilitator's, made from the request and answered with all her regions."""

    @facilitators_only
    @answering
    @wraps(make)
    async def view(
        request: HttpRequest, facilitator: Facilitator, meeting_id: str, **kwargs: str
    ) -> HttpResponse:
        command = make(request, **kwargs)
        state, actor = await services.console(facilitator, meeting_id)
        state = await services.perform(state.id, actor, command)
        return await shown(state.id, Audience.CONSOLE, actor.seat)

    return view


@require_GET
@facilitators_only
@answering
async def console_poll(
    request: HttpRequest, facilitator: Facilitator, meeting_id: str
) -> HttpResponse:
    state, actor = await services.console(facilitator, meeting_id)
    return await polled(request, state.id, Audience.CONSOLE, actor.seat)


@require_POST
@leading
def start(request: HttpRequest) -> c.Command:
    return c.Start()


@require_POST
@leading
def step(request: HttpRequest) -> c.Command:
    return understood(StepForm(request.POST)).go_to()


@require_POST
@leading
def extra(request: HttpRequest) -> c.Command:
    return understood(ExtraForm(request.POST)).extend()


@require_POST
@leading
def part(request: HttpRequest) -> c.Command:
    return understood(PartForm(request.POST)).turn()


@require_http_methods(["POST", "DELETE"])
@leading
def checkin(request: HttpRequest) -> c.Command:
    form = understood(StepForm(fields(request)))
    return form.open_checkin() if request.method == "POST" else form.close_checkin()


@require_POST
@leading
def thank(request: HttpRequest) -> c.Command:
    return c.Thank(understood(SeatForm(request.POST)).cleaned_data["seat"])


@require_http_methods(["POST", "DELETE"])
@leading
def doors(request: HttpRequest) -> c.Command:
    return c.UnlockDoors() if request.method == "POST" else c.LockDoors()


@require_http_methods(["POST", "DELETE"])
@leading
def support(request: HttpRequest) -> c.Command:
    return c.ShowSupport() if request.method == "POST" else c.HideSupport()


@require_POST
@facilitators_only
@answering
async def remove(request: HttpRequest, facilitator: Facilitator, meeting_id: str) -> HttpResponse:
    """Ask someone to leave, and lock the doors behind them if she likes."""
    form = understood(SeatForm(request.POST))
    state, actor = await services.console(facilitator, meeting_id)
    state = await services.perform(state.id, actor, c.Remove(form.cleaned_data["seat"]))
    if form.cleaned_data["lock"]:
        state = await services.perform(state.id, actor, c.LockDoors())
    return await shown(state.id, Audience.CONSOLE, actor.seat)


@require_POST
@facilitators_only
@answering
async def statements(
    request: HttpRequest, facilitator: Facilitator, meeting_id: str
) -> HttpResponse:
    command = understood(StatementForm(request.POST)).command()
    state, actor = await services.console(facilitator, meeting_id)
    state = await services.perform(state.id, actor, command)
    response = await shown(state.id, Audience.CONSOLE, actor.seat)
    response["HX-Trigger"] = "statement-taken"
    return response


@require_http_methods(["DELETE"])
@leading
def statement(request: HttpRequest, suggestion: str) -> c.Command:
    return c.LetGo(suggestion)


@require_POST
@leading
def statement_response(request: HttpRequest, suggestion: str) -> c.Command:
    return c.Respond(suggestion, understood(ResponseForm(request.POST)).cleaned_data["response"])


@require_POST
@leading
def asked(request: HttpRequest, suggestion: str) -> c.Command:
    return c.AskAloud(suggestion)


@require_http_methods(["POST", "DELETE"])
@leading
def objection(request: HttpRequest, suggestion: str) -> c.Command:
    if request.method == "POST":
        return c.NoteObjection(suggestion)
    return c.ClearObjection(suggestion)


@require_POST
@leading
def adopted(request: HttpRequest, suggestion: str) -> c.Command:
    return c.Adopt(suggestion)


@require_POST
@leading
def parked(request: HttpRequest, suggestion: str) -> c.Command:
    return c.Park(suggestion)


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
        return HttpResponseRedirect(await _home_of(facilitator))
    changed = "?changed" if state.board.version != state.opening_version else ""
    response = HttpResponseRedirect(f"/group/{state.group.id}/receipt{changed}")
    seats.forget(response, seats.SCREEN)
    return response
