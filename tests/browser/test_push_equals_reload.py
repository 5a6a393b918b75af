"""Whatever happened, a page that was kept current equals a page that is loaded now."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from tests.browser.evening import Bystander, Evening
from tests.browser.people import Laptop, Phone, Watched
from tests.browser.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COMMANDS = 25
# Pages are compared after so many commands: often enough to be near a fault's beginning.
COMPARE_EVERY = 5
# Longer than a page that polls waits between two polls.
PATIENCE_MS = 5_000
TRIES = 4

# All that people see and do, without what scripts and htmx add on their own.
SHOWN = r"""() => {
  const lines = [];
  let text = '';
  const flush = (indent) => {
    const words = text.replace(/\s+/g, ' ').trim();
    if (words) lines.push(indent + words);
    text = '';
  };
  const value = ({ name, value }, element) => {
    if (name === 'class') {
      const kept = value.split(/\s+/).filter((one) => one && !one.startsWith('htmx-'));
      return kept.length ? `class="${kept.join(' ')}"` : null;
    }
    if (name === 'data-htmx-powered' || (name === 'style' && element.matches('.ring'))) return null;
    if (name === 'value' && element.name === 'csrfmiddlewaretoken') return 'value="token"';
    return `${name}="${value}"`;
  };
  const walk = (element, depth) => {
    const indent = '  '.repeat(depth);
    flush(indent);
    const attributes = [...element.attributes].map((one) => value(one, element)).filter(Boolean);
    if (element.matches('input, textarea') && element.name !== 'csrfmiddlewaretoken') {
      attributes.push(`now:value=${element.value}`, `now:checked=${element.checked}`);
    }
    lines.push(`${indent}<${element.localName} ${attributes.sort().join(' ')}>`);
    if (!element.matches('.timer-words')) {
      for (const child of element.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) text += child.data;
        if (child.nodeType === Node.ELEMENT_NODE) walk(child, depth + 1);
      }
      flush(indent + '  ');
    }
  };
  walk(document.querySelector('#stage'), 0);
  return lines.join('\n');
}"""

# What a person who gives commands can see: which step, which suggestions, who is here.
IN_VIEW = """() => {
  const ids = (start) => [...document.querySelectorAll(`[id^="${start}"]`)]
    .map((one) => one.id.slice(start.length));
  const now = document.querySelector('#region-lead-now');
  return {
    kind: now.dataset.kind,
    steps: [...document.querySelectorAll('button.agenda-step')].map((one) => one.value),
    step: document.querySelector('.agenda-step[aria-current=step]')?.value ?? '',
    own_words: document.querySelector('.agenda-step[aria-current=step]')?.innerText
      .includes('Screened') ?? false,
    to_read: ids('to-read-act-'),
    suggestions: ids('card-text-'),
    seats: ids('person-name-'),
    hands: ids('hand-name-'),
  };
}"""

STATEMENTS = (
    "We pass without a reason.",
    "We say “I”, not “you”.",
    "<b>Plain</b> words & no jargon",
    "نستمع إلى بعضنا بعضًا",
    "We ask before we give 🫶🏽 advice.",
    "What is said here\nstays here.",
)

Given = tuple[str, dict[str, str], str]


class Room:
    """Everyone who may give a command, and every page that must show what came of it."""

    def __init__(self, evening: Evening, chance: Random) -> None:
        self.evening = evening
        self.chance = chance
        self.code = evening.new_meeting()
        self.laptop = evening.laptop
        self.by_socket = evening.phone()
        self.by_polling = evening.phone(polls=True)
        for phone, name in ((self.by_socket, "Robin"), (self.by_polling, "Robin")):
            phone.join(self.code, name)
        self.bystanders = [
            evening.bystander(self.code, name) for name in ("A", "", "<i>C</i>", "D")
        ]
        self.screen = self._open_screen()
        self.statuses: list[int] = []

    def _open_screen(self) -> Page:
        with self.laptop.context.expect_page() as opened:
            self.laptop.page.locator(".console-lobby").get_by_role(
                "button", name="Open the shared screen"
            ).click()
        opened.value.wait_for_load_state()
        return opened.value

    @property
    def pages(self) -> list[tuple[str, Page, str]]:
        return [
            ("phone by socket", self.by_socket.page, "/meeting"),
            ("phone by polling", self.by_polling.page, "/meeting"),
            ("laptop", self.laptop.page, self.laptop.page.url),
            ("screen", self.screen, "/screen"),
        ]

    # Commands

    def give(self) -> None:
        """One command of someone's."""
        view = self.laptop.page.evaluate(IN_VIEW)
        if self.chance.random() < 0.5:
            self._send(self.laptop, *self._of_hers(view))
            return
        person = self.chance.choice([self.by_socket, self.by_polling, *self.bystanders])
        # The last one stays, to be asked to step out under the name by which it came.
        may_go = isinstance(person, Bystander) and person is not self.bystanders[-1]
        if may_go and self.chance.random() < 0.1:
            self._send(person, "/meeting/leave", {}, "POST")
            self._send(self.laptop, "doors", {}, "POST")
            person.join(self.code, self.chance.choice(["", "Robin", "Jo"]))
            return
        self._send(person, *self._of_a_phone(view))

    def _send(self, who: Watched | Bystander, path: str, form: dict[str, str], how: str) -> None:
        self.statuses.append(who.post(path, form, how))

    def _of_hers(self, view: dict[str, Any]) -> Given:
        chance, step = self.chance, {"step": view["step"]}
        either = chance.choice(["POST", "DELETE"])
        go: Given = ("step", {"step": chance.choice(view["steps"])}, "POST")
        often: list[Given] = [
            go,
            ("extra", step | {"extra": str(chance.choice([0, 120, 240]))}, "POST"),
            ("support", {}, either),
            ("doors", {}, chance.choice(["POST", "POST", "DELETE"])),
        ]
        to_come = view["steps"][view["steps"].index(view["step"]) + 1 :]
        if len(to_come) > 1:
            moved, after = chance.sample(to_come, 2)
            often += [
                (f"steps/{moved}/place", {"after": after}, "POST"),
                (f"steps/{moved}/skipped", {}, either),
            ]
        if view["to_read"]:
            place = {"place": chance.choice(view["to_read"])}
            often += [("left-out", step | place, either)] * 4
            often += [("answers", step, either)]
        if view["hands"]:
            often += [("thank", {"seat": chance.choice(view["hands"])}, "POST")] * 2
        if view["kind"] == "reading":
            often += [("part", step | {"part": str(chance.randrange(3))}, "POST")] * 4
        if view["kind"] == "checkin":
            often += [("checkin", step, either)] * 6
        if view["kind"] == "agreement":
            often += [("statements", {"text": chance.choice(STATEMENTS)}, "POST")] * 4
            for suggestion in view["suggestions"]:
                card = f"statements/{suggestion}"
                often += [
                    (f"{card}/asked", {}, "POST"),
                    (f"{card}/objection", {}, either),
                    (f"{card}/response", {"response": "live"}, "POST"),
                    (f"{card}/adopted", {}, "POST"),
                    (f"{card}/adopted", {}, "POST"),
                    (f"{card}/parked", {}, "POST"),
                    (card, {}, "DELETE"),
                ]
        return chance.choice(often)

    def _of_a_phone(self, view: dict[str, Any]) -> Given:
        chance, step = self.chance, {"step": view["step"]}
        often: list[Given] = [
            ("/meeting/hand", {}, "POST"),
            ("/meeting/hand", {}, chance.choice(["POST", "DELETE"])),
        ]
        if view["kind"] == "reading":
            part = step | {"part": str(chance.randrange(3))}
            often += [("/meeting/part", part, "POST")] * 4
            often += [("/meeting/part", part, "DELETE"), ("/meeting/part/turn", part, "POST")]
        if view["kind"] == "checkin":
            said = {"choice": chance.choice(["0", "1", "2", "3", "p"])}
            if view["own_words"] and chance.random() < 0.9:
                said = {"text": chance.choice(STATEMENTS)}
            often += [("/meeting/answer", step | said, "POST")] * 8
        if view["kind"] == "agreement":
            often += [("/meeting/statements", {"text": chance.choice(STATEMENTS)}, "POST")] * 3
            for suggestion in view["suggestions"]:
                response = {"response": chance.choice(["live", "live", "talk", "not-now"])}
                often += [(f"/meeting/statements/{suggestion}/response", response, "POST")] * 2
        return chance.choice(often)

    def remove_one(self) -> None:
        """A bystander is asked to step out; two other phones have the same name."""
        gone = self.bystanders.pop()
        seat = self.laptop.page.locator("[id^=person-name-]", has_text="D").first.get_attribute(
            "id"
        )
        assert seat
        form = {"seat": seat.removeprefix("person-name-")}
        self._send(self.laptop, "remove", form, "POST")
        assert gone.post("/meeting/hand", {}) == 403

    # What pages show

    def compare(self, history: str) -> None:
        for who, page, address in self.pages:
            with_the_same_cookies = page.context.new_page()
            self._wait_until_equal(f"{who}, {history}", page, with_the_same_cookies, address)
            with_the_same_cookies.close()

    def _wait_until_equal(self, who: str, kept: Page, fresh: Page, address: str) -> None:
        for _try in range(TRIES):
            # Loaded anew each time: minutes pass, and people count as gone after a while.
            fresh.goto(address)
            wanted = fresh.evaluate(SHOWN)
            fresh.goto("about:blank")
            # As when the network is back: a page that polls does so now and not in three seconds.
            kept.evaluate("dispatchEvent(new Event('online'))")
            try:
                equal = f"wanted => ({SHOWN})() === wanted"
                kept.wait_for_function(equal, arg=wanted, timeout=PATIENCE_MS)
            except TooLate:
                continue
            return
        lines = difflib.unified_diff(
            kept.evaluate(SHOWN).splitlines(), wanted.splitlines(), "pushed", "loaded", n=4
        )
        pytest.fail(f"{who}:\n" + "\n".join(lines), pytrace=False)


