"""Pages in a language that is read from right to left, with words a third longer than ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import pseudo
from tests.browser.looking import NARROW, OVERFLOW
from tests.browser.people import LAPTOP, PHONE, Watched
from tests.browser.server import Server

pytestmark = pytest.mark.browser

SIDES = """(selector) => {
  const box = document.querySelector(selector).getBoundingClientRect();
  return (box.left + box.right) / 2 > innerWidth / 2 ? 'right' : 'left';
}"""


@pytest.fixture
def abroad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    pseudo.write_catalog(tmp_path / "locale")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.pseudo_settings")
    monkeypatch.setenv("PSEUDO_LOCALE", str(tmp_path / "locale"))
    server = Server(tmp_path / "data")
    server.start()
    yield server
    server.kill()


def someone(browser: Browser, server: Server, viewport: dict[str, int]) -> Watched:
    who = Watched(browser, server.address, viewport)
    who.context.add_cookies(
        [{"name": "language", "value": pseudo.CODE, "url": server.address, "httpOnly": True}]
    )
    return who


def fits(page: Page, what: str) -> list[str]:
    """What is wider than its page: as it is, narrow, and on phones with text of twice the size."""
    own = page.viewport_size
    assert own
    assert page.evaluate("() => getComputedStyle(document.body).direction") == "rtl"
    wrong = [f"{what}: {wide}" for wide in page.evaluate(OVERFLOW, "")]
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    wrong += [f"{what}, narrow: {wide}" for wide in page.evaluate(OVERFLOW, "")]
    if own == PHONE:
        wrong += [f"{what}, narrow and large: {wide}" for wide in page.evaluate(OVERFLOW, "200%")]
    page.set_viewport_size(own)
    return wrong


def test_pages_turn_around_and_fit_when_read_from_right_to_left(
    browser: Browser, abroad: Server, watched: list[Watched]
) -> None:
    laptop, phone = someone(browser, abroad, LAPTOP), someone(browser, abroad, PHONE)
    watched += [laptop, phone]
    wrong: list[str] = []

    laptop.page.goto(abroad.sign_in_link)
    laptop.page.locator("main button").click()
    laptop.page.wait_for_url("**/group/*/")
    wrong += fits(laptop.page, "the group's page")
    for link in laptop.page.locator("nav.tabs a").all():
        path = link.get_attribute("href")
        other = laptop.context.new_page()
        other.goto(str(path))
        wrong += fits(other, str(path).rpartition("/group/")[2])
        other.close()
    laptop.page.locator("form[action$='/doors'] .button-primary").click()
    laptop.page.wait_for_url("**/console/*/")
    wrong += fits(laptop.page, "the lobby on the laptop")
    code = "".join(
        laptop.page.locator("#lobby-card .join-code > span:not(.sr-only)").all_inner_texts()
    )

    phone.page.goto(f"/j/{code}")
    wrong += fits(phone.page, "the door")
    phone.page.locator("#name").fill("שרה")
    phone.page.locator("main form .button-primary").last.click()
    phone.page.wait_for_url("**/meeting")
    wrong += fits(phone.page, "the cards")
    phone.page.locator("main form .button-primary").click()
    expect(phone.page.locator("#region-now")).to_be_visible()
    laptop.page.locator("[data-primary]").click()
    steps = laptop.page.locator(".agenda-step")
    for number in range(steps.count()):
        steps.nth(number).click()
        expect(steps.nth(number)).to_have_attribute("aria-current", "step")
        title = steps.nth(number).locator(".agenda-title").evaluate("(one) => one.firstChild.data")
        expect(phone.page.locator("#region-now")).to_contain_text(title)
        wrong += fits(laptop.page, f"step {number} on the laptop")
        wrong += fits(phone.page, f"step {number} on a phone")

    # Read from the right, the agenda comes first and the room last.
    assert laptop.page.evaluate(SIDES, ".console-agenda") == "right"
    assert laptop.page.evaluate(SIDES, ".console-room") == "left"
    assert phone.page.evaluate(SIDES, "#leave") == "left"
    assert not wrong, "\n".join(wrong)
