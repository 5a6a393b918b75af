"""What an embedded server finds again after a restart, and what nobody finds on its disk."""

from __future__ import annotations

import asyncio
import os
import stat
from pathlib import Path

import pytest
from msgspec.structs import replace

from meetings import seals
from meetings.engine import codec
from meetings.engine import commands as c
from meetings.engine.state import ABANDONED_AFTER, Meeting, Outcome, without_persons
from meetings.records import PURPOSE, RunningRecords
from meetings.store import EXPIRE_EVERY, Gone, MemoryStore
from tests.conftest import Clock
from tests.engine.table import LEADER, PEOPLE, asked, do, lobby, seat
from tests.in_one_loop import in_one_loop

PLANTED = "PLANTED-9d1f-word"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "live"


@pytest.fixture
def store(folder: Path, clock: Clock) -> MemoryStore:
    return MemoryStore(RunningRecords(folder), clock)


def restarted(folder: Path, clock: Clock) -> MemoryStore:
    """Another process looks at the same folder."""
    for path in folder.glob("*.record"):
        os.utime(path, (clock.now, clock.now))
    return MemoryStore(RunningRecords(folder), clock)


def planted(clock: Clock) -> Meeting:
    """A meeting whose every word is one that we look for."""
    state = asked()
    state = do(state, seat("s1"), c.Suggest("x1", f"{PLANTED} suggested"))
    state = do(state, seat("s1"), c.Answer("choice", (0,)))
    named = {one: replace(person, name=f"{PLANTED} {one}") for one, person in state.seats.items()}
    group = replace(state.group, name=f"{PLANTED} group")
    return replace(
        state,
        seats=named,
        group=group,
        opened_at=clock.now,
        alive_at=clock.now,
        seen={LEADER.seat: clock.now},
    )


