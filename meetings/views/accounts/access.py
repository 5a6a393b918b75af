"""Who is signed in, and how: a laptop that was left alone must not change anybody's locks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from meetings.models import Facilitator
from meetings.views.preparing.pages import NotKept, has_only_secrets, not_kept, to_sign_in

View = Callable[..., HttpResponse]

# She came by a one-time link. Her browser remembers it for a while, this server does not.
FRESH = f"{settings.COOKIE_PREFIX}fresh"
FRESH_FOR = 30 * 60


def signed_in(view: View) -> View:
    """Give the view the facilitator who asks. What she sent comes back if she is signed out."""

    @wraps(view)
    def wrapped(request: HttpRequest, **which: Any) -> HttpResponse:
        facilitator = request.user
        if isinstance(facilitator, Facilitator):
            return view(request, facilitator, **which)
        if request.method == "POST" and not has_only_secrets(request):
            return not_kept(request, NotKept.SIGNED_OUT)
        return to_sign_in(request)

    return wrapped


def hosts_only(view: View) -> View:
    """As `signed_in`; anyone who keeps no server learns of no such page."""

    @signed_in
    @wraps(view)
    def wrapped(request: HttpRequest, facilitator: Facilitator, **which: Any) -> HttpResponse:
        if not facilitator.is_host:
            raise Http404
        return view(request, facilitator, **which)

    return wrapped


def remember_fresh(response: HttpResponse, facilitator: Facilitator) -> None:
    response.set_signed_cookie(
        FRESH,
        facilitator.pk.hex,
        salt=FRESH,
        max_age=FRESH_FOR,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def is_fresh(request: HttpRequest, facilitator: Facilitator) -> bool:
    """Whether she came by a one-time link a moment ago, in this browser."""
    try:
        found = request.get_signed_cookie(FRESH, default="", salt=FRESH, max_age=FRESH_FOR)
    except ValueError:
        return False
    return bool(found == facilitator.pk.hex)


def forget_fresh(response: HttpResponse) -> None:
    response.delete_cookie(FRESH, samesite="Lax")
