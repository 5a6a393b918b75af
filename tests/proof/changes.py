"""Something stands otherwise in a copy of the program."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

# File, what stands there, and what is put in its place.
Change = tuple[str, str, str]


def stands_there(change: Change, tree: Path) -> bool:
    """Whether a change finds what it is about, and finds it once."""
    file, old, _new = change
    return (tree / file).read_text(encoding="utf-8").count(old) == 1


def put_in(changes: Iterable[Change], tree: Path) -> None:
    for change in changes:
        file, old, new = change
        assert stands_there(change, tree), f"{file} is not what it was"
        text = (tree / file).read_text(encoding="utf-8")
        (tree / file).write_text(text.replace(old, new), encoding="utf-8")
