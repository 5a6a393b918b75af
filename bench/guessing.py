"""Forty people come in while somebody at their address guesses codes as fast as the server answers.

    .venv/bin/python bench/guessing.py [SECONDS] [CONNECTIONS]

Guesser, people and server share the machine. Prints how many guesses were looked at, what that is
in odds, and how long each of the forty took from the link to the meeting.
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import aiohttp

sys.path.insert(0, str(Path(__file__).parents[1]))
from crowd import percentile

from facilitator.phones.laptop import Laptop
from facilitator.phones.phone import Phone
from meetings.lan import address
from tests.browser.server import Server

# As in meetings/preparation.py.
CODE_ALPHABET, CODE_LENGTH, REST_LENGTH = "23456789ABCDEFGHJKMNPQRSTUVWXYZ", 8, 4
PEOPLE = 40
MEETINGS = 200


async def guess(base, connections, until, found):
    """Short and whole codes by turns, each connection as fast as it is answered."""

    async def one(http, chance):
        while time.monotonic() < until:
            length = CODE_LENGTH + chance.choice((0, REST_LENGTH))
            code = "".join(chance.choices(CODE_ALPHABET, k=length))
            kind = "short" if length == CODE_LENGTH else "whole"
            async with http.get(f"{base}/j/{code}") as answer:
                await answer.read()
                found[kind, answer.status] += 1

    connector = aiohttp.TCPConnector(limit=connections)
    async with aiohttp.ClientSession(connector=connector) as http:
        await asyncio.gather(*(one(http, random.Random(n)) for n in range(connections)))


async def come_in(base, code, seconds):
    took, refused = [], []

    async def one(number):
        await asyncio.sleep(seconds * 0.9 * number / PEOPLE)
        began = time.monotonic()
        async with Phone(base) as phone:
            try:
                await phone.come_in(code, f"Guest {number}")
                took.append(time.monotonic() - began)
            except Exception as error:
                refused.append(repr(error))

    await asyncio.gather(*(one(number) for number in range(PEOPLE)))
    return took, refused


async def main(seconds, connections):
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        server.start()
        try:
            # Not localhost, which is the laptop itself and never held off.
            base = f"http://{address() or '127.0.0.1'}:{server.port}"
            async with Laptop(base) as laptop:
                await laptop.sign_in(server.sign_in_link.replace(server.address, base))
                await laptop.open_doors()
                code = laptop.code
                found = Counter()
                load = os.getloadavg()[0]
                until = time.monotonic() + seconds
                (took, refused), _ = await asyncio.gather(
                    come_in(base, code, seconds), guess(base, connections, until, found)
                )
        finally:
            server.kill()
    looked_at = found["short", 404]
    odds = MEETINGS * looked_at * 86400 / seconds / len(CODE_ALPHABET) ** CODE_LENGTH
    print(f"load before: {load:.1f}; {base.split('//')[1].split(':')[0]}, {connections} connections")
    for (kind, status), count in sorted(found.items()):
        print(f"guesses at {kind} codes answered {status}: {count} ({count / seconds:.1f}/s)")
    print(f"short codes looked at: {looked_at}; a day of that opens one of {MEETINGS} meetings: {odds:.1e}")
    print(f"came in: {len(took)} of {PEOPLE}; refused: {refused}")
    print(f"from link to meeting: p50 {percentile(took, 50):.2f} s, p95 {percentile(took, 95):.2f} s")


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:]]
    asyncio.run(main(*numbers, *(60, 50)[len(numbers) :]))
