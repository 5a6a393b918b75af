"""When a group plans to meet: dates on the clock of its own zone. The moment is an argument.

A time is a wall-clock time: seven in the evening stays seven when clocks change. Two kinds of times
need a decision, and get the calendar standard's (RFC 5545, 3.3.5), so that this page and every
calendar that reads the feed agree. A time that clocks skip in spring counts on as if they had not
been changed: 2:30 is then shown as 3:30. A time that comes twice in autumn means the first one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from heapq import merge
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.rrule import rrulestr

from meetings.models import MeetingTime, Rhythm

# As RFC 5545 names them, Monday first as Python counts.
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Every month has this day, so that a rule on an earlier one needs no second thought.
IN_EVERY_MONTH = 28
LAST = -1
# Longer than a meeting and any change of clocks together.
MARGIN = timedelta(days=3)


class UnknownZone(Exception):
    """This machine's table of time zones has no such name."""


@dataclass(frozen=True)
class Planned:
    """One date: from when until when, both on the clock of the group's zone."""

    start: datetime
    end: datetime


def zone(name: str) -> ZoneInfo:
    """The zone of that name. Raises UnknownZone, also for what is no name at all."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZone from None


def week_of_month(day: date) -> int:
    """Which of its month's Wednesdays a Wednesday is: 1 to 4, or LAST for a fifth.

    A fourth that happens to be the last stays a fourth: most groups mean that.
    """
    week = (day.day + 6) // 7
    return week if week < 5 else LAST


def rule(time: MeetingTime) -> str:
    """The rhythm as RFC 5545 writes it, without its end. Pages and feed both go by it."""
    weekday = WEEKDAYS[time.first.weekday()]
    day = time.first.day
    match Rhythm(time.rhythm):
        case Rhythm.WEEKLY:
            return f"FREQ=WEEKLY;BYDAY={weekday}"
        case Rhythm.FORTNIGHTLY:
            return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={weekday}"
        case Rhythm.MONTHLY_BY_WEEKDAY:
            return f"FREQ=MONTHLY;BYDAY={week_of_month(time.first)}{weekday}"
        case Rhythm.MONTHLY_BY_DATE if day <= IN_EVERY_MONTH:
            return f"FREQ=MONTHLY;BYMONTHDAY={day}"
        case Rhythm.MONTHLY_BY_DATE:
            # The latest of those days that a month has.
            days = ",".join(map(str, range(IN_EVERY_MONTH, day + 1)))
            return f"FREQ=MONTHLY;BYMONTHDAY={days};BYSETPOS=-1"


def planned(time: MeetingTime, zone: ZoneInfo, now: datetime) -> Iterator[Planned]:
    """Every date that is not over at `now`, in order."""
    now = now.astimezone(UTC)
    from_here = now.astimezone(zone).replace(tzinfo=None) - MARGIN
    dates = rrulestr(rule(time), dtstart=datetime.combine(time.first, time.time))
    for on_the_wall in dates.xafter(from_here, inc=True):
        if time.until and on_the_wall.date() > time.until:
            return
        start = at(on_the_wall, zone)
        end = (start.astimezone(UTC) + timedelta(minutes=time.minutes)).astimezone(zone)
        if end > now:
            yield Planned(start, end)


def at(on_the_wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment when a wall clock shows that, or would if clocks had not skipped it."""
    # To UTC and back: a skipped time becomes the one that clocks really show.
    return on_the_wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def upcoming(
    times: Iterable[MeetingTime], zone: ZoneInfo, now: datetime, most: int
) -> list[Planned]:
    """The next dates of all times together, in order; two that start together count once."""
    return list(islice(_in_order(times, zone, now), most))


def _in_order(times: Iterable[MeetingTime], zone: ZoneInfo, now: datetime) -> Iterator[Planned]:
    # Compared in UTC: within one zone Python compares what the wall clock shows.
    found = merge(
        *(planned(time, zone, now) for time in times), key=lambda one: one.start.astimezone(UTC)
    )
    last = None
    for one in found:
        if one.start.astimezone(UTC) != last:
            yield one
        last = one.start.astimezone(UTC)
