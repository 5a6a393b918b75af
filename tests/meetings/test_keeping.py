"""What the group keeps changes in the same step as the live meeting, or neither does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from asgiref.sync import sync_to_async
from django.db import DatabaseError
from django.db.models.signals import post_save, pre_save

from agreements.models import Agreement, Version
from agreements.shapes import Code
from meetings import keeping, services, store
from meetings.engine import commands as c
from meetings.engine import rules
from meetings.engine.refusals import Refused
from meetings.engine.state import Actor, Meeting, Role
from meetings.models import Group
from meetings.records import RunningRecords
from meetings.store import MemoryStore
from tests.in_one_loop import in_one_loop

LEADER = Actor(Role.FACILITATOR, "f-ana")
WORDS = "We say what we need."


class FailingStore(MemoryStore):
    """A store whose next writes fail in ways that a test sets."""

    before_replace: Callable[[], Awaitable[None]] | None = None
    loses = 0
    raises: BaseException | None = None

    async def replace(self, before: Meeting, after: Meeting) -> Meeting | None:
        if self.before_replace is not None:
            hook, self.before_replace = self.before_replace, None
            await hook()
        if self.loses:
            self.loses -= 1
            return None
        if self.raises is not None:
            error, self.raises = self.raises, None
            raise error
        return await super().replace(before, after)


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FailingStore:
    """The live store of this process, made so that it can fail."""
    failing = FailingStore(RunningRecords(tmp_path / "live"))
    monkeypatch.setattr(services, "live", lambda: failing)
    assert store.live() is not failing and services.store() is failing
    return failing


async def talking(group: Group) -> Meeting:
    """A running meeting with one suggestion, asked aloud."""
    meeting_id = await open_doors(group)
    for command in (
        c.Attend("Ana"),
        c.Start(),
        c.Suggest("x1", WORDS),
        c.AskAloud("x1"),
    ):
        state = await services.perform(meeting_id, LEADER, command)
    return state


async def open_doors(group: Group) -> str:
    """As a page does it: with the group as it is in the database now."""
    return await services.open_doors(
        await Group.objects.select_related("agreement").aget(pk=group.pk)
    )


async def versions(group: Group) -> list[tuple[int, date, list[str]]]:
    found = Version.objects.filter(agreement=group.agreement_id).order_by("number")
    return [
        (it.number, it.date, [statement["text"] for statement in it.statements])
        async for it in found
    ]


async def parked(group: Group) -> list[str]:
    kept: list[str] = (await Agreement.objects.aget(pk=group.agreement_id)).parked
    return kept


async def nothing_else_runs() -> None:
    """Wait for whatever a cancelled request has left running."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.gather(*others, return_exceptions=True)


@in_one_loop
async def test_adopting_writes_a_version_and_the_live_state(group: Group, live: Any) -> None:
    group.time_zone = "Pacific/Kiritimati"
    await group.asave()
    state = await talking(group)
    after = await services.perform(state.id, LEADER, c.Adopt("x1"))
    today = datetime.now(ZoneInfo("Pacific/Kiritimati")).date()
    assert await versions(group) == [(1, today, [WORDS])]
    assert (after.board.version, [it.text for it in after.board.statements]) == (1, [WORDS])
    assert (await services.look(state.id)) == after


@in_one_loop
async def test_a_time_zone_that_is_none_does_not_stop_adopting(group: Group, live: Any) -> None:
    group.time_zone = "Nowhere/Land"
    await group.asave()
    state = await talking(group)
    await services.perform(state.id, LEADER, c.Adopt("x1"))
    assert [number for number, _date, _texts in await versions(group)] == [1]


@in_one_loop
async def test_parked_words_are_kept_for_next_time(group: Group, live: Any) -> None:
    state = await talking(group)
    after = await services.perform(state.id, LEADER, c.Park("x1"))
    assert await parked(group) == [WORDS] == list(after.board.parked)
    await services.perform(state.id, LEADER, c.End())
    again = await services.look(await open_doors(group))
    assert again.board.parked == (WORDS,)


