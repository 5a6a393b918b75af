"""What a phone may do, over HTTP."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.utils.safestring import SafeString

from agreements.shapes import Code, Sense
from meetings import regions, sentences
from meetings.engine.refusals import Refusal
from meetings.engine.views.shapes import (
    Discussion,
    Matter,
    Mine,
    Review,
    StatementNow,
    SuggestionCard,
)
from meetings.seats import SEAT
from tests.meetings.conftest import Hall
from tests.meetings.people import Phone, live_state, step_of, text_of

# Everything here happens in a running meeting.


@pytest.fixture
def running(hall: Hall) -> Hall:
    hall.laptop.press("start")
    return hall


def asking(hall: Hall) -> tuple[list[Phone], str]:
    """Six phones in front of an open check-in."""
    phones = hall.phones(6)
    step = step_of(live_state(hall.group), "checkin")
    hall.laptop.press("step", {"step": step})
    assert hall.laptop.press("checkin", {"step": step}).status_code == 200
    assert live_state(hall.group).checkin is not None
    return phones, step


def said(response: Any) -> str:
    found = re.search(r'hx-target="#said"[^>]*>(.*?)</hx-partial>', text_of(response), re.DOTALL)
    assert found is not None
    return re.sub(r"<[^>]+>", "", found.group(1)).strip()


def sentence(code: Refusal) -> str:
    return str(sentences.REFUSALS[code][1])


def test_a_hand_goes_up_and_comes_down(running: Hall) -> None:
    phone = running.phone("Jo")
    up = phone.post("/meeting/hand")
    assert up.status_code == 200 and said(up) == ""
    assert len(live_state(running.group).hands) == 1
    assert 'hx-target="#region-hand"' in text_of(up) and "region-now" not in text_of(up)
    assert phone.delete("/meeting/hand").status_code == 200
    assert live_state(running.group).hands == ()


def test_a_hand_sent_twice_is_one_hand(running: Hall) -> None:
    phone = running.phone("Jo")
    for _try in range(2):
        assert phone.post("/meeting/hand").status_code == 200
    assert len(live_state(running.group).hands) == 1


def test_answers_are_in_order_by_the_moment_they_show(
    running: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the clock and not by the state's own revision, which would count who has answered."""
    phone, now = running.phone("Jo"), time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    assert phone.post("/meeting/hand")["X-Revision"] == str(int(now * 1000))
    assert phone.delete("/meeting/hand")["X-Revision"] == str(int(now * 1000))


