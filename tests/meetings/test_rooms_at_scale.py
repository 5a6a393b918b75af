"""Rooms whose live state and announcements are in a Redis that may go away and come back empty."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from channels.layers import channel_layers, get_channel_layer

from facilitator import scale
from meetings import room, services
from meetings import store as live_store
from meetings.engine import commands as c
from meetings.models import Group
from meetings.redis_store import RedisStore
from meetings.seats import SEAT
from tests.in_one_loop import in_one_loop
from tests.meetings.evening import Evening
from tests.meetings.sockets import Page, until
from tests.servers import RedisServer

BACK = 1012


@pytest.fixture
def store(redis_server: RedisServer, settings: Any) -> RedisStore:
    """The live store of this process, and announcements by the same Redis."""
    settings.REDIS_URL = redis_server.address
    settings.CHANNEL_LAYERS = {
        "default": scale.channel_layer(redis_server.address, settings.SECRET_KEY)
    }
    channel_layers.backends.clear()
    live_store.live.cache_clear()
    made = live_store.live()
    assert isinstance(made, RedisStore)
    return made


@asynccontextmanager
async def evening(group: Group) -> AsyncIterator[Evening]:
    here = Evening(
        await services.open_doors(await Group.objects.select_related("agreement").aget(pk=group.pk))
    )
    await here.lead(c.Attend("Ana"), c.Start())
    try:
        yield here
    finally:
        await here.all_leave()
        assert room._rooms == {}
        await get_channel_layer().flush()


@in_one_loop
async def test_a_push_comes_by_way_of_redis(group: Group, store: RedisStore) -> None:
    async with evening(group) as here:
        _actor, page = await here.phone("Ben")
        before = len(page.messages)
        await here.lead(c.ShowSupport())
        await until(lambda: len(page.messages) > before)
        assert "notice" in page.regions()


@in_one_loop
async def test_a_message_that_is_not_ours_does_not_deafen_a_room(
    group: Group, store: RedisStore, redis_server: RedisServer
) -> None:
    async with evening(group) as here:
        _actor, page = await here.phone("Ben")
        with redis_server.client as client:
            assert client.publish(f"facilitator__group__meeting.{here.id}", b"not ours") == 1
        before = len(page.messages)
        await here.lead(c.ShowSupport())
        await until(lambda: len(page.messages) > before)
        assert "notice" in page.regions()


@in_one_loop
async def test_announcements_say_nothing_that_redis_could_read(
    group: Group, store: RedisStore, redis_server: RedisServer
) -> None:
    async with evening(group) as here:
        with redis_server.client as client, client.pubsub() as eavesdropper:
            eavesdropper.psubscribe("*")
            assert eavesdropper.get_message(timeout=60)
            await here.lead(c.ShowSupport())
            heard = eavesdropper.get_message(timeout=60)
        assert heard is not None and heard["type"] == "pmessage"
        assert b"changed" not in heard["data"] and b"revision" not in heard["data"]


@in_one_loop
async def test_when_redis_comes_back_empty_pages_come_again_and_take_their_seats_along(
    group: Group, store: RedisStore, redis_server: RedisServer
) -> None:
    async with evening(group) as here:
        actor, cookie = await here.sits_down("Ben")
        page = await here.open(Page("/meeting/socket", {SEAT: cookie}))
        redis_server.restart()
        await room._rooms[here.id].heartbeat()
        await page.over()
        assert page.closed == BACK
        # Nobody is told that they left, or were asked to.
        assert not any(message.get("ended") for message in page.messages)

        again = await here.open(Page("/meeting/socket", {SEAT: cookie}))
        assert again.accepted
        state = await here.state()
        assert state.restarted and state.seats[actor.seat].name == "Ben"
        before = len(again.messages)
        await here.lead(c.Attend("Ana"), c.ShowSupport())
        await until(lambda: len(again.messages) > before)


@in_one_loop
async def test_someone_asked_to_leave_after_a_restart_of_redis_is_told_so(
    group: Group, store: RedisStore, redis_server: RedisServer
) -> None:
    async with evening(group) as here:
        actor, cookie = await here.sits_down("Ben")
        redis_server.restart()
        page = await here.open(Page("/meeting/socket", {SEAT: cookie}))
        await here.lead(c.Attend("Ana"), c.Remove(actor.seat))
        await page.over()
        assert page.closed == 1000 and page.last["ended"]


@in_one_loop
async def test_while_redis_is_away_pages_stay_open_and_a_room_can_close(
    group: Group, store: RedisStore, redis_server: RedisServer
) -> None:
    async with evening(group) as here:
        _actor, page = await here.phone("Ben")
        redis_server.kill()
        await room._rooms[here.id]._safely(room._rooms[here.id].heartbeat())
        assert page.closed is None
        # What cannot be told is not an error of whoever asked for the change.
        await services.announce(here.id, 1)
        async with asyncio.timeout(room.CLOSES_WITHIN + 10):
            await page.leave()
        assert room._rooms == {}
        redis_server.start()
        assert (await store.read(here.id)).restarted