@in_one_loop
async def test_letting_go_forgets_words_that_were_parked_before(group: Group, live: Any) -> None:
    await Agreement.objects.filter(pk=group.agreement_id).aupdate(parked=[WORDS])
    state = await talking(group)
    await services.perform(state.id, LEADER, c.LetGo("x1"))
    assert await parked(group) == []


@in_one_loop
async def test_what_the_rules_refuse_writes_nothing(group: Group, live: Any) -> None:
    state = await talking(group)
    await services.perform(state.id, LEADER, c.NoteObjection("x1"))
    with pytest.raises(Refused) as refused:
        await services.perform(state.id, LEADER, c.Adopt("x1"))
    assert refused.value.code is Code.SOMEONE_OBJECTS
    assert await versions(group) == []


# The database fails


class DatabaseRefuses:
    """Any save of this model raises, as a full disk or a lost connection would make it."""

    def __init__(self, model: type[Any], signal: Any = pre_save) -> None:
        self.model, self.signal = model, signal

    def refuse(self, **_kwargs: object) -> None:
        raise DatabaseError("refused")

    def __enter__(self) -> None:
        self.signal.connect(self.refuse, sender=self.model)

    def __exit__(self, *_exc: object) -> None:
        self.signal.disconnect(self.refuse, sender=self.model)


@pytest.mark.parametrize("signal", [pre_save, post_save])
@in_one_loop
async def test_when_the_database_refuses_a_version_no_phone_shows_it(
    group: Group, live: Any, signal: Any
) -> None:
    state = await talking(group)
    with DatabaseRefuses(Version, signal), pytest.raises(DatabaseError):
        await services.perform(state.id, LEADER, c.Adopt("x1"))
    assert await versions(group) == []
    assert await services.look(state.id) == state
    # And it can be tried again.
    await services.perform(state.id, LEADER, c.Adopt("x1"))
    assert len(await versions(group)) == 1


@in_one_loop
async def test_when_the_database_refuses_a_version_parked_words_stay_parked(
    group: Group, live: Any
) -> None:
    await Agreement.objects.filter(pk=group.agreement_id).aupdate(parked=[WORDS])
    state = await talking(group)
    with DatabaseRefuses(Version), pytest.raises(DatabaseError):
        await services.perform(state.id, LEADER, c.Adopt("x1"))
    assert await parked(group) == [WORDS] == list((await services.look(state.id)).board.parked)


@in_one_loop
async def test_when_the_database_refuses_to_park_the_suggestion_is_still_there(
    group: Group, live: Any
) -> None:
    state = await talking(group)
    with DatabaseRefuses(Agreement), pytest.raises(DatabaseError):
        await services.perform(state.id, LEADER, c.Park("x1"))
    assert await services.look(state.id) == state
    assert await parked(group) == []


@in_one_loop
async def test_a_version_that_was_written_just_before_a_crash_holds(
    group: Group, live: Any
) -> None:
    state = await talking(group)
    # The process died between the database and the live state.
    await sync_to_async(keeping._keep)(state, adopted(state))
    await services.perform(state.id, LEADER, c.Adopt("x1"))
    caught_up = await services.look(state.id)
    assert [it.text for it in caught_up.board.statements] == [WORDS]
    assert caught_up.board.version == 1 and len(await versions(group)) == 1


def adopted(state: Meeting) -> Meeting:
    return rules.apply(state, c.Adopt("x1"), LEADER, state.alive_at)


# The live state fails


@in_one_loop
async def test_a_lost_race_leaves_one_version(group: Group, live: FailingStore) -> None:
    state = await talking(group)
    live.loses = 2
    after = await services.perform(state.id, LEADER, c.Adopt("x1"))
    assert [number for number, _date, _texts in await versions(group)] == [1]
    assert after.board.version == 1


@in_one_loop
async def test_when_every_race_is_lost_nothing_is_kept(group: Group, live: FailingStore) -> None:
    state = await talking(group)
    live.loses = 1000
    with pytest.raises(Refused):
        await services.perform(state.id, LEADER, c.Adopt("x1"))
    with pytest.raises(Refused):
        await services.perform(state.id, LEADER, c.Park("x1"))
    assert await versions(group) == [] and await parked(group) == []
    assert await services.look(state.id) == state