@pytest.fixture(scope="module")
def evening(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    server = Server(tmp_path_factory.mktemp("evening") / "data")
    server.start()
    evening = Evening(browser, server)
    evening.set_steps(
        ("reading", ""),
        ("agreement", ""),
        ("checkin", "choice"),
        ("checkin", "words"),
        ("checkin", "screened"),
        ("sharing", ""),
        ("agreement", ""),
    )
    yield evening
    evening.close()
    server.kill()


def only_by_push(*watched: Laptop | Phone) -> None:
    """What a page shows must have been pushed: polling would hide a push that is wrong."""
    for one in watched:
        one.context.route("**/regions?*", lambda route: route.abort())


@pytest.mark.parametrize("seed", [2, 7, 1935])
def test_what_was_pushed_equals_what_a_reload_shows(evening: Evening, seed: int) -> None:
    room = Room(evening, Random(seed))
    only_by_push(room.laptop, room.by_socket)
    room.compare("in the lobby")
    room._send(room.laptop, "start", {}, "POST")
    expect(room.laptop.page.locator("[data-phase=running]")).to_be_visible()
    for number in range(1, COMMANDS + 1):
        room.give()
        if number % COMPARE_EVERY == 0:
            room.compare(f"seed {seed}, after {number} commands")
    room.remove_one()
    room.compare(f"seed {seed}, after someone was removed")
    taken = sum(status < 300 for status in room.statuses)
    assert taken > len(room.statuses) // 2, f"too little happened: {room.statuses}"


def test_answers_that_are_read_first_are_pushed_as_a_reload_shows_them(evening: Evening) -> None:
    room = Room(evening, Random(0))
    only_by_push(room.laptop, room.by_socket)
    room._send(room.laptop, "start", {}, "POST")
    room.laptop.go_to("Screened step")
    step = room.laptop.page.evaluate(IN_VIEW)["step"]
    room._send(room.laptop, "checkin", {"step": step}, "POST")
    writers = [room.by_socket, room.by_polling, *room.bystanders]
    for who, text in zip(writers, STATEMENTS, strict=True):
        room._send(who, "/meeting/answer", {"step": step, "text": text}, "POST")
    room._send(room.laptop, "checkin", {"step": step}, "DELETE")
    room.compare("while answers are being read")
    room._send(room.laptop, "left-out", {"step": step, "place": "1"}, "POST")
    room._send(room.laptop, "left-out", {"step": step, "place": "2"}, "POST")
    room.compare("with two left out")
    room._send(room.laptop, "left-out", {"step": step, "place": "2"}, "DELETE")
    room._send(room.laptop, "answers", {"step": step}, "POST")
    room.compare("with the rest shown")
    assert room.statuses == [200] * len(room.statuses)
    room.by_socket.sees("What is said here stays here.")


def test_the_last_push_equals_what_a_reload_shows(evening: Evening) -> None:
    room = Room(evening, Random(0))
    room.laptop.page.locator("#people-open").click()
    room.laptop.page.locator("[id^=remove-][data-name='Robin']").click()
    room.laptop.page.get_by_role("button", name="Ask them to step out").click()
    # Whoever else is here is still listed.
    expect(room.laptop.page.locator("#people")).to_be_visible()
    room.by_socket.sees("You have left the meeting.")
    is_what_a_reload_shows(room.by_socket)
    room.laptop.end()
    room.by_polling.sees("The meeting has ended.")
    # What it polled let go of the seat already.
    says_nothing_more(room.by_polling)


def is_what_a_reload_shows(phone: Phone) -> None:
    pushed = phone.page.evaluate(SHOWN)
    phone.page.goto("/meeting")
    expect(phone.page.locator("#stage")).to_be_visible()
    assert phone.page.evaluate(SHOWN) == pushed
    # The page that says so also lets go of the seat: it says so once.
    says_nothing_more(phone)


def says_nothing_more(phone: Phone) -> None:
    phone.page.goto("/meeting")
    assert phone.page.url == f"{phone.address}/"
