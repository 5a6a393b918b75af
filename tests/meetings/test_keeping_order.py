"""What becomes one, what is put in order and what is taken out: kept as the live meeting has it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import DatabaseError

from agreements.models import Agreement, Version
from meetings import keeping, services
from meetings.engine import commands as c
from meetings.engine.refusals import Refused
from meetings.engine.state import Meeting
from meetings.models import Group
from tests.in_one_loop import in_one_loop
from tests.meetings.test_keeping import (
    LEADER,
    WORDS,
    DatabaseRefuses,
    FailingStore,
    live,
    open_doors,
    parked,
    talking,
    versions,
)

__all__ = ["live"]

OTHER, THIRD = "No advice.", "Phones away."


async def does(state: Meeting, *commands: c.Command) -> Meeting:
    for command in commands:
        state = await services.perform(state.id, LEADER, command)
    return state


async def agreed(group: Group) -> Meeting:
    """An agreement of two statements, x1 and x2."""
    state = await talking(group)
    return await does(state, c.Adopt("x1"), c.Suggest("x2", OTHER), c.AskAloud("x2"), c.Adopt("x2"))


def texts(state: Meeting) -> list[str]:
    return [it.text for it in state.board.statements]


# Two become one


@in_one_loop
async def test_parked_words_that_become_one_with_others_wait_no_longer(
    group: Group, live: Any
) -> None:
    await Agreement.objects.filter(pk=group.agreement_id).aupdate(parked=[OTHER, THIRD, WORDS])
    state = await talking(group)
    state = await does(state, c.Suggest("x2", OTHER), c.Merge("x1", "x2"))
    assert await parked(group) == [THIRD, WORDS] == list(state.board.parked)


@in_one_loop
async def test_when_the_database_refuses_nothing_became_one(group: Group, live: Any) -> None:
    await Agreement.objects.filter(pk=group.agreement_id).aupdate(parked=[OTHER])
    state = await does(await talking(group), c.Suggest("x2", OTHER))
    with DatabaseRefuses(Agreement), pytest.raises(DatabaseError):
        await services.perform(state.id, LEADER, c.Merge("x1", "x2"))
    assert await services.look(state.id) == state
    assert await parked(group) == [OTHER]


@in_one_loop
async def test_a_lost_race_leaves_parked_words_that_did_not_become_one(
    group: Group, live: FailingStore
) -> None:
    await Agreement.objects.filter(pk=group.agreement_id).aupdate(parked=[OTHER])
    state = await does(await talking(group), c.Suggest("x2", OTHER))
    live.loses = 1000
    with pytest.raises(Refused):
        await services.perform(state.id, LEADER, c.Merge("x1", "x2"))
    assert await parked(group) == [OTHER]
    live.loses = 2
    await services.perform(state.id, LEADER, c.Merge("x1", "x2"))
    assert await parked(group) == [WORDS]


# Order


@in_one_loop
async def test_another_order_is_kept_with_the_number_and_the_date_it_has(
    group: Group, live: Any
) -> None:
    state = await agreed(group)
    before = await versions(group)
    after = await services.perform(state.id, LEADER, c.MoveStatement("x2", ""))
    assert texts(after) == [OTHER, WORDS] and after.board.version == 2
    # The one before is what it was.
    assert await versions(group) == [before[0], (2, before[1][1], [OTHER, WORDS])]
    await services.perform(state.id, LEADER, c.End())
    assert texts(await services.look(await open_doors(group))) == [OTHER, WORDS]


@in_one_loop
async def test_the_order_of_what_is_only_suggested_is_not_written(group: Group, live: Any) -> None:
    state = await does(await agreed(group), c.Suggest("y1", THIRD), c.Suggest("y2", "Tea."))
    before = await versions(group)
    with DatabaseRefuses(Version), DatabaseRefuses(Agreement):
        after = await services.perform(state.id, LEADER, c.MoveStatement("y2", ""))
    assert [it.id for it in after.board.suggestions] == ["y2", "y1"]
    assert await versions(group) == before


@in_one_loop
async def test_when_the_database_refuses_an_order_no_phone_shows_it(
    group: Group, live: Any
) -> None:
    state = await agreed(group)
    with DatabaseRefuses(Version), pytest.raises(DatabaseError):
        await services.perform(state.id, LEADER, c.MoveStatement("x2", ""))
    assert await services.look(state.id) == state
    assert (await versions(group))[-1][2] == [WORDS, OTHER]


@pytest.mark.parametrize("error", [OSError("no"), asyncio.CancelledError()])
@in_one_loop
async def test_when_the_live_state_cannot_be_written_the_order_is_put_back(
    group: Group, live: FailingStore, error: BaseException
) -> None:
    state = await agreed(group)
    live.raises = error
    with pytest.raises(type(error)):
        await services.perform(state.id, LEADER, c.MoveStatement("x2", ""))
    assert (await versions(group))[-1][2] == [WORDS, OTHER]
    assert await services.look(state.id) == state


@in_one_loop
async def test_an_order_that_loses_every_race_is_put_back(group: Group, live: FailingStore) -> None:
    state = await agreed(group)
    live.loses = 1000
    with pytest.raises(Refused):
        await services.perform(state.id, LEADER, c.MoveStatement("x2", ""))
    assert (await versions(group))[-1][2] == [WORDS, OTHER]
    live.loses = 2
    await services.perform(state.id, LEADER, c.MoveStatement("x2", ""))
    assert (await versions(group))[-1][2] == [OTHER, WORDS]


# Other words, and none


@in_one_loop
async def test_a_rewording_is_a_version_in_its_place_and_of_its_line(
    group: Group, live: Any
) -> None:
    state = await does(await agreed(group), c.Reword("x1", "r1", THIRD), c.AskAloud("r1"))
    await services.perform(state.id, LEADER, c.Adopt("r1"))
    assert (await versions(group))[-1][2] == [THIRD, OTHER]
    newest = await Version.objects.filter(agreement=group.agreement_id).order_by("number").alast()
    assert newest is not None
    assert [it.line for it in newest.adopted()] == ["x1", "x2"]


@pytest.mark.parametrize("loses", [0, 1, 2])
@pytest.mark.parametrize("goes", ["x1", "x2"])
@in_one_loop
async def test_what_is_taken_out_is_gone_from_phones_and_from_the_version_alike(
    group: Group, live: FailingStore, goes: str, loses: int
) -> None:
    """Found here: after a lost race what was left looked like a version caught up with, and the
    phones went on showing the one before."""
    state = await does(await agreed(group), c.TakeOut(goes, "t1"), c.AskAloud("t1"))
    live.loses = loses
    after = await services.perform(state.id, LEADER, c.Adopt("t1"))
    left = [OTHER] if goes == "x1" else [WORDS]
    assert texts(after) == left == texts(await services.look(state.id))
    kept = await versions(group)
    assert [number for number, _date, _texts in kept] == [1, 2, 3] and kept[-1][2] == left


@in_one_loop
async def test_taking_out_that_loses_every_race_leaves_no_version(
    group: Group, live: FailingStore
) -> None:
    state = await does(await agreed(group), c.TakeOut("x2", "t1"), c.AskAloud("t1"))
    live.loses = 1000
    with pytest.raises(Refused):
        await services.perform(state.id, LEADER, c.Adopt("t1"))
    assert [number for number, _date, _texts in await versions(group)] == [1, 2]
    assert await services.look(state.id) == state


@in_one_loop
async def test_what_someone_pointed_to_and_what_was_brought_go_with_a_version_from_elsewhere(
    group: Group, live: Any
) -> None:
    """A crash between the database and the live state: the meeting catches up."""
    state = await does(await agreed(group), c.Reword("x1", "r1", THIRD), c.AskAloud("r1"))
    state = await does(state, c.BringToAll("x1"))
    adopted = services.rules.apply(state, c.Adopt("r1"), LEADER, state.alive_at)
    await sync_to_async(keeping._keep)(state, adopted)
    await services.perform(state.id, LEADER, c.Adopt("r1"))
    now = await services.look(state.id)
    assert texts(now) == [THIRD, OTHER] and now.board.suggestions == () and now.brought == ""
    assert len(await versions(group)) == 3
