"""One who floods, and what the others notice: the time their commands take, with and without.

    .venv/bin/python bench/flooder.py [PHONES] [SECONDS] [CONNECTIONS]

In turns, twice: nobody floods; a seat floods with its hand and with sockets; a stranger floods with
pages. Phones, flooder and server share the machine. Prints the p50 and p95 of the others' commands.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from pathlib import Path

import aiohttp

sys.path.insert(0, str(Path(__file__).parents[1]))
from crowd import come_in, percentile

from facilitator.phones.laptop import Laptop
from facilitator.phones.phone import HAND, Phone
from meetings.lan import address
from tests.browser.server import Server

# Each phone gives a command this often, in seconds: a lively room, not a crowd at its limit.
EVERY = 2.0


async def others(hands, seconds, took):
    """Every phone raises and lowers its hand once in a while; each answer's time."""
    until = time.monotonic() + seconds

    async def one(number, phone, up):
        await asyncio.sleep(EVERY * number / len(hands))
        acts = [up, replace(up, method="DELETE")]
        while time.monotonic() < until:
            began = time.perf_counter()
            assert await phone.send(acts[0]) == 200
            took.append(time.perf_counter() - began)
            acts.reverse()
            await asyncio.sleep(EVERY)

    await asyncio.gather(*(one(number, *hand) for number, hand in enumerate(hands)))


async def flood(base, connections, seconds, found, flooder=None):
    """As fast as it is answered. With a seat: its hand, and its socket; without: pages."""
    cookies = flooder.cookies if flooder else {}
    headers = {"Origin": base}
    if flooder:
        headers |= {"X-CSRFToken": flooder._token, "HX-Request": "true"}

    async def one(http, number):
        while True:
            with suppress(aiohttp.ClientError):
                if flooder and number % 4 == 0:
                    async with http.ws_connect(f"{base}/meeting/socket", headers=headers):
                        found["socket"] += 1
                    continue
                method = "POST" if flooder else "GET"
                path = "/meeting/hand" if flooder else "/"
                async with http.request(method, f"{base}{path}", headers=headers) as answer:
                    await answer.read()
                    found[answer.status] += 1

    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=connections), cookies=cookies, cookie_jar=jar
    ) as http:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await asyncio.gather(*(one(http, number) for number in range(connections)))


async def measure(server, count, seconds, connections):
    base = f"http://{address() or '127.0.0.1'}:{server.port}"
    took, found = defaultdict(list), defaultdict(Counter)
    async with AsyncExitStack() as stack:
        laptop = await stack.enter_async_context(Laptop(server.address))
        await laptop.sign_in(server.sign_in_link)
        await laptop.open_doors()
        keeping = [asyncio.create_task(laptop.keep_current())]
        phones, _ = await come_in(stack, base, laptop.code, count)
        flooder = await stack.enter_async_context(Phone(base))
        await flooder.come_in(laptop.code, "Flo")
        keeping += [asyncio.create_task(phone.keep_current()) for phone in phones]
        for phone in phones:
            await phone.until(lambda phone=phone: phone.kept_by == "socket", 60)
        await laptop.next()
        for phone in phones:
            await phone.until(lambda phone=phone: phone.acts(), 60)
        hands = [(phone, phone.offer(HAND)) for phone in phones]
        await others(hands, 3, [])  # The first of everything costs more.
        for _ in range(2):
            for who, flooding in (("nobody", None), ("a seat", flooder), ("a stranger", None)):
                async with asyncio.TaskGroup() as tasks:
                    if who != "nobody":
                        tasks.create_task(
                            flood(base, connections, seconds + 1, found[who], flooding)
                        )
                        await asyncio.sleep(1)
                    tasks.create_task(others(hands, seconds, took[who]))
                await asyncio.sleep(3)
        await laptop.end()
        await asyncio.gather(*keeping)
    print(f"{count} phones, each a command every other second; {connections} connections flood")
    print("| who floods | p50 | p95 | commands | what the flood got |")
    print("|---|---|---|---|---|")
    for who, values in took.items():
        p50, p95 = (percentile(values, share) * 1000 for share in (50, 95))
        got = ", ".join(f"{kind}: {many}" for kind, many in sorted(found[who].items(), key=str))
        print(f"| {who} | {p50:.0f} ms | {p95:.0f} ms | {len(values)} | {got} |")


def main():
    given = [int(word) for word in sys.argv[1:]]
    count, seconds, connections = (given + [12, 20, 32][len(given) :])[:3]
    print(f"load before: {os.getloadavg()[0]:.1f}, cores: {os.cpu_count()}")
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data")
        server.start()
        try:
            asyncio.run(measure(server, count, seconds, connections))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