@pytest.mark.parametrize("error", [OSError("no"), asyncio.CancelledError()])
@in_one_loop
async def test_when_the_live_state_cannot_be_written_the_version_is_withdrawn(
    group: Group, live: FailingStore, error: BaseException
) -> None:
    state = await talking(group)
    live.raises = error
    with pytest.raises(type(error)):
        await services.perform(state.id, LEADER, c.Adopt("x1"))
    assert await versions(group) == []
    assert await services.look(state.id) == state
    live.raises = error
    with pytest.raises(type(error)):
        await services.perform(state.id, LEADER, c.Park("x1"))
    assert await parked(group) == []


@in_one_loop
async def test_what_was_let_go_in_the_same_moment_is_not_kept_as_parked(
    group: Group, live: FailingStore
) -> None:
    """Two facilitators: one parks the words, the other lets them go a moment earlier."""
    state = await talking(group)

    async def other_lets_go() -> None:
        await live.update(state.id, lets_go)

    live.before_replace = other_lets_go
    with pytest.raises(Refused) as refused:
        await services.perform(state.id, LEADER, c.Park("x1"))
    assert refused.value.code is Code.UNKNOWN_SUGGESTION
    assert await parked(group) == [] == list((await services.look(state.id)).board.parked)


def lets_go(state: Meeting) -> Meeting:
    return rules.apply(state, c.LetGo("x1"), LEADER, state.alive_at)


@in_one_loop
async def test_words_that_another_facilitator_parked_meanwhile_stay_kept(
    group: Group, live: FailingStore
) -> None:
    state = await talking(group)
    await services.perform(state.id, LEADER, c.Suggest("x2", "Another one."))
    other = Actor(Role.FACILITATOR, "f-bea")

    async def other_parks_both() -> None:
        await services.perform(state.id, other, c.Park("x2"))
        await services.perform(state.id, other, c.LetGo("x1"))

    live.before_replace = other_parks_both
    with pytest.raises(Refused):
        await services.perform(state.id, LEADER, c.Park("x1"))
    assert await parked(group) == ["Another one."]


@in_one_loop
async def test_a_version_that_another_process_has_caught_up_with_is_not_withdrawn(
    group: Group, live: FailingStore
) -> None:
    """A double press lands in two processes: the second finds the number taken and catches up
    before the first has written its live state."""
    state = await talking(group)

    async def second_press() -> None:
        await services.perform(state.id, LEADER, c.Adopt("x1"))

    live.before_replace = second_press
    await services.perform(state.id, LEADER, c.Adopt("x1"))
    now = await services.look(state.id)
    assert [it.text for it in now.board.statements] == [WORDS]
    assert [texts for _number, _date, texts in await versions(group)] == [[WORDS]]


@in_one_loop
async def test_a_double_press_adopts_once(group: Group, live: Any) -> None:
    state = await talking(group)
    presses = (services.perform(state.id, LEADER, c.Adopt("x1")) for _press in range(2))
    await asyncio.gather(*presses, return_exceptions=True)
    assert [texts for _number, _date, texts in await versions(group)] == [[WORDS]]
    assert (await services.look(state.id)).board.version == 1


@pytest.mark.parametrize("turns", range(12))
@in_one_loop
async def test_a_browser_that_goes_away_while_adopting_leaves_both_or_neither(
    group: Group, live: Any, turns: int
) -> None:
    """Its request is cancelled at any point; the database and the phones still agree."""
    state = await talking(group)
    pressing = asyncio.ensure_future(services.perform(state.id, LEADER, c.Adopt("x1")))
    for _turn in range(turns):
        await asyncio.sleep(0)
    pressing.cancel()
    await asyncio.gather(pressing, return_exceptions=True)
    await nothing_else_runs()
    kept = [texts for _number, _date, texts in await versions(group)]
    shown = [it.text for it in (await services.look(state.id)).board.statements]
    assert kept == ([shown] if shown else [])
