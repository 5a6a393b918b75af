"""The same whole evening in real browsers, one of them with a profile as a person has one."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Playwright,
    expect,
    sync_playwright,
)

from scripts.browser import browser_executable
from tests.browser.people import Laptop, Phone
from tests.browser.test_agreement_on_the_laptop import adopt, card
from tests.proof.house import House
from tests.proof.oddities import Stranger, odd_requests
from tests.proof.planting import Kind, Words, groups_words
from tests.proof.scanning import Hit, files, scan
from tests.proof.test_browser_profile import WITHOUT_NEWS, browser_with_a_profile
from tests.proof.verdict import judge

pytestmark = pytest.mark.proof

PEOPLE = 5


class OwnProfile:
    """A browser that one person has for herself."""

    def __init__(self, context: BrowserContext) -> None:
        self._context = context

    def new_context(self, **_options: Any) -> BrowserContext:
        return self._context


class Evening:
    def __init__(
        self, house: House, words: Words, browser: Browser, profile: BrowserContext
    ) -> None:
        self.house = house
        self.words = words
        self.browser = browser
        self.found: set[Hit] = set()
        self.found_by_host: set[Hit] = set()
        self.laptop = Laptop(browser, house.address(-1))
        self.laptop.sign_in(house.sign_in_link)
        code = self.laptop.open_doors()
        link = self.laptop.page.locator("#lobby-link, #join-link").first.input_value()
        words.also(code, Kind.CODE, "the code")
        words.also(link.rsplit("/", 1)[-1], Kind.CODE, "the whole code")
        self.phones: list[Phone] = []
        self.names: list[str] = []
        for number in range(PEOPLE):
            mine: Any = OwnProfile(profile) if number == 0 else browser
            phone = Phone(mine, house.address(number), polls=number == 2)
            phone.context.set_extra_http_headers(
                {
                    "User-Agent": words.person(f"browser {number}"),
                    "X-Forwarded-For": words.person(f"forwarded for {number}"),
                }
            )
            phone.page.goto(f"{phone.address}/")
            phone.page.get_by_role("textbox").fill(words.word(Kind.REFUSED, "a wrong code"))
            phone.page.keyboard.press("Enter")
            expect(phone.page.get_by_role("alert")).to_be_visible()
            phone.page.goto(f"{phone.address}/j/{code}")
            too_long = words.word(Kind.REFUSED, "a name that is too long")
            phone.page.locator("#name").fill(too_long * 9)
            phone.page.get_by_role("button", name="Join the meeting").click()
            expect(phone.page.get_by_role("alert")).to_be_visible()
            self.names.append(words.person(f"name {number}"))
            phone.page.locator("#name").fill(self.names[-1])
            phone.page.get_by_role("button", name="Join the meeting").click()
            phone.page.wait_for_url("**/meeting")
            phone.page.get_by_role("button", name="I’ve heard this").click()
            expect(phone.page.locator("#region-now")).to_be_visible()
            self.phones.append(phone)
        self.laptop.sees(f"{PEOPLE + 1} here")

    def look_around(self) -> None:
        for number, phone in enumerate(self.phones):
            for cookie in phone.context.cookies():
                self.house.cookies[f"{number} {cookie['name']}"] = cookie["value"]
        self.found |= scan(self.house.during(), self.words)
        self.found_by_host |= scan(self.house.opened_by_host(), self.words)

    def everyone_sees(self, text: str) -> None:
        for one in (self.laptop, *self.phones):
            expect(one.page.locator("body")).to_contain_text(text, timeout=60_000)

    def suggest(self, kind: Kind, where: str) -> str:
        text = self.words.word(kind, where)
        self.phones[3].suggest(text)
        self.everyone_sees(text)
        return text

    def run(self) -> None:
        laptop, phones = self.laptop, self.phones
        laptop.space()
        laptop.go_to("Reading")
        phones[0].page.get_by_role("button", name="I’ll read part 1").click()
        laptop.sees(self.names[0], "#region-lead-now")
        phones[1].page.get_by_role("button", name="Hand").click()
        self.agreement()
        self.refused_wordings()
        self.every_screen()
        self.choices()
        self.own_words()
        self.read_first()
        seat = next(one for one in phones[0].context.cookies() if one["name"] == "seat")
        stranger = Stranger(self.house.address(), self.words)
        assert all(odd_requests(stranger, f"seat={seat['value']}"))
        phones[4].page.locator("#leave button").click()
        phones[4].sees("You have left.")
        self.look_around()
        laptop.end()
        for phone in phones[:4]:
            phone.sees("The meeting has ended.")
        self.between_meetings()

    def agreement(self) -> None:
        laptop = self.laptop
        laptop.go_to("Agreement")
        adopted = self.suggest(Kind.GROUP, "a statement that was adopted")
        for phone in self.phones:
            phone.respond(adopted, "live")
        laptop.page.keyboard.press("a")
        expect(laptop.page.get_by_role("button", name="Adopt")).not_to_have_attribute(
            "aria-disabled", "true"
        )
        laptop.page.keyboard.press("d")
        laptop.sees("version 1")
        self.rewordings(adopted)
        for kind, where in (
            (Kind.GROUP, "words that are parked"),
            (Kind.LET_GO, "words that were parked and let go"),
        ):
            text = self.suggest(kind, where)
            laptop.page.get_by_role("button", name="Park for next time").click()
            expect(laptop.page.locator(".consent-text", has_text=text)).to_have_count(0)
        self.phones[2].suggest(text)
        expect(laptop.page.locator(".consent-text", has_text=text)).to_have_count(1)
        laptop.page.get_by_role("button", name="Let go").click()
        expect(laptop.page.locator(".consent-text", has_text=text)).to_have_count(0)
        left = self.suggest(Kind.OPEN, "a suggestion that nobody decided")
        for number, phone in enumerate(self.phones):
            phone.respond(left, ("live", "talk", "not-now")[number % 3])

    def rewordings(self, adopted: str) -> None:
        """One takes the place of what was adopted, one is settled with it, one is merged away."""
        laptop, words = self.laptop, self.words
        reworded = words.group("a wording in the place of another")
        review = self.phones[1].page.locator("#review")
        review.locator("#change-open").click()
        review.locator("summary", has_text=adopted).click()
        self.send_wording(review.locator("li", has_text=adopted), reworded)
        self.everyone_sees(reworded)
        settled = words.word(Kind.SETTLED, "a wording settled with its alternative")
        self.send_wording(self.open_wording(self.phones[4], reworded), settled)
        self.everyone_sees(settled)
        for phone in self.phones:
            phone.respond(reworded, "live")
        adopt(laptop, reworded)
        laptop.sees("version 2")
        stays = self.suggest(Kind.SETTLED, "a wording that stayed, and was let go")
        merged = self.suggest(Kind.SETTLED, "a wording that was merged away")
        kept, gone = (card(laptop, text).get_attribute("data-card") for text in (stays, merged))
        assert laptop.post(f"statements/{kept}/merged", {"gone": str(gone)}) == 200
        expect(card(laptop, merged)).to_have_count(0)
        card(laptop, stays).get_by_role("button", name="Let go").click()
        expect(card(laptop, stays)).to_have_count(0)

    def open_wording(self, phone: Phone, of: str) -> Locator:
        """The form for other words than these, unfolded."""
        words = phone.page.locator(".suggestion-text", has_text=of)
        suggestion = phone.page.locator(".suggestion", has=words)
        suggestion.get_by_text("Say it another way").click()
        return suggestion

    def send_wording(self, form: Locator, text: str) -> None:
        form.get_by_label("Your wording").fill(text)
        form.get_by_role("button", name="Suggest these words").click()

    def refused_wordings(self) -> None:
        """What is not taken is its writer’s; what names someone is, until it is sent as it is."""
        words, mine = self.words, self.phones[0]
        left = self.open_wording(mine, words.at("a suggestion that nobody decided"))
        named = f"{words.person('a wording that names someone')} {self.names[1]}"
        self.send_wording(left, named)
        expect(left.get_by_role("button", name="Send it as it is")).to_be_visible()
        left.get_by_label("Your wording").fill(words.person("half a wording"))
        text = words.word(Kind.OPEN, "a suggestion that was sent as it is")
        page = self.phones[1].page
        page.locator("#suggest-text").fill(f"{text} {words.at('the facilitator’s name')}")
        page.locator("#suggest-send").click()
        page.get_by_role("button", name="Send it as it is").click()
        self.everyone_sees(text)
        # The reminder counted too, and the clock may turn meanwhile.
        many = "one of many from one phone"
        while mine.post("/meeting/statements", {"text": words.word(Kind.OPEN, many)}) == 200:
            pass
        field = mine.page.locator("#suggest-text")
        field.fill(words.person("one too many from one phone"))
        with mine.page.expect_response("**/statements") as answer:
            mine.page.locator("#suggest-send").click()
        assert answer.value.status == 429
        field.fill(words.person("half a thought"))

    def every_screen(self) -> None:
        """Nobody types anything here, and it is about words all the same."""
        agreed = self.words.at("a wording in the place of another")
        for phone in self.phones[:3]:
            phone.page.get_by_role("button", name="Keep it as it is").click()
            expect(phone.page.locator("#keep")).to_have_attribute("aria-pressed", "true")
        points = self.phones[3].page
        points.get_by_role("button", name="Comfort Agreement").click()
        points.locator("#agreement li", has_text=agreed).get_by_role("button").click()
        points.keyboard.press("Escape")
        self.laptop.page.locator("#ours-pointed-open").click()
        self.laptop.page.locator("#ours-pointed [hx-post=brought]").click()
        for phone in self.phones:
            phone.sees(agreed, "#region-notice")

    def between_meetings(self) -> None:
        """By the agreement’s own link, someone sends words for next time."""
        page, words = self.laptop.page, self.words
        page.goto(page.url.partition("/receipt")[0] + "/agreement")
        page.get_by_role("button", name="Make a link").click()
        page.get_by_role("button", name="Switch them on").click()
        link = page.locator("#agreement-link").input_value()
        sender = Phone(self.browser, self.house.address())
        sender.context.set_extra_http_headers(
            {
                "User-Agent": words.person("a browser that sends ideas"),
                "X-Forwarded-For": words.person("an idea was forwarded for"),
            }
        )
        sender.page.goto(f"/agreement/{link.rsplit('/', 1)[-1]}")
        for kind, where in (
            (Kind.GROUP, "an idea that waits"),
            (Kind.GROUP, "an idea for the next meeting"),
            (Kind.LET_GO, "an idea that was let go"),
        ):
            self.send_idea(sender, words.word(kind, where))
            expect(sender.page.get_by_role("status")).to_contain_text("Thank you")
        self.send_idea(sender, words.person("an idea that is too long") * 40)
        expect(sender.page.get_by_text("long for one statement")).to_be_visible()
        page.reload()
        for button, where in (
            ("Bring it to the meeting", "an idea for the next meeting"),
            ("Let it go", "an idea that was let go"),
        ):
            its = page.locator(".waiting li", has_text=words.at(where))
            its.get_by_role("button", name=button).click()
            expect(its.get_by_role("button", name=button)).to_have_count(0)

    def send_idea(self, sender: Phone, text: str) -> None:
        sender.page.locator("#id_text").fill(text)
        sender.page.get_by_role("button", name="Send it without a name").click()

    def open(self, title: str) -> None:
        self.laptop.go_to(title)
        self.laptop.sees("Enough phones are here")
        self.laptop.space()
        for phone in self.phones:
            expect(phone.page.locator("#answer-send")).to_be_visible(timeout=60_000)

    def write(self, phone: Phone, where: str) -> None:
        phone.page.locator("textarea[name=text]").fill(self.words.person(where))
        phone.page.locator("#answer-send").click()
        expect(phone.page.locator("#answer-taken")).to_be_visible()

    def choices(self) -> None:
        self.open("Choices")
        for number, phone in enumerate(self.phones):
            phone.answer(number % 2)
        self.look_around()
        self.laptop.sees("Everyone has answered")
        self.laptop.space()
        self.everyone_sees("Shared with the room")

    def own_words(self) -> None:
        self.open("Own words")
        for phone in self.phones[:4]:
            self.write(phone, "an answer before the plug was pulled")
        self.phones[4].page.locator("textarea[name=text]").fill(self.words.person("half an answer"))
        self.look_around()
        self.house.pull_the_plug()
        if not self.house.scale:
            self.everyone_sees("answers are gone")
            return
        self.write(self.phones[4], "an answer after a process died")
        self.laptop.sees("Everyone has answered")
        self.laptop.space()
        self.everyone_sees("Shared with the room")

    def read_first(self) -> None:
        self.open("Read first")
        for number, phone in enumerate(self.phones):
            self.write(phone, f"an answer that is read first, {number}")
        self.laptop.sees("Everyone has answered")
        self.laptop.space()
        self.laptop.sees("Leave it out")
        self.look_around()
        if self.house.scale:
            self.house.restart_redis()
            self.everyone_sees("are gone")
        else:
            # By hand: no key shows them.
            self.laptop.page.get_by_role("button", name="Show them to everyone").click()
            self.everyone_sees("Shared with the room")


def laptop_and_phones(playwright: Playwright, executable: str | None, own: Path) -> Browser:
    return playwright.chromium.launch(
        executable_path=executable,
        args=WITHOUT_NEWS,
        env={**os.environ, "TMPDIR": str(own), "HOME": str(own)},
    )


@pytest.mark.parametrize("scale", [False, True], ids=["a laptop", "scale"])
def test_nothing_of_anyone_is_left_anywhere(tmp_path: Path, scale: bool) -> None:
    words = Words()
    # Asked first: it looks by way of Playwright too.
    executable = browser_executable(with_window=True)
    house = House(tmp_path / "house", groups_words(words), scale=scale)
    # A short path: a browser's sockets have no room for a long one.
    profile, own = tmp_path / "profile", Path(tempfile.mkdtemp(prefix="browsers-"))
    try:
        house.start()
        with sync_playwright() as playwright:
            browser = laptop_and_phones(playwright, executable, own)
            with browser_with_a_profile(playwright, executable, profile) as context:
                evening = Evening(house, words, browser, context)
                evening.run()
                # Before it throws away what it made for a while.
                also = list(files(own, "browsers/"))
            browser.close()
        house.stop()
        also += [*files(own, "browsers/"), *files(profile, "profile/")]
        judge(
            f"{'scale' if scale else 'a laptop'}, real browsers",
            house,
            words,
            evening.found,
            evening.found_by_host,
            also,
        )
    finally:
        house.remove()
        shutil.rmtree(own)
