"""What people write for the agreement: reminders, limits, and sentences beside the form."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.http import HttpResponse

from meetings import rationing
from meetings.engine.refusals import Refusal
from meetings.rationing import OF_A_WRITER
from meetings.sentences import POINTED, REFUSALS
from tests.meetings.conftest import Hall
from tests.meetings.people import live_state, text_of

AT_MOST = int(OF_A_WRITER.burst)
STATEMENTS = "/meeting/statements"


@pytest.fixture
def running(hall: Hall) -> Hall:
    hall.laptop.press("start")
    return hall


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands where a test puts it: a slow machine fills no ration."""
    now = [time.time()]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


def said(response: HttpResponse, where: str) -> str:
    found = re.search(rf'hx-target="#{where}"[^>]*>(.*?)</hx-partial>', text_of(response), re.S)
    assert found is not None, f"nothing for #{where}"
    return found.group(1)


def texts(hall: Hall) -> list[str]:
    return [it.text for it in live_state(hall.group).board.suggestions]


def adopted(hall: Hall, text: str) -> str:
    """A statement that the group has; its id."""
    hall.laptop.press("statements", {"text": text, "as_it_is": "1"})
    (suggestion,) = live_state(hall.group).board.suggestions
    for act in ("asked", "adopted"):
        assert hall.laptop.press(f"statements/{suggestion.id}/{act}").status_code == 200
    return suggestion.id


# Someone who is here is named


@pytest.mark.parametrize("by", ["phone", "laptop"])
def test_who_names_someone_here_is_reminded_and_may_send_it_as_it_is(
    running: Hall, by: str
) -> None:
    running.phone("Maja")
    jo = running.phone("Jo")

    def suggest(fields: dict[str, str]) -> HttpResponse:
        path = STATEMENTS if by == "phone" else f"{running.laptop.console}statements"
        return (jo if by == "phone" else running.laptop).post(path, fields)

    form = {"text": "Maja speaks first.", "beside": "suggest"}
    reminded = suggest(form)
    assert reminded.status_code == 422 and "HX-Trigger" not in reminded
    words = said(reminded, "suggest-said")
    assert str(REFUSALS[Refusal.NAMES_SOMEONE][1]) in words
    assert 'form="suggest"' in words and 'name="as_it_is" value="1"' in words
    assert said(reminded, "said") == "" and texts(running) == []

    sent = suggest(form | {"as_it_is": "1"})
    assert sent.status_code == 200 and texts(running) == ["Maja speaks first."]
    assert said(sent, "suggest-said") == ""


def test_nobody_else_learns_of_the_reminder(running: Hall) -> None:
    maja, jo = running.phone("Maja"), running.phone("Jo")
    running.laptop.press("step", {"step": live_state(running.group).steps[1].id})
    before = text_of(maja.get("/meeting/regions"))
    assert jo.post(STATEMENTS, {"text": "Maja speaks first."}).status_code == 422
    assert text_of(maja.get("/meeting/regions")) == before


@pytest.mark.parametrize(
    "form",
    ["", "Suggest", "a b", "a#b", 'a"><script>', "1a", "a" * 81, "a\n", "á", "-a"],
)
def test_a_form_with_another_id_gets_its_sentence_where_all_sentences_go(
    running: Hall, form: str
) -> None:
    jo = running.phone("Jo")
    refused = jo.post(STATEMENTS, {"text": "Jo speaks first.", "beside": form})
    assert str(REFUSALS[Refusal.NAMES_SOMEONE][1]) in said(refused, "said")
    assert "<button" not in text_of(refused) and "script" not in text_of(refused)


# Many from one phone


def test_a_phone_that_suggests_without_end_is_asked_to_wait_and_others_are_not(
    running: Hall, still: list[float]
) -> None:
    jo, sam = running.phone("Jo"), running.phone("Sam")
    for number in range(AT_MOST):
        assert jo.post(STATEMENTS, {"text": f"Statement {number}"}).status_code == 200
    board = live_state(running.group).board
    many = jo.post(STATEMENTS, {"text": "One more", "beside": "suggest"})
    assert many.status_code == 429 and "HX-Trigger" not in many
    assert str(REFUSALS[Refusal.MANY_FROM_ONE_PHONE][1]) in said(many, "suggest-said")
    wording = f"{STATEMENTS}/{board.suggestions[0].id}/wording"
    assert jo.post(wording, {"text": "Other words"}).status_code == 429
    assert live_state(running.group).board == board

    assert sam.post(wording, {"text": "Other words"}).status_code == 200
    still[0] += 60
    assert jo.post(STATEMENTS, {"text": "One more"}).status_code == 200
    assert jo.post(STATEMENTS, {"text": "And one more"}).status_code == 429


def test_the_facilitators_laptop_has_the_same_limit(running: Hall, still: list[float]) -> None:
    answers = [
        running.laptop.press("statements", {"text": f"Statement {number}"}).status_code
        for number in range(AT_MOST + 1)
    ]
    assert answers == [200] * AT_MOST + [429]


def test_what_is_refused_counts_for_nothing(running: Hall, still: list[float]) -> None:
    jo = running.phone("Jo")
    for text in ("", "Jo first.", "x" * 5000) * AT_MOST:
        assert jo.post(STATEMENTS, {"text": text}).status_code == 422
    for number in range(AT_MOST):
        assert jo.post(STATEMENTS, {"text": f"Statement {number}"}).status_code == 200


def test_the_count_goes_with_the_meeting_and_holds_no_words(
    running: Hall, still: list[float]
) -> None:
    rationing.writing.cache_clear()
    jo = running.phone("Jo")
    jo.post(STATEMENTS, {"text": "Statement"})
    (seat,) = live_state(running.group).seats
    held = rationing.writing()
    assert len(held) == 1
    ((seats, _then),) = held._meetings.values()
    assert seat not in repr(vars(seats)) and "Statement" not in repr(vars(seats))
    running.laptop.press("end")
    assert len(held) == 0


def test_a_meeting_that_ended_elsewhere_is_forgotten_too(
    running: Hall, still: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    rationing.writing.cache_clear()
    jo = running.phone("Jo")
    jo.post(STATEMENTS, {"text": "Statement"})
    held = rationing.writing()
    held._meetings["elsewhere"] = (rationing.Rations(OF_A_WRITER), still[0] - 601)
    jo.post(STATEMENTS, {"text": "Another statement"})
    assert set(held._meetings) == {live_state(running.group).id}


# To the facilitator alone


def test_pointing_thanks_the_one_who_points_and_shows_nothing_to_the_others(
    running: Hall,
) -> None:
    jo, sam = running.phone("Jo"), running.phone("Sam")
    statement = adopted(running, "We may pass.")
    before = text_of(sam.get("/meeting/regions"))
    thanked = jo.post(f"{STATEMENTS}/{statement}/pointed", {"beside": "agreement"})
    assert thanked.status_code == 200
    assert str(POINTED) in said(thanked, "agreement-said")
    assert text_of(sam.get("/meeting/regions")) == before
    assert live_state(running.group).pointed_to == {statement}


def test_pointing_to_what_has_changed_is_said_where_it_was_pressed(running: Hall) -> None:
    jo = running.phone("Jo")
    gone: Any = jo.post(f"{STATEMENTS}/0000000000000000/pointed", {"beside": "agreement"})
    assert gone.status_code == 409 and "<p>" in said(gone, "agreement-said")
