"""How many sockets may be open: for one seat, one meeting, and this process."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from meetings.room import Socket

# A few tabs, and what a bad connection left half open; the oldest makes way for a new one.
OF_A_SEAT = 6
# Two hundred phones of some tabs each, consoles and screens. Beyond it, pages poll.
OF_A_MEETING = 1000
OF_THIS_PROCESS = 5000
POLICY_VIOLATION = 1008

_seats: defaultdict[tuple[str, str], list[Socket]] = defaultdict(list)
_meetings: Counter[str] = Counter()


@contextmanager
def place_for(meeting_id: str, socket: Socket) -> Iterator[bool]:
    """Hold a place for this socket while it is open; whether there was one."""
    if _meetings[meeting_id] >= OF_A_MEETING or _meetings.total() >= OF_THIS_PROCESS:
        yield False
        return
    of_seat = _seats[meeting_id, socket.seat]
    if len(of_seat) >= OF_A_SEAT:
        # Refused, a phone whose old sockets nobody has noticed to be dead would stay outside.
        of_seat.pop(0).close(POLICY_VIOLATION)
    of_seat.append(socket)
    _meetings[meeting_id] += 1
    try:
        yield True
    finally:
        if socket in of_seat:
            of_seat.remove(socket)
        if not of_seat and _seats.get((meeting_id, socket.seat)) is of_seat:
            del _seats[meeting_id, socket.seat]
        _meetings[meeting_id] -= 1
        if not _meetings[meeting_id]:
            del _meetings[meeting_id]
