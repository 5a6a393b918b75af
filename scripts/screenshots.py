"""Take the pictures in docs/images: one real meeting, a laptop and six phones.

`python -m scripts.screenshots`, from the top of the checkout. The server, the laptop and the
phones are those of the browser tests; the data folder is thrown away afterwards. The picture of
the demo is one of `facilitator demo` and its eight people; `python -m scripts.screenshots demo`
takes that one alone.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.browser import browser_executable
from tests.browser.people import Laptop, Phone
from tests.browser.server import Server
from tests.facilitator.demo_process import Demo

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
# What README and guides may weigh; a picture above it needs another moment or another crop.
MOST_BYTES = 150 * 1024
# An address that looks like a living room's rather than like this machine's.
SHOWN_ADDRESS = "http://192.168.1.20:8000"

# Small ones: what fits here fits anywhere, and the pictures stay light.
SMALL_PHONE = {"width": 360, "height": 740}
SMALL_LAPTOP = {"width": 1280, "height": 840}
NAMES = ("Jo", "River", "Sam", "Pat", "Kim", "")
SETTLED = (
    "What we hear here stays here, and so does who was here.",
    "You can pass at any time. No one will ask why.",
)
SUGGESTED = "We ask before we give advice."
REWORDED = "We share what helped us, when someone asks for it."
READING, AGREEMENT = "Confidentiality reading", "Our Comfort Agreement"
CHECKIN, SHARING, CLOSING = "Anonymous check-in", "Open sharing", "Closing"


class Sharp:
    """A browser for phones: touched, with two dots for each pixel."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def new_context(self, **options: Any) -> Any:
        return self._browser.new_context(**{**options, "device_scale_factor": 2, "has_touch": True})


