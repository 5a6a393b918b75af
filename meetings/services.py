"""The one door for change: read, apply, write, persist what the group keeps, announce.

Also the one place that finds out who is asking: every fetch here authorises too.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.db import DatabaseError, transaction

from agreements import rules as agreement_rules
from agreements.models import Agreement, Version, VersionTaken
from meetings import preparation, rationing, seats
from meetings.engine import commands as c
from meetings.engine import rules, together
from meetings.engine.refusals import Refusal, Refused
from meetings.engine.state import Actor, Meeting, Role, Support
from meetings.models import Facilitator, Group
from meetings.seats import SeatToken
from meetings.store import Gone, Store, Unreachable, live

Change = Callable[[Meeting], Meeting]

log = logging.getLogger("meetings.services")

GROUP_OF_SOCKETS = "meeting.{id}"
SCREEN_SEAT = "screen"
# What a code that opens nothing is taken through the same steps with.
NO_MEETING, NO_KEY, NO_GROUP = "0" * 16, bytes(32), str(UUID(int=0))
# What changes words that the group keeps, or their order.
KEPT_TOO = c.Adopt | c.Park | c.LetGo | c.Merge | c.MoveStatement
# A write that lost so many races, against responses too, has found a fault, not a crowd.
MOST_TRIES = 20


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

    if isinstance(command, KEPT_TOO):
        # A browser that goes away cancels its request, which must not stop half way.
        return await asyncio.shield(_perform_and_keep(meeting_id, change))
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


async def _perform_and_keep(meeting_id: str, change: Change) -> Meeting:
    parks = False

    def noted(state: Meeting) -> Meeting:
        nonlocal parks
        after = change(state)
        parks = parks or after.board.parked != state.board.parked
        return after

    try:
        return await _write_both(meeting_id, noted)
    finally:
        await _keep_as_live(meeting_id, parks=parks)


async def _write_both(meeting_id: str, change: Change) -> Meeting:
    for _attempt in range(MOST_TRIES):
        before = await store().read(meeting_id)
        after = change(before)
        try:
            version = await sync_to_async(_keep)(before, after)
        except VersionTaken:
            await _catch_up(meeting_id, after.group.id)
            continue
        try:
            written = await store().replace(before, after)
        except BaseException:
            await _take_back(before, after, version)
            raise
        state = written or await _take_back(before, after, version)
        if state is not None:
            await announce(meeting_id, state.revision)
            return state
    raise Refused(Refusal.NOT_ALLOWED)


async def _take_back(before: Meeting, after: Meeting, version: Version | None) -> Meeting | None:
    """The live change lost its race and never happened: neither did what was written for it.

    Unless another process has caught up with the version meanwhile: then it holds, and this is
    the state that has it.
    """
    try:
        live = await store().read(before.id)
    except Gone:
        live = before
    if version is not None and live.board.version >= version.number:
        return live
    await sync_to_async(_keep_not)(live, after, version)
    return None


async def _keep_as_live(meeting_id: str, *, parks: bool) -> None:
    """Where two processes wrote in the same moment, the database follows the live state.

    One may withdraw a version while the other, who found it there, writes it into the live state;
    or put back parked words that the other has just changed. Each looks once more after its last
    write, so whoever looks last sees both.
    """
    try:
        for _attempt in range(MOST_TRIES):
            state = await store().read(meeting_id)
            if await sync_to_async(_kept_already)(state, parks=parks):
                return
    except Gone:
        pass
    except (Unreachable, DatabaseError) as error:
        # What was asked for is done or refused by now, and that is what the page is told.
        log.error("could not compare what is kept with what is live", exc_info=error)


@transaction.atomic
def _kept_already(live: Meeting, *, parks: bool) -> bool:
    """Whether the database says what the live state says; where it does not, it is written."""
    agreement = _agreement_of(live.group.id)
    whole = True
    if parks and tuple(agreement.parked) != live.board.parked:
        agreement.keep_parked(live.board)
        whole = False
    newest = agreement.current()
    written = (newest.number, newest.adopted()) if newest is not None else (0, ())
    if written[0] < live.board.version:
        with suppress(VersionTaken):
            agreement.adopt(live.board, datetime.now(_zone(live.group.time_zone)).date())
        whole = False
    elif written[0] == live.board.version and written[1] != live.board.statements:
        agreement.arrange(live.board)  # Who lost the race for the order wrote theirs last.
        whole = False
    return whole


def _agreement_of(group_id: str) -> Agreement:
    return Group.objects.select_related("agreement").get(pk=group_id).agreement


@transaction.atomic
def _keep(before: Meeting, after: Meeting) -> Version | None:
    """Write what the group keeps of this change: a new version, parked words."""
    agreement = _agreement_of(after.group.id)
    if after.board.parked != before.board.parked:
        agreement.keep_parked(after.board)
    if after.board.version != before.board.version:
        return agreement.adopt(after.board, datetime.now(_zone(after.group.time_zone)).date())
    if after.board.statements != before.board.statements:
        agreement.arrange(after.board)
    return None


@transaction.atomic
def _keep_not(live: Meeting, after: Meeting, version: Version | None) -> None:
    if version is not None:
        version.withdraw()
    if after.board.parked != live.board.parked:
        # Someone else may have parked words meanwhile: theirs stay.
        _agreement_of(live.group.id).keep_parked(live.board)
    if version is None and after.board.statements != live.board.statements:
        _agreement_of(live.group.id).arrange(live.board)


async def _catch_up(meeting_id: str, group_id: str) -> None:
    """A version exists that this meeting has not seen: adopted elsewhere, or just before a crash.

    The group adopted it, so it holds; the meeting goes on from there.
    """
    newest = await sync_to_async(lambda: _agreement_of(group_id).current())()
    if newest is None:
        return

    def caught_up(state: Meeting) -> Meeting:
        board = agreement_rules.catch_up(state.board, newest.adopted(), newest.number)
        return state if board == state.board else together.with_board(state, board)

    state = await store().update(meeting_id, caught_up)
    await announce(meeting_id, state.revision)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


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
