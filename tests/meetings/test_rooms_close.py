"""Rooms and sockets: ends, heartbeats, failures, and nothing left behind."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from channels.layers import get_channel_layer
from msgspec.structs import replace

from facilitator.logs import TypeAndPlace
from meetings import regions, room, services
from meetings.engine import commands as c
from meetings.engine.state import Meeting, StepKind
from meetings.models import Group
from meetings.seats import SEAT
from tests.in_one_loop import in_one_loop
from tests.meetings.evening import (
    Evening,
    evening,
    nothing_is_left_open,
    sent_again,
)
from tests.meetings.sockets import Page, until

# Going


@in_one_loop
async def test_a_removed_phone_is_told_kindly_and_its_socket_closed(group: Group) -> None:
    async with evening(group) as here:
        jo, page = await here.phone("Jo")
        _sam, other = await here.phone("Sam")
        await here.lead(c.Remove(jo.seat))
        await until(lambda: page.closed is not None)
        assert page.last["ended"] is True and page.last["content"] == regions.removed("en")
        assert page.closed == room.NORMAL
        await page.over()
        assert other.closed is None


@in_one_loop
async def test_at_the_end_everyone_is_told_and_every_socket_closed(group: Group) -> None:
    async with evening(group) as here:
        pages = [(await here.phone(f"Guest {n}"))[1] for n in range(3)]
        pages.append(await here.screen())
        await here.lead(c.End())
        for page in pages:
            await until(lambda page=page: page.closed is not None)
            assert page.last["ended"] is True and page.last["content"] == regions.ended("en")
            assert page.closed == room.NORMAL
            await page.over()


@in_one_loop
async def test_a_slow_phone_hears_of_the_end_and_of_nothing_before_it(group: Group) -> None:
    async with evening(group) as here:
        jo, slow = await here.phone("Jo")
        await here.settled()
        slow.reads.clear()
        for n in range(20):
            command = c.RaiseHand() if n % 2 == 0 else c.LowerHand()
            await services.perform(here.id, jo, command)
            await room._rooms[here.id].refresh()
        await here.lead(c.End())
        await until(lambda: not room._rooms.get(here.id) or not room._rooms[here.id].sockets)
        slow.reads.set()
        await until(lambda: slow.closed is not None)
        assert slow.last["ended"] is True
        assert sum("ended" in message for message in slow.messages) == 1


@in_one_loop
async def test_a_page_that_comes_after_the_end_gets_no_socket(group: Group) -> None:
    async with evening(group) as here:
        _actor, cookie = await here.sits_down("Jo")
        await here.lead(c.End())
        page = await here.open(Page("/meeting/socket", {SEAT: cookie}))
        assert not page.accepted
        await page.over()


@in_one_loop
async def test_a_server_that_goes_tells_every_page_to_come_back(group: Group) -> None:
    async with evening(group) as here:
        pages = [(await here.phone(f"Guest {n}"))[1] for n in range(3)]
        await room.close_all()
        for page in pages:
            await until(lambda page=page: page.closed is not None)
            assert page.closed == 1012 and "ended" not in page.last
            await page.over()


@in_one_loop
async def test_a_page_that_talks_too_much_is_sent_away(group: Group) -> None:
    async with evening(group) as here:
        _jo, page = await here.phone("Jo")
        for _n in range(100):
            await page.says("hello")
        await until(lambda: page.closed is not None)
        assert page.closed == 1008
        await page.over()


@in_one_loop
async def test_a_few_stray_words_are_forgiven(group: Group) -> None:
    async with evening(group) as here:
        jo, page = await here.phone("Jo")
        for _n in range(5):
            await page.says("hello")
        told = sent_again(page)
        await services.perform(here.id, jo, c.RaiseHand())
        await until(told)
        assert page.closed is None


# The heartbeat


@in_one_loop
async def test_a_heartbeat_notes_who_is_here_and_says_so(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with evening(group) as here:
        jo, page = await here.phone("Jo")
        _sam, cookie_of_a_sleeper = await here.sits_down("Sam")
        assert cookie_of_a_sleeper
        later = time.time() + 60
        monkeypatch.setattr(time, "time", lambda: later)
        told = sent_again(page)
        await room._rooms[here.id].heartbeat()
        await until(told)
        state = await here.state()
        assert state.seen[jo.seat] == later
        assert [seat for seat, seen in state.seen.items() if seen == later] == [jo.seat]
        assert page.last["revision"] == room.stamp(later) and page.last["now"] == later
        assert "content" not in page.last


@in_one_loop
async def test_a_heartbeat_shows_what_time_alone_has_changed(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with evening(group) as here:
        _jo, page = await here.phone("Jo")
        await here.settled()
        later = time.time() + 31
        monkeypatch.setattr(time, "time", lambda: later)
        count = len(page.messages)
        await room._rooms[here.id].heartbeat()
        await until(lambda: len(page.messages) >= count + 2)
        # No facilitator was seen for half a minute.
        assert page.regions(page.messages[count]) == ["notice"]


@in_one_loop
async def test_a_phone_that_wakes_up_is_here_again_at_once(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with evening(group) as here:
        jo, cookie = await here.sits_down("Jo")
        later = time.time() + 300
        monkeypatch.setattr(time, "time", lambda: later)
        assert not (await here.state()).is_here(jo.seat, later)
        await here.open(Page("/meeting/socket", {SEAT: cookie}))
        assert (await here.state()).is_here(jo.seat, later)


@in_one_loop
async def test_a_heartbeat_finds_that_a_meeting_is_gone(group: Group) -> None:
    async with evening(group) as here:
        _jo, page = await here.phone("Jo")
        # Forgotten by the store, with nobody to announce it.
        await services.store().destroy(here.id)
        await room._rooms[here.id].heartbeat()
        await until(lambda: page.closed is not None)
        assert page.last["ended"] is True
        await page.over()


# Failures


class Broken:
    """Raises while a template reads it, as a fault of ours would."""

    def __str__(self) -> str:
        raise ValueError("PLANTED-in-an-exception")


@asynccontextmanager
async def broken_support(here: Evening) -> AsyncIterator[None]:
    """While this lasts, the region of notices cannot be rendered."""
    state = await here.state()
    good = state.group
    bad = replace(good, support=(replace(good.support[0], name=Broken()),))  # type: ignore[arg-type]
    store = services.store()
    store._records = None  # type: ignore[attr-defined]
    await store.update(here.id, lambda now: replace(now, group=bad, support_shown=True))
    yield
    await store.update(here.id, lambda now: replace(now, group=good))


@in_one_loop
async def test_a_failure_logs_type_and_place_and_the_room_lives_on(
    group: Group, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One handler serves the whole run: it gets its own formatter back.
    monkeypatch.setattr(caplog.handler, "formatter", TypeAndPlace())
    async with evening(group) as here:
        jo, page = await here.phone("Jo")
        await here.settled()
        async with broken_support(here):
            await services.announce(here.id, 1)
            await until(lambda: caplog.records)
        assert page.closed is None
        told = sent_again(page)
        await services.perform(here.id, jo, c.RaiseHand())
        await until(told)
        assert "hand" in page.regions()
    assert "ValueError" in caplog.text and "PLANTED" not in caplog.text
    assert all(record.levelno >= logging.WARNING for record in caplog.records)


@in_one_loop
async def test_a_page_that_cannot_be_shown_leaves_no_socket_in_the_room(group: Group) -> None:
    async with evening(group) as here:
        actor, cookie = await here.sits_down("Jo")
        async with broken_support(here):
            page = Page("/meeting/socket", {SEAT: cookie})
            here.pages.append(page)
            task = asyncio.ensure_future(page.open())
            await until(lambda: page.closed is not None)
            task.cancel()
            assert page.closed == 1011
            await page.over()
            await until(lambda: here.id not in room._rooms)
        assert actor.seat in (await here.state()).seats


@in_one_loop
async def test_a_slow_phone_that_cannot_be_caught_up_is_closed_to_come_again(
    group: Group,
) -> None:
    async with evening(group) as here:
        jo, slow = await here.phone("Jo")
        await here.settled()
        slow.reads.clear()
        for n in range(20):
            command = c.RaiseHand() if n % 2 == 0 else c.LowerHand()
            await services.perform(here.id, jo, command)
            await room._rooms[here.id].refresh()
        async with broken_support(here):
            slow.reads.set()
            await until(lambda: slow.closed is not None)
        assert slow.closed == 1011
        await slow.over()


# Nothing is left


@in_one_loop
async def test_a_room_closes_with_its_last_socket(group: Group) -> None:
    async with evening(group) as here:
        pages = [(await here.phone(f"Guest {n}"))[1] for n in range(3)]
        assert len(get_channel_layer().groups) == 1
        for page in pages[:2]:
            await page.leave()
        assert here.id in room._rooms
        await pages[2].leave()
        await nothing_is_left_open()
        # And it opens again for whoever comes next.
        _jo, page = await here.phone("Jo")
        assert len(page.regions()) == 7


@in_one_loop
async def test_many_come_and_go_at_once_through_one_room(group: Group) -> None:
    async with evening(group) as here:
        cookies = [(await here.sits_down(""))[1] for _ in range(30)]
        pages = [Page("/meeting/socket", {SEAT: cookie}) for cookie in cookies]
        here.pages += pages
        await asyncio.gather(*(page.open() for page in pages))
        assert len(room._rooms) == 1 and len(get_channel_layer().groups) == 1
        late = [Page("/meeting/socket", {SEAT: cookie}) for cookie in cookies]
        here.pages += late
        comings: list[Awaitable[Any]] = [page.open() for page in late]
        await asyncio.gather(*comings, *(page.leave() for page in pages))
        assert len(room._rooms[here.id].sockets) == 30


@in_one_loop
async def test_after_the_end_no_meeting_is_left_in_memory(group: Group) -> None:
    async with evening(group) as here:
        pages = [(await here.phone(f"Guest {n}"))[1] for n in range(3)]
        step = await here.go_to(StepKind.AGREEMENT)
        assert step
        await here.lead(c.Suggest("x1", "We may pass."), c.AskAloud("x1"), c.Adopt("x1"))
        assert states_in_memory(here.id) > 0
        await here.lead(c.End())
        for page in pages:
            await until(lambda page=page: page.closed is not None)
            await page.over()
        await nothing_is_left_open()
        assert states_in_memory(here.id) == 0


def states_in_memory(meeting_id: str) -> int:
    """How many states of this meeting, of any moment, anything in this process still reaches."""
    gc.collect()
    return sum(type(it) is Meeting and it.id == meeting_id for it in gc.get_objects())
