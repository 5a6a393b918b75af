"""Answers in people's own words, from the phones to the laptop and back to every screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.evening import Evening
from tests.browser.server import Server
from tests.browser.test_answer_and_pass import length

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def evening(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    server = Server(tmp_path_factory.mktemp("evening") / "data")
    server.start()
    evening = Evening(browser, server)
    evening.set_steps(("checkin", "screened"), ("closing", ""))
    yield evening
    evening.close()
    server.kill()


def test_a_short_answer_a_long_one_and_a_pass_are_equally_long_on_the_wire(
    evening: Evening,
) -> None:
    code = evening.new_meeting()
    phones = [evening.phone() for _ in range(3)]
    for phone in phones:
        phone.join(code)
    others = [evening.bystander(code, "") for _ in range(2)]
    evening.laptop.sees("6 here")
    evening.laptop.space()
    evening.laptop.space()
    sent, answered = [], []
    for phone, text in zip(phones, ["Tea", "\U0001f33f" * 140, None], strict=True):
        phone.page.locator("#answer-send").wait_for()
        with phone.page.expect_response("**/meeting/answer") as awaited:
            if text is None:
                phone.pass_()
            else:
                phone.page.locator("#answer-give textarea").fill(text)
                phone.page.locator("#answer-send").click()
        assert awaited.value.status == 200
        sent.append(length(awaited.value.request))
        answered.append(len(awaited.value.body()))
    assert len(set(sent)) == 1, sent
    assert len(set(answered)) == 1, answered
    assert others


def test_what_is_typed_survives_a_push_and_a_refusal_and_what_is_left_out_is_never_shown(
    evening: Evening,
) -> None:
    code = evening.new_meeting()
    laptop, phone = evening.laptop, evening.phone()
    phone.join(code)
    others = [evening.bystander(code, "") for _ in range(5)]
    laptop.sees("7 here")
    laptop.space()
    laptop.space()
    field = phone.page.locator("#answer-give textarea")
    field.fill("y" * 141)
    step = laptop.page.locator(".agenda-step[aria-current=step]").get_attribute("value") or ""
    for number, other in enumerate(others):
        assert other.post("/meeting/answer", {"step": step, "text": f"Walk {number}"}) == 200
    phone.sees("Most of us have answered.")
    phone.page.locator("#answer-send").click()
    phone.sees("That is long for one answer. Use up to 140 characters.")
    expect(field).to_have_value("y" * 141)
    field.fill("A hard word about someone")
    phone.page.locator("#answer-send").click()
    phone.sees("It has left your phone without your name.")
    expect(laptop.page.locator("[data-primary]")).to_contain_text("Close and read first")
    laptop.space()
    phone.sees("Your facilitator is reading the answers first.")
    hard = laptop.page.locator(".to-read-card", has_text="A hard word")
    act = hard.get_by_role("button")
    act.press("Enter")
    expect(act).to_have_text("Take it back in")
    expect(act).to_be_focused()
    # A Space that nothing has focus for shows nothing: it takes the button itself.
    act.blur()
    laptop.rest_between_presses()
    assert laptop.page.evaluate(
        """document.activeElement.dispatchEvent(
          new KeyboardEvent('keydown', { key: ' ', bubbles: true, cancelable: true }))"""
    ), "a key of ours took it"
    laptop.page.get_by_role("button", name="Show them to everyone").press("Space")
    for page in (phone, laptop):
        page.sees("Walk 4", "#now-picture")
        page.does_not_see("A hard word")
    laptop.space()
    laptop.sees("Closing step", "#now-heading")