def take(page: Page, name: str, scheme: Literal["light", "dark"] = "light") -> None:
    """Save what the page shows as docs/images/NAME.png."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.evaluate("document.fonts.ready")
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path, animations="disabled", caret="hide")
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    print(f"{path.name:28} {path.stat().st_size / 1024:4.0f} KB")


def take_both(page: Page, name: str) -> None:
    take(page, name)
    take(page, f"{name}-dark", "dark")


def prepare(laptop: Laptop, phones: list[Phone]) -> None:
    take_both(laptop.page, "laptop-group")
    laptop.page.get_by_role("link", name="Agendas").click()
    laptop.page.get_by_role("link", name="Change").first.click()
    laptop.sees("in all")
    take(laptop.page, "laptop-agenda")
    laptop.page.get_by_role("link", name="Next meeting").click()


def come_in(laptop: Laptop, phones: list[Phone]) -> None:
    code = laptop.open_doors()
    phones[0].come_to_the_door(code)
    take_both(phones[0].page, "phone-door")
    for phone, name in zip(phones, NAMES, strict=True):
        phone.join(code, name)
    laptop.sees("7 here")
    take(laptop.page, "laptop-lobby")


def read(laptop: Laptop, phones: list[Phone]) -> None:
    laptop.space()
    laptop.go_to(READING)
    river, jo = phones[1], phones[0]
    river.page.get_by_role("button", name="I’ll read part 1").click()
    jo.sees("River is reading")
    take_both(jo.page, "phone-reading")


def agree(laptop: Laptop, phones: list[Phone]) -> None:
    laptop.go_to(AGREEMENT)
    for words in SETTLED:
        phones[2].suggest(words)
        laptop.sees(words)
        laptop.page.get_by_role("button", name="I’ve asked aloud").click()
        laptop.page.get_by_role("button", name="Adopt").click()
        laptop.sees(words, "#now-adopted")
    phones[3].suggest(SUGGESTED)
    for phone in phones:
        phone.sees(SUGGESTED)
    suggestion = phones[1].page.locator(".suggestion", has_text=SUGGESTED)
    suggestion.get_by_text("Say it another way").click()
    suggestion.get_by_label("Your wording").fill(REWORDED)
    suggestion.get_by_role("button", name="Suggest these words").click()
    laptop.sees(REWORDED)
    phones[1].respond(SUGGESTED, "live")
    phones[0].respond(SUGGESTED, "talk")
    laptop.sees("Someone would like to talk about this", "#region-lead-now")
    phones[0].sees("Someone would like to talk about this")
    take(phones[0].page, "phone-agreement")
    laptop.page.locator(".console-now").evaluate("middle => middle.scrollTo(0, 0)")
    take(laptop.page, "laptop-agreement")


def check_in(laptop: Laptop, phones: list[Phone]) -> None:
    laptop.go_to(CHECKIN)
    laptop.space()
    answers = (1, 1, 1, 0, 1, 1)
    # Chosen and not yet sent.
    phones[0].page.locator("input[name=choice]:not([type=hidden])").nth(1).check()
    take_both(phones[0].page, "phone-checkin")
    for phone, answer in zip(phones, answers, strict=True):
        phone.answer(answer)
    laptop.sees("Everyone has answered")
    for phone in phones[2:4]:
        phone.page.locator("#hand").click()
        phone.sees("Hand up")
    laptop.space()
    laptop.sees("Shared with the room")
    phones[0].sees("Shared with the room")
    laptop.sees("Pat", "#room-hands")
    take_both(laptop.page, "laptop-checkin")
    take(phones[0].page, "phone-checkin-shown")


def end(laptop: Laptop, phones: list[Phone]) -> None:
    laptop.go_to(CLOSING)
    laptop.end()
    take(laptop.page, "laptop-receipt")
    phones[0].sees("The meeting has ended.")
    take_both(phones[0].page, "phone-ended")


def meeting(browser: Browser, folder: Path) -> None:
    """One meeting from doors to receipt."""
    server = Server(folder / "data")
    server.start()
    try:
        laptop = Laptop(browser, server.address, SMALL_LAPTOP)
        sharp: Any = Sharp(browser)
        phones = [Phone(sharp, server.address, viewport=SMALL_PHONE) for _ in NAMES]
        laptop.sign_in(server.sign_in_link)
        for scene in (prepare, come_in, read, agree, check_in, end):
            scene(laptop, phones)
    finally:
        server.kill()


def demo(browser: Browser, folder: Path) -> None:
    """The console of a demo, with hands up and statements that people suggested by themselves."""
    running = Demo(folder, "--phones", "8", "--pace", "8")
    try:
        laptop = Laptop(browser, running.base, SMALL_LAPTOP)
        laptop.page.goto(running.link)
        laptop.page.get_by_role("button", name="Sign in").click()
        laptop.page.wait_for_url("**/console/*/")
        laptop.sees("9 here")
        laptop.go_to(SHARING)
        laptop.page.locator("#room-hands li").nth(1).wait_for()
        laptop.go_to(AGREEMENT)
        laptop.page.locator(".consent-card").nth(1).wait_for()
        laptop.page.locator(".consent-mine input[value=live]").first.check()
        laptop.page.locator(".console-now").evaluate("middle => middle.scrollTo(0, 0)")
        take(laptop.page, "demo")
    finally:
        running.stop(signal.SIGINT)


def main() -> int:
    """Take the pictures; 1 when one is too large."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    os.environ["FACILITATOR_PUBLIC_URL"] = SHOWN_ADDRESS
    executable = browser_executable(with_window=True)
    takes = [demo] if sys.argv[1:] == ["demo"] else [meeting, demo]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        try:
            for each in takes:
                each(browser, Path(folder))
        finally:
            browser.close()
    heavy = [path.name for path in IMAGES.glob("*.png") if path.stat().st_size > MOST_BYTES]
    if heavy:
        print(f"Larger than {MOST_BYTES // 1024} KB: {', '.join(heavy)}", file=sys.stderr)
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main())
