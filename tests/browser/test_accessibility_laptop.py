"""The laptop, for everyone: WCAG 2.2 AA."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.evening import Evening
from tests.browser.looking import STEPS, Look, all_answer, every_step, give, to_step, with_dialog
from tests.browser.people import Laptop

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def evening(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    with every_step(browser, tmp_path_factory.mktemp("evening")) as evening:
        yield evening


def look_at_the_plan(laptop: Laptop, see: Callable[[str], None]) -> None:
    page = laptop.page
    page.keyboard.press("c")
    page.locator(".agenda-acts").first.get_by_role("button", name="Skip").click()
    expect(page.locator("[data-skipped]")).to_be_visible()
    see("the plan is being changed")
    page.locator(".agenda-acts").first.get_by_role("button", name="Bring back").click()
    expect(page.locator("[data-skipped]")).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_text("Change the plan", exact=True).click()
    with_dialog(page, "#add-step-open", "#add-step")
    page.locator("#add-step-minutes").fill("none")
    page.locator("#add-step-send").click()
    expect(page.locator("#add-step-said p")).to_be_visible()
    see("a step cannot be added")
    page.keyboard.press("Escape")
    expect(page.locator("#add-step")).to_be_hidden()


def test_the_laptop_through_the_whole_meeting_is_open_to_everyone(
    evening: Evening, look: Look
) -> None:
    code = evening.new_meeting()
    laptop = evening.laptop
    page = laptop.page

    def see(what: str) -> None:
        look.at(page, f"laptop: {what}", on_phones=False, long_agenda=True)

    see("lobby, nobody here")
    others = [evening.bystander(code, name) for name in ("Robin", "Robin", "", "Jo", "D" * 24)]
    laptop.sees("6 here")
    see("lobby")
    for opener, dialog in (
        ("#join-open", "#join"),
        ("#keys-open", "#keys"),
        ("#end-open", "#end"),
        ("#people-open", "#people"),
    ):
        with_dialog(page, opener, dialog)
        see(f"{dialog} open")
        if dialog == "#people":
            page.locator("#people [data-opens=remove]").first.click()
            expect(page.locator("#remove")).to_be_visible()
            see("someone is asked to step out")
            page.keyboard.press("Escape")
            # The list comes back once the dialog has gone.
            expect(page.locator(dialog)).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(dialog)).to_be_hidden()

    laptop.space()
    look_at_the_plan(laptop, see)
    others[0].post("/meeting/hand", {})
    for kind, asks in STEPS:
        title = f"{(asks or kind).capitalize()} step"
        step = to_step(laptop, page, title=title)
        see(title)
        if kind == "agreement":
            for text in ("We pass without a reason.", "Words" * 40):
                others[0].post("/meeting/statements", {"text": text})
            card = page.locator(".consent-card").first
            expect(page.locator(".consent-card")).to_have_count(2)
            see("suggestions")
            card.get_by_role("button", name="I’ve asked aloud").click()
            expect(card.locator("[aria-pressed=true]")).to_be_visible()
            see("asked aloud")
            card.get_by_role("button", name="Adopt").click()
            expect(page.locator("#now-adopted")).to_be_visible()
            see("adopted")
        elif kind == "checkin":
            for other in others:
                other.stays()
            give(laptop, "checkin", {"step": step})
            expect(page.locator("#now-progress")).to_be_visible()
            see(f"{title}, open")
            all_answer(others, step, asks)
            give(laptop, "checkin", {"step": step}, "DELETE")
            if asks == "screened":
                page.locator("#to-read-act-1").click()
                expect(page.locator("[data-left-out]")).to_be_visible()
                see(f"{title}, being read")
                page.locator("#to-read-none").click()
                expect(page.locator("#let-all-go")).to_be_visible()
                see(f"{title}, all let go?")
                page.keyboard.press("Escape")
                give(laptop, "left-out", {"step": step, "place": "1"}, "DELETE")
                give(laptop, "answers", {"step": step})
            expect(page.locator("#now-picture")).to_be_visible()
            see(f"{title}, shown")
    give(laptop, "support")
    give(laptop, "doors", how="DELETE")
    laptop.sees("doors locked")
    see("support lines on every phone, doors locked")
    laptop.end()
    see("receipt")
    page.goto(evening.group)
    see("group")
    look.finds_nothing()


def test_the_keyboard_reaches_the_end_of_a_long_agenda_before_the_start(
    evening: Evening, look: Look
) -> None:
    evening.new_meeting()
    look.at(evening.laptop.page, "laptop: lobby", on_phones=False)
    look.finds_nothing()
