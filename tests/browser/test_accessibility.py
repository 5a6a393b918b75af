"""Phones and the shared screen, for everyone: WCAG 2.2 AA."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.evening import Evening
from tests.browser.looking import (
    MOVING,
    SHAPE,
    STEPS,
    Look,
    all_answer,
    every_step,
    give,
    to_step,
    with_dialog,
)
from tests.browser.people import LAPTOP, Phone

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def evening(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    with every_step(browser, tmp_path_factory.mktemp("evening")) as evening:
        yield evening


def test_the_way_in_is_open_to_everyone(evening: Evening, look: Look) -> None:
    code = evening.new_meeting()
    phone = evening.phone()
    page = phone.page
    page.goto("/")
    look.at(page, "home")
    page.goto("/j/QQQQQQQQ")
    look.at(page, "a code that opens nothing")
    page.goto("/what-happens")
    look.at(page, "what happens")
    page.goto(f"/j/{code}")
    look.at(page, "the door")
    page.locator("#name").fill("n" * 300)
    page.keyboard.press("Enter")
    expect(page.locator("#name-wrong")).to_be_visible()
    look.at(page, "a name that is too long")
    page.locator("#name").fill("Robin")
    page.keyboard.press("Enter")
    page.wait_for_url("**/meeting")
    look.at(page, "the cards")
    page.goto("/nothing/here")
    look.at(page, "nothing here")
    page.goto(f"/j/{'Q' * 8}")
    phone.context.clear_cookies()
    page.locator("#code").fill("QQQQQQQQ")
    page.keyboard.press("Enter")
    phone.sees("out of date")
    look.at(page, "a form that is out of date")
    look.finds_nothing()


def test_signing_in_is_open_to_everyone(evening: Evening, look: Look) -> None:
    evening.new_meeting()
    page = evening.phone(viewport=LAPTOP).page
    link = evening.new_sign_in_link()
    page.goto(link)
    look.at(page, "a sign-in link", on_phones=False)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/console/*/")
    page.goto(evening.group)
    look.at(page, "the group while a meeting is on", on_phones=False)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/out")
    look.at(page, "signed out", on_phones=False)
    page.goto(link)
    look.at(page, "a used link", on_phones=False)
    look.finds_nothing()


def test_a_phone_through_the_whole_meeting_is_open_to_everyone(
    evening: Evening, look: Look
) -> None:
    code = evening.new_meeting()
    laptop, phone = evening.laptop, evening.phone()
    phone.join(code, "Robin")
    others = [evening.bystander(code, name) for name in "ABCD"]
    page = phone.page
    look.at(page, "lobby")
    for opener, dialog in (
        ("[data-opens=help]", "#help"),
        ("[data-opens=pause]", "#pause"),
        ("[data-opens=agreement]", "#agreement"),
    ):
        with_dialog(page, opener, dialog)
        look.at(page, f"{dialog} open")
        page.keyboard.press("Escape")
        expect(page.locator(dialog)).to_be_hidden()

    give(laptop, "start")
    for kind, asks in STEPS:
        title = f"{(asks or kind).capitalize()} step"
        step = to_step(laptop, page, title=title)
        look.at(page, title)
        if kind == "reading":
            page.locator("#part-take-button").click()
            expect(page.locator("#part-turn-button")).to_be_visible()
            look.at(page, "a part that is mine")
        elif kind == "agreement":
            look_at_the_agreement(phone, look)
        elif kind == "checkin":
            for other in others:
                other.stays()
            give(laptop, "checkin", {"step": step})
            expect(page.locator("#answer-give")).to_be_visible()
            look.at(page, f"{title}, open")
            if asks == "screened":
                page.locator("#answer-give textarea").fill("Unbroken" * 17)
            else:
                page.locator("#answer-give label").first.click()
            page.locator("#answer-send").click()
            expect(page.locator("#answer-taken")).to_be_visible()
            look.at(page, f"{title}, answered")
            all_answer(others, step, asks)
            give(laptop, "checkin", {"step": step}, "DELETE")
            if asks == "screened":
                expect(page.locator("#now-being-read")).to_be_visible()
                look.at(page, f"{title}, being read")
                give(laptop, "answers", {"step": step})
            expect(page.locator("#now-picture")).to_be_visible()
            look.at(page, f"{title}, shown")
    give(laptop, "support")
    expect(page.locator("#notice-support")).to_be_visible()
    page.locator("#hand").click()
    expect(page.locator("#hand.is-up")).to_be_visible()
    look.at(page, "support lines, and a hand up")
    laptop.end()
    phone.sees("The meeting has ended.")
    look.at(page, "the meeting has ended")
    with_dialog(page, "[data-opens=help]", "#help")
    look.at(page, "Help after the end")
    look.finds_nothing()


def look_at_the_agreement(phone: Phone, look: Look) -> None:
    page = phone.page
    page.locator("#suggest-text").fill("w" * 250)
    page.locator("#suggest-send").click()
    expect(page.locator("#suggest-said p")).to_be_visible()
    look.at(page, "a refusal")
    phone.suggest("We pass without a reason, and nobody asks why.")
    phone.suggest("Unbrokenandverylongwordsarepossibletoo" * 4)
    expect(page.locator("form.suggestion-said")).to_have_count(2)
    page.locator("form.suggestion-said label").first.click()
    expect(page.locator("form.suggestion-said :checked")).to_have_count(1)
    look.at(page, "suggestions")


def test_those_who_go_early_meet_pages_that_are_open_to_everyone(
    evening: Evening, look: Look
) -> None:
    code = evening.new_meeting()
    leaving, removed = evening.phone(), evening.phone()
    leaving.join(code, "Robin")
    leaving.page.locator("#leave button").click()
    leaving.sees("You have left.")
    assert [
        wrong for wrong in leaving.page.evaluate(SHAPE, "Meeting") if "heading" not in wrong
    ] == []
    removed.join(code, "Jo")
    evening.laptop.sees("Jo", "#room-here")
    seat = evening.laptop.page.locator("[id^=person-name-]", has_text="Jo").get_attribute("id")
    assert seat
    give(evening.laptop, "remove", {"seat": seat.removeprefix("person-name-")})
    removed.sees("You have left the meeting.")
    look.at(removed.page, "asked to step out")
    removed.page.reload()
    look.at(removed.page, "asked to step out, loaded again")
    look.finds_nothing()


def test_the_screen_is_open_to_everyone(evening: Evening, look: Look) -> None:
    code = evening.new_meeting()
    laptop = evening.laptop
    others = [evening.bystander(code, name) for name in "ABCDE"]
    with laptop.context.expect_page() as opened:
        laptop.page.locator(".console-lobby form button").click()
    screen = opened.value
    look.at(screen, "screen: lobby", on_phones=False)
    give(laptop, "start")
    for title in ("Reading step", "Agreement step", "Round step"):
        to_step(laptop, screen, title=title)
        look.at(screen, f"screen: {title}", on_phones=False)
    for title in ("Choice step", "Words step"):
        step = to_step(laptop, screen, title=title)
        give(laptop, "checkin", {"step": step})
        for number, other in enumerate(others):
            other.post("/meeting/answer", {"step": step, "choice": str(number % 2)})
        give(laptop, "checkin", {"step": step}, "DELETE")
        expect(screen.locator("#now-picture")).to_be_visible()
        look.at(screen, f"screen: {title}, shown", on_phones=False)
    laptop.end()
    expect(screen.locator("#stage[data-over]")).to_be_visible()
    look.at(screen, "screen: ended", on_phones=False)
    look.finds_nothing()


def test_nothing_moves_for_those_who_asked_for_less_motion(evening: Evening) -> None:
    code = evening.new_meeting()
    phone = evening.phone()
    phone.join(code, "Robin")
    with_dialog(phone.page, "[data-opens=pause]", "#pause")
    assert phone.page.evaluate(MOVING) != [], "nothing moves for anyone, so this proves nothing"
    phone.page.emulate_media(reduced_motion="reduce")
    assert phone.page.evaluate(MOVING) == []
    for words in (".breath-in", ".breath-out"):
        expect(phone.page.locator(f"#pause {words}")).to_have_css("opacity", "1")
