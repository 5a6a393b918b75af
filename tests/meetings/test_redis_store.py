"""What only a store in Redis has to promise: nothing to read there, one meeting for all processes,
and a Redis that comes back empty."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from meetings import seals
from meetings.engine import codec
from meetings.engine import commands as c
from meetings.engine.lengths import stored_length
from meetings.engine.state import ABANDONED_AFTER, LONGEST, LONGEST_ANSWER, Meeting, Outcome
from meetings.redis_store import SERVED_LATELY, STATE, RedisStore
from meetings.store import Gone, Unreachable
from tests.conftest import Clock
from tests.engine.table import LEADER, PEOPLE, asked, do, seat
from tests.in_one_loop import in_one_loop
from tests.servers import RedisServer

SECRET = "a secret that no other server has"
GROUP = "a-group-nobody-may-see"


@pytest.fixture
def store(redis_server: RedisServer, clock: Clock) -> RedisStore:
    return RedisStore(redis_server.address, SECRET, clock)


@pytest.fixture
def other(redis_server: RedisServer, clock: Clock) -> RedisStore:
    """Another process."""
    return RedisStore(redis_server.address, SECRET, clock)


def meeting(clock: Clock, meeting_id: str = "m1", at: str = "choice") -> Meeting:
    """Six people, an open check-in with an answer, a suggestion with a response, a hand."""
    state = asked(at)
    answer = c.WriteAnswer(at, "My dog.") if at == "text" else c.Answer(at, (1,))
    for actor, command in (
        (seat("s1"), answer),
        (seat("s2"), c.RaiseHand()),
        (seat("s3"), c.Suggest("x1", "Words that someone suggested.")),
    ):
        state = do(state, actor, command)
    return replace(
        state,
        id=meeting_id,
        code=f"CODE{meeting_id}",
        opened_at=clock.now,
        alive_at=clock.now,
        seen=dict.fromkeys([LEADER.seat, *PEOPLE], clock.now),
        group=replace(state.group, id=f"{GROUP}-{meeting_id}"),
    )


def locks(state: Meeting) -> Meeting:
    return replace(state, locked=True)


# What Redis can tell


@in_one_loop
async def test_redis_alone_reads_nothing(
    store: RedisStore, redis_server: RedisServer, clock: Clock
) -> None:
    state = meeting(clock)
    await store.create(state)
    await store.update("m1", locks)
    lying_there = redis_server.everything()
    assert len(lying_there) == 4
    words = [GROUP, "CODEm1", "Name of s1", "s1", "Words that", "choice", state.group.name]
    words += [step.title for step in state.steps]
    everything = b"\n".join(part for name in lying_there for part in (name, *lying_there[name]))
    for word in words:
        # Two letters come by chance in ten kilobytes of noise.
        assert len(word) < 4 or word.encode() not in everything
    assert (await store.key("m1")) not in everything
    stranger = RedisStore(redis_server.address, "another secret", clock)
    with pytest.raises(Gone):
        await stranger.read("m1")
    assert await stranger.find("CODEm1") is None
    await stranger.close()


@in_one_loop
async def test_every_entry_ends_when_the_meeting_counts_as_abandoned(
    store: RedisStore, redis_server: RedisServer, clock: Clock
) -> None:
    def lives() -> dict[bytes, float]:
        with redis_server.client as client:
            return {
                name: client.pttl(name) / 1000
                for name in redis_server.everything()
                if name != b"facilitator:epoch"
            }

    def are(seconds: float) -> bool:
        return all(seconds - 60 < life <= seconds + 1 for life in lives().values())

    await store.create(meeting(clock))
    assert len(lives()) == 3 and are(ABANDONED_AFTER)
    clock.passes(600)
    await store.update("m1", locks)
    assert are(ABANDONED_AFTER - 600)
    await store.update("m1", lambda state: replace(state, seen={LEADER.seat: clock.now}))
    assert are(ABANDONED_AFTER)
    # Whoever leads it on: no meeting is longer than half a day.
    clock.passes(LONGEST - 600 - 300)
    await store.create(replace(meeting(clock, "m2"), opened_at=clock.now - LONGEST + 300))
    assert min(lives().values()) <= 301
    await store.destroy("m2")
    await store.destroy("m1")
    assert all(name.startswith(b"facilitator:ended:") for name in lives()) and are(ABANDONED_AFTER)


@in_one_loop
async def test_after_the_end_nothing_of_it_lies_there(
    store: RedisStore, redis_server: RedisServer, clock: Clock
) -> None:
    await store.create(meeting(clock))
    await store.destroy("m1")
    left = redis_server.everything()
    assert sorted(name.split(b":")[1] for name in left) == [b"ended", b"epoch"]
    assert [content for name, content in left.items() if b"ended" in name] == [[b"1"]]
    assert store._copies == {}


def stored(redis_server: RedisServer, part: str) -> dict[bytes, bytes]:
    """That part of each meeting that lies there."""
    return {
        name: content[content.index(part.encode()) + 1]
        for name, content in redis_server.everything().items()
        if b":meeting:" in name
    }


@in_one_loop
async def test_an_answer_a_pass_and_another_answer_are_stored_in_the_same_length(
    store: RedisStore, redis_server: RedisServer, clock: Clock
) -> None:
    asked_for_words = meeting(clock, at="text")
    nothing = len(seals.seal(seals.new_key(), STATE, bytes(4)))
    written = set()
    for number, command in enumerate(
        [
            c.Pass("text"),
            c.WriteAnswer("text", "a"),
            # The longest that may be written, each letter of four bytes.
            c.WriteAnswer("text", "\N{SEEDLING}" * LONGEST_ANSWER),
        ]
    ):
        state = replace(
            asked_for_words,
            id=f"m{number}",
            code=f"CODE{number}",
            group=replace(asked_for_words.group, id=f"{GROUP}-{number}"),
        )
        await store.create(state)
        await store.update(state.id, lambda now, did=command: do(now, seat("s4"), did))
        after = await store.read(state.id)
        written.add(len(codec.encode(after)))
        for sealed in stored(redis_server, "state").values():
            assert len(sealed) == nothing + stored_length(after)
    assert len(written) == 3


@in_one_loop
async def test_nothing_in_the_clear_counts_the_changes(
    store: RedisStore, redis_server: RedisServer, clock: Clock
) -> None:
    counted = int.from_bytes(b"\0\0\0\0CNTD")
    await store.create(replace(meeting(clock), revision=counted))
    stamps = []
    for _ in range(3):
        await store.update("m1", lambda now: replace(now, locked=not now.locked))
        everything = b"|".join(
            each for parts in redis_server.everything().values() for each in parts
        )
        assert b"\0\0\0CNT" not in everything
        stamps += stored(redis_server, "stamp").values()
    assert {len(stamp) for stamp in stamps} == {16} and len(set(stamps)) == 3


# One meeting, several processes


@in_one_loop
async def test_a_meeting_made_in_one_process_is_everyones(
    store: RedisStore, other: RedisStore, clock: Clock
) -> None:
    made = meeting(clock)
    await store.create(made)
    assert await other.read("m1") == made
    assert await other.find("CODEm1") == await other.find_of_group(made.group.id) == "m1"
    assert await other.key("m1") == await store.key("m1")
    assert await other.create(replace(made, id="m2")) == "m1"
    await other.update("m1", locks)
    assert (await store.read("m1")).locked
    await other.destroy("m1")
    with pytest.raises(Gone):
        await store.read("m1")
    assert store._copies == other._copies == {}


@in_one_loop
async def test_who_loses_a_race_against_another_process_changes_nothing(
    store: RedisStore, other: RedisStore, clock: Clock
) -> None:
    await store.create(meeting(clock))
    before, same = await store.read("m1"), await other.read("m1")
    written = await other.replace(same, locks(same))
    assert await store.replace(before, replace(before, part=1)) is None
    assert await store.read("m1") == written


@in_one_loop
async def test_two_processes_at_once_lose_nothing(
    store: RedisStore, other: RedisStore, clock: Clock
) -> None:
    await store.create(replace(meeting(clock), hands=()))

    def raises(name: str) -> Callable[[Meeting], Meeting]:
        return lambda state: replace(state, hands=(*state.hands, name))

    await asyncio.gather(
        *(
            process.update("m1", raises(f"{who}{number}"))
            for number in range(30)
            for who, process in (("a", store), ("b", other))
        )
    )
    state = await store.read("m1")
    assert len(state.hands) == len(set(state.hands)) == state.revision == 60
    assert state == await other.read("m1")


@in_one_loop
async def test_a_state_that_has_not_changed_is_not_read_twice(
    store: RedisStore, other: RedisStore, clock: Clock
) -> None:
    await store.create(meeting(clock))
    first = await other.read("m1")
    assert await other.read("m1") is first
    await store.update("m1", locks)
    assert await other.read("m1") is not first


@in_one_loop
async def test_a_change_whose_answer_got_lost_is_made_once(store: RedisStore, clock: Clock) -> None:
    """The client asks again when an answer does not come; the first time it was written."""
    await store.create(meeting(clock))
    sent: list[tuple[list[str], list[bytes]]] = []
    ask = store._here().scripts["replace"]

    async def twice(names: list[str], arguments: list[bytes]) -> list[bytes]:
        await ask(names, arguments)
        sent.append((names, arguments))
        answer: list[bytes] = await ask(names, arguments)
        return answer

    store._here().scripts["replace"] = twice  # type: ignore[assignment]
    written = await store.update("m1", lambda state: replace(state, hands=("s5",)))
    assert len(sent) == 1 and written.hands == ("s5",) and written.revision == 1
    assert await store.read("m1") == written


# Redis is away, or comes back empty


@in_one_loop
async def test_while_redis_is_away_live_state_is_out_of_reach(
    store: RedisStore, redis_server: RedisServer, clock: Clock
) -> None:
    state = meeting(clock)
    await store.create(state)
    redis_server.kill()
    for asking in (
        store.read("m1"),
        store.key("m1"),
        store.find("CODEm1"),
        store.update("m1", locks),
        store.create(meeting(clock, "m2")),
        store.destroy("m2"),
        store.keep_up(),
    ):
        with pytest.raises(Unreachable):
            await asking
    redis_server.start()
    assert (await store.read("m1")).id == "m1"


@in_one_loop
async def test_redis_that_comes_back_empty_gets_the_meeting_back_without_persons(
    store: RedisStore, other: RedisStore, redis_server: RedisServer, clock: Clock
) -> None:
    await store.create(meeting(clock))
    before, key = await store.update("m1", locks), await store.key("m1")
    await other.read("m1")
    redis_server.restart()
    clock.passes(60)

    back = await store.read("m1")
    assert (back.step, back.locked, back.code) == (before.step, True, before.code)
    assert [it.text for it in back.board.suggestions] == ["Words that someone suggested."]
    assert back.seats == {} and back.hands == () and back.seen == {} and back.checkin is None
    assert back.results["choice"].outcome is Outcome.DISCARDED
    assert back.restarted and back.alive_at == clock.now and back.revision > before.revision
    assert await store.find("CODEm1") == "m1" and await store.key("m1") == key
    # The other finds it there, and neither takes it for another one.
    assert await other.read("m1") == back
    await other.update("m1", lambda state: replace(state, part=1))
    assert (await store.read("m1")).part == 1


@in_one_loop
async def test_what_was_changed_after_the_restart_is_not_put_back_over(
    store: RedisStore, other: RedisStore, redis_server: RedisServer, clock: Clock
) -> None:
    await store.create(meeting(clock))
    await other.read("m1")
    redis_server.restart()
    await store.update("m1", locks)
    assert (await other.read("m1")).locked


@in_one_loop
async def test_a_meeting_that_was_ended_is_never_put_back(
    store: RedisStore, other: RedisStore, redis_server: RedisServer, clock: Clock
) -> None:
    for meeting_id in ("m1", "m2"):
        await store.create(meeting(clock, meeting_id))
        await other.read(meeting_id)
    # One is ended before Redis restarts, and the other process has not looked since.
    await store.destroy("m1")
    redis_server.restart()
    # One is ended after it, before the other process knows that there was a restart.
    await store.destroy("m2")
    for meeting_id in ("m1", "m2"):
        for process in (other, store):
            with pytest.raises(Gone):
                await process.read(meeting_id)
    assert not any(b":meeting:" in name for name in redis_server.everything())


@in_one_loop
async def test_a_process_that_has_looked_since_the_end_puts_nothing_back(
    store: RedisStore, other: RedisStore, redis_server: RedisServer, clock: Clock
) -> None:
    """Though whoever ended the meeting is gone, and Redis has forgotten that it was ended."""
    await store.create(meeting(clock))
    await other.read("m1")
    await store.destroy("m1")
    # As it does every few seconds: what docs/decisions/009 leaves open is shorter than that.
    await other.keep_up()
    redis_server.restart()
    with pytest.raises(Gone):
        await other.read("m1")


@in_one_loop
async def test_a_group_that_opened_again_keeps_its_new_meeting(
    store: RedisStore, other: RedisStore, redis_server: RedisServer, clock: Clock
) -> None:
    await other.create(meeting(clock))
    redis_server.restart()
    new = replace(meeting(clock), id="m2", code="CODEm2")
    assert await store.create(new) == "m2"
    with pytest.raises(Gone):
        await other.read("m1")
    assert await other.find_of_group(new.group.id) == "m2"


@in_one_loop
async def test_what_others_serve_or_nobody_leads_is_dropped_from_memory(
    store: RedisStore, other: RedisStore, redis_server: RedisServer, clock: Clock
) -> None:
    await store.create(meeting(clock))
    await other.read("m1")
    clock.passes(SERVED_LATELY + 1)
    await store.read("m1")
    for process in (store, other):
        await process.keep_up()
    assert list(store._copies) == ["m1"] and other._copies == {}
    # While Redis is away nobody is served, so this alone drops nothing.
    redis_server.kill()
    clock.passes(SERVED_LATELY + 1)
    with pytest.raises(Unreachable):
        await store.keep_up()
    assert list(store._copies) == ["m1"]
    clock.passes(ABANDONED_AFTER)
    with pytest.raises(Unreachable):
        await store.keep_up()
    assert store._copies == {}


@in_one_loop
async def test_a_state_sealed_for_another_meeting_opens_nothing(
    store: RedisStore, redis_server: RedisServer, clock: Clock
) -> None:
    await store.create(meeting(clock))
    stranger = codec.encode(meeting(clock, "m2"))
    with redis_server.client as client:
        (name,) = [name for name in redis_server.everything() if b":meeting:" in name]
        client.hset(name, "state", seals.seal(seals.new_key(), "live state", stranger))
        client.hset(name, "stamp", b"another stamp...")
    with pytest.raises(Gone):
        await store.read("m1")
