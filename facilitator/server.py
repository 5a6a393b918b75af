"""Daphne, run from Python, made fit for phones: silent, patient with slow ones, and polite
when it leaves.

Changed from Daphne: nothing is logged about requests or peers; `await send(...)` on a socket
waits for a slow phone; a request's body is never written to disk; open sockets get a close
frame (1012, "restarting") when the process is told to stop.
"""

import asyncio
import logging
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Sequence
from io import BytesIO
from typing import Any

if sys.platform == "win32":  # Twisted's asyncio reactor needs a selector loop.
    asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())

# First of all Twisted imports: it installs the asyncio reactor.
from daphne.server import Server as DaphneServer  # isort:skip
from daphne.http_protocol import HTTPFactory, WebRequest
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet import defer, reactor
from twisted.internet.error import CannotListenError
from twisted.internet.interfaces import IPushProducer
from twisted.logger import globalLogBeginner
from zope.interface import implementer

from facilitator.page import HEADERS, one_sentence

log = logging.getLogger("facilitator.server")

BACKLOG = 1024  # Twisted's 50 makes the slowest of a hundred joining phones wait a second.
FRAME_BYTES = 8192
OUTBOX_BYTES = 16 * 1024  # Held here for one socket before `send` waits.
KERNEL_BYTES = 64 * 1024  # And in the kernel: old news queued there only delays new news.
UNREAD_MESSAGES = 64  # Sockets only push; a peer that talks this much ahead is no phone of ours.
BODY_BYTES = 128 * 1024  # Where nothing longer is promised: see `long_paths`.
DRAINED_BYTES = 1024 * 1024  # Taken in beyond a bound and forgotten, so that a refusal is read.
RESTARTING = 1012
TOO_MUCH = 1008
LEAVING_SECONDS = 1.5
ENDING_SECONDS = 0.5


class PortTaken(Exception):
    """Another program listens there, or this one may not."""


@implementer(IPushProducer)
class Outbox:
    """What one socket still has to send: full above OUTBOX_BYTES, room again once it is empty."""

    def __init__(self) -> None:
        self._room = asyncio.Event()
        self._room.set()
        self._gone = False

    async def has_room(self) -> None:
        """Return when the socket can take more, or is gone."""
        # Several senders may wake at once; all but the first may find it full again.
        while not self._room.is_set():
            await self._room.wait()

    def pauseProducing(self) -> None:  # noqa: N802  (Twisted's name)
        """Twisted: the buffer is above the bound."""
        if not self._gone:
            self._room.clear()

    def resumeProducing(self) -> None:  # noqa: N802
        """Twisted: the buffer is empty."""
        self._room.set()

    def stopProducing(self) -> None:  # noqa: N802
        """The connection is gone: nobody waits for it any longer."""
        self._gone = True
        self._room.set()


class Socket(WebSocketProtocol):
    """A WebSocket with an outbox."""

    def makeConnection(self, transport: Any) -> None:  # noqa: N802
        self.outbox = Outbox()
        # The HTTP channel registered itself; after the upgrade it would stop our *reading*
        # whenever writing is slow.
        transport.unregisterProducer()
        transport.bufferSize = OUTBOX_BYTES
        transport.registerProducer(self.outbox, True)
        transport.getHandle().setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)
        super().makeConnection(transport)

    def onMessage(self, payload: bytes, isBinary: bool) -> None:  # noqa: N802, N803
        queue = getattr(self, "application_queue", None)
        if queue is not None and queue.qsize() >= UNREAD_MESSAGES:
            self.muted = True
            queue.put_nowait({"type": "websocket.disconnect", "code": TOO_MUCH})
            self.serverClose(TOO_MUCH)
            return
        super().onMessage(payload, isBinary)

    def sendMessage(self, payload: bytes, isBinary: bool = False, **_: Any) -> None:  # noqa: N802, N803
        """Send one frame, or nothing on a socket that is closing.

        Autobahn's own method holds what we send to the bound for what we receive.
        """
        if self.state == Socket.STATE_OPEN:
            self.sendFrame(opcode=2 if isBinary else 1, payload=payload)

    def serverClose(self, code: int | None = None) -> None:  # noqa: N802
        """Close with any code: Autobahn's public method refuses 1008, 1011 and 1012."""
        self.sendCloseFrame(code=code or 1000)

    def onClose(self, wasClean: bool, code: int, reason: str) -> None:  # noqa: N802, N803
        # Autobahn unregisters producers before it drops a connection, so Twisted may not
        # tell the outbox.
        self.outbox.stopProducing()
        super().onClose(wasClean, code, reason)

    def connectionLost(self, reason: Any) -> None:  # noqa: N802
        self.outbox.stopProducing()
        super().connectionLost(reason)


