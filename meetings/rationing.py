"""How often something may be tried, by one and by all together.

In this process's memory only. Addresses and seats are kept as keyed digests whose key dies with the
process. Of a ration, which fills as time passes, whoever has a whole one again is forgotten when
others come. Of a quota only numbers are kept, and all of them go when the clock's window turns.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
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
from meetings.store import Gone

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


@dataclass(frozen=True, slots=True)
class Quota:
    """`burst` in each window of so many `seconds` on the clock."""

    burst: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Share:
    """One of what `who` may have of a place."""

    place: str
    who: str
    of: Quota


Later = Callable[[float, Callable[[], None]], object]


def later(seconds: float, act: Callable[[], None]) -> threading.Timer:
    """Do it then, unless the process has ended."""
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()
    return timer


class Counts:
    """How much came from each in this window of the clock: bare numbers, no moment, no order.

    The window is the same for all; when it turns all is forgotten, also when nobody comes any more.
    """

    def __init__(self, seconds: float, later: Later = later) -> None:
        self._seconds, self._later = seconds, later
        # Pages are made in threads: looking and taking is one step, or many at once are one.
        self._lock = threading.Lock()
        self._key = secrets.token_bytes(32)
        self._window = self._awaited = -1
        # Below each place in the order of the digests, which tells nothing of who came when.
        self._places: dict[str, dict[bytes, int]] = {}

    def __len__(self) -> int:
        return len(self._places)

    @contextmanager
    def counted(
        self,
        shares: Sequence[Share],
        now: float,
        too_many: Exception,
        costs: Callable[[BaseException], bool] = lambda _error: False,
    ) -> Iterator[None]:
        """Take these first, and give them back for an error that costs nothing."""
        window = self._take(shares, now)
        if window is None:
            raise too_many
        try:
            yield
        except BaseException as error:
            if not costs(error):
                self._give_back(shares, window)
            raise

    def forget(self, place: str) -> None:
        with self._lock:
            self._places.pop(place, None)

    def _take(self, shares: Sequence[Share], now: float) -> int | None:
        """All of them or none. The window they are of, or None when one is used up."""
        window = int(now // self._seconds)
        with self._lock:
            if window != self._window:
                self._places.clear()
                self._window = window
            if any(self._count(share) >= share.of.burst for share in shares):
                return None
            for share in shares:
                self._add(share, 1)
            if self._awaited != window:
                self._awaited = window
                self._later(self._seconds - now % self._seconds, lambda: self._turned(window))
        return window

    def _give_back(self, shares: Sequence[Share], window: int) -> None:
        with self._lock:
            for share in shares:
                # What was forgotten meanwhile is nobody's to have back.
                if window == self._window and self._count(share):
                    self._add(share, -1)

    def _turned(self, window: int) -> None:
        with self._lock:
            self._awaited = -1
            if self._window == window:
                self._places.clear()

    def _count(self, share: Share) -> int:
        return self._places.get(share.place, {}).get(self._digest(share), 0)

    def _add(self, share: Share, amount: int) -> None:
        count = self._count(share) + amount
        counts = {**self._places.pop(share.place, {}), self._digest(share): count}
        if counts := {digest: counts[digest] for digest in sorted(counts) if counts[digest]}:
            self._places[share.place] = counts

    def _digest(self, share: Share) -> bytes:
        return hmac.digest(self._key, f"{share.place} {share.who}".encode(), hashlib.sha256)[:16]


# Suggestions and wordings of one seat, a facilitator's too: cards that others have to read.
OF_A_WRITER = Quota(burst=12, seconds=600)
WRITES = c.Suggest | c.Reword | c.TakeOut


def _answers(error: BaseException) -> bool:
    """Whether it says who is here: for nothing, one could ask for every name there is."""
    return isinstance(error, Refused) and error.code is Refusal.NAMES_SOMEONE


class Writing:
    """How much each seat has suggested lately: a number, no words, and gone with its meeting."""

    def __init__(self, later: Later = later) -> None:
        self._counts = Counts(OF_A_WRITER.seconds, later)

    def __len__(self) -> int:
        return len(self._counts)

    @contextmanager
    def counted(
        self, meeting_id: str, actor: Actor, command: c.Command, now: float
    ) -> Iterator[None]:
        """Count what is written. Raises Refused when it is a lot already.

        What is refused counts for nothing, but for the reminder that words name someone here.
        """
        if not isinstance(command, WRITES):
            yield
            return
        share = Share(meeting_id, actor.seat, OF_A_WRITER)
        many = Refused(Refusal.MANY_FROM_ONE_PHONE)
        try:
            with self._counts.counted([share], now, many, _answers):
                yield
        except Gone:
            self.forget(meeting_id)
            raise

    def forget(self, meeting_id: str) -> None:
        self._counts.forget(meeting_id)


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
