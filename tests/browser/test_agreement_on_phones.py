"""The agreement on phones: other words, a reminder, the weekly review, what only one sees."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import APIResponse, Browser, Locator, Page, Route, expect

from tests.browser.agreeing import from_nothing, meetings_about_it
from tests.browser.evening import Bystander, Evening
from tests.browser.looking import Look, give, step_named, tab_to
from tests.browser.people import Phone
from tests.browser.wire import Wire

pytestmark = pytest.mark.browser

STAYS, REST = "What is said here stays here.", "Phones rest while somebody speaks."
WORDS = "We put our phones away, all of us"


@pytest.fixture(scope="module")
def evening(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    with meetings_about_it(browser, tmp_path_factory.mktemp("evening")) as evening:
        yield evening


@pytest.fixture
def code(evening: Evening) -> Iterator[str]:
    """A meeting that has come to its agreement, which is new. Afterwards nobody has complained."""
    code = from_nothing(evening)
    evening.laptop.space()
    yield code
    evening.judge()


@pytest.fixture
def maja(evening: Evening, code: str) -> Bystander:
    return evening.bystander(code, "Maja")


@pytest.fixture
def wire(evening: Evening) -> Iterator[Wire]:
    wire = Wire(evening.server.port)
    yield wire
    wire.close()


def here(evening: Evening, code: str, **kwargs: object) -> Phone:
    phone = evening.phone(**kwargs)
    phone.join(code, "Robin")
    expect(phone.page.locator("#suggest-text")).to_be_visible()
    return phone


def suggest(maja: Bystander, page: Page, text: str) -> str:
    """Someone else suggests it; its id."""
    assert maja.post("/meeting/statements", {"text": text}) == 200
    found = page.locator(".suggestion", has=page.get_by_text(text, exact=True)).last
    expect(found).to_be_visible()
    return str(found.get_attribute("id")).removeprefix("suggestion-")


def adopt(evening: Evening, page: Page, suggestion: str) -> None:
    give(evening.laptop, f"statements/{suggestion}/asked")
    give(evening.laptop, f"statements/{suggestion}/adopted")
    expect(page.locator(f"#card-{suggestion}")).to_have_count(0)


def agreed(evening: Evening, maja: Bystander, page: Page) -> tuple[str, str]:
    """Two statements that the group has; their ids."""
    ids = suggest(maja, page, STAYS), suggest(maja, page, REST)
    for each in ids:
        adopt(evening, page, each)
    expect(page.locator("#review")).to_be_visible()
    return ids


def wording_of(page: Page, id: str) -> Locator:
    page.locator(f"#reword-open-{id}").click()
    return page.locator(f"#reword-text-{id}")


# Words that are being written


def test_half_typed_words_survive_a_push_a_reconnect_and_a_refusal(
    evening: Evening, code: str, maja: Bystander, wire: Wire
) -> None:
    phone = here(evening, code, address=wire.address)
    page = phone.page
    rest = suggest(maja, page, REST)
    field = wording_of(page, rest)
    expect(field).to_have_value(REST)
    long = WORDS * 10
    field.fill(long)

    suggest(maja, page, "A push.")
    expect(field).to_be_focused()
    expect(field).to_have_value(long)
    wire.drop()
    suggest(maja, page, "A reconnect.")
    expect(field).to_have_value(long)
    page.locator(f"#reword-send-{rest}").click()
    phone.sees("That is long for one statement.", f"#reword-form-{rest}-said")
    expect(field).to_have_value(long)

    # Shortened, it is taken: both stand side by side, and the form folds up for the next.
    field.fill(WORDS)
    page.locator(f"#reword-send-{rest}").click()
    both = page.locator(".matter", has_text="Two wordings of the same thing")
    expect(both.locator(".suggestion-text")).to_have_text([REST, WORDS])
    expect(field).to_be_hidden()
    expect(field).to_have_value(REST)
    expect(page.locator(f"#reword-open-{rest}")).to_be_focused()
    expect(page.locator(f"#reword-form-{rest}-said")).to_be_empty()


def test_two_who_reword_at_once_stand_side_by_side(
    evening: Evening, code: str, maja: Bystander
) -> None:
    phone = here(evening, code)
    rest = suggest(maja, phone.page, REST)
    wording_of(phone.page, rest).fill(WORDS)
    assert maja.post(f"/meeting/statements/{rest}/wording", {"text": "Phones are off."}) == 200
    phone.page.locator(f"#reword-send-{rest}").click()
    several = phone.page.locator(".matter", has_text="Several wordings of the same thing")
    expect(several.locator(".suggestion-text")).to_have_text([REST, "Phones are off.", WORDS])


def test_half_typed_words_are_there_after_what_they_were_about_is_settled(
    evening: Evening, code: str, maja: Bystander
) -> None:
    page = here(evening, code).page
    rest, other = suggest(maja, page, REST), suggest(maja, page, STAYS)
    wording_of(page, rest).fill(WORDS)
    wording_of(page, other).fill("Half a thought")
    page.locator("#suggest-text").fill("Another")

    # Adopted, it can be reworded still; let go, its words wait in the field for suggestions.
    adopt(evening, page, rest)
    expect(page.locator(f"#reword-text-{rest}")).to_have_value(WORDS)
    give(evening.laptop, f"statements/{other}", how="DELETE")
    expect(page.locator("#suggest-text")).to_have_value("Another Half a thought")

    # The meeting goes on, and comes back.
    for title, shown in (("Sharing step", 0), ("Agreement step", 1)):
        give(evening.laptop, "step", {"step": step_named(evening.laptop, title)})
        expect(page.locator("#suggest-text")).to_have_count(shown)
    expect(page.locator("#suggest-text")).to_have_value(f"{WORDS} Another Half a thought")


# Someone here is named


def test_who_names_someone_is_reminded_beside_the_form_and_sends_it_as_it_is(
    evening: Evening, code: str, maja: Bystander
) -> None:
    phone = here(evening, code)
    page = phone.page
    rest = suggest(maja, page, REST)
    field = wording_of(page, rest)
    field.fill("Maja speaks first.")
    page.locator(f"#reword-send-{rest}").click()
    said = page.locator(f"#reword-form-{rest}-said")
    expect(said).to_contain_text("This seems to name someone here.")
    assert said.get_attribute("role") == "status"

    # It stays while others suggest, and so do the words.
    suggest(maja, page, "A push.")
    expect(field).to_have_value("Maja speaks first.")
    said.get_by_role("button", name="Send it as it is").click()
    expect(page.locator(".suggestion-text", has_text="Maja speaks first.")).to_be_visible()
    expect(said).to_be_empty()

    page.locator("#suggest-text").fill("Maja leads.")
    page.locator("#suggest-send").click()
    again = page.locator("#suggest-said").get_by_role("button", name="Send it as it is")
    expect(again).to_be_visible()
    # Without the name it needs no button.
    page.locator("#suggest-text").fill("Someone leads.")
    page.locator("#suggest-send").click()
    expect(page.locator("#suggest-text")).to_have_value("")
    expect(page.locator("#suggest-said")).to_be_empty()


# The weekly review


def test_the_review_is_kept_changed_or_added_to_in_one_tap_each(
    evening: Evening, code: str, maja: Bystander
) -> None:
    phone = here(evening, code)
    page = phone.page
    stays, rest = agreed(evening, maja, page)
    keep, sense = page.locator("#keep"), page.locator("#review-sense")
    for pressed in ("true", "false", "true"):
        with page.expect_response("**/kept") as answered:
            keep.click()
        answered.value.finished()
        expect(keep).to_have_attribute("aria-pressed", pressed)
    expect(sense).to_contain_text("A few of us are still reading.")
    assert maja.post("/meeting/kept", {}) == 200
    give(evening.laptop, "kept")
    expect(sense).to_have_text("Everyone would keep it as it is.")

    page.locator("#change-open").click()
    wording_of(page, rest).fill(WORDS)
    page.locator(f"#reword-send-{rest}").click()
    changes = page.locator(".matter", has_text=WORDS)
    expect(changes.locator(".matter-now")).to_have_text(f"Now: {REST}")
    expect(sense).to_have_text("There is something to talk about first.")

    page.locator(f"#reword-open-{stays}").click()
    page.locator(f"#take-out-{stays}").click()
    out = page.locator(".matter", has_text="Take it out.")
    expect(out.locator(".matter-now")).to_have_text(f"Now: {STAYS}")

    page.locator("#add").click()
    expect(page.locator("#suggest-text")).to_be_focused()
    page.keyboard.type("We may pass.")
    page.locator("#suggest-send").click()
    expect(page.locator(".suggestion-text", has_text="We may pass.")).to_be_visible()


def test_every_starter_can_be_tapped_and_what_was_parked_comes_first(
    evening: Evening, code: str, maja: Bystander
) -> None:
    page = here(evening, code).page
    parked = suggest(maja, page, "For another time.")
    give(evening.laptop, f"statements/{parked}/parked")
    last_time = page.locator("#parked")
    expect(last_time).to_contain_text("From last time")
    last_time.get_by_role("button", name="For another time.").click()
    expect(page.locator("#suggest-text")).to_have_value("For another time.")
    assert page.locator("#starters .starter").count() >= 20
    page.locator("#starters-open").click()
    last = page.locator("#starters .starter").last
    last.click()
    expect(page.locator("#suggest-text")).to_have_value(last.inner_text())


# To one, and to everyone


def test_pointing_is_seen_by_the_facilitator_and_by_no_other_phone(
    evening: Evening, code: str, maja: Bystander
) -> None:
    phone, other = here(evening, code), here(evening, code)
    stays, _rest = agreed(evening, maja, phone.page)
    expect(other.page.locator("#review")).to_be_visible()
    before = other.page.locator("#stage").inner_text()
    phone.page.locator("[data-opens=agreement]").click()
    phone.page.locator(f"#point-{stays}").click()
    phone.sees("Thank you. Your facilitator sees which one", "#agreement-said")
    expect(phone.page.locator(f"#point-{stays}")).to_be_focused()
    evening.laptop.sees("pointed to", "#region-ours")
    assert other.page.locator("#stage").inner_text() == before
    phone.page.keyboard.press("Escape")
    expect(phone.page.locator("#agreement-said")).to_be_empty()


@pytest.mark.parametrize("late", ["thanks", "taken"])
def test_what_is_said_to_one_alone_arrives_after_a_newer_push(
    evening: Evening, code: str, maja: Bystander, late: str
) -> None:
    phone = here(evening, code)
    page = phone.page
    stays, _rest = agreed(evening, maja, page)
    page.locator("#suggest-text").fill("Maja leads.")
    page.locator("#suggest-send").click()
    said = page.locator("#suggest-said")
    expect(said).to_contain_text("This seems to name someone here.")

    held: list[tuple[Route, APIResponse]] = []
    page.route("**/meeting/statements**", lambda route: held.append((route, route.fetch())))
    if late == "thanks":
        page.locator("[data-opens=agreement]").click()
        page.locator(f"#point-{stays}").click()
    else:
        page.locator("#suggest-text").fill("Someone leads.")
        page.locator("#suggest-send").click()
        expect(page.locator(".suggestion-text", has_text="Someone leads.")).to_have_count(1)
    assert maja.post("/meeting/statements", {"text": "A push."}) == 200
    expect(page.locator(".suggestion-text", has_text="A push.")).to_have_count(1)
    ((route, response),) = held
    route.fulfill(response=response)
    if late == "thanks":
        phone.sees("Thank you. Your facilitator sees which one", "#agreement-said")
    else:
        expect(said).to_be_empty()
    # The newer push stays.
    expect(page.locator(".suggestion-text", has_text="A push.")).to_have_count(1)


def test_what_is_brought_stands_above_everything_on_phones_and_large_on_the_screen(
    evening: Evening, code: str, maja: Bystander
) -> None:
    phone = here(evening, code)
    stays, _rest = agreed(evening, maja, phone.page)
    with evening.laptop.context.expect_page() as opened:
        evening.laptop.page.evaluate(
            """() => {
              const form = document.querySelector("form[action$='screen']");
              form.target = "_blank";
              form.submit();
            }"""
        )
    screen = opened.value
    give(evening.laptop, "brought", {"statement": stays})
    sizes = []
    for page in (phone.page, screen):
        brought = page.locator("#notice-brought")
        expect(brought).to_contain_text("From our agreement")
        expect(brought.locator(".brought-words")).to_have_text(STAYS)
        words = brought.locator(".brought-words")
        sizes.append(float(words.evaluate("(it) => parseFloat(getComputedStyle(it).fontSize)")))
    assert sizes[1] >= 2 * sizes[0]
    give(evening.laptop, "brought", {"statement": ""})
    for page in (phone.page, screen):
        expect(page.locator("#notice-brought")).to_be_empty()


def test_newcomers_read_the_agreement_before_they_come_in(
    evening: Evening, code: str, maja: Bystander
) -> None:
    page = here(evening, code).page
    agreed(evening, maja, page)
    late = evening.phone()
    late.come_to_the_door(code)
    late.page.get_by_role("button", name="Join the meeting").click()
    late.page.wait_for_url("**/meeting")
    agreement = late.page.locator("#cards-agreement")
    agreement.locator("summary").click()
    expect(agreement.locator("li")).to_have_text([STAYS, REST])
    late.page.get_by_role("button", name="I’ve heard this").click()
    expect(late.page.locator("#review")).to_be_visible()


# For everyone


def test_the_keyboard_alone_answers_rewords_and_reviews(
    evening: Evening, code: str, maja: Bystander
) -> None:
    page = here(evening, code).page
    _stays, rest = agreed(evening, maja, page)
    suggest(maja, page, "We may pass.")
    tab_to(page, "input[name=response]")
    page.keyboard.press("Space")
    expect(page.locator("input[value=live]:checked")).to_have_count(1)
    tab_to(page, "#keep")
    page.keyboard.press("Space")
    expect(page.locator("#keep[aria-pressed=true]")).to_be_focused()
    tab_to(page, "#change-open")
    page.keyboard.press("Enter")
    tab_to(page, f"#reword-open-{rest}")
    page.keyboard.press("Enter")
    tab_to(page, f"#reword-text-{rest}")
    page.keyboard.press("Control+A")
    page.keyboard.type("Maja rests.")
    tab_to(page, f"#reword-send-{rest}")
    page.keyboard.press("Enter")
    again = f"#reword-form-{rest}-as-it-is"
    expect(page.locator(again)).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(again)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".suggestion-text", has_text="Maja rests.")).to_be_visible()
    tab_to(page, "#add")
    page.keyboard.press("Enter")
    expect(page.locator("#suggest-text")).to_be_focused()


def test_it_is_open_to_everyone(evening: Evening, code: str, maja: Bystander) -> None:
    look = Look()
    page = here(evening, code).page
    stays, rest = agreed(evening, maja, page)
    look.at(page, "review")
    page.locator("#keep").click()
    expect(page.locator("#keep[aria-pressed=true]")).to_be_visible()
    page.locator("#change-open").click()
    wording_of(page, rest).fill("Maja" + "unbroken" * 20)
    wording_of(page, stays).fill("Maja rests.")
    page.locator(f"#reword-send-{stays}").click()
    expect(page.locator(f"#reword-form-{stays}-as-it-is")).to_be_visible()
    for text in (WORDS, "Phones are off."):
        assert maja.post(f"/meeting/statements/{rest}/wording", {"text": text}) == 200
    assert maja.post(f"/meeting/statements/{stays}/taking-out", {}) == 200
    give(evening.laptop, "brought", {"statement": stays})
    expect(page.locator("#notice-brought")).to_contain_text(STAYS)
    expect(page.locator(".suggestion")).to_have_count(3)
    page.locator("#starters-open").click()
    look.at(page, "wordings side by side, a reminder, and a statement on every screen")
    page.locator("[data-opens=agreement]").click()
    page.locator(f"#point-{stays}").click()
    expect(page.locator("#agreement-said p")).to_be_visible()
    look.at(page, "the agreement, and thanks for pointing")
    look.finds_nothing()
