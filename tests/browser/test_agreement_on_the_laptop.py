"""The agreement on the facilitator's laptop: order, merging, rewording, what every screen shows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.agreeing import CARD, adopt, adopted, card, from_nothing, meetings_about_it
from tests.browser.evening import Bystander, Evening
from tests.browser.looking import OVERFLOW, Look
from tests.browser.people import Laptop

pytestmark = pytest.mark.browser

PASS, ASK, LISTEN = "We may pass.", "We ask before we give advice.", "We listen to the end."


@pytest.fixture(scope="module")
def evening(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    with meetings_about_it(browser, tmp_path_factory.mktemp("evening")) as evening:
        yield evening


@pytest.fixture
def people(evening: Evening) -> list[Bystander]:
    """Two on phones, in a meeting that has come to its agreement, which is new."""
    code = from_nothing(evening)
    people = [evening.bystander(code, name) for name in ("Josephine", "Robin")]
    evening.laptop.sees("3 here")
    evening.laptop.space()
    return people


def suggest(people: list[Bystander], laptop: Laptop, *texts: str) -> None:
    for number, text in enumerate(texts):
        assert people[number % len(people)].post("/meeting/statements", {"text": text}) == 200
    laptop.sees(texts[-1], CARD + " >> nth=-1")


def drag(page: Page, moved: Locator, onto: Locator, at: float) -> None:
    """By its handle to this part of the other's height: 0 is its upper edge."""
    handle = moved.locator(".handle").first
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    # The others fold as it begins.
    expect(page.locator("[data-sorting]")).to_be_attached()
    target = onto.bounding_box()
    assert target
    page.mouse.move(target["x"] + target["width"] / 2, target["y"] + target["height"] * at, steps=6)
    page.mouse.up()
    expect(page.locator("[data-drop], [data-sorting]")).to_have_count(0)


def test_suggestions_come_into_order_by_drag_and_by_keyboard(
    evening: Evening, people: list[Bystander]
) -> None:
    laptop, page = evening.laptop, evening.laptop.page
    suggest(people, laptop, PASS, ASK, LISTEN)
    shown = page.locator(".consent-text")
    expect(shown).to_have_text([PASS, ASK, LISTEN])
    drag(page, card(laptop, LISTEN), card(laptop, PASS), 0.1)
    expect(shown).to_have_text([LISTEN, PASS, ASK])
    expect(card(laptop, LISTEN).locator(".handle")).to_be_focused()
    drag(page, card(laptop, LISTEN), card(laptop, PASS), 0.9)
    expect(shown).to_have_text([PASS, LISTEN, ASK])
    page.keyboard.press("ArrowDown")
    expect(shown).to_have_text([PASS, ASK, LISTEN])
    expect(card(laptop, LISTEN).locator(".handle")).to_be_focused()
    earlier = page.locator(".matter").nth(2).get_by_role("button", name="Earlier")
    earlier.focus()
    held = earlier.get_attribute("id")
    for wanted in ([PASS, LISTEN, ASK], [LISTEN, PASS, ASK]):
        page.keyboard.press("Enter")
        expect(shown).to_have_text(wanted)
        expect(page.locator(f"#{held}")).to_be_focused()
    # First already: nothing happens, and nothing is said.
    expect(page.locator(f"#{held}")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_be_empty()


def test_adopted_statements_come_into_order_by_drag_and_by_keyboard(
    evening: Evening, people: list[Bystander]
) -> None:
    laptop, page = evening.laptop, evening.laptop.page
    suggest(people, laptop, PASS, ASK, LISTEN)
    for text in (PASS, ASK, LISTEN):
        adopt(laptop, text)
    shown = page.locator(".adopted-text")
    expect(shown).to_have_text([PASS, ASK, LISTEN])
    drag(page, adopted(laptop, PASS), adopted(laptop, LISTEN), 0.9)
    expect(shown).to_have_text([ASK, LISTEN, PASS])
    page.keyboard.press("ArrowUp")
    expect(shown).to_have_text([ASK, PASS, LISTEN])
    expect(adopted(laptop, PASS).locator(".handle")).to_be_focused()
    adopted(laptop, ASK).get_by_role("button", name="Later").press("Enter")
    expect(shown).to_have_text([PASS, ASK, LISTEN])
    expect(adopted(laptop, ASK).get_by_role("button", name="Later")).to_be_focused()
    page.reload()
    expect(shown).to_have_text([PASS, ASK, LISTEN])


@pytest.mark.parametrize("stays", [PASS, ASK])
@pytest.mark.parametrize("how", ["drag", "keyboard"])
def test_two_suggestions_become_one_in_either_wording(
    evening: Evening, people: list[Bystander], how: str, stays: str
) -> None:
    laptop, page = evening.laptop, evening.laptop.page
    suggest(people, laptop, PASS, ASK, LISTEN)
    dialog = page.locator("#merge")
    if how == "drag":
        drag(page, card(laptop, ASK), card(laptop, PASS), 0.5)
        expect(dialog).to_be_visible()
    else:
        card(laptop, ASK).get_by_role("button", name="Same as…").press("Enter")
        expect(dialog.get_by_role("group", name="Which wording stays?")).to_be_hidden()
        dialog.get_by_role("radio", name=PASS).press("Space")
    # A push arrives while she thinks.
    assert people[0].post("/meeting/statements", {"text": "We breathe."}) == 200
    laptop.sees("We breathe.")
    expect(dialog).to_contain_text("An objection to either stays until that person says otherwise.")
    wordings = dialog.get_by_role("group", name="Which wording stays?")
    wordings.get_by_role("radio", name=stays).press("Space")
    page.locator("#merge-send").press("Enter")
    expect(dialog).to_be_hidden()
    goes = ASK if stays == PASS else PASS
    expect(card(laptop, goes)).to_have_count(0)
    expect(card(laptop, stays).locator("h3")).to_be_focused()


def test_what_cannot_become_one_is_said_in_the_dialog(
    evening: Evening, people: list[Bystander]
) -> None:
    laptop, page = evening.laptop, evening.laptop.page
    suggest(people, laptop, PASS, ASK)
    for text in (PASS, ASK):
        adopt(laptop, text)
    for text, other in ((PASS, "We may always pass."), (ASK, "We ask first.")):
        line = adopted(laptop, text)
        line.get_by_text("Say it another way").click()
        line.get_by_role("textbox").fill(other)
        line.get_by_role("button", name="Suggest this wording").click()
        expect(card(laptop, other)).to_be_visible()
    # What changes two different statements cannot become one; with a third, each could.
    expect(page.get_by_role("button", name="Same as…")).to_have_count(0)
    suggest(people, laptop, LISTEN)
    card(laptop, "We ask first.").get_by_role("button", name="Same as…").click()
    dialog = page.locator("#merge")
    dialog.get_by_role("radio", name="We may always pass.").check()
    dialog.get_by_role("radio", name="We ask first.").check()
    page.locator("#merge-send").click()
    expect(dialog).to_contain_text("These two are about different statements.")
    expect(dialog.get_by_role("radio", name="We ask first.")).to_be_checked()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("#merge-form-said")).to_be_empty()


