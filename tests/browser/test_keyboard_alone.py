"""Everything with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.evening import Evening
from tests.browser.looking import every_step, give, step_named, tab_to, to_step

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def evening(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    with every_step(browser, tmp_path_factory.mktemp("evening")) as evening:
        yield evening


def test_the_keyboard_alone_joins_answers_raises_a_hand_and_leaves(evening: Evening) -> None:
    code = evening.new_meeting()
    laptop, phone = evening.laptop, evening.phone()
    page, keys = phone.page, phone.page.keyboard
    page.goto("/")
    tab_to(page, "#code")
    keys.type(code.lower())
    keys.press("Enter")
    page.wait_for_url("**/j/*")
    tab_to(page, "#name")
    keys.type("Robin")
    tab_to(page, "#first_time")
    keys.press("Space")
    tab_to(page, "button")
    keys.press("Enter")
    page.wait_for_url("**/meeting")
    tab_to(page, "button")
    keys.press("Space")
    expect(page.locator("#region-now")).to_be_visible()
    laptop.sees("Robin", "#room-here")
    for name in "ABCD":
        evening.bystander(code, name)
    give(laptop, "start")
    step = to_step(laptop, page, title="Choice step")
    tab_to(page, "#hand")
    keys.press("Enter")
    expect(page.locator("#hand.is-up")).to_be_focused()
    give(laptop, "checkin", {"step": step})
    expect(page.locator("#answer-give")).to_be_visible()
    tab_to(page, "input[name=choice]")
    keys.press("Space")
    keys.press("ArrowDown")
    tab_to(page, "#answer-send")
    keys.press("Enter")
    expect(page.locator("#answer-taken")).to_be_visible()
    tab_to(page, "[data-opens=help]")
    keys.press("Enter")
    expect(page.locator("#help")).to_be_visible()
    keys.press("Escape")
    expect(page.locator("[data-opens=help]")).to_be_focused()
    tab_to(page, "#leave button")
    keys.press("Enter")
    phone.sees("You have left.")


def test_the_keyboard_alone_runs_a_meeting_from_doors_to_receipt(evening: Evening) -> None:
    evening.end()
    laptop, page = evening.laptop, evening.laptop.page
    keys = page.keyboard
    page.goto(evening.group)
    tab_to(page, "main form button")
    keys.press("Enter")
    page.wait_for_url("**/console/*/")
    other = evening.bystander(laptop.code, "Robin")
    laptop.sees("Robin", "#room-here")
    laptop.space()
    other.post("/meeting/hand", {})
    expect(page.locator("[data-key=h]")).to_be_visible()
    keys.press("h")
    expect(page.locator("#room-hands")).to_have_count(0)
    keys.press("l")
    laptop.sees("doors locked")
    keys.press("s")
    laptop.sees("Take them off again")
    keys.press("j")
    expect(page.locator("#join")).to_be_visible()
    keys.press("Escape")
    keys.press("n")
    expect(page.locator("#people")).to_be_visible()
    keys.press("Escape")
    expect(page.locator("#people")).to_be_hidden()

    # By Tab to any step, and by Space on from there to the end.
    tab_to(page, f"[id='agenda-go-{step_named(laptop, 'Announcements step')}']")
    keys.press("Enter")
    expect(page.locator(".agenda-step[aria-current=step]")).to_contain_text("Announcements step")
    laptop.space()
    expect(page.locator(".agenda-step[aria-current=step]")).to_contain_text("Closing step")
    keys.press("b")
    expect(page.locator(".agenda-step[aria-current=step]")).to_contain_text("Announcements step")
    laptop.space()
    expect(page.locator("#control-primary")).to_contain_text("End the meeting")
    laptop.rest_between_presses()
    keys.press("Space")
    expect(page.locator("#end")).to_be_visible()
    tab_to(page, "#end .button-primary")
    keys.press("Enter")
    page.wait_for_url("**/receipt*")


def test_question_mark_lists_the_keys_and_off_means_off(evening: Evening) -> None:
    evening.new_meeting()
    page, keys = evening.laptop.page, evening.laptop.page.keyboard
    doors: list[str] = []
    page.on(
        "request", lambda request: doors.append(request.method) if "/doors" in request.url else None
    )
    keys.press("?")
    expect(page.locator("#keys")).to_be_visible()
    listed = page.locator("#keys .key").all_inner_texts()
    pressed = page.evaluate(
        "() => [...document.querySelectorAll('[data-key]')].map((one) => one.dataset.key)"
    )
    assert {key.upper() for key in pressed} <= set(listed)
    keys.press("l")
    tab_to(page, "#keys-switch")
    with page.expect_response("**/keys"):
        keys.press("Space")
    keys.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    keys.press("l")
    page.reload()
    keys.press("l")
    page.locator("#keys-open").click()
    with page.expect_response("**/keys"):
        page.locator("#keys-switch").click()
    keys.press("Escape")
    keys.press("l")
    evening.laptop.sees("doors locked")
    assert doors == ["DELETE"], "a key worked while keys were off or a dialog was open"


def test_space_belongs_to_the_control_that_has_focus(evening: Evening) -> None:
    evening.new_meeting()
    laptop, page = evening.laptop, evening.laptop.page
    sent: list[str] = []
    page.on(
        "request", lambda request: sent.append(request.url) if request.method != "GET" else None
    )
    page.locator("#join-open").focus()
    page.keyboard.press("Space")
    expect(page.locator("#join")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#join-open")).to_be_focused()
    page.locator("#lobby-link").focus()
    page.keyboard.press("Space")
    # Shown to have had no effect by what comes after: one command, and the right one.
    assert sent == []
    laptop.space()
    assert [url.rsplit("/", 1)[-1] for url in sent] == ["start"]
