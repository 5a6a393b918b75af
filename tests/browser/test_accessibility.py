"""Each page, for people who see, hear, move and read in different ways: WCAG 2.2 AA."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.evening import Bystander, Evening
from tests.browser.people import LAPTOP, PHONE, Laptop, Phone
from tests.browser.server import Server

pytestmark = pytest.mark.browser

STEPS = (
    ("welcome", ""),
    ("silence", ""),
    ("reading", ""),
    ("agreement", ""),
    ("checkin", "choice"),
    ("checkin", "scale"),
    ("checkin", "words"),
    ("checkin", "yes-no"),
    ("checkin", "screened"),
    ("round", ""),
    ("sharing", ""),
    ("topic", ""),
    ("speaker", ""),
    ("grounding", ""),
    ("break", ""),
    ("announcements", ""),
    ("closing", ""),
)
NARROW = {"width": 320, "height": 720}
TOUCH = 44
OF_COLOUR = ["color-contrast", "link-in-text-block"]
OF_SIZE = ["scrollable-region-focusable"]
# Looked at by a test of its own.
LONG_AGENDA = "scrollable-region-focusable: .console-agenda"

AXE = """async (rules) => {
  const found = await axe.run(document, {
    resultTypes: ['violations'],
    ...(rules ? {runOnly: {type: 'rule', values: rules}} : {}),
  });
  return found.violations.map(({ id, nodes }) =>
    `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}"""

# What stands wrong on the page whatever its size: its headings, its language, its title.
SHAPE = """(title) => {
  const wrong = [];
  const headings = document.querySelectorAll('h1').length;
  if (headings !== 1) wrong.push(`${headings} first headings`);
  if (!document.documentElement.lang) wrong.push('no language');
  if (title && document.title !== title) wrong.push(`the title is ${document.title}`);
  if (!document.title) wrong.push('no title');
  return wrong;
}"""

SMALL_TARGETS = """(least) => {
  const top = [...document.querySelectorAll('dialog[open], :popover-open')].at(-1) ?? document.body;
  const visible = (one) => one.checkVisibility({opacityProperty: true, visibilityProperty: true});
  return [...top.querySelectorAll('a[href], button, input, textarea, select, label:has(input)')]
    .filter((one) => visible(one) && !(one.matches('input') && one.closest('label')))
    .filter((one) => getComputedStyle(one).display !== 'inline')
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < least || box.height < least))
    .map(([one, box]) => `${one.id || one.className || one.localName}: `
      + `${Math.round(box.width)} by ${Math.round(box.height)}`);
}"""

OVERFLOW = """(size) => {
  document.documentElement.style.fontSize = size;
  const boxes = [document.scrollingElement, ...document.querySelectorAll('dialog[open]')];
  const wide = boxes.filter((box) => box.scrollWidth > box.clientWidth)
    .map((box) => `${box.localName} ${box.scrollWidth} in ${box.clientWidth}`);
  const sticking = wide.length ? [...document.querySelectorAll('body *')]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.id || one.className || one.localName).slice(0, 4) : [];
  document.documentElement.style.fontSize = '';
  return wide.length ? [`${wide}: ${sticking}`] : [];
}"""

MOVING = """() => document.getAnimations()
  .filter(({ playState }) => playState === 'running')
  .filter(({ effect }) => effect.getKeyframes().some((frame) => Object.keys(frame).some(
    (name) => !['offset', 'computedOffset', 'easing', 'composite', 'pointerEvents'].includes(name)
  )))
  .map(({ animationName, transitionProperty }) => animationName ?? transitionProperty)"""


class Look:
    """Looks at pages in every way and remembers what is wrong where."""

    def __init__(self) -> None:
        self.wrong: dict[str, list[str]] = defaultdict(list)
        self._axe = Axe().axe_script

    def at(
        self, page: Page, what: str, *, on_phones: bool = True, long_agenda: bool = False
    ) -> None:
        """Light and dark, phone and laptop; narrow with large text when phones show it."""
        own = page.viewport_size
        assert own
        # What fades or breathes would be caught half-way.
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        if not page.evaluate("() => 'axe' in globalThis"):
            page.evaluate(self._axe)
        self._note(what, page.evaluate(SHAPE, "Meeting" if on_phones else ""))
        self._note(what, page.evaluate(AXE, None))
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        self._note(f"{what}, dark", page.evaluate(AXE, OF_COLOUR))
        # The same elements in another size: what could differ is looked at again.
        page.set_viewport_size(PHONE if own == LAPTOP else LAPTOP)  # type: ignore[arg-type]
        self._note(f"{what}, dark, in the other size", page.evaluate(AXE, OF_COLOUR + OF_SIZE))
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        self._note(f"{what}, on a phone", page.evaluate(SMALL_TARGETS, TOUCH))
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        self._note(f"{what}, 320 wide", page.evaluate(OVERFLOW, ""))
        if on_phones:
            self._note(f"{what}, 320 wide, 200 % text", page.evaluate(OVERFLOW, "200%"))
        page.set_viewport_size(own)

        if long_agenda:
            self._leave_out(LONG_AGENDA)

    def _note(self, place: str, wrong: list[str]) -> None:
        self.wrong[place] += wrong

    def _leave_out(self, known: str) -> None:
        for place, wrong in self.wrong.items():
            self.wrong[place] = [one for one in wrong if one != known]

    def finds_nothing(self) -> None:
        found = [f"{place}: {one}" for place, wrong in self.wrong.items() for one in wrong]
        if found:
            pytest.fail("\n".join(found), pytrace=False)


@pytest.fixture(scope="module")
def evening(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    server = Server(tmp_path_factory.mktemp("evening") / "data")
    server.start()
    evening = Evening(browser, server)
    evening.set_steps(*STEPS)
    yield evening
    evening.close()
    server.kill()


@pytest.fixture
def look() -> Look:
    return Look()


def give(laptop: Laptop, path: str, form: dict[str, str] | None = None, how: str = "POST") -> None:
    assert laptop.post(path, form or {}, how) < 300, path


def step_named(laptop: Laptop, title: str) -> str:
    value = laptop.page.locator("button.agenda-step", has_text=title).get_attribute("value")
    assert value
    return value


def to_step(laptop: Laptop, *pages: Page, title: str) -> str:
    """All of them at this step; its id."""
    step = step_named(laptop, title)
    give(laptop, "step", {"step": step})
    for page in pages:
        expect(page.locator(f"[data-announce*='{title}']")).to_be_attached()
    return step


def with_dialog(page: Page, opener: str, dialog: str) -> None:
    page.locator(opener).click()
    expect(page.locator(dialog)).to_be_visible()


# Every page


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


def all_answer(others: list[Bystander], step: str, asks: str) -> None:
    for number, other in enumerate(others):
        said = {"text": f"Answer {number}"} if asks == "screened" else {"choice": str(number % 2)}
        assert other.post("/meeting/answer", {"step": step, **said}) == 200


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


def look_at_the_agreement(phone: Phone, look: Look) -> None:
    page = phone.page
    page.locator("#suggest-text").fill("w" * 250)
    page.locator("#suggest-send").click()
    expect(page.locator("#said p")).to_be_visible()
    look.at(page, "a refusal")
    phone.suggest("We pass without a reason, and nobody asks why.")
    phone.suggest("Unbrokenandverylongwordsarepossibletoo" * 4)
    expect(page.locator("form.card-plum")).to_have_count(2)
    page.locator("form.card-plum label").first.click()
    expect(page.locator("form.card-plum :checked")).to_have_count(1)
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
    seat = evening.laptop.page.locator("[id^=person-name-]").first.get_attribute("id")
    assert seat
    give(evening.laptop, "remove", {"seat": seat.removeprefix("person-name-")})
    removed.sees("You have left the meeting.")
    look.at(removed.page, "asked to step out")
    removed.page.reload()
    look.at(removed.page, "asked to step out, loaded again")
    look.finds_nothing()


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


# The keyboard alone


def tab_to(page: Page, target: str) -> None:
    """Tab until it has focus, as often as a patient person would."""
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(target) => document.activeElement.matches(target)", target):
            return
    pytest.fail(f"the keyboard does not reach {target}")


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
