"""Between meetings: what waits for the next one, and how often someone may add to it unsigned."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from uuid import UUID

from asgiref.sync import async_to_sync, sync_to_async
from msgspec.structs import replace

from agreements.models import Agreement
from meetings import services
from meetings.engine.state import Meeting
from meetings.models import Group
from meetings.rationing import Counts, Later, Quota, Share, later
from meetings.store import Gone

# A house full of people has one address. What comes to nothing costs nothing.
FROM_ONE_ADDRESS = Quota(burst=10, seconds=3600)
# For one agreement, from everywhere together.
FOR_ONE_AGREEMENT = Quota(burst=40, seconds=3600)


class MeetingIsOn(Exception):
    """The group talks about it right now, in the meeting. Nothing was changed."""


class TooOften(Exception):
    """A lot has been sent from there, or to this agreement. Nothing was changed."""


class NothingTicked(Exception):
    """There is nothing among it that could be put aside."""


class Ideas:
    """How many suggestions came lately: told apart by address, and known by nothing."""

    def __init__(self, later: Later = later) -> None:
        self._counts = Counts(FROM_ONE_ADDRESS.seconds, later)

    def __len__(self) -> int:
        return len(self._counts)

    def counted(self, address: str, agreement: str, now: float) -> AbstractContextManager[None]:
        """Count what is sent, unless it is refused. Raises TooOften when it is a lot already."""
        shares = (
            Share("address", address, FROM_ONE_ADDRESS),
            Share("agreement", agreement, FOR_ONE_AGREEMENT),
        )
        return self._counts.counted(shares, now, TooOften())


@cache
def ideas() -> Ideas:
    """The ideas of this process."""
    return Ideas()


def agreement_behind(token: str) -> Agreement | None:
    """Whose link this is."""
    return Agreement.objects.filter(link_token=token).first()


def suggest(agreement: Agreement, text: str, address: str, now: float) -> None:
    """Keep unsigned words. Raises TooOften, IdeasAreOff, and Refused for the words themselves."""
    with ideas().counted(address, str(agreement.pk), now):
        agreement.suggest(text)


# What follows raises MeetingIsOn, and where words are added Refused.


def put_aside(group: Group, text: str) -> None:
    _between_meetings(group, lambda: group.agreement.put_aside(text))


def put_aside_again(group: Group, texts: list[str]) -> None:
    """Also raises NothingTicked."""
    if not texts:
        raise NothingTicked
    _between_meetings(group, lambda: group.agreement.put_aside_again(texts))


def bring(group: Group, idea_id: UUID) -> None:
    _between_meetings(group, lambda: group.agreement.bring(idea_id))


def take_back(group: Group, text: str) -> None:
    _between_meetings(group, lambda: group.agreement.take_back(text))


def _between_meetings(group: Group, change: Callable[[], None]) -> None:
    """Change what waits, unless a meeting has it: there the live board would write over it."""
    if async_to_sync(services.live_meeting_of)(group) is not None:
        raise MeetingIsOn
    change()
    # The doors may have opened meanwhile, with what was read before.
    async_to_sync(bring_along)(group)


async def bring_along(group: Group) -> None:
    """Have a meeting that has just opened find what was put aside while it was being prepared.

    Asked by whoever opens the doors, and by whoever puts words aside, each after writing: whoever
    comes last sees both.
    """
    meeting_id = await services.live_meeting_of(group)
    if meeting_id is None:
        return

    def kept() -> list[str]:
        return list(Agreement.objects.get(pk=group.agreement_id).parked)

    parked = await sync_to_async(kept)()

    def brought(state: Meeting) -> Meeting:
        here = state.board.parked
        late = tuple(text for text in parked if text not in here)
        return replace(state, board=replace(state.board, parked=here + late)) if late else state

    try:
        state = await services.look(meeting_id)
        if brought(state) is not state:
            state = await services.store().update(meeting_id, brought)
            await services.announce(meeting_id, state.revision)
    except Gone:
        return
