"""Leads a meeting in this one process by its real paths, forgets it, and prints what is left.

One argument: how it is forgotten (`ended`, `removed`, `alone`). A data folder in FACILITATOR_DATA;
with REDIS_URL live state lies there. Prints JSON: what was reachable before and after, what old
cookies still open, and which files are left.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import secrets
import sys
import time
from typing import Any
from urllib.parse import urlencode

import django

django.setup()

from asgiref.sync import sync_to_async  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.core.management import call_command  # noqa: E402

settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}

from facilitator.asgi import application  # noqa: E402
from facilitator.sessions import SessionStore  # noqa: E402
from meetings import records, room, seats, services, store  # noqa: E402
from meetings.models import Facilitator, Group, Prompt  # noqa: E402
from meetings.starters import make_first_group  # noqa: E402
from tests.facilitator.reachable import Planted, still_reachable  # noqa: E402
from tests.meetings.sockets import Page, until  # noqa: E402

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HOST = b"localhost:8000"
LONG_ALONE = 15 * 60 + 60

planted = Planted()
late = 0.0


def now() -> float:
    return time.time() + late


class Browser:
    """A browser without a screen, which asks the application as the server does."""

    def __init__(self, **cookies: str) -> None:
        self.cookies = cookies
        self.token = ""

    async def ask(self, method: str, path: str, **fields: str) -> tuple[int, str, str]:
        """Status, where to, and the page."""
        fields |= {"csrfmiddlewaretoken": self.token} if method == "POST" else {}
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [
                (b"host", HOST),
                (b"cookie", cookie.encode()),
                (b"content-type", b"application/x-www-form-urlencoded"),
            ],
            "client": ("127.0.0.1", 5000),
            "server": ("127.0.0.1", 8000),
            "scheme": "http",
            "http_version": "1.1",
        }
        body = urlencode(fields).encode()
        answers: list[dict[str, Any]] = []
        arriving = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> dict[str, Any]:
            for message in arriving:
                return message
            await asyncio.Event().wait()
            raise AssertionError

        async def send(message: dict[str, Any]) -> None:
            answers.append(message)

        await application(scope, receive, send)
        headers = [(name.decode(), value.decode()) for name, value in answers[0]["headers"]]
        for name, value in headers:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0].strip('"')
        page = b"".join(one.get("body", b"") for one in answers[1:]).decode()
        found = TOKEN.search(page)
        self.token = found[1] if found else self.token
        where = next((value for name, value in headers if name.lower() == "location"), "")
        return answers[0]["status"], where, page

    async def does(self, path: str, **fields: str) -> None:
        status, _where, page = await self.ask("POST", path, **fields)
        assert status in (200, 302), (path, status, page[:500])

    async def socket(self, path: str) -> Page:
        return await Page(path, dict(self.cookies)).open()


def plant(what: str) -> str:
    """A word that is nowhere else, to be looked for."""
    word = f"{what}{secrets.token_hex(6)}"
    planted.word(what, word)
    return word


async def laptop() -> Browser:
    def sign_in() -> tuple[str, str]:
        facilitator = Facilitator.objects.get()
        session = SessionStore()
        session[SESSION_KEY] = str(facilitator.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = facilitator.get_session_auth_hash()
        session.create()
        return session.session_key or "", str(Group.objects.get().pk)

    session, group = await sync_to_async(sign_in)()
    browser = Browser(session=session)
    await browser.ask("GET", f"/group/{group}/")
    _, browser.console, _ = await browser.ask("POST", f"/group/{group}/doors")  # type: ignore[attr-defined]
    return browser


async def a_meeting() -> tuple[str, Any, list[Browser], list[Page]]:
    """Doors, six phones, hands, suggestions, responses, an answered question: all by the paths."""
    her = await laptop()
    console = her.console  # type: ignore[attr-defined]
    meeting_id = console.strip("/").split("/")[-1]
    await her.ask("GET", console)
    pages = [await her.socket(f"{console}socket")]
    code = (await services.look(meeting_id)).code
    planted.word("code", code)
    planted.key("key", await services.store().key(meeting_id))
    phones = []
    for n in range(6):
        phone = Browser()
        await phone.ask("GET", f"/j/{code}")
        await phone.does(f"/j/{code}", name=plant(f"name-{n}-"))
        await phone.ask("GET", "/meeting")
        await phone.does("/meeting/cards")
        await phone.ask("GET", "/meeting")
        await phone.ask("GET", "/meeting/regions")
        planted.word(f"cookie-{n}", phone.cookies["seat"])
        phones.append(phone)
        if n < 4:
            pages.append(await phone.socket("/meeting/socket"))
    for n, one in enumerate((await services.look(meeting_id)).seats):
        planted.word(f"seat-{n}", one)
    await her.does(f"{console}start")
    state = await services.look(meeting_id)
    agreement = next(step.id for step in state.steps if step.kind.value == "agreement")
    checkin = next(step.id for step in state.steps if step.kind.value == "checkin")
    await her.does(f"{console}step", step=agreement)
    await phones[0].does("/meeting/statements", text=plant("suggestion-"))
    suggestion = (await services.look(meeting_id)).board.suggestions[0].id
    for phone in phones:
        await phone.does("/meeting/hand")
        await phone.does(f"/meeting/statements/{suggestion}/response", response="talk")
    # What goes wrong on the way: a name too long, a form that is none, a page out of date.
    await phones[1].ask("POST", "/meeting/answer", step=plant("stray-"), choice="x")
    await phones[1].ask("POST", "/meeting/statements", text=plant("long-") * 200)
    stale = Browser(**phones[2].cookies)
    await stale.ask("POST", "/meeting/statements", text=plant("stale-"))
    await her.does(f"{console}step", step=checkin)
    await her.does(f"{console}checkin", step=checkin)
    for n, phone in enumerate(phones):
        await phone.does("/meeting/answer", step=checkin, text=plant(f"answer-{n}-"))
    for one in room._rooms.values():
        await one.heartbeat()
    return meeting_id, her, phones, pages


async def opened(cookies: dict[str, str]) -> tuple[int, bool]:
    """What a phone meets that comes with cookies from before, and whether its seat decrypts."""
    read = await seats.read(services.store(), cookies, seats.SEAT)
    status, _where, _page = await Browser(**cookies).ask("GET", "/meeting")
    return status, read is not None


async def forgets(how: str) -> dict[str, Any]:
    global late
    meeting_id, her, phones, pages = await a_meeting()
    before = still_reachable(planted)
    old = [dict(phone.cookies) for phone in phones]
    console = her.console
    if how == "ended":
        await her.does(f"{console}end")
    elif how == "removed":
        gone = next(iter((await services.look(meeting_id)).seats))
        await her.does(f"{console}remove", seat=gone)
    else:
        late = LONG_ALONE
        for one in tuple(room._rooms.values()):
            await one.heartbeat()
    if how == "removed":
        await until(lambda: pages[1].closed is not None)
        for one in room._rooms.values():
            await one.refresh()
        # What was sent is the browsers' now.
        for page in pages:
            page.texts.clear()
            page.messages.clear()
    else:
        for page in pages:
            await until(lambda page=page: page.closed is not None)
            await page.over()
        await until(lambda: not room._rooms)
        live: Any = services.store()
        if hasattr(live, "keep_up"):
            await live.keep_up()
    opens = [await opened(cookies) for cookies in (old[:1] if how == "removed" else old)]
    await asyncio.sleep(0)
    return {"before": before, "meeting": meeting_id, "opens": opens}


async def main(how: str) -> None:
    kept = await forgets(how)
    kept["after"] = still_reachable(planted)
    kept["rooms"] = len(room._rooms)
    folder = settings.FACILITATOR_DATA / "live"
    kept["files"] = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    await services.store().close()
    print(json.dumps(kept), flush=True)


if __name__ == "__main__":
    logging.disable(logging.NOTSET)
    call_command("migrate", verbosity=0)
    make_first_group("Ana")
    Group.objects.update(free_text=True)
    Prompt.objects.update(kind="text", options=[])
    live_store: store.Store
    if settings.REDIS_URL:
        from meetings.redis_store import RedisStore

        live_store = RedisStore(settings.REDIS_URL, settings.SECRET_KEY, now)
    else:
        live_store = store.MemoryStore(
            records.RunningRecords(settings.FACILITATOR_DATA / "live"), now
        )
    services.live = lambda: live_store
    asyncio.run(main(sys.argv[1]))
