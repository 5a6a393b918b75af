"""Who shares a group or keeps the server, and that the last one never goes by mistake."""

from __future__ import annotations

from django.db import transaction

from meetings.accounts.links import forget_links
from meetings.engine import names
from meetings.models import Agenda, Facilitator, Group


class LastOne(Exception):
    """Without her nobody would be left to do it. Nothing was changed."""


def named(name: str) -> Facilitator | None:
    """Whoever has this name, or one that looks the same: names also sign in, in any case."""
    wanted = names.tidy(name)
    for facilitator in Facilitator.objects.only("name"):
        if names.told_apart(wanted, [facilitator.name]) != wanted:
            return facilitator
    return None


def may_issue_link(issuer: Facilitator, colleague: Facilitator) -> bool:
    """Whether her link would open no group, nor the server, that is closed to the issuer."""
    if issuer.is_host:
        return True
    if colleague.is_host:
        return False
    hers = set(issuer.groups.values_list("pk", flat=True))
    theirs = set(colleague.groups.values_list("pk", flat=True))
    return bool(theirs) and theirs <= hers


@transaction.atomic
def remove(group: Group, facilitator: Facilitator) -> None:
    """Take a facilitator out of the group, and every way in that was open. Raises LastOne."""
    # Taking the row: of two who leave at the same moment, one stays.
    Group.objects.select_for_update().get(pk=group.pk)
    if not group.facilitators.exclude(pk=facilitator.pk).exists():
        raise LastOne
    _close_ways_in(group)
    group.facilitators.remove(facilitator)


def _close_ways_in(group: Group) -> None:
    """She who goes may have made a link for a colleague, or an invitation, and kept it."""
    forget_links(group.facilitators.all())
    group.invitations.all().delete()


@transaction.atomic
def make_host(facilitator: Facilitator) -> None:
    forget_links([facilitator])
    Facilitator.objects.filter(pk=facilitator.pk).update(is_host=True)


@transaction.atomic
def give_up_hosting(facilitator: Facilitator) -> None:
    """Raises LastOne."""
    _another_host_than(facilitator)
    # Whoever takes it from her trusts no link that was made before.
    forget_links([facilitator])
    Facilitator.objects.filter(pk=facilitator.pk).update(is_host=False)


@transaction.atomic
def delete_facilitator(facilitator: Facilitator) -> None:
    """Her account and every way into it. Raises LastOne for the only host."""
    if facilitator.is_host:
        _another_host_than(facilitator)
    for group in facilitator.groups.all():
        _close_ways_in(group)
    facilitator.delete()


def _another_host_than(facilitator: Facilitator) -> None:
    hosts = list(Facilitator.objects.select_for_update().filter(is_host=True))
    if not any(host.pk != facilitator.pk for host in hosts):
        raise LastOne


@transaction.atomic
def delete_group(group: Group) -> None:
    """Everything that the group keeps. Its facilitators keep their accounts."""
    # Steps protect the readings and questions they use.
    Agenda.objects.filter(group=group).delete()
    agreement = group.agreement
    group.delete()
    agreement.delete()
