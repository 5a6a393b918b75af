"""A room of simulated phones that set an agreement: how soon what one suggests is on every other.

    .venv/bin/python bench/suggesting.py [PHONES] [SUGGESTIONS]

One suggestion after another, each from the next phone, while a third of the phones respond to what
is open. Phones and server share the machine. Prints what it saw.
"""

import asyncio
import os
import secrets
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from crowd import come_in, percentile

from facilitator.phones.laptop import Laptop
from tests.browser.server import Server

AGREEMENT = "Our Comfort Agreement"
BETWEEN = 0.5


async def has(phone, text, sent):
    """Seconds until this phone shows it. No page is parsed meanwhile."""
    await phone.until(lambda: text in phone.regions["region-mine"], 60)
    return time.perf_counter() - sent


async def suggest(phones, number):
    text = f"We keep the word {secrets.token_hex(4)}."
    writer = phones[number % len(phones)]
    sent = time.perf_counter()
    waiting = [
        asyncio.create_task(has(phone, text, sent)) for phone in phones if phone is not writer
    ]
    status = await writer.suggest(text)
    if status != 200:
        raise SystemExit(f"a suggestion was answered {status}")
    took = await asyncio.gather(*waiting)
    answering = phones[number % 3 :: 3]
    await asyncio.gather(*(phone.respond(text, "live") for phone in answering))
    return took


async def measure(server, count, times):
    async with AsyncExitStack() as stack:
        laptop = await stack.enter_async_context(Laptop(server.address))
        await laptop.sign_in(server.sign_in_link)
        await laptop.open_doors()
        phones, _joined = await come_in(stack, server.address, laptop.code, count)
        keeping = [asyncio.create_task(page.keep_current()) for page in (laptop, *phones)]
        await laptop.until(lambda: f"{count + 1} here" in laptop.region("room").text)
        await laptop.next()
        await laptop.go_to(AGREEMENT)
        for phone in phones:
            await phone.until(lambda of=phone: any(o.path.endswith("/statements") for o in of.acts()))
        seen = []
        for number in range(times):
            seen.append(await suggest(phones, number))
            await asyncio.sleep(BETWEEN)
        await laptop.end()
        await asyncio.gather(*keeping)
    every = [each for one in seen for each in one]
    last = [max(one) for one in seen]
    print(f"| {count} phones, {times} suggestions | p50 | p95 |")
    print("|---|---|---|")
    for what, values in (("another phone", every), ("the last phone", last)):
        p50, p95 = (percentile(values, share) * 1000 for share in (50, 95))
        print(f"| suggested → {what} has it | {p50:.0f} ms | {p95:.0f} ms |")


def main():
    given = [int(word) for word in sys.argv[1:]]
    count, times = (given + [30, 30][len(given) :])[:2]
    print(f"load before: {os.getloadavg()[0]:.1f}, cores: {os.cpu_count()}")
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data")
        server.start()
        try:
            asyncio.run(measure(server, count, times))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
