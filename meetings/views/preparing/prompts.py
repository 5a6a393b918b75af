"""Questions for check-ins: the list, one to edit with a look at a phone, ours to start from."""

from __future__ import annotations

from copy import copy as copy_of
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meetings import starters
from meetings.editing.prompts import KINDS, PromptForm
from meetings.engine.state import PromptKind
from meetings.models import Agenda, Group, Prompt
from meetings.views.preparing import pages, shelf

GET_AND_POST = require_http_methods(["GET", "HEAD", "POST"])
LONGEST_QUESTION = 200
NAMES = {kind.value: name for kind, (name, _hint) in KINDS.items()}


def _of(group: Group, prompt_id: int) -> Prompt:
    prompt = group.prompts.filter(pk=prompt_id).first()
    if prompt is None:
        raise Http404
    return prompt


@require_GET
@pages.of_group
def prompts(request: HttpRequest, group: Group) -> HttpResponse:
    kept = group.prompts.order_by("question", "pk")
    there = {(prompt.kind, prompt.question) for prompt in kept}
    ours = starters.library(group.language).prompts
    context = {
        "here": "prompts",
        "prompts": [(prompt, NAMES.get(prompt.kind, prompt.kind)) for prompt in kept],
        "ours": [
            (key, prompt, NAMES[prompt.kind], (prompt.kind, prompt.question) in there)
            for key, prompt in ours.items()
        ],
        "fresh": any((it.kind, it.question) not in there for it in ours.values()),
    }
    return pages.page(request, "prompts.html", group, context)


@require_POST
@pages.of_group
def from_ours(request: HttpRequest, group: Group) -> HttpResponse:
    """One of ours becomes one of the group's, unless it has that question already."""
    ours = starters.library(group.language).prompts.get(request.POST.get("key", ""))
    if ours is None:
        raise Http404
    if not group.prompts.filter(kind=ours.kind, question=ours.question).exists():
        group.prompts.create(
            kind=ours.kind,
            question=ours.question,
            options=list(ours.options),
            feelings=ours.feelings,
            screened=ours.screened,
        )
    return HttpResponseRedirect(f"/group/{group.pk}/prompts/?saved")


@GET_AND_POST
@pages.of_group
def new_prompt(request: HttpRequest, group: Group) -> HttpResponse:
    return _editing(request, group, _new(group))


@GET_AND_POST
@pages.of_group
def prompt(request: HttpRequest, group: Group, prompt_id: int) -> HttpResponse:
    kept = group.prompts.filter(pk=prompt_id).first()
    if kept is None and request.method != "POST":
        raise Http404
    return _taken_out(request, group) if kept is None else _editing(request, group, kept)


def _new(group: Group) -> Prompt:
    return Prompt(group=group, kind=PromptKind.CHOICE.value)


def _taken_out(request: HttpRequest, group: Group) -> HttpResponse:
    """Someone took it out meanwhile: all she wrote, as a question that is new once more."""
    form = _as_typed(request, _new(group))
    return _form(request, group, form, {"gone": True}, HTTPStatus.GONE)


def _as_typed(request: HttpRequest, kept: Prompt) -> PromptForm:
    """What stands on the page, without a word about what is missing."""
    # A box without a tick is not sent: what is not there is not what was kept.
    blank = dict.fromkeys(PromptForm.base_fields, "")
    return PromptForm(instance=kept, initial=blank | request.POST.dict())


def _editing(request: HttpRequest, group: Group, kept: Prompt) -> HttpResponse:
    if request.method != "POST":
        return _form(request, group, PromptForm(instance=kept))
    if request.POST.get("do", "save") != "save":
        return _form(request, group, _as_typed(request, kept), {"unsaved": True})
    try:
        saved, told, status = pages.keep(PromptForm(request.POST, instance=copy_of(kept)))
    except Prompt.DoesNotExist:
        return _taken_out(request, group)
    if status == HTTPStatus.OK:
        return HttpResponseRedirect(f"/group/{group.pk}/prompts/{saved.instance.pk}/?saved")
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
        "here": "prompts",
        "form": form,
        "phone": form.on_a_phone(group),
        "is_new": is_new,
        "path": f"/group/{group.pk}/prompts/{'new' if is_new else f'{form.instance.pk}/'}",
        **(told or {}),
    }
    return pages.page(request, "prompt.html", group, context, status)


@require_POST
@pages.of_group
def preview(request: HttpRequest, group: Group) -> HttpResponse:
    """What a phone would say before anyone answers, while she writes. Nothing is kept."""
    form = _as_typed(request, _new(group))
    context = {"form": form, "phone": form.on_a_phone(group), "group": group}
    return render(request, "preparing/_prompt_phone.html", context)


@require_POST
@pages.of_group
def copy(request: HttpRequest, group: Group, prompt_id: int) -> HttpResponse:
    kept = _of(group, prompt_id)
    kept.question = shelf.name_of_copy(kept.question, LONGEST_QUESTION)
    kept.pk, kept.revision, kept._state.adding = None, 1, True
    kept.save()
    return HttpResponseRedirect(f"/group/{group.pk}/prompts/{kept.pk}/?saved")


@GET_AND_POST
@pages.of_group
def take_out(request: HttpRequest, group: Group, prompt_id: int) -> HttpResponse:
    kept = group.prompts.filter(pk=prompt_id).first()
    needed_by = Agenda.objects.filter(steps__prompt=prompt_id, group=group).distinct()
    return shelf.take_out(
        request, group, kept, needed_by, here="prompts", template="prompt_out.html"
    )
