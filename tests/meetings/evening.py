"""A running meeting and its open pages, in one loop."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from channels.layers import get_channel_layer
from django.http import HttpResponse

from meetings import room, seats, services
from meetings.engine import commands as c
from meetings.engine.state import Actor, Meeting, Role, StepKind
from meetings.models import Group
from meetings.seats import SCREEN, SEAT, SeatToken
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


def partials_of(content: str) -> list[tuple[str, str]]:
    found = re.findall(
        r'<hx-partial hx-target="#region-([a-z-]+)" hx-swap="outerMorph">(.*?)</hx-partial>',
        content,
        re.DOTALL,
    )
    return list(found)
