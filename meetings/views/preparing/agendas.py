"""Agendas: the list, one to edit, ours to start from, and the whole meeting on paper."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meetings import starters
from meetings.editing import agendas as editing
from meetings.editing.agendas import AgendaForm
from meetings.editing.arranging import arranged, taken_out
from meetings.engine.agendas import LONGEST_TITLE
from meetings.models import Agenda, AgendaStep, Group
from meetings.paper import on_paper
from meetings.views.preparing import shelf
from meetings.views.preparing.pages import keep, of_group, page

MINUTES = (30, 60, 90)
SAVE = "save"
GET_AND_POST = require_http_methods(["GET", "HEAD", "POST"])


def _here(group: Group) -> str:
    return f"/group/{group.pk}/agendas/"


def _of(group: Group, agenda_id: int) -> Agenda:
    agenda = group.agendas.filter(pk=agenda_id).first()
    if agenda is None:
        raise Http404
    return agenda


@require_GET
@of_group
def agendas(request: HttpRequest, group: Group) -> HttpResponse:
    context = {
        "here": "agendas",
        "agendas": group.agendas.order_by("pk").prefetch_related("steps"),
        "templates": starters.library(group.language).templates,
        "lengths": MINUTES,
    }
    return page(request, "agendas.html", group, context)


@GET_AND_POST
@of_group
def from_ours(request: HttpRequest, group: Group) -> HttpResponse:
    """One of our templates at one length: a look at it first, then a copy of the group's own."""
    ours = starters.library(group.language)
    sent = request.POST if request.method == "POST" else request.GET
    key, minutes = sent.get("template", ""), sent.get("minutes", "")
    template = ours.templates.get(key)
    length = next((one for one in MINUTES if str(one) == minutes), None)
    if template is None or length is None:
        raise Http404
    if request.method == "POST":
        agenda = starters.make_agenda(group, key, length)
        return HttpResponseRedirect(f"{_here(group)}{agenda.pk}/?saved")
    steps = template.lengths[length]
    context = {
        "here": "agendas",
        "key": key,
        "template": template,
        "minutes": length,
        "steps": [
            (step, ours.readings.get(step.reading), ours.prompts.get(step.prompt)) for step in steps
        ],
    }
    return page(request, "agenda_ours.html", group, context)


@GET_AND_POST
@of_group
def new_agenda(request: HttpRequest, group: Group) -> HttpResponse:
    """An agenda of her own from the first step on. Nothing is kept until she saves."""
    return _editing(request, group, Agenda(group=group))


@GET_AND_POST
@of_group
def agenda(request: HttpRequest, group: Group, agenda_id: int) -> HttpResponse:
    kept = group.agendas.filter(pk=agenda_id).first()
    if kept is not None:
        return _editing(request, group, kept)
    if request.method != "POST":
        raise Http404
    return _taken_out_meanwhile(request, group)


def _taken_out_meanwhile(request: HttpRequest, group: Group) -> HttpResponse:
    """All she wrote, as an agenda that is new once more."""
    form = AgendaForm(typed=request.POST, instance=Agenda(group=group))
    return _form(request, group, form, {"gone": True}, HTTPStatus.GONE)


def _editing(request: HttpRequest, group: Group, kept: Agenda) -> HttpResponse:
    if request.method != "POST":
        return _form(request, group, AgendaForm(instance=kept))
    do = request.POST.get("do", SAVE)
    if do != SAVE:
        now = arranged(request.POST, do)
        form = AgendaForm(typed=now.typed, instance=kept)
        form.focus_on(now.focus)
        rearranged = {"focus": now.focus, "taken_out": taken_out(now.typed), "unsaved": True}
        return _form(request, group, form, rearranged)
    try:
        saved, said, status = keep(AgendaForm(request.POST, instance=kept))
    except Agenda.DoesNotExist:
        return _taken_out_meanwhile(request, group)
    if status == HTTPStatus.OK:
        return HttpResponseRedirect(f"{_here(group)}{saved.instance.pk}/?saved")
    context = {**said, "taken_out": taken_out(request.POST)}
    return _form(request, group, saved, context, status)


def _form(
    request: HttpRequest,
    group: Group,
    form: Any,
    context: dict[str, Any] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    is_new = form.instance._state.adding
    shown = {
        "here": "agendas",
        "form": form,
        "is_new": is_new,
        "action": f"{_here(group)}{'new' if is_new else form.instance.pk}{'' if is_new else '/'}",
        "kinds": [(kind.value, name) for kind, name in editing.KINDS.items()],
        **(context or {}),
    }
    return page(request, "agenda.html", group, shown, status)


@require_POST
@of_group
def copy(request: HttpRequest, group: Group, agenda_id: int) -> HttpResponse:
    """One more, to change at will."""
    with transaction.atomic():
        kept = _of(group, agenda_id)
        name = shelf.name_of_copy(kept.name, LONGEST_TITLE)
        again = Agenda.objects.create(group=group, name=name)
        steps = list(kept.steps.all())
        for step in steps:
            step.pk, step.agenda = None, again
        AgendaStep.objects.bulk_create(steps)
    return HttpResponseRedirect(f"{_here(group)}{again.pk}/?saved")


@GET_AND_POST
@of_group
def take_out(request: HttpRequest, group: Group, agenda_id: int) -> HttpResponse:
    """Asks first. The last agenda may go too; then the doors stay closed until there is one."""
    kept = group.agendas.filter(pk=agenda_id).first()
    if request.method == "POST":
        if kept is not None:
            kept.delete()
        return HttpResponseRedirect(f"{_here(group)}?gone")
    if kept is None:
        raise Http404
    is_last = not group.agendas.exclude(pk=kept.pk).exists()
    context = {"here": "agendas", "agenda": kept, "is_last": is_last}
    return page(request, "agenda_out.html", group, context)


@require_GET
@of_group
def script(request: HttpRequest, group: Group, agenda_id: int) -> HttpResponse:
    """The whole meeting on paper, for the day the network fails."""
    kept = _of(group, agenda_id)
    context = {"agenda": kept, "paper": on_paper(group, kept)}
    return page(request, "agenda_script.html", group, context)
