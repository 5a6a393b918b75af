"""The calendar feed: a file that every calendar reads alike, and that says nothing more."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from asgiref.sync import async_to_sync
from dateutil.rrule import rrulestr
from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event, Timezone

from meetings import feed, schedule
from meetings.models import Facilitator, Group, MeetingTime, Rhythm
from tests.meetings.people import Browser, Laptop, text_of

LINE = re.compile(rb"(?: |[A-Z-]+[:;]).*")


@pytest.fixture
def meeting_time(group: Group) -> MeetingTime:
    Group.objects.update(time_zone="America/New_York")
    group.refresh_from_db()
    return MeetingTime.objects.create(
        group=group, rhythm=Rhythm.WEEKLY, first=date(2026, 12, 2), time=time(19), minutes=90
    )


@pytest.fixture
def link(group: Group, meeting_time: MeetingTime) -> str:
    feed.give_link(group)
    group.refresh_from_db()
    return f"/calendar/{group.calendar_token}.ics"


def only_event(written: bytes) -> Event:
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def fetched(link: str, **headers: Any) -> HttpResponse:
    """As a calendar asks: no cookies, no page before."""
    return Browser().get(link, **headers)


# --- the file ------------------------------------------------------------------------------------


def test_the_feed_says_when_and_nothing_about_whom(
    link: str, group: Group, facilitator: Facilitator
) -> None:
    group.call_link = "https://call.example/room"
    group.save()
    body = fetched(link).content
    event = only_event(body)
    assert str(event["SUMMARY"]) == "Meeting"
    assert event["DTSTART"].params["TZID"] == "America/New_York"
    assert event.start.replace(tzinfo=None) == datetime(2026, 12, 2, 19, 0)  # noqa: DTZ001
    assert event.duration == timedelta(minutes=90)
    assert set(event) == {
        *("UID", "SEQUENCE", "DTSTAMP", "SUMMARY", "DTSTART", "DURATION", "RRULE", "CLASS")
    }
    for told in (group.name, facilitator.name, "call.example", str(group.pk), "acilitator"):
        assert told.encode() not in body


def test_the_title_is_what_phones_show(link: str, group: Group) -> None:
    Group.objects.update(shown_name="Book club")
    calendar = Calendar.from_ical(fetched(link).content)
    assert str(calendar["X-WR-CALNAME"]) == str(calendar["NAME"]) == "Book club"
    assert str(only_event(fetched(link).content)["SUMMARY"]) == "Book club"


@pytest.mark.parametrize(
    "typed",
    [
        "Meeting\r\nATTENDEE:mailto:ana@example.org",
        "Meeting\nEND:VEVENT\nBEGIN:VALARM",
        "Meeting\rDESCRIPTION:x",
        "Meeting\x0bDESCRIPTION:x\x0c\x85DESCRIPTION:y\u2028DESCRIPTION:z\u2029",
        "a\x00b\x1b[31m\x7f",
        "commas, semicolons; colons: and back\\slashes \\n",
        "\u202egnireeM",
        "☀️" * 40,
        "é" * 80,
        " \t\r\n ",
        "\ud83d\ude00 emoji in halves".encode("utf-16", "surrogatepass").decode("utf-16"),
    ],
)
def test_no_title_can_break_the_file(group: Group, meeting_time: MeetingTime, typed: str) -> None:
    group.shown_name = typed
    written = feed.written(group)
    lines = written.split(b"\r\n")
    assert lines.pop() == b""
    assert all(LINE.fullmatch(line) and len(line) <= 75 for line in lines)
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]|[^\r]\n|\r[^\n]", written)
    names = [line.split(b":")[0].split(b";")[0] for line in lines if not line.startswith(b" ")]
    assert not {b"ATTENDEE", b"DESCRIPTION"} & set(names)
    assert names.count(b"BEGIN") == names.count(b"END") == 6
    event = only_event(written)
    assert str(event["SUMMARY"]) == feed.title(group)
    assert len(feed.title(group).splitlines()) == 1
    assert not event.errors


def test_a_title_comes_through_letter_by_letter(group: Group, meeting_time: MeetingTime) -> None:
    group.shown_name = "Tea, talk; and 50\\50: Ünï ☕"
    # The library reads a calendar's name as it stands, so this looks at what is written.
    assert "\r\nNAME:Tea\\, talk\\; and 50\\\\50: Ünï ☕\r\n".encode() in feed.written(group)
    assert str(only_event(feed.written(group))["SUMMARY"]) == group.shown_name


def test_the_same_plan_gives_the_same_bytes_whenever_it_is_read(link: str) -> None:
    first = fetched(link)
    assert fetched(link).content == first.content
    # The plan's own moment, not that of a request.
    assert only_event(first.content).stamp == datetime(2026, 12, 3, 0, 0, tzinfo=UTC)
    assert not {"ETag", "Last-Modified", "Expires"} & set(first.headers)


def test_a_time_keeps_its_identity_when_it_changes_and_counts_its_changes(
    group: Group, meeting_time: MeetingTime, link: str
) -> None:
    before = only_event(feed.written(group))
    meeting_time.time, meeting_time.revision = time(20), 2
    meeting_time.save()
    feed.give_link(group)
    after = only_event(feed.written(group))
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    # Neither the group's id nor the row's number can be read from it.
    assert str(group.pk) not in after["UID"] and "@" not in after["UID"]


def test_a_last_date_is_the_moment_of_the_last_meeting(
    group: Group, meeting_time: MeetingTime
) -> None:
    meeting_time.until = date(2027, 6, 30)
    meeting_time.save()
    assert b";UNTIL=20270630T230000Z" in feed.written(group)


def test_a_group_without_times_has_an_empty_calendar(group: Group) -> None:
    calendar = Calendar.from_ical(feed.written(group))
    assert calendar.walk("VEVENT") == [] and str(calendar["NAME"]) == "Meeting"


# --- read as a calendar reads it ---------------------------------------------------------------

ZONES = sorted(name for name in available_timezones() if "/" in name)
planned = st.builds(
    MeetingTime,
    pk=st.integers(1, 10**6),
    rhythm=st.sampled_from(Rhythm),
    first=st.dates(date(2015, 1, 1), date(2060, 1, 1)),
    time=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    minutes=st.integers(5, 480),
)


class Alone:
    """A group with one time, in no database."""

    pk = Group(name="x").pk
    language = "en"
    shown_name = ""

    def __init__(self, time: MeetingTime, zone: str) -> None:
        self.time_zone = zone
        self.meeting_times = self
        self._times = [time]

    def all(self) -> list[MeetingTime]:
        return self._times


def offset_at(changes: Timezone, on_the_wall: datetime) -> timedelta:
    """How far from UTC, from the file alone: the latest change before that wall-clock time."""
    onsets = [
        (onset, change.TZOFFSETTO)
        for change in changes.subcomponents
        for onset in [change.DTSTART, *(rdate for rdate, _end in change.rdates)]
    ]
    return max(one for one in onsets if one[0] <= on_the_wall)[1]


@given(planned, st.sampled_from(ZONES), st.integers(0, 365), st.booleans())
def test_a_calendar_finds_the_dates_that_the_page_shows(
    time: MeetingTime, zone: str, days: int, ends: bool
) -> None:
    """By the file alone: its rule, its changes of clocks, and no table of zones."""
    time.until = time.first + timedelta(days=days) if ends else None
    calendar = Calendar.from_ical(feed.written(Alone(time, zone)))  # type: ignore[arg-type]
    (event,) = calendar.walk("VEVENT")
    (changes,) = calendar.walk("VTIMEZONE") or (None,)
    rule = event["RRULE"]
    until = rule.pop("UNTIL", [None])[0]
    start = event["DTSTART"].dt.replace(tzinfo=None)
    moments = []
    for on_the_wall in rrulestr(rule.to_ical().decode(), dtstart=start).xafter(start, 12, inc=True):
        offset = offset_at(changes, on_the_wall) if changes else timedelta()
        moment = on_the_wall.replace(tzinfo=UTC) - offset
        # The file's last moment is a real one, and a calendar may compare either.
        if until is None or moment <= until:
            moments.append(moment)
    shown = schedule.planned(time, ZoneInfo(zone), start.replace(tzinfo=UTC) - timedelta(days=2))
    expected = [one.start.astimezone(UTC) for one, _ in zip(shown, range(12), strict=False)]
    assert moments == expected


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Europe/Madrid", "Australia/Lord_Howe", "America/Santiago"]
)
def test_every_change_of_clocks_in_the_file_is_a_real_one(zone: str) -> None:
    time_ = MeetingTime(pk=1, rhythm="weekly", first=date(2026, 12, 2), time=time(19), minutes=60)
    calendar = Calendar.from_ical(feed.written(Alone(time_, zone)))  # type: ignore[arg-type]
    (changes,) = calendar.walk("VTIMEZONE")
    place = ZoneInfo(zone)
    seen = 0
    for change in changes.subcomponents:
        if change.TZOFFSETFROM == change.TZOFFSETTO:
            continue
        for onset in [change.DTSTART, *(rdate for rdate, _end in change.rdates)]:
            moment = onset.replace(tzinfo=UTC) - change.TZOFFSETFROM
            before = (moment - timedelta(seconds=1)).astimezone(place).utcoffset()
            after = moment.astimezone(place).utcoffset()
            assert (before, after) == (change.TZOFFSETFROM, change.TZOFFSETTO)
            seen += 1
    assert seen >= 50


def test_kathmandu_needs_no_change_of_clocks_and_utc_needs_no_zone() -> None:
    time_ = MeetingTime(pk=1, rhythm="weekly", first=date(2026, 12, 2), time=time(19), minutes=60)
    kathmandu = feed.written(Alone(time_, "Asia/Kathmandu"))  # type: ignore[arg-type]
    assert kathmandu.count(b"TZOFFSETTO:+0545") == 1
    assert b"VTIMEZONE" not in feed.written(Alone(time_, "UTC"))  # type: ignore[arg-type]


# --- the link ------------------------------------------------------------------------------------


def here(group: Group, more: str = "") -> str:
    return f"/group/{group.pk}/schedule{more}"


def test_a_link_is_made_only_when_someone_asks(
    group: Group, facilitator: Facilitator, meeting_time: MeetingTime
) -> None:
    laptop = Laptop(facilitator)
    assert "/calendar/" not in text_of(laptop.get(here(group)))
    response = laptop.post(here(group, "/link"))
    assert response.status_code == 302
    group.refresh_from_db()
    assert group.calendar_token is not None and len(group.calendar_token) == 43
    page = text_of(laptop.get(response["Location"].partition("#")[0]))
    assert f'value="http://testserver/calendar/{group.calendar_token}.ics"' in page
    assert "On a shared phone it may be best left out." in page


def test_a_calendar_reads_the_link_without_cookies_and_gets_none(link: str) -> None:
    response = fetched(link)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_a_calendar_may_ask_for_the_head_alone(link: str) -> None:
    browser = Browser()
    response = async_to_sync(browser.client.head)(link)
    assert (response.status_code, response.content) == (200, b"")
    assert browser.post(link).status_code == 405


def test_with_a_new_link_the_old_one_goes_quiet(
    link: str, group: Group, facilitator: Facilitator
) -> None:
    laptop = Laptop(facilitator)
    laptop.post(here(group, "/link"))
    assert fetched(link).status_code == 404
    group.refresh_from_db()
    assert fetched(f"/calendar/{group.calendar_token}.ics").status_code == 200


def test_a_link_that_is_taken_away_leads_nowhere(
    link: str, group: Group, facilitator: Facilitator
) -> None:
    Laptop(facilitator).post(here(group, "/link/out"))
    assert fetched(link).status_code == 404
    group.refresh_from_db()
    assert group.calendar_token is None


@pytest.mark.parametrize("token", ["None", "x", "0" * 43, "-"])
def test_a_made_up_link_leads_nowhere(group: Group, token: str) -> None:
    assert fetched(f"/calendar/{token}.ics").status_code == 404


def test_a_link_in_other_letters_leads_nowhere(link: str) -> None:
    swapped = link.replace("/calendar/", "").removesuffix(".ics").swapcase()
    assert fetched(f"/calendar/{swapped}.ics").status_code == 404


def test_a_form_that_was_open_meanwhile_cannot_bring_an_old_link_back(
    link: str, group: Group, facilitator: Facilitator
) -> None:
    """Saving writes the whole row, so it has to notice that the link changed."""
    revision = group.revision
    Laptop(facilitator).post(here(group, "/link"))
    sent = {"revision": str(revision), "time_zone": "Madrid"}
    assert Laptop(facilitator).post(here(group, "/time-zone"), sent).status_code == 409
    assert fetched(link).status_code == 404


def test_a_zone_that_this_machine_does_not_know_gives_no_wrong_hours(link: str) -> None:
    Group.objects.update(time_zone="Atlantis/Centre")
    assert fetched(link).status_code == 404
