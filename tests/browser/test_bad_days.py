"""Networks that fail, servers that stop, phones that sleep, and people who do the unexpected."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.evening import Evening
from tests.browser.people import PHONE, Laptop, Phone
from tests.browser.server import Server
from tests.browser.wire import Wire

pytestmark = pytest.mark.browser

# What a page takes to notice, in its own seconds.
AWAY = 25
LONG_ENOUGH_TO_FORGET = 15 * 60

READING, AGREEMENT, CHECKIN, SHARING = (
    "Reading step",
    "Agreement step",
    "Choice step",
    "Sharing step",
)

# In the very moment in which the button comes to mean something else.
PRESS_AS_IT_CAN_BE_CLOSED = """() => {
  const button = document.querySelector('#control-primary[hx-delete=checkin]');
  button?.click();
  return button !== null;
}"""


@pytest.fixture(scope="module")
def evening(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    server = Server(tmp_path_factory.mktemp("evening") / "data")
    server.start()
    evening = Evening(browser, server)
    evening.set_steps(
        ("reading", ""), ("agreement", ""), ("checkin", "choice"), ("sharing", ""), ("closing", "")
    )
    yield evening
    evening.close()
    server.kill()


@pytest.fixture
def code(evening: Evening) -> Iterator[str]:
    """The doors are open. Afterwards nobody has complained."""
    yield evening.new_meeting()
    evening.judge()


@pytest.fixture
def wire(evening: Evening) -> Iterator[Wire]:
    wire = Wire(evening.server.port)
    yield wire
    wire.close()


def here(evening: Evening, code: str, name: str, **kwargs: object) -> Phone:
    phone = evening.phone(**kwargs)
    phone.join(code, name)
    return phone


def with_a_clock(evening: Evening, code: str, name: str, **kwargs: object) -> Phone:
    """Its page's time can be moved on."""
    phone = evening.phone(**kwargs)
    phone.context.clock.install()
    phone.join(code, name)
    return phone


def let_pass(phone: Phone, seconds: float) -> None:
    phone.page.clock.run_for(seconds * 1000)


def to_step(laptop: Laptop, title: str) -> None:
    if laptop.page.locator("[data-phase=lobby]").count():
        laptop.space()
    laptop.go_to(title)


def is_at(phone: Phone, title: str) -> None:
    """The step of now; a lobby names those to come as well."""
    now = phone.page.locator(f"#region-now[data-announce*='{title}']")
    expect(now).to_be_visible()


def press_leave(page: Page) -> dict[str, object]:
    """What the page shows in the very moment in which Leave is pressed: it waits for nothing."""
    shown: dict[str, object] = page.evaluate(
        """() => {
          document.querySelector('#leave button').click();
          return {
            text: document.body.innerText.trim(),
            fields: document.querySelectorAll('input, textarea, dialog').length,
            path: location.pathname,
          };
        }"""
    )
    return shown


# Leaving


@pytest.mark.parametrize("online", [True, False])
def test_leave_blanks_the_page_at_once(evening: Evening, code: str, online: bool) -> None:
    phone = here(evening, code, "Robin")
    to_step(evening.laptop, AGREEMENT)
    phone.page.locator("#suggest-text").fill("half a thought")
    if not online:
        phone.context.set_offline(True)
        phone.page.locator("[data-opens=help]").click()
        phone.sees("No one", "#help")
        expect(phone.page.locator("#help a").first).to_be_visible()
        phone.page.keyboard.press("Escape")
    shown = press_leave(phone.page)
    assert "You have left. You can close this page." in str(shown["text"])
    assert "Your phone may still list this site in its history." in str(shown["text"])
    assert shown["fields"] == 0
    assert shown["path"] == "/"
    assert phone.page.title() == "Meeting"