def test_a_half_typed_wording_survives_all_that_arrives(
    evening: Evening, people: list[Bystander]
) -> None:
    laptop, page = evening.laptop, evening.laptop.page
    suggest(people, laptop, PASS, ASK)
    card(laptop, PASS).get_by_text("Say it another way").click()
    field = card(laptop, PASS).get_by_role("textbox")
    expect(field).to_have_value(PASS)
    field.fill("We may pass, ")
    suggest(people, laptop, LISTEN)
    expect(field).to_be_focused()
    page.keyboard.type("and nobody asks why. Robin too.")
    words = "We may pass, and nobody asks why. Robin too."
    expect(field).to_have_value(words)

    # It names someone: a reminder to her alone, beside the very field, which stays.
    send = card(laptop, PASS).get_by_role("button", name="Suggest this wording")
    send.click()
    said = card(laptop, PASS).get_by_role("status")
    expect(said).to_contain_text("This seems to name someone here.")
    expect(field).to_have_value(words)
    people[0].post("/meeting/hand", {})
    laptop.sees("Would like to speak")
    card(laptop, PASS).get_by_role("button", name="Send it as it is").press("Enter")
    beside = card(laptop, words)
    expect(beside).to_be_visible()
    expect(card(laptop, PASS).locator("details")).not_to_have_attribute("open", "")
    # Side by side: one matter, whose first wording is as it was.
    matter = page.locator(".matter", has=beside)
    expect(matter.locator(".consent-text")).to_have_text([PASS, words])

    # What she is wording anew is adopted, or let go, by someone else meanwhile.
    card(laptop, ASK).get_by_text("Say it another way").click()
    card(laptop, ASK).get_by_role("textbox").fill("We ask, and wait.")
    adopt(laptop, ASK)
    expect(adopted(laptop, ASK).get_by_role("textbox")).to_have_value("We ask, and wait.")
    card(laptop, LISTEN).get_by_text("Say it another way").click()
    card(laptop, LISTEN).get_by_role("textbox").fill("We hear each other out.")
    card(laptop, LISTEN).get_by_role("button", name="Let go").click()
    expect(card(laptop, LISTEN)).to_have_count(0)
    expect(page.locator("#suggest-text")).to_have_value("We hear each other out.")


