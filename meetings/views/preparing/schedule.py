"""When the group meets: its times, its time zone, and the link to its calendar."""

from __future__ import annotations

from copy import copy
from datetime import UTC
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetings import addresses, feed, when
from meetings import schedule as planning
from meetings.editing.schedule import MeetingTimeForm, ZoneForm, zones_to_choose
from meetings.models import Group, MeetingTime
from meetings.views.preparing import pages

SHOWN_DATES = 5
SCHEDULE = "/group/{group.pk}/schedule"
GET_AND_POST = require_http_methods(["GET", "HEAD", "POST"])


def _here(group: Group) -> str:
    return SCHEDULE.format(group=group)


@require_safe
@pages.of_group
def schedule(request: HttpRequest, group: Group) -> HttpResponse:
    return _overview(request, group, ZoneForm(instance=group))


def _overview(
    request: HttpRequest,
    group: Group,
    zone_form: Any,
    told: dict[str, Any] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    now = timezone.now()
    try:
        zone = planning.zone(group.time_zone)
        today = now.astimezone(zone).date()
    except planning.UnknownZone:
        zone = None
        today = now.astimezone(UTC).date()
    token = group.calendar_token
    context = {
        "here": "schedule",
        "times": [(time, when.rhythm(time, today)) for time in group.meeting_times.all()],
        "dates": when.next_dates(group, now, SHOWN_DATES),
        "form": zone_form,
        "zone_is_known": zone is not None,
        "zone": when.zone_words(group.time_zone),
        "zones": zones_to_choose(),
        "title": feed.title(group),
        "path": f"/calendar/{token}.ics" if token else "",
        "link": addresses.link(request, f"/calendar/{token}.ics") if token else "",
        # Then nobody but this laptop answers to the link.
        "laptop_is_server": settings.EMBEDDED,
        **(told or {}),
    }
    return pages.page(request, "schedule.html", group, context, status)


@pages.of_group
@pages.posted_from(SCHEDULE)
def time_zone(request: HttpRequest, group: Group) -> HttpResponse:
    form, told, status = pages.keep(ZoneForm(request.POST, instance=copy(group)))
    if status == HTTPStatus.OK:
        return HttpResponseRedirect(f"{_here(group)}?saved")
    return _overview(request, group, form, told, status)


@GET_AND_POST
@pages.of_group
def new_time(request: HttpRequest, group: Group) -> HttpResponse:
    return _editing(request, group, MeetingTime(group=group))


@GET_AND_POST
@pages.of_group
def time(request: HttpRequest, group: Group, time_id: int) -> HttpResponse:
    kept = group.meeting_times.filter(pk=time_id).first()
    if kept is not None:
        return _editing(request, group, kept)
    if request.method == "POST":
        return _taken_out_meanwhile(request, group)
    raise Http404


def _editing(request: HttpRequest, group: Group, kept: MeetingTime) -> HttpResponse:
    told: dict[str, Any] = {}
    status: int = HTTPStatus.OK
    form: Any = MeetingTimeForm(instance=kept)
    if request.method == "POST":
        try:
            form, told, status = pages.keep(MeetingTimeForm(request.POST, instance=copy(kept)))
        except MeetingTime.DoesNotExist:
            return _taken_out_meanwhile(request, group)
        if status == HTTPStatus.OK:
            return HttpResponseRedirect(f"{_here(group)}?saved")
    return _time_page(request, group, form, told, status)


def _taken_out_meanwhile(request: HttpRequest, group: Group) -> HttpResponse:
    """Her words, in a form that adds the time again."""
    form = MeetingTimeForm(request.POST, instance=MeetingTime(group=group))
    return _time_page(request, group, form, {"taken_out": True}, HTTPStatus.GONE)


def _time_page(
    request: HttpRequest, group: Group, form: Any, context: dict[str, Any], status: int
) -> HttpResponse:
    context = {"here": "schedule", "form": form, "time": form.instance, **context}
    return pages.page(request, "schedule_time.html", group, context, status)


@pages.of_group
@pages.posted_from(SCHEDULE)
def take_out(request: HttpRequest, group: Group, time_id: int) -> HttpResponse:
    """Take a time out, unless someone changed it since she looked."""
    sent = request.POST.get("revision", "")
    if sent.isdecimal() and len(sent) < 10:
        group.meeting_times.filter(pk=time_id, revision=int(sent)).delete()
    kept = group.meeting_times.filter(pk=time_id).first()
    if kept is None:
        return HttpResponseRedirect(f"{_here(group)}?saved")
    context = {"changed_before_out": True}
    return _time_page(request, group, MeetingTimeForm(instance=kept), context, HTTPStatus.CONFLICT)


@pages.of_group
@pages.posted_from(SCHEDULE)
def new_link(request: HttpRequest, group: Group) -> HttpResponse:
    """A link to the calendar, in the place of the one there was."""
    feed.give_link(group)
    return HttpResponseRedirect(f"{_here(group)}?link#calendar")


@pages.of_group
@pages.posted_from(SCHEDULE)
def no_link(request: HttpRequest, group: Group) -> HttpResponse:
    feed.take_link_away(group)
    return HttpResponseRedirect(f"{_here(group)}?no-link#calendar")
