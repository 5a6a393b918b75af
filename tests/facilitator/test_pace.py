"""One who goes too fast waits and is refused with a sentence; nobody else notices."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from facilitator.pace import Pace
from meetings.models import Facilitator, Group
from meetings.rationing import Ration
from meetings.seats import SEAT
from tests.meetings.conftest import Hall
from tests.meetings.test_rationing import whole_code

SLOW, NONE_MORE = 0.05, Ration(3, 1e-6)
PLENTY = Ration(1000, 1000)
HALL, AWAY = "203.0.113.7", "198.51.100.9"


async def welcoming(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def ask(
    pace: Pace,
    path: str = "/meeting/hand",
    *,
    seat: str = "",
    other: str = "csrf=x",
    forwarded: str = "",
    address: str = HALL,
    kind: str = "",
    session: str = "",
) -> tuple[int, bytes]:
    """The status and the body that one request gets; 101 and 403 for sockets."""
    headers = [(b"cookie", f"{other}; {SEAT}={seat}".encode())] if seat else []
    headers += [(b"cookie", f"session={session}".encode())] if session else []
    headers += [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    scope = {"type": kind or "http", "path": path, "headers": headers, "client": [address, 5000]}
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await pace(scope, None, send)
    if kind == "websocket":
        return (101 if sent[0]["type"] == "websocket.accept" else 403), b""
    return sent[0]["status"], sent[1]["body"]


def paced(**rations: Ration) -> Pace:
    every = {"seat": PLENTY, "meeting": PLENTY, "link": PLENTY, "address": PLENTY, **rations}
    return Pace(welcoming, patience=SLOW, **every)


def asked(pace: Pace, times: int, **who: Any) -> list[int]:
    async def every() -> list[int]:
        return [(await ask(pace, **who))[0] for _ in range(times)]

    return asyncio.run(every())


@pytest.fixture
def hall(group: Group, facilitator: Facilitator) -> Hall:
    return Hall(group, facilitator)


@pytest.fixture
def cookies(hall: Hall) -> list[str]:
    """Two phones' seats."""
    return [phone.cookie(SEAT) or "" for phone in hall.phones(2)]


def test_a_seat_that_floods_is_refused_and_its_neighbour_is_not(cookies: list[str]) -> None:
    pace = paced(seat=NONE_MORE)
    assert asked(pace, 5, seat=cookies[0]) == [200] * 3 + [429] * 2
    assert asked(pace, 3, seat=cookies[1]) == [200] * 3


def test_another_tab_or_another_address_is_still_the_same_seat(cookies: list[str]) -> None:
    pace = paced(seat=NONE_MORE)
    asked(pace, 3, seat=cookies[0])
    assert asked(pace, 1, seat=cookies[0], address=AWAY) == [429]
    assert asked(pace, 1, seat=cookies[0], path="/meeting/socket", kind="websocket") == [403]


@pytest.mark.parametrize("odd", ['{"a":1}=b', "a b c", "k@y=x", "=", 'half="open', "é=ü"])
def test_an_odd_cookie_of_another_program_costs_nobody_their_seat(
    cookies: list[str], odd: str
) -> None:
    pace = paced(address=NONE_MORE)
    assert asked(pace, 5, seat=cookies[0], other=odd) == [200] * 5


def test_all_seats_of_a_meeting_share_a_ration(cookies: list[str]) -> None:
    pace = paced(meeting=NONE_MORE)
    assert asked(pace, 2, seat=cookies[0]) == [200] * 2
    assert asked(pace, 2, seat=cookies[1]) == [200, 429]


def test_a_made_up_seat_is_none(cookies: list[str]) -> None:
    pace = paced(address=NONE_MORE)
    forged = [cookies[0][:-8] + f"{number:08}" for number in range(4)]
    found = [asked(pace, 1, seat=seat)[0] for seat in forged]
    assert found == [200] * 3 + [429]
    # Whoever really sits here, behind the same address, is not held off by that.
    assert asked(pace, 5, seat=cookies[0]) == [200] * 5


def test_strangers_share_a_ration_with_their_address(db: None) -> None:
    pace = paced(address=NONE_MORE)
    assert asked(pace, 4, path="/") == [200] * 3 + [429]
    assert asked(pace, 1, path="/", address=AWAY) == [200]


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_the_laptop_itself_is_never_held_off(address: str, db: None) -> None:
    assert asked(paced(address=NONE_MORE), 9, path="/", address=address) == [200] * 9


