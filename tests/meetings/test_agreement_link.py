"""The agreement behind the group's own link: to read, to keep, and to send words for next time."""

from __future__ import annotations

import asyncio
import datetime
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from asgiref.testing import ApplicationCommunicator
from django.http import HttpResponse

from agreements.models import Agreement, Idea
from agreements.shapes import Statement
from facilitator.asgi import application
from meetings import between
from meetings.models import Group
from meetings.sheet import SIZES, Sheet
from tests.conftest import Clock
from tests.meetings.people import Browser, text_of

SAID = {"We listen.": "a", "What is said here stays here.": "b"}
MARKUP = "<script>alert(1)</script> *and* [more](x)"


@pytest.fixture
def agreement(group: Group) -> Agreement:
    agreement: Agreement = group.agreement
    agreement.versions.create(
        number=3,
        date=datetime.date(2026, 11, 22),
        statements=[{"id": id, "text": text} for text, id in SAID.items()],
    )
    agreement.renew_link()
    agreement.switch_ideas(True)
    return agreement


def path(agreement: Agreement, ending: str = "") -> str:
    return f"/agreement/{agreement.link_token}{ending}"


def send(agreement: Agreement, text: str, **headers: Any) -> HttpResponse:
    return Browser().post(path(agreement), {"text": text}, **headers)


def ideas() -> list[str]:
    return sorted(Idea.objects.values_list("text", flat=True))


# --- reading -------------------------------------------------------------------------------------


def test_whoever_has_the_link_reads_the_agreement_and_nothing_of_the_group(
    agreement: Agreement, group: Group
) -> None:
    Group.objects.update(name="Wednesday at St Mary’s", shown_name="Circle")
    response = Browser().get(path(agreement))
    page = unescape(text_of(response))
    assert response.status_code == 200
    assert "version 3, Nov. 22, 2026" in page and all(text in page for text in SAID)
    assert "<title>Meeting</title>" in page
    for word in ("Wednesday at", "Circle", "Ana", str(group.pk)):
        assert word not in page
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"] and 'content="none"' in page
    assert "sessionid" not in response.cookies and "session" not in response.cookies


def test_the_agreement_speaks_its_own_language_and_the_page_the_phone_s(
    agreement: Agreement,
) -> None:
    Agreement.objects.update(language="es", title="Cómo estamos")
    page = unescape(text_of(Browser().get(path(agreement), headers={"accept-language": "en"})))
    sheet = page[page.index("<article") : page.index("</article>")]
    assert 'lang="es" dir="ltr"' in sheet and "22 de noviembre de 2026" in sheet
    assert '<html lang="en"' in page and "Larger type" in page


def test_a_language_written_from_the_right_is_shown_so(agreement: Agreement) -> None:
    Agreement.objects.update(language="ar")
    assert '<article class="stack" lang="ar" dir="rtl"' in text_of(Browser().get(path(agreement)))


def test_larger_type_is_an_address_and_stored_nowhere(agreement: Agreement) -> None:
    browser = Browser()
    assert "sheet-large" in text_of(browser.get(path(agreement, "?large")))
    assert "sheet-large" not in text_of(browser.get(path(agreement)))


def test_before_the_first_version_the_page_says_so(group: Group) -> None:
    group.agreement.renew_link()
    page = text_of(Browser().get(path(group.agreement)))
    assert "Nothing is agreed yet." in page and "You set it together" in page
    assert ".md" not in page
    assert "Nothing is agreed yet." in text_of(Browser().get(path(group.agreement, ".txt")))


@pytest.mark.parametrize("ending", ["", ".txt", ".md"])
def test_a_link_that_is_not_known_is_answered_with_a_kind_sentence(
    agreement: Agreement, ending: str
) -> None:
    old = path(agreement, ending)
    agreement.renew_link()
    for address in (old, f"/agreement/{'x' * 43}{ending}"):
        response = Browser().get(address)
        assert response.status_code == 404
        assert "Ask your facilitator for it." in text_of(response)
        assert "noindex" in response["X-Robots-Tag"]
    assert Browser().post(old, {"text": "Late"}).status_code in (404, 405)
    assert ideas() == []


