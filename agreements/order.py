"""In which order statements and suggestions stand."""

from collections.abc import Iterable
from typing import TypeVar

from agreements.shapes import Suggestion

Item = TypeVar("Item")


def side_by_side(suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Each matter where its first suggestion stands, and everything else in its order."""
    matters: dict[str, list[Suggestion]] = {}
    for suggestion in suggestions:
        matters.setdefault(suggestion.matter, []).append(suggestion)
    return tuple(it for together in matters.values() for it in together)


def moved_behind(
    everything: tuple[Item, ...], moved: tuple[Item, ...], after: tuple[Item, ...]
) -> tuple[Item, ...]:
    """Everything, with these behind those; in front of all where there are none."""
    if not after:
        return (*moved, *(it for it in everything if it not in moved))
    if after == moved:
        return everything
    others = [it for it in everything if it not in moved]
    place = others.index(after[-1]) + 1
    return (*others[:place], *moved, *others[place:])
