"""By name or e-mail and password, or by passkey: and what does not open."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session

from meetings.models import Facilitator, Group
from tests.meetings.accounts.conftest import PASSWORD, with_password
from tests.meetings.accounts.signing import ORIGIN, SecureBrowser, is_in, secure_laptop, sign_in
from tests.meetings.accounts.soft_key import SoftKey
from tests.meetings.conftest import Hall
from tests.meetings.people import Browser, text_of


@pytest.mark.parametrize("name", ["Ana", "ana", " ANA ", "Ana\u200b"])
def test_a_name_and_a_password_open_her_only_group(
    group: Group, facilitator: Facilitator, name: str
) -> None:
    with_password(facilitator)
    browser = Browser()
    answer = sign_in(browser, name)
    assert (answer.status_code, answer["Location"]) == (302, "/account/in")
    assert browser.get(answer["Location"])["Location"] == f"/group/{group.pk}/"


def test_whoever_leads_several_groups_chooses(facilitator: Facilitator, group: Group) -> None:
    second = Group.objects.get(pk=group.pk)
    second.pk, second.name, second.calendar_token = None, "Thursday", None
    second.agreement = type(group.agreement).objects.create()
    second._state.adding = True
    second.save()
    second.facilitators.add(with_password(facilitator))
    browser = Browser()
    sign_in(browser, "Ana")
    assert browser.get("/account/in")["Location"] == "/groups/"
    page = text_of(browser.get("/groups/"))
    assert f"/group/{group.pk}/" in page and f"/group/{second.pk}/" in page


def test_in_the_middle_of_a_meeting_signing_in_leads_to_it(
    hall: Hall, facilitator: Facilitator
) -> None:
    with_password(facilitator)
    browser = Browser()
    sign_in(browser, "Ana")
    assert browser.get("/account/in")["Location"] == hall.laptop.console


def test_an_e_mail_signs_in_as_well(facilitator: Facilitator) -> None:
    with_password(facilitator)
    EmailAddress.objects.create(
        user=facilitator, email="ana@example.org", verified=True, primary=True
    )
    browser = Browser()
    assert sign_in(browser, "Ana@Example.org").status_code == 302
    assert is_in(browser)


def test_a_wrong_password_and_an_unknown_name_answer_alike(facilitator: Facilitator) -> None:
    with_password(facilitator)
    wrong = sign_in(Browser(), "Ana", "four green kettles")
    unknown = sign_in(Browser(), "Zoe", "four green kettles")
    assert wrong.status_code == unknown.status_code == 422
    assert "do not go together" in text_of(wrong)
    assert 'value="Ana"' in text_of(wrong) and "four green kettles" not in text_of(wrong)
    same = [text_of(one).replace("Ana", "X").replace("Zoe", "X") for one in (wrong, unknown)]
    assert same[0].split("csrfmiddlewaretoken")[0] == same[1].split("csrfmiddlewaretoken")[0]
    assert Session.objects.count() == 0


def test_an_account_without_a_password_is_opened_by_none(facilitator: Facilitator) -> None:
    for password in ("", "!", facilitator.password):
        assert sign_in(Browser(), "Ana", password).status_code == 422


def test_guessing_is_slowed_and_says_what_to_do(facilitator: Facilitator) -> None:
    with_password(facilitator)
    for _guess in range(20):
        assert "do not go together" in text_of(sign_in(Browser(), "Ana", "no such kettles"))
    late = sign_in(Browser(), "Ana")
    assert late.status_code == 422 and "Wait ten minutes" in text_of(late)


@pytest.mark.django_db
def test_many_tries_from_one_place_get_a_sentence(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    answers = [sign_in(Browser(), f"Guess {n}") for n in range(3)]
    assert [one.status_code for one in answers] == [422, 422, 429]
    assert "Wait a few minutes" in text_of(answers[2])


@pytest.mark.parametrize(
    ("wanted", "leads"),
    [
        ("/group/x/agendas/?new=1", "/group/x/agendas/?new=1"),
        ("https://elsewhere.example/", "/account/in"),
        ("//elsewhere.example/", "/account/in"),
        ("/\\elsewhere.example/", "/account/in"),
        ("http://testserver/group/", "/account/in"),
        ("javascript:alert(1)", "/account/in"),
    ],
)
def test_signing_in_leads_to_paths_of_this_site_only(
    facilitator: Facilitator, wanted: str, leads: str
) -> None:
    with_password(facilitator)
    assert sign_in(Browser(), "Ana", next=wanted)["Location"] == leads


def test_signing_in_needs_the_pages_token(facilitator: Facilitator) -> None:
    with_password(facilitator)
    browser = Browser(checks_csrf=True)
    assert sign_in(browser, "Ana").status_code == 403
    assert Session.objects.count() == 0


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "logout/",
        "inactive/",
        "reauthenticate/",
        "email/",
        "confirm-email/",
        "password/change/",
        "password/set/",
        "password/reset/",
        "login/code/",
        "login/code/confirm/",
        "2fa/",
        "2fa/authenticate/",
        "2fa/reauthenticate/",
        "2fa/totp/activate/",
        "2fa/recovery-codes/",
        "2fa/webauthn/",
        "2fa/webauthn/signup/",
        "sessions/",
        "3rdparty/",
    ],
)
def test_the_librarys_other_pages_are_not_there(facilitator: Facilitator, path: str) -> None:
    signed_in = Browser()
    signed_in.client.force_login(facilitator)
    for browser in (signed_in, Browser()):
        for below in ("/account/", "/accounts/", "/"):
            answer = browser.get(f"{below}{path}")
            assert answer.status_code in (404, 405), f"{below}{path}"


# Passkeys


@pytest.fixture
def key(facilitator: Facilitator) -> SoftKey:
    """Ana's."""
    made = SoftKey(ORIGIN)
    laptop = secure_laptop(with_password(facilitator))
    assert laptop.add_passkey(made, current=PASSWORD)["Location"] == "/account/?saved"
    return made


