"""What every store promises, whatever it is made of."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace

from meetings import seals
from meetings.engine import commands as c
from meetings.engine import rules
from meetings.engine.refusals import Refusal, Refused
from meetings.engine.state import ABANDONED_AFTER, Meeting
from meetings.records import RunningRecords
from meetings.redis_store import RedisStore
from meetings.store import Gone, MemoryStore, Store
from tests.conftest import Clock
from tests.engine.table import LEADER, PEOPLE, do, lobby, newcomer, seat, seated
from tests.in_one_loop import in_one_loop
from tests.servers import RedisServer


@pytest.fixture
def in_memory(clock: Clock) -> Store:
    return MemoryStore(clock=clock)


@pytest.fixture
def in_memory_with_records(clock: Clock, tmp_path: Path) -> Store:
    return MemoryStore(RunningRecords(tmp_path / "live"), clock)


@pytest.fixture
def in_redis(clock: Clock, redis_server: RedisServer) -> Store:
    return RedisStore(redis_server.address, "a secret", clock)


@pytest.fixture(params=["in_memory", "in_memory_with_records", "in_redis"])
def store(request: pytest.FixtureRequest) -> Store:
    made: Store = request.getfixturevalue(request.param)
    return made


def meeting(clock: Clock, meeting_id: str = "m1", group: str = "g1") -> Meeting:
    state = replace(lobby(), id=meeting_id, code=f"CODE{meeting_id}")
    return replace(
        state,
        opened_at=clock.now,
        alive_at=clock.now,
        seen={LEADER.seat: clock.now},
        group=replace(state.group, id=group),
    )


@in_one_loop
async def test_a_meeting_is_read_as_it_was_made(store: Store, clock: Clock) -> None:
    made = meeting(clock)
    await store.create(made)
    assert await store.read("m1") == made


@in_one_loop
async def test_a_change_is_the_next_revision(store: Store, clock: Clock) -> None:
    await store.create(meeting(clock))
    before = await store.read("m1")
    written = await store.replace(before, replace(before, locked=True))
    assert written is not None
    assert written.locked and written.revision == before.revision + 1
    assert await store.read("m1") == written


@in_one_loop
async def test_who_loses_a_race_changes_nothing(store: Store, clock: Clock) -> None:
    await store.create(meeting(clock))
    before = await store.read("m1")
    first = await store.replace(before, replace(before, locked=True))
    assert await store.replace(before, replace(before, part=1)) is None
    assert await store.read("m1") == first


@in_one_loop
async def test_an_update_that_loses_a_race_tries_once_more(clock: Clock) -> None:
    store = MemoryStore(clock=clock)
    await store.create(meeting(clock))
    before = await store.read("m1")
    tries = 0

    async def another_wins() -> None:
        assert await store.replace(before, replace(before, locked=True)) is not None

    def change(state: Meeting) -> Meeting:
        nonlocal tries
        tries += 1
        if tries == 1:
            # Between this read and this write, another change is written.
            with pytest.raises(StopIteration):
                another_wins().send(None)
        return replace(state, part=1)

    after = await store.update("m1", change)
    assert tries == 2
    assert after.locked and after.part == 1


@in_one_loop
async def test_an_update_that_changes_nothing_is_no_revision(store: Store, clock: Clock) -> None:
    await store.create(meeting(clock))
    before = await store.read("m1")
    after = await store.update("m1", lambda state: state)
    assert after == before and (await store.read("m1")).revision == before.revision


@in_one_loop
async def test_a_change_that_is_refused_leaves_the_state(store: Store, clock: Clock) -> None:
    await store.create(meeting(clock))
    before = await store.read("m1")

    def refuse(state: Meeting) -> Meeting:
        raise Refused(Refusal.NOT_ALLOWED)

    with pytest.raises(Refused):
        await store.update("m1", refuse)
    assert await store.read("m1") == before


@in_one_loop
async def test_many_at_once_lose_nothing(store: Store, clock: Clock) -> None:
    await store.create(seated(meeting(clock), PEOPLE, clock.now))

    async def joins(n: int) -> None:
        await asyncio.sleep(0)
        await store.update("m1", lambda state: do(state, newcomer(f"n{n}"), c.Join(), clock.now))
        await asyncio.sleep(0)
        await store.update("m1", lambda state: do(state, seat(f"n{n}"), c.HearCards(), clock.now))

    await asyncio.gather(*(joins(n) for n in range(60)))
    state = await store.read("m1")
    assert len(state.seats) == 60 + len(PEOPLE)
    assert sum(one.heard_cards for one in state.seats.values()) == 60
    assert state.revision == 120


@in_one_loop
async def test_a_meeting_is_found_by_its_code_and_by_its_group(store: Store, clock: Clock) -> None:
    await store.create(meeting(clock))
    await store.create(meeting(clock, "m2", "g2"))
    assert await store.find("CODEm2") == "m2"
    assert await store.find_of_group("g1") == "m1"
    assert await store.find("CODEm3") is None
    assert await store.find_of_group("g3") is None


@in_one_loop
async def test_a_group_has_one_meeting_at_a_time(store: Store, clock: Clock) -> None:
    """Two presses of "Open the doors" at the same moment open one meeting."""
    first = await store.create(meeting(clock))
    assert await store.create(meeting(clock, "m2")) == first == "m1"
    with pytest.raises(Gone):
        await store.read("m2")
    await store.destroy("m1")
    assert await store.create(meeting(clock, "m2")) == "m2"


@in_one_loop
async def test_every_meeting_has_a_key_of_its_own(store: Store, clock: Clock) -> None:
    await store.create(meeting(clock))
    await store.create(meeting(clock, "m2", "g2"))
    first, second = await store.key("m1"), await store.key("m2")
    assert first != second and len(first) == len(second) == seals.KEY_BYTES
    assert await store.key("m1") == first


async def assert_gone(store: Store, meeting_id: str) -> None:
    for asking in (store.read, store.key):
        with pytest.raises(Gone):
            await asking(meeting_id)
    with pytest.raises(Gone):
        await store.update(meeting_id, lambda state: replace(state, locked=True))
    assert await store.find(f"CODE{meeting_id}") is None


@in_one_loop
async def test_unknown_and_ended_meetings_are_gone_alike(store: Store, clock: Clock) -> None:
    await store.create(meeting(clock))
    before = await store.read("m1")
    await store.destroy("m1")
    for meeting_id in ("m1", "never", "", "../m1"):
        await assert_gone(store, meeting_id)
    assert await store.find_of_group("g1") is None
    with pytest.raises(Gone):
        await store.replace(before, replace(before, locked=True))
    await assert_gone(store, "m1")


@in_one_loop
async def test_destroying_twice_is_harmless(store: Store, clock: Clock) -> None:
    await store.create(meeting(clock))
    await store.destroy("m1")
    await store.destroy("m1")
    await store.destroy("never")


@in_one_loop
async def test_destroying_one_meeting_leaves_the_others(store: Store, clock: Clock) -> None:
    await store.create(meeting(clock))
    await store.create(meeting(clock, "m2", "g2"))
    await store.destroy("m1")
    assert (await store.read("m2")).id == "m2"


@in_one_loop
async def test_a_meeting_without_a_facilitator_is_forgotten_after_fifteen_minutes(
    store: Store, clock: Clock
) -> None:
    await store.create(seated(meeting(clock), PEOPLE, clock.now))
    clock.passes(ABANDONED_AFTER)
    # Participants' signs of life do not keep it.
    await store.update("m1", lambda state: rules.note_seen(state, PEOPLE, clock.now))
    clock.passes(1)
    await assert_gone(store, "m1")
    assert await store.find_of_group("g1") is None


@in_one_loop
async def test_a_facilitators_sign_of_life_keeps_the_meeting(store: Store, clock: Clock) -> None:
    await store.create(meeting(clock))
    clock.passes(ABANDONED_AFTER - 1)
    await store.update("m1", lambda state: rules.note_seen(state, [LEADER.seat], clock.now))
    clock.passes(ABANDONED_AFTER)
    assert (await store.read("m1")).id == "m1"
    clock.passes(1)
    await assert_gone(store, "m1")
