"""Simulated phones against the real server, in a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random
from typing import Any

import pytest

from facilitator.phones.crowd import Crowd
from facilitator.phones.laptop import Laptop
from facilitator.phones.leading import lead
from facilitator.phones.page import LivePage, Refused
from facilitator.phones.people import Temper
from facilitator.phones.phone import Phone
from facilitator.phones.plans import Pace
from tests.browser.server import Server

READING, AGREEMENT = "Confidentiality reading", "Our Comfort Agreement"
EAGER = tuple(
    Temper(reads=1, suggests=1, speaks=1, answers=1, doubts=0, sockets=works)
    for works in (True, True, True, False)
)
CHECKIN, SHARING = "Anonymous check-in", "Open sharing"


async def briefly(seconds: float) -> None:
    """What a page waits between two tries, fifty times as fast."""
    await asyncio.sleep(seconds / 50)


def no_time_at_all() -> Pace:
    """People who need no time: whatever they wait for has passed already."""
    passed = [0.0]

    async def sleep(seconds: float) -> None:
        passed[0] += seconds
        await asyncio.sleep(0)

    return Pace(sleep=sleep, clock=lambda: passed[0])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(Path(tmp_path_factory.mktemp("phones")) / "data")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def session(server: Server) -> dict[str, str]:
    """The cookies of a laptop that has signed in, and its group's page."""

    async def sign_in() -> dict[str, str]:
        async with Laptop(server.address) as laptop:
            await laptop.sign_in(server.sign_in_link)
            return {"group": laptop.group, **laptop.cookies}

    return asyncio.run(sign_in())


