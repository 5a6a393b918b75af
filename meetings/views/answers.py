"""What pages get back: regions after a command, a sentence after a refusal."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import get_language

from meetings import regions, seats, services
from meetings.engine.refusals import Refusal, Refused
from meetings.room import Audience, own_regions_of, regions_of, stamp
from meetings.sentences import NOT_UNDERSTOOD, OUT_OF_REACH, REFUSALS
from meetings.store import Gone, Unreachable

log = logging.getLogger("meetings.views")

View = Callable[..., Awaitable[HttpResponse]]
AForm = TypeVar("AForm", bound=Form)


class NotUnderstood(Exception):
    """A form did not have the shape that our pages send."""


def language() -> str:
    return get_language() or "en"


def understood(form: AForm) -> AForm:
    """The form, once it is known to have the right shape. Raises NotUnderstood."""
    if not form.is_valid():
        raise NotUnderstood
    return form


def fields(request: HttpRequest) -> QueryDict:
    """What the page sent: in the body, or for DELETE in the address."""
    return request.GET if request.method == "DELETE" else request.POST


async def shown(meeting_id: str, audience: Audience, seat: str) -> HttpResponse:
    """The page's own regions after a command; the rest of the room comes with the next push.

    A stamp goes along, because a push that is newer may arrive before. So the state is read once
    more, and nothing is awaited between reading it and taking the time.
    """
    state = await services.look(meeting_id)
    now = time.time()
    made = own_regions_of(state, audience, seat, language(), now)
    response = HttpResponse(regions.partials(made) + regions.said(""))
    response["X-Revision"] = str(stamp(now))
    return response


def taken(response: HttpResponse) -> HttpResponse:
    """Tells the page that what was written arrived, so that its field may be emptied."""
    response["HX-Trigger"] = "statement-taken"
    return response


async def polled(
    request: HttpRequest, meeting_id: str, audience: Audience, seat: str
) -> HttpResponse:
    """All regions of a page, or 204 when it has them already."""
    state = await services.look(meeting_id)
    now = time.time()
    made = regions_of(state, audience, seat, language(), now)
    digest = regions.digest(made)
    if request.GET.get("have") == digest:
        response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    else:
        response = HttpResponse(regions.partials(made))
    response["X-Digest"] = digest
    response["X-Revision"] = str(stamp(now))
    response["X-Now"] = f"{now:.3f}"
    return response


def sentence_for(refused: Refused) -> tuple[int, str]:
    status, sentence = REFUSALS[refused.code]
    return int(status), str(sentence)


def refused(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(regions.said(sentence), status=status)


def _over(request: HttpRequest, html: str) -> HttpResponse:
    response = HttpResponse(html, status=HTTPStatus.GONE)
    seats.let_go(request.COOKIES, response)
    return response


def answering(view: View) -> View:
    """Turns a refusal, a malformed form and a meeting that is over into words for the page."""

    @wraps(view)
    async def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return await view(request, *args, **kwargs)
        except Refused as refusal:
            if refusal.code is Refusal.REMOVED:
                return HttpResponse(regions.removed(language()), status=HTTPStatus.FORBIDDEN)
            if refusal.code is Refusal.LEFT:
                return _over(request, regions.left(language()))
            status, sentence = sentence_for(refusal)
            return refused(sentence, status)
        except NotUnderstood:
            return refused(str(NOT_UNDERSTOOD), HTTPStatus.UNPROCESSABLE_ENTITY)
        except Unreachable as error:
            if request.method == "GET":
                # A poll goes on in silence; a page gets one of its own.
                raise
            log.error("out of reach", exc_info=error)
            return refused(str(OUT_OF_REACH), HTTPStatus.SERVICE_UNAVAILABLE)
        except Gone:
            leading = "meeting_id" in kwargs
            over = regions.ended(language(), leading=leading)
            if leading:
                return HttpResponse(over, status=HTTPStatus.GONE)
            return _over(request, over)

    return wrapped
