"""Rooms and sockets: everyone is told, once, what they may see."""

from __future__ import annotations

import time
from typing import Any

import pytest
from channels.layers import InMemoryChannelLayer, get_channel_layer

from facilitator.logs import TypeAndPlace
from meetings import regions, room, services, sockets
from meetings.engine import commands as c
from meetings.engine import rules
from meetings.engine.state import Meeting, StepKind
from meetings.models import Group
from meetings.room import Audience, Socket, regions_of
from meetings.seats import SCREEN, SEAT
from tests.in_one_loop import in_one_loop
from tests.meetings.evening import (
    LEADER,
    evening,
    nothing_is_left_open,
    partials_of,
    sent_again,
)
from tests.meetings.people import Laptop
from tests.meetings.sockets import Page, until

# Coming


@in_one_loop
async def test_a_page_that_knows_nothing_gets_everything(group: Group) -> None:
    async with evening(group) as here:
        _jo, page = await here.phone("Jo")
        shared = ["top", "notice", "now", "agreement"]
        assert page.regions(page.messages[0]) == [*shared, "mine", "hand", "me"]
        assert page.messages[0]["revision"] == room.stamp(page.messages[0]["now"])
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
        assert opened.regions() == ["agenda", "glance", "lead-now", "controls", "room", "ours"]
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
        await here.lead(c.ShowSupport())
        for page, happened in zip(pages, told, strict=True):
            await until(happened)
            assert page.regions() == ["notice"]
            assert page.last["revision"] == room.stamp(page.last["now"])


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
        before, began = len(page.messages), time.monotonic()
        for n in range(40):
            await here.lead(c.Extend((await here.state()).current.id, 60 * n))
        told = (await here.state()).deadline
        await until(lambda: f"{told:.0f}" in repr(page.last) or str(told) in repr(page.last))
        took = time.monotonic() - began
        # The first at once, then one for each pause: a busy machine takes longer, not more.
        assert len(page.messages) - before <= 3 + took / room.COALESCE


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


class LosesItsFirst(InMemoryChannelLayer):
    """A layer whose first message after a restart is lost, as Redis' is."""

    lost = 0

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        if not self.lost:
            self.lost += 1
            raise ConnectionError("PLANTED")
        await super().group_send(group, message)


@in_one_loop
async def test_an_announcement_that_is_lost_is_made_a_second_time(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    name = f"{__name__}.{LosesItsFirst.__name__}"
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": name}}
    layer = get_channel_layer()
    assert isinstance(layer, LosesItsFirst)
    channel = await layer.new_channel("listener")
    await layer.group_add(services.GROUP_OF_SOCKETS.format(id="m1"), channel)
    await services.announce("m1", 7)
    assert layer.lost == 1 and channel in layer.channels
    assert await layer.receive(channel) == {"type": "changed", "revision": 7}
    (record,) = caplog.records
    assert TypeAndPlace().format(record).startswith("WARNING meetings.services ConnectionError at")


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
            assert len(socket._waiting) <= sockets.MOST_WAITING
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
