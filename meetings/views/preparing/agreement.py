"""The agreement between meetings: its link, what waits for the next one, and its versions.

Nothing here adopts anything: that takes a meeting.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements import differences, waiting
from agreements.models import Agreement, Version
from meetings import addresses, between
from meetings.editing.statements import NOT_TAKEN, WordsForm, why_not
from meetings.models import Group
from meetings.sheet import sheet_of
from meetings.views.preparing.pages import of_group, page, posted_from

AGREEMENT = "/group/{group.pk}/agreement"
GET_AND_POST = require_http_methods(["GET", "HEAD", "POST"])


def _here(group: Group) -> str:
    return AGREEMENT.format(group=group)


@require_safe
@of_group
def agreement(request: HttpRequest, group: Group) -> HttpResponse:
    return _overview(request, group)


def _overview(
    request: HttpRequest,
    group: Group,
    context: dict[str, Any] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    kept = Agreement.objects.get(pk=group.agreement_id)
    path = f"/agreement/{kept.link_token}" if kept.link_token else ""
    shown = {
        "here": "agreement",
        "agreement": kept,
        "sheet": sheet_of(kept),
        "path": path,
        "link": addresses.link(request, path) if path else "",
        # In the order of their letters: where one stands says nothing.
        "ideas": kept.ideas.order_by("text", "pk"),
        "versions": kept.versions.order_by("-number"),
        "form": _words_form(),
        **(context or {}),
    }
    return page(request, "agreement.html", group, shown, status)


def _words_form(sent: Any = None) -> WordsForm:
    form = WordsForm(sent)
    form.fields["text"].label = _("Words to prepare")
    form.fields["text"].help_text = _("One statement. It is unsigned, like any other suggestion.")
    return form


def _change(
    request: HttpRequest, group: Group, change: Callable[[], None], said: str
) -> HttpResponse:
    try:
        change()
    except NOT_TAKEN as error:
        sentence, status = why_not(error)
        return _overview(request, group, {"sentence": sentence}, status)
    return HttpResponseRedirect(f"{_here(group)}?{said}")


@of_group
@posted_from(AGREEMENT)
def new_link(request: HttpRequest, group: Group) -> HttpResponse:
    """A link, in the place of the one there was."""
    return _change(request, group, group.agreement.renew_link, "link#link")


@of_group
@posted_from(AGREEMENT)
def no_link(request: HttpRequest, group: Group) -> HttpResponse:
    return _change(request, group, group.agreement.take_link_away, "no-link#link")


@of_group
@posted_from(AGREEMENT)
def ideas_on(request: HttpRequest, group: Group) -> HttpResponse:
    return _change(request, group, lambda: group.agreement.switch_ideas(True), "saved")


@of_group
@posted_from(AGREEMENT)
def ideas_off(request: HttpRequest, group: Group) -> HttpResponse:
    return _change(request, group, lambda: group.agreement.switch_ideas(False), "saved")


@of_group
@posted_from(AGREEMENT)
def bring(request: HttpRequest, group: Group, idea_id: UUID) -> HttpResponse:
    """An idea for the meeting: the room sees it first next time."""
    return _change(request, group, lambda: between.bring(group, idea_id), "saved")


@of_group
@posted_from(AGREEMENT)
def let_go(request: HttpRequest, group: Group, idea_id: UUID) -> HttpResponse:
    return _change(request, group, lambda: group.agreement.let_idea_go(idea_id), "saved")


@of_group
@posted_from(AGREEMENT)
def prepare(request: HttpRequest, group: Group) -> HttpResponse:
    """A suggestion of a facilitator's own, for the next meeting."""
    form = _words_form(request.POST)
    try:
        between.put_aside(group, form.typed)
    except NOT_TAKEN as error:
        sentence, status = why_not(error)
        form.refuse(sentence)
        return _overview(request, group, {"form": form}, status)
    return HttpResponseRedirect(f"{_here(group)}?saved")


@of_group
@posted_from(AGREEMENT)
def take_back(request: HttpRequest, group: Group) -> HttpResponse:
    text = request.POST.get("text", "")
    return _change(request, group, lambda: between.take_back(group, text), "saved")


# Versions


def _version(group: Group, number: int) -> Version:
    found: Version | None = group.agreement.versions.filter(number=number).first()
    if found is None:
        raise Http404
    return found


@GET_AND_POST
@of_group
def version(request: HttpRequest, group: Group, number: int) -> HttpResponse:
    """One version beside another, word by word; and its words, to suggest them again."""
    shown = _version(group, number)
    if request.method != "POST":
        return _version_page(request, group, shown)
    wanted = set(request.POST.getlist("statement"))
    texts = [it.text for it in shown.adopted() if it.id in wanted]
    try:
        between.put_aside_again(group, texts)
    except NOT_TAKEN as error:
        sentence, status = why_not(error)
        return _version_page(
            request, group, shown, {"sentence": sentence, "ticked": wanted}, status
        )
    return HttpResponseRedirect(f"{_here(group)}?saved#prepared")


def _version_page(
    request: HttpRequest,
    group: Group,
    shown: Version,
    context: dict[str, Any] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    kept = group.agreement
    newest = kept.current() or shown
    with_newest = "now" in request.GET and newest.number != shown.number
    earlier = kept.versions.filter(number__lt=shown.number).order_by("-number").first()
    before, after = (shown, newest) if with_newest else (earlier, shown)
    known = [it.text for it in newest.adopted()] + list(kept.parked)
    gone = waiting.unknown([it.text for it in shown.adopted()], known)
    found = {
        "here": "agreement",
        "version": shown,
        "newest": newest,
        "sheet": sheet_of(kept),
        "with_newest": with_newest,
        "before": before,
        "after": after,
        "lines": differences.versions(before.adopted() if before else (), after.adopted()),
        "again": [it for it in shown.adopted() if it.text in gone],
        **(context or {}),
    }
    return page(request, "agreement_version.html", group, found, status)
