"""Words that could not be saved come back: signed out, signed in again, no longer hers."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django import forms

from meetings.editing import accounts as account_forms
from meetings.models import Facilitator, Group
from meetings.views.preparing.pages import is_secret
from tests.meetings.people import Browser, Laptop, text_of, token_in

WORDS = "Ask each of us how the week was."
OURS = {"headers": {"origin": "http://testserver"}}


def asked(group: Group, words: str = WORDS) -> bool:
    return group.prompts.filter(question=words).exists()


def as_she_wrote(token: str) -> dict[str, str]:
    return {
        "csrfmiddlewaretoken": token,
        "question": WORDS,
        "kind": "yes-no",
        "options": "",
        "revision": "1",
        "save": "1",
    }


@pytest.fixture
def laptop(facilitator: Facilitator) -> Laptop:
    return Laptop(facilitator, checks_csrf=True)


def test_a_page_from_before_she_signed_in_again_gives_her_words_back_to_send_once_more(
    laptop: Laptop, group: Group
) -> None:
    path = f"/group/{group.pk}/prompts/new"
    laptop.get(path)

    refused = laptop.post(path, as_she_wrote("a" * 64), **OURS)

    body = text_of(refused)
    assert refused.status_code == 403 and not asked(group)
    assert WORDS in body and "Your words are still here." in body
    again = as_she_wrote(token_in(body))
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', body))
    assert sent["question"] == WORDS
    assert laptop.post(path, again, **OURS).status_code == 302
    assert asked(group)


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", None])
def test_words_that_another_site_sent_are_not_put_before_her(
    laptop: Laptop, group: Group, origin: str | None
) -> None:
    headers = {"headers": {"origin": origin}} if origin else {}
    path = f"/group/{group.pk}/prompts/new"
    laptop.get(path)

    refused = laptop.post(path, as_she_wrote("a" * 64), **headers)

    assert refused.status_code == 403
    assert WORDS not in text_of(refused)


def test_phones_and_doors_get_the_plain_sentence(laptop: Laptop) -> None:
    refused = laptop.post("/", {"code": WORDS, "csrfmiddlewaretoken": "a" * 64}, **OURS)

    assert refused.status_code == 403
    assert WORDS not in text_of(refused) and "out of date" in text_of(refused)


# Every form with a password in it, as its page sends it: words of hers, and what no page may show.
SECRET = "three green kettles"
WITH_SECRETS: dict[str, dict[str, str]] = {
    "/account/email": {"mail-email": "ana@example.org", "mail-current": SECRET},
    "/account/password": {"username": "Ana", "current": SECRET, "password": SECRET},
    "/account/passkeys/add": {"label": "my phone", "current": SECRET, "credential": SECRET},
    "/account/login/": {"login": "Ana", "password": SECRET, "next": "/groups/"},
    "/account/login/passkey": {"credential": SECRET, "next": "/groups/"},
    "/account/recovery/key/x-set-password/": {"password": SECRET},
    "/account/name": {"password1": SECRET, "new-password2": SECRET, "oldpassword": SECRET},
}


@pytest.mark.parametrize("path", [path for path in WITH_SECRETS if "recovery" not in path])
@pytest.mark.django_db
def test_a_password_sent_while_signed_out_is_on_no_page(path: str, settings: Any) -> None:
    settings.SENDS_MAIL = True

    assert SECRET not in text_of(Browser().post(path, WITH_SECRETS[path]))


@pytest.mark.parametrize("path", WITH_SECRETS)
def test_a_password_sent_from_a_page_that_was_out_of_date_is_on_no_page(
    laptop: Laptop, path: str
) -> None:
    refused = laptop.post(path, WITH_SECRETS[path] | {"csrfmiddlewaretoken": "a" * 64}, **OURS)

    assert refused.status_code == 403 and SECRET not in text_of(refused)


def test_a_group_no_longer_hers_shows_her_no_password(group: Group, stranger: Facilitator) -> None:
    sent = {"limits_text": WORDS, "x-current": SECRET, "password": SECRET}

    body = text_of(Laptop(stranger).post(f"/group/{group.pk}/settings", sent))

    assert WORDS in body and SECRET not in body


def test_no_form_of_ours_names_its_password_otherwise() -> None:
    ours = [
        form
        for form in vars(account_forms).values()
        if isinstance(form, type) and issubclass(form, forms.BaseForm)
    ]
    named = {
        name
        for form in ours
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field.widget, forms.PasswordInput) or name == "credential"
    }

    assert {"password", "current", "credential"} <= named
    assert [name for name in named if not is_secret(f"some-{name}")] == []


def test_an_e_mail_typed_while_signed_out_comes_back_and_the_password_is_asked_again(
    facilitator: Facilitator, settings: Any
) -> None:
    settings.SENDS_MAIL = True
    facilitator.set_password(SECRET)
    facilitator.save()

    body = text_of(Browser().post("/account/email", WITH_SECRETS["/account/email"]))

    assert "We left your password out." in body
    sent = dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', body))
    del sent["csrfmiddlewaretoken"]
    again = Laptop(facilitator).post("/account/email", sent)
    assert again.status_code == 422 and "ana@example.org" in text_of(again)
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize("headers", [{"origin": "null", "sec-fetch-site": "same-origin"}, None])
@pytest.mark.parametrize("path", ["/host/groups/", "/account/name"])
def test_her_own_pages_give_words_back_too_when_they_were_out_of_date(
    laptop: Laptop, path: str, headers: dict[str, str] | None
) -> None:
    sent = {"name": WORDS, "own-name": WORDS, "csrfmiddlewaretoken": "a" * 64}

    refused = laptop.post(path, sent, headers=headers or OURS["headers"])

    assert refused.status_code == 403 and WORDS in text_of(refused)


def test_a_password_alone_is_no_words_to_give_back(laptop: Laptop) -> None:
    sent = WITH_SECRETS["/account/password"] | {"csrfmiddlewaretoken": "a" * 64}

    assert "Your words are still here" not in text_of(
        laptop.post("/account/password", sent, **OURS)
    )


def test_doors_opened_while_signed_out_lead_to_sign_in_and_back_to_the_group(
    group: Group, facilitator: Facilitator
) -> None:
    path = f"/group/{group.pk}/doors"

    answer = Browser().post(path)

    assert answer["Location"] == f"/account/login/?next=%2Fgroup%2F{group.pk}%2Fdoors"
    assert Laptop(facilitator).get(path)["Location"] == f"/group/{group.pk}/"


def next_in(body: str) -> str:
    found = re.search(r'name="next" value="([^"]*)"', body)
    assert found is not None
    return found[1]


def test_a_page_that_answers_a_form_offers_the_other_language_where_its_form_stands(
    group: Group, facilitator: Facilitator, settings: Any
) -> None:
    settings.SENDS_MAIL = True
    laptop = Laptop(facilitator)
    here = f"/group/{group.pk}"
    places = {
        "/account/name": "/account/",
        "/account/password": "/account/",
        "/account/email": "/account/",
        "/host/groups/": "/host/",
        f"{here}/schedule/time-zone": f"{here}/schedule",
        f"{here}/people/invitations": f"{here}/people",
    }
    for path, page in places.items():
        answer = laptop.post(path, {"time_zone": "Nowhere", "revision": "1"})
        assert answer.status_code in (201, 422), path
        assert laptop.get(next_in(text_of(answer)))["Location"] == page


def test_signing_in_after_a_password_form_leads_to_the_account(facilitator: Facilitator) -> None:
    answer = Browser().post("/account/password", WITH_SECRETS["/account/password"])

    assert answer["Location"] == "/account/login/?next=%2Faccount%2Fpassword"
    assert Laptop(facilitator).get("/account/password")["Location"] == "/account/"
