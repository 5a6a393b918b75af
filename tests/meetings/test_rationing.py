"""Wrong codes are rationed; in a flood of them a short code opens nothing and a whole one does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from meetings import preparation, rationing, words
from meetings.rationing import FROM_ONE_ADDRESS, Ration, Rations, Tries
from tests.conftest import Clock
from tests.meetings.conftest import Hall
from tests.meetings.people import Browser, Phone, live_state, text_of

HALL, AWAY = "203.0.113.7", "198.51.100.9"
UNKNOWN = "ZZZZ2222"


def from_address(browser: Browser, address: str) -> Any:
    browser.client.defaults["X-Forwarded-For"] = address
    return browser


@pytest.fixture
def hall(hall: Hall, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Hall:
    """Behind a proxy, which says where each phone is; and a slow machine fills no ration."""
    settings.FACILITATOR_BEHIND_PROXY = True
    monkeypatch.setattr(rationing, "FROM_ONE_ADDRESS", Ration(FROM_ONE_ADDRESS.burst, 1e-9))
    return hall


def guess(address: str, times: int, code: str = UNKNOWN) -> list[int]:
    """The statuses of so many tries in a row."""
    return [from_address(Browser(), address).get(f"/j/{code}").status_code for _ in range(times)]


def flood(address: str) -> int:
    """Guess until no guess is looked at any more; how many were."""
    looked_at = 0
    while guess(address, 1) == [404]:
        looked_at += 1
    return looked_at


def whole_code(hall: Hall) -> str:
    """As the link on the laptop ends."""
    page = text_of(hall.laptop.get(f"{hall.laptop.console}join"))
    return page.split("/j/", 1)[1][: preparation.CODE_LENGTH + preparation.REST_LENGTH]


# How much is left


@given(st.floats(0, 100), st.floats(0, 1000), st.floats(0, 1000))
def test_a_ration_fills_with_time_whichever_way_time_is_cut(
    left: float, one: float, other: float
) -> None:
    ration = Ration(burst=100, each_second=0.5)
    in_two = ration.after(ration.after(left, one), other)
    assert in_two == pytest.approx(ration.after(left, one + other))
    assert left <= in_two <= ration.burst


def test_a_clock_that_goes_back_takes_nothing_away() -> None:
    assert Ration(10, 1).after(5, -100) == 5


@given(st.lists(st.floats(0, 30), max_size=200))
def test_no_more_is_taken_than_the_burst_and_what_time_brought(pauses: list[float]) -> None:
    rations, now, taken = Rations(Ration(5, 0.25)), 0.0, 0
    for pause in pauses:
        now += pause
        if rations.left("Jo", now) >= 1:
            rations.take("Jo", now)
            taken += 1
    assert taken <= 5 + now * 0.25 + 1e-6


def test_whoever_takes_ahead_is_told_how_long_that_is() -> None:
    rations = Rations(Ration(2, 0.5))
    assert [rations.take("Jo", 0) for _ in range(4)] == [0, 0, 2, 4]
    assert rations.take("Ann", 0) == 0
    assert rations.left("Jo", 4) == 0


def test_nobody_is_known_by_name_nor_longer_than_needed() -> None:
    rations = Rations(Ration(2, 1))
    for number in range(50):
        rations.take(f"{HALL}/{number}", 0)
    assert HALL not in repr(vars(rations))
    for moment in range(60):
        rations.take("Jo", 10 + moment)
    assert len(rations) == 1


def test_a_crowd_of_strangers_fills_no_memory() -> None:
    rations = Rations(Ration(2, 0.001), most=100)
    for number in range(1000):
        rations.take(str(number), 0)
    assert len(rations) == 100


def test_wrong_codes_from_everywhere_share_one_ration(clock: Clock) -> None:
    tries = Tries(each_minute=30)
    for number in range(30):
        assert tries.are_left(f"10.0.0.{number}", clock())
        tries.failed(f"10.0.0.{number}", clock())
    assert not tries.are_left(AWAY, clock())
    clock.passes(2)
    assert tries.are_left(AWAY, clock())


# Whose tries they are


@pytest.mark.parametrize(
    ("peer", "same"),
    [
        ("203.0.113.7", "::ffff:203.0.113.7"),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"),
        ("fe80::1%eth0", "fe80::2"),
        ("", "unix"),
    ],
)
def test_a_household_is_one_address(peer: str, same: str) -> None:
    assert rationing.address(peer, "") == rationing.address(same, "")


def test_neighbours_are_two_addresses() -> None:
    for one, other in [("203.0.113.7", "203.0.113.8"), ("2001:db8:1:2::1", "2001:db8:1:3::1")]:
        assert rationing.address(one, "") != rationing.address(other, "")


def test_only_a_proxy_of_ours_says_who_asks(settings: Any) -> None:
    def asked(forwarded: str) -> str:
        headers = {"x-forwarded-for": forwarded}
        return rationing.address_of(RequestFactory(REMOTE_ADDR=AWAY).get("/", headers=headers))

    assert asked(HALL) == AWAY
    settings.FACILITATOR_BEHIND_PROXY = True
    # The first hop is what the guesser wrote; the last is the proxy's.
    assert asked(f"10.9.8.7, {HALL}") == HALL
    assert asked("") == AWAY
    assert asked(f"{HALL}, nonsense") == ""


# At the door


def test_in_a_flood_a_short_code_opens_nothing_and_is_not_lost(hall: Hall) -> None:
    assert flood(HALL) == FROM_ONE_ADDRESS.burst
    right = from_address(Phone(), HALL).get(f"/j/{hall.code}")
    assert right.status_code == 429
    assert str(words.CODE_IS_SHORT) in text_of(right) and f'value="{hall.code}"' in text_of(right)
    assert from_address(Phone(), HALL).post(f"/j/{hall.code}", {"name": "Jo"}).status_code == 429
    assert live_state(hall.group).seats == {}
    # Elsewhere nobody notices.
    assert from_address(Phone(), AWAY).get(f"/j/{hall.code}").status_code == 200


def test_in_a_flood_from_everywhere_nobody_comes_in_by_a_short_code(
    hall: Hall, settings: Any
) -> None:
    settings.FACILITATOR_FAILED_CODES = 10
    statuses = [guess(f"10.0.0.{number}", 1)[0] for number in range(20)]
    assert statuses[:10] == [404] * 10 and 429 in statuses
    assert from_address(Phone(), AWAY).get(f"/j/{hall.code}").status_code == 429
    assert from_address(Phone(), AWAY).get(f"/j/{whole_code(hall)}").status_code == 200


def test_forty_people_come_in_from_the_address_that_guesses(hall: Hall) -> None:
    code = whole_code(hall)
    assert len(code) == 12 and code.startswith(hall.code)
    for number in range(40):
        flood(HALL)
        from_address(Phone(), HALL).come_in(code, f"Guest {number}")
    assert len(live_state(hall.group).seats) == 40


def test_forty_people_who_are_right_use_nothing_up(hall: Hall) -> None:
    for number in range(40):
        from_address(Phone(), HALL).come_in(hall.code, f"Guest {number}")
    assert guess(HALL, 1) == [404]


def test_a_name_typed_before_the_flood_is_not_lost(hall: Hall) -> None:
    phone = from_address(Phone(), HALL)
    page = text_of(phone.get(f"/j/{hall.code}"))
    flood(HALL)
    action = page.split('action="/j/', 1)[1].split('"', 1)[0]
    assert action == whole_code(hall)
    assert phone.post(f"/j/{action}", {"name": "Jo"})["Location"] == "/meeting"


def test_a_whole_code_is_whole_or_opens_nothing(hall: Hall) -> None:
    code = whole_code(hall)
    rest = code[preparation.CODE_LENGTH :]
    other = rest[::-1] if rest != rest[::-1] else "2345"
    for wrong in (hall.code + other, hall.code + rest[:2], code + "2", UNKNOWN + rest):
        assert guess(AWAY, 1, wrong) == [404]
    assert from_address(Phone(), AWAY).get(f"/j/{code.lower()}").status_code == 200


def test_guessing_at_whole_codes_uses_nothing_up(hall: Hall) -> None:
    assert set(guess(HALL, 30, UNKNOWN + "2345")) == {404}
    assert from_address(Phone(), HALL).get(f"/j/{hall.code}").status_code == 200


def test_the_address_on_the_laptop_may_be_typed_whole(hall: Hall) -> None:
    typed = f" http://192.168.1.5:8000/j/{whole_code(hall).lower()} "
    assert Browser().post("/", {"code": typed})["Location"] == f"/j/{whole_code(hall)}"


def test_two_meetings_of_one_code_would_have_different_rests() -> None:
    assert len({preparation.rest_of_code(bytes([n] * 32), "ABCD2345") for n in range(50)}) == 50
    for number in range(50):
        rest = preparation.rest_of_code(bytes([number] * 32), "ABCD2345")
        assert len(rest) == 4 and set(rest) <= set(preparation.CODE_ALPHABET)


def test_a_guesser_with_a_day_has_less_than_two_chances_in_a_hundred_thousand(
    settings: Any, clock: Clock
) -> None:
    """Every try that is looked at, by one who asks all day from everywhere; 200 meetings live."""
    tries, day, looked_at = Tries(settings.FACILITATOR_FAILED_CODES), clock() + 24 * 3600, 0
    while clock() < day:
        for _ in range(10):
            if tries.are_left(str(looked_at), clock()):
                tries.failed(str(looked_at), clock())
                looked_at += 1
        clock.passes(1)
    codes = len(preparation.CODE_ALPHABET) ** preparation.CODE_LENGTH
    assert 200 * looked_at / codes <= 2e-5
    assert looked_at > 50_000


@pytest.mark.parametrize("figure", [str(int(FROM_ONE_ADDRESS.burst)), "50 a minute"])
def test_the_figures_are_written_down(figure: str, settings: Any) -> None:
    from tests.facilitator.test_settings import ROOT

    page = (ROOT / "docs/decisions/011-whole-codes-in-a-flood.md").read_text()
    assert figure in page
    assert settings.FACILITATOR_FAILED_CODES == 50
