"""Names that people give themselves: any name or none, made safe to show and told apart."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

LONGEST_NAME = 24
# Characters behind what a reader sees: a letter may carry marks, but not a tower of them.
MOST_CODE_POINTS = 120
# Joiners that belong inside a letter cluster or an emoji; all other invisible ones are dropped.
JOINERS = {"\u200c", "\u200d"}
ZWJ = "\u200d"
# Letters that render as nothing at all.
BLANKS = {"\u115f", "\u1160", "\u3164", "\uffa0", "\u2800"}


def is_dropped(char: str) -> bool:
    """Whether a character is invisible and has no place in a name: controls, direction marks."""
    if char in JOINERS:
        return False
    return char in BLANKS or unicodedata.category(char) in {
        "Cc",
        "Cf",
        "Cs",
        "Co",
        "Cn",
    }


def tidy(name: str) -> str:
    """A name as it is shown: normalised (NFKC), without invisible characters, spaces single."""
    kept = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFKC", name)
        if char.isspace() or not is_dropped(char)
    )
    words = " ".join(kept.split())
    # A joiner at an edge joins nothing, and two names that differ only by it look the same.
    return words.strip("\u200c\u200d ")


def length(name: str) -> int:
    """How many characters a reader sees: combining marks and joined emoji count as one."""
    count, joined, flags = 0, False, 0
    for char in name:
        point = ord(char)
        is_flag = 0x1F1E6 <= point <= 0x1F1FF
        flags = flags + 1 if is_flag else 0
        extends = (
            unicodedata.category(char) in {"Mn", "Me", "Mc"}
            or char in JOINERS
            or 0x1F3FB <= point <= 0x1F3FF
            or (is_flag and flags % 2 == 0)
        )
        if not extends and not joined:
            count += 1
        joined = char == ZWJ
    return count


def is_too_long(name: str) -> bool:
    return len(name) > MOST_CODE_POINTS or length(name) > LONGEST_NAME


def told_apart(name: str, others: Iterable[str]) -> str:
    """The name, with a number behind it when someone here already has it."""
    if not name:
        return name
    taken = {other.casefold() for other in others}
    candidate, number = name, 2
    while candidate.casefold() in taken:
        candidate, number = f"{name} {number}", number + 1
    return candidate
