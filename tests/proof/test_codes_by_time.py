"""Nobody learns by the clock whether a code is unknown, ended or locked.

Named test: Mann-Whitney U. Divided by the number of pairs, U is how often a try of one kind takes
longer than a try of the other; 0.5 is chance. With 2,000 tries each, chance alone strays from that
by 0.009 (one standard deviation). THRESHOLD is more than four of them: whoever bets on the time of
one try is right at most 54 times in a hundred, and this test fails by chance once in 30,000 runs.

The kinds take turns in a random order within one run, so that a busy machine slows them all alike.
"""

from __future__ import annotations

import asyncio
import random
import time
from bisect import bisect_left, bisect_right
from itertools import combinations
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient

from meetings import rationing, store
from meetings.models import Facilitator, Group
from meetings.preparation import CODE_LENGTH, REST_LENGTH
from meetings.rationing import Ration
from meetings.views import door
from tests.in_one_loop import in_one_loop
from tests.meetings.people import Browser, Laptop, text_of, without_tokens
from tests.meetings.test_doors_alike import another_group
from tests.proof.report import note

TRIES = 2000
THRESHOLD = 0.04
OPEN = "open"

pytestmark = [pytest.mark.proof, pytest.mark.django_db]


@pytest.fixture(params=["memory", "redis"])
def where(request: pytest.FixtureRequest, settings: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    settings.FACILITATOR_FAILED_CODES = 10**9
    monkeypatch.setattr(rationing, "FROM_ONE_ADDRESS", Ration(1e9, 1e9))
    if request.param == "redis":
        # As it is run: what Redis adds to one kind and not to another goes into the wait.
        settings.REDIS_URL = request.getfixturevalue("redis_server").address
        store.live.cache_clear()
    else:
        # The steps themselves, without the wait that would cover a difference.
        monkeypatch.setattr(door, "CLOSED_AFTER", 0.0)
    return str(request.param)


def opened(group: Group, facilitator: Facilitator) -> tuple[Laptop, str]:
    """A laptop with the doors open, and the whole code that its link ends in."""
    laptop = Laptop(facilitator)
    laptop.console = laptop.post(f"/group/{group.pk}/doors")["Location"]
    page = text_of(laptop.get(f"{laptop.console}join"))
    return laptop, page.split("/j/", 1)[1][: CODE_LENGTH + REST_LENGTH]


def codes_of(group: Group, facilitator: Facilitator, *, whole: bool) -> dict[str, str]:
    """A code of each kind; what is said about them is the same, but for the control."""
    halls = [(group, facilitator), another_group("Cleo"), another_group("Dora")]
    (locked, locked_code), (ended, ended_code), (_, open_code) = (opened(*each) for each in halls)
    codes = {
        "unknown": "ZZZZ2222" + "2345" * whole,
        "ended": ended_code if whole else ended_code[:CODE_LENGTH],
        "locked": locked_code if whole else locked_code[:CODE_LENGTH],
        # What really does something else has to be seen as that.
        OPEN: open_code,
    }
    ended.press("end")
    locked.press_delete("doors")
    bodies = {
        kind: without_tokens(text_of(Browser().get(f"/j/{code}"))).replace(code, "CODE")
        for kind, code in codes.items()
    }
    assert bodies["unknown"] == bodies["ended"] == bodies["locked"] != bodies[OPEN]
    return codes


async def times_of(codes: dict[str, str]) -> dict[str, list[int]]:
    """What TRIES of each kind took, in nanoseconds."""
    took: dict[str, list[int]] = {kind: [] for kind in codes}
    client, kinds = AsyncClient(), list(codes)

    async def one_try(kind: str) -> None:
        begun = time.perf_counter_ns()
        await client.get(f"/j/{codes[kind]}")
        took[kind].append(time.perf_counter_ns() - begun)

    for _ in range(TRIES):
        random.shuffle(kinds)
        # Together where they wait: one after the other, this would take most of an hour.
        if door.CLOSED_AFTER:
            await asyncio.gather(*map(one_try, kinds))
        else:
            for kind in kinds:
                await one_try(kind)
    return took


def longer(one: list[int], other: list[int]) -> float:
    """How often a time of `one` is longer than a time of `other`: U as a share of all pairs."""
    ranked = sorted(other)
    wins = sum(bisect_left(ranked, each) + bisect_right(ranked, each) for each in one) / 2
    return wins / (len(one) * len(other))


def test_u_is_one_half_for_equals_and_one_for_whatever_always_takes_longer() -> None:
    assert longer([1, 2, 3], [1, 2, 3]) == 0.5
    assert longer([4, 5], [1, 2, 3]) == 1.0


@pytest.mark.parametrize("whole", [False, True], ids=["short", "whole"])
@in_one_loop
async def test_unknown_ended_and_locked_codes_take_as_long(
    group: Group, facilitator: Facilitator, where: str, whole: bool
) -> None:
    try:
        codes = await sync_to_async(codes_of)(group, facilitator, whole=whole)
        took = await times_of(codes)
    finally:
        await store.live().close()

    shares = {
        f"{one} longer than {other}": longer(took[one], took[other])
        for one, other in combinations(codes, 2)
    }
    note("codes-by-time", f"{where}-{'whole' if whole else 'short'}", tries=TRIES, **shares)
    alike = {pair: share for pair, share in shares.items() if OPEN not in pair}
    assert all(abs(share - 0.5) <= THRESHOLD for share in alike.values()), shares
    assert abs(shares[f"unknown longer than {OPEN}"] - 0.5) > 2 * THRESHOLD, shares
