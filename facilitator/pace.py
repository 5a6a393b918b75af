"""How fast anyone may ask: whoever goes too fast waits, and then gets a sentence.

Each seat has a ration of its own, so that a whole hall may sit behind one address. Whoever has no
seat shares one with their address. Waiting is the limit itself: a connection that waits asks for
nothing else, and what an impatient thumb sent is done a moment later rather than refused.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import parse_cookie
from django.utils.translation import gettext as _

from facilitator.page import answer
from meetings import rationing, seats, services
from meetings.rationing import Ration, Rations
from meetings.store import Unreachable

# Requests of one phone or screen, and openings of its socket; docs/settings.md has these figures.
OF_A_SEAT = Ration(burst=40, each_second=10)
# A thousand answers within two seconds are a good evening, not a flood.
OF_A_MEETING = Ration(burst=2000, each_second=400)
# Codes, doors, sign-in pages and consoles of one address. Two hundred phones may arrive at once.
OF_AN_ADDRESS = Ration(burst=400, each_second=50)
# In seconds: who would have to wait longer is refused after so long.
PATIENCE = 2.0

# Served from memory, and a sign of life.
UNCOUNTED = ("/static/", "/healthz")
OWN_MACHINE = ("127.", "0")  # Also ::1, as `rationing.address` has it.

Charge = tuple[Rations, str]


class Pace:
    """An ASGI wrapper that keeps one flooder from slowing down everyone else."""

    def __init__(
        self,
        application: Any,
        *,
        seat: Ration = OF_A_SEAT,
        meeting: Ration = OF_A_MEETING,
        address: Ration = OF_AN_ADDRESS,
        patience: float = PATIENCE,
    ) -> None:
        self.application = application
        self.patience = patience
        self._seats, self._meetings = Rations(seat), Rations(meeting)
        self._addresses = Rations(address)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] in ("http", "websocket") and not scope["path"].startswith(UNCOUNTED):
            charges = await self._charges(scope)
            wait = _taken(charges, 1)
            if wait > self.patience:
                # What is refused uses nothing up: once the flood is over, all is as before.
                _taken(charges, -1)
                await asyncio.sleep(self.patience)
                await _refuse(scope, send)
                return
            if wait:
                await asyncio.sleep(wait)
        await self.application(scope, receive, send)

    async def _charges(self, scope: Any) -> list[Charge]:
        headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            headers[name] = b",".join(filter(None, (headers.get(name), value)))
        seated = await _seat(scope["path"], headers.get(b"cookie", b"").decode("latin1"))
        if seated is not None:
            meeting_id, seat = seated
            return [(self._seats, f"{meeting_id}.{seat}"), (self._meetings, meeting_id)]
        peer = (scope.get("client") or ("",))[0]
        forwarded = headers.get(b"x-forwarded-for", b"").decode("latin1")
        address = rationing.address(peer, forwarded)
        # The laptop itself cannot be held off by whoever sits before it. Behind a proxy nobody
        # else sits at this machine, and a proxy may pass on an address that was made up.
        own = address.startswith(OWN_MACHINE) and not settings.FACILITATOR_BEHIND_PROXY
        return [] if own else [(self._addresses, address)]


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


def _taken(charges: Iterable[Charge], amount: float) -> float:
    now = time.monotonic()
    return max((rations.take(who, now, amount) for rations, who in charges), default=0.0)


async def _refuse(scope: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close"})
        return
    await answer(send, 429, _("That was too fast for us. Wait a moment, then try once more."))
