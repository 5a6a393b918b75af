"""Settings, support lines, readings and questions in a real browser: by keyboard, on any screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.looking import OVERFLOW, Look, tab_to
from tests.browser.people import Laptop

pytestmark = pytest.mark.browser


def looked_at(look: Look, laptop: Laptop, what: str) -> None:
    look.at(laptop.page, what, on_phones=False)
    laptop.page.set_viewport_size({"width": 320, "height": 720})
    assert laptop.page.evaluate(OVERFLOW, "200%") == []
    laptop.page.set_viewport_size({"width": 1440, "height": 900})


def test_a_group_prepares_its_words_by_keyboard_on_any_screen(laptop: Laptop) -> None:
    page, keys, look = laptop.page, laptop.page.keyboard, Look()
    home = page.url
    looked_at(look, laptop, "the group")

    page.goto(f"{home}settings")
    looked_at(look, laptop, "settings")
    page.locator("#id_camera_line").fill("Cameras are up to you.")
    page.locator("#id_floor").fill("3")
    keys.press("Enter")
    expect(page.locator("[role=alert]")).to_be_focused()
    expect(page.locator("#id_camera_line")).to_have_value("Cameras are up to you.")
    looked_at(look, laptop, "settings that do not fit")
    page.locator("#id_floor").fill("6")
    keys.press("Enter")
    page.wait_for_url("**/settings?saved")

    page.goto(f"{home}support-lines")
    looked_at(look, laptop, "support lines")
    tab_to(page, "[value='later:0']")
    for place in (1, 2):
        keys.press("Enter")
        # The button goes along with its line, so that the next press moves it on.
        expect(page.locator(f"[value='later:{place}']")).to_be_focused()
    tab_to(page, "[value=add]")
    keys.press("Enter")
    expect(page.locator("[name=name]").last).to_be_focused()
    keys.type("Ours")
    # Enter in a field saves: a line that is not whole comes back open.
    keys.press("Enter")
    expect(page.locator("[role=alert]")).to_be_focused()
    expect(page.locator("[name=name]").last).to_have_value("Ours")
    looked_at(look, laptop, "a line that is not whole")

    page.goto(f"{home}readings/")
    looked_at(look, laptop, "readings")
    page.get_by_role("link", name="Write or paste one").click()
    page.locator("#id_title").fill("Ours")
    page.locator("#part-0").fill("First words.\n\nThen others.")
    # Beside it, as phones will show it, while she writes.
    expect(page.locator("#phone-0 .aloud")).to_have_text(["First words.", "Then others."])
    tab_to(page, "[value='split:0']")
    keys.press("Enter")
    expect(page.locator("[value='split:0']")).to_be_focused()
    expect(page.locator("#part-1")).to_have_value("Then others.")
    looked_at(look, laptop, "a reading")
    tab_to(page, "main .button-primary")
    keys.press("Enter")
    page.wait_for_url("**/readings/*/?saved")
    page.goto(f"{page.url.split('?')[0]}out")
    looked_at(look, laptop, "taking a reading out")

    page.goto(f"{home}prompts/")
    looked_at(look, laptop, "questions")
    page.get_by_role("link", name="Write one").click()
    phone = page.locator("#phone")
    for kind in ("scale", "yes-no", "words", "text"):
        page.locator(f"[name=kind][value={kind}]").check()
        expect(page.locator("#id_answers")).to_be_visible(visible=kind in {"scale", "words"})
        expect(page.locator("#id_screened")).to_be_visible(visible=kind == "text")
    expect(phone).to_contain_text("No one reads them first.")
    page.locator("#id_screened").check()
    expect(phone).to_contain_text("Your facilitator reads them first")
    page.locator("#id_question").fill("What <i>helped</i>?")
    expect(phone).to_contain_text("What <i>helped</i>?")
    looked_at(look, laptop, "a question in own words")
    page.locator("[name=kind][value=words]").check()
    page.locator("#id_answers").fill("One\nTwo")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[role=alert]")).to_be_focused()
    looked_at(look, laptop, "a question with too few words")
    look.finds_nothing()
