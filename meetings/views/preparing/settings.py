"""The group's settings, and its support lines."""

from __future__ import annotations

from copy import copy
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from meetings import starters
from meetings.editing import support
from meetings.editing.group import GroupForm
from meetings.editing.rows import act_named
from meetings.models import Group
from meetings.views.preparing import pages


@require_http_methods(["GET", "POST"])
@pages.of_group
def settings(request: HttpRequest, group: Group) -> HttpResponse:
    told: dict[str, Any] = {}
    status: int = HTTPStatus.OK
    form: Any = GroupForm(instance=group)
    if request.method == "POST":
        # A copy: the page's head shows the group as it is kept, not as it is typed.
        form, told, status = pages.keep(GroupForm(request.POST, instance=copy(group)))
        if status == HTTPStatus.OK:
            return HttpResponseRedirect(f"/group/{group.pk}/settings?saved")
    context = {
        "here": "settings",
        "form": form,
        "lines": starters.library(group.language).lines,
        **told,
    }
    return pages.page(request, "settings.html", group, context, status)


@require_http_methods(["GET", "POST"])
@pages.of_group
def support_lines(request: HttpRequest, group: Group) -> HttpResponse:
    told: dict[str, Any] = {}
    status: int = HTTPStatus.OK
    form: Any = support.SupportLinesForm(instance=group)
    if request.method == "POST":
        act = act_named(request.POST.get("do", ""))
        if act.verb == "save":
            sent = support.SupportLinesForm(request.POST, instance=copy(group))
            form, told, status = pages.keep(sent)
            if status == HTTPStatus.OK:
                return HttpResponseRedirect(f"/group/{group.pk}/support-lines?saved")
        else:
            ours = starters.library(group.language).support_lines
            rows, place = support.after(support.sent_rows(request.POST), act, ours)
            form = support.SupportLinesForm(
                instance=group,
                rows=rows,
                new=place if act.verb == "add" else None,
                initial={"revision": request.POST.get("revision")},
            )
            told = {"act": act, "place": place}
    return pages.page(
        request, "support_lines.html", group, {"here": "support", "form": form, **told}, status
    )
