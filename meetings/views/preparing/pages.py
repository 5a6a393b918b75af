"""What every page for preparing has in common: whose group it is, and that no words are lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from asgiref.sync import async_to_sync
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from meetings import library, services
from meetings.editing.revised import RevisedForm
from meetings.models import Facilitator

SIGN_IN = "/account/login/"

View = Callable[..., HttpResponse]


def of_group(view: View) -> View:
    """Give the view a group of hers in the place of `group_id`.

    When she is signed out by now, or no longer leads the group, what she sent comes back to her.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, group_id: UUID, **which: Any) -> HttpResponse:
        facilitator = request.user
        if not isinstance(facilitator, Facilitator):
            if request.method == "POST":
                return not_kept(request, signed_out=True)
            return HttpResponseRedirect(f"{SIGN_IN}?{urlencode({'next': request.get_full_path()})}")
        try:
            group = library.group_of(facilitator, group_id)
        except library.NotYours:
            if request.method == "POST":
                return not_kept(request, signed_out=False)
            raise Http404 from None
        return view(request, group=group, **which)

    return wrapped


def not_kept(request: HttpRequest, *, signed_out: bool) -> HttpResponse:
    """Her words on a page of their own: to send again once signed in, or to copy."""
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    context = {
        "signed_out": signed_out,
        "sign_in": SIGN_IN,
        "path": request.get_full_path(),
        "sent": sent,
        # Numbers and tick boxes are not worth showing.
        "words": [value for _name, value in sent if len(value.split()) > 1],
    }
    status = HTTPStatus.UNAUTHORIZED if signed_out else HTTPStatus.FORBIDDEN
    return render(request, "preparing/not_kept.html", context, status=status)


def gone(request: HttpRequest, group: Any, back: str) -> HttpResponse:
    """What she was working on was taken out meanwhile: her words, to copy."""
    sent = [value for _name, values in request.POST.lists() for value in values]
    context = {"back": back, "words": [value for value in sent if len(value.split()) > 1]}
    return page(request, "gone.html", group, context, HTTPStatus.GONE)


def keep(form: RevisedForm) -> tuple[RevisedForm, dict[str, Any], int]:
    """Save the form. 200 when it is kept; otherwise what to show, and 422 or 409.

    The form given back holds all she typed. Raises the model's DoesNotExist when it is gone.
    """
    if not form.is_valid():
        return form, {}, HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        form.keep()
    except library.ChangedMeanwhile:
        newest = form.on_top_of_newest()
        return newest, {"changed": True, "theirs": newest.theirs()}, HTTPStatus.CONFLICT
    return form, {}, HTTPStatus.OK


def page(
    request: HttpRequest,
    template: str,
    group: Any,
    context: dict[str, Any],
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """A page for preparing. `context["here"]` names the tab it stands under."""
    meeting = async_to_sync(services.live_meeting_of)(group)
    context = {"group": group, "meeting_is_on": meeting is not None, **context}
    return render(request, f"preparing/{template}", context, status=status)
