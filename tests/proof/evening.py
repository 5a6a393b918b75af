"""A whole evening on simulated phones, and what its group does between meetings.

Everything that can be typed, sent or carried is a word of its own.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, suppress
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from facilitator.phones.laptop import Laptop
from facilitator.phones.markup import Offer
from facilitator.phones.page import LOST, LivePage, Refused
from facilitator.phones.phone import Phone, is_answer
from tests.proof.house import House
from tests.proof.oddities import Stranger, odd_requests
from tests.proof.planting import Kind, Words
from tests.proof.scanning import Hit, only, scan

PEOPLE = 6


async def briefly(seconds: float) -> None:
    await asyncio.sleep(seconds / 50)


def _says(text: str) -> Callable[[LivePage], bool]:
    return lambda page: any(text in html for html in page.regions.values())


def _words(offer: Offer, text: str) -> bool:
    return offer.path.endswith("/wording") and text in offer.words


class Evening:
    """Six phones and a laptop. `found` is what lay around in the middle of it, and
    `found_by_host` what someone would see then who has the server's secret too.

    `short`: nothing is restarted. `where`: the surfaces to look at in the middle, as patterns.
    """

    def __init__(
        self, house: House, words: Words, *, short: bool = False, where: Sequence[str] = ("*",)
    ) -> None:
        self.house = house
        self.words = words
        self.short = short
        self.where = where
        self.laptop: Laptop
        self.phones: list[Phone] = []
        self.found: set[Hit] = set()
        self.found_by_host: set[Hit] = set()
        self.answers: list[tuple[str, bytes]] = []
        self._open = AsyncExitStack()
        self._tasks: list[asyncio.Task[Any]] = []

    async def run(self) -> None:
        async with self._open:
            self.laptop = await self._open.enter_async_context(
                Laptop(self.house.address(-1), sleep=briefly)
            )
            await self.laptop.sign_in(self.house.sign_in_link)
            await self.laptop.open_doors()
            self._behind(self.laptop.keep_current())
            code = self.laptop.code
            self.words.also(code, Kind.CODE, "the whole code")
            self.words.also(code[:8], Kind.CODE, "the code")
            await self._doors(code)
            await self._reading()
            await self._agreement()
            await self._refused_wordings()
            await self._every_screen()
            await self._choices()
            await self._own_words()
            await self._read_first()
            await self._odd_things()
            await self._end()
            await self._preparing()
            await self._between_meetings()
            async with asyncio.timeout(60):
                await asyncio.gather(*self._tasks)

    def _behind(self, work: Coroutine[Any, Any, Any]) -> None:
        self._tasks.append(asyncio.create_task(work))

    async def _look_around(self) -> None:
        """Who else can read any of it at this moment, without the server's help?"""
        for number, phone in enumerate(self.phones):
            for name, value in phone.cookies.items():
                self.house.cookies[f"{number} {name}"] = value
        self.found |= await asyncio.to_thread(
            lambda: scan(only(self.house.during(), self.where), self.words)
        )
        self.found_by_host |= await asyncio.to_thread(
            lambda: scan(self.house.opened_by_host(), self.words)
        )

    async def _everyone(self, shows: Callable[[LivePage], object]) -> None:
        for page in (self.laptop, *self.phones):
            await page.until(lambda page=page: shows(page), 60)

    # --- the evening -----------------------------------------------------------------------------

    def _browser(self, address: str, name: str, forwarded: str) -> dict[str, Any]:
        """What a browser is made with; the words for all that it says of itself."""
        # The whole network below 127 is this machine: each has an address of its own.
        here = ".".join(["127", *(str(100 + secrets.randbelow(150)) for _ in range(3))])
        self.words.also(here, Kind.ADDRESS, address)
        person = self.words.person
        headers = {"User-Agent": person(name), "X-Forwarded-For": person(forwarded)}
        connector = aiohttp.TCPConnector(local_addr=(here, 0))
        return {"sleep": briefly, "headers": headers, "connector": connector}

    async def _doors(self, code: str) -> None:
        word = self.words.person
        for number in range(PEOPLE):
            browser = self._browser(
                f"phone {number}", f"browser {number}", f"forwarded for {number}"
            )
            # One of them can only poll.
            phone = Phone(self.house.address(number), sockets=number != 2, **browser)
            await self._open.enter_async_context(phone)
            for wrong in (self.words.word(Kind.REFUSED, "a wrong code"), code[:6] + "XX"):
                with suppress(Refused):
                    await phone.come_to_the_door(wrong)
            await phone.come_to_the_door(code)
            with suppress(Refused):
                await phone.take_seat(self.words.word(Kind.REFUSED, "a name that is too long") * 9)
            await phone.come_to_the_door(code)
            await phone.take_seat(word(f"name {number}"), first_time=number == 1)
            await phone.hear_cards()
            self._behind(phone.keep_current())
            self.phones.append(phone)
        await self.laptop.until(lambda: f"{PEOPLE + 1} here" in self.laptop.region("room").text)

    async def _reading(self) -> None:
        await self.laptop.next()
        await self.laptop.go_to("Reading")
        first, second = self.phones[:2]
        await first.until(lambda: any(each.path.endswith("/part") for each in first.acts()))
        await first.take_part()
        await first.until(lambda: any(each.path.endswith("/turn") for each in first.acts()))
        await first.turn_part()
        await second.raise_hand()
        await self.laptop.until(lambda: self.laptop.region("room").with_id("room-hands"))

    async def _suggest(self, kind: Kind, where: str) -> str:
        text = self.words.word(kind, where)
        phone = self.phones[3]
        await phone.until(lambda: any(each.path.endswith("/statements") for each in phone.acts()))
        await phone.suggest(text)
        await self._everyone(_says(text))
        return text

    def _card(self, text: str) -> str:
        """The id of the suggestion of these words, if the laptop shows it."""
        for each in self.laptop.region("lead-now").walk():
            if each.get("id").startswith("card-text-") and text in each.text:
                return each.get("id").removeprefix("card-text-")
        return ""

    async def _decide(self, act: str, text: str) -> None:
        await self.laptop.until(lambda: self._card(text))
        await self.laptop.press(f"card-{act}-{self._card(text)}")

    async def _gone(self, text: str) -> None:
        await self.laptop.until(lambda: not self._card(text))

    async def _adopt(self, text: str, version: str) -> None:
        for phone in self.phones:
            await phone.respond(text, "live")
        await self._decide("asked", text)
        await self._decide("adopt", text)
        await self.laptop.until(lambda: version in self.laptop.region("lead-now").text)

    async def _wording(self, phone: Phone, of: str) -> Offer:
        """The form for other words than these."""
        await phone.until(lambda: any(_words(it, of) for it in phone.acts()))
        return next(it for it in phone.acts() if _words(it, of))

    async def _reword(self, number: int, of: str, kind: Kind, where: str) -> str:
        text, phone = self.words.word(kind, where), self.phones[number]
        await phone.send(await self._wording(phone, of), [("text", text)])
        await self._everyone(_says(text))
        return text

    async def _agreement(self) -> None:
        await self.laptop.go_to("Agreement")
        adopted = await self._suggest(Kind.GROUP, "a statement that was adopted")
        await self._adopt(adopted, "version 1")
        reworded = await self._reword(1, adopted, Kind.GROUP, "a wording in the place of another")
        await self._reword(4, reworded, Kind.SETTLED, "a wording settled with its alternative")
        await self._adopt(reworded, "version 2")
        parked = await self._suggest(Kind.GROUP, "words that are parked")
        merged = await self._suggest(Kind.SETTLED, "a wording that was merged away")
        await self.laptop.until(lambda: self._card(parked) and self._card(merged))
        merge = f"{self.laptop.path}statements/{self._card(parked)}/merged"
        await self.laptop.send(Offer("", "POST", merge), [("gone", self._card(merged))])
        await self._gone(merged)
        await self._decide("park", parked)
        let_go = await self._suggest(Kind.LET_GO, "words that were parked and let go")
        await self._decide("park", let_go)
        await self._gone(let_go)
        # Said once more, they are talked about again, and let go for good.
        phone = self.phones[4]
        await phone.suggest(let_go)
        await self._decide("let-go", let_go)
        await self._gone(let_go)
        left = await self._suggest(Kind.OPEN, "a suggestion that nobody decided")
        for number, phone in enumerate(self.phones):
            await phone.respond(left, ("live", "talk", "not-now")[number % 3])
        too_long = self.words.person("a suggestion that is too long")
        await self.phones[0].suggest(too_long * 40)

    async def _refused_wordings(self) -> None:
        """What is not taken is its writer’s; what names someone is, until it is sent as it is."""
        phone, word = self.phones[1], self.words.word
        left = await self._wording(phone, self.words.at("a suggestion that nobody decided"))
        for name in ("name 0", "the facilitator’s name"):
            text = f"{self.words.person('a wording that names someone')} {self.words.at(name)}"
            assert await phone.send(left, [("text", text)]) == 422
        text = word(Kind.OPEN, "a suggestion that was sent as it is")
        named = [("text", f"{text} {self.words.at('the facilitator’s name')}")]
        assert await phone.send(phone.offer("/statements"), named) == 422
        await phone.send(phone.offer("/statements"), [*named, ("as_it_is", "1")])
        await self._everyone(_says(text))
        many = self.phones[5]
        # The clock may turn meanwhile, and all begins anew.
        while await many.suggest(word(Kind.OPEN, "one of many from one phone")) == 200:
            pass
        assert await many.suggest(self.words.person("one too many from one phone")) == 429

    async def _every_screen(self) -> None:
        """Nobody types anything here, and it is about words all the same."""
        laptop, phone = self.laptop, self.phones[2]
        agreed = self.words.at("a wording in the place of another")
        for each in self.phones[:3]:
            await each.send(each.offer("/kept"))
        await phone.send(next(it for it in phone.offers("agreement") if "/pointed" in it.path))
        # What was pointed to stands before all the others.
        await laptop.until(lambda: laptop.region("ours").with_id("ours-pointed"))
        await laptop.send(laptop.offers("ours")[0])
        await self._on_phones(agreed)
        left = self.words.at("a suggestion that nobody decided")
        await self._decide("bring", left)
        await self._on_phones(left)

    async def _on_phones(self, text: str) -> None:
        for phone in self.phones:
            await phone.until(lambda phone=phone: text in phone.region("notice").text, 60)

    async def _choices(self) -> None:
        await self._open_checkin("Choices")
        for number, phone in enumerate(self.phones[:5]):
            await phone.answer(number % 2)
        await self.phones[5].pass_by()
        await self._look_around()
        await self._close_checkin()

    async def _open_checkin(self, title: str) -> None:
        await self.laptop.go_to(title)
        await self.laptop.until(lambda: self.laptop.now and self.laptop.offers("controls"))
        await self.laptop.next()
        for phone in self.phones:
            await phone.until(lambda phone=phone: any(is_answer(each) for each in phone.acts()), 60)

    async def _close_checkin(self) -> None:
        laptop = self.laptop
        await laptop.until(lambda: "Everyone has answered" in laptop.region("lead-now").text)
        await laptop.next()

    async def _write(self, phone: Phone, where: str) -> None:
        form = next(each for each in phone.acts() if is_answer(each))
        await phone.send(form, [("text", self.words.person(where))])

    async def _own_words(self) -> None:
        """The plug is pulled while answers are in."""
        await self._open_checkin("Own words")
        for number, phone in enumerate(self.phones[:4]):
            await self._write(phone, f"an answer before the plug was pulled, {number}")
        await self._look_around()
        if not self.short:
            await asyncio.to_thread(self.house.pull_the_plug)
        if not self.short and not self.house.scale:
            await self._everyone(_says("answers are gone"))
        else:
            # The other process has gone on; it is closed as any other.
            for phone in self.phones[4:]:
                await self._write(phone, "an answer after a process died")
            await self._close_checkin()

    async def _read_first(self) -> None:
        await self._open_checkin("Read first")
        for number, phone in enumerate(self.phones):
            await self._write(phone, f"an answer that is read first, {number}")
        await self._close_checkin()
        laptop = self.laptop
        await laptop.until(lambda: any("left-out" in each.path for each in laptop.acts()))
        await laptop.send(next(each for each in laptop.acts() if "left-out" in each.path))
        await self._look_around()
        if self.house.scale and not self.short:
            await asyncio.to_thread(self.house.restart_redis)
            await self._everyone(_says("are gone"))
        else:
            await laptop.next()
            await self._everyone(_says("Shared with the room"))

    async def _odd_things(self) -> None:
        seat = self.phones[0].cookies["seat"]
        stranger = Stranger(self.house.address(), self.words)
        # Aside, or the phones would stand still meanwhile.
        self.answers = await asyncio.to_thread(lambda: list(odd_requests(stranger, f"seat={seat}")))
        await self.phones[5].leave()
        await self._look_around()

    async def _end(self) -> None:
        stays = self.phones[:5]
        acts = {id(phone): phone.acts() for phone in stays}
        await self.laptop.end()
        for phone in stays:
            await phone.until(lambda phone=phone: phone.over, 60)
            # What was offered a moment ago is pressed a moment too late.
            for offer in acts[id(phone)]:
                with suppress(*LOST):
                    await phone.send(offer, [("text", self.words.person("after the end"))])

    async def _preparing(self) -> None:
        """For next time: readings are written and saved, and taken out again."""
        laptop, word = self.laptop, self.words.word(Kind.LET_GO, "a reading that was taken out")
        readings = f"{laptop.group}readings/"
        # A short one has room where others are; a long one makes room for itself.
        for lines in (1, 5, 40):
            await laptop.visit(f"{readings}new")
            form = next(each for each in laptop.forms() if "title" in each.texts)
            part = next(name for name in form.texts if name != "title")
            text = " ".join(f"Line {number} of {word}." for number in range(lines))
            await laptop.send_form(form, [("title", word), (part, text), ("do", "save")])
        for _reading in range(3):
            await laptop.visit(readings)
            mine = max(int(each) for each in re.findall(r"readings/(\d+)/", laptop.root.source))
            out = f"{readings}{mine}/out"
            await laptop.visit(out)
            await laptop.send_form(next(each for each in laptop.forms() if out in each.path))

    async def _between_meetings(self) -> None:
        """By the agreement’s own link, someone sends words for next time."""
        laptop, words = self.laptop, self.words
        waiting = words.group("an idea that waits")
        brought = words.group("an idea for the next meeting")
        let_go = words.word(Kind.LET_GO, "an idea that was let go")
        await self._press_between("/agreement/link")
        await self._press_between("/agreement/ideas")
        link = next(it for it in laptop.root.walk() if it.get("id") == "agreement-link")
        path = urlsplit(link.get("value")).path
        about = ("who sends ideas", "a browser that sends ideas", "an idea was forwarded for")
        async with LivePage(self.house.address(), **self._browser(*about)) as sender:
            for text in (waiting, let_go, brought):
                await self._send_idea(sender, path, text)
            too_long = words.person("an idea that is too long") * 40
            assert await self._send_idea(sender, path, too_long) == 422
            await sender.visit(path)
            await self._press_between("/agreement/ideas/out")
            late = words.person("an idea that nobody takes any more")
            assert await self._send_idea(sender, "", late) == 409
        await self._press_between("/out", let_go)
        await self._press_between("/brought", brought)

    async def _press_between(self, ending: str, idea: str = "") -> None:
        """Press what is on the agreement’s page, for this idea if there is one."""
        await self.laptop.visit(f"{self.laptop.group}agreement")
        its = [each.get("id") for each in self.laptop.root.walk() if idea and each.text == idea]
        ending = f"{its[0].removeprefix('idea-')}{ending}" if its else ending
        form = next(each for each in self.laptop.forms() if each.path.endswith(ending))
        await self.laptop.send_form(form)

    async def _send_idea(self, sender: LivePage, path: str, text: str) -> int:
        """Open the page, or stay on the one that is open, and send this; the status."""
        if path:
            await sender.visit(path)
        form = next(each for each in sender.forms() if "text" in each.texts)
        try:
            await sender.send_form(form, [("text", text)])
        except Refused as refused:
            return refused.status
        return 200
