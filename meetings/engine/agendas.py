"""What an agenda may hold, and when its steps come."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import accumulate

import msgspec

from meetings.engine.state import LONGEST, StepKind

MOST_STEPS = 40
SHORTEST_STEP, LONGEST_STEP = 1, 240  # minutes
# Nothing is longer than the longest meeting there can be.
LONGEST_AGENDA = int(LONGEST // 60)
LONGEST_TITLE = 80
LONGEST_TEXT = 2000
LONGEST_SCRIPT = 10_000

# Their phones show something else in that place: a question, what is being agreed.
WITHOUT_READING = frozenset({StepKind.CHECKIN, StepKind.AGREEMENT})

# What a new step of a kind takes, until she says otherwise.
USUAL_MINUTES: dict[StepKind, int] = {
    StepKind.WELCOME: 3,
    StepKind.SILENCE: 2,
    StepKind.READING: 3,
    StepKind.AGREEMENT: 5,
    StepKind.CHECKIN: 4,
    StepKind.ROUND: 12,
    StepKind.SHARING: 15,
    StepKind.TOPIC: 5,
    StepKind.SPEAKER: 12,
    StepKind.GROUNDING: 3,
    StepKind.BREAK: 8,
    StepKind.ANNOUNCEMENTS: 2,
    StepKind.CLOSING: 3,
}


class Wrong(StrEnum):
    """Why an agenda cannot be kept as it is."""

    NO_STEPS = "no-steps"
    TOO_MANY_STEPS = "too-many-steps"
    TOO_LONG = "too-long"
    NO_QUESTION = "no-question"
    # A question is asked once in a meeting: twice could show who said what.
    ASKED_TWICE = "asked-twice"


class Planned(msgspec.Struct, frozen=True):
    """As much of a step as decides whether the agenda holds. `prompt` names its question."""

    kind: StepKind
    minutes: int
    prompt: str = ""


def wrong_with(steps: Sequence[Planned | None]) -> list[tuple[int | None, Wrong]]:
    """All that is wrong: at which step, or None for the agenda as a whole.

    A step that is None could not be read and is only counted.
    """
    wrong: list[tuple[int | None, Wrong]] = []
    if not steps:
        wrong.append((None, Wrong.NO_STEPS))
    if len(steps) > MOST_STEPS:
        wrong.append((None, Wrong.TOO_MANY_STEPS))
    if sum(step.minutes for step in steps if step) > LONGEST_AGENDA:
        wrong.append((None, Wrong.TOO_LONG))
    asked: set[str] = set()
    for place, step in enumerate(steps):
        if step is None or step.kind is not StepKind.CHECKIN:
            continue
        if not step.prompt:
            wrong.append((place, Wrong.NO_QUESTION))
        elif step.prompt in asked:
            wrong.append((place, Wrong.ASKED_TWICE))
        asked.add(step.prompt)
    return wrong


def starts(minutes: Sequence[int]) -> list[int]:
    """After how many minutes each step begins, and at the end when the meeting does."""
    return list(accumulate(minutes, initial=0))
