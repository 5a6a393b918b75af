"""A room full of simulated people, each with a phone of their own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from random import Random

from facilitator.phones.page import LOST, Refused, Sleep
from facilitator.phones.people import TEMPERS, Person, Talk, Temper
from facilitator.phones.phone import LEFT, Phone
from facilitator.phones.plans import Pace, Plans, follow

log = logging.getLogger("facilitator.phones")

# In people's seconds: between one arrival and the next, and until a closed door is tried again.
ARRIVE_WITHIN = 1.6
TRY_AGAIN = 12.0
# How long a phone stays lit on average, and how long it is dark; how often someone goes for good.
LIT, DARK = 200.0, (15.0, 45.0)
GOES, STAYS_OUT = 0.15, (30.0, 60.0)


class Crowd:
    """`count` people who come in, take part and go when the meeting is over.

    `restless`: their phones fall asleep now and then, and once in a while someone leaves and
    comes back.
    """

    def __init__(
        self,
        base: str,
        count: int,
        *,
        chance: Random,
        pace: Pace,
        tempers: Sequence[Temper] = TEMPERS,
        restless: bool = False,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.base = base
        self.pace = pace
        self.tempers = tempers
        self.restless = restless
        # What pages wait between two tries: no matter of pace.
        self._sleep = sleep
        self._talk = Talk(chance)
        self._chances = [Random(chance.random()) for _ in range(count)]
        # The phones that are in the meeting now, by person.
        self.inside: dict[int, Phone] = {}

    async def attend(self, code: str) -> None:
        """Let everyone come, take part, and go home; returns when the last one has gone.

        A code answers alike whether the doors are locked or the meeting is over, so whoever waits
        outside waits until this is cancelled.
        """
        # Nobody's arrival waits for more than a few seconds, however many come.
        gap = min(ARRIVE_WITHIN, 20 / len(self._chances))
        async with asyncio.TaskGroup() as everyone:
            for number, chance in enumerate(self._chances):
                temper = self.tempers[number % len(self.tempers)]
                person = Person(number, temper, chance, self._talk)
                everyone.create_task(
                    self._evening(number, person, code, (number + chance.random()) * gap, chance)
                )

    async def _evening(
        self, number: int, person: Person, code: str, arrives: float, chance: Random
    ) -> None:
        await self.pace.wait(arrives)
        while True:
            async with self._phone(person) as phone:
                try:
                    await self._come_in(phone, person, code, chance)
                    self.inside[number] = phone
                    await self._take_part(phone, person, chance)
                except LOST as error:
                    # One phone that is lost is no reason for the others to go.
                    log.warning("a simulated phone was lost", exc_info=error)
                finally:
                    self.inside.pop(number, None)
            if phone.over != LEFT:
                return
            await self.pace.wait(chance.uniform(*STAYS_OUT))

    def _phone(self, person: Person) -> Phone:
        return Phone(self.base, sockets=person.temper.sockets, sleep=self._sleep)

    async def _come_in(self, phone: Phone, person: Person, code: str, chance: Random) -> None:
        while not phone.regions:
            try:
                await phone.come_to_the_door(code)
                await self.pace.wait(chance.uniform(1, 4))
                await phone.take_seat(
                    person.name,
                    listening=person.temper.listening,
                    first_time=person.temper.first_time,
                )
                await self.pace.wait(chance.uniform(1, 5))
                await phone.hear_cards()
            except Refused:
                # Locked, or full: they wait outside for a moment.
                await self.pace.wait(TRY_AGAIN)

    async def _take_part(self, phone: Phone, person: Person, chance: Random) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(phone.keep_current())
            wandering = tasks.create_task(self._wander(phone, chance)) if self.restless else None
            await follow(phone, lambda: person.chances(phone), Plans(), self.pace)
            # Whoever is leaving is still telling the server so.
            if wandering and phone.over != LEFT:
                wandering.cancel()

    async def _wander(self, phone: Phone, chance: Random) -> None:
        while True:
            await self.pace.wait(chance.expovariate(1 / LIT))
            if chance.random() < GOES:
                await phone.leave()
                return
            await phone.doze()
            await self.pace.wait(chance.uniform(*DARK))
            phone.wake()
