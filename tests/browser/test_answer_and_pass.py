"""An answer, another answer and a pass look the same from outside."""

from __future__ import annotations

import pytest
from playwright.sync_api import Request

from tests.browser.conftest import MakePhone
from tests.browser.people import Laptop, Phone

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
