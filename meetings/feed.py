"""A group's calendar feed: a secret link, and an iCalendar file with a title that says nothing.

Whoever has the link can read when the group meets; nobody can read from it who asks, how often, or
whether a meeting was held. No group name (unless phones show it), no facilitator, no call link.
"""

from __future__ import annotations

import secrets
import uuid
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vRecur, vText

from meetings import schedule
from meetings.engine.names import tidy
from meetings.models import Group, MeetingTime

CONTENT_TYPE = "text/calendar; charset=utf-8"
# How often a calendar may want to look again.
EVERY = timedelta(hours=12)
# For so long after the first date the feed says when clocks change.
YEARS = 30
# Names no server and no version.
MADE_BY = "-//Meeting//Calendar//EN"


def give_link(group: Group) -> None:
    """Give the group a link to its calendar. The one it had goes quiet at once."""
    _keep_token(group, secrets.token_urlsafe(32))


def take_link_away(group: Group) -> None:
    """The group's calendar is nowhere to be read any more."""
    _keep_token(group, None)


def _keep_token(group: Group, token: str | None) -> None:
    # A new revision: someone who saves the group's settings at this moment would otherwise write
    # the old token back, and the link would live again.
    Group.objects.filter(pk=group.pk).update(calendar_token=token, revision=F("revision") + 1)


def group_behind(token: str) -> Group | None:
    """Whose calendar this link leads to."""
    return Group.objects.filter(calendar_token=token).first()


def title(group: Group) -> str:
    """What phones call the meeting, on one line whatever was typed."""
    with translation.override(group.language):
        return tidy(group.shown_name) or _("Meeting")


def written(group: Group) -> bytes:
    """The feed. Raises schedule.UnknownZone; the same group gives the same bytes at any time."""
    zone = schedule.zone(group.time_zone)
    times = list(group.meeting_times.all())
    calendar = Calendar()
    calendar.add("PRODID", MADE_BY)
    calendar.add("VERSION", "2.0")
    # The name of the calendar, by the standard and as older programs read it.
    calendar.add("NAME", vText(title(group)))
    calendar.add("X-WR-CALNAME", vText(title(group)))
    calendar.add("REFRESH-INTERVAL", EVERY, parameters={"VALUE": "DURATION"})
    for time in times:
        calendar.add_component(_event(group, time, zone))
    # None where the zone is UTC, which the format writes without a name.
    for name in calendar.get_missing_tzids():
        calendar.add_component(_clock_changes(name, min(time.first for time in times)))
    return bytes(calendar.to_ical())


def _event(group: Group, time: MeetingTime, zone: ZoneInfo) -> Event:
    start = datetime.combine(time.first, time.time, tzinfo=zone)
    rule = vRecur.from_ical(schedule.rule(time))
    if time.until:
        last = datetime.combine(time.until, time.time)
        rule["UNTIL"] = [schedule.at(last, zone).astimezone(UTC)]
    event = Event()
    # The same for the same time, and from it nobody can tell a group.
    event.add("UID", str(uuid.uuid5(group.pk, f"meeting time {time.pk}")))
    event.add("SEQUENCE", time.revision - 1)
    # Of the plan, not of the request: a clock here would tell when someone looked.
    event.add("DTSTAMP", start.astimezone(UTC))
    event.add("SUMMARY", title(group))
    event.add("DTSTART", start)
    event.add("DURATION", timedelta(minutes=time.minutes))
    event.add("RRULE", rule)
    # Calendars that are shown to others may leave out what is private.
    event.add("CLASS", "PRIVATE")
    return event


# Looking for changes of clocks takes some 40 ms.
@lru_cache(maxsize=64)
def _clock_changes(name: str, first: date) -> Timezone:
    """When clocks change in a zone, for calendars that do not know it by its name."""
    changes = Timezone.from_tzinfo(
        schedule.zone(name),
        name,
        first_date=first - timedelta(days=1),
        last_date=first.replace(year=first.year + YEARS, month=1, day=1),
    )
    # "This timezone only works from … to …": for programmers.
    del changes["COMMENT"]
    for change in changes.subcomponents:
        # The library writes when clocks show the new time; the standard (RFC 5545, 3.6.5) wants
        # what they showed until then. The two differ where an hour is skipped.
        skipped = max(change.TZOFFSETTO - change.TZOFFSETFROM, timedelta())
        change.DTSTART = change.DTSTART - skipped
        if later := [onset - skipped for onset, _end in change.rdates]:
            del change.rdates
            change.add("RDATE", later)
    return changes