def test_taking_out_is_told_plainly_and_cannot_be_parked(
    evening: Evening, people: list[Bystander]
) -> None:
    laptop, page = evening.laptop, evening.laptop.page
    suggest(people, laptop, PASS)
    adopt(laptop, PASS)
    page.locator("#keep").click()
    expect(page.locator("#keep")).to_have_attribute("aria-pressed", "true")
    for person in people:
        assert person.post("/meeting/kept", {}) == 200
    expect(page.locator("#kept")).to_have_text("Everyone would keep it as it is.")
    adopted(laptop, PASS).get_by_role("button", name="Suggest taking it out").click()
    laptop.sees("Take this out?", ".matter")
    laptop.sees(f"Now: {PASS}", ".matter")
    expect(page.get_by_role("button", name="Park for next time")).to_have_count(0)
    page.evaluate("document.activeElement?.blur()")
    page.keyboard.press("a")
    expect(page.locator(f"{CARD} .consent-asked")).to_have_attribute("aria-pressed", "true")
    laptop.sees("Nobody objects so far", CARD)
    page.keyboard.press("d")
    expect(page.locator("#now-adopted")).to_have_count(0)


def test_statements_go_to_every_screen_and_someone_points_her_to_one(
    evening: Evening, people: list[Bystander]
) -> None:
    laptop, page = evening.laptop, evening.laptop.page
    suggest(people, laptop, PASS, ASK)
    card(laptop, ASK).get_by_role("button", name="Show on every screen").press("Enter")
    laptop.sees(ASK, "#ours-brought")
    page.locator("#brought-away").press("Enter")
    expect(page.locator("#ours-brought")).to_have_count(0)
    expect(page.locator("#region-ours")).to_be_focused()
    adopt(laptop, PASS)
    adopt(laptop, ASK)
    handle = adopted(laptop, PASS).get_attribute("data-statement")
    other = adopted(laptop, ASK).get_attribute("data-statement")
    laptop.go_to("Sharing step")
    expect(page.locator("#ours-pointed-said")).to_be_empty()
    for person in people:
        assert person.post(f"/meeting/statements/{handle}/pointed", {}) == 200
    said = page.locator("#ours-pointed-said")
    expect(said).to_have_text("Someone pointed to a statement")
    expect(page.locator("#ours-pointed li")).to_have_count(1)
    # Folded: whoever sits beside her does not read which.
    expect(page.locator("#ours-pointed li")).to_be_hidden()
    laptop.does_not_see("Josephine pointed")
    page.locator("#ours-pointed-open").press("Enter")
    expect(page.locator("#ours-pointed li")).to_be_visible()
    # It stays so through a push, and one more is said; that one was seen is not.
    assert people[0].post(f"/meeting/statements/{other}/pointed", {}) == 200
    expect(said).to_have_text("Someone pointed to 2 statements")
    seen = page.locator("#ours-pointed").get_by_role("button", name="Seen")
    expect(seen.first).to_be_visible()
    seen.first.press("Enter")
    expect(page.locator("#ours-pointed-open")).to_have_text("Someone pointed to a statement")
    expect(said).to_have_text("Someone pointed to 2 statements")
    seen.press("Enter")
    expect(page.locator("#ours-pointed")).to_have_count(0)
    expect(said).to_be_empty()
    page.locator("#ours-open").press("Enter")
    bring = page.locator("#ours-all").get_by_role("button").first
    bring.press("Enter")
    laptop.sees(PASS, "#ours-brought")
    # The list stays unfolded, and its button has the focus and the other meaning.
    expect(bring).to_have_text("Take it off the screens")
    expect(bring).to_be_focused()
    bring.press("Enter")
    expect(page.locator("#ours-brought")).to_have_count(0)


def test_it_is_open_to_everyone(evening: Evening, people: list[Bystander], look: Look) -> None:
    laptop, page = evening.laptop, evening.laptop.page
    suggest(people, laptop, PASS, ASK, LISTEN, "Unbrokenandverylongwordsarepossibletoo" * 4)
    for text in (PASS, ASK):
        adopt(laptop, text)
    adopted(laptop, PASS).get_by_role("button", name="Suggest taking it out").click()
    expect(page.locator("[data-takes-out]")).to_be_visible()
    line = adopted(laptop, PASS)
    line.get_by_text("Say it another way").click()
    line.get_by_role("textbox").fill("We may pass without a reason.")
    line.get_by_role("button", name="Suggest this wording").click()
    expect(card(laptop, "without a reason")).to_be_visible()
    card(laptop, LISTEN).get_by_text("Say it another way").click()
    page.locator("#ours-open").click()
    statement = line.get_attribute("data-statement")
    assert people[0].post(f"/meeting/statements/{statement}/pointed", {}) == 200
    page.locator("#ours-pointed-open").click()
    expect(page.locator("#ours-pointed li")).to_be_visible()
    look.at(page, "all at once", on_phones=False)
    wide = page.evaluate(OVERFLOW, "200%")
    card(laptop, LISTEN).get_by_role("button", name="Same as…").click()
    page.locator("#merge").get_by_role("radio").first.check()
    look.at(page, "which wording stays", on_phones=False)
    assert wide + page.evaluate(OVERFLOW, "200%") == []
    look.finds_nothing()
