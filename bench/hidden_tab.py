"""Does the facilitator's socket survive while she works in another window?

A real Chromium with a window (on a virtual screen: Xvfb), its own throttling of hidden pages left
on: a console in one tab, another tab in front of it for MINUTES. Then someone joins, and the
console must show them. Prints what it saw.

    uv run --with websockets python bench/hidden_tab.py MINUTES

Needs Xvfb and a Chromium. Playwright is of no use here: it keeps every page visible.
"""

import asyncio
import http.cookiejar
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path

import websockets

sys.path.insert(0, str(Path(__file__).parents[1]))
from scripts.browser import browser_executable
from tests.browser.server import Server

DISPLAY = ":77"
DEBUGGING_PORT = 9333


class Tab:
    """One page, by the browser's debugging protocol."""

    def __init__(self, socket):
        self.socket = socket
        self.events = []
        self._asked = 0

    async def call(self, method, **parameters):
        self._asked += 1
        await self.socket.send(
            json.dumps({"id": self._asked, "method": method, "params": parameters})
        )
        while True:
            message = json.loads(await self.socket.recv())
            if message.get("id") == self._asked:
                return message
            self.events.append(message["method"])

    async def run(self, script):
        answer = await self.call("Runtime.evaluate", expression=script, returnByValue=True)
        return answer["result"]["result"].get("value")

    async def until(self, script, seconds=30):
        ends = time.monotonic() + seconds
        while not await self.run(script):
            assert time.monotonic() < ends, f"never: {script}"
            await asyncio.sleep(0.05)


def browser(path, method="GET"):
    address = f"http://127.0.0.1:{DEBUGGING_PORT}{path}"
    for _attempt in range(100):
        try:
            with urllib.request.urlopen(urllib.request.Request(address, method=method)) as answer:
                return json.load(answer)
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the browser did not start")


def join(server, code, name):
    """A phone, by HTTP alone."""
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    phone = urllib.request.build_opener(jar)
    door = f"{server.address}/j/{code}"
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', phone.open(door).read().decode())[1]
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "name": name}).encode()
    phone.open(urllib.request.Request(door, data=form))


async def watch(server, minutes):
    page = next(tab for tab in browser("/json") if tab["type"] == "page")
    async with websockets.connect(page["webSocketDebuggerUrl"], max_size=None) as socket:
        tab = Tab(socket)
        await tab.call("Page.enable")
        await tab.call("Network.enable")
        await tab.call("Page.navigate", url=server.sign_in_link)
        for step in ("form", "form[action$=doors]"):
            await tab.until(f"document.querySelector('{step}') !== null")
            await tab.run(f"document.querySelector('{step}').requestSubmit()")
        await tab.until("document.querySelector('.join-code') !== null")
        shown = await tab.run("document.querySelector('.join-code').textContent")
        code = "".join(shown.replace("The code is", "").split())

        browser("/json/new?about:blank", "PUT")
        await tab.until("document.visibilityState === 'hidden'")
        tab.events.clear()
        hidden_at = time.monotonic()
        while time.monotonic() - hidden_at < minutes * 60:
            await asyncio.sleep(5)
            await tab.run("1")
        print(f"hidden for {time.monotonic() - hidden_at:.0f} s")
        print("socket events:", dict(Counter(e for e in tab.events if "webSocket" in e)))

        joined_at = time.monotonic()
        join(server, code, "Heron")
        await tab.until("document.querySelector('#region-room').textContent.includes('Heron')")
        print(f"someone joined: on the hidden page after {time.monotonic() - joined_at:.2f} s")
        print("still", await tab.run("document.visibilityState"))


def main():
    minutes = float(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data")
        server.start()
        screen = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1600x1000x24"])
        chromium = subprocess.Popen(
            [
                browser_executable(with_window=True),
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                f"--remote-debugging-port={DEBUGGING_PORT}",
                f"--user-data-dir={folder}/profile",
                "about:blank",
            ],
            env={**os.environ, "DISPLAY": DISPLAY},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            asyncio.run(watch(server, minutes))
        finally:
            for process in (chromium, screen):
                process.kill()
                process.wait()
            server.kill()


if __name__ == "__main__":
    main()
