"""One room per live meeting per process: one subscription, rendered once for all who see the same.

A room listens for announcements, reads the state once, renders each distinct view once per
language, and hands the same text to each of its sockets. A push may be lost, merged or repeated:
it always carries whole regions.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any
from weakref import WeakValueDictionary

import msgspec
from channels.layers import get_channel_layer
from django.utils.safestring import SafeString

from meetings import rationing, regions, services
from meetings.engine import views
from meetings.engine.state import Meeting
from meetings.engine.views.shapes import View

# Named once more: whoever asks for a room's regions says for whom.
from meetings.sockets import Audience as Audience
from meetings.sockets import Socket as Socket
from meetings.store import Gone

log = logging.getLogger("meetings.room")

# A change shows at once, and then at most this often, in seconds.
COALESCE = 0.05
# How often a room looks again by itself, and says that it is alive.
HEARTBEAT = 10.0

# What closing may take, in seconds, when the channel layer does not answer.
CLOSES_WITHIN = 1.0

SERVICE_RESTART = 1012
NORMAL = 1000

_json = msgspec.json.Encoder()


class Push(msgspec.Struct, omit_defaults=True):
    """A message to a page. Without `content` it is a heartbeat. `now` is Unix seconds."""

    revision: int = 0
    now: float = 0.0
    content: str | None = None
    ended: bool = False


class Room:
    """The sockets of one meeting in this process."""

    def __init__(self, meeting_id: str) -> None:
        self.meeting_id = meeting_id
        self.sockets: set[Socket] = set()
        self._dirty = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._channel = ""
        # What was rendered for the last look, and may serve the next.
        self._rendered: dict[regions.Key, SafeString] = {}

    async def open(self) -> None:
        layer = get_channel_layer()
        self._channel = await layer.new_channel("room")
        await layer.group_add(self._group, self._channel)
        self._tasks = [
            asyncio.create_task(self._listen()),
            asyncio.create_task(self._refresh_when_dirty()),
            asyncio.create_task(self._beat()),
        ]

    async def close(self) -> None:
        layer = get_channel_layer()
        listening, *others = self._tasks
        for task in others:
            task.cancel()
        try:
            async with asyncio.timeout(CLOSES_WITHIN):
                await layer.group_discard(self._group, self._channel)
                # Ending the loop with a message of its own: a cancelled `receive` deafens its
                # channel.
                await layer.send(self._channel, {"type": "closed"})
                await listening
                # One may be in the middle of a look at the state: it is let go of with the room.
                await asyncio.gather(*others, return_exceptions=True)
        except Exception as error:
            log.warning("a room closed by itself", exc_info=error)
        finally:
            # Where the layer is out of reach; nobody else listens here, so it may go deaf.
            listening.cancel()

    @property
    def _group(self) -> str:
        return services.GROUP_OF_SOCKETS.format(id=self.meeting_id)

    async def enter(self, socket: Socket, page: str) -> None:
        """Give a new socket everything it shows, and all that comes later.

        `page` is the digest of the regions its page was made with: when they are still the same,
        a heartbeat is enough.
        """
        self.sockets.add(socket)
        with suppress(Gone):
            # Someone who comes back after a while counts as here from now on.
            await services.mark_seen(self.meeting_id, [socket.seat], time.time())
        socket.offer(await self.everything(socket, page))
        # Someone came: for the others this may be news.
        self._dirty.set()

    async def everything(self, socket: Socket, page: str = "") -> str:
        """A push of all that this socket shows, as of now."""
        try:
            state = await services.look(self.meeting_id)
        except Gone:
            return _text(ended=True, content=_ended(socket))
        now = time.time()
        rendering = _Rendering(state, now, self._rendered)
        if not rendering.has_seat(socket):
            if _came_back(state, socket):
                socket.close(SERVICE_RESTART)
                return _text(now)
            socket.close(NORMAL)
            return _text(ended=True, content=rendering.farewell(socket))
        shown = rendering.regions_for(socket)
        socket.shown, socket.since = shown, state.alive_at
        content = None if page == regions.digest(shown) else regions.partials(shown)
        return _text(now, content)

    async def refresh(self) -> None:
        """Bring every socket up to date with the state of now."""
        try:
            state = await services.look(self.meeting_id)
        except Gone:
            self._end()
            return
        now = time.time()
        rendering = _Rendering(state, now, self._rendered)
        texts: dict[tuple[tuple[str, str], ...], str] = {}
        for socket in tuple(self.sockets):
            if not rendering.has_seat(socket):
                self.sockets.discard(socket)
                if _came_back(state, socket):
                    socket.close(SERVICE_RESTART)
                    continue
                socket.close(NORMAL, _text(ended=True, content=rendering.farewell(socket)))
                continue
            wanted = rendering.regions_for(socket)
            shown = socket.shown
            changed = tuple(item for item in wanted.items() if shown.get(item[0]) != item[1])
            if not changed:
                continue
            text = texts.get(changed)
            if text is None:
                content = regions.partials(dict(changed))
                text = texts[changed] = _text(now, content)
            socket.shown = wanted
            socket.offer(text)
        self._rendered = rendering.used

    def _end(self) -> None:
        for socket in tuple(self.sockets):
            socket.close(NORMAL, _text(ended=True, content=_ended(socket)))
        self.sockets.clear()
        self._rendered = {}
        # It may have ended in another process.
        rationing.writing().forget(self.meeting_id)

    async def _listen(self) -> None:
        layer = get_channel_layer()
        while True:
            try:
                message = await layer.receive(self._channel)
            except Exception as error:
                # A damaged message, or one that is not ours: the next may be whole.
                log.warning("an announcement could not be read", exc_info=error)
                await asyncio.sleep(COALESCE)
                continue
            if message["type"] == "closed":
                return
            self._dirty.set()

    async def _refresh_when_dirty(self) -> None:
        while True:
            await self._dirty.wait()
            self._dirty.clear()
            await self._safely(self.refresh())
            await asyncio.sleep(COALESCE)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            await self._safely(self.heartbeat())

    async def heartbeat(self) -> None:
        """Note who is here, look again (time alone changes what is seen), say that all is well."""
        now = time.time()
        try:
            here = [socket.seat for socket in self.sockets]
            await services.mark_seen(self.meeting_id, here, now)
        except Gone:
            self._end()
            return
        await self.refresh()
        beat = _text(time.time())
        for socket in self.sockets:
            socket.offer(beat)
        await self._let_go_of_ended_sessions()

    async def _let_go_of_ended_sessions(self) -> None:
        """A console whose session ended elsewhere comes again, and gets in if it has a new one.

        Her seat stays: she is still there, in the browser where she chose a new password.
        """
        for socket in tuple(self.sockets):
            if socket.session_lives is not None and not await socket.session_lives():
                self.sockets.discard(socket)
                socket.close(SERVICE_RESTART)

    async def _safely(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:
            # One failed look must not leave a room deaf; type and place are logged, no content.
            log.error("a room failed to refresh", exc_info=error)


def _came_back(state: Meeting, socket: Socket) -> bool:
    """Whether this page was there before live state was lost and put back without persons.

    Nobody left and nobody was asked to: it comes again by itself, and takes its seat with it.
    """
    return socket.since is not None and socket.since != state.alive_at


def stamp(now: float) -> int:
    """What orders one look at the state after another: milliseconds, and never a count.

    The state's own revision would count how many have answered an open check-in.
    """
    return int(now * 1000)


def _text(now: float = 0.0, content: str | None = None, *, ended: bool = False) -> str:
    return _json.encode(Push(stamp(now), now, content, ended)).decode()


def _ended(socket: Socket) -> str:
    return regions.ended(socket.language, leading=socket.audience is Audience.CONSOLE)


class _Rendering:
    """One look at one state: each distinct view is made once and rendered once per language."""

    def __init__(
        self, state: Meeting, now: float, known: dict[regions.Key, SafeString] | None = None
    ) -> None:
        self._state = state
        self._now = now
        self._known = known or {}
        self.used: dict[regions.Key, SafeString] = {}
        self._shared: dict[tuple[Audience, str], dict[str, SafeString]] = {}

    def has_seat(self, socket: Socket) -> bool:
        if socket.audience is Audience.PHONE:
            return socket.seat in self._state.seats
        return socket.audience is Audience.SCREEN or socket.seat in self._state.facilitators

    def farewell(self, socket: Socket) -> str:
        """For a page whose seat is gone while the meeting goes on."""
        if socket.audience is Audience.CONSOLE:
            return regions.signed_out(socket.language)
        if socket.seat in self._state.removed:
            return regions.removed(socket.language)
        return regions.left(socket.language)

    def regions_for(self, socket: Socket) -> dict[str, SafeString]:
        return self._common(socket) | self.own_regions_for(socket)

    def own_regions_for(self, socket: Socket) -> dict[str, SafeString]:
        """The regions that no other page shows."""
        return self._rendered(self._own(socket), socket.language)

    def _common(self, socket: Socket) -> dict[str, SafeString]:
        key = (socket.audience, socket.language)
        if key not in self._shared:
            self._shared[key] = self._rendered(self._for_all(socket.audience), socket.language)
        return self._shared[key]

    def _for_all(self, audience: Audience) -> tuple[View, ...]:
        if audience is Audience.PHONE:
            return views.for_room(self._state, self._now)
        if audience is Audience.SCREEN:
            return views.for_screen(self._state, self._now)
        return ()

    def _own(self, socket: Socket) -> tuple[View, ...]:
        if socket.audience is Audience.PHONE:
            return views.for_seat(self._state, socket.seat, self._now)
        if socket.audience is Audience.CONSOLE:
            return views.for_facilitator(self._state, socket.seat, self._now)
        return ()

    def _rendered(self, of: tuple[View, ...], language: str) -> dict[str, SafeString]:
        return {regions.name_of(view): self._render(view, language) for view in of}

    def _render(self, view: View, language: str) -> SafeString:
        def keeps(key: regions.Key, make: Callable[[], SafeString]) -> SafeString:
            return self._once((language, *key), make)

        return self._once((language, view), lambda: regions.render(view, language, keeps))

    def _once(self, key: regions.Key, make: Callable[[], SafeString]) -> SafeString:
        html = self.used.get(key) or self._known.get(key) or make()
        self.used[key] = html
        return html


def regions_of(
    state: Meeting, audience: Audience, seat: str, language: str, now: float
) -> dict[str, SafeString]:
    """All regions of one page, made as a push makes them. Raises Gone when its seat is."""
    rendering, page = _Rendering(state, now), Socket(audience, seat, language)
    if not rendering.has_seat(page):
        raise Gone
    return rendering.regions_for(page)


def own_regions_of(
    state: Meeting, audience: Audience, seat: str, language: str, now: float
) -> dict[str, SafeString]:
    """The regions that only this page shows. Raises Gone when its seat is."""
    rendering, page = _Rendering(state, now), Socket(audience, seat, language)
    if not rendering.has_seat(page):
        raise Gone
    return rendering.own_regions_for(page)


# The rooms of this process. A room opens with its first socket and closes with its last.
_rooms: dict[str, Room] = {}
# One lock for each: a room that waits for a layer that is away keeps no other from its pages.
_opening: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


def _alone(meeting_id: str) -> asyncio.Lock:
    return _opening.setdefault(meeting_id, asyncio.Lock())


async def enter(meeting_id: str, socket: Socket, page: str = "") -> Room:
    async with _alone(meeting_id):
        room = _rooms.get(meeting_id)
        if room is None:
            room = Room(meeting_id)
            await room.open()
            _rooms[meeting_id] = room
    try:
        await room.enter(socket, page)
    except BaseException:
        # Nobody else knows of this socket yet: left in, it would keep the room open for ever.
        await leave(room, socket)
        raise
    return room


async def leave(room: Room, socket: Socket) -> None:
    room.sockets.discard(socket)
    async with _alone(room.meeting_id):
        if not room.sockets and _rooms.get(room.meeting_id) is room:
            del _rooms[room.meeting_id]
            await room.close()


async def close_all(code: int = SERVICE_RESTART) -> None:
    """Tell every page that the server is going; they come back by themselves."""
    for room in _rooms.values():
        for socket in room.sockets:
            socket.close(code)
