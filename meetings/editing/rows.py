"""Rows of a form that change places before anything is saved. Pure: rows in, rows out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Act:
    """What a button asks for: a verb, and the row it stands in, counted from 0."""

    verb: str
    row: int = -1


def act_named(value: str) -> Act:
    """`later:2` as an act. What no page of ours sends asks for nothing."""
    verb, _, row = value.partition(":")
    if not row:
        return Act(verb)
    return Act(verb, int(row)) if row.isascii() and row.isdigit() and len(row) < 5 else Act("")


def rearranged(rows: tuple[Row, ...], act: Act) -> tuple[tuple[Row, ...], int]:
    """The rows after `earlier`, `later` or `take-out`, and where to go on from."""
    here = act.row
    if not 0 <= here < len(rows):
        return rows, -1
    if act.verb == "take-out":
        return rows[:here] + rows[here + 1 :], min(here, len(rows) - 2)
    there = {"earlier": here - 1, "later": here + 1}.get(act.verb, here)
    if not 0 <= there < len(rows):
        return rows, here
    moved = list(rows)
    moved[here], moved[there] = moved[there], moved[here]
    return tuple(moved), there