@pytest.mark.parametrize("forwarded", ["", "127.0.0.1", "203.0.113.5, ::1"])
def test_behind_a_proxy_nobody_passes_for_the_laptop_itself(
    forwarded: str, db: None, settings: Any
) -> None:
    settings.FACILITATOR_BEHIND_PROXY = True
    pace = paced(address=NONE_MORE)
    found = asked(pace, 4, path="/", address="127.0.0.1", forwarded=forwarded)
    assert found == [200] * 3 + [429]


def test_behind_a_proxy_the_hop_that_the_proxy_wrote_counts(db: None, settings: Any) -> None:
    settings.FACILITATOR_BEHIND_PROXY = True
    pace = paced(address=NONE_MORE)
    made_up = [f"198.51.100.{number}, {HALL}" for number in range(4)]
    assert [asked(pace, 1, path="/", forwarded=each)[0] for each in made_up] == [200] * 3 + [429]


@pytest.mark.parametrize("path", ["/static/css/base.css", "/healthz"])
def test_what_costs_nothing_is_not_counted(path: str, db: None) -> None:
    assert asked(paced(address=NONE_MORE), 9, path=path) == [200] * 9


def test_a_little_too_fast_is_only_a_little_later(db: None) -> None:
    pace = paced(address=Ration(2, 100))
    begun = time.monotonic()
    assert asked(pace, 6, path="/") == [200] * 6
    assert time.monotonic() - begun >= 0.03


def test_a_refusal_comes_late_and_says_what_to_do(db: None) -> None:
    pace = paced(address=NONE_MORE)
    asked(pace, 3, path="/")
    begun = time.monotonic()
    status, body = asyncio.run(ask(pace, "/"))
    assert time.monotonic() - begun >= SLOW * 0.9
    assert status == 429 and b"Scan the square on the laptop" in body


def test_a_seat_that_is_refused_is_told_to_wait(cookies: list[str]) -> None:
    pace = paced(seat=NONE_MORE)
    asked(pace, 3, seat=cookies[0])
    assert b"Wait a moment, then try once more." in asyncio.run(ask(pace, seat=cookies[0]))[1]


def test_whoever_has_a_link_comes_in_at_an_address_that_floods(hall: Hall) -> None:
    pace, link = paced(address=NONE_MORE), f"/j/{whole_code(hall)}"
    assert asked(pace, 5, path="/j/ZZZZ22222345") == [200] * 3 + [429] * 2
    assert asked(pace, 5, path=link.lower()) == [200] * 5
    assert asked(pace, 1, path=f"/j/{hall.code}") == [429]
    # A link is known to many: whoever floods by it is held off at their address, and in all.
    pace = paced(link=NONE_MORE)
    assert asked(pace, 4, path=link) == [200] * 3 + [429]
    assert asked(pace, 1, path=link, address=AWAY) == [200]
    assert asked(paced(meeting=NONE_MORE), 4, path=link) == [200] * 3 + [429]


def test_what_was_refused_uses_nothing_up(db: None) -> None:
    pace = paced(address=NONE_MORE)

    async def flooded() -> None:
        await asyncio.gather(*(ask(pace, "/") for _ in range(200)))

    asyncio.run(flooded())
    # Not hundreds of requests deep in debt, for as long as the flood lasted.
    assert pace._addresses.left(HALL, time.monotonic()) >= 0


def test_a_console_that_was_shown_is_not_held_off_by_a_flood_at_its_address(hall: Hall) -> None:
    hers, console = hall.laptop.cookie("session") or "", hall.laptop.console

    async def pages(scope: Any, receive: Any, send: Any) -> None:
        """As ours answer: a console to her, and the way to sign in to anyone else."""
        known = (b"cookie", f"session={hers}".encode()) in scope["headers"]
        await send({"type": "http.response.start", "status": 200 if known else 302})
        await send({"type": "http.response.body", "body": b""})

    pace = Pace(pages, patience=SLOW, seat=Ration(6, 1e-6), meeting=PLENTY, address=NONE_MORE)
    assert asked(pace, 1, path=console, session=hers) == [200]
    assert asked(pace, 4, path="/") == [302] * 2 + [429] * 2
    assert asked(pace, 7, path=console, session=hers) == [200] * 6 + [429]
    # A session that was shown no console is a stranger's.
    assert asked(pace, 1, path=console, session="x" * 32) == [429]


def test_a_console_that_was_not_shown_yet_counts_as_its_address(hall: Hall) -> None:
    pace = paced(address=NONE_MORE)
    assert asked(pace, 4, path=hall.laptop.console) == [200] * 3 + [429]
