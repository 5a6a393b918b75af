"""Rooms and sockets: everyone is told, once, what they may see, and nothing is left behind."""

from __future__ import annotations

import asyncio
import gc
import logging
import re
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from channels.layers import get_channel_layer
from django.http import HttpResponse
from msgspec.structs import replace

from facilitator.logs import TypeAndPlace
from meetings import regions, room, seats, services
from meetings.engine import commands as c
from meetings.engine import rules
from meetings.engine.state import Actor, Meeting, Role, StepKind
from meetings.models import Group
from meetings.room import Audience, Socket, regions_of
from meetings.seats import SCREEN, SEAT, SeatToken
from tests.in_one_loop import in_one_loop
from tests.meetings.people import Laptop
from tests.meetings.sockets import Page, until

LEADER = Actor(Role.FACILITATOR, "f-ana")


class Evening:
    """A running meeting and its open pages."""

    def __init__(self, meeting_id: str) -> None:
        self.id = meeting_id
        self.pages: list[Page] = []

    async def state(self) -> Meeting:
        return await services.look(self.id)

    async def lead(self, *commands: c.Command) -> Meeting:
        for command in commands:
            state = await services.perform(self.id, LEADER, command)
        return state

    async def go_to(self, kind: StepKind) -> str:
        step = next(step for step in (await self.state()).steps if step.kind is kind)
        await self.lead(c.GoTo(step.id))
        return step.id

    async def sits_down(self, name: str) -> tuple[Actor, str]:
        """A new seat, and its cookie."""
        token = await services.join(await self.state(), c.Join(name))
        return Actor(Role.PARTICIPANT, token.seat), await self.cookie(SEAT, token)

    async def cookie(self, name: str, token: SeatToken) -> str:
        response = HttpResponse()
        await seats.write(services.store(), response, name, self.id, token)
        return response.cookies[name].value

    async def phone(self, name: str = "", have: str = "") -> tuple[Actor, Page]:
        actor, cookie = await self.sits_down(name)
        return actor, await self.open(Page("/meeting/socket", {SEAT: cookie}, have))

    async def screen(self) -> Page:
        cookie = await self.cookie(SCREEN, SeatToken(services.SCREEN_SEAT))
        return await self.open(Page("/screen/socket", {SCREEN: cookie}))

    async def open(self, page: Page) -> Page:
        self.pages.append(page)
        return await page.open()

    async def settled(self) -> None:
        """Every room has shown what it knows, without waiting for the clock."""
        for one in room._rooms.values():
            await one.refresh()
        await until(lambda: _drained(self.id))

    async def all_leave(self) -> None:
        for page in self.pages:
            page.reads.set()
            if page._task is not None and not page._task.done():
                await page.leave()


def _drained(meeting_id: str) -> bool:
    here = room._rooms.get(meeting_id)
    return here is None or not any(socket._waiting for socket in here.sockets)


@asynccontextmanager
async def evening(group: Group) -> AsyncIterator[Evening]:
    meeting_id = await services.open_doors(
        await Group.objects.select_related("agreement").aget(pk=group.pk)
    )
    here = Evening(meeting_id)
    await here.lead(c.Attend("Ana"), c.Start())
    try:
        yield here
    finally:
        await here.all_leave()
        await nothing_is_left_open()


async def nothing_is_left_open() -> None:
    """A room closes with its last socket: no task, no subscription, no channel of its own."""
    await until(lambda: asyncio.all_tasks() == {asyncio.current_task()})
    assert room._rooms == {}
    assert get_channel_layer().groups == {}


def sent_again(page: Page) -> Any:
    count = len(page.messages)
    return lambda: len(page.messages) > count


# Coming


@in_one_loop
async def test_a_page_that_knows_nothing_gets_everything(group: Group) -> None:
    async with evening(group) as here:
        _jo, page = await here.phone("Jo")
        shared = ["top", "notice", "now", "agreement"]
        assert page.regions(page.messages[0]) == [*shared, "mine", "hand", "me"]
        assert page.messages[0]["revision"] == (await here.state()).revision
        assert abs(page.messages[0]["now"] - time.time()) < 60
        screen = await here.screen()
        assert screen.regions(screen.messages[0]) == ["top", "notice", "now"]


@in_one_loop
async def test_a_page_that_is_current_gets_a_sign_of_life_only(group: Group) -> None:
    async with evening(group) as here:
        actor, cookie = await here.sits_down("Jo")
        made = regions_of(await here.state(), Audience.PHONE, actor.seat, "en", time.time())
        page = await here.open(Page("/meeting/socket", {SEAT: cookie}, have=regions.digest(made)))
        assert "content" not in page.messages[0]
        # What comes later is told against what the page has.
        told = sent_again(page)
        await services.perform(here.id, actor, c.RaiseHand())
        await until(told)
        assert page.regions() == ["hand"]


