"""A group's facilitators look after who they are."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from meetings import accounts
from meetings.models import Facilitator, Group, Invitation, SignInLink
from tests.meetings.accounts.conftest import with_password
from tests.meetings.accounts.signing import is_in
from tests.meetings.conftest import Hall
from tests.meetings.people import Browser, Laptop, live_state, text_of

ACTS = ["invitations", "invitations/DIGEST/withdraw", "WHO/link", "WHO/remove", "leave"]


def people(group: Group, path: str = "") -> str:
    return f"/group/{group.pk}/people{'/' if path else ''}{path}"


def link_in(page: str) -> str:
    found = re.search(r'id="once-link"[^>]* value="http://testserver([^"]+)"', page)
    assert found is not None
    return found[1]


def all_that_is_kept(group: Group) -> Any:
    return (
        sorted(group.facilitators.values_list("name", flat=True)),
        sorted(Invitation.objects.values_list("pk", flat=True)),
        SignInLink.objects.count(),
    )


def filled(path: str, who: Facilitator) -> str:
    digest = Invitation.objects.get().pk
    return path.replace("WHO", str(who.pk)).replace("DIGEST", digest)


def test_the_page_names_who_leads_and_nothing_else_about_them(
    group: Group, laptop: Laptop, colleague: Facilitator
) -> None:
    Facilitator.objects.update(email="hidden@example.org")
    page = text_of(laptop.get(people(group)))
    assert "Ana" in page and "Dora" in page and "(you)" in page
    assert "hidden@example.org" not in page


def test_an_invitation_is_shown_once_and_leads_in(group: Group, laptop: Laptop) -> None:
    made = laptop.post(people(group, "invitations"))
    assert made.status_code == 201
    link = link_in(text_of(made))
    assert Browser().get(link).status_code == 200
    page = text_of(laptop.get(people(group)))
    assert link not in page and "Withdraw" in page


def test_an_invitation_that_is_withdrawn_opens_nothing(group: Group, laptop: Laptop) -> None:
    link = link_in(text_of(laptop.post(people(group, "invitations"))))
    digest = Invitation.objects.get().pk
    assert laptop.post(people(group, f"invitations/{digest}/withdraw")).status_code == 302
    assert Browser().get(link).status_code == 410
    assert laptop.post(people(group, f"invitations/{digest}/withdraw")).status_code == 302


def test_an_invitation_that_ran_out_is_not_listed(group: Group, laptop: Laptop) -> None:
    accounts.invite(group)
    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert "Withdraw" not in text_of(laptop.get(people(group)))


def test_a_link_brings_a_colleague_back_in(
    group: Group, laptop: Laptop, colleague: Facilitator
) -> None:
    made = laptop.post(people(group, f"{colleague.pk}/link"))
    assert made.status_code == 201
    browser = Browser()
    browser.post(link_in(text_of(made)))
    assert "Dora" in text_of(browser.get("/account/"))


def test_a_link_never_opens_what_is_closed_to_its_maker(
    group: Group, colleague: Facilitator, facilitator: Facilitator, stranger: Facilitator
) -> None:
    """Dora leads one group with Ana, who hosts; and with Bea, who leads another group too."""
    other = second_group(group)
    group.facilitators.add(stranger)
    other.facilitators.add(stranger)
    dora = Laptop(colleague)
    for whose in (facilitator, stranger):
        refused = dora.post(people(group, f"{whose.pk}/link"))
        assert refused.status_code == 403
        assert "Only your host" in text_of(refused) and other.name not in text_of(refused)
    assert SignInLink.objects.count() == 0
    other.facilitators.add(colleague)
    assert dora.post(people(group, f"{stranger.pk}/link")).status_code == 201


def second_group(group: Group) -> Group:
    agreement = type(group.agreement).objects.create()
    return Group.objects.create(name="Thursday", agreement=agreement)


def test_a_colleague_who_is_removed_is_out_at_once(
    hall: Hall, colleague: Facilitator, laptop: Laptop
) -> None:
    console = hall.laptop.console
    dora = Laptop(colleague)
    assert dora.get(console).status_code == 200
    assert "Dora" in live_state(hall.group).facilitators.values()
    path = people(hall.group, f"{colleague.pk}/remove")
    assert "Remove Dora" in text_of(laptop.get(path))
    assert "Dora" in live_state(hall.group).facilitators.values()
    assert laptop.post(path).status_code == 302
    assert list(live_state(hall.group).facilitators.values()) == ["Ana"]
    assert dora.get(f"{console}regions").status_code == 410
    assert dora.post(f"{console}start").status_code == 410
    assert dora.get(people(hall.group)).status_code == 404
    assert is_in(dora), "her account stays"


def test_whoever_was_removed_while_writing_gets_her_words_back(
    group: Group, laptop: Laptop, colleague: Facilitator
) -> None:
    dora = Laptop(colleague)
    laptop.post(people(group, f"{colleague.pk}/remove"))
    answer = dora.post(f"/group/{group.pk}/settings", {"limits_text": "What I must report."})
    assert answer.status_code == 403 and "What I must report." in text_of(answer)


def test_leaving_is_asked_and_then_done(
    hall: Hall, colleague: Facilitator, facilitator: Facilitator
) -> None:
    path = people(hall.group, "leave")
    assert "Leave this group?" in text_of(hall.laptop.get(path))
    assert hall.group.facilitators.count() == 2
    answer = hall.laptop.post(path)
    assert answer["Location"] == "/groups/?left"
    assert "You have left the group." in text_of(hall.laptop.get("/groups/?left"))
    assert list(hall.group.facilitators.all()) == [colleague]
    assert live_state(hall.group).facilitators == {}


def test_the_last_one_stays(group: Group, laptop: Laptop) -> None:
    path = people(group, "leave")
    assert "You are the only facilitator" in text_of(laptop.get(path))
    answer = laptop.post(path)
    assert answer.status_code == 409 and "Invite someone first" in text_of(answer)
    assert group.facilitators.count() == 1


def test_nobody_removes_herself_or_someone_elsewhere(
    group: Group, laptop: Laptop, facilitator: Facilitator, stranger: Facilitator
) -> None:
    for who in (facilitator.pk, stranger.pk, uuid4()):
        for act in ("remove", "link"):
            assert laptop.post(people(group, f"{who}/{act}")).status_code == 404
    assert group.facilitators.count() == 1 and SignInLink.objects.count() == 0


@pytest.mark.parametrize("act", ACTS)
def test_only_who_leads_the_group_does_any_of_this(
    group: Group,
    colleague: Facilitator,
    facilitator: Facilitator,
    stranger: Facilitator,
    act: str,
) -> None:
    accounts.invite(group)
    second_group(group).facilitators.add(stranger)
    # Keeping the server is not leading the group.
    host = Facilitator.objects.create_pseudonymous("Hanna", is_host=True)
    before = all_that_is_kept(group)
    path = people(group, filled(act, colleague))
    assert Browser().post(path).status_code == 401
    assert Laptop(stranger).post(path).status_code == 403
    assert Laptop(host).post(path).status_code == 403
    assert Laptop(facilitator, checks_csrf=True).post(path).status_code == 403
    assert all_that_is_kept(group) == before
    assert Laptop(facilitator).post(path).status_code in (201, 302, 403)


def test_the_page_is_its_facilitators_alone(group: Group, stranger: Facilitator) -> None:
    assert Browser().get(people(group)).status_code == 302
    assert Laptop(with_password(stranger)).get(people(group)).status_code == 404


def test_an_invitation_of_another_group_cannot_be_withdrawn_here(
    group: Group, laptop: Laptop
) -> None:
    accounts.invite(second_group(group))
    digest = Invitation.objects.get().pk
    laptop.post(people(group, f"invitations/{digest}/withdraw"))
    assert Invitation.objects.count() == 1


def test_whoever_makes_a_link_is_told_what_it_shows(
    group: Group, laptop: Laptop, colleague: Facilitator
) -> None:
    page = text_of(laptop.post(people(group, f"{colleague.pk}/link")))
    assert "shows their e-mail and what their passkeys are called" in page


def test_two_who_remove_each_other_at_the_same_moment_get_a_page_each(
    group: Group, laptop: Laptop, facilitator: Facilitator, colleague: Facilitator
) -> None:
    """Dora's request is done while Ana's has been let in and not yet written."""

    def dora_is_faster(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("SAVEPOINT") and group.facilitators.contains(facilitator):
            group.facilitators.through.objects.filter(facilitator=facilitator).delete()
        return execute(sql, *rest)

    with connection.execute_wrapper(dora_is_faster):
        answer = laptop.post(people(group, f"{colleague.pk}/remove"))

    assert answer.status_code == 403 and "You do not lead this group any more" in text_of(answer)
    assert list(group.facilitators.all()) == [colleague]
