"""How fast anyone may ask: whoever goes too fast waits, and then gets a sentence.

Each seat and each console has a ration of its own, so that a whole hall may sit behind one address;
whoever comes by a link or a square counts as the meeting's. Everyone else shares a ration with
their address. Waiting is the limit itself: a connection that waits asks for nothing else, and what
an impatient thumb sent is done a moment later rather than refused.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import parse_cookie
from django.utils.translation import gettext as _

from facilitator.page import answer
from meetings import preparation, rationing, seats, services
from meetings.rationing import Ration, Rations
from meetings.store import Gone, Unreachable

# Requests of one phone or screen, and openings of its socket; docs/settings.md has these figures.
OF_A_SEAT = Ration(burst=40, each_second=10)
# A thousand answers within two seconds are a good evening, not a flood.
OF_A_MEETING = Ration(burst=2000, each_second=400)
# Doors that one address opens by a meeting's link: two for each who comes. Whoever knows the link
# may flood, so this is not the meeting's whole ration.
OF_A_LINK = Ration(burst=200, each_second=40)
# Typed codes, sign-in pages, groups and new consoles of one address.
OF_AN_ADDRESS = Ration(burst=100, each_second=30)
# In seconds: who would have to wait longer is refused after so long.
PATIENCE = 2.0

# Served from memory, and a sign of life.
UNCOUNTED = ("/static/", "/healthz")
OWN_MACHINE = ("127.", "0")  # Also ::1, as `rationing.address` has it.

SHOWN = (200, 204)
MOST_CONSOLES = 1000

Charge = tuple[Rations, str]


class Pace:
    """An ASGI wrapper that keeps one flooder from slowing down everyone else."""

    def __init__(
        self,
        application: Any,
        *,
        seat: Ration = OF_A_SEAT,
        meeting: Ration = OF_A_MEETING,
        link: Ration = OF_A_LINK,
        address: Ration = OF_AN_ADDRESS,
        patience: float = PATIENCE,
    ) -> None:
        self.application = application
        self.patience = patience
        self._seats, self._meetings = Rations(seat), Rations(meeting)
        self._addresses, self._links = Rations(address), Rations(link)
        self._consoles = Rations(seat)
        # Digests of sessions that a console was shown to lately, the longest ago first. Asking the
        # database here would cost more than what is to be held off.
        self._leading: dict[bytes, None] = {}
        self._key = secrets.token_bytes(32)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] in ("http", "websocket") and not scope["path"].startswith(UNCOUNTED):
            charges = await self._charges(scope)
            wait = _taken(charges, 1)
            if wait > self.patience:
                # What is refused uses nothing up: once the flood is over, all is as before.
                _taken(charges, -1)
                await asyncio.sleep(self.patience)
                await _refuse(scope, send, seated=charges[0][0] is not self._addresses)
                return
            if wait:
                await asyncio.sleep(wait)
            send = self._watching(scope, send)
        await self.application(scope, receive, send)

    async def _charges(self, scope: Any) -> list[Charge]:
        headers = _headers(scope)
        cookies = headers.get(b"cookie", b"").decode("latin1")
        if (leading := self._session(cookies)) in self._leading:
            return [(self._consoles, leading.hex())]
        seated = await _seat(scope["path"], cookies)
        if seated is not None:
            meeting_id, seat = seated
            return [(self._seats, f"{meeting_id}.{seat}"), (self._meetings, meeting_id)]
        peer = (scope.get("client") or ("",))[0]
        forwarded = headers.get(b"x-forwarded-for", b"").decode("latin1")
        address = rationing.address(peer, forwarded)
        # The laptop itself cannot be held off by whoever sits before it. Behind a proxy nobody
        # else sits at this machine, and a proxy may pass on an address that was made up.
        own = address.startswith(OWN_MACHINE) and not settings.FACILITATOR_BEHIND_PROXY
        if own:
            return []
        if (invited := await _invited(scope["path"])) is not None:
            return [(self._links, f"{invited}.{address}"), (self._meetings, invited)]
        return [(self._addresses, address)]

    def _session(self, cookies: str) -> bytes:
        if settings.SESSION_COOKIE_NAME not in cookies:
            return b""
        session = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")
        return hashlib.blake2b(session.encode(), key=self._key, digest_size=16).digest()

    def _watching(self, scope: Any, send: Any) -> Any:
        """`send`, noting when somebody is shown the console that they asked for."""
        leading = self._session(_headers(scope).get(b"cookie", b"").decode("latin1"))
        if not leading or not scope["path"].startswith("/console/"):
            return send

        async def watched(message: Any) -> None:
            if message.get("status") in SHOWN or message["type"] == "websocket.accept":
                self._leading.pop(leading, None)
                self._leading[leading] = None
                while len(self._leading) > MOST_CONSOLES:
                    del self._leading[next(iter(self._leading))]
            await send(message)

        return watched


def _headers(scope: Any) -> dict[bytes, bytes]:
    headers: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        headers[name] = b",".join(filter(None, (headers.get(name), value)))
    return headers


async def _seat(path: str, header: str) -> tuple[str, str] | None:
    """The meeting and seat in a cookie of ours; a forged one is no seat."""
    name = seats.SCREEN if path.startswith("/screen") else seats.SEAT
    if name not in header:
        return None
    try:
        # As the pages read it: an odd cookie of another program must not cost anyone their seat.
        found = await seats.read(services.store(), parse_cookie(header), name)
    except Unreachable:
        return None
    return None if found is None else (found[0], found[1].seat)


async def _invited(path: str) -> str | None:
    """The meeting whose whole code this is: a flood at one address must not keep a hall outside."""
    code = path.removeprefix("/j/").upper()
    if code == path.upper() or preparation.is_short(code):
        return None
    try:
        return (await services.meeting_behind(code)).id
    except (Gone, Unreachable):
        return None


def _taken(charges: Iterable[Charge], amount: float) -> float:
    now = time.monotonic()
    return max((rations.take(who, now, amount) for rations, who in charges), default=0.0)


async def _refuse(scope: Any, send: Any, *, seated: bool) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close"})
        return
    sentence = _("That was too fast for us. Wait a moment, then try once more.")
    if not seated:
        # Perhaps somebody else behind this address: a link or a square still lets them in.
        sentence = _(
            "Too much is coming from your network right now. Scan the square on the laptop, or "
            "wait a moment and try once more."
        )
    await answer(send, 429, sentence)
