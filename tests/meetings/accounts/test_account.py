"""Her own account: what she may change, and what a laptop left alone may not."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session

from meetings import accounts
from meetings.models import Facilitator, Group
from tests.meetings.accounts.conftest import OTHER_PASSWORD, PASSWORD, with_password
from tests.meetings.accounts.signing import is_in, sign_in
from tests.meetings.conftest import Hall
from tests.meetings.people import Browser, Laptop, live_state, text_of

CHANGES = [
    ("name", {"own-name": "Zoe"}),
    ("password", {"password": OTHER_PASSWORD}),
    ("email/forgotten", {}),
    ("out", {}),
]


def by_link(facilitator: Facilitator) -> Browser:
    browser = Browser()
    browser.post(f"/in/{accounts.issue_sign_in_link(facilitator)}")
    return browser


def test_the_offer_of_a_password_is_calm_and_goes_once_taken(facilitator: Facilitator) -> None:
    browser = by_link(facilitator)
    offer = "so that you can sign in by yourself"
    assert offer in text_of(browser.get("/account/"))
    saved = browser.post("/account/password", {"password": PASSWORD})
    assert saved["Location"] == "/account/?saved"
    page = text_of(browser.get("/account/?saved"))
    assert "Saved." in page and offer not in page
    assert sign_in(Browser(), "Ana").status_code == 302


def test_a_new_name_signs_in_and_the_old_one_does_not(facilitator: Facilitator) -> None:
    with_password(facilitator)
    laptop = Laptop(facilitator)
    assert laptop.post("/account/name", {"own-name": " Ana \u202e Luz "}).status_code == 302
    facilitator.refresh_from_db()
    assert facilitator.name == "Ana Luz"
    assert sign_in(Browser(), "ana luz").status_code == 302
    assert sign_in(Browser(), "Ana").status_code == 422


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Write something here first."),
        ("\u200b \u202e", "Write something here first."),
        ("n" * 25, "Keep it to 24 letters."),
        ("ana@example.org", "Leave out the @"),
        ("Dora", "Someone here has this name."),
        ("DORA\u200b", "Someone here has this name."),
    ],
)
def test_a_name_that_does_not_fit_is_given_back_with_a_sentence(
    facilitator: Facilitator, colleague: Facilitator, typed: str, sentence: str
) -> None:
    laptop = Laptop(facilitator)
    answer = laptop.post("/account/name", {"own-name": typed})
    assert answer.status_code == 422 and sentence in text_of(answer)
    assert typed.strip("\u200b \u202e") in text_of(answer)
    facilitator.refresh_from_db()
    assert facilitator.name == "Ana"


def test_her_own_name_in_other_letters_is_hers(facilitator: Facilitator) -> None:
    assert Laptop(facilitator).post("/account/name", {"own-name": "ANA"}).status_code == 302


def test_a_new_password_needs_the_one_before(facilitator: Facilitator) -> None:
    laptop = Laptop(with_password(facilitator))
    for current in ("", "four green kettles", OTHER_PASSWORD):
        sent = {"current": current, "password": OTHER_PASSWORD}
        answer = laptop.post("/account/password", sent)
        assert answer.status_code == 422 and OTHER_PASSWORD not in text_of(answer)
    assert (
        laptop.post(
            "/account/password", {"current": PASSWORD, "password": OTHER_PASSWORD}
        ).status_code
        == 302
    )
    assert sign_in(Browser(), "Ana", OTHER_PASSWORD).status_code == 302


def test_whoever_forgot_it_comes_by_link_and_chooses_a_new_one(facilitator: Facilitator) -> None:
    browser = by_link(with_password(facilitator))
    assert browser.post("/account/password", {"password": OTHER_PASSWORD}).status_code == 302
    # Once is enough: from now on this laptop asks as any other.
    assert browser.post("/account/password", {"password": PASSWORD}).status_code == 422


def test_the_note_of_a_link_is_good_for_its_facilitator_only(
    facilitator: Facilitator, colleague: Facilitator
) -> None:
    came_by_link = by_link(with_password(facilitator))
    laptop = Laptop(with_password(colleague))
    laptop.client.cookies["fresh"] = came_by_link.cookie("fresh") or ""
    assert laptop.post("/account/password", {"password": OTHER_PASSWORD}).status_code == 422
    for forged in (facilitator.pk.hex, f"{facilitator.pk.hex}:x:y", ""):
        thief = Laptop(facilitator)
        thief.client.cookies["fresh"] = forged
        assert thief.post("/account/password", {"password": OTHER_PASSWORD}).status_code == 422


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "Write something here first."),
        ("short one", "Use at least 10 letters."),
        ("1234567890", "Many people use this one"),
        ("ana maria y", "too close to your name"),
        ("x" * 257, "Keep it to 256 letters."),
    ],
)
def test_a_password_that_is_easy_to_guess_is_told_so(
    facilitator: Facilitator, password: str, sentence: str
) -> None:
    Facilitator.objects.update(name="Ana Maria")
    answer = by_link(facilitator).post("/account/password", {"password": password})
    assert answer.status_code == 422 and sentence in text_of(answer)


def test_spaces_belong_to_a_password(facilitator: Facilitator) -> None:
    spaced = "  three green kettles "
    by_link(facilitator).post("/account/password", {"password": spaced})
    assert sign_in(Browser(), "Ana", spaced.strip()).status_code == 422
    assert sign_in(Browser(), "Ana", spaced).status_code == 302


def test_a_new_password_signs_out_everywhere_else(facilitator: Facilitator) -> None:
    here, elsewhere = Laptop(with_password(facilitator)), Laptop(facilitator)
    here.post("/account/password", {"current": PASSWORD, "password": OTHER_PASSWORD})
    assert is_in(here) and not is_in(elsewhere)
    assert Session.objects.count() == 1


def test_a_new_password_in_mid_meeting_closes_her_console_elsewhere_and_not_here(
    hall: Hall, facilitator: Facilitator
) -> None:
    with_password(facilitator)
    here, elsewhere = Laptop(facilitator), Laptop(facilitator)
    console = hall.laptop.console
    assert elsewhere.get(console).status_code == 200
    here.post("/account/password", {"current": PASSWORD, "password": OTHER_PASSWORD})
    assert list(live_state(hall.group).facilitators.values()) == ["Ana"]
    assert here.get(f"{console}regions").status_code == 200
    assert elsewhere.get(f"{console}regions").status_code == 404
    assert elsewhere.post(f"{console}start").status_code == 404


def test_signing_out_everywhere_leaves_no_session_of_hers(
    hall: Hall, facilitator: Facilitator, colleague: Facilitator
) -> None:
    other, hers = Laptop(colleague), Laptop(facilitator)
    assert hers.get("/account/out").status_code == 200 and is_in(hers)
    answer = hers.post("/account/out")
    assert "You are signed out" in text_of(answer)
    assert not is_in(hers) and not is_in(hall.laptop) and is_in(other)
    assert live_state(hall.group).facilitators == {}
    assert Session.objects.count() == 1


@pytest.mark.parametrize(("path", "form"), CHANGES)
def test_an_account_is_changed_by_nobody_else(
    facilitator: Facilitator, path: str, form: dict[str, Any]
) -> None:
    before = Facilitator.objects.values().get(pk=facilitator.pk)
    answer = Browser().post(f"/account/{path}", form)
    assert answer.status_code in (302, 401)
    assert OTHER_PASSWORD not in text_of(answer)
    checked = Laptop(facilitator, checks_csrf=True)
    assert checked.post(f"/account/{path}", form).status_code == 403
    assert Facilitator.objects.values().get(pk=facilitator.pk) == before
    assert is_in(checked)


def test_a_name_typed_while_signed_out_comes_back(facilitator: Facilitator) -> None:
    answer = Browser().post("/account/name", {"own-name": "Ana of the hill"})
    assert answer.status_code == 401 and "Ana of the hill" in text_of(answer)


def test_whoever_leads_no_group_is_told_what_to_do(stranger: Facilitator) -> None:
    page = Laptop(stranger).get("/groups/")
    assert page.status_code == 200 and "can invite you" in text_of(page)
    assert "This server" not in text_of(page)


def test_a_host_finds_the_way_to_the_server(group: Group, facilitator: Facilitator) -> None:
    assert 'href="/host/"' in text_of(Laptop(facilitator).get("/account/"))
