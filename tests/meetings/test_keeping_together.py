"""Two processes that adopt or park in the same moment: the database says what the phones say."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar

import pytest
from msgspec.structs import replace

from meetings import services
from meetings.engine import commands as c
from meetings.engine.refusals import Refused
from meetings.engine.state import Meeting
from meetings.models import Group
from meetings.redis_store import RedisStore
from tests.in_one_loop import in_one_loop
from tests.meetings.test_keeping import LEADER, WORDS, parked, talking, versions
from tests.servers import RedisServer

Meanwhile = Callable[[], Awaitable[object]]


class Process(RedisStore):
    """One process' store. What happens elsewhere happens where a test says."""

    def __init__(self, redis: RedisServer) -> None:
        super().__init__(redis.address, "a secret")
        self.reads = 0
        self.meanwhile: dict[str, Meanwhile] = {}

    async def _happens(self, where: str) -> None:
        if where in self.meanwhile:
            await self.meanwhile.pop(where)()

    async def read(self, meeting_id: str) -> Meeting:
        self.reads += 1
        number = self.reads
        await self._happens(f"before read {number}")
        state = await super().read(meeting_id)
        await self._happens(f"after read {number}")
        return state

    async def replace(self, before: Meeting, after: Meeting) -> Meeting | None:
        await self._happens("before replace")
        return await super().replace(before, after)

    async def update(self, meeting_id: str, change: Callable[[Meeting], Meeting]) -> Meeting:
        await self._happens("before update")
        return await super().update(meeting_id, change)


of_this_process: ContextVar[Process] = ContextVar("of_this_process")


async def in_process(process: Process, meeting_id: str, *commands: c.Command) -> None:
    of_this_process.set(process)
    for command in commands:
        await services.perform(meeting_id, LEADER, command)


@pytest.fixture
def one(redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> Process:
    made = Process(redis_server)
    monkeypatch.setattr(services, "live", lambda: of_this_process.get(made))
    return made


@pytest.fixture
def two(redis_server: RedisServer) -> Process:
    return Process(redis_server)


def locks(state: Meeting) -> Meeting:
    """A change that has nothing to do with the agreement."""
    return replace(state, locked=True)


@pytest.mark.parametrize("moment", ["after read 2", "before read 3"])
@in_one_loop
async def test_a_version_withdrawn_by_one_while_another_catches_up_with_it_is_kept(
    group: Group, one: Process, two: Process, moment: str
) -> None:
    """The first loses its race, so it takes the version back: at that moment the second, which
    found it there, writes it into the live state."""
    state = await talking(group)
    found, goes_on = asyncio.Event(), asyncio.Event()
    second: list[asyncio.Task[None]] = []

    async def waits() -> None:
        found.set()
        await goes_on.wait()

    async def both_press() -> None:
        await two.update(state.id, locks)
        two.meanwhile["before update"] = waits
        second.append(asyncio.create_task(in_process(two, state.id, c.Adopt("x1"))))
        await found.wait()

    async def second_writes() -> None:
        goes_on.set()
        await second[0]

    one.reads = 0
    one.meanwhile = {"before replace": both_press, moment: second_writes}
    await services.perform(state.id, LEADER, c.Adopt("x1"))

    now = await services.look(state.id)
    assert one.meanwhile == {} and now.locked
    assert (now.board.version, [it.text for it in now.board.statements]) == (1, [WORDS])
    assert [(number, texts) for number, _date, texts in await versions(group)] == [(1, [WORDS])]


@in_one_loop
async def test_parked_words_put_back_by_one_while_another_parks_are_kept(
    group: Group, one: Process, two: Process
) -> None:
    state = await talking(group)
    await services.perform(state.id, LEADER, c.Suggest("x2", "Another one."))

    async def second_locks() -> None:
        await two.update(state.id, locks)

    async def second_parks() -> None:
        await asyncio.create_task(in_process(two, state.id, c.Park("x2"), c.LetGo("x1")))

    one.reads = 0
    one.meanwhile = {"before replace": second_locks, "after read 2": second_parks}
    with pytest.raises(Refused):
        await services.perform(state.id, LEADER, c.Park("x1"))

    assert one.meanwhile == {}
    assert (await services.look(state.id)).board.parked == ("Another one.",)
    assert await parked(group) == ["Another one."]


@in_one_loop
async def test_a_double_press_in_two_processes_adopts_once(
    group: Group, one: Process, two: Process
) -> None:
    state = await talking(group)
    await asyncio.gather(
        *(
            asyncio.create_task(in_process(process, state.id, c.Adopt("x1")))
            for process in (one, two)
        )
    )
    assert [texts for _number, _date, texts in await versions(group)] == [[WORDS]]
    assert (await services.look(state.id)).board.version == 1


@in_one_loop
async def test_two_statements_adopted_in_the_same_moment_are_two_versions(
    group: Group, one: Process, two: Process
) -> None:
    state = await talking(group)
    for command in (c.Suggest("x2", "Another one."), c.AskAloud("x2")):
        await services.perform(state.id, LEADER, command)
    await asyncio.gather(
        asyncio.create_task(in_process(one, state.id, c.Adopt("x1"))),
        asyncio.create_task(in_process(two, state.id, c.Adopt("x2"))),
    )
    kept = await versions(group)
    assert [number for number, _date, _texts in kept] == [1, 2]
    assert sorted(kept[1][2]) == sorted([WORDS, "Another one."])
    now = await services.look(state.id)
    assert (now.board.version, [it.text for it in now.board.statements]) == (2, kept[1][2])


async def in_order(state: Meeting, *texts: str) -> None:
    """The group has adopted these, in this order: s0, s1 and so on."""
    for n, text in enumerate(texts):
        for command in (c.Suggest(f"s{n}", text), c.AskAloud(f"s{n}"), c.Adopt(f"s{n}")):
            await services.perform(state.id, LEADER, command)


@in_one_loop
async def test_an_order_put_back_by_one_while_another_changes_it_is_the_one_that_phones_show(
    group: Group, one: Process, two: Process
) -> None:
    """What the first wanted holds by then, so it has nothing more to write."""
    state = await talking(group)
    await in_order(state, "A", "B", "C")

    async def second_moves(*moves: c.Command) -> None:
        await asyncio.create_task(in_process(two, state.id, *moves))

    one.reads = 0
    one.meanwhile = {
        "before replace": lambda: second_moves(c.MoveStatement("s2", "")),  # C A B
        "after read 2": lambda: second_moves(c.MoveStatement("s1", "")),  # B C A
    }
    await services.perform(state.id, LEADER, c.MoveStatement("s0", "s2"))

    assert one.meanwhile == {}
    shown = [it.text for it in (await services.look(state.id)).board.statements]
    assert shown == ["B", "C", "A"]
    assert (await versions(group))[-1][2] == shown


@in_one_loop
async def test_two_who_move_at_once_both_find_it_where_they_put_it(
    group: Group, one: Process, two: Process
) -> None:
    state = await talking(group)
    await in_order(state, "A", "B", "C", "D")
    await asyncio.gather(
        asyncio.create_task(in_process(one, state.id, c.MoveStatement("s3", ""))),
        asyncio.create_task(in_process(two, state.id, c.MoveStatement("s0", "s2"))),
    )
    now = [it.text for it in (await services.look(state.id)).board.statements]
    assert now == ["D", "B", "C", "A"]
    kept = await versions(group)
    assert [number for number, _date, _texts in kept] == [1, 2, 3, 4] and kept[-1][2] == now