def test_back_does_not_bring_the_meeting_back(evening: Evening, code: str) -> None:
    phone = here(evening, code, "Robin")
    expect(evening.laptop.page.locator("#room-here")).to_contain_text("Robin")
    with phone.page.expect_response("**/meeting/leave"):
        phone.page.locator("#leave button").click()
    expect(evening.laptop.page.locator("#room-here")).not_to_contain_text("Robin")
    phone.page.go_back()
    phone.does_not_see("Robin")
    assert phone.page.locator("#region-now, #region-me").count() == 0
    phone.page.goto("/meeting")
    assert phone.page.url == f"{phone.address}/"


def test_back_shows_nothing_after_leaving_with_the_network_off(evening: Evening, code: str) -> None:
    phone = here(evening, code, "Robin")
    phone.context.set_offline(True)
    press_leave(phone.page)
    # Later than this call, which would end in the middle of going away.
    phone.page.evaluate("setTimeout(() => history.back())")
    phone.page.wait_for_function("!document.body.innerText.includes('You have left')")
    assert phone.page.locator("#region-now, #region-me").count() == 0


def test_leaving_with_the_network_off_is_told_once_it_is_back(evening: Evening, code: str) -> None:
    phone = here(evening, code, "Robin")
    expect(evening.laptop.page.locator("#room-here")).to_contain_text("Robin")
    phone.context.set_offline(True)
    press_leave(phone.page)
    phone.context.set_offline(False)
    expect(evening.laptop.page.locator("#room-here")).not_to_contain_text("Robin")


def test_someone_who_left_is_not_told_that_they_were_asked_to(evening: Evening, code: str) -> None:
    phone = here(evening, code, "Robin")
    other_tab = phone.context.new_page()
    other_tab.goto("/meeting")
    phone.page.locator("#leave button").click()
    expect(other_tab.locator("#region-now")).to_have_count(0)
    expect(other_tab.locator("body")).not_to_contain_text("asked to step out")


# The laptop goes away


def test_a_laptop_that_is_gone_leaves_the_reading_and_help_and_then_nothing(
    evening: Evening, code: str
) -> None:
    phone = with_a_clock(evening, code, "Robin")
    to_step(evening.laptop, READING)
    phone.sees("part 1 of 3")
    reading = phone.page.locator(".reading").inner_text()
    evening.server.kill()
    try:
        expect(phone.page.locator("#away-line")).to_be_hidden()
        let_pass(phone, AWAY)
        expect(phone.page.locator("#away-line")).to_be_visible()
        phone.sees("The laptop is away.", "#away-line")
        assert phone.page.locator(".reading").inner_text() == reading
        phone.page.locator("[data-opens=help]").click()
        expect(phone.page.locator("#help")).to_be_visible()
        phone.page.keyboard.press("Escape")

        phone.page.clock.fast_forward((LONG_ENOUGH_TO_FORGET - 60) * 1000)
        let_pass(phone, AWAY)
        expect(phone.page.locator(".reading")).to_be_visible()
        let_pass(phone, 60)
        phone.sees("The meeting has ended.")
        phone.does_not_see(reading)
        phone.does_not_see("Robin")
        phone.page.locator("[data-opens=help]").click()
        expect(phone.page.locator("#help a").first).to_be_visible()
    finally:
        evening.server.start()


def test_a_laptop_that_comes_back_takes_the_away_line_down(evening: Evening, code: str) -> None:
    phone = with_a_clock(evening, code, "Robin")
    to_step(evening.laptop, READING)
    phone.sees("part 1 of 3")
    evening.server.kill()
    let_pass(phone, AWAY)
    expect(phone.page.locator("#away-line")).to_be_visible()
    evening.server.start()
    let_pass(phone, AWAY)
    expect(phone.page.locator("#away-line")).to_be_hidden()
    phone.sees("We had to start again in the middle.")
    evening.laptop.sees("Robin", "#room-here")


# What someone was typing


