"""How dates, times and rhythms are said, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.utils.dateformat import format as dated
from django.utils.dateformat import time_format as timed
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from meetings import schedule
from meetings.models import Group, MeetingTime, Rhythm
from meetings.schedule import Planned


@dataclass(frozen=True)
class Said:
    """A date as a page says it, and the moment behind it for a `<time>`."""

    start: datetime
    day: str
    time: str
    zone: str
    away: str


def next_of(group: Group, now: datetime) -> Said | None:
    """The group's next meeting, or the one that is on; None when none is planned."""
    return next(iter(next_dates(group, now, 1)), None)


def next_dates(group: Group, now: datetime, most: int) -> list[Said]:
    """The group's next dates; none when its time zone is not known here."""
    try:
        zone = schedule.zone(group.time_zone)
    except schedule.UnknownZone:
        return []
    today = now.astimezone(zone).date()
    found = schedule.upcoming(group.meeting_times.all(), zone, now, most)
    place = zone_words(group.time_zone)
    return [_said(one, today, place) for one in found]


def _said(one: Planned, today: date, place: str) -> Said:
    return Said(
        # In UTC: some zones were once seconds apart from it, which HTML cannot write.
        start=one.start.astimezone(UTC),
        day=weekday_and_date(one.start.date(), today),
        time=clock(one.start.time()),
        zone=place,
        away=away(one.start.date(), today),
    )


def clock(value: time) -> str:
    """7:00 pm, on one line."""
    # Translators: how a time is written, in the letters of Django's date filter.
    written = timed(value, pgettext("time", "g:i a"))
    # A full stop in the middle of a sentence ends it, for eyes and for screen readers; and the
    # two halves stay in one line.
    return written.replace("a.m.", "am").replace("p.m.", "pm").replace(" ", "\N{NO-BREAK SPACE}")


def weekday_and_date(day: date, today: date) -> str:
    """Wednesday 2 December, with its year when that is not this one."""
    if day.year == today.year:
        # Translators: how a date is written, in the letters of Django's date filter.
        return dated(day, pgettext("weekday and date", "l j F"))
    return dated(day, pgettext("weekday and date", "l j F Y"))


def date_alone(day: date, today: date) -> str:
    """2 December, with its year when that is not this one."""
    if day.year == today.year:
        return dated(day, pgettext("date", "j F"))
    return dated(day, pgettext("date", "j F Y"))


def away(day: date, today: date) -> str:
    days = (day - today).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}


def zone_words(name: str) -> str:
    """New York time."""
    place = name.rpartition("/")[2].replace("_", " ")
    return place if place == "UTC" else _("%(place)s time") % {"place": place}


def rhythm(planned: MeetingTime, today: date) -> str:
    """Every second Wednesday at 7:00 pm, from 2 December."""
    said = _dates(planned) % {
        "weekday": dated(planned.first, "l"),
        "day": planned.first.day,
        "time": clock(planned.time),
    }
    if planned.first > today:
        start = date_alone(planned.first, today)
        if planned.until:
            return _("%(rhythm)s, from %(start)s to %(end)s") % {
                "rhythm": said,
                "start": start,
                "end": date_alone(planned.until, today),
            }
        return _("%(rhythm)s, from %(start)s") % {"rhythm": said, "start": start}
    if planned.until:
        return _("%(rhythm)s, until %(end)s") % {
            "rhythm": said,
            "end": date_alone(planned.until, today),
        }
    return said


def _dates(planned: MeetingTime) -> str:
    match Rhythm(planned.rhythm):
        case Rhythm.WEEKLY:
            return _("Every %(weekday)s at %(time)s")
        case Rhythm.FORTNIGHTLY:
            return _("Every second %(weekday)s at %(time)s")
        case Rhythm.MONTHLY_BY_WEEKDAY:
            return {
                1: _("The first %(weekday)s of every month at %(time)s"),
                2: _("The second %(weekday)s of every month at %(time)s"),
                3: _("The third %(weekday)s of every month at %(time)s"),
                4: _("The fourth %(weekday)s of every month at %(time)s"),
                schedule.LAST: _("The last %(weekday)s of every month at %(time)s"),
            }[schedule.week_of_month(planned.first)]
        case Rhythm.MONTHLY_BY_DATE if planned.first.day == 31:
            return _("The last day of every month at %(time)s")
        case Rhythm.MONTHLY_BY_DATE if planned.first.day > schedule.IN_EVERY_MONTH:
            return _("Day %(day)s of every month, or its last day, at %(time)s")
        case Rhythm.MONTHLY_BY_DATE:
            return _("Day %(day)s of every month at %(time)s")
