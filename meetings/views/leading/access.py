"""Who leads: nobody else learns that a page exists, and every command names its meeting."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from meetings import services
from meetings.models import Facilitator
from meetings.room import Audience
from meetings.views.answers import View, answering, shown


def facilitators_only(view: View) -> View:
    """Nobody else learns that the page exists."""

    @wraps(view)
    async def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        facilitator = await request.auser()
        if not isinstance(facilitator, Facilitator):
            raise Http404
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


async def home_of(facilitator: Facilitator) -> str:
    group = await facilitator.groups.order_by("name").afirst()
    return f"/group/{group.pk}/" if group else "/"