def test_text_and_markdown_say_the_same_words(agreement: Agreement) -> None:
    agreement.versions.update(
        statements=[{"id": "a", "text": MARKUP}, {"id": "b", "text": "é 1. x"}]
    )
    text, markdown = (Browser().get(path(agreement, ending)) for ending in (".txt", ".md"))
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert markdown["Content-Type"] == "text/markdown; charset=utf-8"
    for response, name in ((text, "agreement.txt"), (markdown, "agreement.md")):
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response["Cache-Control"] == "no-store"
        assert not response.cookies
    assert text_of(text) == (
        f"Comfort Agreement\n\nversion 3, Nov. 22, 2026\n\n1. {MARKUP}\n2. é 1. x\n"
    )
    assert text_of(markdown) == (
        "# Comfort Agreement\n\nversion 3, Nov. 22, 2026\n\n"
        "1. \\<script\\>alert(1)\\</script\\> \\*and\\* \\[more\\](x)\n2. é 1. x\n"
    )


def test_markup_is_shown_as_text(agreement: Agreement) -> None:
    agreement.versions.update(statements=[{"id": "a", "text": MARKUP}])
    page = text_of(Browser().get(path(agreement)))
    assert "<script>alert" not in page and MARKUP in unescape(page)


# --- words for next time -------------------------------------------------------------------------


def test_words_for_next_time_are_kept_and_nothing_else_is(agreement: Agreement) -> None:
    response = send(agreement, "  Phones\u200b stay away. ")
    page = text_of(response)
    assert response.status_code == 200
    assert "Thank you. Your facilitator reads it first." in page
    assert "Thank you." not in text_of(Browser().get(path(agreement, "?taken")))
    assert ideas() == ["Phones stay away."]
    # Others with the link do not see it before the meeting.
    assert "Phones stay away." not in page
    assert not {"seat", "session"} & set(response.cookies)


@pytest.mark.parametrize(
    ("text", "status", "sentence"),
    [
        ("", 422, "Write a few words first."),
        ("  \u200b \n ", 422, "Write a few words first."),
        ("<b>word</b> " * 400 + "end", 422, "That is long for one statement. Use up to 240"),
        ("ຄ" * 5000, 422, "That is long for one statement."),
        ("we LISTEN", 409, "That is in the agreement already."),
        ("a\u0000" * 200, 422, ""),
    ],
)
def test_what_does_not_fit_is_answered_with_a_sentence_and_kept_to_mend(
    agreement: Agreement, text: str, status: int, sentence: str
) -> None:
    send(agreement, "Sent before.")
    response = send(agreement, text)
    page = unescape(text_of(response))
    if text.startswith("a\u0000"):
        # 200 letters and 200 that cannot be seen: the rules look at what can.
        assert response.status_code == 200
        return
    assert response.status_code == status
    assert sentence in page and text in page
    assert ideas() == ["Sent before."]


def test_markup_that_is_sent_stays_text(agreement: Agreement) -> None:
    send(agreement, MARKUP)
    assert ideas() == [MARKUP]
    again = text_of(send(agreement, MARKUP * 9))
    assert "<script>alert" not in again and MARKUP in unescape(again)


def test_nobody_with_the_link_learns_what_waits(agreement: Agreement) -> None:
    send(agreement, "Sent before.")
    agreement.put_aside("Put aside.")

    def answer(text: str) -> tuple[int, str]:
        response = send(agreement, text)
        return response.status_code, re.sub(r'value="\w{64}"', "", text_of(response))

    new = answer("New words")
    assert answer("sent before") == answer("Put aside!") == new
    assert ideas() == ["New words", "Sent before."]
    # Nor by what it costs.
    for _ in range(6):
        assert send(agreement, "Sent before.").status_code == 200
    assert send(agreement, "Other words").status_code == 429


def test_thanks_leave_nothing_in_the_address_and_large_type_stays_large(
    agreement: Agreement,
) -> None:
    page = text_of(Browser().get(path(agreement, "?large")))
    action = page.split('<form class="stack" method="post" action="', 1)[1].split('"', 1)[0]
    assert action == path(agreement, "?large")
    thanked = Browser().post(action, {"text": "We rest."})
    assert thanked.status_code == 200 and "Location" not in thanked
    assert "sheet-large" in text_of(thanked) and "We rest." not in text_of(thanked)
    small = text_of(Browser().get(path(agreement)))
    assert f'<form class="stack" method="post" action="{path(agreement)}"' in small


def test_a_group_that_takes_none_shows_no_form(agreement: Agreement) -> None:
    agreement.switch_ideas(False)
    assert "<textarea" not in text_of(Browser().get(path(agreement)))
    # Switched off while someone was writing.
    response = send(agreement, "Mine for next time")
    page = text_of(response)
    assert response.status_code == 409 and ideas() == []
    assert "takes no suggestions here right now" in page and "Mine for next time" in page


