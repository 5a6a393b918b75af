"""A link that somebody made and kept stops working when who is trusted changes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from meetings import accounts
from meetings.models import Facilitator, Group, Invitation, SignInLink
from tests.meetings.accounts.conftest import OTHER_PASSWORD, PASSWORD, with_password
from tests.meetings.accounts.signing import is_in
from tests.meetings.people import Browser, Laptop, text_of


@pytest.fixture
def bea(group: Group, stranger: Facilitator) -> Facilitator:
    """Leads the group with Ana."""
    group.facilitators.add(stranger)
    return with_password(stranger)


def link_made(laptop: Laptop, path: str) -> str:
    made = laptop.post(path)
    assert made.status_code == 201
    found = re.search(r'id="once-link"[^>]* value="http://testserver([^"]+)"', text_of(made))
    assert found is not None
    return found[1]


def opens(link: str) -> bool:
    browser = Browser()
    browser.post(link)
    return is_in(browser)


def test_a_link_kept_by_someone_who_was_removed_opens_nothing_of_a_later_host(
    group: Group, colleague: Facilitator, bea: Facilitator
) -> None:
    """Dora makes a link for Bea and keeps it. Bea removes her, and Ana makes Bea a host."""
    here = f"/group/{group.pk}/people"
    ana = group.facilitators.get(name="Ana")
    link = link_made(Laptop(colleague), f"{here}/{bea.pk}/link")
    at_home = Laptop(bea)
    assert "Open invitations stop working too." in text_of(
        at_home.get(f"{here}/{colleague.pk}/remove")
    )
    assert at_home.post(f"{here}/{colleague.pk}/remove").status_code == 302
    assert Laptop(ana).post(f"/host/facilitators/{bea.pk}/hosting", {"on": "1"}).status_code == 302
    sent = {"current": PASSWORD, "password": OTHER_PASSWORD}
    assert at_home.post("/account/password", sent).status_code == 302

    assert not opens(link)


@pytest.mark.parametrize("how", ["remove", "leave"])
def test_an_invitation_kept_by_someone_who_went_opens_nothing(
    group: Group, colleague: Facilitator, bea: Facilitator, how: str
) -> None:
    here = f"/group/{group.pk}/people"
    dora = Laptop(colleague)
    invitation = link_made(dora, f"{here}/invitations")
    whose, path = (Laptop(bea), f"{colleague.pk}/remove") if how == "remove" else (dora, "leave")
    assert "Open invitations stop working too." in text_of(whose.get(f"{here}/{path}"))

    assert whose.post(f"{here}/{path}").status_code == 302

    assert Browser().get(invitation).status_code == 410
    assert not Invitation.objects.exists()


Act = Callable[[Group, Facilitator], object]


def new_password(group: Group, bea: Facilitator) -> None:
    sent = {"current": PASSWORD, "password": OTHER_PASSWORD}
    assert Laptop(bea).post("/account/password", sent).status_code == 302


def out_everywhere(group: Group, bea: Facilitator) -> None:
    assert Laptop(bea).post("/account/out").status_code == 200


def made_host(group: Group, bea: Facilitator) -> None:
    accounts.make_host(bea)


def host_no_more(group: Group, bea: Facilitator) -> None:
    accounts.give_up_hosting(bea)


def joins(group: Group, bea: Facilitator) -> None:
    group.facilitators.remove(bea)
    assert Laptop(bea).post(f"/invitation/{accounts.invite(group)}").status_code == 302


def colleague_removed(group: Group, bea: Facilitator) -> None:
    accounts.remove(group, group.facilitators.get(name="Dora"))


def she_is_removed(group: Group, bea: Facilitator) -> None:
    accounts.remove(group, bea)


def colleague_deleted(group: Group, bea: Facilitator) -> None:
    accounts.delete_facilitator(group.facilitators.get(name="Dora"))


@pytest.mark.parametrize(
    "act",
    [
        new_password,
        out_everywhere,
        made_host,
        host_no_more,
        joins,
        colleague_removed,
        she_is_removed,
        colleague_deleted,
    ],
)
def test_a_link_does_not_outlive_the_trust_it_was_made_with(
    group: Group, colleague: Facilitator, bea: Facilitator, act: Act
) -> None:
    link = f"/in/{accounts.issue_sign_in_link(bea)}"

    act(group, bea)

    assert not opens(link)


def test_other_links_go_on_working(group: Group, colleague: Facilitator, bea: Facilitator) -> None:
    """What happens to Bea alone, and to a group that is not hers, is nothing to Eve."""
    eve = Facilitator.objects.create_pseudonymous("Eve")
    link = f"/in/{accounts.issue_sign_in_link(eve)}"

    new_password(group, bea)
    made_host(group, bea)
    accounts.remove(group, colleague)

    assert SignInLink.objects.count() == 1 and opens(link)
