"""Sockets without a server: our ASGI applications, called as a server calls them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from facilitator.asgi import application

# Nothing here takes so long; running out of it is a failure.
AT_MOST = 60


async def until(happened: Callable[[], object]) -> None:
    """Let the loop turn until something has happened."""
    async with asyncio.timeout(AT_MOST):
        while not happened():  # noqa: ASYNC110 - what we wait for sets no event of ours
            await asyncio.sleep(0)


class Page:
    """An open page's socket: what it was sent, in order."""

    def __init__(self, path: str, cookies: dict[str, str], have: str = "") -> None:
        header = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self.scope = {
            "type": "websocket",
            "path": path,
            "query_string": f"have={have}".encode() if have else b"",
            "headers": [
                (b"host", b"localhost:8000"),
                (b"origin", b"http://localhost:8000"),
                (b"cookie", header.encode()),
            ],
            "client": ("127.0.0.1", 5000),
            "server": ("127.0.0.1", 8000),
            "subprotocols": [],
        }
        self.messages: list[dict[str, Any]] = []
        self.texts: list[str] = []
        self.accepted = False
        self.closed: int | None = None
        self._to_app: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        # Cleared: this page reads nothing, as a phone behind a bad connection.
        self.reads = asyncio.Event()
        self.reads.set()
        self._task: asyncio.Task[None] | None = None

    async def open(self) -> Page:
        self._task = asyncio.create_task(application(self.scope, self._to_app.get, self._send))
        await self._to_app.put({"type": "websocket.connect"})
        await until(lambda: self.accepted or self.closed is not None)
        if self.accepted:
            await until(lambda: self.messages)
        return self

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.accept":
            self.accepted = True
            return
        await self.reads.wait()
        if message["type"] == "websocket.close":
            self.closed = message.get("code") or 1000
            # A server answers a close with a disconnect.
            await self._to_app.put({"type": "websocket.disconnect", "code": self.closed})
            return
        self.texts.append(message["text"])
        self.messages.append(json.loads(message["text"]))

    async def says(self, text: str) -> None:
        await self._to_app.put({"type": "websocket.receive", "text": text})

    async def leave(self) -> None:
        """The page goes away."""
        await self._to_app.put({"type": "websocket.disconnect", "code": 1001})
        await self.over()

    async def over(self) -> None:
        """Wait until the application has finished, and raise what it raised."""
        assert self._task is not None
        async with asyncio.timeout(AT_MOST):
            await self._task

    @property
    def last(self) -> dict[str, Any]:
        return self.messages[-1]

    def regions(self, message: dict[str, Any] | None = None) -> list[str]:
        """The names of the regions that a message carries."""
        content = (message or self.last).get("content") or ""
        return [
            part.split('"', 1)[0] for part in content.split('<hx-partial hx-target="#region-')[1:]
        ]
