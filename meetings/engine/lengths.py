"""How long a stored state is, whatever anyone answered: its length must tell nothing of answers.

A state is stored in the room that the same meeting would take with every answer given at its
longest. That is computed from what does not depend on answers: who was asked, what there is to
choose from, who could respond. Whoever adds a field that answers may fill gives it its longest
form in `_fullest`, or takes it out there and gives it room in `_room_for_texts`.
"""

from __future__ import annotations

from msgspec.structs import replace

from agreements.shapes import Response, Suggestion
from meetings.engine import codec
from meetings.engine.bands import Band, Bar, Picture
from meetings.engine.state import (
    LONGEST_ANSWER,
    Checkin,
    Meeting,
    Outcome,
    Prompt,
    PromptKind,
    Result,
)

# What is left to tell (names, words that everyone sees) is told in steps of this many bytes.
STEP = 512
# A number in a tally, at its longest: more than any room holds.
LARGEST = 65_535
# A text: code points of up to four bytes, its head, and its place among those left out.
TEXT_BYTES = LONGEST_ANSWER * 4 + 3 + 3


def stored_length(state: Meeting) -> int:
    """How many bytes this state is stored in. The same for any answers of the same people."""
    longest = len(codec.encode(_fullest(state))) + _room_for_texts(state)
    return longest + -longest % STEP


def _fullest(state: Meeting) -> Meeting:
    """The same meeting with every answer given, at its longest, and no text."""
    results = {step: _longest_result(_prompt(state, step)) for step in state.results}
    if state.screening is not None:
        results[state.screening.step] = _longest_result(None)
    return replace(
        state,
        checkin=state.checkin and _everyone_answered(state.checkin),
        screening=None,
        results=results,
        board=replace(
            state.board,
            suggestions=tuple(_everyone_responded(state, it) for it in state.board.suggestions),
            objections={
                words: dict.fromkeys({**state.seats, **state.facilitators}, Response.NOT_NOW)
                for words in state.board.objections
            },
            keeps=frozenset((*state.seats, *state.facilitators)),
        ),
        pointed_to=frozenset(it.id for it in state.board.statements),
    )


def _prompt(state: Meeting, step_id: str) -> Prompt | None:
    index = state.step_named(step_id)
    return None if index is None else state.steps[index].prompt


def _everyone_answered(checkin: Checkin) -> Checkin:
    return replace(
        checkin,
        answered=checkin.asked,
        tally=(LARGEST,) * len(checkin.tally),
        answers=LARGEST,
        texts=(),
    )


def _longest_result(prompt: Prompt | None) -> Result:
    """The longest outcome, with a bar for every option at its longest."""
    options = range(len(prompt.choices)) if prompt is not None else ()
    bars = tuple(Bar(option, Band.SEVERAL) for option in options)
    return Result(Outcome.DISCARDED, Picture(bars, mixed=False))


def _everyone_responded(state: Meeting, suggestion: Suggestion) -> Suggestion:
    everyone = {**state.seats, **state.facilitators}
    return replace(suggestion, responses=dict.fromkeys(everyone, Response.NOT_NOW))


def _room_for_texts(state: Meeting) -> int:
    """Room for a text from everyone, for each prompt that has been answered in people's words.

    Everyone who was asked: once it is closed, that is at most everyone who ever sat here.
    """
    ever_here = len(state.seats) + len(state.left) + len(state.removed)
    writers = [ever_here for step in state.results if _takes_texts(state, step)]
    if state.screening is not None:
        writers.append(ever_here)
    if state.checkin is not None and _takes_texts(state, state.checkin.step):
        writers.append(len(state.checkin.asked))
    return TEXT_BYTES * sum(writers)


def _takes_texts(state: Meeting, step_id: str) -> bool:
    prompt = _prompt(state, step_id)
    return prompt is not None and prompt.kind is PromptKind.TEXT
