"""What a phone's browser holds on its disk once someone has left, or the meeting has ended.

A real Chromium with a profile of its own, as a person's browser has one. Allowed: the address, the
neutral title, the code that opens nothing any more. Everything else that anyone typed, saw or
carried is looked for in every file of the profile, in every way of writing it down.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright

from scripts.browser import browser_executable
from tests.browser.people import Laptop
from tests.browser.server import Server
from tests.proof.planting import Kind, Words
from tests.proof.report import note
from tests.proof.scanning import Hit, files, scan

pytestmark = pytest.mark.proof

WITHOUT_NEWS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Playwright turns off what a person's browser has, and what may keep a page.
AS_PEOPLE_HAVE_IT = ["--disable-back-forward-cache"]


@contextmanager
def browser_with_a_profile(
    playwright: Playwright, executable: str | None, folder: Path
) -> Iterator[BrowserContext]:
    context = playwright.chromium.launch_persistent_context(
        folder,
        executable_path=executable,
        args=WITHOUT_NEWS,
        ignore_default_args=AS_PEOPLE_HAVE_IT,
        locale="en-US",
    )
    yield context
    context.close()


class Someone:
    """A participant who comes in, says all there is to say, and leaves words half typed."""

    def __init__(self, context: BrowserContext, address: str, code: str, words: Words) -> None:
        self.page: Page = context.pages[0]
        self.words = words
        page = self.page
        page.goto(f"{address}/j/{code}")
        # Typed at the door by mistake, gone back, typed anew.
        page.locator("#name").fill(words.person("a name that was typed and not sent"))
        page.goto(f"{address}/what-happens")
        page.go_back()
        expect(page.locator("#name")).to_have_value("")
        self.name = words.person("the name")
        page.locator("#name").fill(self.name)
        page.locator("#first_time").check()
        page.get_by_role("button", name="Join the meeting").click()
        page.wait_for_url("**/meeting")
        page.get_by_role("button", name="I’ve heard this").click()
        expect(page.locator("#region-me")).to_contain_text(self.name)
        # Away and back, as people do; a page of ours stays behind in the browser's memory.
        page.goto(f"{address}/what-we-hold")
        page.go_back()
        expect(page.locator("#region-me")).to_contain_text(self.name)
        cookie = next(one for one in context.cookies() if one["name"] == "seat")
        words.also(cookie["value"][-40:], Kind.CODE, "the seat's cookie")

    def takes_part(self, laptop: Laptop) -> None:
        page, words = self.page, self.words
        laptop.go_to("Our Comfort Agreement")
        said = words.person("what was suggested")
        page.locator("#suggest-text").fill(said)
        page.locator("#suggest-send").click()
        expect(page.locator("form.suggestion-said").last).to_contain_text(said)
        page.locator("form.suggestion-said").last.locator("input").first.check()
        page.get_by_role("button", name="Hand").click()
        page.locator("#suggest-text").fill(words.person("half a thought"))
        page.reload()
        expect(page.locator("#suggest-text")).to_have_value("")
        page.locator("#suggest-text").fill(words.person("another half"))


def kinds(hits: set[Hit]) -> dict[str, list[str]]:
    return {
        hit.where: sorted({one.surface for one in hits if one.where == hit.where}) for hit in hits
    }


@pytest.mark.parametrize("how", ["leaves", "leaves with the network off", "it ends", "closes it"])
def test_a_profile_holds_the_address_the_neutral_title_and_a_dead_code_only(
    tmp_path: Path, how: str
) -> None:
    words = Words()
    # Asked first: it looks by way of Playwright too.
    executable = browser_executable(with_window=True)
    server = Server(tmp_path / "data")
    server.start()
    folder = tmp_path / "profile"
    try:
        with sync_playwright() as playwright:
            hers = playwright.chromium.launch(executable_path=executable, args=WITHOUT_NEWS)
            laptop = Laptop(hers, server.address)
            laptop.sign_in(server.sign_in_link)
            code = laptop.open_doors()
            with browser_with_a_profile(playwright, executable, folder) as context:
                someone = Someone(context, server.address, code, words)
                laptop.space()
                someone.takes_part(laptop)
                group_words = someone.page.locator("#help").text_content() or ""
                assert "Close" in group_words
                goes(how, context, someone.page, laptop)
                # The control: what is in an address is found, so the search can find.
                control = words.group("the control")
                someone.page.goto(f"{server.address}/{control}")
            hers.close()
    finally:
        server.kill()

    surfaces = list(files(folder))
    whole = b"".join(surface.content for surface in surfaces)
    hits = scan(surfaces, words)
    found = kinds(hits)
    assert found.pop("the control", None), "the search finds nothing, so it proves nothing"
    assert found == {}
    # What may be there is there, and is what we say it is.
    assert server.address.encode() in whole
    assert code.encode() in whole
    titles = b"Meeting" in whole or "Meeting".encode("utf-16-le") in whole
    assert titles
    note(
        "browser-profile",
        how.replace(" ", "-"),
        files=len(surfaces),
        bytes=len(whole),
        words=len(words.planted) - 1,
        found=len(found),
    )


def goes(how: str, context: BrowserContext, page: Page, laptop: Laptop) -> None:
    if how == "leaves":
        with page.expect_response("**/meeting/leave"):
            page.locator("#leave button").click()
    elif how == "leaves with the network off":
        context.set_offline(True)
        page.locator("#leave button").click()
        expect(page.locator("body")).to_contain_text("You have left.")
        context.set_offline(False)
    elif how == "it ends":
        laptop.end()
        expect(page.locator("body")).to_contain_text("The meeting has ended.")
        assert [one for one in context.cookies() if one["name"] == "seat"] == []
