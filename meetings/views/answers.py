"""What pages get back: regions after a command, a sentence after a refusal."""

from __future__ import annotations

import logging
import re
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

# A form that says its own id has an element with "-said" behind it, for sentences about it.
FORM_ID = re.compile(r"[a-z][a-z0-9-]{0,79}", re.ASCII)

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


def form_of(request: HttpRequest) -> str:
    """The id of the form that was sent, where the page says it.

    Not in a field called "form": a form's own property of that name is what htmx asks for.
    """
    said: str = request.POST.get("beside", "")
    return said if FORM_ID.fullmatch(said) else ""


def beside(form: str) -> str:
    """Where a sentence about this form goes."""
    return f"#{form}-said" if form else "#said"


def taken(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tells the page that what was written arrived, so that its field may be emptied."""
    response["HX-Trigger"] = "statement-taken"
    if form := form_of(request):
        response.write(regions.said("", beside(form)))
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


def refused(sentence: str, status: int, form: str = "", *, again: bool = False) -> HttpResponse:
    """The sentence, beside the form it is about; `again`: with a button that sends it as it is."""
    said = regions.said(sentence, beside(form), form if again else "")
    # What was said of something before is over.
    return HttpResponse(regions.said("") + said if form else said, status=status)


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
            again = refusal.code is Refusal.NAMES_SOMEONE
            return refused(sentence, status, form_of(request), again=again)
        except NotUnderstood:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            return refused(str(NOT_UNDERSTOOD), status, form_of(request))
        except Unreachable as error:
            if request.method == "GET":
                # A poll goes on in silence; a page gets one of its own.
                raise
            log.error("out of reach", exc_info=error)
            status = HTTPStatus.SERVICE_UNAVAILABLE
            return refused(str(OUT_OF_REACH), status, form_of(request))
        except Gone:
            leading = "meeting_id" in kwargs
            over = regions.ended(language(), leading=leading)
            if leading:
                return HttpResponse(over, status=HTTPStatus.GONE)
            return _over(request, over)

    return wrapped
