"""The one door for change: read, apply, write, persist what the group keeps, announce.

Also the one place that finds out who is asking: every fetch here authorises too.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from uuid import UUID

from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer

from meetings import keeping, preparation, rationing, seats
from meetings.engine import commands as c
from meetings.engine import rules
from meetings.engine.state import Actor, Meeting, Role, Support
from meetings.models import Facilitator, Group
from meetings.seats import SeatToken
from meetings.store import Gone, Store, live

log = logging.getLogger("meetings.services")

GROUP_OF_SOCKETS = "meeting.{id}"
SCREEN_SEAT = "screen"
# What a code that opens nothing is taken through the same steps with.
NO_MEETING, NO_KEY, NO_GROUP = "0" * 16, bytes(32), str(UUID(int=0))


class NothingPlanned(Exception):
    """A meeting needs an agenda with at least one step."""


def store() -> Store:
    return live()


# Who is asking


async def phone(cookies: Mapping[str, str]) -> tuple[Meeting, Actor]:
    """The meeting and seat of a phone, seated again if the server forgot it.

    Raises Gone when its meeting is over, Refused when it was removed.
    """
    carried = await seats.read(store(), cookies, seats.SEAT)
    if carried is None:
        raise Gone
    meeting_id, token = carried
    # Whatever a phone asks for, it is here.
    state = await mark_seen(meeting_id, [token.seat], time.time())
    if token.seat not in state.seats:
        back = c.Retake(token.name, token.first_time, token.listening, token.heard_cards)
        state = await perform(meeting_id, Actor(Role.NEWCOMER, token.seat), back)
    return state, Actor(Role.PARTICIPANT, token.seat)


async def support_for(cookies: Mapping[str, str]) -> tuple[Support, ...]:
    """The group's support lines, which stay with someone who was asked to step out."""
    carried = await seats.read(store(), cookies, seats.SEAT)
    if carried is None:
        return ()
    with suppress(Gone):
        return (await look(carried[0])).group.support
    return ()


async def screen(cookies: Mapping[str, str]) -> Meeting:
    """The meeting that a screen may show. Raises Gone."""
    carried = await seats.read(store(), cookies, seats.SCREEN)
    if carried is None:
        raise Gone
    return await store().read(carried[0])


def facilitator_seat(facilitator: Facilitator) -> str:
    return f"f-{facilitator.pk.hex}"


async def console(facilitator: Facilitator, meeting_id: str) -> tuple[Meeting, Actor]:
    """The meeting that this facilitator may lead. Raises Gone for any other."""
    state = await store().read(meeting_id)
    if not await facilitator.groups.filter(pk=state.group.id).aexists():
        raise Gone
    actor = Actor(Role.FACILITATOR, facilitator_seat(facilitator))
    state = await mark_seen(meeting_id, [actor.seat], time.time())
    if actor.seat not in state.facilitators:
        state = await perform(meeting_id, actor, c.Attend(facilitator.name))
    return state, actor


async def group_of(facilitator: Facilitator, group_id: UUID) -> Group:
    """A group of hers. Raises Gone for any other."""
    group = await facilitator.groups.select_related("agreement").filter(pk=group_id).afirst()
    if group is None:
        raise Gone
    return group


async def meeting_behind(typed: str) -> Meeting:
    """The meeting that this code opens, short or whole. Raises Gone.

    Every code takes the same steps, whatever is behind it: time must not tell what words do not.
    """
    code, rest = typed[: preparation.CODE_LENGTH], typed[preparation.CODE_LENGTH :]
    meeting_id = await store().find(code) or NO_MEETING
    state, key = None, NO_KEY
    with suppress(Gone):
        state = await store().read(meeting_id)
    with suppress(Gone):
        key = await store().key(meeting_id)
    fits = hmac.compare_digest(rest.encode(), preparation.rest_of_code(key, code).encode())
    if state is None or not (fits or not rest):
        raise Gone
    return state


async def whole_code(state: Meeting) -> str:
    """The code with the rest that makes it too long to guess, for links. Raises Gone."""
    return state.code + preparation.rest_of_code(await store().key(state.id), state.code)


async def live_meeting_of(group: Group) -> str | None:
    return await store().find_of_group(str(group.pk))


