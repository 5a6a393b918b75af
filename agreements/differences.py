"""What changed between two texts, by word: for reading, not for patching."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum

import msgspec

from agreements.shapes import Statement

# A word, a run of spaces, or one mark: joined again they are the text.
_PIECES = re.compile(r"\w+|\s+|[^\w\s]")


class Kind(StrEnum):
    SAME = "same"
    OUT = "out"
    IN = "in"


class Piece(msgspec.Struct, frozen=True):
    kind: Kind
    text: str


class Line(msgspec.Struct, frozen=True):
    """One statement from one version to another: kept, reworded, new, or gone."""

    kind: Kind
    pieces: tuple[Piece, ...]

    @property
    def is_reworded(self) -> bool:
        return self.kind is Kind.SAME and any(it.kind is not Kind.SAME for it in self.pieces)


def words(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts in reading order: SAME and OUT make `before`, SAME and IN make `after`."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    made: list[Piece] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            made.append(Piece(Kind.SAME, "".join(old[start:end])))
            continue
        for kind, text in (
            (Kind.OUT, "".join(old[start:end])),
            (Kind.IN, "".join(new[new_start:new_end])),
        ):
            if text:
                made.append(Piece(kind, text))
    return tuple(made)


def versions(before: tuple[Statement, ...], after: tuple[Statement, ...]) -> tuple[Line, ...]:
    """Every statement of either version: those of `after` in its order, each that is gone where
    it was. Wordings of one statement are compared by word, whatever became of it in between.
    """
    return tuple(_lines(before, after))


def _lines(before: tuple[Statement, ...], after: tuple[Statement, ...]) -> Iterator[Line]:
    was = {it.line: it for it in before}
    lines = [it.line for it in after]
    gone = [it for it in before if it.line not in lines]
    # What is gone stands behind the statement that it followed, as far as that is still there.
    behind: dict[str, list[Statement]] = {}
    last = ""
    for it in before:
        if it in gone:
            behind.setdefault(last, []).append(it)
        else:
            last = it.line

    def left(line: str) -> Iterator[Line]:
        for it in behind.get(line, ()):
            yield Line(Kind.OUT, (Piece(Kind.OUT, it.text),))

    yield from left("")
    for it in after:
        old = was.get(it.line)
        if old is None:
            yield Line(Kind.IN, (Piece(Kind.IN, it.text),))
        else:
            yield Line(Kind.SAME, words(old.text, it.text))
        yield from left(it.line)