class Room:
    """A meeting with its laptop, and everyone who comes, all of them kept current."""

    def __init__(self, server: Server, session: dict[str, str]) -> None:
        self.base = server.address
        self.laptop = Laptop(server.address)
        self.laptop.group = session["group"]
        self.laptop.cookies = {key: value for key, value in session.items() if key != "group"}
        self._open = AsyncExitStack()
        self._tasks: list[asyncio.Task[Any]] = []

    async def __aenter__(self) -> Room:
        await self._open.enter_async_context(self.laptop)
        await self.laptop.open_doors()
        self.behind(self.laptop.keep_current())
        return self

    async def __aexit__(self, *_: object) -> None:
        if not self.laptop.over:
            await self.laptop.end()
        async with asyncio.timeout(60):
            # Nobody stays behind: the end reaches every page.
            await asyncio.gather(*self._tasks)
        await self._open.aclose()

    def behind(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        self._tasks.append(asyncio.create_task(work))
        return self._tasks[-1]

    async def phone(self, name: str = "", **options: Any) -> Phone:
        phone = Phone(self.base, sleep=briefly, **options)
        await self._open.enter_async_context(phone)
        await phone.come_in(self.laptop.code, name)
        self.behind(phone.keep_current())
        return phone

    def crowd(self, count: int, pace: Pace) -> Crowd:
        crowd = Crowd(self.base, count, chance=Random(7), pace=pace, tempers=EAGER, sleep=briefly)
        self.behind(crowd.attend(self.laptop.code))
        return crowd

    async def sees(self, text: str, within: str = "lead-now") -> None:
        await self.laptop.until(lambda: text in self.laptop.region(within).text)


def in_a_room(test: Callable[[Room], Coroutine[Any, Any, None]]) -> Callable[..., None]:
    def run(server: Server, session: dict[str, str]) -> None:
        async def meeting() -> None:
            async with Room(server, session) as room:
                await test(room)

        asyncio.run(meeting())

    run.__name__, run.__doc__ = test.__name__, test.__doc__
    return run


async def is_kept(page: LivePage, how: str) -> None:
    await page.until(lambda: page.kept_by == how)


async def is_current(page: LivePage) -> bool:
    """Waits until the page shows what a page loaded now would show."""
    async with asyncio.timeout(60):
        while await page.fresh() != page.regions:
            await page.changed()
    return True


@in_a_room
async def test_eight_people_join_read_suggest_respond_answer_and_raise_hands(room: Room) -> None:
    laptop = room.laptop
    crowd = room.crowd(8, no_time_at_all())
    await room.sees("9 here", "room")
    await laptop.next()

    await laptop.go_to(READING)
    await laptop.until(lambda: laptop.region("lead-now").with_id("reader"))
    # The reader turns the page, and someone takes the next part.
    await room.sees("part 2 of 3")

    await laptop.go_to(AGREEMENT)
    await laptop.until(lambda: laptop.region("lead-now").with_id("now-suggested"))
    card = next(each for each in laptop.acts() if each.name.startswith("card-mine"))
    assert await laptop.send(card, [("response", "live")]) == 200
    await room.sees("Everyone can live with this")

    await laptop.go_to(CHECKIN)
    await laptop.next()
    await room.sees("Everyone has answered")
    await laptop.next()
    await room.sees("Shared with the room")

    await laptop.go_to(SHARING)
    await laptop.until(lambda: laptop.region("room").with_id("room-hands"))
    assert len(crowd.inside) == 8
    assert {phone.sockets for phone in crowd.inside.values()} == {True, False}
    for phone in crowd.inside.values():
        await is_kept(phone, "socket" if phone.sockets else "polling")
    for page in (laptop, *crowd.inside.values()):
        assert await is_current(page)


@in_a_room
async def test_a_facilitator_who_leads_by_herself_comes_to_the_end(room: Room) -> None:
    pace = no_time_at_all()
    room.crowd(6, pace)
    await room.sees("7 here", "room")
    await lead(room.laptop, chance=Random(3), pace=pace)
    assert room.laptop.over
    assert "meeting has ended" in room.laptop.over


@in_a_room
async def test_a_phone_whose_socket_drops_comes_back(room: Room) -> None:
    phone = await room.phone("Jo")
    await is_kept(phone, "socket")
    await phone.drop_socket()
    await phone.until(lambda: phone.kept_by != "socket")
    await room.laptop.next()
    await phone.until(lambda: phone.kept_by == "socket" and "Welcome" in phone.now)
    assert await is_current(phone)


@in_a_room
async def test_a_phone_without_sockets_polls(room: Room) -> None:
    phone = await room.phone("Jo", sockets=False)
    await room.laptop.next()
    await phone.until(lambda: "Welcome" in phone.now)
    assert phone.kept_by == "polling"
    assert await phone.raise_hand() == 200
    await room.sees("Jo", "room")
    assert await is_current(phone)


@in_a_room
async def test_a_phone_that_was_dark_catches_up(room: Room) -> None:
    phone = await room.phone("Jo")
    await is_kept(phone, "socket")
    await phone.doze()
    await phone.until(lambda: not phone.kept_by)
    await room.laptop.next()
    await room.laptop.go_to(SHARING)
    await room.sees(SHARING)
    assert SHARING not in phone.now
    phone.wake()
    await phone.until(lambda: SHARING in phone.now)


@in_a_room
async def test_a_page_is_asked_by_hand_for_each_thing_it_offers(room: Room) -> None:
    phone = await room.phone("Jo")
    await room.laptop.next()
    await phone.until(lambda: phone.offers("mine"))
    assert await phone.take_part() == 200
    await phone.until(lambda: "Jo is reading" in phone.region("now").text)
    assert await phone.turn_part() == 200
    await phone.until(lambda: "part 2" in phone.now)
    assert await phone.raise_hand() == 200
    assert await phone.lower_hand() == 200
    await room.laptop.go_to(AGREEMENT)
    await phone.until(phone.starters)
    assert await phone.suggest("We go slowly.") == 200
    await phone.until(lambda: "We go slowly." in phone.region("mine").text)
    assert await phone.respond("We go slowly.", "talk") == 200
    await room.sees("Someone would like to talk")
    # Said twice, and refused in a sentence.
    assert await phone.suggest("We go slowly.") in (409, 422)
    assert phone.said


@in_a_room
async def test_someone_who_left_takes_a_new_seat(room: Room) -> None:
    phone = await room.phone("Jo")
    await room.sees("2 here", "room")
    await phone.leave()
    await room.sees("1 here", "room")
    assert phone.over
    await room.phone("Jo")
    await room.sees("2 here", "room")


@in_a_room
async def test_a_locked_door_is_told_apart_from_an_open_one(room: Room) -> None:
    await room.laptop.press("doors")
    with pytest.raises(Refused) as refused:
        await room.phone("Jo")
    assert refused.value.status == 404
    await room.laptop.press("doors")
    assert (await room.phone("Jo")).regions