class Sockets(WebSocketFactory):
    """Makes a Socket for each upgraded connection."""

    protocol = Socket


class BoundedBody(BytesIO):
    """A request's body in memory only; bytes beyond the bound are counted and forgotten."""

    def __init__(self, bound: int) -> None:
        super().__init__()
        self.bound = bound
        self.length = 0

    def write(self, chunk: Any) -> int:
        self.length += len(chunk)
        if self.length <= self.bound:
            super().write(chunk)
        return len(chunk)


class Request(WebRequest):
    """An HTTP request whose body stays in memory and whose error pages are sentences."""

    def gotLength(self, length: int | None) -> None:  # noqa: N802
        # Twisted would write a long or chunked body to a temporary file.
        # The request learns its own path only once all of the body is here.
        self.content = BoundedBody(self.server.body_bound(self.channel._path))

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802
        super().handleContentChunk(data)
        if self.content.length > self.content.bound + DRAINED_BYTES:
            self.channel.forceAbortClient()

    def process(self) -> Any:
        if self.content is not None and self.content.length > self.content.bound:
            self.basic_error(413, b"", "That is too long. Shorten it and send it once more.")
            return None
        return super().process()

    def basic_error(self, status: int, status_text: bytes, body: str) -> None:
        """Answer with a sentence. `body` is shown only for a 413, the rest is for builders."""
        sentence = body if status == 413 else "That did not arrive whole. Go back and try again."
        if status >= 500:
            sentence = "Something went wrong here. Go back and try once more."
        start = {"type": "http.response.start", "status": status, "headers": HEADERS}
        self.handle_reply(start)
        self.handle_reply({"type": "http.response.body", "body": one_sentence(sentence)})


class Requests(HTTPFactory):
    """Makes a Request for each HTTP request, and keeps no access log."""

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802
        channel = super().buildProtocol(addr)
        channel.requestFactory = Request
        return channel

    def log(self, request: Any) -> None:
        """Write nothing: Twisted's line holds address, path and browser."""


