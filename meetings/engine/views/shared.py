"""What several audiences see of the same thing."""

from __future__ import annotations

from itertools import groupby

from agreements import rules as agreement
from agreements.shapes import Suggestion, words_of
from agreements.texts import same_words
from meetings.engine import bands
from meetings.engine.state import MOST_PICKS, Meeting, Prompt, PromptKind, Step
from meetings.engine.views.shapes import (
    AgreementNow,
    CheckinForm,
    CheckinNow,
    ReadingPart,
    StatementNow,
    Timer,
)


def timer(state: Meeting) -> Timer:
    return Timer(state.step_began, state.deadline)


def name_of(state: Meeting, seat: str) -> str:
    """The name given, which may be none."""
    if seat in state.seats:
        return state.seats[seat].name
    return state.facilitators.get(seat, "")


def reading(state: Meeting, step: Step) -> ReadingPart | None:
    if not step.parts:
        return None
    reader = state.reader_of(state.part)
    return ReadingPart(
        text=step.parts[state.part],
        number=state.part + 1,
        of=len(step.parts),
        reader=None if reader is None else name_of(state, reader),
        is_last=state.part + 1 == len(step.parts),
    )


def checkin(state: Meeting, step: Step, now: float) -> CheckinNow | None:
    if step.prompt is None:
        return None
    progress = None
    if state.checkin is not None:
        # Of those asked: who is still here, and who answered and left.
        here = state.checkin.asked.intersection(state.seats_here(now))
        waited_for = here | state.checkin.answered
        progress = bands.progress(len(state.checkin.answered), len(waited_for))
    result = state.results.get(step.id)
    return CheckinNow(
        question=step.prompt.question,
        kind=step.prompt.kind,
        options=step.prompt.choices,
        floor=state.group.floor,
        progress=progress,
        outcome=result.outcome if result else None,
        picture=result.picture if result else None,
        feelings=step.prompt.feelings,
        screened=_is_screened(step.prompt),
        being_read=state.screening is not None and state.screening.step == step.id,
        texts=result.texts if result else (),
    )


def preview(prompt: Prompt, floor: int) -> CheckinForm:
    """What a phone offers and says before anyone answers, wherever this question is asked."""
    return CheckinForm(
        step="",
        kind=prompt.kind,
        options=prompt.choices,
        most_picks=MOST_PICKS if prompt.kind is PromptKind.WORDS else 1,
        floor=floor,
        screened=_is_screened(prompt),
        asked=True,
        answered=False,
    )


def _is_screened(prompt: Prompt) -> bool:
    return prompt.screened and prompt.kind is PromptKind.TEXT


def agreement_now(state: Meeting) -> AgreementNow:
    return AgreementNow(
        title=state.group.agreement_title,
        statements=statements(state),
        version=state.board.version,
    )


def statements(state: Meeting) -> tuple[StatementNow, ...]:
    return tuple(StatementNow(it.id, it.text) for it in state.board.statements)


def brought(state: Meeting) -> str:
    """The words that every screen shows, or ""; a suggestion keeps its id when it is adopted."""
    return words_of(state.board).get(state.brought, "")


def matters(state: Meeting) -> tuple[tuple[str, tuple[Suggestion, ...]], ...]:
    """Suggestions side by side, each with the adopted wording that they would change."""
    now = {it.line: it.text for it in state.board.statements}
    together = groupby(state.board.suggestions, key=lambda it: it.matter)
    return tuple((now.get(matter, ""), tuple(cards)) for matter, cards in together)


def unused_starters(state: Meeting) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parked and starter statements that are neither adopted nor being talked about."""
    texts = [it.text for it in state.board.statements]
    texts += [it.text for it in state.board.suggestions if not it.takes_out]
    parked = agreement.still_parked(state.board)
    taken = {same_words(text) for text in (*texts, *parked)}
    starters = (it for it in state.group.starters if same_words(it) not in taken)
    return parked, tuple(starters)
