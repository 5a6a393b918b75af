"""One open page: who it belongs to, what it shows, and what waits for it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from enum import StrEnum
from typing import Any

from django.utils.safestring import SafeString

# What may wait for one slow socket; beyond it, everything is sent once it has drained.
MOST_WAITING = 4


class Audience(StrEnum):
    PHONE = "phone"
    CONSOLE = "console"
    SCREEN = "screen"


class Socket:
    """One open page: who it belongs to, what it shows, and a bounded outbox."""

    def __init__(self, audience: Audience, seat: str, language: str) -> None:
        self.audience = audience
        self.seat = seat
        self.language = language
        # For a page that needs a session: asked with each heartbeat whether there still is one.
        self.session_lives: Callable[[], Awaitable[bool]] | None = None
        self.shown: dict[str, SafeString] = {}
        # When the meeting that it shows came to life: another time is another life.
        self.since: float | None = None
        self.close_code: int | None = None
        self._waiting: deque[str] = deque()
        self._ready = asyncio.Event()
        self._behind = False

    def offer(self, text: str) -> None:
        """Queue a message; when too many wait, drop them all and ask for everything instead."""
        if self.close_code is not None:
            return
        if len(self._waiting) >= MOST_WAITING:
            self._waiting.clear()
            self.shown = {}
            self._behind = True
        if not self._behind:
            self._waiting.append(text)
        self._ready.set()

    def close(self, code: int, last: str | None = None) -> None:
        """Send `last`, if any, and nothing more. What a stalled page showed is not kept for it."""
        self._waiting.clear()
        self._behind = False
        self.shown = {}
        if last is not None:
            self._waiting.append(last)
        self.close_code = code
        self._ready.set()

    async def next_message(self, everything: Callable[[], Coroutine[Any, Any, str]]) -> str | None:
        """The next message to send, or None when the socket should close."""
        while True:
            if self._waiting:
                return self._waiting.popleft()
            if self.close_code is not None:
                return None
            if self._behind:
                self._behind = False
                return await everything()
            self._ready.clear()
            await self._ready.wait()
