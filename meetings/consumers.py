"""The sockets: find out who it is, enter the room, hand over what the room says. Nothing else.

A plain ASGI application rather than a Channels consumer, which goes through the one database
thread on every message.
"""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import aget_user
from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections
from django.utils.translation import get_language_from_request

from meetings import room, services
from meetings.crowding import place_for
from meetings.engine.refusals import Refused
from meetings.models import Facilitator
from meetings.room import Audience, Socket
from meetings.store import Gone, Unreachable

log = logging.getLogger("meetings.consumers")

# A page has nothing to say on its socket; a few stray words are forgiven.
MOST_MESSAGES = 20
POLICY_VIOLATION = 1008
INTERNAL_ERROR = 1011

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Found = tuple[str, str]


def _request(scope: Any) -> ASGIRequest:
    """The handshake as the request that it is: cookies and language are read as for a page."""
    return ASGIRequest(scope | {"type": "http", "method": "GET"}, io.BytesIO())


async def _phone(request: ASGIRequest, scope: Any) -> Found:
    state, actor = await services.phone(request.COOKIES)
    return state.id, actor.seat


async def _screen(request: ASGIRequest, scope: Any) -> Found:
    state = await services.screen(request.COOKIES)
    return state.id, services.SCREEN_SEAT


async def _console(request: ASGIRequest, scope: Any) -> Found:
    # No request ends here and gives its connection back: a database that was restarted since the
    # last handshake would be asked on a dead one, for ever.
    await sync_to_async(close_old_connections)()
    engine = import_module(settings.SESSION_ENGINE)
    request.session = engine.SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    facilitator = await aget_user(request)
    if not isinstance(facilitator, Facilitator):
        raise Gone
    meeting_id = scope["url_route"]["kwargs"]["meeting_id"]
    state, actor = await services.console(facilitator, meeting_id)
    await sync_to_async(close_old_connections)()
    return state.id, actor.seat


def _session_lives(request: ASGIRequest) -> Callable[[], Awaitable[bool]]:
    async def ask() -> bool:
        await sync_to_async(close_old_connections)()
        key = request.session.session_key
        lives = key is not None and await request.session.aexists(key)
        await sync_to_async(close_old_connections)()
        return lives

    return ask


def _application(
    audience: Audience, who: Callable[[ASGIRequest, Any], Awaitable[Found]]
) -> Callable[[Any, Receive, Send], Awaitable[None]]:
    async def application(scope: Any, receive: Receive, send: Send) -> None:
        await receive()
        request = _request(scope)
        try:
            meeting_id, seat = await who(request, scope)
        except (Gone, Refused):
            await send({"type": "websocket.close"})
            return
        except Unreachable as error:
            # The page polls meanwhile, and comes again by itself.
            log.warning("out of reach", exc_info=error)
            await send({"type": "websocket.close"})
            return
        socket = Socket(audience, seat, get_language_from_request(request))
        if audience is Audience.CONSOLE:
            socket.session_lives = _session_lives(request)
        with place_for(meeting_id, socket) as has_place:
            if not has_place:
                await send({"type": "websocket.close"})
                return
            await send({"type": "websocket.accept"})
            page = parse_qs(scope["query_string"].decode("latin1")).get("have", [""])[0]
            entered = await room.enter(meeting_id, socket, page)
            sending = asyncio.create_task(_send_all(entered, socket, send))
            try:
                await _receive_until_closed(receive, socket)
            finally:
                sending.cancel()
                await room.leave(entered, socket)

    return application


async def _send_all(entered: room.Room, socket: Socket, send: Send) -> None:
    while True:
        try:
            text = await socket.next_message(lambda: entered.everything(socket))
        except Exception as error:
            # A page whose socket is open and silent waits for nothing; closed, it comes again.
            log.error("a socket failed", exc_info=error)
            await send({"type": "websocket.close", "code": INTERNAL_ERROR})
            return
        if text is None:
            await send({"type": "websocket.close", "code": socket.close_code})
            return
        await send({"type": "websocket.send", "text": text})


async def _receive_until_closed(receive: Receive, socket: Socket) -> None:
    received = 0
    while (await receive())["type"] != "websocket.disconnect":
        received += 1
        if received == MOST_MESSAGES:
            # The close is sent by the other task, which ends with this one: wait for the answer.
            socket.close(POLICY_VIOLATION)


phone = _application(Audience.PHONE, _phone)
screen = _application(Audience.SCREEN, _screen)
console = _application(Audience.CONSOLE, _console)