@in_one_loop
async def test_records_are_for_the_owner_alone(
    store: MemoryStore, folder: Path, clock: Clock
) -> None:
    previous = os.umask(0)
    try:
        await store.create(planted(clock))
    finally:
        os.umask(previous)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert sorted(path.name for path in folder.iterdir()) == ["m1.key", "m1.record"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


@in_one_loop
async def test_no_word_of_a_meeting_is_on_disk(
    store: MemoryStore, folder: Path, clock: Clock
) -> None:
    await store.create(planted(clock))
    # The control: opened with its key, the record holds the group's words and no person's.
    opened = seals.unseal(
        (folder / "m1.key").read_bytes(), PURPOSE, (folder / "m1.record").read_bytes()
    )
    assert f"{PLANTED} group".encode() in opened and f"{PLANTED} suggested".encode() in opened
    assert f"{PLANTED} s1".encode() not in opened
    for path in folder.iterdir():
        assert PLANTED.encode() not in path.read_bytes()


@in_one_loop
async def test_destroying_leaves_no_record_and_no_key(
    store: MemoryStore, folder: Path, clock: Clock
) -> None:
    await store.create(planted(clock))
    key_file = (folder / "m1.key").open("rb")
    with key_file:
        key = key_file.read()
        await store.destroy("m1")
        assert list(folder.iterdir()) == []
        # Who still holds the file finds that its bytes were overwritten.
        key_file.seek(0)
        assert key_file.read() == bytes(len(key))


@in_one_loop
async def test_a_restart_finds_the_place_and_no_persons(
    store: MemoryStore, folder: Path, clock: Clock
) -> None:
    await store.create(planted(clock))
    key = await store.key("m1")
    state = await store.update("m1", lambda state: do(state, LEADER, c.LockDoors(), clock.now))
    state = await store.update("m1", lambda state: do(state, LEADER, c.Remove("s6"), clock.now))
    state = await store.update(
        "m1", lambda state: do(state, LEADER, c.Extend("choice", 240), clock.now)
    )
    clock.passes(60)
    back = await restarted(folder, clock).read("m1")
    assert back.current.id == "choice" and back.deadline == state.deadline
    assert back.locked and back.removed == {"s6"} and back.used_prompts == {"p-choice"}
    assert back.results["choice"].outcome is Outcome.DISCARDED
    assert [it.text for it in back.board.suggestions] == [f"{PLANTED} suggested"]
    assert (back.seats, back.seen, back.facilitators, back.checkin) == ({}, {}, {}, None)
    assert back.restarted and back.alive_at == clock.now
    # Phones open their own seats again: the key is the same.
    assert await restarted(folder, clock).key("m1") == key


@in_one_loop
async def test_after_a_restart_revisions_go_on_upwards(
    store: MemoryStore, folder: Path, clock: Clock
) -> None:
    """A page takes nothing that is older than what it shows."""
    await store.create(planted(clock))
    for n in range(50):
        before = await store.update("m1", lambda state, n=n: replace(state, part=n + 1))
    for _restart in range(2):
        clock.passes(1)
        again = restarted(folder, clock)
        assert (await again.read("m1")).revision > before.revision
        before = await again.update("m1", lambda state: replace(state, part=state.part + 1))


@in_one_loop
async def test_a_change_of_persons_alone_writes_no_new_record(
    store: MemoryStore, folder: Path, clock: Clock
) -> None:
    """What is written, and how often, says nothing about what people do."""
    await store.create(planted(clock))
    before = (folder / "m1.record").read_bytes()
    answer = c.Answer("choice", (1,))
    for one in PEOPLE[1:]:
        await store.update("m1", lambda state, one=one: do(state, seat(one), answer, clock.now))
    assert (folder / "m1.record").read_bytes() == before
    await store.update("m1", lambda state: do(state, LEADER, c.LockDoors(), clock.now))
    assert (folder / "m1.record").read_bytes() != before


@in_one_loop
async def test_a_meeting_that_goes_on_quietly_is_found_after_a_restart(
    store: MemoryStore, folder: Path, clock: Clock
) -> None:
    await store.create(planted(clock))
    long_ago = clock.now - 2 * ABANDONED_AFTER
    os.utime(folder / "m1.record", (long_ago, long_ago))
    await store.update("m1", lambda state: do(state, seat("s2"), c.Pass("choice"), clock.now))
    assert (folder / "m1.record").stat().st_mtime > long_ago


@in_one_loop
async def test_a_record_that_someone_deleted_does_not_stop_the_meeting(
    store: MemoryStore, folder: Path, clock: Clock
) -> None:
    await store.create(planted(clock))
    (folder / "m1.record").unlink()
    await store.update("m1", lambda state: do(state, seat("s2"), c.Pass("choice"), clock.now))
    assert (folder / "m1.record").exists()


@in_one_loop
async def test_a_change_that_cannot_be_written_down_did_not_happen(
    store: MemoryStore, folder: Path, clock: Clock
) -> None:
    await store.create(planted(clock))
    before = await store.read("m1")
    # A folder stands where the new record would be written first.
    (folder / "m1.record.new").mkdir()
    with pytest.raises(IsADirectoryError):
        await store.update("m1", lambda state: do(state, LEADER, c.LockDoors(), clock.now))
    assert await store.read("m1") is before


@in_one_loop
async def test_a_meeting_that_cannot_be_written_down_does_not_begin(
    store: MemoryStore, folder: Path, clock: Clock
) -> None:
    folder.parent.mkdir()
    folder.write_text("a file stands where the folder should be")
    with pytest.raises(FileExistsError):
        await store.create(planted(clock))
    with pytest.raises(Gone):
        await store.read("m1")


@in_one_loop
async def test_a_record_older_than_fifteen_minutes_is_destroyed_at_the_start(
    store: MemoryStore, folder: Path, clock: Clock
) -> None:
    await store.create(planted(clock))
    last = clock.now
    os.utime(folder / "m1.record", (last, last))
    clock.passes(ABANDONED_AFTER + 1)
    again = MemoryStore(RunningRecords(folder), clock)
    with pytest.raises(Gone):
        await again.read("m1")
    assert list(folder.iterdir()) == []


def write_record(folder: Path, name: str, key: bytes, state: Meeting, purpose: str) -> None:
    (folder / f"{name}.key").write_bytes(key)
    record = codec.encode(without_persons(state))
    (folder / f"{name}.record").write_bytes(seals.seal(key, purpose, record))


@pytest.mark.parametrize(
    "spoil",
    [
        "garbage",
        "truncated",
        "empty",
        "other key",
        "short key",
        "other purpose",
        "not a meeting",
        "another meeting's",
        "key alone",
        "record alone",
        "half written",
    ],
)
@in_one_loop
async def test_what_cannot_be_opened_is_destroyed_and_the_rest_is_found(
    folder: Path, clock: Clock, spoil: str
) -> None:
    folder.mkdir(parents=True)
    key = seals.new_key()
    bad, bad_key = folder / "bad.record", folder / "bad.key"
    state = replace(lobby(), id="bad")
    write_record(folder, "bad", key, state, PURPOSE)
    if spoil == "garbage":
        bad.write_bytes(os.urandom(500))
    elif spoil == "truncated":
        bad.write_bytes(bad.read_bytes()[:-1])
    elif spoil == "empty":
        bad.write_bytes(b"")
    elif spoil == "other key":
        bad_key.write_bytes(seals.new_key())
    elif spoil == "short key":
        bad_key.write_bytes(b"short")
    elif spoil == "other purpose":
        write_record(folder, "bad", key, state, "seat")
    elif spoil == "not a meeting":
        bad.write_bytes(seals.seal(key, PURPOSE, b"\x93\x01\x02\x03"))
    elif spoil == "another meeting's":
        write_record(folder, "bad", key, replace(lobby(), id="m9"), PURPOSE)
    elif spoil == "key alone":
        bad.unlink()
    elif spoil == "record alone":
        bad_key.unlink()
    elif spoil == "half written":
        bad_key.unlink()
        bad.rename(folder / "bad.record.new")
        (folder / "bad.key.new").write_bytes(key)
    write_record(folder, "m1", seals.new_key(), lobby(), PURPOSE)

    again = restarted(folder, clock)

    for gone in ("bad", "m9"):
        with pytest.raises(Gone):
            await again.read(gone)
    assert (await again.read("m1")).id == "m1"
    assert sorted(path.name for path in folder.iterdir()) == ["m1.key", "m1.record"]


def test_no_folder_is_no_meeting(folder: Path, clock: Clock) -> None:
    assert list(RunningRecords(folder).restore(clock.now)) == []


@in_one_loop
async def test_an_abandoned_meetings_record_vanishes_with_it(
    store: MemoryStore, folder: Path, clock: Clock
) -> None:
    await store.create(planted(clock))
    clock.passes(ABANDONED_AFTER + 1)
    assert await store.find("ABCD2345") is None
    assert list(folder.iterdir()) == []


@in_one_loop
async def test_an_abandoned_meeting_is_forgotten_without_anyone_asking(
    store: MemoryStore, folder: Path, clock: Clock
) -> None:
    await store.create(planted(clock))
    clock.passes(ABANDONED_AFTER + 1)
    run_what_is_due(within=EXPIRE_EVERY)
    assert list(folder.iterdir()) == []


def run_what_is_due(within: float) -> None:
    """Run what this loop would run by then, without waiting for it."""
    loop = asyncio.get_running_loop()
    due = [
        handle
        for handle in loop._scheduled  # type: ignore[attr-defined]
        if not handle.cancelled() and handle.when() - loop.time() <= within
    ]
    for handle in due:
        handle._run()
        handle.cancel()
