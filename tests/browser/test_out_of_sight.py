"""Someone else looks at the phone: in the app switcher, by going back, after everything."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MakePhone
from tests.browser.people import Laptop, Phone

pytestmark = pytest.mark.browser

TURN = """hidden => {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true, get: () => hidden ? 'hidden' : 'visible',
  });
  Object.defineProperty(document, 'hidden', {configurable: true, get: () => hidden});
  document.dispatchEvent(new Event('visibilitychange'));
}"""


def is_blank(phone: Phone) -> bool:
    """Whether a picture of the page has one colour all over."""
    return bool(
        phone.page.evaluate(
            """() => [document.body, ...document.querySelectorAll('dialog[open]')]
              .every((one) => getComputedStyle(one).opacity === '0' || !one.childElementCount)"""
        )
    )


def test_out_of_sight_a_phone_shows_nothing_and_then_all_as_it_was(
    laptop: Laptop, make_phone: MakePhone
) -> None:
    code = laptop.open_doors()
    phone = make_phone()
    phone.join(code, "Robin")
    laptop.space()
    laptop.go_to("Our Comfort Agreement")
    field = phone.page.locator("#suggest-text")
    field.fill("half a thought")
    field.focus()
    phone.page.evaluate(TURN, True)
    assert is_blank(phone)
    phone.page.evaluate(TURN, False)
    assert not is_blank(phone)
    expect(field).to_be_focused()
    expect(field).to_have_value("half a thought")
    phone.page.locator("[data-opens=help]").click()
    phone.page.evaluate(TURN, True)
    assert is_blank(phone)
    phone.page.evaluate(TURN, False)
    expect(phone.page.locator("#help a").first).to_be_visible()


@pytest.mark.parametrize("where", ["the door", "the cards", "the meeting"])
def test_a_page_that_is_left_behind_is_empty_and_comes_back_from_the_server_only(
    laptop: Laptop, make_phone: MakePhone, where: str
) -> None:
    code = laptop.open_doors()
    phone = make_phone()
    if where == "the meeting":
        phone.join(code, "Robin")
    else:
        phone.come_to_the_door(code)
        phone.page.locator("#name").fill("Robin")
    if where == "the cards":
        phone.page.get_by_role("button", name="Join the meeting").click()
        phone.page.wait_for_url("**/meeting")
    # What a browser says before it keeps a page to come back to, and when it takes it out again.
    phone.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    assert phone.page.evaluate("document.body.innerHTML") == ""
    with phone.page.expect_navigation():
        phone.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(phone.page.locator("main")).to_be_visible()
    if where == "the door":
        expect(phone.page.locator("#name")).to_have_value("")


def holds(phone: Phone) -> dict[str, object]:
    """What the browser still has of us, apart from its history."""
    stored: dict[str, object] = phone.page.evaluate(
        """async () => ({
          local: localStorage.length, session: sessionStorage.length,
          databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
          workers: (await navigator.serviceWorker.getRegistrations()).length,
          state: history.state,
        })"""
    )
    return stored | {"cookies": phone.context.cookies()}


NOTHING = {"local": 0, "session": 0, "databases": 0, "caches": 0, "workers": 0, "state": None}


@pytest.mark.parametrize("polls", [False, True])
def test_when_the_meeting_has_ended_a_phone_holds_nothing(
    laptop: Laptop, make_phone: MakePhone, polls: bool
) -> None:
    code = laptop.open_doors()
    phone = make_phone(polls=polls)
    phone.join(code, "Robin")
    laptop.space()
    assert {one["name"] for one in phone.context.cookies()} == {"seat", "csrf"}
    with phone.page.expect_response(
        lambda answer: (
            answer.url.endswith("/meeting/regions")
            and answer.status == 410
            and answer.header_value("clear-site-data") == '"cache", "storage"'
        )
    ):
        laptop.end()
    phone.sees("The meeting has ended.")
    assert holds(phone) == NOTHING | {"cookies": []}
    expect(phone.page.get_by_role("button", name="Help")).to_be_visible()


def test_when_someone_has_left_their_phone_holds_nothing(
    laptop: Laptop, make_phone: MakePhone
) -> None:
    code = laptop.open_doors()
    phone = make_phone()
    phone.join(code, "Robin")
    # Whatever anything may have put there.
    phone.page.evaluate("localStorage.setItem('a', 'Robin')")
    with phone.page.expect_response("**/meeting/leave"):
        phone.page.locator("#leave button").click()
    phone.sees("Your phone may still list this site in its history.")
    phone.page.wait_for_function("() => localStorage.length === 0")
    assert holds(phone) == NOTHING | {"cookies": []}
