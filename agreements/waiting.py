"""Words that wait for the next meeting: pure rules, as in a meeting, with no board and no seats."""

from collections.abc import Iterable

from agreements.shapes import Code, Refused
from agreements.texts import same_words, tidy


def new_words(text: str, adopted: Iterable[str], waiting: Iterable[str]) -> str:
    """The text as it will be shown, which is neither adopted nor waiting. Raises Refused."""
    text = tidy(text)
    key = same_words(text)
    if key in map(same_words, adopted):
        raise Refused(Code.ALREADY_ADOPTED)
    if key in map(same_words, waiting):
        raise Refused(Code.ALREADY_SUGGESTED)
    return text


def unknown(texts: Iterable[str], known: Iterable[str]) -> list[str]:
    """Those that say something else than what is known, each once, in their order."""
    keys = set(map(same_words, known))
    fresh: dict[str, str] = {}
    for text in texts:
        fresh.setdefault(same_words(text), text)
    return [text for key, text in fresh.items() if key not in keys]
