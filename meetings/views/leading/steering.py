"""Commands that move the meeting on, look after the room, and ask its questions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from meetings import services
from meetings.engine import commands as c
from meetings.forms import ExtraForm, PartForm, PlaceForm, SeatForm, StepForm
from meetings.models import Facilitator
from meetings.room import Audience
from meetings.views.answers import answering, fields, shown, understood
from meetings.views.leading.access import facilitators_only, leading


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


@require_http_methods(["POST", "DELETE"])
@leading
def answers(request: HttpRequest) -> c.Command:
    """Answers that she has read first: shown to everyone, or let go."""
    form = understood(StepForm(fields(request)))
    return form.show_answers() if request.method == "POST" else form.discard_answers()


@require_http_methods(["POST", "DELETE"])
@leading
def left_out(request: HttpRequest) -> c.Command:
    form = understood(PlaceForm(fields(request)))
    return form.leave_out() if request.method == "POST" else form.take_back_in()


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
