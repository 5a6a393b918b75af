"""Ending sessions from elsewhere, and links that would start one."""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from meetings.accounts.links import forget_links
from meetings.models import Facilitator


def end_sessions(facilitator: Facilitator, *, but: str | None = None) -> None:
    """Sign her out everywhere, except in the session with the key `but`. No link of hers works."""
    forget_links([facilitator])
    # Whose a session is stands inside it and nowhere else. There is one for each signed-in
    # browser of a facilitator, and none for participants.
    whose = str(facilitator.pk)
    hers = [
        session.session_key
        for session in Session.objects.iterator()
        if session.session_key != but and session.get_decoded().get(SESSION_KEY) == whose
    ]
    Session.objects.filter(session_key__in=hers).delete()
