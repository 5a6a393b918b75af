"""Agendas in a real browser: arranged by hand and by keys, made from ours, and led to the end."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser.evening import Evening
from tests.browser.looking import Look
from tests.browser.people import Laptop
from tests.browser.server import Server

pytestmark = pytest.mark.browser

TITLE = "[name^=step-][name$=-title]:not([type=hidden])"
MINUTES = "[name^=step-][name$=-minutes]:not([type=hidden])"
NOTES = "textarea[name$=-script]"
HANDLE = "[data-handle]"


@pytest.fixture(scope="module")
def evening(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    server = Server(tmp_path_factory.mktemp("evening") / "data")
    server.start()
    evening = Evening(browser, server)
    yield evening
    evening.close()
    server.kill()


@pytest.fixture
def page(evening: Evening) -> Iterator[Page]:
    """An agenda of three steps, open for changing."""
    evening.end()
    page = evening.laptop.page
    page.goto(f"{evening.group}agendas/new")
    page.get_by_label("Name of this agenda").fill("Ours")
    for at, words in enumerate(("one", "two", "three")):
        page.locator(TITLE).nth(at).fill(f"Step {words}")
        page.locator(MINUTES).nth(at).fill(str(10 + at))
        page.locator("summary", has_text="Only you see this").nth(at).click()
        page.locator(NOTES).nth(at).fill(f"Notes on {words}")
    save(page)
    yield page
    evening.judge()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**?saved")


def steps(page: Page) -> list[tuple[str, str]]:
    """Titles and notes, in the order of the page."""
    titles = page.locator(TITLE).evaluate_all("all => all.map((one) => one.value)")
    notes = page.locator(NOTES).evaluate_all("all => all.map((one) => one.value)")
    return list(zip(titles, notes, strict=True))


ONE, TWO, THREE = ((f"Step {n}", f"Notes on {n}") for n in ("one", "two", "three"))


def test_steps_are_moved_and_saved_by_keys_alone(page: Page) -> None:
    page.locator(NOTES).first.press("End")
    page.keyboard.type(", and more")
    page.keyboard.press("Shift+Tab")
    for _back in range(20):
        if page.locator(f"{HANDLE}:focus").count():
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#moved")).to_have_text("Step one: step 2 of 3, at 11 min")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#moved")).to_have_text("Step one: step 3 of 3, at 23 min")
    expect(page.locator("#step-0").locator(HANDLE)).to_be_focused()
    moved = [TWO, THREE, ("Step one", "Notes on one, and more")]
    assert steps(page) == moved
    page.keyboard.press("ArrowUp")
    expect(page.locator("#moved")).to_have_text("Step one: step 2 of 3, at 11 min")
    page.keyboard.press("ArrowDown")
    page.locator(TITLE).first.press("Enter")
    page.wait_for_url("**?saved")
    assert steps(page) == moved


def middle_of(page: Page, handle: int) -> tuple[float, float]:
    box = page.locator(HANDLE).nth(handle).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_step_is_dragged_with_a_mouse_and_keeps_its_words(page: Page) -> None:
    page.locator(NOTES).nth(2).fill("Typed and not saved")
    page.locator(HANDLE).nth(2).scroll_into_view_if_needed()
    page.mouse.move(*middle_of(page, 2))
    page.mouse.down()
    expect(page.locator("#steps")).to_have_class("steps is-sorting")
    x, first = middle_of(page, 0)
    page.mouse.move(x, first - 20, steps=8)
    page.mouse.up()
    expect(page.locator("#moved")).to_have_text("Step three: step 1 of 3, at 0 min")
    expect(page.locator("#steps")).to_have_class("steps")
    moved = [("Step three", "Typed and not saved"), ONE, TWO]
    assert steps(page) == moved
    save(page)
    assert steps(page) == moved


def touch(session: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    given = [{"x": x, "y": y} for x, y in points]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": given})


def test_a_step_is_dragged_with_a_finger(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    page.locator(HANDLE).first.scroll_into_view_if_needed()
    x, y = middle_of(page, 0)
    touch(session, "touchStart", (x, y))
    expect(page.locator("#steps")).to_have_class("steps is-sorting")
    _x, last = middle_of(page, 2)
    for part in range(1, 9):
        touch(session, "touchMove", (x, y + (last + 20 - y) * part / 8))
    touch(session, "touchEnd")
    expect(page.locator("#moved")).to_have_text("Step one: step 3 of 3, at 23 min")
    assert steps(page) == [TWO, THREE, ONE]
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": False})


def test_the_total_runs_along_with_what_is_typed(page: Page) -> None:
    expect(page.locator("#total")).to_have_text("33 min in all")
    page.locator(MINUTES).first.fill("45")
    expect(page.locator("#total")).to_have_text("68 min in all")
    expect(page.locator(".step-place").last).to_have_text("Step 3 · at 56 min")
    page.locator(MINUTES).first.fill("")
    expect(page.locator("#total")).to_have_text("23 min in all")


def test_without_script_buttons_move_steps_and_take_the_focus_along(
    browser: Browser, evening: Evening, page: Page
) -> None:
    address = page.url
    context = browser.new_context(
        java_script_enabled=False, storage_state=evening.laptop.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(address)
    expect(plain.locator(HANDLE).first).to_be_hidden()
    plain.locator(NOTES).first.fill("Half typed")
    plain.locator("#later-0").click()
    plain.locator("#later-0").wait_for(state="attached")
    assert steps(plain) == [TWO, ("Step one", "Half typed"), THREE]
    expect(plain.locator("#later-0")).to_be_focused()
    context.close()


def test_a_card_has_a_question_only_as_a_check_in(page: Page) -> None:
    card = page.locator(".step").first
    expect(card.get_by_label("Question")).to_be_hidden()
    card.get_by_label("Kind of step").first.select_option("checkin")
    expect(card.get_by_label("Question")).to_be_visible()
    expect(card.get_by_label("Reading")).to_be_hidden()


def test_pages_for_agendas_are_open_to_everyone(evening: Evening, page: Page) -> None:
    look = Look()
    agenda = page.url.partition("?")[0]
    page.locator("summary", has_text="Add a step after").first.click()
    look.at(page, "an agenda", on_phones=False)
    page.locator(TITLE).first.fill("")
    page.locator(MINUTES).first.fill("10000")
    page.locator(".step").first.get_by_label("Kind of step").first.select_option("checkin")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[role=alert]")).to_be_focused()
    look.at(page, "an agenda with things that are wrong", on_phones=False)
    page.get_by_role("button", name="Take out").first.click()
    expect(page.locator("#put-back")).to_be_focused()
    look.at(page, "a step taken out", on_phones=False)
    for what, address in (
        ("the agendas", f"{evening.group}agendas/"),
        ("one of ours", f"{evening.group}agendas/ours?template=checkin-circle&minutes=30"),
        ("taking one out", f"{agenda}out"),
        ("on paper", f"{agenda}script"),
    ):
        page.goto(address)
        look.at(page, what, on_phones=False)
    look.finds_nothing()


def test_text_of_twice_the_size_still_fits(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 720})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wide = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    assert page.evaluate(wide) <= 0
    page.set_viewport_size({"width": 1440, "height": 900})


@pytest.mark.parametrize(
    "name", ["Dual recovery", "12-step style", "Check-in circle", "Open discussion"]
)
def test_one_of_ours_is_prepared_and_led_through_every_step(evening: Evening, name: str) -> None:
    evening.end()
    laptop, page = evening.laptop, evening.laptop.page
    evening.arrange(
        ("DELETE FROM meetings_agendastep", ()),
        ("DELETE FROM meetings_agenda", ()),
    )
    page.goto(f"{evening.group}agendas/")
    page.get_by_label(name).check()
    page.get_by_label("30 minutes").check()
    page.get_by_role("button", name="Look at its steps").click()
    page.get_by_role("button", name="Make a copy of our own").click()
    page.wait_for_url("**?saved")
    titles = page.locator(TITLE).evaluate_all("all => all.map((one) => one.value)")
    assert len(titles) > 5

    code = evening.new_meeting()
    phone = evening.phone()
    phone.join(code)
    laptop.space()
    for title, following in zip(titles, [*titles[1:], "End the meeting"], strict=True):
        expect(page.locator(f"#region-lead-now[data-announce*='{title}']")).to_be_attached()
        phone.sees(title, "#region-now")
        turn_all_parts(laptop)
        expect(page.locator("[data-primary]")).to_contain_text(following)
        if title != titles[-1]:
            laptop.space()
    laptop.end()
    phone.sees("The meeting has ended.")


def turn_all_parts(laptop: Laptop) -> None:
    """To the last part of the reading of now, if there is one."""
    parts = re.search(r"part 1 of (\d+)", laptop.page.locator("#now-label").inner_text())
    for part in range(2, int(parts[1]) + 1 if parts else 0):
        laptop.space()
        expect(laptop.page.locator("#now-label")).to_contain_text(f"part {part} of")
