"""Links that work once: signing one facilitator in, making someone a facilitator of a group."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from meetings.models import Facilitator, Group, Invitation, SignInLink

LINK_LASTS = timedelta(hours=12)
INVITATION_LASTS = timedelta(days=7)


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


def forget_links(facilitators: Iterable[Facilitator]) -> None:
    """No sign-in link of theirs works any more.

    A link was made by somebody for what it opened then: when that or who is trusted changes, it
    must not outlive it.
    """
    SignInLink.objects.filter(facilitator__in=list(facilitators)).delete()


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


def invite(group: Group) -> str:
    """A new token for `/invitation/TOKEN`."""
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        digest=_digest(token), group=group, expires=timezone.now() + INVITATION_LASTS
    )
    return token


def invitation(token: str) -> Invitation | None:
    """The invitation of this token while it is open. Looking does not use it up."""
    kept = Invitation.objects.filter(digest=_digest(token)).select_related("group").first()
    return kept if kept is not None and kept.expires > timezone.now() else None


@transaction.atomic
def accept(token: str, facilitator: Facilitator) -> Group | None:
    """Make her a facilitator of the group, once. None when it is used up, withdrawn or too old."""
    kept = invitation(token)
    if kept is None:
        return None
    # Whoever deletes the row has it; of two at the same moment, one.
    deleted, _rows = Invitation.objects.filter(pk=kept.pk).delete()
    if not deleted:
        return None
    kept.group.facilitators.add(facilitator)
    # It would open one group more than when it was made.
    forget_links([facilitator])
    return kept.group


def accept_as_new(token: str, name: str, password: str) -> tuple[Facilitator, Group] | None:
    """Make an account and a facilitator of the group, once; None and no account otherwise.

    Raises IntegrityError when the name was taken this very moment: the invitation stays open.
    """
    facilitator = Facilitator(name=name)
    # Slow on purpose, so before the transaction: nobody else can write while that is open.
    facilitator.set_password(password)
    with transaction.atomic():
        facilitator.save()
        group = accept(token, facilitator)
        if group is None:
            transaction.set_rollback(True)
            return None
    return facilitator, group


def withdraw(group: Group | None, digest: str) -> None:
    """Take back an invitation, of this group or, for a host, of any. Harmless when it is gone."""
    found = Invitation.objects.filter(pk=digest)
    if group is not None:
        found = found.filter(group=group)
    found.delete()


def forget_expired() -> None:
    """Drop links and invitations that have run out."""
    now = timezone.now()
    SignInLink.objects.filter(expires__lte=now).delete()
    Invitation.objects.filter(expires__lte=now).delete()
