"""When a group meets: the right dates, on its own clock, whatever clocks do meanwhile."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings import schedule
from meetings.models import MeetingTime, Rhythm
from meetings.schedule import Planned

NEW_YORK = ZoneInfo("America/New_York")
ZONES = sorted(name for name in available_timezones() if "/" in name)


def meets(
    rhythm: Rhythm,
    first: str,
    at: str = "19:00",
    until: str | None = None,
    minutes: int = 60,
) -> MeetingTime:
    return MeetingTime(
        rhythm=rhythm,
        first=date.fromisoformat(first),
        time=time.fromisoformat(at),
        minutes=minutes,
        until=date.fromisoformat(until) if until else None,
    )


def now(text: str = "2026-11-22 12:00") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def dates(time: MeetingTime, many: int, zone: ZoneInfo = NEW_YORK, at: str = "") -> list[str]:
    moment = now(at) if at else now()
    return [one.start.date().isoformat() for one in schedule.upcoming([time], zone, moment, many)]


def starts(time: MeetingTime, many: int, zone: ZoneInfo, at: str) -> list[str]:
    return [one.start.isoformat(" ") for one in schedule.upcoming([time], zone, now(at), many)]


def test_every_week_is_the_same_weekday() -> None:
    weekly = meets(Rhythm.WEEKLY, "2026-11-25")
    assert dates(weekly, 3) == ["2026-11-25", "2026-12-02", "2026-12-09"]


def test_every_two_weeks_is_counted_from_the_first_date_over_the_new_year() -> None:
    fortnightly = meets(Rhythm.FORTNIGHTLY, "2026-12-09")
    assert dates(fortnightly, 3) == ["2026-12-09", "2026-12-23", "2027-01-06"]
    assert dates(fortnightly, 1, at="2029-03-01 12:00") == ["2029-03-14"]


def test_the_third_wednesday_stays_the_third() -> None:
    third = meets(Rhythm.MONTHLY_BY_WEEKDAY, "2026-11-18")
    assert dates(third, 3) == ["2026-12-16", "2027-01-20", "2027-02-17"]


def test_a_fourth_wednesday_stays_the_fourth_even_where_it_was_the_last() -> None:
    fourth = meets(Rhythm.MONTHLY_BY_WEEKDAY, "2026-11-25")
    assert dates(fourth, 3) == ["2026-11-25", "2026-12-23", "2027-01-27"]


def test_a_fifth_monday_is_the_last_one_of_each_month() -> None:
    last = meets(Rhythm.MONTHLY_BY_WEEKDAY, "2026-11-30")
    assert dates(last, 3) == ["2026-11-30", "2026-12-28", "2027-01-25"]


def test_the_thirty_first_is_the_last_day_of_a_shorter_month() -> None:
    last_day = meets(Rhythm.MONTHLY_BY_DATE, "2027-12-31")
    assert dates(last_day, 5) == [
        *("2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30")
    ]


def test_the_thirtieth_stays_the_thirtieth_where_there_is_one() -> None:
    thirtieth = meets(Rhythm.MONTHLY_BY_DATE, "2026-12-30")
    assert dates(thirtieth, 4) == ["2026-12-30", "2027-01-30", "2027-02-28", "2027-03-30"]


def test_after_its_last_date_a_time_is_over() -> None:
    ends = meets(Rhythm.WEEKLY, "2026-11-25", until="2026-12-02")
    assert dates(ends, 5) == ["2026-11-25", "2026-12-02"]
    assert dates(ends, 5, at="2026-12-03 05:00") == []


def test_a_meeting_counts_as_next_until_it_is_over() -> None:
    tonight = meets(Rhythm.WEEKLY, "2026-11-25", minutes=60)
    # 7 pm in New York is midnight in UTC.
    assert dates(tonight, 1, at="2026-11-26 00:59") == ["2026-11-25"]
    assert dates(tonight, 1, at="2026-11-26 01:00") == ["2026-12-02"]


def test_several_times_stand_in_one_order_and_two_at_once_count_once() -> None:
    times = [
        meets(Rhythm.MONTHLY_BY_DATE, "2026-12-02"),
        meets(Rhythm.WEEKLY, "2026-11-25"),
        meets(Rhythm.WEEKLY, "2026-11-27", "12:30"),
    ]
    found = schedule.upcoming(times, NEW_YORK, now(), 4)
    assert [one.start.strftime("%m-%d %H:%M") for one in found] == [
        *("11-25 19:00", "11-27 12:30", "12-02 19:00", "12-04 12:30")
    ]


def test_a_group_without_times_has_no_next_meeting() -> None:
    assert schedule.upcoming([], NEW_YORK, now(), 5) == []


# Where it is, what clocks do there, and seven in the evening before and after.
@pytest.mark.parametrize(
    ("zone", "first", "before", "after"),
    [
        ("America/New_York", "2027-03-10", "-05:00", "-04:00"),
        ("America/New_York", "2027-11-03", "-04:00", "-05:00"),
        ("Europe/Madrid", "2027-03-24", "+01:00", "+02:00"),
        ("Europe/Madrid", "2027-10-27", "+02:00", "+01:00"),
        # Half an hour, and spring in October.
        ("Australia/Lord_Howe", "2027-03-31", "+11:00", "+10:30"),
        ("Australia/Lord_Howe", "2027-09-29", "+10:30", "+11:00"),
        ("America/Santiago", "2027-03-31", "-03:00", "-04:00"),
        ("Pacific/Auckland", "2027-09-22", "+12:00", "+13:00"),
        # Never.
        ("Asia/Kathmandu", "2027-03-24", "+05:45", "+05:45"),
        # The same hour on two sides of the date line.
        ("Pacific/Kiritimati", "2027-03-24", "+14:00", "+14:00"),
        ("Pacific/Pago_Pago", "2027-03-24", "-11:00", "-11:00"),
    ],
)
def test_seven_in_the_evening_stays_seven_when_clocks_change(
    zone: str, first: str, before: str, after: str
) -> None:
    weekly = meets(Rhythm.WEEKLY, first)
    second = date.fromisoformat(first) + timedelta(days=7)
    assert starts(weekly, 2, ZoneInfo(zone), f"{first} 00:00") == [
        *(f"{first} 19:00:00{before}", f"{second} 19:00:00{after}")
    ]


def test_a_time_that_clocks_skip_counts_on_as_if_they_had_not() -> None:
    at_night = meets(Rhythm.WEEKLY, "2027-03-07", "02:30")
    assert starts(at_night, 3, NEW_YORK, "2027-03-07 00:00") == [
        "2027-03-07 02:30:00-05:00",
        "2027-03-14 03:30:00-04:00",
        "2027-03-21 02:30:00-04:00",
    ]


def test_a_time_that_comes_twice_means_the_first() -> None:
    at_night = meets(Rhythm.WEEKLY, "2027-11-07", "01:30")
    assert starts(at_night, 1, NEW_YORK, "2027-11-07 00:00") == ["2027-11-07 01:30:00-04:00"]


def test_a_meeting_over_a_change_of_clocks_lasts_as_long_as_any_other() -> None:
    at_night = meets(Rhythm.WEEKLY, "2027-11-07", "00:30", minutes=120)
    (found,) = schedule.upcoming([at_night], NEW_YORK, now("2027-11-07 00:00"), 1)
    assert found.end.isoformat(" ") == "2027-11-07 01:30:00-05:00"


def test_today_is_the_groups_today_and_not_the_servers() -> None:
    """On Kiritimati it is Thursday while a server in Greenwich has Wednesday noon."""
    island = ZoneInfo("Pacific/Kiritimati")
    thursdays = meets(Rhythm.WEEKLY, "2026-11-26", "01:00")
    assert dates(thursdays, 1, island, "2026-11-25 11:30") == ["2026-11-26"]
    assert dates(thursdays, 1, island, "2026-11-25 12:30") == ["2026-12-03"]


@pytest.mark.parametrize(
    "name",
    ["", "Mars/Olympus", "america/new_york ", "../etc/passwd", "/etc/passwd", "a\0b", "x" * 400],
)
def test_what_is_no_time_zone_is_told_so(name: str) -> None:
    with pytest.raises(schedule.UnknownZone):
        schedule.zone(name)


rhythms = st.sampled_from(Rhythm)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
clocks = st.times().map(lambda one: one.replace(second=0, microsecond=0))
planned = st.builds(
    MeetingTime,
    rhythm=rhythms,
    first=days,
    time=clocks,
    minutes=st.integers(5, 480),
    until=st.none(),
)
moments = st.datetimes(
    datetime.fromisoformat("2012-01-01"),
    datetime.fromisoformat("2099-01-01"),
    timezones=st.just(UTC),
)
zones = st.sampled_from(ZONES).map(ZoneInfo)


def found(time: MeetingTime, zone: ZoneInfo, moment: datetime) -> list[Planned]:
    return schedule.upcoming([time], zone, moment, 14)


def period(time: MeetingTime, day: date) -> object:
    """The week, fortnight or month a date falls in, counted from the first date."""
    if time.rhythm in (Rhythm.WEEKLY, Rhythm.FORTNIGHTLY):
        return (day - time.first).days // (7 if time.rhythm == Rhythm.WEEKLY else 14)
    return day.year, day.month


@given(planned, zones, moments)
def test_there_is_one_date_in_each_period_in_order_and_none_is_over(
    time: MeetingTime, zone: ZoneInfo, moment: datetime
) -> None:
    ones = found(time, zone, moment)
    periods = [period(time, one.start.date()) for one in ones]
    assert len(ones) == len(set(periods)) == 14
    assert all(one.end > moment and one.start.date() >= time.first for one in ones)
    moments = [one.start.astimezone(UTC) for one in ones]
    assert moments == sorted(moments)
    if isinstance(periods[0], int):
        assert [later - periods[0] for later in periods] == list(range(14))


@given(planned, zones, moments)
def test_the_first_one_found_is_the_very_next(
    time: MeetingTime, zone: ZoneInfo, moment: datetime
) -> None:
    """Nothing is left out at the start: asked a year earlier, the same dates come."""
    next_one = found(time, zone, moment)[0]
    earlier = schedule.planned(time, zone, moment - timedelta(days=365))
    assert next(one for one in earlier if one.end > moment) == next_one


@given(planned, zones, moments)
def test_the_weekday_or_the_day_of_the_month_is_always_right(
    time: MeetingTime, zone: ZoneInfo, moment: datetime
) -> None:
    for one in found(time, zone, moment):
        day = one.start.date()
        if time.rhythm == Rhythm.MONTHLY_BY_DATE:
            assert day.day == time.first.day or (
                day.day < time.first.day and (day + timedelta(days=1)).day == 1
            )
            continue
        assert day.weekday() == time.first.weekday()
        if time.rhythm == Rhythm.MONTHLY_BY_WEEKDAY:
            if time.first.day > 28:
                assert (day + timedelta(days=7)).month != day.month
            else:
                assert (day.day - 1) // 7 == (time.first.day - 1) // 7


@given(planned, zones, moments)
def test_the_wall_clock_shows_the_same_time_unless_it_skips_it(
    time: MeetingTime, zone: ZoneInfo, moment: datetime
) -> None:
    for one in found(time, zone, moment):
        if one.start.time() != time.time:
            skipped = datetime.combine(one.start.date(), time.time, tzinfo=zone)
            assert skipped.astimezone(UTC).astimezone(zone).time() != time.time
            assert one.start.time() > time.time
        assert one.end.astimezone(UTC) - one.start.astimezone(UTC) == timedelta(
            minutes=time.minutes
        )