def test_typed_words_survive_a_push_a_reconnect_a_refusal_and_a_restart(
    evening: Evening, code: str, wire: Wire
) -> None:
    laptop = evening.laptop
    typing = here(evening, code, "Robin", address=wire.address)
    other = evening.bystander(code, "Jo")
    to_step(laptop, AGREEMENT)
    box = typing.page.locator("#suggest-text")
    words = "We listen to the end, and " * 20
    box.fill(words)

    assert other.post("/meeting/statements", {"text": "A push."}) == 200
    typing.sees("A push.", "#region-mine")
    expect(box).to_have_value(words)
    expect(box).to_be_focused()

    wire.drop()
    assert other.post("/meeting/statements", {"text": "A reconnect."}) == 200
    typing.sees("A reconnect.", "#region-mine")
    expect(box).to_have_value(words)

    typing.page.locator("#suggest-send").click()
    typing.sees("That is long for one statement.", "#suggest-said")
    expect(box).to_have_value(words)

    evening.server.kill()
    evening.server.start()
    typing.sees("We had to start again in the middle.")
    expect(box).to_have_value(words)

    # Shortened, it is taken, and only then is the box empty.
    box.fill("We listen to the end.")
    typing.page.locator("#suggest-send").click()
    typing.sees("We listen to the end.", "#region-mine")
    expect(box).to_have_value("")
    expect(typing.page.locator("#suggest-said")).to_be_empty()


def test_a_chosen_answer_survives_pushes_and_a_reconnect(
    evening: Evening, code: str, wire: Wire
) -> None:
    laptop = evening.laptop
    choosing = here(evening, code, "Robin", address=wire.address)
    others = [evening.bystander(code, name) for name in "ABCD"]
    to_step(laptop, CHECKIN)
    laptop.sees("Open the check-in")
    laptop.space()
    chosen = choosing.page.locator("input[name=choice][type=radio]").nth(2)
    chosen.check()
    step = str(choosing.page.locator("form:has(#answer-send) [name=step]").get_attribute("value"))
    assert others[0].post("/meeting/answer", {"step": step, "choice": "0"}) == 200
    choosing.sees("Some of us have answered.")
    expect(chosen).to_be_checked()
    wire.drop()
    for other in others[1:]:
        assert other.post("/meeting/answer", {"step": step, "choice": "1"}) == 200
    choosing.sees("Most of us have answered.")
    expect(chosen).to_be_checked()
    choosing.page.locator("#answer-send").click()
    expect(choosing.page.locator("#answer-taken")).to_be_visible()


# Networks


def test_a_phone_that_slept_is_current_once_it_wakes(
    evening: Evening, code: str, wire: Wire
) -> None:
    phone = with_a_clock(evening, code, "Robin", address=wire.address)
    to_step(evening.laptop, READING)
    phone.sees("part 1 of 3")
    wire.cut()
    let_pass(phone, 20)
    evening.laptop.go_to(SHARING)
    expect(phone.page.locator("#away-line")).to_be_visible()
    wire.mend()
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    is_at(phone, SHARING)
    expect(phone.page.locator("#away-line")).to_be_hidden()


def test_a_socket_opens_however_late_its_script_arrives(evening: Evening, code: str) -> None:
    phone = here(evening, code, "Robin")
    held: list[Route] = []
    phone.context.route("**/hx-ws*", lambda route: held.append(route))  # noqa: PLW0108
    phone.page.goto("/meeting", wait_until="commit")
    phone.page.wait_for_function("() => 'htmx' in globalThis")
    # Once round the queue: what htmx put off by a tick has been done.
    phone.page.evaluate("() => new Promise((done) => setTimeout(done))")
    with phone.page.expect_event("websocket"):
        held[0].continue_()


def test_a_phone_without_sockets_is_current_by_asking(evening: Evening, code: str) -> None:
    phone = here(evening, code, "Robin", polls=True)
    to_step(evening.laptop, READING)
    is_at(phone, READING)
    evening.laptop.go_to(SHARING)
    is_at(phone, SHARING)
    phone.page.locator("#hand").click()
    expect(phone.page.locator("#hand")).to_contain_text("Hand up")
    evening.laptop.sees("Robin", "#room-hands")