def test_polling_while_a_question_is_open_does_not_count_the_answers(
    running: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones, step = asking(running)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    phones[0].post("/meeting/answer", {"step": step, "choice": "0"})
    some = running.laptop.get(f"{running.laptop.console}regions")
    phones[1].post("/meeting/answer", {"step": step, "choice": "p"})
    still_some = running.laptop.get(f"{running.laptop.console}regions")
    assert dict(some.items()) == dict(still_some.items())
    assert some.content == still_some.content


def test_what_a_phone_presses_touches_no_database(
    running: Hall, django_assert_num_queries: Any
) -> None:
    phones, step = asking(running)
    with django_assert_num_queries(0):
        assert phones[0].post("/meeting/hand").status_code == 200
        assert phones[0].delete("/meeting/hand").status_code == 200
        answered = phones[0].post("/meeting/answer", {"step": step, "choice": "1"})
        assert answered.status_code == 200
        assert phones[0].get("/meeting").status_code == 200
        assert phones[0].get("/meeting/regions").status_code == 200
        assert phones[1].post("/meeting/statements", {"text": "We may pass."}).status_code == 200
        assert phones[1].post("/meeting/leave").status_code == 200


def test_parts_of_a_reading_are_taken_turned_and_given_back(running: Hall) -> None:
    jo, sam = running.phone("Jo"), running.phone("Sam")
    step = step_of(live_state(running.group), "reading")
    running.laptop.press("step", {"step": step})
    assert jo.post("/meeting/part", {"step": step, "part": 0}).status_code == 200
    late = sam.post("/meeting/part", {"step": step, "part": 0})
    assert (late.status_code, said(late)) == (409, sentence(Refusal.PART_IS_TAKEN))
    assert jo.post("/meeting/part", {"step": step, "part": 1}).status_code == 200
    assert jo.delete("/meeting/part", {"step": step, "part": 1}).status_code == 200
    assert set(live_state(running.group).readers) == {"0"}
    assert jo.post("/meeting/part/turn", {"step": step, "part": 1}).status_code == 200
    assert live_state(running.group).part == 1
    turned = sam.post("/meeting/part/turn", {"step": step, "part": 2})
    assert (turned.status_code, said(turned)) == (409, sentence(Refusal.NOT_THE_READER))


# Check-ins


def test_an_answer_is_taken_and_taken_once(running: Hall) -> None:
    phones, step = asking(running)
    form = {"step": step, "choice": "1"}
    assert phones[0].post("/meeting/answer", form).status_code == 200
    before = live_state(running.group)
    replayed = phones[0].post("/meeting/answer", form)
    assert (replayed.status_code, said(replayed)) == (409, sentence(Refusal.ALREADY_ANSWERED))
    assert live_state(running.group).checkin == before.checkin
    assert before.checkin is not None and before.checkin.answers == 1


def test_answering_and_passing_look_alike_on_the_wire(running: Hall) -> None:
    phones, step = asking(running)
    bodies = []
    for phone, choice in zip(phones, ["p", "0", "1", "2"], strict=False):
        response = phone.post("/meeting/answer", {"step": step, "choice": choice})
        assert response.status_code == 200
        headers = {name: value for name, value in response.items() if name != "X-Revision"}
        bodies.append((re.sub("Guest [0-9]", "Guest", text_of(response)), headers))
    assert all(body == bodies[0] for body in bodies)


def test_what_is_shown_while_it_is_open_does_not_depend_on_answers(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same evening twice, with other answers: what the others and the laptop poll is equal."""
    # In one moment: only then does the clock on the laptop show the same both times.
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    hall.laptop.press("start")
    seen = []
    for choices in (["0", "0", "1", "1", "2"], ["p", "2", "p", "2", "p"]):
        phones, step = asking(hall)
        for phone, choice in zip(phones, choices, strict=False):
            phone.post("/meeting/answer", {"step": step, "choice": choice})
        bodies = [text_of(phone.get("/meeting/regions")) for phone in phones]
        bodies.append(text_of(hall.laptop.get(f"{hall.laptop.console}regions")))
        seen.append([re.sub(r"[0-9a-f]{16}|\d{8,}(\.\d+)?|[A-Z0-9]{8}", "#", it) for it in bodies])
        hall.laptop.press("end")
        hall.laptop.open_doors(hall.group)
        hall.code = live_state(hall.group).code
        hall.laptop.press("start")
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    "choices",
    [
        [],
        [""],
        ["-1"],
        ["99"],
        ["1000"],
        ["10000000000000000000000"],
        ["٣"],
        ["²"],
        ["1.0"],
        ["1", "1"],
        ["0", "1"],
        ["0", "1", "2", "3"],
        ["p", "1"],
        ["P"],
        ["pass"],
        ["\x00"],
    ],
)
def test_an_answer_that_is_none_gets_a_sentence_and_counts_nothing(
    running: Hall, choices: list[str]
) -> None:
    phones, step = asking(running)
    before = live_state(running.group)
    response = phones[0].post("/meeting/answer", {"step": step, "choice": choices})
    assert response.status_code == 422
    assert said(response) in {sentence(Refusal.NOT_AN_ANSWER), str(sentences.NOT_UNDERSTOOD)}
    assert live_state(running.group).checkin == before.checkin


@pytest.mark.parametrize("form", [{}, {"step": "x" * 65, "choice": "0"}, {"choice": "0"}])
def test_a_form_that_did_not_arrive_whole_gets_a_sentence(
    running: Hall, form: dict[str, str]
) -> None:
    phones, _step = asking(running)
    response = phones[0].post("/meeting/answer", form)
    assert (response.status_code, said(response)) == (422, str(sentences.NOT_UNDERSTOOD))


def test_an_answer_to_what_is_closed_gets_a_sentence(running: Hall) -> None:
    phones, step = asking(running)
    running.laptop.press_delete("checkin", {"step": step})
    late = phones[0].post("/meeting/answer", {"step": step, "choice": "0"})
    assert (late.status_code, said(late)) == (409, sentence(Refusal.CHECKIN_IS_CLOSED))


# Statements


def test_a_statement_is_taken_unsigned(running: Hall) -> None:
    phone = running.phone("Jo")
    response = phone.post("/meeting/statements", {"text": " We may  pass. "})
    assert response.status_code == 200 and response["HX-Trigger"] == "statement-taken"
    suggestion = live_state(running.group).board.suggestions[-1]
    assert suggestion.text == "We may pass."
    (seat,) = live_state(running.group).seats
    assert seat not in repr(suggestion)


@pytest.mark.parametrize(("text", "status"), [("", 422), (" \u200b ", 422), ("x" * 241, 422)])
def test_a_statement_that_is_refused_keeps_what_was_typed(
    running: Hall, text: str, status: int
) -> None:
    phone = running.phone("Jo")
    before = live_state(running.group).board
    response = phone.post("/meeting/statements", {"text": text})
    assert response.status_code == status
    # This header is what empties the field.
    assert "HX-Trigger" not in response
    assert said(response) != ""
    assert live_state(running.group).board == before


@pytest.mark.parametrize("answer", ["", "yes", "LIVE", "\x00"])
def test_a_response_that_is_none_gets_a_sentence(running: Hall, answer: str) -> None:
    phone = running.phone("Jo")
    phone.post("/meeting/statements", {"text": "We may pass."})
    suggestion = live_state(running.group).board.suggestions[0]
    response = phone.post(f"/meeting/statements/{suggestion.id}/response", {"response": answer})
    assert response.status_code == 422


def test_a_response_may_be_changed_and_only_ones_own_phone_shows_it(running: Hall) -> None:
    jo, sam = running.phone("Jo"), running.phone("Sam")
    running.laptop.press("step", {"step": step_of(live_state(running.group), "agreement")})
    jo.post("/meeting/statements", {"text": "We may pass."})
    suggestion = live_state(running.group).board.suggestions[0]
    path = f"/meeting/statements/{suggestion.id}/response"
    quiet = text_of(sam.get("/meeting/regions"))
    for answer in ("not-now", "talk"):
        assert jo.post(path, {"response": answer}).status_code == 200
    (said_of_jo,) = live_state(running.group).board.suggestions[0].responses.values()
    assert said_of_jo.value == "talk"
    talking = text_of(sam.get("/meeting/regions"))
    assert talking != quiet
    # What it was made no difference to the others, only that someone would talk.
    jo.post(path, {"response": "not-now"})
    assert text_of(sam.get("/meeting/regions")) == talking


# Polling


def test_polling_says_that_nothing_changed_and_then_what_did(running: Hall) -> None:
    phone = running.phone("Jo")
    first = phone.get("/meeting/regions")
    assert first.status_code == 200 and first["X-Revision"].isdigit()
    have = {"have": first["X-Digest"]}
    nothing = phone.get("/meeting/regions", have)
    assert (nothing.status_code, nothing.content) == (204, b"")
    assert nothing["X-Digest"] == first["X-Digest"]
    running.laptop.press("support")
    changed = phone.get("/meeting/regions", have)
    assert changed.status_code == 200 and changed["X-Digest"] != first["X-Digest"]
    assert text_of(changed) != text_of(first)


def test_the_page_has_the_digest_of_what_it_shows(running: Hall) -> None:
    phone = running.phone("Jo")
    page = text_of(phone.get("/meeting"))
    digest = phone.get("/meeting/regions")["X-Digest"]
    assert digest in page
    for name in ("top", "notice", "now", "agreement", "mine", "hand", "me"):
        assert page.count(f'id="region-{name}"') == 1


def test_polling_is_a_sign_of_life(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = hall.phone("Jo")
    (seat,) = live_state(hall.group).seats
    seen = live_state(hall.group).seen[seat]
    later = time.time() + 60
    monkeypatch.setattr(time, "time", lambda: later)
    phone.get("/meeting/regions")
    assert live_state(hall.group).seen[seat] == later > seen


# Going


def test_leaving_takes_seat_and_cookie(running: Hall) -> None:
    phone = running.phone("Josephine")
    response = phone.post("/meeting/leave")
    assert response.status_code == 200 and "Josephine" not in text_of(response)
    assert response.cookies[SEAT].value == "" and response.cookies[SEAT]["max-age"] == 0
    assert live_state(running.group).seats == {}
    assert phone.get("/meeting")["Location"] == "/"


def test_leaving_what_has_ended_is_harmless(running: Hall) -> None:
    phone = running.phone("Jo")
    running.laptop.press("end")
    assert phone.post("/meeting/leave").status_code == 200
    assert Phone().post("/meeting/leave").status_code == 200


def test_a_removed_phone_is_told_kindly_and_can_do_nothing(running: Hall) -> None:
    phone = running.phone("Jo")
    (seat,) = live_state(running.group).seats
    assert running.laptop.press("remove", {"seat": seat}).status_code == 200
    for response in (
        phone.get("/meeting/regions"),
        phone.post("/meeting/hand"),
        phone.post("/meeting/statements", {"text": "We may pass."}),
    ):
        assert response.status_code == 403
        assert 'hx-target="#stage"' in text_of(response)
    assert live_state(running.group).seats == {}
    page = phone.get("/meeting")
    assert page.status_code == 403 and page.cookies[SEAT].value == ""


def test_after_the_end_every_press_says_that_it_is_over(running: Hall) -> None:
    phone = running.phone("Jo")
    running.laptop.press("end")
    for response in (phone.post("/meeting/hand"), phone.get("/meeting/regions")):
        assert response.status_code == 410
        assert 'hx-target="#stage"' in text_of(response)


def test_a_press_from_elsewhere_is_refused_with_a_sentence(running: Hall) -> None:
    phone = Phone(checks_csrf=True)
    phone.client.cookies = running.phone("Jo").client.cookies
    response = phone.post("/meeting/hand")
    assert response.status_code == 403 and "out of date" in text_of(response)
    assert live_state(running.group).hands == ()


def test_every_refusal_has_a_sentence(db: None) -> None:
    assert set(sentences.REFUSALS) == {*Refusal, *Code}
    for status, words in sentences.REFUSALS.values():
        assert 400 <= status < 500
        assert str(words).endswith(".") or str(words).endswith("?")


def test_the_review_is_made_once_whatever_is_suggested_beside_it() -> None:
    review = Review((StatementNow("a", "We may pass."),), Sense.LISTENING, keeps=False)
    made: dict[regions.Key, SafeString] = {}

    def keeps(key: regions.Key, make: Callable[[], SafeString]) -> SafeString:
        return made.setdefault(key, make())

    for words in ("We rest.", "We listen."):
        card = SuggestionCard("x", words, Sense.LISTENING, None, takes_out=False)
        discussion = Discussion((Matter("", (card,)),), (), (), review)
        page = regions.render(Mine(discussion=discussion), "en", keeps)
        assert words in page and "There is something to talk about first." in page
    names = [key[0] for key in made]
    assert names.count("parts/review") == 1 and names.count("parts/matter") == 2
