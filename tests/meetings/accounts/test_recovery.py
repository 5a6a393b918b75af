"""A way back for whoever lost her password: by mail where there is mail, by people where not."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail

from meetings.accounts.adapter import MAIL_THREAD
from meetings.models import Facilitator
from tests.meetings.accounts.conftest import OTHER_PASSWORD, PASSWORD, with_password
from tests.meetings.accounts.signing import is_in, sign_in
from tests.meetings.people import Browser, Laptop, text_of

ADDRESS = "ana@example.org"


@pytest.fixture
def with_mail(settings: Any) -> None:
    settings.SENDS_MAIL = True


def posted() -> list[Any]:
    """Mail that was sent, once its threads are done."""
    for thread in threading.enumerate():
        if thread.name == MAIL_THREAD:
            thread.join(20)
    return mail.outbox


def path_in(message: Any) -> str:
    found = re.search(r"http://testserver(/\S+)", message.body)
    assert found is not None
    return found[1]


def confirmed(facilitator: Facilitator, address: str = ADDRESS) -> Facilitator:
    EmailAddress.objects.create(user=facilitator, email=address, verified=True, primary=True)
    return facilitator


def test_without_mail_the_page_says_whom_to_ask_and_sends_nothing(
    facilitator: Facilitator,
) -> None:
    confirmed(facilitator)
    browser = Browser()
    for answer in (
        browser.get("/account/recovery/"),
        browser.post("/account/recovery/", {"email": ADDRESS}),
    ):
        assert "Ask someone who leads the group with you" in text_of(answer)
        assert 'name="email"' not in text_of(answer)
    assert posted() == []
    for path in ("/account/recovery/sent", "/account/recovery/done", "/account/email/x/"):
        assert browser.get(path).status_code == 404
    laptop = Laptop(facilitator)
    assert "E-mail" not in text_of(laptop.get("/account/"))
    assert laptop.post("/account/email", {"mail-email": ADDRESS}).status_code == 404


@pytest.mark.usefixtures("with_mail")
def test_a_link_by_mail_leads_to_a_new_password_once(facilitator: Facilitator) -> None:
    confirmed(with_password(facilitator))
    elsewhere = Laptop(facilitator)
    browser = Browser()
    asked = browser.post("/account/recovery/", {"email": "Ana@Example.org"})
    assert asked["Location"] == "/account/recovery/sent"
    (message,) = posted()
    assert message.to == [ADDRESS] and message.subject == "A new password"
    path = path_in(message)
    form = browser.get(path)["Location"]
    assert "set-password" in form
    short = browser.post(form, {"password": "short"})
    assert short.status_code == 422
    assert browser.post(form, {"password": OTHER_PASSWORD})["Location"] == "/account/recovery/done"
    assert browser.get("/account/recovery/done").status_code == 200
    assert not is_in(browser) and not is_in(elsewhere)
    assert Session.objects.count() == 0
    assert sign_in(Browser(), "Ana", OTHER_PASSWORD).status_code == 302
    again = Browser()
    used = again.get(path)
    assert used.status_code == 410 and "used up" in text_of(used)


@pytest.mark.usefixtures("with_mail")
def test_a_mail_speaks_the_language_of_whoever_asked_for_it(facilitator: Facilitator) -> None:
    confirmed(facilitator)
    spanish = {"headers": {"accept-language": "es-MX,es;q=0.9"}}

    Browser().post("/account/recovery/", {"email": ADDRESS}, **spanish)
    sent = {"mail-email": "luz@example.org"}
    Laptop(facilitator).post("/account/email", sent, **spanish)

    for_password, to_confirm = posted()
    assert for_password.subject == "Una contraseña nueva"
    assert "Hola, Ana:" in for_password.body and "Hello" not in for_password.body
    assert to_confirm.subject == "¿Es este tu correo?"
    assert "Si no lo pediste tú" in for_password.body and "Someone" not in to_confirm.body


@pytest.mark.usefixtures("with_mail")
def test_nobody_learns_whether_there_is_an_account(facilitator: Facilitator) -> None:
    confirmed(facilitator)
    known = Browser().post("/account/recovery/", {"email": ADDRESS})
    unknown = Browser().post("/account/recovery/", {"email": "eve@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(posted()) == 1


@pytest.mark.usefixtures("with_mail")
def test_an_address_that_was_never_confirmed_leads_nowhere(
    facilitator: Facilitator, stranger: Facilitator
) -> None:
    """Whoever claims another's address does not get her mail's power, nor she his."""
    confirmed(facilitator)
    EmailAddress.objects.create(user=stranger, email=ADDRESS)
    EmailAddress.objects.create(user=stranger, email="eve@example.org")
    Browser().post("/account/recovery/", {"email": "eve@example.org"})
    assert posted() == []
    Browser().post("/account/recovery/", {"email": ADDRESS})
    (message,) = posted()
    assert facilitator.pk.hex in message.body


@pytest.mark.usefixtures("with_mail")
def test_asking_again_and_again_gets_a_sentence(facilitator: Facilitator) -> None:
    confirmed(facilitator)
    answers = [Browser().post("/account/recovery/", {"email": ADDRESS}) for _ in range(6)]
    assert [one.status_code for one in answers] == [302] * 5 + [429]


@pytest.mark.usefixtures("with_mail")
def test_an_address_is_confirmed_by_a_mail_before_it_counts(facilitator: Facilitator) -> None:
    laptop = Laptop(with_password(facilitator))
    sent = {"mail-email": ADDRESS, "mail-current": PASSWORD}
    assert laptop.post("/account/email", sent)["Location"] == "/account/?mailed"
    assert f"Not confirmed yet: {ADDRESS}" in text_of(laptop.get("/account/?mailed"))
    facilitator.refresh_from_db()
    assert facilitator.email == ""
    (message,) = posted()
    anywhere = Browser()
    path = path_in(message)
    assert ADDRESS in text_of(anywhere.get(path))
    facilitator.refresh_from_db()
    assert facilitator.email == ""
    assert "is confirmed" in text_of(anywhere.post(path))
    facilitator.refresh_from_db()
    assert facilitator.email == ADDRESS and not is_in(anywhere)
    assert laptop.post("/account/email/forgotten").status_code == 302
    facilitator.refresh_from_db()
    assert facilitator.email == "" and not EmailAddress.objects.exists()
    assert anywhere.get(path).status_code == 410


@pytest.mark.usefixtures("with_mail")
@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"mail-email": "nowhere", "mail-current": PASSWORD}, "Write an address like"),
        (
            {
                "mail-email": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example.org",
                "mail-current": PASSWORD,
            },
            "too long for an e-mail",
        ),
        ({"mail-email": "", "mail-current": PASSWORD}, "Write something here first."),
        ({"mail-email": "new@example.org", "mail-current": "guess"}, "not your password"),
        ({"mail-email": ADDRESS, "mail-current": PASSWORD}, "your address already"),
    ],
)
def test_an_address_that_does_not_fit_is_given_back(
    facilitator: Facilitator, form: dict[str, str], sentence: str
) -> None:
    laptop = Laptop(confirmed(with_password(facilitator)))
    answer = laptop.post("/account/email", form)
    assert answer.status_code == 422 and sentence in text_of(answer)
    assert form["mail-email"] in text_of(answer) and posted() == []
    assert EmailAddress.objects.count() == 1


@pytest.mark.usefixtures("with_mail")
def test_an_address_another_confirmed_cannot_be_taken_over(
    facilitator: Facilitator, stranger: Facilitator
) -> None:
    confirmed(facilitator)
    laptop = Laptop(stranger)
    assert laptop.post("/account/email", {"mail-email": ADDRESS}).status_code == 302
    (message,) = posted()
    assert "used up" in text_of(Browser().post(path_in(message)))
    assert EmailAddress.objects.get(verified=True).user == facilitator


@pytest.mark.usefixtures("with_mail")
def test_mail_that_cannot_be_sent_breaks_nothing(
    facilitator: Facilitator, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    confirmed(facilitator)
    assert Browser().post("/account/recovery/", {"email": ADDRESS}).status_code == 302
    posted()
    assert ADDRESS not in caplog.text and "a mail was not sent" in caplog.text


@pytest.mark.usefixtures("with_mail")
def test_links_in_mail_lead_to_the_servers_own_name(
    facilitator: Facilitator, settings: Any
) -> None:
    settings.FACILITATOR_PUBLIC_URL = "https://meet.example.org"
    confirmed(facilitator)
    Browser().post("/account/recovery/", {"email": ADDRESS})
    (message,) = posted()
    assert "https://meet.example.org/account/recovery/key/" in message.body