def test_the_laptop_hears_of_a_hand_while_she_works_in_another_window(
    evening: Evening, code: str
) -> None:
    laptop = evening.laptop
    phone = here(evening, code, "Robin")
    sockets: list[str] = []
    laptop.page.on("websocket", lambda socket: sockets.append(socket.url))
    laptop.space()
    laptop.page.evaluate(
        """() => {
          Object.defineProperty(document, 'visibilityState', {get: () => 'hidden'});
          Object.defineProperty(document, 'hidden', {get: () => true});
          document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )
    phone.page.locator("#hand").click()
    laptop.sees("Robin", "#room-hands")
    assert sockets == [], "her socket had to be opened again"


def test_nonsense_on_the_socket_changes_nothing(evening: Evening, code: str) -> None:
    laptop = evening.laptop
    phone = here(evening, code, "Robin")
    laptop.space()
    phone.sees("part 1 of 3")
    sockets: list[str] = []
    phone.page.on("websocket", lambda socket: sockets.append(socket.url))
    sent = """(text) => {
      const { socket } = htmx.ext.ws.getRegistry()
        .get(document.querySelector('#live').getAttribute('hx-ws:connect'));
      socket.send(text);
    }"""
    phone.page.wait_for_function(
        """() => htmx.ext.ws.getRegistry()
          .get(document.querySelector('#live').getAttribute('hx-ws:connect'))
          ?.socket?.readyState === WebSocket.OPEN"""
    )
    for nonsense in ("nonsense", '{"type": "end"}', "\u0000", "[" * 500):
        phone.page.evaluate(sent, nonsense)
    laptop.go_to(SHARING)
    phone.sees(SHARING)
    assert sockets == [], "a few stray words are forgiven"
    # A flood is not: the socket is closed, opens again by itself, and the page stays current.
    with phone.page.expect_event("websocket"):
        for _time in range(30):
            phone.page.evaluate(
                f"(text) => {{ try {{ ({sent})(text); }} catch {{ /* closed by then */ }} }}",
                "x" * 3_000,
            )
    laptop.go_to(READING)
    phone.sees("part 1 of 3")


# At the door


def test_a_second_tab_is_the_same_person(evening: Evening, code: str) -> None:
    phone = here(evening, code, "Robin")
    evening.laptop.sees("2 here")
    second = phone.context.new_page()
    second.goto(f"/j/{code}")
    expect(second.locator("#region-me")).to_contain_text("You are Robin")
    phone.page.locator("[data-opens=help]").click()
    evening.laptop.sees("2 here")
    assert evening.laptop.page.locator("#room-here li").count() == 1


def test_a_removed_phone_meets_kind_words_and_cannot_come_back(evening: Evening, code: str) -> None:
    laptop = evening.laptop
    phone = here(evening, code, "Robin")
    laptop.page.locator("#people-open").click()
    laptop.page.locator("#people [data-opens=remove]").click()
    laptop.page.get_by_role("button", name="Ask them to step out").click()
    # Their row had the focus, and goes.
    expect(laptop.page.locator("#region-room")).to_be_focused()
    phone.sees("You have been asked to step out of this meeting. That can feel hard.")
    laptop.sees("doors locked")
    phone.page.get_by_role("button", name="Help").click()
    expect(phone.page.locator("#help a").first).to_be_visible()
    phone.page.reload()
    phone.sees("You have been asked to step out of this meeting.")
    phone.page.get_by_role("button", name="Help").click()
    expect(phone.page.locator("#help")).to_be_visible()
    phone.page.goto("/meeting")
    assert phone.page.url == f"{phone.address}/"
    phone.page.goto(f"/j/{code}")
    phone.sees("does not open a meeting right now")
    laptop.sees("1 here")


def test_locked_doors_and_a_wrong_code_answer_alike(evening: Evening, code: str) -> None:
    evening.laptop.page.locator("#doors").click()
    evening.laptop.sees("doors locked")
    phone = evening.phone()
    said = []
    for tried in (code, "QQQQQQQQ"):
        phone.page.goto("/")
        phone.page.locator("#code").fill(tried)
        phone.page.keyboard.press("Enter")
        expect(phone.page.locator("#code-wrong")).to_be_visible()
        expect(phone.page.locator("#code")).to_have_value(tried)
        said.append(phone.page.locator("body").inner_text())
    assert said[0] == said[1]
    evening.laptop.page.locator("#doors").click()
    evening.laptop.sees("doors open")
    phone.join(code, "Robin")


@pytest.mark.parametrize(
    "name", ["<b>Bo</b><img src=x>", "أمل الصباح", "{{ 7|add:7 }}", "O’Neil & “Jo”"]
)
def test_a_name_is_shown_as_it_was_typed(evening: Evening, code: str, name: str) -> None:
    phone = here(evening, code, name)
    evening.laptop.sees(name, "#room-here")
    phone.sees(f"You are {name}", "#region-me")
    evening.laptop.space()
    phone.page.locator("#part-take-button").click()
    for one in (phone.page, evening.laptop.page):
        expect(one.locator("#reader")).to_have_text(f"{name} is reading")
        assert one.locator("#reader bdi").inner_text() == name
        assert one.locator("#stage img").count() == 0


def test_a_name_that_is_too_long_meets_a_sentence_and_is_not_lost(
    evening: Evening, code: str
) -> None:
    phone = evening.phone()
    phone.come_to_the_door(code)
    long = "😀" * 400
    phone.page.locator("#name").fill(long)
    phone.page.locator("#listening").check()
    phone.page.keyboard.press("Enter")
    phone.page.get_by_role("button", name="Join the meeting").click()
    expect(phone.page.locator("#name-wrong")).to_contain_text("That name is long.")
    expect(phone.page.locator("#name")).to_have_value(long)
    expect(phone.page.locator("#listening")).to_be_checked()


def test_two_people_of_one_name_are_told_apart(evening: Evening, code: str) -> None:
    for name in ("Robin", " robin "):
        evening.bystander(code, name)
    evening.laptop.sees("3 here")
    names = evening.laptop.page.locator("#room-here li").all_inner_texts()
    assert sorted(name.strip().casefold() for name in names) == ["robin", "robin 2"]


# At the laptop


@pytest.mark.parametrize("how", ["double click", "two keys"])
def test_a_double_press_on_next_moves_one_step_only(evening: Evening, code: str, how: str) -> None:
    laptop = evening.laptop
    to_step(laptop, AGREEMENT)
    steps: list[str] = []
    laptop.page.on(
        "request", lambda sent: steps.append(sent.url) if sent.url.endswith("/step") else None
    )
    now = laptop.page.locator(".agenda-step[aria-current=step]")
    primary = laptop.page.locator("#control-primary")
    laptop.rest_between_presses()
    if how == "double click":
        primary.click()
        expect(now).to_contain_text(CHECKIN)
        # The second half of a double click, when another button stands there already.
        laptop.page.mouse.down(click_count=2)
        laptop.page.mouse.up(click_count=2)
    else:
        laptop.page.evaluate("document.activeElement.blur()")
        laptop.page.keyboard.press("Space")
        laptop.page.keyboard.press("Space")
    expect(now).to_contain_text(CHECKIN)
    # Whatever else was on its way would have come before this.
    laptop.page.locator("#doors").click()
    laptop.sees("doors locked")
    expect(now).to_contain_text(CHECKIN)
    assert len(steps) == 1


def test_an_impatient_press_on_a_slow_network_does_not_close_what_was_just_opened(
    evening: Evening, code: str
) -> None:
    laptop, page = evening.laptop, evening.laptop.page
    for number in range(5):
        evening.bystander(code, str(number))
    to_step(laptop, CHECKIN)
    primary = page.locator("#control-primary")
    expect(primary).to_contain_text("Open the check-in")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.method) if "/checkin" in one.url else None)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/checkin", hold, times=1)
    page.evaluate("document.activeElement?.blur()")
    laptop.rest_between_presses()
    with page.expect_request("**/checkin"):
        page.keyboard.press("Space")
    # Longer on its way than two presses may be apart; then a press on what it became.
    laptop.rest_between_presses()
    held.pop().continue_()
    page.wait_for_function(PRESS_AS_IT_CAN_BE_CLOSED)
    # Whatever else was on its way would have come before this.
    page.locator("#doors").click()
    laptop.sees("doors locked")
    expect(primary).to_contain_text("Close and show")
    assert sent == ["POST"]


def test_her_phone_runs_the_meeting_when_the_laptop_is_empty(evening: Evening, code: str) -> None:
    phone = here(evening, code, "Robin")
    hers = Laptop(evening.browser, evening.server.address, PHONE)
    evening.everyone.append(hers)
    hers.page.goto(evening.new_sign_in_link())
    hers.page.get_by_role("button", name="Sign in").tap()
    hers.page.wait_for_url("**/console/*/")
    primary = hers.page.locator("#control-primary")
    expect(primary).to_be_in_viewport(ratio=1)
    hers.rest_between_presses()
    primary.tap()
    phone.sees("part 1 of 3")
    for part in ("part 2 of 3", "part 3 of 3"):
        expect(primary).to_contain_text("Next part")
        hers.rest_between_presses()
        primary.tap()
        phone.sees(part)
    expect(primary).to_contain_text(AGREEMENT)
    hers.rest_between_presses()
    primary.tap()
    phone.sees(AGREEMENT)
    phone.page.locator("#hand").tap()
    hers.page.get_by_role("button", name=re.compile("^Thank")).tap()
    expect(phone.page.locator("#hand")).not_to_contain_text("Hand up")
    hers.page.locator("#end-open").tap()
    hers.page.get_by_role("button", name="End the meeting and forget everything").tap()
    hers.page.wait_for_url("**/receipt*")
    phone.sees("The meeting has ended.")


LINKS = [
    ("https://calls.example/room", True),
    ("javascript:alert(1)", False),
    ("+1 555 0100", False),
]


@pytest.mark.parametrize(("link", "is_link"), LINKS)
def test_the_groups_call_is_a_link_on_phones_only_where_it_is_safe(
    evening: Evening, link: str, is_link: bool
) -> None:
    phone = here(evening, with_call(evening, link), "Robin")
    phone.sees("Open the call" if is_link else f"Call: {link}", ".foot")
    assert links(phone.page.locator(".foot a:not([href='/what-we-hold'])")) == (
        [link] if is_link else []
    )
    evening.judge()


@pytest.mark.parametrize(("link", "is_link"), LINKS)
def test_the_groups_call_is_a_link_on_the_laptop_only_where_it_is_safe(
    evening: Evening, link: str, is_link: bool
) -> None:
    with_call(evening, link)
    evening.laptop.sees(link, ".console-lobby")
    assert links(evening.laptop.page.locator(".console-lobby a")) == ([link] if is_link else [])


def with_call(evening: Evening, link: str) -> str:
    """The code of a meeting whose group has this call; later groups have none."""
    evening.set_call_link(link)
    code = evening.new_meeting()
    evening.set_call_link("")
    return code


def links(anchors: Locator) -> list[str | None]:
    """Where they lead, once it is known that they tell nothing to whoever is there."""
    for anchor in anchors.all():
        assert set(str(anchor.get_attribute("rel")).split()) == {"noopener", "noreferrer"}
    return [anchor.get_attribute("href") for anchor in anchors.all()]
