"""Words that could not be saved come back: signed out, signed in again, no longer hers."""

from __future__ import annotations

import re

import pytest

from meetings.models import Facilitator, Group
from tests.meetings.people import Laptop, text_of, token_in

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
