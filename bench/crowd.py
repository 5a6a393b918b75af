"""A room full of simulated phones on one server: how soon each shows the next step, and how many
commands a second they can give. Phones and server share the machine. Prints what it saw.

    .venv/bin/python bench/crowd.py [PHONES] [PRESSES] [SECONDS]
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from facilitator.phones.laptop import Laptop
from facilitator.phones.phone import HAND, Phone
from tests.browser.server import Server

ROUND, SHARING = "Check-in round", "Open sharing"
# So that joining measures nothing: it has its own numbers.
JOIN_AT_ONCE = 10
# A room tells a change at once, and the next no sooner than 50 ms later; nobody presses so fast.
BETWEEN_PRESSES = 0.2


def percentile(values, share):
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


async def come_in(stack, base, code, count):
    phones = [await stack.enter_async_context(Phone(base)) for _ in range(count)]
    gate = asyncio.Semaphore(JOIN_AT_ONCE)

    async def one(phone):
        async with gate:
            await phone.come_in(code)

    began = time.perf_counter()
    await asyncio.gather(*(one(phone) for phone in phones))
    return phones, time.perf_counter() - began


async def has(phone, title, pressed):
    """Seconds from the press until this phone has the step. No page is parsed meanwhile."""
    await phone.until(lambda: title in phone.regions["region-now"], 60)
    return time.perf_counter() - pressed


async def press(laptop, phones, times):
    """For each press: when each phone had it."""
    seen = []
    for number in range(times):
        title = (SHARING, ROUND)[number % 2]
        step = next(each for each in laptop.offers("agenda") if title in each.words)
        pressed = time.perf_counter()
        waiting = [asyncio.create_task(has(phone, f">{title}<", pressed)) for phone in phones]
        assert await laptop.send(step) == 200
        seen.append(await asyncio.gather(*waiting))
        await laptop.until(lambda title=title: title in laptop.now)
        await asyncio.sleep(BETWEEN_PRESSES)
    return seen


async def raise_hands(phones, seconds):
    """Every phone raises and lowers its hand as fast as it gets answers; each answer's time."""
    took = []
    ends = time.perf_counter() + seconds

    async def one(phone):
        up = phone.offer(HAND)
        down = replace(up, method="DELETE")
        while time.perf_counter() < ends:
            for act in (up, down):
                began = time.perf_counter()
                assert await phone.send(act) == 200
                took.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(one(phone) for phone in phones))
    return took, time.perf_counter() - began


async def measure(server, count, times, seconds):
    async with AsyncExitStack() as stack:
        laptop = await stack.enter_async_context(Laptop(server.address))
        await laptop.sign_in(server.sign_in_link)
        await laptop.open_doors()
        keeping = [asyncio.create_task(laptop.keep_current())]
        phones, joined = await come_in(stack, server.address, laptop.code, count)
        keeping += [asyncio.create_task(phone.keep_current()) for phone in phones]
        for phone in phones:
            await phone.until(lambda phone=phone: phone.kept_by == "socket", 60)
        await laptop.next()
        await press(laptop, phones, 4)  # The first render of each page costs more.
        seen = await press(laptop, phones, times)
        took, lasted = await raise_hands(phones, seconds)
        await laptop.end()
        await asyncio.gather(*keeping)
    every = [each for press in seen for each in press]
    last = [max(press) for press in seen]
    ms = lambda values, share: f"{percentile(values, share) * 1000:.0f} ms"
    print(f"| {count} phones, {times} presses, {seconds:.0f} s of commands | p50 | p95 |")
    print("|---|---|---|")
    print(f"| next pressed → a phone has it | {ms(every, 50)} | {ms(every, 95)} |")
    print(f"| next pressed → the last phone has it | {ms(last, 50)} | {ms(last, 95)} |")
    print(f"| a command, all phones at once | {ms(took, 50)} | {ms(took, 95)} |")
    print(f"| commands a second | {len(took) / lasted:.0f} | |")
    print(f"| all joined within | {joined:.1f} s | |")


def main():
    given = [float(word) for word in sys.argv[1:]]
    count, times, seconds = (given + [30, 40, 10][len(given) :])[:3]
    print(f"load before: {os.getloadavg()[0]:.1f}, cores: {os.cpu_count()}")
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data")
        server.start()
        try:
            asyncio.run(measure(server, int(count), int(times), seconds))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
