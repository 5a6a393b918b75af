"""What every page for preparing has in common: whose group it is, and that no words are lost."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from asgiref.sync import async_to_sync
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from meetings import library, services
from meetings.editing.revised import RevisedForm
from meetings.models import Facilitator

SIGN_IN = "/account/login/"

# What a page sends by itself: its token, where to go on, a name for the password keeper.
NOT_WORDS = frozenset({"csrfmiddlewaretoken", "next", "username"})

View = Callable[..., HttpResponse]


class NotKept(StrEnum):
    """Why what she sent was not kept."""

    SIGNED_OUT = "signed-out"
    NOT_HERS = "not-hers"
    # Signing in again, on another page, made the token of this one stale.
    OUT_OF_DATE = "out-of-date"


STATUS = {
    NotKept.SIGNED_OUT: HTTPStatus.UNAUTHORIZED,
    NotKept.NOT_HERS: HTTPStatus.FORBIDDEN,
    NotKept.OUT_OF_DATE: HTTPStatus.FORBIDDEN,
}


def of_group(view: View) -> View:
    """Give the view a group of hers in the place of `group_id`.

    When she is signed out by now, or no longer leads the group, what she sent comes back to her.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, group_id: UUID, **which: Any) -> HttpResponse:
        facilitator = request.user
        if not isinstance(facilitator, Facilitator):
            if request.method == "POST":
                return not_kept(request, NotKept.SIGNED_OUT)
            return to_sign_in(request)
        try:
            group = library.group_of(facilitator, group_id)
        except library.NotYours:
            if request.method == "POST":
                return not_kept(request, NotKept.NOT_HERS)
            raise Http404 from None
        return view(request, group=group, **which)

    return wrapped


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The page to sign in, and back to where she wanted to go."""
    return HttpResponseRedirect(f"{SIGN_IN}?{urlencode({'next': request.get_full_path()})}")


def posted_from(page: str) -> Callable[[View], View]:
    """For POST alone; whoever comes to look is led to the page that the form stands on.

    So an answer to POST may be a page: signing in and another language come to its address by GET.
    It stands below whatever finds out who asks. `page` may name what the view is given, as in
    "/group/{group.pk}/people".
    """

    def decorated(view: View) -> View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def wrapped(request: HttpRequest, *who: Any, **which: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, *who, **which)
            return HttpResponseRedirect(page.format(**which))

        return wrapped

    return decorated


def is_secret(name: str) -> bool:
    """Whether a field of this name holds a password or an answer of a passkey."""
    # A form on a page with others puts its own name in front: `mail-current`.
    last = name.rsplit("-", 1)[-1].lower()
    return "password" in last or last in ("current", "credential")


def has_only_secrets(request: HttpRequest) -> bool:
    """Whether she sent a password and no words of hers."""
    names = set(request.POST) - NOT_WORDS
    return bool(names) and all(is_secret(name) for name in names)


def not_kept(request: HttpRequest, why: NotKept) -> HttpResponse:
    """Her words on a page of their own: to send again, or to copy. Passwords are on no page."""
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and not is_secret(name)
        for value in values
    ]
    context = {
        "why": why.value,
        "sign_in": SIGN_IN,
        "path": request.get_full_path(),
        "sent": sent,
        "left_out": any(is_secret(name) for name in request.POST),
        # Numbers and tick boxes are not worth showing.
        "words": [value for _name, value in sent if len(value.split()) > 1],
    }
    return render(request, "preparing/not_kept.html", context, status=STATUS[why])


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
