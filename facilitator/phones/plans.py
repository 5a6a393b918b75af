"""Deciding what to do next, and when: people take their time, and do a thing once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from facilitator.phones.markup import Offer
from facilitator.phones.page import LOST, Fields, LivePage

Sleep = Callable[[float], Awaitable[object]]


class Pace:
    """How fast time passes for people: 1.0 is a human pace. Clock and sleep are arguments."""

    def __init__(
        self,
        speed: float = 1.0,
        *,
        sleep: Sleep = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.speed = speed
        self._sleep = sleep
        self._clock = clock

    def now(self) -> float:
        """Seconds, as people feel them."""
        return self._clock() * self.speed

    async def wait(self, seconds: float) -> None:
        """Let that many of their seconds pass."""
        await self._sleep(seconds / self.speed)

    async def wait_or_change(self, seconds: float, page: LivePage) -> None:
        """Let that many of their seconds pass, or less when the page changes."""
        both = [asyncio.create_task(self.wait(seconds)), asyncio.create_task(page.changed())]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in both:
                each.cancel()


@dataclass(frozen=True)
class Intent:
    """What someone makes of an offer: the fields they will send, and how long they take."""

    after: float
    fields: Fields = ()


@dataclass(frozen=True)
class Chance:
    """An offer that someone has seen. `decide` is asked once; None lets it be."""

    key: Hashable
    offer: Offer
    decide: Callable[[], Intent | None]


@dataclass(frozen=True)
class Plan:
    key: Hashable
    offer: Offer
    fields: Fields
    due: float


class Plans:
    """Decisions already made about offers, so that nobody decides twice."""

    def __init__(self) -> None:
        self._decided: dict[Hashable, tuple[float, Fields] | None] = {}

    def soonest(self, chances: Iterable[Chance], now: float) -> Plan | None:
        """The first thing to do of what is offered at this moment."""
        plans = []
        for chance in chances:
            if chance.key not in self._decided:
                intent = chance.decide()
                self._decided[chance.key] = (now + intent.after, intent.fields) if intent else None
            decided = self._decided[chance.key]
            if decided is not None:
                plans.append(Plan(chance.key, chance.offer, decided[1], decided[0]))
        return min(plans, key=lambda plan: plan.due, default=None)

    def done(self, plan: Plan) -> None:
        """It was tried; it is not tried again."""
        self._decided[plan.key] = None


async def follow(
    page: LivePage, chances: Callable[[], Iterable[Chance]], plans: Plans, pace: Pace
) -> None:
    """Do what the page offers, each thing in its time, until the page is over."""
    while not page.over:
        plan = plans.soonest(chances(), pace.now())
        if plan is None:
            await page.changed()
        elif plan.due > pace.now():
            await pace.wait_or_change(plan.due - pace.now(), page)
        else:
            # Before it is sent: a push may bring the same offer again while we wait.
            plans.done(plan)
            # What does not arrive is not tried again; the page itself comes back when it can.
            with suppress(*LOST):
                await page.send(plan.offer, plan.fields)
