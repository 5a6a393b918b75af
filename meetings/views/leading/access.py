"""Who leads: nobody else learns that a page exists, and every command names its meeting."""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from meetings import services
from meetings.models import Facilitator
from meetings.room import Audience
from meetings.views.answers import View, answering, shown, taken
from meetings.views.preparing.pages import to_sign_in


def facilitators_only(view: View) -> View:
    """Nobody else learns that the page exists."""

    @wraps(view)
    async def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        facilitator = await request.auser()
        if not isinstance(facilitator, Facilitator):
            raise Http404
        return await view(request, facilitator, *args, **kwargs)

    return wrapped


def facilitators_page(view: View) -> View:
    """As `facilitators_only`, for a page that she may have kept: signing in leads back to it."""

    @wraps(view)
    async def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        facilitator = await request.auser()
        if not isinstance(facilitator, Facilitator):
            return to_sign_in(request)
        return await view(request, facilitator, *args, **kwargs)

    return wrapped


def leading(make: Any) -> View:
    """A command of the facilitator's, made from the request and answered with all her regions."""

    @facilitators_only
    @answering
    @wraps(make)
    async def view(
        request: HttpRequest, facilitator: Facilitator, meeting_id: str, **kwargs: str
    ) -> HttpResponse:
        command = make(request, **kwargs)
        state, actor = await services.console(facilitator, meeting_id)
        state = await services.perform(state.id, actor, command)
        return await shown(state.id, Audience.CONSOLE, actor.seat)

    return view


def leading_words(make: Any) -> View:
    """As `leading`, for words that she wrote: the page learns that they arrived."""
    lead = leading(make)

    @wraps(make)
    async def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = await lead(request, *args, **kwargs)
        return taken(request, response) if response.status_code == HTTPStatus.OK else response

    return view


async def home_of(facilitator: Facilitator) -> str:
    """Her only group's page, or the one to choose."""
    groups = [group async for group in facilitator.groups.all()[:2]]
    return f"/group/{groups[0].pk}/" if len(groups) == 1 else "/groups/"


async def where_she_is_needed(facilitator: Facilitator) -> str:
    """Once signed in: the console of a meeting that is going on, else her groups."""
    async for group in facilitator.groups.order_by("name"):
        if meeting_id := await services.live_meeting_of(group):
            return f"/console/{meeting_id}/"
    return await home_of(facilitator)
