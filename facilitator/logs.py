"""Log lines that name what went wrong and where, never what anybody wrote."""

import logging
from traceback import walk_tb
from types import TracebackType

OURS = ("facilitator.", "meetings.", "agreements.")


def place(traceback: TracebackType | None) -> str:
    """`module:line` of the deepest frame in our own packages, else of the deepest frame."""
    deepest = "unknown"
    ours = ""
    for frame, line in walk_tb(traceback):
        module = str(frame.f_globals.get("__name__", "unknown"))
        deepest = f"{module}:{line}"
        if module.startswith(OURS):
            ours = deepest
    return f"{ours} (in {deepest})" if ours and ours != deepest else deepest


def type_and_place(error: BaseException) -> str:
    """`ValueError at meetings.views:12`, then the same for what caused it."""
    parts = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        parts.append(f"{type(current).__qualname__} at {place(current.__traceback__)}")
        current = current.__cause__ or current.__context__
    return ", from ".join(parts)


class TypeAndPlace(logging.Formatter):
    """Level, logger and place. Messages and their arguments are dropped: an exception's message
    may hold an answer, a request's line holds a path and an address."""

    def format(self, record: logging.LogRecord) -> str:
        what = f"{record.module}:{record.lineno}"
        if record.exc_info and record.exc_info[1] is not None:
            what = type_and_place(record.exc_info[1])
        return f"{record.levelname} {record.name} {what}"
