"""What a group has prepared: found for whoever may change it, and saved without losing anyone's."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db import models, transaction

from meetings.models import Facilitator, Group, Revised

Kept = TypeVar("Kept", bound=models.Model)


class NotYours(Exception):
    """Not a group of hers, or not any more."""


class ChangedMeanwhile(Exception):
    """Someone else saved it, or took it out, after this page was made. Nothing was changed."""


def group_of(facilitator: Facilitator, group_id: UUID) -> Group:
    """A group that she facilitates. Raises NotYours for any other."""
    group = facilitator.groups.select_related("agreement").filter(pk=group_id).first()
    if group is None:
        raise NotYours
    return group


@transaction.atomic
def keep(revised: Revised, revision: int) -> None:
    """Save what is new, or what nobody has saved since `revision`. Raises ChangedMeanwhile."""
    if revised._state.adding:
        revised.save()
        return
    untouched = type(revised)._default_manager.filter(pk=revised.pk, revision=revision)
    # The update takes the row: of two at the same moment one finds it changed.
    if not untouched.update(revision=revision + 1):
        raise ChangedMeanwhile
    revised.revision = revision + 1
    revised.save()
