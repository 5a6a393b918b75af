"""The seat a phone carries: nothing but a living meeting's own key opens it."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from meetings import seals, seats
from meetings.engine import names
from meetings.seats import SCREEN, SEAT, SeatToken
from meetings.store import MemoryStore
from tests.conftest import Clock
from tests.engine.table import lobby
from tests.in_one_loop import in_one_loop

TOKEN = SeatToken("s1-4f2a", "Josephine", first_time=True, listening=True, heard_cards=True)
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"


async def living(meeting_id: str = "m1", group: str = "g1") -> MemoryStore:
    store = MemoryStore(clock=Clock())
    await add(store, meeting_id, group)
    return store


async def add(store: MemoryStore, meeting_id: str, group: str) -> None:
    state = lobby()
    await store.create(replace(state, id=meeting_id, group=replace(state.group, id=group)))


async def cookie(
    store: MemoryStore, token: SeatToken = TOKEN, name: str = SEAT, meeting_id: str = "m1"
) -> str:
    response = HttpResponse()
    await seats.write(store, response, name, meeting_id, token)
    return response.cookies[name].value


@in_one_loop
async def test_a_seat_comes_back_as_it_was_given() -> None:
    store = await living()
    assert await seats.read(store, {SEAT: await cookie(store)}, SEAT) == ("m1", TOKEN)


@in_one_loop
async def test_a_cookie_shows_neither_seat_nor_name() -> None:
    store = await living()
    value = await cookie(store)
    sealed = base64.urlsafe_b64decode(value.partition(".")[2])
    for hidden in (b"s1-4f2a", b"Josephine"):
        assert hidden not in value.encode() and hidden not in sealed


@in_one_loop
async def test_after_the_end_a_cookie_opens_nothing() -> None:
    store = await living()
    value = await cookie(store)
    await store.destroy("m1")
    assert await seats.read(store, {SEAT: value}, SEAT) is None
    # Nor when a meeting with the very same id, which cannot happen, is opened again.
    await add(store, "m1", "g1")
    assert await seats.read(store, {SEAT: value}, SEAT) is None


@in_one_loop
async def test_a_screen_is_no_seat_and_a_seat_no_screen() -> None:
    store = await living()
    screen, seat = await cookie(store, name=SCREEN), await cookie(store)
    assert await seats.read(store, {SEAT: screen}, SEAT) is None
    assert await seats.read(store, {SCREEN: seat}, SCREEN) is None
    assert await seats.read(store, {SCREEN: screen}, SCREEN) == ("m1", TOKEN)


@in_one_loop
async def test_a_seat_in_one_meeting_opens_no_other() -> None:
    store = await living()
    await add(store, "m2", "g2")
    _one, _dot, sealed = (await cookie(store)).partition(".")
    assert await seats.read(store, {SEAT: f"m2.{sealed}"}, SEAT) is None
    assert await seats.read(store, {SEAT: f"never.{sealed}"}, SEAT) is None


@in_one_loop
async def test_a_cookie_that_was_altered_anywhere_opens_nothing() -> None:
    store = await living()
    meeting_id, _dot, sealed = (await cookie(store)).partition(".")
    raw = base64.urlsafe_b64decode(sealed)
    for at in range(0, len(raw), 7):
        altered = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        value = f"{meeting_id}.{base64.urlsafe_b64encode(altered).decode()}"
        assert await seats.read(store, {SEAT: value}, SEAT) is None
    for end in (0, 1, 4, 16, 40, len(sealed) - 4):
        assert await seats.read(store, {SEAT: f"{meeting_id}.{sealed[:end]}"}, SEAT) is None


@in_one_loop
async def test_a_cookie_sealed_with_a_key_of_ones_own_opens_nothing() -> None:
    store = await living()
    forged = base64.urlsafe_b64encode(seals.seal(seals.new_key(), SEAT, b"\x80")).decode()
    assert await seats.read(store, {SEAT: f"m1.{forged}"}, SEAT) is None


@given(st.text(max_size=80), st.booleans())
def test_whatever_a_cookie_says_it_opens_nothing_and_breaks_nothing(
    said: str, with_id: bool
) -> None:
    @in_one_loop
    async def reads() -> None:
        store = await living()
        value = f"m1.{said}" if with_id else said
        assert await seats.read(store, {SEAT: value}, SEAT) is None
        assert await seats.read(store, {}, SEAT) is None

    reads()


@pytest.mark.parametrize(
    "name", ["Jo", "é" * 24, "\U0001f600" * 24, FAMILY * 17, "a" + "\u0336" * 6]
)
@in_one_loop
async def test_the_length_of_a_cookie_says_nothing_about_a_name(name: str) -> None:
    assert not names.is_too_long(names.tidy(name))
    store = await living()
    nameless = await cookie(store, SeatToken("s1-4f2a"))
    named = await cookie(store, SeatToken("s1-4f2a", names.tidy(name), True, True, True))
    assert len(named) == len(nameless)
    # Browsers keep no cookie longer than this.
    assert len(SEAT) + len(named) < 4096


@pytest.mark.parametrize("https", [False, True])
@in_one_loop
async def test_a_seat_is_out_of_reach_of_scripts_and_gone_with_the_browsers_session(
    settings: object, tmp_path: Path, https: bool
) -> None:
    settings.FACILITATOR_HTTPS = https  # type: ignore[attr-defined]
    store = await living()
    response = HttpResponse()
    await seats.write(store, response, SEAT, "m1", TOKEN)
    morsel = response.cookies[SEAT]
    assert morsel["httponly"] is True and morsel["samesite"] == "Lax" and morsel["path"] == "/"
    assert morsel["max-age"] == "" and morsel["expires"] == ""
    assert bool(morsel["secure"]) == https


def test_forgetting_a_seat_empties_the_cookie_and_lets_it_expire() -> None:
    response = HttpResponse()
    seats.forget(response, SEAT)
    morsel = response.cookies[SEAT]
    assert morsel.value == "" and morsel["max-age"] == 0 and morsel["path"] == "/"