async def leads_here(facilitator: Facilitator, state: Meeting | None) -> bool:
    """Whether she leads this meeting's group: then she does not also sit in it."""
    group_id = NO_GROUP if state is None else state.group.id
    return await facilitator.groups.filter(pk=group_id).aexists()


# Change


async def open_doors(group: Group, agenda_id: int | None = None) -> str:
    """Open the group's meeting, or find the one that is open already. The meeting's id.

    With the agenda of that id, or with the group's first. Raises NothingPlanned when the group
    has no such agenda with a step in it.
    """
    existing = await live_meeting_of(group)
    if existing is not None:
        return existing

    def prepare() -> Meeting:
        agendas = group.agendas.filter(steps__isnull=False)
        if agenda_id is not None:
            agendas = agendas.filter(pk=agenda_id)
        agenda = agendas.order_by("pk").first()
        if agenda is None:
            raise NothingPlanned
        return preparation.new_meeting(group, agenda, time.time())

    # Two presses at the same moment open one meeting: the store sees to that.
    return await store().create(await sync_to_async(prepare)())


async def join(state: Meeting, command: c.Join) -> SeatToken:
    """Take a new seat. Raises Refused or Gone."""
    seat = preparation.new_id()
    after = await perform(state.id, Actor(Role.NEWCOMER, seat), command)
    # As the room knows it, so that two of one name do not swap when they come back.
    name = after.seats[seat].name
    return SeatToken(seat, name, command.first_time, command.listening)


async def depart(facilitator: Facilitator) -> None:
    """She signs out: wherever she leads, her pages close."""
    async for group in facilitator.groups.all():
        await depart_from(facilitator, group)


async def depart_from(facilitator: Facilitator, group: Group) -> None:
    """She leads this group no more, or not here: her pages of its meeting close."""
    meeting_id = await live_meeting_of(group)
    if meeting_id is not None:
        actor = Actor(Role.FACILITATOR, facilitator_seat(facilitator))
        with suppress(Gone):
            await perform(meeting_id, actor, c.Depart())


async def forget_meeting_of(group: Group) -> None:
    """The group goes, and with it a meeting that is going on: every page is told it has ended."""
    meeting_id = await live_meeting_of(group)
    if meeting_id is not None:
        await store().destroy(meeting_id)
        rationing.writing().forget(meeting_id)
        await announce(meeting_id, 0)


async def perform(meeting_id: str, actor: Actor, command: c.Command) -> Meeting:
    """Give a command. Raises Refused or Gone, and nothing has changed.

    What the group keeps is written before the live state changes, and taken back when that loses
    a race, so that a phone never shows what was not kept.
    """
    now = time.time()

    def change(state: Meeting) -> Meeting:
        return rules.apply(rules.note_seen(state, [actor.seat], now), command, actor, now)

    if isinstance(command, keeping.KEPT_TOO):
        # A browser that goes away cancels its request, which must not stop half way.
        return await asyncio.shield(keeping.update(store(), meeting_id, change, announce))
    if isinstance(command, c.End):
        state = change(await store().read(meeting_id))
        try:
            await store().destroy(meeting_id)
        finally:
            # Afterwards: nobody can write any more.
            rationing.writing().forget(meeting_id)
            await announce(meeting_id, state.revision)
        return state
    with rationing.writing().counted(meeting_id, actor, command, now):
        state = await store().update(meeting_id, change)
    await announce(meeting_id, state.revision)
    return state


async def mark_seen(meeting_id: str, seen: Iterable[str], now: float) -> Meeting:
    """Note signs of life. Nobody is told: who is here is read from the clock. Raises Gone."""
    present = tuple(seen)
    return await store().update(meeting_id, lambda state: rules.note_seen(state, present, now))


async def look(meeting_id: str) -> Meeting:
    """The state of now, for a room that shows it. Raises Gone."""
    return await store().read(meeting_id)


async def announce(meeting_id: str, revision: int) -> None:
    """Tell every process's room that there is something to look at. Holds a revision only."""
    layer = get_channel_layer()
    group = GROUP_OF_SOCKETS.format(id=meeting_id)
    for _attempt in range(2):
        try:
            await layer.group_send(group, {"type": "changed", "revision": revision})
            return
        except Exception as error:
            # The change is made, whatever the layer says; its first message after a restart of
            # Redis is lost as a rule. The heartbeat mends what the second try does not.
            log.warning("announcement lost", exc_info=error)