@in_one_loop
async def test_a_page_that_is_not_current_gets_everything(group: Group) -> None:
    async with evening(group) as here:
        _jo, page = await here.phone("Jo", have="0123456789abcdef01")
        assert len(page.regions(page.messages[0])) == 7


@pytest.mark.parametrize("cookie", ["", "m1.forged"])
@pytest.mark.parametrize("path", ["/meeting/socket", "/screen/socket"])
@in_one_loop
async def test_who_has_no_seat_gets_no_socket(group: Group, path: str, cookie: str) -> None:
    async with evening(group) as here:
        page = await here.open(Page(path, {SEAT: cookie, SCREEN: cookie}))
        assert not page.accepted and page.closed is not None
        await page.over()


@in_one_loop
async def test_a_removed_seat_gets_no_socket(group: Group) -> None:
    async with evening(group) as here:
        actor, cookie = await here.sits_down("Jo")
        await here.lead(c.Remove(actor.seat))
        page = await here.open(Page("/meeting/socket", {SEAT: cookie}))
        assert not page.accepted
        await page.over()


def test_only_her_own_meetings_console_opens_for_a_facilitator(
    group: Group, facilitator: Any, stranger: Any
) -> None:
    laptop, other = Laptop(facilitator), Laptop(stranger)
    laptop.open_doors(group)
    path = f"{laptop.console}socket"

    @in_one_loop
    async def tries() -> None:
        opened = await Page(path, {"session": laptop.cookie("session") or ""}).open()
        assert opened.regions() == ["agenda", "glance", "lead-now", "controls", "room"]
        await opened.leave()
        for cookie in (other.cookie("session") or "", "forged", ""):
            page = await Page(path, {"session": cookie}).open()
            assert not page.accepted
            await page.over()
        await nothing_is_left_open()

    tries()


@pytest.mark.parametrize(
    "origin", [b"http://elsewhere.example", b"https://localhost:8000", b"null"]
)
@in_one_loop
async def test_a_page_from_elsewhere_gets_no_socket(group: Group, origin: bytes) -> None:
    async with evening(group) as here:
        _actor, cookie = await here.sits_down("Jo")
        page = Page("/meeting/socket", {SEAT: cookie})
        page.scope["headers"][1] = (b"origin", origin)  # type: ignore[index]
        await here.open(page)
        assert not page.accepted
        await page.over()


# Changes


@in_one_loop
async def test_a_change_reaches_every_page_with_what_changed_and_nothing_else(
    group: Group,
) -> None:
    async with evening(group) as here:
        pages = [page for _actor, page in [await here.phone("Jo"), await here.phone("Sam")]]
        pages.append(await here.screen())
        await here.settled()
        told = [sent_again(page) for page in pages]
        state = await here.lead(c.ShowSupport())
        for page, happened in zip(pages, told, strict=True):
            await until(happened)
            assert page.regions() == ["notice"]
            assert page.last["revision"] == state.revision


@in_one_loop
async def test_a_hand_is_told_to_its_own_phone_and_to_no_other(group: Group) -> None:
    async with evening(group) as here:
        jo, page = await here.phone("Jo")
        _sam, other = await here.phone("Sam")
        screen = await here.screen()
        await here.settled()
        before = (len(other.messages), len(screen.messages))
        told = sent_again(page)
        await services.perform(here.id, jo, c.RaiseHand())
        await until(told)
        await here.settled()
        assert page.regions() == ["hand"]
        assert (len(other.messages), len(screen.messages)) == before


@in_one_loop
async def test_what_is_pushed_adds_up_to_what_a_fresh_page_shows(group: Group) -> None:
    async with evening(group) as here:
        jo, page = await here.phone("Jo")
        others = [(await here.sits_down(f"Guest {n}"))[0] for n in range(5)]
        await here.go_to(StepKind.READING)
        step = (await here.state()).current.id
        await services.perform(here.id, jo, c.TakePart(step, 0))
        await services.perform(here.id, jo, c.TurnToPart(step, 1))
        step = await here.go_to(StepKind.CHECKIN)
        await here.lead(c.OpenCheckin(step))
        for one in (jo, *others):
            await services.perform(here.id, one, c.Answer(step, (0,)))
        await here.lead(c.CloseCheckin(step))
        await here.go_to(StepKind.AGREEMENT)
        await services.perform(here.id, jo, c.Suggest("x1", "We may pass."))
        await here.settled()
        shown: dict[str, str] = {}
        for message in page.messages:
            shown |= dict(partials_of(message.get("content") or ""))
        state = await here.state()
        fresh = regions_of(state, Audience.PHONE, jo.seat, "en", time.time())
        assert shown == {name.replace("_", "-"): str(html) for name, html in fresh.items()}


