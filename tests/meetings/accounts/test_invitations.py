"""An invitation makes one person a facilitator, once."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from meetings import accounts
from meetings.models import Facilitator, Group, Invitation
from tests.meetings.accounts.conftest import PASSWORD, with_password
from tests.meetings.accounts.signing import is_in, sign_in
from tests.meetings.people import Browser, Laptop, text_of

ROOT = Path(__file__).resolve().parents[3]
DORA = {"name": "Dora", "password": PASSWORD}


@pytest.fixture
def token(group: Group) -> str:
    return accounts.invite(group)


def test_a_newcomer_chooses_a_name_and_a_password_and_leads(group: Group, token: str) -> None:
    browser = Browser()
    for _look in range(3):
        page = browser.get(f"/invitation/{token}")
        assert page.status_code == 200 and group.name in text_of(page)
    answer = browser.post(f"/invitation/{token}", DORA)
    assert answer["Location"] == f"/group/{group.pk}/"
    assert browser.get(f"/group/{group.pk}/people").status_code == 200
    dora = Facilitator.objects.get(name="Dora")
    assert not dora.is_host and dora.email == "" and dora.check_password(PASSWORD)
    assert sign_in(Browser(), "Dora").status_code == 302


def test_someone_with_an_account_keeps_it(group: Group, token: str, stranger: Facilitator) -> None:
    laptop = Laptop(stranger)
    assert "You are signed in as Bea" in text_of(laptop.get(f"/invitation/{token}"))
    assert laptop.post(f"/invitation/{token}")["Location"] == f"/group/{group.pk}/"
    assert set(group.facilitators.values_list("name", flat=True)) == {"Ana", "Bea"}
    assert Facilitator.objects.count() == 2


def test_signing_in_leads_back_to_the_invitation(token: str, stranger: Facilitator) -> None:
    with_password(stranger)
    browser = Browser()
    path = f"/invitation/{token}"
    assert f"/account/login/?next=%2Finvitation%2F{token}" in text_of(browser.get(path))
    assert sign_in(browser, "Bea", next=path)["Location"] == path


def test_whoever_leads_already_does_not_use_it_up(
    group: Group, token: str, facilitator: Facilitator
) -> None:
    laptop = Laptop(facilitator)
    assert "You lead this group already" in text_of(laptop.get(f"/invitation/{token}"))
    assert laptop.post(f"/invitation/{token}")["Location"] == f"/group/{group.pk}/"
    assert accounts.invitation(token) is not None


def test_a_second_time_it_does_not_work_and_says_so(token: str, stranger: Facilitator) -> None:
    Browser().post(f"/invitation/{token}", DORA)
    for browser in (Browser(), Laptop(stranger)):
        for answer in (
            browser.get(f"/invitation/{token}"),
            browser.post(f"/invitation/{token}", {"name": "Eve", "password": PASSWORD}),
        ):
            assert answer.status_code == 410
            assert "Ask whoever sent it" in text_of(answer)
    assert set(Facilitator.objects.values_list("name", flat=True)) == {"Ana", "Bea", "Dora"}
    assert not stranger.groups.exists()


def test_too_late_it_does_not_work(token: str) -> None:
    kept = Invitation.objects.get()
    assert timedelta(days=6) < kept.expires - timezone.now() <= timedelta(days=7)
    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert Browser().get(f"/invitation/{token}").status_code == 410
    assert Browser().post(f"/invitation/{token}", DORA).status_code == 410
    assert not Facilitator.objects.filter(name="Dora").exists()


def test_what_is_wrong_uses_nothing_up(token: str, stranger: Facilitator) -> None:
    browser = Browser()
    for form, sentence in [
        ({"name": "bea", "password": PASSWORD}, "Someone here has this name."),
        ({"name": "Dora", "password": "short"}, "Use at least 10 letters."),
        ({"name": "Dora Maria", "password": "dora maria!"}, "too close to your name"),
        ({}, "Write something here first."),
    ]:
        answer = browser.post(f"/invitation/{token}", form or {"x": "y"})
        assert answer.status_code == 422 and sentence in text_of(answer)
        assert form.get("name", "") in text_of(answer)
    assert accounts.invitation(token) is not None and not is_in(browser)
    assert browser.post(f"/invitation/{token}", DORA).status_code == 302


def test_it_needs_the_pages_token(token: str) -> None:
    assert Browser(checks_csrf=True).post(f"/invitation/{token}", DORA).status_code == 403
    assert accounts.invitation(token) is not None


def test_the_database_holds_no_token(token: str) -> None:
    assert token not in repr(list(Invitation.objects.values_list()))


@pytest.mark.parametrize("guess", ["x", "A" * 32, "0" * 64])
def test_a_guess_opens_nothing(token: str, guess: str) -> None:
    assert Browser().get(f"/invitation/{guess}").status_code == 410
    digest = Invitation.objects.get().pk
    assert Browser().get(f"/invitation/{digest}").status_code == 410


# Two browsers, each with a process of its own, on one database.

PREPARE = """
from facilitator.start import ready_database
import django
django.setup()
ready_database()
from meetings.starters import make_first_group
from meetings import accounts
group = make_first_group("Ana")
print(" ".join(accounts.invite(group) for _ in range(12)))
"""
REDEEM = """
import sys
import django
django.setup()
from meetings import accounts
from meetings.models import Facilitator
name, tokens = sys.argv[1], sys.argv[2:]
Facilitator.objects.count()
print("ready", flush=True)
sys.stdin.readline()
for n, token in enumerate(tokens):
    print(int(accounts.accept_as_new(token, f"{name} {n}", "three green kettles") is not None))
"""


@pytest.mark.parametrize("database", ["", "postgres_address"])
def test_of_two_at_the_same_moment_one_joins(
    tmp_path: Path, database: str, request: pytest.FixtureRequest
) -> None:
    environment = {
        "DATABASE_URL": request.getfixturevalue(database) if database else "",
        "FACILITATOR_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "facilitator.settings",
        "PYTHONPATH": str(ROOT),
        "PATH": "",
    }
    prepared = subprocess.run(
        [sys.executable, "-c", PREPARE],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    tokens = prepared.stdout.split()
    both = [
        subprocess.Popen(
            [sys.executable, "-c", REDEEM, name, *tokens],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("Dora", "Eve")
    ]
    for one in both:
        assert one.stdout is not None and one.stdout.readline() == "ready\n"
    said = []
    for one in both:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    for one in both:
        out, _errors = one.communicate(timeout=120)
        assert one.returncode == 0
        said.append([int(line) for line in out.split()])
    assert [sum(won) for won in zip(*said, strict=True)] == [1] * len(tokens)
