"""The plan while people are here: adding, skipping and moving the steps that are still to come.

The step of now and those before it stay as they are. What changes here changes in this meeting
only: the agenda that the group keeps is not touched.
"""

from __future__ import annotations

from msgspec.structs import replace

from agreements import shapes
from agreements.texts import tidy
from meetings.engine import commands as c
from meetings.engine.agendas import LONGEST_STEP, LONGEST_TITLE, MOST_STEPS, SHORTEST_STEP
from meetings.engine.refusals import Refusal, Refused
from meetings.engine.state import Actor, Meeting, Phase, Step, StepKind

# In the lobby a step may also be put before all others.
AT_THE_START = ""


def add_step(state: Meeting, command: c.AddStep, actor: Actor, now: float) -> Meeting:
    known = state.step_named(command.step.id)
    if known is not None:
        if state.steps[known] == _named(command.step):
            return state
        # Another step under an id that is taken comes from a form that is out of date.
        raise Refused(Refusal.FORM_WAS_USED)
    if len(state.steps) >= MOST_STEPS:
        raise Refused(Refusal.TOO_MANY_STEPS)
    place = _place_after(state, command.after)
    step = _as_planned(state, command.step)
    return replace(state, steps=(*state.steps[:place], step, *state.steps[place:]))


def move_step(state: Meeting, command: c.MoveStep, actor: Actor, now: float) -> Meeting:
    index = _to_come(state, command.step)
    if command.after == command.step:
        return state
    # The step of now comes before this one, so its own place stays the same.
    others = replace(state, steps=state.steps[:index] + state.steps[index + 1 :])
    place = _place_after(others, command.after)
    steps = (*others.steps[:place], state.steps[index], *others.steps[place:])
    return replace(state, steps=steps)


def skip_step(state: Meeting, command: c.SkipStep, actor: Actor, now: float) -> Meeting:
    _to_come(state, command.step)
    skipped = state.skipped | {command.step}
    if state.phase is Phase.LOBBY and len(skipped) == len(state.steps):
        raise Refused(Refusal.LAST_STEP)
    return replace(state, skipped=skipped)


def unskip_step(state: Meeting, command: c.UnskipStep, actor: Actor, now: float) -> Meeting:
    _to_come(state, command.step)
    return replace(state, skipped=state.skipped - {command.step})


def _to_come(state: Meeting, step_id: str) -> int:
    index = state.step_named(step_id)
    if index is None:
        raise Refused(Refusal.NO_SUCH_STEP)
    if not state.is_to_come(index):
        raise Refused(Refusal.STEP_HAS_PASSED)
    return index


def _place_after(state: Meeting, step_id: str) -> int:
    """Where a step goes that follows this one: after the step of now at the earliest."""
    if step_id == AT_THE_START:
        index = -1
    else:
        found = state.step_named(step_id)
        if found is None:
            raise Refused(Refusal.NO_SUCH_STEP)
        index = found
    if not state.is_to_come(index + 1):
        raise Refused(Refusal.STEP_HAS_PASSED)
    return index + 1


def _as_planned(state: Meeting, step: Step) -> Step:
    if not SHORTEST_STEP <= step.minutes <= LONGEST_STEP:
        raise Refused(Refusal.NOT_MINUTES)
    if step.kind is StepKind.CHECKIN and step.prompt is None:
        raise Refused(Refusal.NOT_A_CHECKIN)
    if step.prompt is not None and (state.plans(step.prompt) or state.has_asked(step.prompt)):
        raise Refused(Refusal.PROMPT_IS_PLANNED)
    return _named(step)


def _named(step: Step) -> Step:
    try:
        return replace(step, title=tidy(step.title, LONGEST_TITLE))
    except shapes.Refused as refused:
        empty = refused.code is shapes.Code.EMPTY
        raise Refused(Refusal.TITLE_IS_EMPTY if empty else Refusal.TITLE_IS_LONG) from None
