"""Names that people give themselves: any name or none, made safe to show and told apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from meetings.engine.lookalikes import skeleton

LONGEST_NAME = 24
# Characters behind what a reader sees: a letter may carry marks, but not a tower of them.
MOST_CODE_POINTS = 120
# Joiners that belong inside a letter cluster or an emoji; all other invisible ones are dropped.
JOINERS = {"\u200c", "\u200d"}
ZWJ = "\u200d"
# Letters that render as nothing at all.
BLANKS = {"\u115f", "\u1160", "\u3164", "\uffa0", "\u2800"}
# Marks above or below one letter; a tower of them would draw over other people's names.
MOST_MARKS = 6
# Marks on Latin, Greek and Cyrillic letters. In other scripts a mark is half of the word.
ACCENTS = re.compile("[\u0300-\u036f]")
# Thai, Lao, Burmese and Khmer, kana, Han: words stand next to each other without a space.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
# Marks that render as nothing: the grapheme joiner, variation selectors and their like.
UNSEEN_MARKS = {
    *map(chr, (0x034F, 0x17B4, 0x17B5, 0x180F)),
    *map(chr, range(0x180B, 0x180E)),
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xE0100, 0xE01F0)),
}


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
    """A name as it is shown: normalised (NFKC), without invisible characters, spaces single.

    Empty when nothing of it can be seen.
    """
    kept = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFKC", name)
        if char.isspace() or not is_dropped(char)
    )
    # Once more: what stood between a letter and its mark may be gone now.
    words = " ".join(_without_towers(unicodedata.normalize("NFKC", kept)).split())
    # A joiner at an edge joins nothing, and two names that differ only by it look the same.
    words = words.strip("\u200c\u200d ")
    return words if any(unicodedata.category(char)[0] in "LNPS" for char in words) else ""


def _without_towers(text: str) -> str:
    kept = []
    marks = MOST_MARKS  # Nothing stands there yet that could carry one.
    for char in text:
        if unicodedata.category(char) in {"Mn", "Me"}:
            marks += 1
            if marks > MOST_MARKS:
                continue
        elif char == " ":
            marks = MOST_MARKS
        elif char not in JOINERS:
            marks = 0
        kept.append(char)
    return "".join(kept)


def length(name: str) -> int:
    """How many characters a reader sees: combining marks and joined emoji count as one."""
    count, joined, picture, flags = 0, False, False, 0
    before = ""
    for char in name:
        point, category = ord(char), unicodedata.category(char)
        is_flag = 0x1F1E6 <= point <= 0x1F1FF
        flags = flags + 1 if is_flag else 0
        extends = (
            category in {"Mn", "Me", "Mc"}
            or char in JOINERS
            or 0x1F3FB <= point <= 0x1F3FF
            or (is_flag and flags % 2 == 0)
        )
        is_picture = category == "So" and not is_flag
        # What extends nothing stands alone. Pictures are joined into one, letters are not.
        if not (extends and count) and not (joined and picture and is_picture):
            count, picture = count + 1, is_picture
        # A joiner behind a joiner joins nothing (UAX 29, GB11).
        joined, before = char == ZWJ and before != ZWJ, char
    return count


def is_too_long(name: str) -> bool:
    return len(name) > MOST_CODE_POINTS or length(name) > LONGEST_NAME


def told_apart(name: str, others: Iterable[str]) -> str:
    """The name, with a number behind it when someone here has one that looks the same."""
    if not name:
        return name
    taken = {look for other in others for look in _looks(other)}
    candidate, number = name, 2
    while not taken.isdisjoint(_looks(candidate)):
        candidate, number = f"{name} {number}", number + 1
    return candidate


def mentioned(text: str, people: Iterable[str]) -> bool:
    """Whether one of these names stands in the text as a word or words of its own.

    In any spelling of letters, with accents or none, and with or without the number that
    `told_apart` gave.
    """
    words = _words(text)
    for person in people:
        name = [word for word in _words(person) if not word.isdigit()]
        # One letter is an initial, and a word of many languages.
        if len("".join(name)) < 2:
            continue
        # "Maria G." is spoken of as Maria.
        first = next((word for word in name if len(word) > 1), None)
        starts = range(len(words) - len(name) + 1)
        if first in words or any(words[start : start + len(name)] == name for start in starts):
            return True
    return False


def _words(text: str) -> list[str]:
    """Its words, without case and accents. Scripts without spaces: each character for itself."""
    shown = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    plain = ACCENTS.sub("", unicodedata.normalize("NFD", shown))
    letters = (
        char if unicodedata.category(char)[0] in "LNM" else "" if is_dropped(char) else " "
        for char in plain
        if char not in JOINERS
    )
    return UNSPACED.sub(r" \g<0> ", "".join(letters)).split()


def _looks(name: str) -> tuple[str, str]:
    """One of them is equal for two names that differ only in case, in what cannot be seen, or in
    letters that look like others."""
    seen = "".join(char for char in name if char not in JOINERS and char not in UNSEEN_MARKS)
    shown = unicodedata.normalize("NFKC", seen)
    folded = unicodedata.normalize("NFKC", shown.casefold())
    return " ".join(folded.split()), " ".join(skeleton(shown).split())
