"""Commands about statements that are being decided together."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from meetings import services
from meetings.engine import commands as c
from meetings.forms import ResponseForm, StatementForm
from meetings.models import Facilitator
from meetings.room import Audience
from meetings.views.answers import answering, shown, understood
from meetings.views.leading.access import facilitators_only, leading


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
