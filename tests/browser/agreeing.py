"""A group that sets its agreement, and what its facilitator does about a suggestion."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, expect

from tests.browser.evening import Evening
from tests.browser.people import Laptop
from tests.browser.server import Server

CARD = ".consent-card"


@contextmanager
def meetings_about_it(browser: Browser, folder: Path) -> Iterator[Evening]:
    """Meetings that begin with the agreement, on a server of their own."""
    server = Server(folder / "data")
    server.start()
    evening = Evening(browser, server)
    evening.set_steps(("agreement", ""), ("sharing", ""), ("closing", ""))
    yield evening
    evening.close()
    server.kill()


def from_nothing(evening: Evening) -> str:
    """The next meeting of a group that has agreed on nothing yet: its code."""
    evening.end()
    evening.arrange(
        ("DELETE FROM agreements_version", ()),
        ("UPDATE agreements_agreement SET parked = '[]'", ()),
    )
    return evening.new_meeting()


def card(laptop: Laptop, text: str) -> Locator:
    # Its text once, and once more in its form.
    heading = laptop.page.locator(".consent-text", has_text=text)
    return laptop.page.locator(CARD, has=heading)


def adopted(laptop: Laptop, text: str) -> Locator:
    return laptop.page.locator(".adopted > li", has=laptop.page.locator("p", has_text=text))


def adopt(laptop: Laptop, text: str) -> None:
    card(laptop, text).get_by_role("button", name="I’ve asked aloud").click()
    expect(card(laptop, text).locator(".consent-asked")).to_have_attribute("aria-pressed", "true")
    card(laptop, text).get_by_role("button", name="Adopt").click()
    expect(adopted(laptop, text)).to_be_visible()
