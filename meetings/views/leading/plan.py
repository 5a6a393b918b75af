"""Commands that change the plan of this meeting: what is to come is added, moved, skipped."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from msgspec.structs import replace

from meetings import preparation, regions, services
from meetings.editing.agendas import KINDS
from meetings.engine import commands as c
from meetings.engine.refusals import Refused
from meetings.engine.state import Meeting, Step, StepKind
from meetings.engine.views import places
from meetings.forms import AfterForm, NewStepForm
from meetings.models import Facilitator, Reading
from meetings.room import Audience
from meetings.views.answers import answering, sentence_for, shown, understood
from meetings.views.leading.access import facilitators_only, leading

# The dialog's own line for sentences: what lies behind a dialog is not read out.
SAID = "#add-step-said"


@require_POST
@leading
def place(request: HttpRequest, step: str) -> c.Command:
    return c.MoveStep(step, understood(AfterForm(request.POST)).cleaned_data["after"])


@require_http_methods(["POST", "DELETE"])
@leading
def skipped(request: HttpRequest, step: str) -> c.Command:
    return c.SkipStep(step) if request.method == "POST" else c.UnskipStep(step)


@require_GET
@facilitators_only
@answering
async def new_step(request: HttpRequest, facilitator: Facilitator, meeting_id: str) -> HttpResponse:
    """The dialog's form, with the plan and the group's readings and questions of this moment."""
    state, _actor = await services.console(facilitator, meeting_id)
    return HttpResponse(await sync_to_async(_form)(state) + regions.said("", SAID))


@require_POST
@facilitators_only
@answering
async def steps(request: HttpRequest, facilitator: Facilitator, meeting_id: str) -> HttpResponse:
    """Add a step. What was typed stays in the dialog unless it was added."""
    of = understood(NewStepForm(request.POST)).cleaned_data
    state, actor = await services.console(facilitator, meeting_id)
    try:
        step = await sync_to_async(_step)(state, of)
        state = await services.perform(state.id, actor, c.AddStep(step, of["after"]))
    except Refused as refusal:
        status, sentence = sentence_for(refusal)
        return HttpResponse(regions.said(sentence, SAID), status=status)
    response = await shown(state.id, Audience.CONSOLE, actor.seat)
    response.content += regions.said("", SAID).encode()
    response["HX-Trigger"] = "step-added"
    return response


def _step(state: Meeting, of: dict[str, Any]) -> Step:
    step = preparation.new_step(state.group.id, of["id"], of["what"], of["title"], of["minutes"])
    if step.title.strip():
        return step
    # Everyone reads it, so it is in the group's language.
    with translation.override(state.group.language):
        return replace(step, title=str(KINDS[step.kind]))


def _form(state: Meeting) -> str:
    context = {
        "id": preparation.new_id(),
        "kinds": [(kind.value, name) for kind, name in KINDS.items() if kind != StepKind.CHECKIN],
        "readings": list(Reading.objects.filter(group_id=state.group.id).order_by("title")),
        "questions": preparation.questions_left(state),
        "places": places(state),
    }
    html = render_to_string("meetings/_add_step.html", context).strip()
    return regions.partial("#add-step-form", html)
