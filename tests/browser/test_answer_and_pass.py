"""An answer, another answer and a pass look the same from outside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Request

from tests.browser.conftest import MakePhone
from tests.browser.evening import Evening
from tests.browser.people import Laptop, Phone
from tests.browser.server import Server

pytestmark = pytest.mark.browser

# What goes over the wire with every request and differs between browsers, not between answers.
OWN = {"cookie", "x-csrftoken"}


def length(request: Request) -> tuple[int, int]:
    """Bytes of the body, and of the headers that a page chooses."""
    headers = {name: value for name, value in request.all_headers().items() if name not in OWN}
    return len(request.post_data or ""), sum(len(n) + len(v) for n, v in headers.items())


def test_requests_and_their_responses_are_equally_long_whatever_was_said(
    laptop: Laptop, make_phone: MakePhone
) -> None:
    code = laptop.open_doors()
    phones: list[Phone] = []
    for _ in range(5):
        phone = make_phone()
        phone.join(code)
        phones.append(phone)
    laptop.space()

    laptop.go_to("Our Comfort Agreement")
    phones[0].suggest("We pass the tea")
    responded = []
    for phone, response in zip(phones, ("live", "talk", "not-now"), strict=False):
        phone.sees("We pass the tea")
        with phone.page.expect_request("**/response") as asked:
            phone.respond("We pass the tea", response)
        responded.append(length(asked.value))
    assert len(set(responded)) == 1, responded

    laptop.go_to("Anonymous check-in")
    laptop.space()
    sent: list[tuple[int, int]] = []
    answered: list[int] = []
    for place, phone in enumerate(phones):
        phone.page.locator("#answer-send").wait_for()
        with phone.page.expect_response("**/meeting/answer") as awaited:
            if place == 4:
                phone.pass_()
            else:
                phone.answer(place)
        sent.append(length(awaited.value.request))
        answered.append(len(awaited.value.body()))
    assert len(set(sent)) == 1, sent
    # The progress words of the room are not in it, so the order of answering does not show.
    assert len(set(answered)) == 1, answered


@pytest.fixture
def evening(browser: Browser, server: Server) -> Iterator[Evening]:
    evening = Evening(browser, server)
    evening.set_steps(
        ("welcome", ""),
        ("checkin", "yes-no"),
        ("checkin", "scale"),
        ("checkin", "words"),
        ("checkin", "text"),
        ("closing", ""),
    )
    yield evening
    evening.end()
    evening.close()


def says(phone: Phone, asks: str, place: int) -> None:
    """One of the shortest and longest things that can be said, another one for each place."""
    if place == 4:
        phone.pass_()
    elif asks == "text":
        longest = "\U0001f600" * 140
        phone.page.locator("#answer-give textarea").fill(("y", "é" * 140, longest, "a b")[place])
        phone.page.locator("#answer-send").click()
        phone.page.locator("#answer-taken").wait_for()
    elif asks == "words":
        for at in range(min(place, 2)):
            phone.page.locator(".words label").nth(at + 1).click()
        phone.page.locator(".words label").nth(4).click()
        phone.page.locator("#answer-send").click()
        phone.page.locator("#answer-taken").wait_for()
    else:
        phone.answer(place % (2 if asks == "yes-no" else 4))


def test_whatever_kind_of_question_answers_and_passes_are_equally_long(evening: Evening) -> None:
    code = evening.new_meeting()
    phones = [evening.phone() for _ in range(5)]
    for phone in phones:
        phone.join(code)
    evening.laptop.space()
    for asks in ("yes-no", "scale", "words", "text"):
        evening.laptop.go_to(f"{asks.capitalize()} step")
        evening.laptop.space()
        sent, answered = [], []
        for place, phone in enumerate(phones):
            phone.page.locator("#answer-send").wait_for()
            with phone.page.expect_response("**/meeting/answer") as awaited:
                says(phone, asks, place)
            sent.append(length(awaited.value.request))
            answered.append(len(awaited.value.body()))
        assert len(set(sent)) == 1, (asks, sent)
        assert len(set(answered)) == 1, (asks, answered)
        evening.laptop.space()