def partials_of(content: str) -> list[tuple[str, str]]:
    found = re.findall(
        r'<hx-partial hx-target="#region-([a-z-]+)" hx-swap="outerMorph">(.*?)</hx-partial>',
        content,
        re.DOTALL,
    )
    return list(found)


@in_one_loop
async def test_phones_that_see_the_same_get_the_very_same_text(group: Group) -> None:
    """Rendered once, not once for each: five hundred phones cost one."""
    async with evening(group) as here:
        offered: list[str] = []

        class Listening(Socket):
            def offer(self, text: str) -> None:
                offered.append(text)

        actors = [(await here.sits_down(""))[0] for _ in range(3)]
        mine = [Listening(Audience.PHONE, actor.seat, "en") for actor in actors]
        entered = [await room.enter(here.id, socket) for socket in mine]
        await entered[0].refresh()
        offered.clear()
        # Set without telling anyone, so that the one look below is the only one.
        await services.store().update(here.id, _supported)
        await entered[0].refresh()
        assert len(offered) == 3
        assert offered[0] is offered[1] is offered[2]
        for one, socket in zip(entered, mine, strict=True):
            await room.leave(one, socket)


def _supported(state: Meeting) -> Meeting:
    return rules.apply(state, c.ShowSupport(), LEADER, time.time())


@in_one_loop
async def test_a_crowd_of_changes_is_told_in_few_messages(group: Group) -> None:
    async with evening(group) as here:
        _jo, page = await here.phone("Jo")
        await here.settled()
        before = len(page.messages)
        for n in range(40):
            await here.lead(c.Extend((await here.state()).current.id, 60 * n))
        told = (await here.state()).deadline
        await until(lambda: f"{told:.0f}" in repr(page.last) or str(told) in repr(page.last))
        assert len(page.messages) - before <= 5


@in_one_loop
async def test_announcements_hold_a_revision_and_nothing_else(group: Group) -> None:
    async with evening(group) as here:
        layer = get_channel_layer()
        channel = await layer.new_channel("listener")
        await layer.group_add(services.GROUP_OF_SOCKETS.format(id=here.id), channel)
        jo, _cookie = await here.sits_down("Jo")
        await services.perform(here.id, jo, c.Suggest("x1", "PLANTED"))
        for _announcement in range(2):
            message = await layer.receive(channel)
            assert set(message) == {"type", "revision"}
            assert message["type"] == "changed" and isinstance(message["revision"], int)
        await layer.group_discard(services.GROUP_OF_SOCKETS.format(id=here.id), channel)


# Slow phones


@in_one_loop
async def test_a_slow_phone_is_sent_everything_once_it_reads_again(group: Group) -> None:
    async with evening(group) as here:
        jo, slow = await here.phone("Jo")
        (socket,) = room._rooms[here.id].sockets
        await here.settled()
        slow.reads.clear()
        read = len(slow.messages)
        for n in range(30):
            command = c.RaiseHand() if n % 2 == 0 else c.LowerHand()
            await services.perform(here.id, jo, command)
            await room._rooms[here.id].refresh()
            assert len(socket._waiting) <= room.MOST_WAITING
        slow.reads.set()
        await until(lambda: len(slow.regions()) == 7)
        # One that was on its way, and then everything: nothing of what lies between.
        assert len(slow.messages) - read <= 2
        state = await here.state()
        fresh = regions_of(state, Audience.PHONE, jo.seat, "en", time.time())
        assert dict(partials_of(slow.last["content"]))["hand"] == fresh["hand"]


@in_one_loop
async def test_a_slow_phone_keeps_nobody_waiting(group: Group) -> None:
    async with evening(group) as here:
        _jo, slow = await here.phone("Jo")
        _sam, quick = await here.phone("Sam")
        slow.reads.clear()
        told = sent_again(quick)
        await here.lead(c.ShowSupport())
        await until(told)
        assert "notice" in quick.regions()


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
        assert page.last["revision"] == state.revision and page.last["now"] == later
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
    group: Group, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.setFormatter(TypeAndPlace())
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
