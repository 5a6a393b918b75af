"""Signing a facilitator in with a link that works once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from meetings.models import Facilitator, SignInLink

LINK_LASTS = timedelta(hours=12)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def issue_sign_in_link(facilitator: Facilitator) -> str:
    """A new token for `/in/TOKEN`. Earlier ones of hers stop working."""
    token = secrets.token_urlsafe(24)
    SignInLink.objects.filter(facilitator=facilitator).delete()
    SignInLink.objects.create(
        digest=_digest(token),
        facilitator=facilitator,
        expires=timezone.now() + LINK_LASTS,
    )
    return token


def is_open(token: str) -> bool:
    """Whether this link would still sign someone in."""
    link = SignInLink.objects.filter(digest=_digest(token)).first()
    return link is not None and link.expires > timezone.now()


def redeem(token: str) -> Facilitator | None:
    """Whoever this link belongs to, once."""
    link = SignInLink.objects.filter(digest=_digest(token)).select_related("facilitator").first()
    if link is None:
        return None
    # Whoever deletes the row has used the link; a second tap at the same moment has not.
    deleted, _rows = SignInLink.objects.filter(digest=link.digest).delete()
    return link.facilitator if deleted and link.expires > timezone.now() else None