def test_a_passkey_signs_in_by_itself(group: Group, key: SoftKey) -> None:
    browser = SecureBrowser()
    answer = browser.use_passkey(key)
    assert answer["Location"] == "/account/in"
    assert is_in(browser)


def test_a_passkey_leads_back_to_where_she_was(key: SoftKey) -> None:
    assert SecureBrowser().use_passkey(key, next="/host/")["Location"] == "/host/"
    elsewhere = SecureBrowser().use_passkey(key, next="//elsewhere.example/")
    assert elsewhere["Location"] == "/account/in"


def test_beside_a_passkey_the_password_is_still_enough(key: SoftKey) -> None:
    browser = SecureBrowser()
    assert sign_in(browser, "Ana")["Location"] == "/account/in"
    assert is_in(browser)


def test_a_passkey_that_was_removed_signs_nobody_in(key: SoftKey, facilitator: Facilitator) -> None:
    row = Authenticator.objects.get()
    laptop = secure_laptop(facilitator)
    assert "my phone" in text_of(laptop.get(f"/account/passkeys/{row.pk}/remove"))
    assert laptop.post(f"/account/passkeys/{row.pk}/remove").status_code == 302
    browser = SecureBrowser()
    refused = browser.use_passkey(key)
    assert refused["Location"] == "/account/login/?passkey"
    assert "does not fit" in text_of(browser.get(refused["Location"]))
    assert not is_in(browser)


def test_anothers_passkey_cannot_be_removed(key: SoftKey, stranger: Facilitator) -> None:
    row = Authenticator.objects.get()
    for method in ("get", "post"):
        send = getattr(secure_laptop(stranger), method)
        assert send(f"/account/passkeys/{row.pk}/remove").status_code == 404
    assert Authenticator.objects.count() == 1


def test_an_answer_is_good_for_its_own_question_and_once(key: SoftKey) -> None:
    browser = SecureBrowser()
    answer = key.answer(browser.question())
    other = SecureBrowser()
    other.question()
    assert "passkey" in other.post("/account/login/passkey", {"credential": answer})["Location"]
    assert browser.post("/account/login/passkey", {"credential": answer}).status_code == 302
    assert is_in(browser) and not is_in(other)
    replay = SecureBrowser()
    replay.post("/account/login/passkey", {"credential": answer})
    assert not is_in(replay)


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "{",
        "null",
        "[]",
        "1",
        '"x"',
        "{}",
        '{"id": 1}',
        '{"response": []}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": 1}}',
        json.dumps(
            {
                "id": "AA",
                "rawId": "AA",
                "type": "public-key",
                "response": {
                    "clientDataJSON": "e30",
                    "authenticatorData": "AA",
                    "signature": "AA",
                    "userHandle": "bm9ib2R5",
                },
            }
        ),
    ],
)
def test_a_made_up_answer_signs_nobody_in_and_breaks_nothing(key: SoftKey, sent: str) -> None:
    browser = SecureBrowser()
    browser.question()
    assert browser.post("/account/login/passkey", {"credential": sent}).status_code == 302
    assert not is_in(browser)


@pytest.mark.parametrize("sent", ["", "{", "null", "[]", "1", "{}", '{"response": {}}'])
def test_a_made_up_passkey_is_not_kept(facilitator: Facilitator, sent: str) -> None:
    laptop = secure_laptop(with_password(facilitator))
    laptop.get("/account/passkeys/add")
    form = {"label": "my phone", "current": PASSWORD, "credential": sent}
    answer = laptop.post("/account/passkeys/add", form)
    assert answer.status_code == 422 and 'value="my phone"' in text_of(answer)
    assert Authenticator.objects.count() == 0


def test_a_passkey_is_added_only_with_the_password(facilitator: Facilitator) -> None:
    laptop = secure_laptop(with_password(facilitator))
    for current in ("", "four green kettles"):
        assert laptop.add_passkey(SoftKey(ORIGIN), current=current).status_code == 422
    assert Authenticator.objects.count() == 0


def test_a_passkey_of_another_site_is_not_kept(facilitator: Facilitator) -> None:
    laptop = secure_laptop(with_password(facilitator))
    foreign = SoftKey("https://elsewhere.example")
    assert laptop.add_passkey(foreign, current=PASSWORD).status_code == 422
    assert Authenticator.objects.count() == 0


def test_a_passkey_needs_a_password_beside_it(facilitator: Facilitator) -> None:
    answer = secure_laptop(facilitator).get("/account/passkeys/add")
    assert (answer.status_code, answer["Location"]) == (302, "/account/")


def test_passkeys_are_offered_only_where_they_work(facilitator: Facilitator) -> None:
    with_password(facilitator)
    plain = Browser()
    plain.client.force_login(facilitator)
    assert plain.get("/account/passkeys/add").status_code == 404
    assert "passkey" not in text_of(plain.get("/account/")).lower()
    assert Browser().get("/account/login/passkey").status_code == 404
    assert "passkey" not in text_of(Browser().get("/account/login/")).lower()
    assert "Use a passkey" in text_of(SecureBrowser().get("/account/login/"))
    assert "Add a passkey" in text_of(secure_laptop(facilitator).get("/account/"))


@pytest.mark.django_db
def test_questions_for_passkeys_are_rationed() -> None:
    browser = SecureBrowser()
    wanted = {"headers": {"accept": "application/json"}}
    answers = [browser.get("/account/login/passkey", **wanted).status_code for _ in range(31)]
    assert answers[:30] == [200] * 30 and answers[30] == 429
