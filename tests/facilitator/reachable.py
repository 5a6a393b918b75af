"""What anything in this process still reaches, planted words and keys included."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from typing import Any

from meetings import room
from meetings.engine import commands, state
from meetings.engine.views import shapes

TEXT = (str, bytes, bytearray)
LIVE = (
    state.Meeting,
    state.Seat,
    state.Checkin,
    state.Screening,
    state.Result,
    state.Actor,
    commands.Command,
    shapes.View,
    room.Room,
    room.Socket,
)


class Planted:
    """Words and keys to look for, which looking for them does not keep alive."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}
        self._keys: dict[str, bytes] = {}

    def word(self, what: str, word: str) -> None:
        # Backwards: as it stands it is reachable from nowhere but where it leaked.
        self._words[what] = word[::-1]

    def key(self, what: str, key: bytes) -> None:
        self._keys[what] = hashlib.sha256(key).digest()

    def found_in(self, text: Any) -> list[str]:
        if isinstance(text, str):
            turned = text[::-1]
        else:
            turned = bytes(text[::-1]).decode("latin1")
            if hashlib.sha256(text).digest() in self._keys.values():
                return ["key"]
        return [what for what, word in self._words.items() if word in turned]


def still_reachable(planted: Planted) -> dict[str, int]:
    """How many of which live things, and texts with which planted words, are still there."""
    gc.collect()
    found: Counter[str] = Counter()
    # The collector knows containers only, and not all of those: what they hold is followed.
    waiting: list[Any] = gc.get_objects()
    seen = {id(one) for one in waiting}
    mine = {id(planted), id(planted._words), id(planted._keys), id(seen), id(waiting)}
    while waiting:
        one = waiting.pop()
        if id(one) in mine:
            continue
        if issubclass(type(one), LIVE):  # isinstance would wake what is lazy
            found[type(one).__name__] += 1
        for held in gc.get_referents(one):
            if id(held) in seen or held is waiting:
                continue
            seen.add(id(held))
            if issubclass(type(held), TEXT):
                found.update(planted.found_in(held))
            elif not gc.is_tracked(held):
                waiting.append(held)
    return dict(found)
