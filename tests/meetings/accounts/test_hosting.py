"""The host looks after groups and facilitators, and sees nothing of meetings or people."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from agreements.models import Agreement, Version
from meetings import accounts
from meetings.models import Agenda, Facilitator, Group, Invitation, Reading
from tests.meetings.accounts.signing import is_in
from tests.meetings.accounts.test_people import link_in, second_group
from tests.meetings.conftest import Hall
from tests.meetings.people import Browser, Laptop, has_meeting, text_of

ACTS = [
    "groups/",
    "groups/GROUP/",
    "groups/GROUP/invitations",
    "groups/GROUP/delete",
    "invitations/DIGEST/withdraw",
    "facilitators/WHO/link",
    "facilitators/WHO/hosting",
    "facilitators/WHO/delete",
]
PAGES = ["", "groups/GROUP/", "groups/GROUP/delete", "facilitators/WHO/", "facilitators/WHO/delete"]


@pytest.fixture
def host(group: Group) -> Laptop:
    """Keeps the server and leads no group."""
    return Laptop(Facilitator.objects.create_pseudonymous("Hanna", is_host=True))


def filled(path: str, group: Group, who: Facilitator) -> str:
    digest = Invitation.objects.get().pk
    return "/host/" + path.replace("GROUP", str(group.pk)).replace("WHO", str(who.pk)).replace(
        "DIGEST", digest
    )


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_are_for_hosts(
    group: Group, host: Laptop, colleague: Facilitator, path: str
) -> None:
    accounts.invite(group)
    path = filled(path, group, colleague)
    assert Browser().get(path)["Location"].startswith("/account/login/?next=%2Fhost%2F")
    assert Laptop(colleague).get(path).status_code == 404
    assert host.get(path).status_code == 200


@pytest.mark.parametrize("path", ACTS)
def test_the_acts_are_for_hosts(
    group: Group, host: Laptop, colleague: Facilitator, path: str
) -> None:
    accounts.invite(group)
    path = filled(path, group, colleague)
    form = {"name": "Other", "language": "en", "time_zone": "UTC", "on": "1"}

    def kept() -> object:
        return (
            sorted(Group.objects.values_list("name", "revision")),
            sorted(Facilitator.objects.values_list("name", "is_host")),
            sorted(Invitation.objects.values_list("pk")),
        )

    before = kept()
    assert Browser().post(path, form).status_code == 401
    assert Laptop(colleague).post(path, form).status_code == 404
    checked = Laptop(Facilitator.objects.get(name="Hanna"), checks_csrf=True)
    assert checked.post(path, form).status_code == 403
    assert kept() == before
    assert host.post(path, form).status_code in (201, 302)


def test_a_host_does_not_lead(hall: Hall, host: Laptop) -> None:
    group = hall.group
    for path in (f"/group/{group.pk}/", f"/group/{group.pk}/people", f"/group/{group.pk}/receipt"):
        assert host.get(path).status_code == 404
    assert host.get(f"{hall.laptop.console}regions").status_code == 410
    assert host.post(f"/group/{group.pk}/doors").status_code == 404


def test_nothing_about_a_meeting_that_is_going_on_is_shown(hall: Hall, host: Laptop) -> None:
    before = {path: host.get(path).content for path in ("/host/", f"/host/groups/{hall.group.pk}/")}
    hall.phone("Josephine")
    hall.laptop.press("start")
    code = hall.code
    tokens = re.compile(rb'csrfmiddlewaretoken" value="[^"]+"')
    for path, seen in before.items():
        now = host.get(path).content
        assert b"Josephine" not in now and code.encode() not in now
        assert tokens.sub(b"", now) == tokens.sub(b"", seen)


def test_a_new_group_can_meet_once_someone_is_invited(group: Group, host: Laptop) -> None:
    form = {"name": " Thursday\u202e ", "language": "en", "time_zone": "new york"}
    made = host.post("/host/groups/", form)
    new = Group.objects.get(name="Thursday")
    assert made["Location"] == f"/host/groups/{new.pk}/?saved"
    assert "Nobody leads it yet" in text_of(host.get(made["Location"]))
    assert (new.time_zone, new.facilitators.count()) == ("America/New_York", 0)
    invited = host.post(f"/host/groups/{new.pk}/invitations")
    newcomer = Browser()
    newcomer.post(link_in(text_of(invited)), {"name": "Dora", "password": "three green kettles"})
    assert newcomer.post(f"/group/{new.pk}/doors")["Location"].startswith("/console/")


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": "", "language": "en", "time_zone": "UTC"}, "Write something here first."),
        ({"name": "x" * 81, "language": "en", "time_zone": "UTC"}, "Keep it to 80."),
        ({"name": "Keep this", "language": "en", "time_zone": "Atlantis"}, "large city"),
    ],
)
def test_a_group_that_cannot_be_made_is_told_why(
    group: Group, host: Laptop, form: dict[str, str], sentence: str
) -> None:
    answer = host.post("/host/groups/", form)
    assert answer.status_code == 422 and sentence in text_of(answer)
    assert form["name"] in text_of(answer)
    assert Group.objects.count() == 1


def test_a_group_is_renamed_and_an_open_editor_is_told(group: Group, host: Laptop) -> None:
    host.post(f"/host/groups/{group.pk}/", {"name": "Evening"})
    before = group.revision
    group.refresh_from_db()
    assert (group.name, group.revision) == ("Evening", before + 1)


def test_deleting_a_group_asks_first_and_then_leaves_nothing(hall: Hall, host: Laptop) -> None:
    group = hall.group
    Version.objects.create(
        agreement=group.agreement, number=1, date="2026-01-01", statements=["We may pass."]
    )
    other = second_group(group)
    phone = hall.phone("Josephine")
    path = f"/host/groups/{group.pk}/delete"
    assert "nobody can bring it back" in text_of(host.get(path))
    assert Group.objects.count() == 2
    assert host.post(path).status_code == 302
    assert list(Group.objects.all()) == [other]
    assert list(Agreement.objects.all()) == [other.agreement]
    assert not Version.objects.exists() and not Reading.objects.exists()
    assert not Agenda.objects.exists()
    assert not has_meeting(group) and phone.get("/meeting").status_code == 410
    assert Facilitator.objects.filter(name="Ana").exists()
    assert host.post(path).status_code == 404


def test_a_hosts_link_brings_anyone_back_in(
    group: Group, host: Laptop, facilitator: Facilitator
) -> None:
    made = host.post(f"/host/facilitators/{facilitator.pk}/link")
    browser = Browser()
    browser.post(link_in(text_of(made)))
    assert "Ana" in text_of(browser.get("/account/"))


def test_removing_an_account_takes_every_way_in(
    hall: Hall, host: Laptop, colleague: Facilitator
) -> None:
    dora = Laptop(colleague)
    dora.get(hall.laptop.console)
    link = accounts.issue_sign_in_link(colleague)
    path = f"/host/facilitators/{colleague.pk}/delete"
    assert "Remove Dora" in text_of(host.get(path))
    assert host.post(path).status_code == 302
    assert not is_in(dora) and Browser().get(f"/in/{link}").status_code == 410
    assert not Facilitator.objects.filter(name="Dora").exists()
    assert hall.group.facilitators.count() == 1
    assert dora.get(f"{hall.laptop.console}regions").status_code == 404


def test_removing_the_only_facilitator_names_the_groups_left_alone(
    group: Group, host: Laptop, facilitator: Facilitator
) -> None:
    Facilitator.objects.filter(pk=facilitator.pk).update(is_host=False)
    page = text_of(host.get(f"/host/facilitators/{facilitator.pk}/delete"))
    assert "nobody who leads them" in page and group.name in page


def test_there_can_be_a_second_host_and_never_none(
    group: Group, host: Laptop, facilitator: Facilitator
) -> None:
    hanna = Facilitator.objects.get(name="Hanna")
    path = f"/host/facilitators/{facilitator.pk}/hosting"
    assert host.post(path, {"on": "0"}).status_code == 302
    refused = host.post(f"/host/facilitators/{hanna.pk}/hosting", {"on": "0"})
    assert refused.status_code == 409 and "at least one host" in text_of(refused)
    assert host.post(f"/host/facilitators/{hanna.pk}/delete").status_code == 409
    assert host.post(path, {"on": "1"}).status_code == 302
    done = host.post(f"/host/facilitators/{hanna.pk}/hosting", {"on": "0"})
    assert done["Location"] == "/groups/"
    assert list(Facilitator.objects.filter(is_host=True)) == [facilitator]
    assert host.get("/host/").status_code == 404


def test_what_is_not_there_is_not_found(host: Laptop) -> None:
    for path in (f"groups/{uuid4()}/", f"facilitators/{uuid4()}/"):
        assert host.get(f"/host/{path}").status_code == 404


def test_the_page_lists_names_groups_and_open_invitations_only(
    group: Group, host: Laptop, facilitator: Facilitator
) -> None:
    Facilitator.objects.update(email="hidden@example.org")
    accounts.invite(group)
    page = text_of(host.get("/host/"))
    assert all(word in page for word in (group.name, "Ana", "English", "1 facilitator", "Withdraw"))
    assert "hidden@example.org" not in page
