"""The calendar feed. Whoever has the link may read it; nothing is asked and nothing is noted."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from meetings import feed, schedule


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    group = feed.group_behind(token)
    if group is None:
        raise Http404
    try:
        written = feed.written(group)
    except schedule.UnknownZone:
        # No answer lets calendars keep what they have; a wrong hour would not.
        raise Http404 from None
    response = HttpResponse(written, content_type=feed.CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response
