"""The people of a meeting, each with a browser of their own."""

from __future__ import annotations

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.browser import late

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1440, "height": 900}

# A busy machine is not a bug: how soon things come is measured in bench/.
expect.set_options(timeout=20_000)

# Longer than the page takes two presses for one.
PACE_MS = 450

# What a browser says by itself when a server is away or answers with a refusal, and nothing else.
EXPECTED = (
    "Failed to load resource",
    "WebSocket connection to",
    "WebSocket is closed",
    "WebSocket is already in CLOSING",
    "htmx: htmx:ws:error",
    "htmx: htmx:error: Failed to fetch",
    "htmx: htmx:error: signal is aborted",
)


class Watched:
    """A browser context whose every complaint and every foreign request is remembered."""

    def __init__(self, browser: Browser, address: str, viewport: dict[str, int]) -> None:
        self.address = address
        self.context: BrowserContext = browser.new_context(
            viewport=viewport,
            base_url=address,
            has_touch=viewport is PHONE,
            locale="en-US",
        )
        if late.PUSHES or late.ANSWERS:
            self.context.add_init_script(late.SCRIPT)
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.context.on("request", self._request)
        self.page: Page = self.context.new_page()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if not any(expected in message.text for expected in EXPECTED):
            self.complaints.append(message.text)

    def _request(self, request: object) -> None:
        url = str(request.url)  # type: ignore[attr-defined]
        if not url.startswith((self.address, "blob:", "data:", self.address.replace("http", "ws"))):
            self.foreign.append(url)

    def sees(self, text: str, within: str = "body") -> None:
        expect(self.page.locator(within)).to_contain_text(text)

    def does_not_see(self, text: str, within: str = "body") -> None:
        expect(self.page.locator(within)).not_to_contain_text(text)

    def post(self, path: str, form: dict[str, str], method: str = "POST") -> int:
        """Send what a page could send, with its cookies and its token; the status."""
        return int(
            self.page.evaluate(
                """async ([path, form, method]) => {
                  const holder = document.querySelector('[hx-headers\\\\:inherited]');
                  const headers = JSON.parse(holder.getAttribute('hx-headers:inherited'));
                  const body = new URLSearchParams(form);
                  const address = method === 'DELETE' ? `${path}?${body}` : path;
                  const answer = await fetch(address, {
                    method, headers, body: method === 'DELETE' ? undefined : body,
                  });
                  return answer.status;
                }""",
                [path, form, method],
            )
        )

    def close(self) -> None:
        self.context.close()


class Laptop(Watched):
    """The facilitator."""

    def __init__(self, browser: Browser, address: str, viewport: dict[str, int] = LAPTOP) -> None:
        super().__init__(browser, address, viewport)
        self.context.add_init_script(
            # Noted by the page: its clock begins anew with it, and a press may arrive late.
            """let means;
            for (const how of ['keydown', 'click']) {
              addEventListener(how, ({ timeStamp }) => { window.pressedAt = timeStamp; }, true);
            }
            addEventListener('htmx:after:swap', () => {
              const button = document.querySelector('#control-primary');
              const now = button && button.textContent + button.getAttribute('hx-vals');
              if (now !== means) [means, window.changedAt] = [now, performance.now()];
            });"""
        )

    def sign_in(self, link: str) -> None:
        self.page.goto(link)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url("**/group/*/")

    def open_doors(self) -> str:
        """The code."""
        self.page.get_by_role("button", name="Open the doors").click()
        self.page.wait_for_url("**/console/*/")
        return self.code

    @property
    def code(self) -> str:
        shown = self.page.locator(".join-code").first.inner_text()
        return "".join(shown.replace("The code is", "").split())

    @property
    def meeting_id(self) -> str:
        return self.page.url.rstrip("/").rsplit("/", 1)[-1]

    def space(self) -> None:
        """Press Space, with nothing in focus, and wait for what it brings."""
        primary = self.page.locator("[data-primary]")
        before = primary.inner_text() + self.now
        self.page.evaluate("document.activeElement?.blur()")
        self.rest_between_presses()
        with self.page.expect_response(lambda answer: answer.request.method != "GET") as answered:
            self.page.keyboard.press("Space")
        # Until then the button takes no other press, whatever a push has made of it.
        answered.value.finished()
        self.page.wait_for_function(
            """before => document.querySelector('#control-primary').innerText
              + document.querySelector('#region-lead-now').dataset.announce
              + (document.querySelector('#now-label')?.innerText ?? '') !== before""",
            arg=before,
        )

    def rest_between_presses(self) -> None:
        """The page takes two presses at once for one, and one that comes as the button changes
        for one that was meant for what stood there before: press as a person does.
        """
        self.page.wait_for_function(
            """pace => performance.now() - pace
              > Math.max(window.pressedAt ?? 0, window.changedAt ?? 0)""",
            arg=PACE_MS,
        )

    @property
    def now(self) -> str:
        """What the middle of the page says it is about."""
        return str(
            self.page.evaluate(
                """() => document.querySelector('#region-lead-now').dataset.announce
                  + (document.querySelector('#now-label')?.innerText ?? '')"""
            )
        )

    def go_to(self, title: str) -> None:
        # A button once the meeting runs; in the lobby the plan can only be read.
        self.page.locator("button.agenda-step", has_text=title).click()
        expect(self.page.locator(".agenda-step[aria-current=step]")).to_contain_text(title)

    def end(self) -> None:
        self.page.locator("#end-open").click()
        self.page.get_by_role("button", name="End the meeting and forget everything").click()
        self.page.wait_for_url("**/receipt*")


class Phone(Watched):
    """A participant."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        *,
        polls: bool = False,
        viewport: dict[str, int] = PHONE,
    ) -> None:
        super().__init__(browser, address, viewport)
        if polls:
            # A treatment centre's Wi-Fi: no socket ever opens.
            self.context.route_web_socket("**/*", lambda socket: socket.close())

    def come_to_the_door(self, code: str) -> None:
        self.page.goto("/")
        self.page.get_by_role("textbox").fill(code)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/j/*")

    def join(self, code: str, name: str = "", *, first_time: bool = False) -> None:
        self.come_to_the_door(code)
        self.page.locator("#name").fill(name)
        if first_time:
            self.page.locator("#first_time").check()
        self.page.get_by_role("button", name="Join the meeting").click()
        self.page.wait_for_url("**/meeting")
        self.page.get_by_role("button", name="I’ve heard this").click()
        expect(self.page.locator("#region-now")).to_be_visible()
        # Its scripts run after what it shows.
        self.page.wait_for_load_state()

    def answer(self, option: int) -> None:
        self.page.locator("input[name=choice]:not([type=hidden])").nth(option).check()
        self.page.locator("#answer-send").click()
        expect(self.page.locator("#answer-taken")).to_be_visible()

    def pass_(self) -> None:
        self.page.locator("#answer-pass-button").click()
        expect(self.page.locator("#answer-taken")).to_be_visible()

    def suggest(self, text: str) -> None:
        self.page.locator("#suggest-text").fill(text)
        self.page.locator("#suggest-send").click()
        expect(self.page.locator("#suggest-text")).to_have_value("")

    def respond(self, text: str, response: str) -> None:
        card = self.page.locator("form.suggestion-said", has_text=text)
        with self.page.expect_response("**/response"):
            card.locator(f"input[value={response}]").check()
