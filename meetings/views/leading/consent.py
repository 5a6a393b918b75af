"""Commands about statements that are being decided together."""

from __future__ import annotations

from django.http import HttpRequest
from django.views.decorators.http import require_http_methods, require_POST

from meetings import preparation
from meetings.engine import commands as c
from meetings.forms import AfterForm, AlikeForm, BroughtForm, ResponseForm, StatementForm
from meetings.views.answers import understood
from meetings.views.leading.access import leading, leading_words


@require_POST
@leading_words
def statements(request: HttpRequest) -> c.Command:
    return understood(StatementForm(request.POST)).suggest()


@require_POST
@leading_words
def wording(request: HttpRequest, suggestion: str) -> c.Command:
    return understood(StatementForm(request.POST)).reword(suggestion)


@require_POST
@leading
def taking_out(request: HttpRequest, suggestion: str) -> c.Command:
    return c.TakeOut(suggestion, preparation.new_id())


@require_http_methods(["POST", "DELETE"])
@leading
def kept(request: HttpRequest) -> c.Command:
    return c.Keep(request.method == "POST")


@require_POST
@leading_words
def merged(request: HttpRequest, suggestion: str) -> c.Command:
    return c.Merge(suggestion, understood(AlikeForm(request.POST)).cleaned_data["gone"])


@require_POST
@leading
def statement_place(request: HttpRequest, suggestion: str) -> c.Command:
    return c.MoveStatement(suggestion, understood(AfterForm(request.POST)).cleaned_data["after"])


@require_POST
@leading
def brought(request: HttpRequest) -> c.Command:
    return c.BringToAll(understood(BroughtForm(request.POST)).cleaned_data["statement"])


@require_http_methods(["DELETE"])
@leading
def pointed(request: HttpRequest, suggestion: str) -> c.Command:
    return c.SawPointed(suggestion)


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
