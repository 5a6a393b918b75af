"""What the group keeps, written in the same step as the live state that it belongs to.

Kept words are written first, and taken back when the live state loses a race: a phone never shows
what was not kept. Both orders of failure end with the two saying the same.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from asgiref.sync import sync_to_async
from django.db import DatabaseError, transaction

from agreements import rules
from agreements.models import Agreement, Version, VersionTaken
from meetings.engine import commands as c
from meetings.engine import together
from meetings.engine.refusals import Refusal, Refused
from meetings.engine.state import Meeting
from meetings.models import Group
from meetings.store import Gone, Store, Unreachable

Change = Callable[[Meeting], Meeting]
# Told the meeting's id and the revision of now.
Announce = Callable[[str, int], Awaitable[None]]

log = logging.getLogger("meetings.keeping")

# What changes words that the group keeps, or their order.
KEPT_TOO = c.Adopt | c.Park | c.LetGo | c.Merge | c.MoveStatement
# A write that lost so many races, against responses too, has found a fault, not a crowd.
MOST_TRIES = 20


async def update(store: Store, meeting_id: str, change: Change, announce: Announce) -> Meeting:
    """Apply a pure change to the live state, and write what the group keeps of it.

    Raises Gone, and whatever `change` raises: then nothing was changed or kept. After Unreachable
    that is not known, and the next write makes the two say the same. Refused as well when it
    lost every race. `announce` is told of each state that came about on the way.
    """
    parks = False

    def noted(state: Meeting) -> Meeting:
        nonlocal parks
        after = change(state)
        parks = parks or after.board.parked != state.board.parked
        return after

    try:
        return await _write_both(store, meeting_id, noted, announce)
    finally:
        await _keep_as_live(store, meeting_id, parks=parks)


async def _write_both(store: Store, meeting_id: str, change: Change, announce: Announce) -> Meeting:
    for _attempt in range(MOST_TRIES):
        before = await store.read(meeting_id)
        after = change(before)
        try:
            version = await sync_to_async(_keep)(before, after)
        except VersionTaken:
            await _catch_up(store, meeting_id, after.group.id, announce)
            continue
        try:
            written = await store.replace(before, after)
        except BaseException:
            await _take_back(store, before, after, version)
            raise
        state = written or await _take_back(store, before, after, version)
        if state is not None:
            await announce(meeting_id, state.revision)
            return state
    raise Refused(Refusal.NOT_ALLOWED)


async def _take_back(
    store: Store, before: Meeting, after: Meeting, version: Version | None
) -> Meeting | None:
    """The live change lost its race and never happened: neither did what was written for it.

    Unless another process has caught up with the version meanwhile: then it holds, and this is
    the state that has it.
    """
    try:
        state = await store.read(before.id)
    except Gone:
        state = before
    if version is not None and state.board.version >= version.number:
        return state
    await sync_to_async(_keep_not)(state, after, version)
    return None


async def _keep_as_live(store: Store, meeting_id: str, *, parks: bool) -> None:
    """Where two processes wrote in the same moment, the database follows the live state.

    One may withdraw a version while the other, who found it there, writes it into the live state;
    or put back parked words that the other has just changed. Each looks once more after its last
    write, so whoever looks last sees both.
    """
    try:
        for _attempt in range(MOST_TRIES):
            state = await store.read(meeting_id)
            if await sync_to_async(_kept_already)(state, parks=parks):
                return
    except Gone:
        pass
    except (Unreachable, DatabaseError) as error:
        # What was asked for is done or refused by now, and that is what the page is told.
        log.error("could not compare what is kept with what is live", exc_info=error)


@transaction.atomic
def _kept_already(state: Meeting, *, parks: bool) -> bool:
    """Whether the database says what the live state says; where it does not, it is written."""
    agreement = _agreement_of(state.group.id)
    whole = True
    if parks and tuple(agreement.parked) != state.board.parked:
        agreement.keep_parked(state.board)
        whole = False
    newest = agreement.current()
    written = (newest.number, newest.adopted()) if newest is not None else (0, ())
    if written[0] < state.board.version:
        with suppress(VersionTaken):
            agreement.adopt(state.board, datetime.now(_zone(state.group.time_zone)).date())
        whole = False
    elif written[0] == state.board.version and written[1] != state.board.statements:
        agreement.arrange(state.board)  # Who lost the race for the order wrote theirs last.
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
def _keep_not(state: Meeting, after: Meeting, version: Version | None) -> None:
    if version is not None:
        version.withdraw()
    if after.board.parked != state.board.parked:
        # Someone else may have parked words meanwhile: theirs stay.
        _agreement_of(state.group.id).keep_parked(state.board)
    if version is None and after.board.statements != state.board.statements:
        _agreement_of(state.group.id).arrange(state.board)


async def _catch_up(store: Store, meeting_id: str, group_id: str, announce: Announce) -> None:
    """A version exists that this meeting has not seen: adopted elsewhere, or just before a crash.

    The group adopted it, so it holds; the meeting goes on from there.
    """
    newest = await sync_to_async(lambda: _agreement_of(group_id).current())()
    if newest is None:
        return

    def caught_up(state: Meeting) -> Meeting:
        board = rules.catch_up(state.board, newest.adopted(), newest.number)
        return state if board == state.board else together.with_board(state, board)

    state = await store.update(meeting_id, caught_up)
    await announce(meeting_id, state.revision)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
