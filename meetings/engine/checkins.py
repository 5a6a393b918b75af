"""Anonymous check-ins: open, answer or pass, close. One await-free step each."""

from __future__ import annotations

from msgspec.structs import replace

from meetings.engine import bands
from meetings.engine import commands as c
from meetings.engine.refusals import Refusal, Refused
from meetings.engine.state import (
    MOST_PICKS,
    Actor,
    Checkin,
    Meeting,
    Outcome,
    Prompt,
    PromptKind,
    Result,
    StepKind,
)


def _open_checkin(state: Meeting, step_id: str) -> tuple[Checkin, Prompt]:
    checkin, prompt = state.checkin, state.current.prompt
    if checkin is None or prompt is None or checkin.step != step_id:
        raise Refused(Refusal.CHECKIN_IS_CLOSED)
    return checkin, prompt


def _may_answer(checkin: Checkin, seat: str) -> None:
    if seat not in checkin.asked:
        raise Refused(Refusal.CAME_LATER)
    if seat in checkin.answered:
        raise Refused(Refusal.ALREADY_ANSWERED)


def answer(state: Meeting, command: c.Answer, actor: Actor, now: float) -> Meeting:
    checkin, prompt = _open_checkin(state, command.step)
    _may_answer(checkin, actor.seat)
    chosen = set(command.options)
    most = MOST_PICKS if prompt.kind is PromptKind.WORDS else 1
    if not (1 <= len(chosen) == len(command.options) <= most) or not all(
        0 <= option < len(prompt.options) for option in chosen
    ):
        raise Refused(Refusal.NOT_AN_ANSWER)
    tally = tuple(count + (option in chosen) for option, count in enumerate(checkin.tally))
    after = replace(
        checkin,
        answered=checkin.answered | {actor.seat},
        tally=tally,
        answers=checkin.answers + 1,
    )
    return replace(state, checkin=after)


def pass_(state: Meeting, command: c.Pass, actor: Actor, now: float) -> Meeting:
    checkin, _prompt = _open_checkin(state, command.step)
    _may_answer(checkin, actor.seat)
    return replace(state, checkin=replace(checkin, answered=checkin.answered | {actor.seat}))


def open_checkin(state: Meeting, command: c.OpenCheckin, actor: Actor, now: float) -> Meeting:
    step = state.current
    if step.id != command.step:
        raise Refused(Refusal.STEP_HAS_PASSED)
    if step.kind is not StepKind.CHECKIN or step.prompt is None:
        raise Refused(Refusal.NOT_A_CHECKIN)
    words = step.prompt.kind is PromptKind.WORDS
    if not bands.can_be_drawn(len(step.prompt.options), words=words):
        # Closing could not show it, and the room could neither close it nor go on.
        raise Refused(Refusal.NOT_A_CHECKIN)
    if state.checkin is not None:
        return state
    if step.prompt.id in state.used_prompts:
        raise Refused(Refusal.PROMPT_WAS_USED)
    if len(state.seats_here(now)) < state.group.floor:
        raise Refused(Refusal.TOO_FEW_HERE)
    return replace(
        state,
        checkin=Checkin(
            step.id,
            asked=frozenset(state.seats),
            answered=frozenset(),
            tally=(0,) * len(step.prompt.options),
        ),
        used_prompts=state.used_prompts | {step.prompt.id},
    )


def close_checkin(state: Meeting, command: c.CloseCheckin, actor: Actor, now: float) -> Meeting:
    if command.step in state.results:
        return state
    checkin, prompt = _open_checkin(state, command.step)
    if checkin.answers < state.group.floor:
        result = Result(Outcome.TOO_FEW)
    elif prompt.kind is PromptKind.WORDS:
        picture = bands.words_picture(checkin.tally, checkin.answers)
        result = Result(Outcome.SHOWN, picture)
    else:
        result = Result(Outcome.SHOWN, bands.picture(checkin.tally))
    # The tally and who has answered go in the same step as the picture comes.
    return replace(state, checkin=None, results=state.results | {checkin.step: result})
