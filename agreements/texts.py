"""Words as a group sees them: tidied for showing, and told apart by what they say."""

import unicodedata

from agreements.shapes import Code, Refused

LONGEST = 240  # code points, after tidy()

# Invisible characters that can reorder, hide or smuggle text: bidi marks, embeddings, overrides
# and isolates; zero-width space, word joiner and its relatives, byte order mark, annotations.
# The joiners U+200C and U+200D stay: Persian, Indic scripts and emoji are spelled with them.
_HIDDEN = frozenset(
    "\u061c\u180e\u200b\u200e\u200f\ufeff"
    + "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFFF9, 0xFFFC))))
)
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and symbols with nothing to see


def _can_be_kept(char: str) -> bool:
    # A lone surrogate (Cs) cannot be written as UTF-8 and would break the state it sits in.
    return unicodedata.category(char) not in ("Cc", "Cs") and char not in _HIDDEN


def _can_be_seen(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNPS" and char not in _BLANK


def tidy(text: str, longest: int = LONGEST) -> str:
    """The text as it will be shown: NFC, one line, single spaces, nothing hidden.

    Raises Refused: EMPTY when there is nothing to see, TOO_LONG over `longest` code points.
    Never cuts.
    """
    words = " ".join(text.split())
    words = " ".join("".join(filter(_can_be_kept, words)).split())
    # NFC joins at most four code points into one. Looking first keeps a very long text cheap.
    if len(words) > 4 * longest:
        raise Refused(Code.TOO_LONG)
    words = unicodedata.normalize("NFC", words)
    if len(words) > longest:
        raise Refused(Code.TOO_LONG)
    if not any(map(_can_be_seen, words)):
        raise Refused(Code.EMPTY)
    return words


def _counts(char: str) -> bool:
    # Marks count (they are vowels in many scripts), except those that only choose a glyph.
    category = unicodedata.category(char)
    if "\ufe00" <= char <= "\ufe0f":
        return False
    return category[0] in "LNM" or (category[0] == "S" and category != "Sk")


def same_words(text: str) -> str:
    """A key that is equal for two texts differing only in case, punctuation and spaces."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(filter(_counts, folded)) or "".join(folded.split())
