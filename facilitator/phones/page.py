"""A live page as a browser keeps it: loaded once, then current by its socket, or by polling."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode, urljoin, urlsplit

import aiohttp
from yarl import URL

from facilitator.phones import markup
from facilitator.phones.markup import Element, Offer

Sleep = Callable[[float], Awaitable[object]]
Fields = Sequence[tuple[str, str]]

# As in static/js/live.js, in seconds.
SOCKET_OPENS_WITHIN = 4.0
SOCKET_SILENT_AFTER = 15.0
POLL_EVERY = 3.0
FIRST_TRY, LAST_TRY = 0.5, 5.0
TIMEOUT = aiohttp.ClientTimeout(total=20)

PARTIAL = re.compile(r'<hx-partial hx-target="([^"]+)" hx-swap="[^"]+">(.*?)</hx-partial>', re.S)
# What a connection that goes away may raise.
LOST = (aiohttp.ClientError, OSError, TimeoutError)


class Refused(Exception):
    """The server answered with a page that is not the one that was asked for."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class LivePage:
    """One browser with one live page. Nothing of it is written anywhere.

    `http` is what else its HTTP session is made with, such as headers.
    """

    def __init__(
        self, base: str, *, sockets: bool = True, sleep: Sleep = asyncio.sleep, **http: Any
    ) -> None:
        self.base = base.rstrip("/")
        self.sockets = sockets
        self.address = self.base
        self.root = Element("", {})
        self.regions: dict[str, str] = {}
        self.said = ""
        # Once the meeting is over for this page: the words it shows then.
        self.over = ""
        # How it is kept current at this moment: "socket", "polling" or "".
        self.kept_by = ""
        self._sleep = sleep
        self._token = ""
        self._live = Element("", {})
        self._revision = 0
        self._digest = ""
        self._fresh_from_server = False
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._awake = asyncio.Event()
        self._awake.set()
        self._news = asyncio.Event()
        self._trees: dict[str, tuple[str, Element]] = {}
        # A jar of its own; `unsafe` only means that cookies of plain addresses are kept.
        self._http = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True), timeout=TIMEOUT, trust_env=False, **http
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._http.close()

    # --- pages -----------------------------------------------------------------------------------

    async def visit(self, path: str) -> Element:
        """Load a page; the tree of it. Raises Refused when it is not a 200."""
        async with self._http.get(urljoin(self.base, path)) as answer:
            return self._loaded(answer, await answer.text())

    async def send_form(self, form: Offer, fields: Fields = ()) -> Element:
        """Send an ordinary form; the page it leads to. Raises Refused when that is not a 200."""
        body = form.filled(fields)
        path = urljoin(self.address, form.path)
        async with self._http.post(path, data=body, headers={"Origin": self.base}) as answer:
            return self._loaded(answer, await answer.text())

    def _loaded(self, answer: aiohttp.ClientResponse, html: str) -> Element:
        if answer.status != 200:
            raise Refused(answer.status)
        self.address = str(answer.url)
        self.root = markup.read(html)
        if (live := self.root.with_id("live")) is not None:
            self._take_up(live)
        return self.root

    def _take_up(self, live: Element) -> None:
        """The page is a live one: its regions, its token, its place in the order of pushes."""
        self._live = live
        holder = next(each for each in self.root.walk() if "hx-headers:inherited" in each)
        self._token = json.loads(holder.get("hx-headers:inherited"))["X-CSRFToken"]
        self._revision = int(live.get("data-revision"))
        self._digest = live.get("data-digest")
        self._fresh_from_server = True
        self._trees = {}
        self.over = ""
        self.regions = {
            each.get("id"): each.source
            for each in self.root.walk()
            if each.get("id").startswith("region-")
        }
        self._tell()

    def forms(self) -> list[Offer]:
        """What may be done on the page as it was loaded."""
        return markup.offers(self.root, self.address)

    # --- what it shows now -----------------------------------------------------------------------

    def region(self, name: str) -> Element:
        """The region `region-NAME` as it is now; an empty element when there is none."""
        html = self.regions.get(f"region-{name}", "")
        known = self._trees.get(name)
        # Read when somebody looks, not with every push.
        if known is None or known[0] != html:
            known = self._trees[name] = (html, markup.read(html))
        return known[1]

    def offers(self, *names: str) -> list[Offer]:
        """What these regions let someone do."""
        return [each for name in names for each in markup.offers(self.region(name), self.address)]

    def changed(self) -> Coroutine[Any, Any, object]:
        """To be awaited: the next change of the page after this call."""
        # No `async def`: it would look at the event only once it runs, and miss what came before.
        return self._news.wait()

    async def until(self, shows: Callable[[], object], seconds: float = 60.0) -> None:
        """Return once the page is as wanted. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not shows():
                await self.changed()

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    # --- commands --------------------------------------------------------------------------------

    async def send(self, offer: Offer, fields: Fields = ()) -> int:
        """Do what a region offers; the status. A refusal's sentence is in `said`."""
        every = offer.filled(fields)
        headers = {"X-CSRFToken": self._token, "HX-Request": "true", "Origin": self.base}
        address = urljoin(self.base, offer.path)
        if offer.method == "DELETE":
            asked = self._http.delete(address, params=every, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = _padded(every, offer.pads_to)
            asked = self._http.request(offer.method, address, data=body, headers=headers)
        async with asked as answer:
            self._answered(answer, await answer.text())
            return answer.status

    def _answered(self, answer: aiohttp.ClientResponse, html: str) -> None:
        revision = int(answer.headers.get("X-Revision", self._revision))
        # A push newer than this answer has been shown already.
        if answer.status < 300 and revision < self._revision:
            return
        self._revision = max(self._revision, revision)
        self._digest = answer.headers.get("X-Digest", "")
        self._apply(html)

    def _apply(self, html: str) -> None:
        for target, inside in PARTIAL.findall(html):
            if target.startswith("#region-"):
                self.regions[target[1:]] = inside
            elif target.endswith("said"):
                self.said = markup.read(inside).text
            elif target == "#stage":
                self._finish(markup.read(inside).text)
        self._tell()

    def _finish(self, words: str) -> None:
        self.over = words or "over"
        self._awake.set()
        self._tell()

    # --- keeping current -------------------------------------------------------------------------

    async def keep_current(self) -> None:
        """Stay current until the meeting is over for this page: come back after each drop, and
        poll where no socket opens."""
        pause = FIRST_TRY
        while not self.over:
            await self._awake.wait()
            if self.sockets and await self._follow_socket():
                pause = FIRST_TRY
            self._is_kept_by("")
            if self.over or not self._awake.is_set():
                continue
            try:
                await self.poll()
                self._is_kept_by("polling")
            except LOST:
                pass
            except Refused as refused:
                # Signed out, or seated no more; a server that has trouble may get over it.
                if refused.status < 500:
                    self._finish(str(refused.status))
                    break
            await self._sleep(pause if self.sockets else POLL_EVERY)
            pause = min(pause * 2, LAST_TRY)
        self._is_kept_by("")

    def _is_kept_by(self, how: str) -> None:
        if self.kept_by != how:
            self.kept_by = how
            self._tell()

    async def _follow_socket(self) -> bool:
        """Follow one socket to its end; whether it ever spoke."""
        # The address of the first socket says what the page was made with: true only once.
        path = self._live.get("hx-ws:connect" if self._fresh_from_server else "data-socket")
        self._fresh_from_server = False
        address = urljoin(self.base.replace("http", "ws", 1), path)
        spoke = False
        try:
            async with asyncio.timeout(SOCKET_OPENS_WITHIN):
                socket = await self._http.ws_connect(address, origin=self.base, max_msg_size=0)
            async with socket:
                self._socket = socket
                while not self.over:
                    message = await socket.receive(timeout=SOCKET_SILENT_AFTER)
                    if message.type is not aiohttp.WSMsgType.TEXT:
                        break
                    spoke = True
                    self.kept_by = "socket"
                    self._pushed(json.loads(message.data))
        except LOST:
            pass
        finally:
            self._socket = None
        return spoke

    def _pushed(self, push: dict[str, object]) -> None:
        self._revision = max(self._revision, int(str(push.get("revision", 0))))
        content = push.get("content")
        if isinstance(content, str):
            # The digest of before says nothing of what is shown now.
            self._digest = ""
            self._apply(content)
        else:
            self._tell()
        if push.get("ended"):
            self._finish(self.over)

    async def doze(self) -> None:
        """The screen goes dark: no socket, no polling, until it wakes."""
        self._awake.clear()
        await self.drop_socket()

    def wake(self) -> None:
        """The screen is lit again: current at once."""
        self._awake.set()

    async def drop_socket(self) -> None:
        """The socket goes, as sockets do on a hall's Wi-Fi."""
        if self._socket is not None:
            await self._socket.close()

    async def poll(self) -> None:
        """Ask for what a push would have brought. Raises Refused when nobody is seated here."""
        address = urljoin(self.base, self._live.get("data-poll"))
        params = {"have": self._digest}
        async with self._http.get(address, params=params, allow_redirects=False) as answer:
            html = await answer.text()
            if answer.status not in (200, 204) and "<hx-partial" not in html:
                raise Refused(answer.status)
            self._answered(answer, html)

    async def fresh(self) -> dict[str, str]:
        """The regions that a page loaded now would show. Changes nothing here."""
        address = urljoin(self.base, self._live.get("data-poll"))
        async with self._http.get(address, params={"have": ""}) as answer:
            found = PARTIAL.findall(await answer.text())
        return {target[1:]: inside for target, inside in found}

    @property
    def cookies(self) -> dict[str, str]:
        """What this browser carries, by name."""
        return {cookie.key: cookie.value for cookie in self._http.cookie_jar}

    @cookies.setter
    def cookies(self, carried: dict[str, str]) -> None:
        self._http.cookie_jar.update_cookies(carried, URL(self.base))

    @property
    def path(self) -> str:
        """The path of the page that was loaded last."""
        return urlsplit(self.address).path


def _padded(fields: Fields, to: int) -> bytes:
    """A body that says nothing by its length, as our pages send it."""
    body = urlencode([*fields, ("pad", "")])
    return (body + "x" * (to - len(body) % to)).encode()
