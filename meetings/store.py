"""Where live state lives. One interface, and one contract test for whatever implements it."""

from __future__ import annotations

import asyncio
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string
from msgspec.structs import replace

from meetings import seals
from meetings.engine import codec
from meetings.engine.state import Meeting, without_persons
from meetings.records import RunningRecords

# A change that lost so many races in a row has found a fault, not a crowd.
MOST_RACES = 100
# How often abandoned meetings are looked for, in seconds.
EXPIRE_EVERY = 30


class Gone(Exception):
    """The meeting has ended, was abandoned, or never was: all alike."""


class Unreachable(Exception):
    """Live state is out of reach for now. Whether a change was made is not known."""


class Store(ABC):
    """Live meetings, by id. Reading and changing are atomic; whatever is abandoned is forgotten.

    Anything may raise Unreachable where live state lives outside of this process.
    """

    @abstractmethod
    def begin(self) -> None:
        """On the server's event loop, once it has started: do what no request should wait for."""

    @abstractmethod
    async def create(self, state: Meeting) -> str:
        """Keep a new meeting under a new key of its own, and give back its id.

        The id of the group's meeting when it has one already: then nothing happened.
        """

    @abstractmethod
    async def read(self, meeting_id: str) -> Meeting:
        """The state of now. Raises Gone."""

    @abstractmethod
    async def replace(self, before: Meeting, after: Meeting) -> Meeting | None:
        """Put `after` in the place of `before` as its next revision and give it back.

        None, and nothing happened, when `before` is no longer the state of now. Raises Gone.
        """

    @abstractmethod
    async def destroy(self, meeting_id: str) -> None:
        """Destroy the state and its key. Harmless when they are gone."""

    @abstractmethod
    async def find(self, code: str) -> str | None:
        """The id of the meeting that this code opens."""

    @abstractmethod
    async def find_of_group(self, group_id: str) -> str | None:
        """The id of the group's meeting, if it has one."""

    @abstractmethod
    async def key(self, meeting_id: str) -> bytes:
        """The meeting's own key. Raises Gone."""

    async def close(self) -> None:  # noqa: B027 (most hold nothing open)
        """Let go of what this event loop holds open."""

    async def update(self, meeting_id: str, change: Callable[[Meeting], Meeting]) -> Meeting:
        """Apply a pure change atomically. Raises Gone, and whatever `change` raises."""
        for _attempt in range(MOST_RACES):
            before = await self.read(meeting_id)
            after = change(before)
            if after is before:
                return before
            written = await self.replace(before, after)
            if written is not None:
                return written
        raise RuntimeError("a change lost every race")


@dataclass
class _Entry:
    state: Meeting
    key: bytes
    record: bytes = b""


class MemoryStore(Store):
    """Live state in this one process, with what outlives a restart in sealed records."""

    def __init__(
        self,
        records: RunningRecords | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._clock = clock
        self._records = records
        # Short and never held across an await: requests may run in several threads.
        self._lock = threading.RLock()
        self._entries: dict[str, _Entry] = {}
        self._expiring_on: asyncio.AbstractEventLoop | None = None
        for kept in records.restore(clock()) if records else ():
            self._entries[kept.state.id] = _Entry(kept.state, kept.key, codec.encode(kept.state))

    async def create(self, state: Meeting) -> str:
        self._expire_later()
        entry = _Entry(state, seals.new_key())
        with self._lock:
            existing = self._first(lambda other: other.group.id == state.group.id)
            if existing is not None:
                return existing
            if self._records:
                self._records.begin(state.id, entry.key)
            self._record(entry, state)
            self._entries[state.id] = entry
        return state.id

    async def read(self, meeting_id: str) -> Meeting:
        self._expire_later()
        return self._entry(meeting_id).state

    async def replace(self, before: Meeting, after: Meeting) -> Meeting | None:
        with self._lock:
            entry = self._entry(before.id)
            if entry.state is not before:
                return None
            written = replace(after, revision=before.revision + 1)
            # First, because a full disk may refuse it: then nothing happened.
            self._record(entry, written)
            entry.state = written
            return written

    async def destroy(self, meeting_id: str) -> None:
        with self._lock:
            self._entries.pop(meeting_id, None)
            if self._records:
                self._records.destroy(meeting_id)

    async def find(self, code: str) -> str | None:
        return self._first(lambda state: state.code == code)

    async def find_of_group(self, group_id: str) -> str | None:
        return self._first(lambda state: state.group.id == group_id)

    async def key(self, meeting_id: str) -> bytes:
        return self._entry(meeting_id).key

    def _first(self, wanted: Callable[[Meeting], bool]) -> str | None:
        with self._lock:
            self._forget_abandoned()
            # All of them, also after the one that is wanted: a code must not be told by its time.
            found = [entry.state.id for entry in self._entries.values() if wanted(entry.state)]
            return found[0] if found else None

    def _entry(self, meeting_id: str) -> _Entry:
        with self._lock:
            self._forget_abandoned()
            try:
                return self._entries[meeting_id]
            except KeyError:
                raise Gone from None

    def _record(self, entry: _Entry, state: Meeting) -> None:
        if self._records is None:
            return
        record = codec.encode(replace(without_persons(state), revision=0))
        if record != entry.record or not self._records.keep_alive(state.id):
            self._records.save(state.id, entry.key, record)
            entry.record = record

    def _forget_abandoned(self) -> None:
        now = self._clock()
        for meeting_id in [
            meeting_id
            for meeting_id, entry in self._entries.items()
            if entry.state.is_abandoned(now)
        ]:
            del self._entries[meeting_id]
            if self._records:
                self._records.destroy(meeting_id)

    def begin(self) -> None:
        self._expire_later()

    def _expire_later(self) -> None:
        """Forget without anyone asking: an abandoned meeting has nobody left to ask."""
        loop = asyncio.get_running_loop()
        if self._expiring_on is loop:
            return
        self._expiring_on = loop

        def expire() -> None:
            with self._lock:
                self._forget_abandoned()
            loop.call_later(EXPIRE_EVERY, expire)

        loop.call_later(EXPIRE_EVERY, expire)


@cache
def live() -> Store:
    """The store of this process, as the settings say."""
    if settings.REDIS_URL:
        # By its name: Redis' client comes with an extra, and a laptop does without.
        make: Callable[[str, str], Store] = import_string("meetings.redis_store.RedisStore")
        return make(settings.REDIS_URL, settings.SECRET_KEY)
    return MemoryStore(RunningRecords(settings.FACILITATOR_DATA / "live"))
