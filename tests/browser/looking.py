"""How pages are looked at: for people who see, hear, move and read in different ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.evening import Bystander, Evening
from tests.browser.people import LAPTOP, PHONE, Laptop
from tests.browser.server import Server

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


@contextmanager
def every_step(browser: Browser, folder: Path) -> Iterator[Evening]:
    """A meeting with a step of every kind, on a server of its own."""
    server = Server(folder / "data")
    server.start()
    evening = Evening(browser, server)
    evening.set_steps(*STEPS)
    yield evening
    evening.close()
    server.kill()


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


def all_answer(others: list[Bystander], step: str, asks: str) -> None:
    for number, other in enumerate(others):
        said = {"text": f"Answer {number}"} if asks == "screened" else {"choice": str(number % 2)}
        assert other.post("/meeting/answer", {"step": step, **said}) == 200


def tab_to(page: Page, target: str) -> None:
    """Tab until it has focus, as often as a patient person would."""
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(target) => document.activeElement.matches(target)", target):
            return
    pytest.fail(f"the keyboard does not reach {target}")
