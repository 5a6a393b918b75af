"""A group sets its agreement from nothing on a bad evening, meets again and changes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.agreeing import adopt, adopted, card
from tests.browser.evening import Evening
from tests.browser.people import Phone
from tests.browser.server import Server

pytestmark = pytest.mark.browser

AGREEMENT, SHARING = "Agreement step", "Sharing step"
LISTEN = "We listen to the end."
KINDER = "We let each other finish."
SHORTER = "No interrupting."
PHONES_AWAY = "Phones stay in our pockets."
BREAKS = "Anyone may step out and come back."
LATER = "We meet outside in summer."
CHANGED = "We let each other finish, and then we wait a moment."


@pytest.fixture
def evening(browser: Browser, tmp_path: Path) -> Evening:
    server = Server(tmp_path / "data")
    server.start()
    evening = Evening(browser, server)
    evening.set_steps(("agreement", ""), ("sharing", ""))
    return evening


def on_phones(phones: list[Phone], *texts: str) -> None:
    for phone in phones:
        for text in texts:
            expect(said(phone, text)).to_be_visible()


def said(phone: Phone, text: str) -> Locator:
    return phone.page.locator(".suggestion-text", has_text=text)


def write_another_wording(phone: Phone, of: str, words: str) -> Locator:
    """Everything but the last press: the button to press."""
    suggestion = phone.page.locator(".suggestion", has=said(phone, of))
    suggestion.get_by_text("Say it another way").click()
    suggestion.get_by_label("Your wording").fill(words)
    return suggestion.get_by_role("button", name="Suggest these words")


def everyone_can_live_with(phones: list[Phone], text: str) -> None:
    for phone in phones:
        phone.respond(text, "live")


def test_from_nothing_to_a_text_that_is_read_changed_compared_and_printed(
    evening: Evening, tmp_path: Path
) -> None:
    laptop = evening.laptop
    code = laptop.open_doors()
    phones = [evening.phone(polls=number == 3) for number in range(5)]
    for number, phone in enumerate(phones):
        phone.join(code, f"Person {number}")
    laptop.sees("6 here")
    laptop.space()
    for phone in phones:
        phone.sees(AGREEMENT)

    # Suggestions, one of them from those that are ready.
    phones[0].suggest(LISTEN)
    phones[1].suggest(PHONES_AWAY)
    ready = phones[2].page.locator(".starter").first
    starter = ready.inner_text()
    ready.click()
    phones[2].page.locator("#suggest-send").click()
    on_phones(phones, LISTEN, PHONES_AWAY, starter)

    # Two word the same suggestion anew at the same moment.
    presses = [
        write_another_wording(phones[3], LISTEN, KINDER),
        write_another_wording(phones[4], LISTEN, SHORTER),
    ]
    phones[0].page.locator("#suggest-text").fill("half a thou")
    for press in presses:
        press.evaluate("button => { setTimeout(() => button.click()); }")
    on_phones(phones, LISTEN, KINDER, SHORTER)
    expect(phones[0].page.locator("#suggest-text")).to_have_value("half a thou")
    phones[0].page.locator("#suggest-text").fill("")
    beside = phones[1].page.locator(".matter", has=said(phones[1], KINDER))
    expect(beside.locator(".suggestion-text")).to_have_count(3)

    # A “not now” that is talked through: until then nothing is adopted.
    everyone_can_live_with(phones, KINDER)
    phones[1].respond(KINDER, "not-now")
    laptop.sees("Someone would like to talk about this")
    card(laptop, KINDER).get_by_role("button", name="I’ve asked aloud").click()
    expect(card(laptop, KINDER).get_by_role("button", name="Adopt")).to_have_attribute(
        "aria-disabled", "true"
    )
    phones[1].respond(KINDER, "live")

    # Someone comes late, and holds nobody up.
    late = evening.phone()
    late.join(code, "Late")
    phones.append(late)
    on_phones([late], KINDER, PHONES_AWAY)
    adopt(laptop, KINDER)
    for phone in phones:
        expect(said(phone, SHORTER)).to_have_count(0)
        phone.sees(KINDER, "#region-now")

    # A spoken objection weighs the same.
    everyone_can_live_with(phones, PHONES_AWAY)
    its = card(laptop, PHONES_AWAY)
    its.get_by_role("button", name="I’ve asked aloud").click()
    its.get_by_role("button", name="Someone objected aloud").click()
    expect(its.get_by_role("button", name="Adopt")).to_have_attribute("aria-disabled", "true")
    expect(its).to_contain_text("Talk it through, then ask again.")
    its.get_by_role("button", name="We talked it through").click()
    expect(its.locator(".consent-asked")).to_have_attribute("aria-pressed", "false")

    # The server restarts: words stay, unsigned; what anyone said of them is gone.
    evening.server.kill()
    evening.server.start()
    for phone in phones:
        phone.sees("We had to start again")
    on_phones(phones, PHONES_AWAY, starter)
    expect(phones[0].page.locator(".suggestion-said input:checked")).to_have_count(0)
    everyone_can_live_with(phones, PHONES_AWAY)
    adopt(laptop, PHONES_AWAY)

    phones[5].suggest(LATER)
    card(laptop, LATER).get_by_role("button", name="Park for next time").click()
    expect(card(laptop, LATER)).to_have_count(0)
    phones[4].suggest(BREAKS)
    on_phones(phones, BREAKS)
    # At the end, what nobody settled is gone.
    laptop.end()
    laptop.sees("version 2")

    evening.end()
    again(evening)
    read_between_meetings(evening, tmp_path)
    evening.close()
    evening.server.stop()
    everything = [path for path in evening.server.folder.rglob("*") if path.is_file()]
    kept = b"".join(path.read_bytes() for path in everything)
    assert KINDER.encode() in kept and CHANGED.encode() in kept
    for gone in (BREAKS, SHORTER, "Person 1", "half a thou"):
        assert gone.encode() not in kept, gone


def again(evening: Evening) -> None:
    """Next week: three would keep it, one rewords a statement, and the group takes the change."""
    laptop = evening.laptop
    laptop.page.goto(evening.group)
    code = laptop.open_doors()
    phones = [evening.phone() for _number in range(3)]
    for phone in phones:
        phone.come_to_the_door(code)
        phone.page.get_by_role("button", name="Join the meeting").click()
        # Readable before the cards.
        phone.page.get_by_text("Comfort Agreement").first.click()
        phone.sees(KINDER)
        phone.page.get_by_role("button", name="I’ve heard this").click()
    laptop.sees("4 here")
    laptop.space()
    for phone in phones:
        expect(phone.page.locator("#parked")).to_contain_text(LATER)
        phone.page.get_by_role("button", name="Keep it as it is").click()
        expect(phone.page.locator("#keep")).to_have_attribute("aria-pressed", "true")
    changing = phones[0].page
    changing.locator("#change-open").click()
    changing.locator("#review summary", has_text=KINDER).click()
    # Said by whoever the form is open for: it holds the words of now.
    field = changing.locator("#review li", has_text=KINDER).get_by_label("Your wording")
    expect(field).to_have_value(KINDER)
    field.fill(CHANGED)
    changing.locator("#review li", has_text=KINDER).get_by_role(
        "button", name="Suggest these words"
    ).click()
    on_phones(phones, CHANGED)
    # Point her to a statement from anywhere in the meeting; she brings it to every screen.
    laptop.go_to(SHARING)
    phones[2].page.get_by_role("button", name="Comfort Agreement").click()
    phones[2].page.locator("#agreement li", has_text=PHONES_AWAY).get_by_role("button").click()
    laptop.sees("Someone pointed to a statement", "#region-ours")
    laptop.page.locator("#ours-pointed-open").click()
    laptop.page.locator("#region-ours").get_by_role(
        "button", name="Show on every screen"
    ).first.click()
    for phone in phones:
        phone.sees(PHONES_AWAY, "#region-notice")
    laptop.go_to(AGREEMENT)
    adopt(laptop, CHANGED)
    expect(adopted(laptop, KINDER + " ")).to_have_count(0)
    laptop.end()
    evening.end()


def read_between_meetings(evening: Evening, tmp_path: Path) -> None:
    """Versions beside each other, and a page that anyone with the link reads and prints."""
    page = evening.laptop.page
    page.goto(f"{evening.group}agreement")
    page.get_by_role("link", name="version 3").click()
    # With what changed since the one before.
    expect(page.locator("ins").first).to_contain_text("wait a moment")
    page.goto(f"{evening.group}agreement")
    page.get_by_role("button", name="Make a link").click()
    link = page.locator("#agreement-link").input_value()
    reader = evening.phone()
    reader.page.goto(link.replace(link.split("/agreement/")[0], evening.server.address))
    reader.sees(CHANGED)
    reader.sees(PHONES_AWAY)
    reader.does_not_see(LATER)
    printed = tmp_path / "agreement.pdf"
    reader.page.pdf(path=printed)
    assert printed.read_bytes().count(b"/Type /Page\n") == 1
