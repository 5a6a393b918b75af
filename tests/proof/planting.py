"""Words to plant: each is nowhere else in the world, and begins with the mark of its kind."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

# No vowel and no look-alike: nothing on the way rewrites these, and no text has them by chance.
LETTERS = "bdfghkpqtvxyz"
MARK_LETTERS = 8
OWN_LETTERS = 6


class Kind(StrEnum):
    """Whose words they are, and so what becomes of them."""

    PERSON = "a person’s"
    # Nothing of the meeting's; a browser may keep a form that was refused.
    REFUSED = "typed at the door and refused"
    CHOICE = "a choice to answer with"
    # Unsigned, and live like a person's; but it may outlive a restart in the middle of a meeting.
    OPEN = "open in the meeting"
    # Open once, and gone from everywhere as soon as the group settles it without keeping it.
    SETTLED = "settled in the meeting, and not kept"
    LET_GO = "kept by the group for a while, then let go"
    GROUP = "the group’s"
    # What the server made up itself: too short for a mark, so it is looked for as it is.
    CODE = "the meeting’s code"
    ADDRESS = "a phone’s address"


class Words:
    """The words of one evening."""

    def __init__(self) -> None:
        self.marks = {
            kind: _letters(MARK_LETTERS) for kind in Kind if kind not in (Kind.CODE, Kind.ADDRESS)
        }
        # By word: what it is and where it was put.
        self.planted: dict[str, tuple[Kind, str]] = {}

    def word(self, kind: Kind, where: str) -> str:
        """A new word of this kind, to be put there."""
        word = self.marks[kind] + _letters(OWN_LETTERS)
        self.planted[word] = (kind, where)
        return word

    def person(self, where: str) -> str:
        return self.word(Kind.PERSON, where)

    def group(self, where: str) -> str:
        return self.word(Kind.GROUP, where)

    def also(self, word: str, kind: Kind, where: str) -> None:
        """Look for something that the server or a network made up."""
        assert kind not in self.marks
        self.planted[word] = (kind, where)

    def needles(self) -> Iterator[tuple[Kind, str]]:
        """What to look for: the marks, and what has none. Cut-off words have their mark too."""
        for kind, mark in self.marks.items():
            yield kind, mark
        for word, (kind, _where) in self.planted.items():
            if kind not in self.marks:
                yield kind, word

    def at(self, where: str) -> str:
        """The word that was put there."""
        return next(word for word, (_kind, its) in self.planted.items() if its == where)

    def of(self, kind: Kind) -> list[str]:
        return [word for word, (its, _where) in self.planted.items() if its is kind]


def groups_words(words: Words) -> dict[str, Any]:
    """What the group wrote beforehand, for served.py."""
    return {
        "group": words.group("the group’s name"),
        "shown": words.group("the name that phones show"),
        "facilitator": words.group("the facilitator’s name"),
        "limits": words.group("the facilitator’s limits"),
        "script": words.group("a script"),
        "question": words.group("a question"),
        "choices": [words.word(Kind.CHOICE, f"choice {n}") for n in range(4)],
    }


def _letters(count: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(count))
