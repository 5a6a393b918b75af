"""A wire between a browser and the server that a test can cut, as a lift or a dead spot would."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from contextlib import suppress


class Wire:
    """A TCP relay to the server's port. Cut: what is open dies, and nothing new gets through.

    To several ports, as a proxy would: each connection to the next that answers.
    """

    def __init__(self, *to_ports: int) -> None:
        self._to_ports = deque(to_ports)
        self._writers: set[asyncio.StreamWriter] = set()
        self._is_cut = False
        self._loop = asyncio.new_event_loop()
        self._listening = threading.Event()
        self.port = 0
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        assert self._listening.wait(10)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        asyncio.run_coroutine_threadsafe(self._cut(), self._loop).result(10)

    def mend(self) -> None:
        self._is_cut = False

    def drop(self) -> None:
        """Every open connection dies; new ones get through."""
        self.cut()
        self.mend()

    def close(self) -> None:
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._relay, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._listening.set()
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(self._rest())
        self._loop.close()

    async def _rest(self) -> None:
        """Let every relay that was cut come to its end."""
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)

    async def _cut(self) -> None:
        self._is_cut = True
        for writer in tuple(self._writers):
            writer.transport.abort()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.transport.abort()
            return
        found = await self._connected()
        if found is None:
            # The server is down: this is what a phone would see.
            writer.transport.abort()
            return
        to_reader, to_writer = found
        self._writers |= {writer, to_writer}
        try:
            await asyncio.gather(self._pump(reader, to_writer), self._pump(to_reader, writer))
        finally:
            self._writers -= {writer, to_writer}

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for port in tuple(self._to_ports):
            self._to_ports.rotate(-1)
            with suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", port)
        return None

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while chunk := await reader.read(65536):
                writer.write(chunk)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.transport.abort()
