"""The agreement behind the group's own link. Nothing is asked of who reads, nothing is noted."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from agreements.models import Agreement
from meetings import between, rationing
from meetings.editing.statements import NOT_TAKEN, WordsForm, why_not
from meetings.sheet import sheet_of

NOT_FOR_SEARCH = "noindex, nofollow"


def _page(
    request: HttpRequest,
    agreement: Agreement,
    form: Any,
    context: dict[str, Any] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    shown = {
        "sheet": sheet_of(agreement),
        "path": f"/agreement/{agreement.link_token}",
        "takes_ideas": agreement.takes_ideas,
        "large": "large" in request.GET,
        "form": form,
        **(context or {}),
    }
    return _unlisted(render(request, "agreement/agreement.html", shown, status=status))


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = NOT_FOR_SEARCH
    return response


def _nobodys(request: HttpRequest) -> HttpResponse:
    return _unlisted(render(request, "agreement/gone.html", status=HTTPStatus.NOT_FOUND))


@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest, link: str) -> HttpResponse:
    """Read it; and send words for next time, where the group has switched that on."""
    kept = between.agreement_behind(link)
    if kept is None:
        return _nobodys(request)
    if request.method != "POST":
        return _page(request, kept, WordsForm())
    form = WordsForm(request.POST)
    try:
        between.suggest(kept, form.typed, rationing.address_of(request), time.monotonic())
    except NOT_TAKEN as error:
        sentence, status = why_not(error)
        form.refuse(sentence)
        # Without a form to send them by, the words are shown to copy.
        context = {"sentence": sentence, "words": "" if kept.takes_ideas else form.typed}
        return _page(request, kept, form, context, status)
    # Answered with the page itself: an address stays in the history of a phone that others use.
    return _page(request, kept, WordsForm(), {"taken": True})


@require_safe
def text(request: HttpRequest, link: str) -> HttpResponse:
    return _file(request, link, "txt", "text/plain")


@require_safe
def markdown(request: HttpRequest, link: str) -> HttpResponse:
    return _file(request, link, "md", "text/markdown")


def _file(request: HttpRequest, link: str, ending: str, kind: str) -> HttpResponse:
    kept = between.agreement_behind(link)
    if kept is None:
        return _nobodys(request)
    sheet = sheet_of(kept)
    written = sheet.text if ending == "txt" else sheet.markdown
    response = HttpResponse(written, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="agreement.{ending}"'
    response["Content-Language"] = sheet.language
    return _unlisted(response)
