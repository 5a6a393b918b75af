"""A reading's parts: split, joined and counted. Pure: words in, words out, and none is lost."""

from __future__ import annotations

import re

from meetings.editing.fields import tidy_prose
from meetings.editing.rows import Act, rearranged

# One part is on every phone at once, in large type; someone reads it aloud in about a minute.
LONGEST_PART = 1500
MOST_PARTS = 40

Parts = tuple[str, ...]

_EMPTY_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_SENTENCE_END = re.compile(r"(?<=[.?!…:;”’\"])\s+")


def at_empty_lines(text: str) -> Parts:
    """A text in parts: each empty line begins a new one."""
    pieces = _EMPTY_LINES.split(text.replace("\r\n", "\n").replace("\r", "\n").strip())
    return tuple(piece for piece in pieces if piece.strip())


def split(part: str) -> Parts:
    """One part in two or more: at its empty lines, or after the sentence nearest its middle."""
    pieces = at_empty_lines(part)
    if len(pieces) != 1:
        return pieces or (part,)
    (text,) = pieces
    places = [found.end() for found in _SENTENCE_END.finditer(text)]
    places = places or [found.end() for found in re.finditer(r"\s+", text)]
    if not places:
        return pieces
    place = min(places, key=lambda one: abs(one - len(text) / 2))
    return text[:place].rstrip(), text[place:]


def after(parts: Parts, act: Act) -> tuple[Parts, int]:
    """The parts after a button that saves nothing, and the part to go on from."""
    here = act.row
    if act.verb == "add":
        return (*parts, ""), len(parts)
    if not 0 <= here < len(parts):
        return parts, -1
    if act.verb == "split":
        return parts[:here] + split(parts[here]) + parts[here + 1 :], here
    if act.verb == "join" and here + 1 < len(parts):
        joined = "\n".join(filter(None, (parts[here].rstrip(), parts[here + 1].lstrip())))
        return (*parts[:here], joined, *parts[here + 2 :]), here
    return rearranged(parts, act)


def tidied(parts: Parts) -> Parts:
    """The parts as they are kept: split at empty lines, without those that hold nothing to read."""
    return tuple(piece for part in parts for piece in at_empty_lines(tidy_prose(part)))
