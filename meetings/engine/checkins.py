"""Anonymous check-ins: open, answer or pass, close; read first, if that was said before.

One await-free step each.
"""

from __future__ import annotations

from msgspec.structs import replace

from agreements import shapes
from agreements.texts import tidy
from meetings.engine import bands
from meetings.engine import commands as c
from meetings.engine.refusals import Refusal, Refused
from meetings.engine.state import (
    LONGEST_ANSWER,
    MOST_PICKS,
    Actor,
    Checkin,
    Meeting,
    Outcome,
    Prompt,
    PromptKind,
    Result,
    Screening,
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
        0 <= option < len(prompt.choices) for option in chosen
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


def write_answer(state: Meeting, command: c.WriteAnswer, actor: Actor, now: float) -> Meeting:
    checkin, prompt = _open_checkin(state, command.step)
    _may_answer(checkin, actor.seat)
    if prompt.kind is not PromptKind.TEXT:
        raise Refused(Refusal.NOT_AN_ANSWER)
    after = replace(
        checkin,
        answered=checkin.answered | {actor.seat},
        # Sorted: nobody can tell by the place who wrote, or when.
        texts=tuple(sorted((*checkin.texts, _as_shown(command.text)))),
        answers=checkin.answers + 1,
    )
    return replace(state, checkin=after)


def _as_shown(text: str) -> str:
    try:
        return tidy(text, LONGEST_ANSWER)
    except shapes.Refused as refused:
        empty = refused.code is shapes.Code.EMPTY
        raise Refused(Refusal.ANSWER_IS_EMPTY if empty else Refusal.ANSWER_IS_LONG) from None


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
    if step.prompt.kind is PromptKind.TEXT:
        if not state.group.free_text:
            raise Refused(Refusal.FREE_TEXT_IS_OFF)
    elif not bands.can_be_drawn(len(step.prompt.choices), words=words):
        # Closing could not show it, and the room could neither close it nor go on.
        raise Refused(Refusal.NOT_A_CHECKIN)
    if state.checkin is not None:
        return state
    if state.has_asked(step.prompt):
        raise Refused(Refusal.PROMPT_WAS_USED)
    if len(state.seats_here(now)) < state.group.floor:
        raise Refused(Refusal.TOO_FEW_HERE)
    return replace(
        state,
        checkin=Checkin(
            step.id,
            asked=frozenset(state.seats),
            answered=frozenset(),
            tally=(0,) * len(step.prompt.choices),
        ),
        used_prompts=state.used_prompts | {step.prompt.id},
    )


def close_checkin(state: Meeting, command: c.CloseCheckin, actor: Actor, now: float) -> Meeting:
    being_read = state.screening is not None and state.screening.step == command.step
    if being_read or command.step in state.results:
        return state
    checkin, prompt = _open_checkin(state, command.step)
    if checkin.answers < state.group.floor:
        result = Result(Outcome.TOO_FEW)
    elif prompt.kind is PromptKind.TEXT and prompt.screened:
        # Who was asked and who answered go here already: reading needs the words alone.
        return replace(state, checkin=None, screening=Screening(checkin.step, checkin.texts))
    elif prompt.kind is PromptKind.TEXT:
        result = Result(Outcome.SHOWN, texts=checkin.texts)
    elif prompt.kind is PromptKind.WORDS:
        picture = bands.words_picture(checkin.tally, checkin.answers)
        result = Result(Outcome.SHOWN, picture)
    else:
        result = Result(Outcome.SHOWN, bands.picture(checkin.tally))
    # The tally and who has answered go in the same step as the picture comes.
    return replace(state, checkin=None, results=state.results | {checkin.step: result})


# Reading them first


def _being_read(state: Meeting, step_id: str, place: int) -> Screening:
    screening = state.screening
    if screening is None or screening.step != step_id:
        raise Refused(Refusal.CHECKIN_IS_CLOSED)
    if not 0 <= place < len(screening.texts):
        raise Refused(Refusal.NO_SUCH_ANSWER)
    return screening


def leave_out(state: Meeting, command: c.LeaveOut, actor: Actor, now: float) -> Meeting:
    screening = _being_read(state, command.step, command.place)
    left_out = screening.left_out | {command.place}
    return replace(state, screening=replace(screening, left_out=left_out))


def take_back_in(state: Meeting, command: c.TakeBackIn, actor: Actor, now: float) -> Meeting:
    screening = _being_read(state, command.step, command.place)
    left_out = screening.left_out - {command.place}
    return replace(state, screening=replace(screening, left_out=left_out))


def show_answers(state: Meeting, command: c.ShowAnswers, actor: Actor, now: float) -> Meeting:
    if command.step in state.results:
        return state
    screening = _being_read(state, command.step, 0)
    # The floor holds once more: what is left must not point to the few who wrote it.
    enough = len(screening.kept) >= state.group.floor
    result = Result(Outcome.SHOWN, texts=screening.kept) if enough else Result(Outcome.TOO_FEW)
    return replace(state, screening=None, results=state.results | {command.step: result})


def discard_answers(state: Meeting, command: c.DiscardAnswers, actor: Actor, now: float) -> Meeting:
    if command.step in state.results:
        return state
    _being_read(state, command.step, 0)
    withheld = Result(Outcome.WITHHELD)
    return replace(state, screening=None, results=state.results | {command.step: withheld})
