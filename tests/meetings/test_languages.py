"""A phone's own language, and the one its owner chooses instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.utils import translation

from meetings.models import Group
from meetings.sentences import REFUSALS
from tests.meetings.conftest import Hall
from tests.meetings.people import Browser, Phone, text_of

SPANISH = {"accept-language": "es-MX,es;q=0.9,en;q=0.5"}


@pytest.fixture(autouse=True)
def _language_of_the_process() -> Iterator[None]:
    with translation.override("en"):
        yield


def language_of(body: str) -> str:
    found = re.search(r'<html lang="([^"]+)"', body)
    assert found is not None
    return found.group(1)


def test_a_page_speaks_the_language_that_the_phone_asks_for() -> None:
    body = text_of(Browser().get("/", headers=SPANISH))

    assert language_of(body) == "es"
    assert "Escribe el código" in body


def test_a_phone_of_another_language_gets_english() -> None:
    assert language_of(text_of(Browser().get("/", headers={"accept-language": "fi"}))) == "en"


def test_each_page_at_the_door_offers_the_other_language(hall: Hall) -> None:
    for path in ("/", f"/j/{hall.code}"):
        body = text_of(Browser().get(path))
        assert 'name="language" value="es" lang="es">Español</button>' in body
        assert 'value="en"' not in body


def test_whoever_chooses_a_language_stays_on_the_page_and_keeps_it(hall: Hall) -> None:
    phone = Phone().come_in(hall.code)

    chosen = phone.post("/language", {"language": "es", "next": "/meeting"})

    assert (chosen.status_code, chosen["Location"]) == (302, "/meeting")
    assert language_of(text_of(phone.get("/meeting"))) == "es"


def test_the_choice_is_forgotten_when_the_browser_closes() -> None:
    browser = Browser()
    browser.post("/language", {"language": "es", "next": "/"})

    morsel = browser.client.cookies["language"]

    assert (morsel["max-age"], morsel["expires"]) == ("", "")
    assert morsel["httponly"]


def test_a_choice_leads_to_no_other_site() -> None:
    chosen = Browser().post("/language", {"language": "es", "next": "https://example.org/"})

    assert chosen["Location"] == "/"


def test_a_language_that_there_is_not_changes_nothing() -> None:
    browser = Browser()

    assert browser.post("/language", {"language": "tlh", "next": "/"}).status_code == 302
    assert browser.cookie("language") is None


@pytest.mark.django_db
def test_what_a_push_brings_is_in_the_language_of_its_page(group: Group, hall: Hall) -> None:
    phone = Phone().come_in(hall.code)
    phone.post("/language", {"language": "es", "next": "/meeting"})

    body = text_of(phone.get("/meeting/regions"))

    assert "aquí" in body


@pytest.mark.django_db
def test_words_of_the_group_say_their_own_language_on_a_page_in_another(hall: Hall) -> None:
    phone = Phone().come_in(hall.code)
    own = text_of(phone.get("/meeting"))
    phone.post("/language", {"language": "es", "next": "/meeting"})
    other = text_of(phone.get("/meeting"))

    assert '<ol class="numbers"><li>' in own
    assert '<ol class="numbers" lang="en" dir="ltr"><li>' in other


def test_every_refusal_is_said_in_the_language_of_whoever_reads_it() -> None:
    with translation.override("en"):
        english = {code: str(sentence) for code, (_status, sentence) in REFUSALS.items()}
    with translation.override("es"):
        spanish = {code: str(sentence) for code, (_status, sentence) in REFUSALS.items()}
    assert [code for code in REFUSALS if english[code] == spanish[code]] == []
