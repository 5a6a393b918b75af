"""Readings: the list, one to edit part by part, ours to start from."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meetings import regions, starters
from meetings.editing import parts
from meetings.editing.readings import ReadingForm, as_on_phones, sent_parts
from meetings.editing.rows import act_named
from meetings.models import Agenda, Group, Reading
from meetings.views.preparing import pages, shelf

GET_AND_POST = require_http_methods(["GET", "HEAD", "POST"])
LONGEST_TITLE = 80


def _of(group: Group, reading_id: int) -> Reading:
    reading = group.readings.filter(pk=reading_id).first()
    if reading is None:
        raise Http404
    return reading


@require_GET
@pages.of_group
def readings(request: HttpRequest, group: Group) -> HttpResponse:
    kept = group.readings.order_by("title", "pk")
    titles = {reading.title for reading in kept}
    ours = starters.library(group.language).readings
    context = {
        "here": "readings",
        "readings": kept,
        "ours": [(key, reading, reading.title in titles) for key, reading in ours.items()],
        "fresh": any(reading.title not in titles for reading in ours.values()),
    }
    return pages.page(request, "readings.html", group, context)


@require_POST
@pages.of_group
def from_ours(request: HttpRequest, group: Group) -> HttpResponse:
    """One of ours becomes one of the group's, unless it has one of that name."""
    ours = starters.library(group.language).readings.get(request.POST.get("key", ""))
    if ours is None:
        raise Http404
    if not group.readings.filter(title=ours.title).exists():
        group.readings.create(title=ours.title, parts=list(ours.parts))
    return HttpResponseRedirect(f"/group/{group.pk}/readings/?saved")


@GET_AND_POST
@pages.of_group
def new_reading(request: HttpRequest, group: Group) -> HttpResponse:
    return _editing(request, group, Reading(group=group))


@GET_AND_POST
@pages.of_group
def reading(request: HttpRequest, group: Group, reading_id: int) -> HttpResponse:
    kept = group.readings.filter(pk=reading_id).first()
    if kept is None and request.method != "POST":
        raise Http404
    return _taken_out(request, group) if kept is None else _editing(request, group, kept)


def _taken_out(request: HttpRequest, group: Group) -> HttpResponse:
    """Someone took it out meanwhile: all she wrote, as a reading that is new once more."""
    form = _as_typed(request, Reading(group=group), sent_parts(request.POST))
    return _form(request, group, form, {"gone": True}, HTTPStatus.GONE)


def _as_typed(request: HttpRequest, kept: Reading, now: parts.Parts) -> ReadingForm:
    typed = {"title": request.POST.get("title", ""), "revision": request.POST.get("revision")}
    return ReadingForm(instance=kept, now=now, initial=typed)


def _editing(request: HttpRequest, group: Group, kept: Reading) -> HttpResponse:
    if request.method != "POST":
        return _form(request, group, ReadingForm(instance=kept))
    act = act_named(request.POST.get("do", "save"))
    if act.verb != "save":
        now, place = parts.after(sent_parts(request.POST), act)
        form = _as_typed(request, kept, now)
        return _form(request, group, form, {"act": act, "place": place})
    try:
        saved, told, status = pages.keep(ReadingForm(request.POST, instance=kept))
    except Reading.DoesNotExist:
        return _taken_out(request, group)
    if status == HTTPStatus.OK:
        return HttpResponseRedirect(f"/group/{group.pk}/readings/{saved.instance.pk}/?saved")
    return _form(request, group, saved, told, status)


def _form(
    request: HttpRequest,
    group: Group,
    form: Any,
    told: dict[str, Any] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    is_new = form.instance._state.adding
    context = {
        "here": "readings",
        "form": form,
        "is_new": is_new,
        "path": f"/group/{group.pk}/readings/{'new' if is_new else f'{form.instance.pk}/'}",
        **(told or {}),
    }
    return pages.page(request, "reading.html", group, context, status)


@require_POST
@pages.of_group
def preview(request: HttpRequest, group: Group) -> HttpResponse:
    """Each part as phones would show it, while she writes. Nothing is kept."""
    title = request.POST.get("title", "")
    phones = [
        regions.partial(
            f"#phone-{place}",
            render_to_string(
                "preparing/_reading_phone.html", {"title": title, "views": views, "place": place}
            ).strip(),
        )
        for place, (_typed, views) in enumerate(as_on_phones(sent_parts(request.POST)))
    ]
    return HttpResponse("".join(phones))


@require_POST
@pages.of_group
def copy(request: HttpRequest, group: Group, reading_id: int) -> HttpResponse:
    kept = _of(group, reading_id)
    title = shelf.name_of_copy(kept.title, LONGEST_TITLE)
    made = group.readings.create(title=title, parts=kept.parts)
    return HttpResponseRedirect(f"/group/{group.pk}/readings/{made.pk}/?saved")


@GET_AND_POST
@pages.of_group
def take_out(request: HttpRequest, group: Group, reading_id: int) -> HttpResponse:
    kept = group.readings.filter(pk=reading_id).first()
    needed_by = Agenda.objects.filter(steps__reading=reading_id, group=group).distinct()
    return shelf.take_out(
        request, group, kept, needed_by, here="readings", template="reading_out.html"
    )
