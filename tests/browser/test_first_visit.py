"""What a first visit costs an old phone with little data, and what it is told to do and to keep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.evening import Evening
from tests.browser.people import Watched
from tests.browser.server import Server

SCRIPTS = Path(__file__).parents[2] / "static" / "js"
PAGES = Path(__file__).parents[2] / "templates"
MOST_BYTES = 60 * 1024
MOST_SCRIPT_BYTES = 26 * 1024
# On phones and the screen; on the laptop besides; for preparing (docs/decisions/010 and 012).
MOST_LINES = 350
MOST_LINES_FOR_LEADING = 250
MOST_LINES_FOR_PREPARING = 150
CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
PERSISTENT = re.compile(r"expires=|max-age=", re.IGNORECASE)


@pytest.fixture(scope="module")
def evening(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    server = Server(tmp_path_factory.mktemp("evening") / "data")
    server.start()
    evening = Evening(browser, server)
    yield evening
    evening.close()
    server.kill()


class Inline(HTMLParser):
    """Finds styles, scripts and handlers that a strict policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or re.fullmatch(r"on\w+", name) or name.startswith("hx-on"):
                self.found.append(f"{tag} {name}")
            if value and value.strip().lower().startswith("javascript:"):
                self.found.append(f"{tag} {name}={value}")


def inline_in(html: str) -> list[str]:
    parser = Inline()
    parser.feed(html)
    return parser.found


def policy_of(response: Response) -> dict[str, str]:
    header = response.header_value("content-security-policy") or ""
    parts = (part.strip().split(" ", 1) for part in header.split(";") if part.strip())
    return {name: " ".join(rest) for name, *rest in parts}


class Traffic:
    """Bytes as they went over the wire, by kind, for all that a page asked for.

    A context of its own has an empty cache to begin with, as a phone has on a first visit.
    """

    def __init__(self, who: Watched) -> None:
        self._kinds: dict[str, str] = {}
        self.bytes_of: dict[str, int] = {}
        session = who.context.new_cdp_session(who.page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)

    def _answered(self, event: dict[str, str]) -> None:
        self._kinds[event["requestId"]] = event["type"]

    def _finished(self, event: dict[str, float]) -> None:
        kind = self._kinds.get(str(event["requestId"]), "Other")
        self.bytes_of[kind] = self.bytes_of.get(kind, 0) + int(event["encodedDataLength"])


@pytest.mark.browser
def test_a_first_visit_costs_little(evening: Evening) -> None:
    code = evening.new_meeting()
    phone = evening.phone()
    traffic = Traffic(phone)
    # By the square on the screen: straight to the door.
    phone.page.goto(f"/j/{code}", wait_until="networkidle")
    phone.page.locator("#name").fill("Robin")
    phone.page.keyboard.press("Enter")
    phone.page.wait_for_url("**/meeting")
    phone.page.get_by_role("button", name="I’ve heard this").click()
    with phone.page.expect_event("websocket"):
        expect(phone.page.locator("#region-now")).to_be_visible()
    phone.page.wait_for_load_state("load")
    phone.page.wait_for_function("performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
    assert traffic.bytes_of["Script"] <= MOST_SCRIPT_BYTES, traffic.bytes_of
    assert sum(traffic.bytes_of.values()) <= MOST_BYTES, traffic.bytes_of
    # Numbers that are too small would prove nothing: these were all there.
    assert {"Document", "Stylesheet", "Script"} <= set(traffic.bytes_of)
    assert traffic.bytes_of["Script"] > MOST_SCRIPT_BYTES // 3
    assert phone.foreign == []


def test_our_own_scripts_are_short_and_stand_alone() -> None:
    scripts = {path.name: path.read_text() for path in SCRIPTS.rglob("*.js")}
    # What stands outside all folders may be part of any page.
    pages = [*PAGES.glob("*.html"), *(PAGES / "meetings").rglob("*.html")]
    named = {page.name: set(re.findall(r"js/([\w-]+\.js)", page.read_text())) for page in pages}
    laptop = named.pop("console.html")
    on_phones = {name for names in named.values() for name in names}
    leading = laptop - on_phones
    in_meetings = on_phones | laptop
    assert in_meetings and in_meetings < set(scripts)

    def lines(names: set[str]) -> int:
        return sum(len(scripts[name].splitlines()) for name in names)

    assert on_phones and leading
    assert lines(on_phones) <= MOST_LINES
    assert lines(leading) <= MOST_LINES_FOR_LEADING
    assert lines(set(scripts) - in_meetings) <= MOST_LINES_FOR_PREPARING
    importing = [name for name, text in scripts.items() if re.search(r"^\s*import\b", text, re.M)]
    assert importing == []


@pytest.mark.browser
def test_every_response_is_strict_and_nothing_stays_on_a_phone(evening: Evening) -> None:
    answers: list[Response] = []
    inline: dict[str, list[str]] = {}
    code = evening.new_meeting()
    phone, laptop = evening.phone(), evening.laptop
    # Playwright cannot call a method that is built in.
    for one in (phone, laptop):
        one.context.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108

    def see(page: Page, address: str) -> None:
        answer = page.goto(address)
        assert answer
        inline[page.url] = inline_in(answer.text())

    for address in ("/", "/what-happens", "/j/QQQQQQQQ", "/nothing/here", f"/j/{code}"):
        see(phone.page, address)
    phone.join(code, "Robin")
    see(phone.page, "/meeting")
    assert phone.post("/meeting/hand", {}) == 409
    see(laptop.page, laptop.page.url)
    with laptop.context.expect_page() as opened:
        laptop.page.locator(".console-lobby form button").click()
    see(opened.value, "/screen")
    console = laptop.page.url
    for address in (evening.group, evening.server.sign_in_link, console):
        see(laptop.page, address)
    laptop.end()
    see(laptop.page, laptop.page.url)
    phone.sees("The meeting has ended.")
    phone.page.wait_for_function("() => fetch('/meeting').then((answer) => answer.redirected)")
    see(phone.page, "/meeting")
    assert inline == {address: [] for address in inline}
    assert len(inline) == 11

    pages = [one for one in answers if "/static/" not in one.url]
    assert len({one.url for one in pages}) > len(inline)
    for page in pages:
        where = f"{page.request.method} {page.url}"
        assert policy_of(page) == CONTENT_SECURITY_POLICY, where
        assert page.header_value("cache-control") == "no-store", where
        assert page.header_value("referrer-policy") == "no-referrer", where
        assert page.header_value("x-content-type-options") == "nosniff", where
    for page in (one for one in pages if one.request.frame.page is phone.page):
        given = [
            each["value"]
            for each in page.headers_array()
            if each["name"].lower() == "set-cookie" and "Max-Age=0" not in each["value"]
        ]
        assert [each.split("=")[0] for each in given if PERSISTENT.search(each)] == [], page.url
        assert all("HttpOnly" in each for each in given), page.url
    # What the browser holds agrees: nothing that would outlive it, and nothing scripts wrote.
    assert [each["name"] for each in phone.context.cookies() if each["expires"] != -1] == []
    assert phone.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_search_for_inline_code_finds_it() -> None:
    html = "<p style='x'><script>1</script><a href='javascript:1' onclick='1'>b</a><style></style>"
    assert len(inline_in(html)) == 5
    assert inline_in("<script type=module src=/static/a.js></script><p class=style>a</p>") == []
