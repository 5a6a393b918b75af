"""Who may talk to this server: by which name, from which page, with how long a form.

A page elsewhere can point its own name at a laptop's address (DNS rebinding) and read what the
laptop answers. So an embedded server answers addresses and local names only, and a socket must
come from a page of this very server.
"""

import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from facilitator.network import is_local_host
from facilitator.page import answer

log = logging.getLogger("facilitator.hosts")

FORWARDED = frozenset({b"forwarded", b"x-forwarded-for", b"x-forwarded-proto"})


def without_port(host: str) -> str:
    """The name in a Host header, lower case; empty when it is not a host."""
    try:
        parts = urlsplit(f"//{host}")
        if parts.username is not None or parts.path or parts.query or parts.fragment:
            return ""
        _port = parts.port
        return (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""


def matches(name: str, pattern: str) -> bool:
    """Whether `name` is `pattern`, or below it when the pattern starts with a dot."""
    pattern = pattern.lower()
    if pattern.startswith("."):
        return name == pattern[1:] or name.endswith(pattern)
    return name == pattern


class KnownHosts:
    """An ASGI wrapper that refuses an unknown Host and a socket from another origin.

    `hosts` empty: embedded, local names and addresses. `https`: what our pages' origin must be.
    """

    def __init__(self, application: Any, hosts: Sequence[str], *, https: bool) -> None:
        self.application = application
        self.hosts = list(hosts)
        self.scheme = "https" if https else "http"

    def answers(self, host: str) -> bool:
        """Whether this server answers to that Host header."""
        name = without_port(host)
        if not name:
            return False
        if not self.hosts:
            return is_local_host(name)
        return any(matches(name, pattern) for pattern in self.hosts)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.application(scope, receive, send)
            return
        hosts = [value for key, value in scope["headers"] if key == b"host"]
        host = hosts[0].decode("latin1") if len(hosts) == 1 else ""
        if not self.answers(host):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close"})
                return
            sentence = _("This address does not lead to a meeting. Ask for the link once more.")
            await answer(send, 400, sentence)
            return
        if scope["type"] == "websocket" and not self._from_our_page(scope, host):
            await send({"type": "websocket.close"})
            return
        await self.application(scope, receive, send)

    def _from_our_page(self, scope: Any, host: str) -> bool:
        origins = [value for key, value in scope["headers"] if key == b"origin"]
        if len(origins) != 1:
            return False
        # Scheme and port count too: another program on this laptop is another origin.
        origin: str = origins[0].decode("latin1")
        return origin.lower() == f"{self.scheme}://{host}".lower()


class ShortForms:
    """An ASGI wrapper that refuses a form above `limit` bytes with a sentence, except under
    `long_paths`, where Django's own limit holds."""

    def __init__(self, application: Any, limit: int, long_paths: Sequence[str]) -> None:
        self.application = application
        self.limit = limit
        self.long_paths = tuple(long_paths)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self.application(scope, receive, send)
            return
        if scope["path"].startswith(self.long_paths):
            await self.application(scope, receive, send)
            return
        # Counted rather than read off Content-Length, which a chunked body does not have.
        messages = []
        length = 0
        while True:
            message = await receive()
            messages.append(message)
            length += len(message.get("body", b""))
            if length > self.limit:
                await answer(send, 413, _("That is too long. Shorten it and send it once more."))
                return
            if message["type"] != "http.request" or not message.get("more_body", False):
                break

        async def replayed() -> Any:
            return messages.pop(0) if messages else await receive()

        await self.application(scope, replayed, send)


class ProxyNotDeclared(Exception):
    """A request came through a proxy, and FACILITATOR_BEHIND_PROXY is off."""


class NoUnknownProxy:
    """An ASGI wrapper that says once, in the log, that a proxy forwards here unannounced.

    Everyone would share its address then, and its word on HTTPS counts for nothing. Who was
    forwarded is not said, and nothing is refused: anyone can send such a header.
    """

    def __init__(self, application: Any) -> None:
        self.application = application
        self.said = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if not self.said and any(name in FORWARDED for name, _value in scope.get("headers", ())):
            self.said = True
            # A log line names types and places only, so the type's name has to say it.
            log.warning("a proxy forwards here", exc_info=ProxyNotDeclared())
        await self.application(scope, receive, send)


class ProxyDoesNotSetXForwardedFor(Exception):
    """FACILITATOR_BEHIND_PROXY is on, and a request came without that header."""


class ProxySaysForWhom:
    """An ASGI wrapper that says once, in the log, that the proxy does not name who it forwards.

    Everyone would share the proxy's address, and a flood from one would hold off all.
    """

    def __init__(self, application: Any) -> None:
        self.application = application
        self.said = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if not self.said and scope["type"] in ("http", "websocket"):
            # A look whether this process lives needs no proxy.
            named = any(name == b"x-forwarded-for" and value for name, value in scope["headers"])
            if not named and scope["path"] != "/healthz":
                self.said = True
                log.warning("nobody is named", exc_info=ProxyDoesNotSetXForwardedFor())
        await self.application(scope, receive, send)
