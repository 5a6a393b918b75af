"""Live state in Redis, shared by any number of web processes. Redis alone can read none of it.

What lies there, each entry with a time to live that ends when the meeting counts as abandoned:

    facilitator:meeting:NAME   hash: the state, sealed with the meeting's key and as long for any
                               answers; its stamp; that key, wrapped; the id, sealed; until when
    facilitator:code:NAME      what a code opens: the key of that hash
    facilitator:group:NAME     the group's meeting: likewise
    facilitator:ended:NAME     this one was ended: no process puts it back
    facilitator:epoch          a random word, missing once Redis has lost everything

A NAME is a keyed digest. Digests, wrapping and sealing use keys derived from the server's secret.
The wrapped key goes with the meeting. Every script touches all of a meeting's entries at once.

When Redis comes back empty, each process puts back the meetings that it has served lately, without
persons, as a laptop does after a restart. docs/decisions/009 has the windows that remain.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, WeakValueDictionary

import msgspec
from msgspec.structs import replace
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import OutOfMemoryError, ReadOnlyError
from redis.exceptions import TimeoutError as NoAnswer

from meetings import redis_scripts, seals
from meetings.engine import codec
from meetings.engine.lengths import stored_length
from meetings.engine.state import ABANDONED_AFTER, Meeting, without_persons
from meetings.store import Gone, Store, Unreachable

if TYPE_CHECKING:
    from redis.commands.core import AsyncScript

log = logging.getLogger("meetings.redis_store")

PREFIX = "facilitator"
EPOCH = f"{PREFIX}:epoch"

# In seconds: what one answer may take, and what waiting for a free connection may.
ANSWER_WITHIN = 2.0
CONNECTION_WITHIN = 5.0
MOST_CONNECTIONS = 16
# How often what this process holds is compared with Redis: the window of what a restart loses.
KEEP_UP_EVERY = 5.0
# A meeting nobody has asked this process for is another process's to put back.
SERVED_LATELY = 60.0
# Redis that comes back empty so often within one question has a fault of its own.
MOST_RESTARTS = 3

AWAY = (NoConnection, NoAnswer, OSError, OutOfMemoryError, ReadOnlyError)
STATE = "live state"
_STAMP_BYTES = 16
_LENGTH_BYTES = 4


@dataclass
class _Copy:
    """A meeting as this process last saw it: reading it again unchanged decodes nothing."""

    stamp: bytes
    state: Meeting
    key: bytes
    served_at: float


@dataclass
class _Loop:
    """What belongs to one event loop: connections know no other."""

    client: Redis
    scripts: dict[str, AsyncScript]
    recovering: asyncio.Lock = field(default_factory=asyncio.Lock)
    changing: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)


class RedisStore(Store):
    """Live state in one Redis for many processes, with what outlives its restart in theirs."""

    def __init__(self, address: str, secret: str, clock: Callable[[], float] = time.time) -> None:
        self._address = address
        self._clock = clock
        self._naming = seals.derived_key(secret, "names in Redis")
        self._wrapping = seals.derived_key(secret, "keys in Redis")
        self._loops: WeakKeyDictionary[asyncio.AbstractEventLoop, _Loop] = WeakKeyDictionary()
        self._copies: dict[str, _Copy] = {}
        # What this process ended, and when: another's copy may come back after a restart of Redis.
        self._ended: dict[str, float] = {}
        self._epoch: bytes | None = None
        self._keeping_up: asyncio.Task[None] | None = None

    def begin(self) -> None:
        self._keeping_up = asyncio.get_running_loop().create_task(self._keep_up_for_ever())

    async def close(self) -> None:
        here = self._loops.pop(asyncio.get_running_loop(), None)
        if here is not None:
            await here.client.aclose(close_connection_pool=True)

    # --- the interface ---------------------------------------------------------------------------

    async def create(self, state: Meeting) -> str:
        key = seals.new_key()
        stamp, answer = await self._put(state, key)
        if answer[0] == b"exists":
            return self._unwrapped("id", answer[1]).decode()
        self._copies[state.id] = _Copy(stamp, state, key, self._clock())
        return state.id

    async def read(self, meeting_id: str) -> Meeting:
        return (await self._look(meeting_id)).state

    async def key(self, meeting_id: str) -> bytes:
        return (await self._look(meeting_id)).key

    async def replace(self, before: Meeting, after: Meeting) -> Meeting | None:
        copy = self._copies.get(before.id)
        if copy is None or copy.state is not before:
            # A later state has been seen here, or none: `before` is not the state of now.
            await self._look(before.id)
            return None
        written = replace(after, revision=before.revision + 1)
        stamp = _new_stamp()
        answer = await self._ask(
            "replace",
            [self._meeting(before.id)],
            self._now(),
            copy.stamp,
            stamp,
            self._sealed(written, copy.key),
            *self._until(written),
        )
        if answer[0] == b"gone":
            self._drop(before.id)
            raise Gone
        if answer[0] == b"lost":
            return None
        self._copies[before.id] = _Copy(stamp, written, copy.key, self._clock())
        return written

    async def update(self, meeting_id: str, change: Callable[[Meeting], Meeting]) -> Meeting:
        # One at a time in this process: a hundred phones must not race each other.
        changing = self._here().changing
        async with changing.setdefault(meeting_id, asyncio.Lock()):
            return await super().update(meeting_id, change)

    async def destroy(self, meeting_id: str) -> None:
        self._drop(meeting_id)
        await self._ask("destroy", self._names_to_destroy(meeting_id), _ms(ABANDONED_AFTER))
        self._ended[meeting_id] = self._clock()

    async def find(self, code: str) -> str | None:
        return await self._found("code", code)

    async def find_of_group(self, group_id: str) -> str | None:
        return await self._found("group", group_id)

    # --- asking Redis ----------------------------------------------------------------------------

    async def _look(self, meeting_id: str, *, served: bool = True) -> _Copy:
        """This meeting as it is now. Raises Gone."""
        copy = self._copies.get(meeting_id)
        answer = await self._ask(
            "read", [self._meeting(meeting_id)], self._now(), copy.stamp if copy else b""
        )
        if answer[0] == b"gone":
            self._drop(meeting_id)
            raise Gone
        served_at = self._clock() if served or copy is None else copy.served_at
        if answer[0] == b"same" and copy is not None:
            copy.served_at = served_at
            return copy
        _new, stamp, sealed, wrapped = answer
        try:
            key = self._unwrapped(f"key of {meeting_id}", wrapped)
            state = _decoded(seals.unseal(key, STATE, sealed))
        except (seals.Unsealable, msgspec.DecodeError):
            # Another version of this program, or bytes that are not ours: it opens nothing.
            raise Gone from None
        known = self._copies.get(meeting_id)
        if known is None or known.stamp != stamp:
            known = self._copies[meeting_id] = _Copy(stamp, state, key, served_at)
        return known

    async def _found(self, kind: str, text: str) -> str | None:
        answer = await self._ask("find", [self._name(kind, text)], self._now())
        return self._unwrapped("id", answer[1]).decode() if answer[0] == b"found" else None

    async def _put(
        self, state: Meeting, key: bytes, epoch: bytes | None = None
    ) -> tuple[bytes, list[bytes]]:
        """Put a whole meeting there, unless its group has one or it was ended."""
        stamp = _new_stamp()
        names = [
            self._meeting(state.id),
            self._name("code", state.code),
            self._name("group", state.group.id),
            self._name("ended", state.id),
        ]
        arguments = (
            self._now(),
            stamp,
            self._sealed(state, key),
            self._wrapped(f"key of {state.id}", key),
            self._wrapped("id", state.id.encode()),
            *self._until(state),
        )
        if epoch is not None:
            return stamp, await self._run("put", names, epoch, *arguments)
        return stamp, await self._ask("put", names, *arguments)

    async def _ask(self, script: str, names: list[str], *arguments: bytes | int) -> list[bytes]:
        """What a script answers, in the Redis of now. Raises Unreachable."""
        for _attempt in range(MOST_RESTARTS):
            epoch = self._epoch
            if epoch is not None:
                answer = await self._run(script, names, epoch, *arguments)
                if answer[0] != b"restarted":
                    return answer
            await self._recover(epoch)
        raise Unreachable

    async def _run(
        self, script: str, names: list[str], epoch: bytes, *arguments: bytes | int
    ) -> list[bytes]:
        ask = self._here().scripts[script]
        try:
            answer: list[bytes] = await ask([EPOCH, *names], [epoch, *arguments])
        except AWAY as error:
            raise Unreachable from error
        return answer

    def _here(self) -> _Loop:
        loop = asyncio.get_running_loop()
        if loop not in self._loops:
            pool = BlockingConnectionPool.from_url(
                self._address,
                max_connections=MOST_CONNECTIONS,
                timeout=CONNECTION_WITHIN,
                socket_timeout=ANSWER_WITHIN,
                socket_connect_timeout=ANSWER_WITHIN,
                health_check_interval=30,
                # Scripts know their own stamp again, so asking twice is asking once.
                retry=Retry(ExponentialBackoff(cap=0.2, base=0.05), 2),
            )
            client = Redis(connection_pool=pool)
            scripts = {
                name: client.register_script(text) for name, text in redis_scripts.ALL.items()
            }
            self._loops[loop] = _Loop(client, scripts)
        return self._loops[loop]

    # --- a restart of Redis ----------------------------------------------------------------------

    async def _recover(self, known: bytes | None) -> None:
        """Learn the epoch of now; put back what this process holds when it is another one."""
        here = self._here()
        async with here.recovering:
            if self._epoch != known:
                return
            try:
                await here.client.set(EPOCH, secrets.token_hex(16), nx=True)
                epoch = await here.client.get(EPOCH)
            except AWAY as error:
                raise Unreachable from error
            if not isinstance(epoch, bytes):
                raise Unreachable
            if known is not None:
                log.warning("Redis came back empty")
            for meeting_id in tuple(self._ended):
                names = self._names_to_destroy(meeting_id)
                await self._run("destroy", names, epoch, _ms(ABANDONED_AFTER))
            now = self._clock()
            for copy in tuple(self._copies.values()):
                await self._put_back(copy, epoch, now)
            self._epoch = epoch

    async def _put_back(self, copy: _Copy, epoch: bytes, now: float) -> None:
        if copy.state.is_abandoned(now):
            self._drop(copy.state.id)
            return
        # Later than any revision that a page has seen, so that it takes what comes for news.
        bare = replace(without_persons(copy.state), alive_at=now, revision=int(now * 1000))
        stamp, answer = await self._put(bare, copy.key, epoch)
        if answer[0] == b"ended":
            self._drop(bare.id)
        else:
            # Another process may have put it back already: then this stamp is none of theirs,
            # and the next look brings what is there.
            self._copies[bare.id] = _Copy(stamp, bare, copy.key, copy.served_at)

    async def _keep_up_for_ever(self) -> None:
        while True:
            await asyncio.sleep(KEEP_UP_EVERY)
            try:
                await self.keep_up()
            except Unreachable as error:
                log.warning("live state is out of reach", exc_info=error.__cause__)
            except Exception as error:
                # Whatever it was: without this task nothing abandoned is ever dropped from memory.
                log.error("keeping up failed", exc_info=error)

    async def keep_up(self) -> None:
        """Drop what has ended or is served elsewhere, and see the rest as Redis has it now."""
        now = self._clock()
        for meeting_id, ended_at in tuple(self._ended.items()):
            if now - ended_at > ABANDONED_AFTER:
                del self._ended[meeting_id]
        for meeting_id, copy in tuple(self._copies.items()):
            if copy.state.is_abandoned(now):
                self._drop(meeting_id)
        # While Redis is away nobody is served, so nothing more is dropped: this raises.
        await self._ask("greet", [])
        for meeting_id, copy in tuple(self._copies.items()):
            if now - copy.served_at > SERVED_LATELY:
                self._drop(meeting_id)
                continue
            try:
                await self._look(meeting_id, served=False)
            except Gone:
                continue

    def _drop(self, meeting_id: str) -> None:
        self._copies.pop(meeting_id, None)

    # --- names, seals, times ---------------------------------------------------------------------

    def _name(self, kind: str, text: str) -> str:
        digest = hmac.digest(self._naming, f"{kind}:{text}".encode(), hashlib.sha256)
        return f"{PREFIX}:{kind}:{digest[:16].hex()}"

    def _meeting(self, meeting_id: str) -> str:
        return self._name("meeting", meeting_id)

    def _names_to_destroy(self, meeting_id: str) -> list[str]:
        return [self._meeting(meeting_id), self._name("ended", meeting_id)]

    def _wrapped(self, purpose: str, content: bytes) -> bytes:
        return seals.seal(self._wrapping, purpose, content)

    def _unwrapped(self, purpose: str, sealed: bytes) -> bytes:
        return seals.unseal(self._wrapping, purpose, sealed)

    def _sealed(self, state: Meeting, key: bytes) -> bytes:
        content = codec.encode(state)
        whole = len(content).to_bytes(_LENGTH_BYTES) + content
        return seals.seal(key, STATE, whole.ljust(_LENGTH_BYTES + stored_length(state), b"\0"))

    def _now(self) -> int:
        return _ms(self._clock())

    def _until(self, state: Meeting) -> tuple[int, int]:
        """When it is forgotten, and how long that is from now, in milliseconds."""
        until = _ms(state.forgotten_at)
        # One more than none: Redis refuses a time to live of nothing.
        return until, max(1, until - self._now() + 1)


def _ms(seconds: float) -> int:
    return int(seconds * 1000)


def _new_stamp() -> bytes:
    """What tells a state from any other that was ever written, and nothing else of it."""
    return secrets.token_bytes(_STAMP_BYTES)


def _decoded(whole: bytes) -> Meeting:
    length = int.from_bytes(whole[:_LENGTH_BYTES])
    return codec.decode(whole[_LENGTH_BYTES : _LENGTH_BYTES + length])
