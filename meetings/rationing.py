"""How often something may be tried, by one and by all together.

In this process's memory only. Addresses and seats are kept as keyed digests whose key dies with the
process. Whoever has a whole ration again is forgotten when others come.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv6Address, ip_address
from itertools import islice

from django.conf import settings
from django.http import HttpRequest

from meetings.engine import commands as c
from meetings.engine.refusals import Refusal, Refused
from meetings.engine.state import Actor

# Beyond so many, whoever has been quiet the longest has a whole ration again.
MOST_KNOWN = 20_000
# A house has one such network, and as many addresses in it as it likes.
HOUSEHOLD_BITS = 64


@dataclass(frozen=True, slots=True)
class Ration:
    """`burst` at once, and `each_second` more as time passes."""

    burst: float
    each_second: float

    def after(self, left: float, seconds: float) -> float:
        """What is left of it `seconds` later."""
        return min(self.burst, left + max(0.0, seconds) * self.each_second)


class Rations:
    """The same ration for each of many, who are told apart and never known."""

    def __init__(self, ration: Ration, most: int = MOST_KNOWN) -> None:
        self.ration = ration
        self._most = most
        self._key = secrets.token_bytes(32)
        # What was left and when, the longest quiet first.
        self._left: dict[bytes, tuple[float, float]] = {}

    def __len__(self) -> int:
        return len(self._left)

    def left(self, who: str, now: float) -> float:
        """How much this one may still try; below zero when more was under way than was left."""
        left, then = self._left.get(self._digest(who), (self.ration.burst, now))
        return self.ration.after(left, now - then)

    def take(self, who: str, now: float, amount: float = 1.0) -> float:
        """Take that much, also of what is not there yet. The seconds until it would be."""
        digest = self._digest(who)
        left, then = self._left.pop(digest, (self.ration.burst, now))
        left = self.ration.after(left, now - then) - amount
        self._left[digest] = (left, now)
        self._forget(now)
        return max(0.0, -left / self.ration.each_second)

    def _digest(self, who: str) -> bytes:
        return hmac.digest(self._key, who.encode(), hashlib.sha256)[:16]

    def _forget(self, now: float) -> None:
        # Two for each that comes: whoever is whole again goes before many more come.
        for digest in list(islice(self._left, 2)):
            left, then = self._left[digest]
            whole = self.ration.after(left, now - then) >= self.ration.burst
            if whole or len(self._left) > self._most:
                del self._left[digest]


# A code that opens nothing, tried from one address: a house full of people who mistype may.
FROM_ONE_ADDRESS = Ration(burst=20, each_second=20 / 60)
EVERYONE = "everyone"


class Tries:
    """Codes that opened nothing. Once too many did, the short code alone opens nothing either."""

    def __init__(self, each_minute: int) -> None:
        self._addresses = Rations(FROM_ONE_ADDRESS)
        self._all = Rations(Ration(burst=each_minute, each_second=each_minute / 60))

    def are_left(self, address: str, now: float) -> bool:
        """Whether a short code from there is looked at."""
        return self._addresses.left(address, now) >= 1 and self._all.left(EVERYONE, now) >= 1

    def failed(self, address: str, now: float) -> None:
        """One opened nothing. Counted afterwards: whoever is right costs nobody anything."""
        self._addresses.take(address, now)
        self._all.take(EVERYONE, now)


@cache
def tries() -> Tries:
    """The tries of this process."""
    return Tries(settings.FACILITATOR_FAILED_CODES)


# Suggestions and wordings of one seat, a facilitator's too: cards that others have to read.
OF_A_WRITER = Ration(burst=12, each_second=12 / 600)
WRITES = c.Suggest | c.Reword | c.TakeOut


class Writing:
    """How much each seat has suggested lately: a number, no words, and gone with its meeting."""

    def __init__(self) -> None:
        # With the moment of the latest, the longest quiet first.
        self._meetings: dict[str, tuple[Rations, float]] = {}

    def __len__(self) -> int:
        return len(self._meetings)

    @contextmanager
    def counted(
        self, meeting_id: str, actor: Actor, command: c.Command, now: float
    ) -> Iterator[None]:
        """Count what is written, unless it is refused. Raises Refused when it is a lot already."""
        if not isinstance(command, WRITES):
            yield
            return
        self._forget_quiet(now)
        seats = self._meetings.pop(meeting_id, (Rations(OF_A_WRITER), now))[0]
        self._meetings[meeting_id] = seats, now
        if seats.left(actor.seat, now) < 1:
            raise Refused(Refusal.MANY_FROM_ONE_PHONE)
        # Before it is done: many at the same moment are many.
        seats.take(actor.seat, now)
        try:
            yield
        except BaseException:
            seats.take(actor.seat, now, -1)
            raise

    def forget(self, meeting_id: str) -> None:
        self._meetings.pop(meeting_id, None)

    def _forget_quiet(self, now: float) -> None:
        """A meeting that ended elsewhere, or has its whole ration again."""
        whole_after = OF_A_WRITER.burst / OF_A_WRITER.each_second
        quiet = [id for id, (_, then) in self._meetings.items() if now - then > whole_after]
        for meeting_id in quiet:
            del self._meetings[meeting_id]


@cache
def writing() -> Writing:
    """What is written in the meetings of this process."""
    return Writing()


def address_of(request: HttpRequest) -> str:
    """Who asks, as far as the network says. Never stored, never logged."""
    return address(request.META.get("REMOTE_ADDR", ""), request.headers.get("x-forwarded-for", ""))


def address(peer: str, forwarded: str) -> str:
    """The peer, or what the proxy in front says; of IPv6 the household's part.

    The last hop only: it is the one that our own proxy wrote.
    """
    if settings.FACILITATOR_BEHIND_PROXY and forwarded:
        peer = forwarded.rpartition(",")[2].strip()
    try:
        found = ip_address(peer.partition("%")[0])
    except ValueError:
        # All that name no address share one ration.
        return ""
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is None:
            return str(int(found) >> (128 - HOUSEHOLD_BITS))
        found = found.ipv4_mapped
    return str(found)
