"""How many sockets are open, for a seat, a meeting and this process."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from meetings import crowding
from meetings.crowding import OF_A_SEAT, POLICY_VIOLATION
from tests.meetings.conftest import Hall
from tests.meetings.people import Phone
from tests.meetings.sockets import Page, until

pytestmark = pytest.mark.django_db(transaction=True)


def page_of(phone: Phone) -> Page:
    cookies = {name: morsel.value for name, morsel in phone.client.cookies.items()}
    return Page("/meeting/socket", cookies)


def test_the_oldest_socket_of_a_seat_makes_way_for_a_new_one(hall: Hall) -> None:
    phone, other = hall.phones(2)

    async def evening() -> None:
        neighbour = await page_of(other).open()
        pages = [await page_of(phone).open() for _ in range(OF_A_SEAT)]
        assert [page.closed for page in pages] == [None] * OF_A_SEAT
        newest = await page_of(phone).open()
        await until(lambda: pages[0].closed)
        assert pages[0].closed == POLICY_VIOLATION
        assert [page.closed for page in (*pages[1:], newest, neighbour)] == [None] * (OF_A_SEAT + 1)
        await pages[0].over()
        for page in (*pages[1:], newest, neighbour):
            await page.leave()

    asyncio.run(evening())
    assert not crowding._seats and not crowding._meetings


@pytest.mark.parametrize("of", ["OF_A_MEETING", "OF_THIS_PROCESS"])
def test_a_socket_for_which_there_is_no_place_is_refused_and_the_page_polls(
    hall: Hall, of: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowding, of, 2)
    phones = hall.phones(3)

    async def evening() -> list[bool]:
        pages = [await page_of(phone).open() for phone in phones]
        accepted = [page.accepted for page in pages]
        for page in pages[:2]:
            await page.leave()
        # A place that becomes free is free.
        last = await page_of(phones[2]).open()
        accepted.append(last.accepted)
        await last.leave()
        await pages[2].over()
        return accepted

    assert asyncio.run(evening()) == [True, True, False, True]
    assert phones[2].get("/meeting/regions").status_code == 200
    assert not crowding._seats and not crowding._meetings


def test_a_facilitators_seat_and_a_phones_are_counted_apart(hall: Hall) -> None:
    def held(seat: str) -> Any:
        return crowding.place_for("m1", crowding.Socket(None, seat, "en"))  # type: ignore[arg-type]

    with held("a") as one, held("b") as other:
        assert one and other
        assert len(crowding._seats) == 2
    assert not crowding._seats
