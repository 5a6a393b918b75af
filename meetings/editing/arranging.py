"""The buttons on an agenda's cards: each gives the page again, rearranged, with all that is typed.

Nothing is kept until she saves; whoever has no script rearranges with these alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from meetings.editing.agendas import KINDS, StepForm, new_step, order_in, prefix_of
from meetings.editing.rows import Act, rearranged
from meetings.engine.state import StepKind


@dataclass(frozen=True)
class Arranged:
    """What is typed, in its new order, and the control that she goes on from."""

    typed: QueryDict
    focus: str


@dataclass(frozen=True)
class TakenOut:
    """A step that can still be put back: its words travel with the page until she saves."""

    title: str
    fields: list[tuple[str, str]]


def arranged(sent: QueryDict, do: str) -> Arranged:
    """What a button asks for. A button that no page of ours has changes nothing."""
    typed = sent.copy()
    order = order_in(sent)
    act, _, key = do.partition(":")
    focus = ""
    if act == "add" and (not key or key in order):
        place = order.index(key) + 1 if key else 0
        focus = _add(typed, order, place, sent.get(f"add-{key}", ""))
    elif act == "back":
        focus = _put_back(typed, order)
    elif key in order:
        if act == "take-out":
            typed["out"] = f"{key}:{order.index(key)}"
        moved, _row = rearranged(tuple(order), Act(act, order.index(key)))
        order = list(moved)
        focus = _after_moving(order, act, key)
    typed.setlist("step", order)
    return Arranged(typed, focus)


def _after_moving(order: list[str], act: str, key: str) -> str:
    if act == "take-out":
        return "put-back"
    # The first has no way up, the last none down: her next press may well be back.
    if act == "earlier":
        return f"later-{key}" if order[0] == key else f"earlier-{key}"
    return f"earlier-{key}" if order[-1] == key else f"later-{key}"


def _add(typed: QueryDict, order: list[str], place: int, kind: str) -> str:
    # Beyond what is here and what waits to be put back.
    taken = [int(key) for key in (*order, _out_of(typed)[0]) if key]
    key = str(max(taken, default=-1) + 1)
    fresh = new_step(StepKind(kind) if kind in list(KINDS) else StepKind.SHARING)
    for name in StepForm.base_fields:
        typed[f"{prefix_of(key)}-{name}"] = str(fresh.get(name, ""))
    order.insert(place, key)
    return f"id_{prefix_of(key)}-title"


def _put_back(typed: QueryDict, order: list[str]) -> str:
    key, place = _out_of(typed)
    if not key or key in order:
        return ""
    order.insert(min(place, len(order)), key)
    del typed["out"]
    return f"id_{prefix_of(key)}-title"


def _out_of(typed: QueryDict) -> tuple[str, int]:
    """The step taken out last and its place; an empty key when there is none."""
    key, _, place = typed.get("out", "").partition(":")
    # Six digits are more than any page of ours sends.
    if not (key.isascii() and key.isdigit() and place.isascii() and place.isdigit()):
        return "", 0
    return (key, int(place)) if len(key + place) <= 6 else ("", 0)


def taken_out(typed: QueryDict) -> TakenOut | None:
    key, _place = _out_of(typed)
    if not key or key in order_in(typed):
        return None
    prefix = prefix_of(key)
    fields: list[tuple[str, Any]] = [("out", typed["out"])]
    fields += [
        (name, typed.get(name, "")) for name in (f"{prefix}-{one}" for one in StepForm.base_fields)
    ]
    return TakenOut(typed.get(f"{prefix}-title", ""), fields)
