"""Two web processes, one Redis, one PostgreSQL, one meeting: whichever of them a phone is on."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from facilitator.phones.page import LOST
from facilitator.phones.phone import NotOffered, Phone
from meetings.engine.state import Meeting
from meetings.redis_store import RedisStore
from tests.browser.server import Server
from tests.browser.wire import Wire
from tests.scale.evening import AGREEMENT, CHECKIN, Evening, evening, planted
from tests.scale.processes import SECRET, at_scale, running
from tests.servers import RedisServer

# Two processes on a machine that does other things besides; where it matters, it is measured.
pytestmark = pytest.mark.slow


@pytest.fixture
def both(
    tmp_path: Path, redis_server: RedisServer, postgres_address: str, static_files: Path
) -> Iterator[list[Server]]:
    with running(
        2, tmp_path, static_files, redis=redis_server.address, database=postgres_address
    ) as servers:
        yield servers


@pytest.fixture
def proxy(both: list[Server]) -> Iterator[Wire]:
    """As a proxy in front of both would: to one, to the other, and to neither that is down."""
    wire = Wire(*(server.port for server in both))
    yield wire
    wire.close()


async def state_of(here: Evening, redis: RedisServer) -> Meeting:
    """The meeting as it lies in Redis, read with the processes' secret."""
    store = RedisStore(redis.address, SECRET)
    try:
        _console, meeting_id = here.laptop.path.strip("/").split("/")
        return await store.read(meeting_id)
    finally:
        await store.close()


async def until_answered(phone: Phone) -> int:
    """Answer, and once more when the server went away under it, as a person would."""
    while True:
        try:
            return await phone.answer(0)
        except NotOffered:
            # It had arrived.
            return 200
        except LOST:
            await phone.until(lambda: phone.kept_by)


def test_what_phones_do_on_either_arrives_on_both(
    both: list[Server], redis_server: RedisServer
) -> None:
    async def meet() -> None:
        addresses = [server.address for server in both]
        async with evening(addresses[-1], addresses, both[-1].sign_in_link) as here:
            phones = [await here.comes() for _ in range(6)]
            await here.laptop.next()
            for number in (0, 1):
                await here.offered("/hand")
                assert await phones[number].raise_hand() == 200
                name = here.names[number]
                await here.laptop.until(lambda who=name: who in here.laptop.region("room").text)
            await here.goes_to(AGREEMENT)
            await here.offered("/statements")
            words = planted("We pass the ")
            assert await phones[0].suggest(words) == 200
            await here.everyone(words, "mine")
            for number in (1, 2):
                assert await phones[number].respond(words, "talk") == 200
            await here.everyone("Someone would like to talk", "mine")
            state = await state_of(here, redis_server)
            assert len(state.hands) == 2 and len(state.seats) == 6
            assert [len(it.responses) for it in state.board.suggestions] == [2]

    asyncio.run(meet())


def test_one_is_killed_and_its_phones_go_on_with_the_other(
    both: list[Server], proxy: Wire, redis_server: RedisServer
) -> None:
    """No hand, answer or response is lost or doubled, whoever was just asking what."""

    async def meet() -> None:
        link = both[-1].sign_in_link.replace(f":{both[-1].port}", f":{proxy.port}")
        async with evening(proxy.address, [proxy.address], link) as here:
            laptop = here.laptop
            phones = [await here.comes() for _ in range(8)]
            await laptop.next()
            await here.offered("/hand")
            for phone in phones[:3]:
                assert await phone.raise_hand() == 200
            await here.goes_to(AGREEMENT)
            await here.offered("/statements")
            words = planted("We pass the ")
            assert await phones[0].suggest(words) == 200
            await here.everyone(words, "mine")
            for phone in phones[2:7]:
                assert await phone.respond(words, "live") == 200
            await here.goes_to(CHECKIN)
            assert await laptop.next() == 200
            await here.offered("/answer")
            for page in (laptop, *phones):
                await page.until(lambda of=page: of.kept_by == "socket")

            # In the middle of it: some have answered, some are answering.
            for phone in phones[:3]:
                assert await phone.answer(1) == 200
            answering = [asyncio.create_task(until_answered(phone)) for phone in phones[3:7]]
            killing = threading.Thread(target=both[0].kill)
            killing.start()
            for status in await asyncio.gather(*answering):
                # 409: it had arrived, and the page had not been told.
                assert status in (200, 409)
            await asyncio.to_thread(killing.join)
            killed_at = time.monotonic()
            for page in (laptop, *phones):
                await page.until(lambda of=page: of.kept_by == "socket")
            print(f"all are back after {time.monotonic() - killed_at:.1f} s")

            assert await phones[7].pass_by() == 200
            await laptop.until(lambda: "Everyone has answered" in laptop.region("lead-now").text)
            state = await state_of(here, redis_server)
            assert state.checkin is not None
            assert (state.checkin.answers, sum(state.checkin.tally)) == (7, 7)
            assert len(state.checkin.answered) == 8
            assert len(state.hands) == 3
            assert [len(it.responses) for it in state.board.suggestions] == [5]
            assert not state.restarted
            assert await laptop.next() == 200
            await here.everyone("Shared with the room")

    asyncio.run(meet())


def test_redis_comes_back_empty_and_the_room_goes_on_where_it_was(
    both: list[Server], redis_server: RedisServer
) -> None:
    async def meet() -> None:
        addresses = [server.address for server in both]
        async with evening(addresses[-1], addresses, both[-1].sign_in_link) as here:
            laptop = here.laptop
            phones = [await here.comes(sockets=number != 1) for number in range(4)]
            await laptop.next()
            await here.goes_to(AGREEMENT)
            await here.offered("/statements")
            words = planted("We keep the ")
            assert await phones[0].suggest(words) == 200
            await here.everyone(words, "mine")
            assert await phones[1].raise_hand() == 200
            await asyncio.to_thread(redis_server.kill)
            assert await phones[0].raise_hand() == 503
            assert "We cannot reach the meeting just now." in phones[0].said
            await asyncio.to_thread(redis_server.start)

            await laptop.until(
                lambda: "The app was restarted" in laptop.region("lead-now").text, 40
            )
            for number in range(4):
                name = here.names[number]
                await laptop.until(lambda who=name: who in laptop.region("room").text, 40)
            await here.everyone(words, "mine")
            state = await state_of(here, redis_server)
            assert state.restarted and state.hands == () and len(state.seats) == 4
            assert await phones[2].raise_hand() == 200
            await laptop.until(lambda: here.names[2] in laptop.region("room").text)

    asyncio.run(meet())
    output = "".join(server.output for server in both)
    assert "Redis came back empty" not in output, "messages may hold content: type and place only"


def test_two_that_start_at_once_on_an_empty_database_make_one_group(
    tmp_path: Path, redis_server: RedisServer, postgres_address: str, static_files: Path
) -> None:
    servers = at_scale(2, tmp_path, static_files, redis_server.address, postgres_address)
    try:
        starting = [threading.Thread(target=server.start) for server in servers]
        for thread in starting:
            thread.start()
        for thread in starting:
            thread.join()
        assert all(server.sign_in_link for server in servers), [it.output for it in servers]
        with psycopg.connect(postgres_address) as connection:
            counts = [
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # type: ignore[call-overload]
                for table in ("meetings_group", "meetings_facilitator")
            ]
        assert counts == [(1,), (1,)]
    finally:
        for server in servers:
            server.kill()