class Server(DaphneServer):
    """Serve `application` until told to stop.

    `ready(port)` is called once it listens (port 0 picks a free one). `leave(code)` is awaited
    when the process is told to stop, before open sockets are closed with that code. A body has
    BODY_BYTES at most; on paths that start with one of `long_paths`, `long_bytes`.
    """

    def __init__(
        self,
        application: Any,
        *,
        host: str,
        port: int,
        ready: Callable[[int], None] | None = None,
        leave: Callable[[int], Awaitable[Any]] | None = None,
        long_paths: Sequence[str] = (),
        long_bytes: int = BODY_BYTES,
    ) -> None:
        super().__init__(
            application,
            endpoints=["unused: run() listens itself"],
            signal_handlers=False,
            action_logger=None,
            http_timeout=60,
            # Above any bound: a body goes to the application in one piece.
            request_buffer_size=max(BODY_BYTES, long_bytes) + 1,
            websocket_timeout=-1,
            websocket_connect_timeout=10,
            websocket_handshake_timeout=10,
            ping_interval=15,
            ping_timeout=20,
            websocket_max_message_size=FRAME_BYTES,
            websocket_max_frame_size=FRAME_BYTES,
            application_close_timeout=5,
            verbosity=0,
            server_name="",
        )
        self.host = host
        self.port = port
        self.ready = ready
        self.leave = leave
        self.leaving: asyncio.Task[None] | None = None
        self.long_paths = tuple(path.encode("ascii") for path in long_paths)
        self.long_bytes = long_bytes

    def body_bound(self, path: bytes) -> int:
        """How many bytes a body may have that is sent there."""
        return self.long_bytes if path.startswith(self.long_paths) else BODY_BYTES

    def run(self) -> None:
        """Listen and serve; returns after a stop. PortTaken when it cannot listen."""
        loop = reactor._asyncioEventloop
        asyncio.set_event_loop(loop)
        self.connections: dict[Any, dict[str, Any]] = {}
        self.http_factory = Requests(self)
        self.ws_factory = Sockets(self, server=self.server_name)
        self.ws_factory.setProtocolOptions(
            autoPingTimeout=self.ping_timeout,
            # Origins are judged by facilitator.hosts.
            allowNullOrigin=True,
            openHandshakeTimeout=self.websocket_handshake_timeout,
            maxMessagePayloadSize=self.websocket_max_message_size,
            maxFramePayloadSize=self.websocket_max_frame_size,
        )
        globalLogBeginner.beginLoggingTo(
            [lambda _event: None], redirectStandardIO=False, discardBuffer=True
        )
        try:
            self.listener = reactor.listenTCP(
                self.port, self.http_factory, backlog=BACKLOG, interface=self.host
            )
        except CannotListenError as error:
            raise PortTaken from error.socketError
        reactor.callLater(1, self.application_checker)
        reactor.callLater(2, self.timeout_checker)
        reactor.addSystemEventTrigger("before", "shutdown", self.kill_all_applications)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(self.say_goodbye))
        if self.ready:
            # Not callWhenRunning: the loop itself is not running yet at that moment.
            loop.call_soon(self.ready, self.listener.getHost().port)
        reactor.run(installSignalHandlers=False)

    async def handle_reply(self, protocol: Any, message: Any) -> None:
        """Hand a message to its connection; for a socket, wait while its outbox is full."""
        outbox = protocol.outbox if message["type"] == "websocket.send" else None
        if outbox:
            await outbox.has_room()
        await super().handle_reply(protocol, message)
        if outbox:
            await outbox.has_room()

    # --- leaving -------------------------------------------------------------------------------

    def say_goodbye(self) -> None:
        """Stop within three seconds; at once when asked a second time."""
        if self.leaving is not None:
            self.stop()
            return
        self.leaving = asyncio.ensure_future(self._goodbye())

    async def _goodbye(self) -> None:
        self.listener.stopListening()
        try:
            if self.leave is not None:
                async with asyncio.timeout(LEAVING_SECONDS):
                    await self.leave(RESTARTING)
        except Exception as error:
            log.error("leaving failed", exc_info=error)
        try:
            async with asyncio.timeout(ENDING_SECONDS):
                for socket_ in self._open_sockets():
                    socket_.serverClose(code=RESTARTING)
                while self._open_sockets():  # noqa: ASYNC110  (Autobahn tells nobody)
                    await asyncio.sleep(0.01)
        except TimeoutError:
            pass
        finally:
            self.stop()

    def _open_sockets(self) -> list[Socket]:
        return [
            protocol
            for protocol, details in self.connections.items()
            if isinstance(protocol, Socket)
            and "disconnected" not in details
            and protocol.state in (Socket.STATE_OPEN, Socket.STATE_CLOSING)
        ]

    def kill_all_applications(self) -> Any:
        """Cancel what still runs, and wait for it only briefly."""
        running = [
            details["application_instance"]
            for details in self.connections.values()
            if "application_instance" in details and not details["application_instance"].done()
        ]
        for application in running:
            application.cancel()
        if not running:
            return defer.succeed(None)
        waiting = asyncio.ensure_future(asyncio.wait(running, timeout=ENDING_SECONDS))
        return defer.Deferred.fromFuture(waiting)

    # --- Daphne's two loops end for good when one connection raises ----------------------------

    def application_checker(self) -> None:
        """Reap finished applications, every second."""
        try:
            super().application_checker()
        except Exception as error:
            log.error("reaping failed", exc_info=error)
            reactor.callLater(1, self.application_checker)

    def timeout_checker(self) -> None:
        """Ping sockets and end stuck requests, every two seconds."""
        for protocol in list(self.connections):
            try:
                protocol.check_timeouts()
            except Exception as error:
                log.error("a timeout failed", exc_info=error)
        reactor.callLater(2, self.timeout_checker)
