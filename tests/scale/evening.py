"""A whole meeting of simulated phones against real servers: over HTTP and sockets, no browser."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from facilitator.phones.laptop import Laptop
from facilitator.phones.phone import Phone

READING = "Confidentiality"
AGREEMENT = "Our Comfort Agreement"
CHECKIN = "Anonymous check-in"


async def briskly(seconds: float) -> None:
    """What a page waits between two tries, for a test that waits for it at every step."""
    await asyncio.sleep(seconds / 10)


def planted(what: str) -> str:
    """A word that is nowhere else in the world."""
    return f"{what}{secrets.token_hex(5)}"


class Evening:
    """A facilitator and her phones, each by an address of its own."""

    def __init__(self, laptop: Laptop, addresses: Sequence[str]) -> None:
        self.laptop = laptop
        self.addresses = addresses
        self.phones: list[Phone] = []
        self.names: list[str] = []
        self._keeping: list[asyncio.Task[None]] = []

    async def opens(self, link: str) -> None:
        await self.laptop.sign_in(link)
        await self.laptop.open_doors()
        self._keep(self.laptop)

    def _keep(self, page: Laptop | Phone) -> None:
        self._keeping.append(asyncio.create_task(page.keep_current()))

    async def comes(self, *, sockets: bool = True) -> Phone:
        """One more person, by the next of the addresses."""
        at = self.addresses[len(self.phones) % len(self.addresses)]
        phone, name = Phone(at, sockets=sockets, sleep=briskly), planted("Name")
        self.phones.append(phone)
        self.names.append(name)
        await phone.come_in(self.laptop.code, name)
        self._keep(phone)
        return phone

    async def everyone(self, words: str, region: str = "now") -> None:
        """Every phone shows these words."""
        for phone in self.phones:
            await phone.until(lambda of=phone: words in of.region(region).text)

    async def goes_to(self, title: str) -> None:
        """She and every phone are at this step: two steps in a row may offer the same."""
        assert await self.laptop.go_to(title) == 200
        await self.laptop.until(lambda: title in self.laptop.region("lead-now").text)
        for phone in self.phones:
            await phone.until(
                lambda of=phone: of.now == title or f"Now · {title}" in of.region("now").text
            )

    async def offered(self, ending: str) -> None:
        """Every phone may do what is sent to a path of that ending."""
        for phone in self.phones:
            await phone.until(lambda of=phone: any(o.path.endswith(ending) for o in of.acts()))

    async def card(self, act: str, words: str) -> None:
        """Press what the card of these words offers her."""
        laptop = self.laptop

        def found() -> list[str]:
            cards = [each for each in laptop.region("lead-now").walk() if each.tag == "article"]
            names = {each.get("id") for card in cards if words in card.text for each in card.walk()}
            return [each.name for each in laptop.acts() if each.name in names and act in each.name]

        await laptop.until(found)
        assert await laptop.press(found()[0]) == 200

    async def adopts(self, words: str) -> None:
        """Everyone who is here can live with it, and she has asked aloud."""
        await self.everyone(words, "mine")
        for phone in self.phones:
            assert await phone.respond(words, "live") == 200
        await self.card("asked", words)
        await self.card("adopt", words)
        await self.everyone(words)

    async def goes_home(self) -> None:
        for task in self._keeping:
            task.cancel()
        await asyncio.gather(*self._keeping, return_exceptions=True)
        for phone in self.phones:
            await phone.__aexit__(None, None, None)


@asynccontextmanager
async def evening(laptop_at: str, phones_at: Sequence[str], link: str) -> AsyncIterator[Evening]:
    """The doors are open, and she is on her console."""
    async with Laptop(laptop_at) as laptop:
        here = Evening(laptop, phones_at)
        try:
            await here.opens(link)
            yield here
        finally:
            await here.goes_home()


async def whole_meeting(
    laptop_at: str, phones_at: Sequence[str], link: str
) -> tuple[str, list[str]]:
    """From the doors to the end: what the group adopted, and what nobody may find afterwards."""
    async with evening(laptop_at, phones_at, link) as here:
        laptop = here.laptop
        code = laptop.code
        first, second, third, fourth, fifth, sixth = [
            await here.comes(sockets=number != 2) for number in range(6)
        ]
        await here.laptop.until(lambda: "7 here" in laptop.region("room").text)
        assert await laptop.next() == 200

        await here.goes_to(READING)
        await here.offered("/part")
        assert await second.take_part() == 200
        await here.everyone(f"{here.names[1]} is reading")
        assert await second.turn_part() == 200
        await here.everyone("part 2 of")

        for phone, name in ((first, here.names[0]), (fourth, here.names[3])):
            assert await phone.raise_hand() == 200
            await laptop.until(lambda who=name: who in laptop.region("room").text)

        await here.goes_to(AGREEMENT)
        await here.offered("/statements")
        adopted, let_be = planted("We pass the "), planted("We keep the ")
        assert await third.suggest(adopted) == 200
        assert await sixth.suggest(let_be) == 200
        await here.everyone(let_be, "mine")
        assert await fifth.respond(let_be, "not-now") == 200
        await here.everyone("Someone would like to talk", "mine")
        await here.adopts(adopted)

        await here.goes_to(CHECKIN)
        assert await laptop.next() == 200
        await here.offered("/answer")
        for number, phone in enumerate(here.phones):
            assert await (phone.answer(number % 2) if number < 5 else phone.pass_by()) == 200
        await laptop.until(lambda: "Everyone has answered" in laptop.region("lead-now").text)
        assert await laptop.next() == 200
        await here.everyone("Shared with the room")

        await laptop.end()
        for phone in here.phones:
            await phone.until(lambda of=phone: "has ended" in of.over)
        return adopted, [*here.names, let_be, code]