def test_one_address_can_send_some_and_then_has_to_wait(
    agreement: Agreement,
) -> None:
    for number in range(10):
        # What comes to nothing costs nothing.
        assert send(agreement, "We listen.").status_code == 409
        assert send(agreement, f"Number {number}").status_code == 200
    refused = send(agreement, "Number ten")
    assert refused.status_code == 429 and "Number ten" in text_of(refused)
    assert "try again in an hour" in text_of(refused)


def test_after_an_hour_an_address_can_send_some_more(agreement: Agreement, clock: Clock) -> None:
    for number in range(10):
        between.suggest(agreement, f"Number {number}", "10.0.0.1", clock.now)
    with pytest.raises(between.TooOften):
        between.suggest(agreement, "Number ten", "10.0.0.1", clock.now)
    clock.passes(3600)
    between.suggest(agreement, "Number ten", "10.0.0.1", clock.now)


def test_many_addresses_together_can_not_fill_an_agreement_at_once(clock: Clock) -> None:
    ideas = between.Ideas(lambda _seconds, _act: None)

    def sent(address: str, agreement: str) -> None:
        with ideas.counted(address, agreement, clock.now):
            pass

    for number in range(40):
        sent(f"10.0.0.{number}", "one")
    with pytest.raises(between.TooOften):
        sent("10.0.1.1", "one")
    sent("10.0.1.1", "another")


def test_how_many_came_from_an_address_is_forgotten_though_nobody_comes_any_more() -> None:
    turning: list[Callable[[], None]] = []
    ideas = between.Ideas(lambda _seconds, turn: turning.append(turn))
    with ideas.counted("10.0.0.1", "one", 1.0):
        pass
    assert len(ideas) and "10.0.0.1" not in repr(vars(ideas._counts))
    for turn in turning:
        turn()
    assert len(ideas) == 0


def test_the_page_without_its_token_gives_the_words_back(agreement: Agreement) -> None:
    browser = Browser(checks_csrf=True)
    response = browser.post(
        path(agreement), {"text": "Words of mine"}, headers={"sec-fetch-site": "same-origin"}
    )
    assert response.status_code == 403 and "Words of mine" in text_of(response)


def test_statements_that_were_reworded_are_read_as_they_are_now(agreement: Agreement) -> None:
    agreement.versions.create(
        number=4,
        date=datetime.date(2026, 12, 1),
        statements=[{"id": "c", "text": "We listen well.", "root": "a"}],
    )
    assert Statement("c", "We listen well.", "a") in agreement.board().statements
    page = text_of(Browser().get(path(agreement)))
    assert "We listen well." in page and "We listen.<" not in page


def test_the_more_words_the_smaller_they_are_printed_so_that_one_page_is_enough() -> None:
    def sheet(many: int, letters: str) -> Sheet:
        return Sheet("Ours", "version 1", (letters,) * many, "en", "ltr")

    few, dozen, all_there_can_be = sheet(4, "a" * 40), sheet(12, "a" * 160), sheet(40, "a" * 240)
    assert few.size == max(SIZES) and few.fits
    assert min(SIZES) < dozen.size < max(SIZES) and dozen.fits
    assert all_there_can_be.size == min(SIZES) and not all_there_can_be.fits
    # A letter of some scripts is as wide as two of ours.
    assert sheet(12, "字" * 80).size == dozen.size


def test_there_is_a_rule_for_every_size_of_type() -> None:
    rules = (Path(__file__).parents[2] / "static/css/agreement.css").read_text()
    for size in SIZES:
        assert f".sheet-{size} article {{ font-size: {size}pt; }}" in rules


async def _status_of(path: str, body: bytes) -> int:
    """What the whole server says to a form, before anything of a meeting is asked."""
    host = b"localhost"
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "scheme": "http",
        "client": ("127.0.0.1", 1),
        "headers": [(b"host", host), (b"content-type", b"application/x-www-form-urlencoded")],
    }
    server = ApplicationCommunicator(application, scope)
    await server.send_input({"type": "http.request", "body": body})
    started = await server.receive_output(timeout=30)
    while (await server.receive_output(timeout=30)).get("more_body"):
        pass
    await server.wait(timeout=30)
    return int(started["status"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("path", "status"), [("/agreement/none", 403), ("/meeting/kept", 413)])
def test_five_thousand_letters_of_any_script_reach_the_page(path: str, status: int) -> None:
    body = urlencode({"text": "ຄ" * 5000}).encode()
    assert len(body) > 8192
    # Refused for its token, which this form does not have, and not for its length.
    assert asyncio.run(_status_of(path, body)) == status
