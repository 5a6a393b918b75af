"""A sign of life, and the pages a person meets when something is not as it should be."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from facilitator import held
from meetings.sentences import OUT_OF_REACH
from meetings.views.preparing.pages import NotKept, has_only_secrets, not_kept

# Where words are written at length, by facilitators or by whoever has a group's link.
WRITTEN_PAGES = ("/group/", "/host/", "/account/", "/agreement/")


async def healthz(request: HttpRequest) -> HttpResponse:
    """Answer "ok" while the process can answer at all; touches neither database nor store."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


async def what_we_hold(request: HttpRequest) -> HttpResponse:
    """All that the database can hold, in plain words, for whoever wants to know first."""
    return render(request, "what_we_hold.html", {"held": held.in_plain_words()})


def _sentence(status: int, sentence: str) -> HttpResponse:
    # Rendered without the request: an error page must not fail on a session or a context.
    return HttpResponse(render_to_string("error.html", {"sentence": sentence}), status=status)


def _sent_by_our_page(request: HttpRequest) -> bool:
    # Without a referrer browsers send our own forms with a null origin, and say this beside it.
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open for too long, or cookies are off.

    On pages for writing the words come back, to look at and to send once more: only when a page of
    this very server sent them, so that nobody else's words are put into anyone's mouth.
    """
    her_words = request.path.startswith(WRITTEN_PAGES) and not has_only_secrets(request)
    if her_words and _sent_by_our_page(request):
        return not_kept(request, NotKept.OUT_OF_DATE)
    return _sentence(403, _("This page is out of date. Go back, load it again, and try once more."))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Something arrived that no page of ours sends; 413 when it is only too long."""
    if isinstance(exception, RequestDataTooBig):
        return _sentence(413, _("That is too long. Shorten it and send it once more."))
    return _sentence(400, _("That did not arrive whole. Go back and try once more."))


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page exists and is someone else's."""
    return _sentence(403, _("This page is not open to you. Ask your facilitator for help."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No page, an ended meeting, a mistyped address: all alike."""
    return _sentence(404, _("There is nothing here. Ask your facilitator for the code."))


def too_many(request: HttpRequest) -> HttpResponse:
    """Someone tries again and again, or many do behind one address."""
    return _sentence(429, _("That was too often. Wait a few minutes, then try once more."))


def out_of_reach(request: HttpRequest) -> HttpResponse:
    """What we keep things in does not answer; it may in a moment."""
    return _sentence(503, str(OUT_OF_REACH))


def failed(request: HttpRequest) -> HttpResponse:
    """A failure of ours."""
    return _sentence(500, _("Something went wrong here. Go back and try once more."))
