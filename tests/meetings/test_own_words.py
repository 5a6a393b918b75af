"""Answers in people's own words, over HTTP: on phones, and read first on the laptop."""

from __future__ import annotations

import re

import pytest

from meetings.engine.refusals import Refusal
from meetings.engine.state import LONGEST_ANSWER, PromptKind
from meetings.models import AgendaStep, Facilitator, Group, Prompt
from meetings.preparation import prompt_of
from tests.meetings.conftest import Hall
from tests.meetings.people import Phone, live_state, step_of, text_of
from tests.meetings.test_phone import said, sentence

WORDS = ["Tea", "My dog", "<b>Rain</b>", "Calling Sam", "Sleep", "Été"]


def kept_question(group: Group, kind: PromptKind, **of: bool) -> Prompt:
    """A question in the place of the agenda's first check-in."""
    prompt = Prompt.objects.create(group=group, kind=kind.value, question="What helped?", **of)
    step = AgendaStep.objects.filter(agenda__group=group, kind="checkin").order_by("order").first()
    assert step is not None
    AgendaStep.objects.filter(pk=step.pk).update(prompt=prompt)
    return prompt


def asking(
    group: Group, facilitator: Facilitator, kind: PromptKind = PromptKind.TEXT, **of: bool
) -> tuple[Hall, list[Phone], str]:
    """Six phones in front of the question, opened."""
    group.free_text = True
    group.save()
    kept_question(group, kind, **of)
    hall = Hall(group, facilitator)
    hall.laptop.press("start")
    phones = hall.phones(6)
    step = step_of(live_state(group), "checkin")
    hall.laptop.press("step", {"step": step})
    assert hall.laptop.press("checkin", {"step": step}).status_code == 200
    return hall, phones, step


def page(phone: Phone) -> str:
    return text_of(phone.get("/meeting"))


def console(hall: Hall) -> str:
    return text_of(hall.laptop.get(hall.laptop.console))


def test_a_phone_says_first_that_words_are_unsigned_and_who_sees_them_when(
    group: Group, facilitator: Facilitator
) -> None:
    _hall, phones, _step = asking(group, facilitator)
    shown = page(phones[0]).split('id="answer-give"')[1]
    assert "<textarea" in shown and "unsigned" in shown and "anonym" not in shown.lower()
    assert "No one reads them first. Everyone sees them at the same moment" in shown
    assert "at least 5 people answer" in shown


def test_a_phone_says_first_that_a_facilitator_reads_the_words(
    group: Group, facilitator: Facilitator
) -> None:
    _hall, phones, _step = asking(group, facilitator, screened=True)
    shown = page(phones[0])
    assert "Your facilitator reads them first and may leave some out." in shown
    assert "No one reads them first" not in shown


def test_words_are_taken_once_and_too_many_or_none_get_a_sentence(
    group: Group, facilitator: Facilitator
) -> None:
    _hall, phones, step = asking(group, facilitator)
    for text, code in (
        ("x" * (LONGEST_ANSWER + 1), Refusal.ANSWER_IS_LONG),
        (" \u200b ", Refusal.ANSWER_IS_EMPTY),
    ):
        refused = phones[0].post("/meeting/answer", {"step": step, "text": text})
        assert (refused.status_code, said(refused)) == (422, sentence(code))
        # Only the sentence comes back: what was typed stays in the field.
        assert "region-mine" not in text_of(refused)
    assert phones[0].post("/meeting/answer", {"step": step, "text": "Tea"}).status_code == 200
    again = phones[0].post("/meeting/answer", {"step": step, "text": "Rain"})
    assert (again.status_code, said(again)) == (409, sentence(Refusal.ALREADY_ANSWERED))


def test_writing_and_passing_look_alike_on_the_wire(group: Group, facilitator: Facilitator) -> None:
    _hall, phones, step = asking(group, facilitator)
    bodies = []
    for phone, form in zip(
        phones, [{"text": "Tea"}, {"choice": "p"}, {"text": "x" * LONGEST_ANSWER}], strict=False
    ):
        response = phone.post("/meeting/answer", {"step": step, **form})
        assert response.status_code == 200
        headers = {name: value for name, value in response.items() if name != "X-Revision"}
        bodies.append((re.sub("Guest [0-9]", "Guest", text_of(response)), headers))
    assert all(body == bodies[0] for body in bodies)


def test_a_number_is_no_answer_to_a_question_for_own_words(
    group: Group, facilitator: Facilitator
) -> None:
    _hall, phones, step = asking(group, facilitator)
    refused = phones[0].post("/meeting/answer", {"step": step, "choice": "0"})
    assert (refused.status_code, said(refused)) == (422, sentence(Refusal.NOT_AN_ANSWER))


def test_what_was_written_is_shown_to_all_at_once_as_text_and_nothing_else(
    group: Group, facilitator: Facilitator
) -> None:
    hall, phones, step = asking(group, facilitator)
    for phone, text in zip(phones, WORDS, strict=True):
        phone.post("/meeting/answer", {"step": step, "text": text})
    assert not any(text in page(phones[0]) + console(hall) for text in WORDS)
    hall.laptop.press_delete("checkin", {"step": step})
    for shown in (page(phones[0]), console(hall)):
        assert all(text in shown for text in WORDS if "<" not in text)
        assert "&lt;b&gt;Rain&lt;/b&gt;" in shown and "<b>Rain" not in shown


def test_answers_that_are_read_first_are_on_no_phone_and_what_is_left_out_never_is(
    group: Group, facilitator: Facilitator
) -> None:
    hall, phones, step = asking(group, facilitator, screened=True)
    hall.laptop.press("screen")
    for phone, text in zip(phones, WORDS, strict=True):
        phone.post("/meeting/answer", {"step": step, "text": text})
    hall.laptop.press_delete("checkin", {"step": step})
    screen = text_of(hall.laptop.get("/screen"))
    for shown in (page(phones[0]), screen):
        assert "Your facilitator is reading the answers first." in shown
        assert "My dog" not in shown and "Tea" not in shown
    assert "My dog" in console(hall)
    moving_on = hall.laptop.press("step", {"step": live_state(group).steps[-1].id})
    assert (moving_on.status_code, said(moving_on)) == (
        409,
        sentence(Refusal.ANSWERS_ARE_BEING_READ),
    )
    place = sorted(WORDS).index("My dog")
    left_out = hall.laptop.press("left-out", {"step": step, "place": place})
    assert "Take it back in" in text_of(left_out)
    assert hall.laptop.press_delete("left-out", {"step": step, "place": place}).status_code == 200
    hall.laptop.press("left-out", {"step": step, "place": place})
    hall.laptop.press("answers", {"step": step})
    for shown in (page(phones[0]), console(hall), text_of(hall.laptop.get("/screen"))):
        assert "Calling Sam" in shown and "My dog" not in shown


def test_she_may_let_all_answers_go_and_phones_say_so(
    group: Group, facilitator: Facilitator
) -> None:
    hall, phones, step = asking(group, facilitator, screened=True)
    for phone, text in zip(phones, WORDS, strict=True):
        phone.post("/meeting/answer", {"step": step, "text": text})
    hall.laptop.press_delete("checkin", {"step": step})
    assert hall.laptop.press_delete("answers", {"step": step}).status_code == 200
    assert "They are not shown." in page(phones[0])
    assert not any(text in page(phones[0]) + console(hall) for text in WORDS)


def test_yes_and_no_are_words_of_the_page(group: Group, facilitator: Facilitator) -> None:
    hall, phones, step = asking(group, facilitator, PromptKind.YES_NO)
    assert "<span>Yes</span>" in page(phones[0]) and "<span>No</span>" in page(phones[0])
    for phone, choice in zip(phones, "000001", strict=True):
        phone.post("/meeting/answer", {"step": step, "choice": choice})
    hall.laptop.press_delete("checkin", {"step": step})
    for shown in (page(phones[0]), console(hall)):
        assert "<span>Yes</span>" in shown and "<span>No</span>" in shown


@pytest.mark.parametrize("kind", list(PromptKind))
def test_with_too_few_phones_the_laptop_offers_a_round_aloud_and_says_what_phones_would(
    group: Group, facilitator: Facilitator, kind: PromptKind
) -> None:
    group.free_text = True
    group.save()
    prompt = kept_question(group, kind)
    prompt.options = [f"Word {n}" for n in range(5)]
    prompt.save()
    hall = Hall(group, facilitator)
    hall.laptop.press("start")
    hall.laptop.press("step", {"step": step_of(live_state(group), "checkin")})
    shown = console(hall)
    assert "Fewer than 5 phones are here." in shown and "Go round aloud" in shown
    hall.phones(5)
    enough = console(hall)
    assert "What each phone says first" in enough and "Go round aloud" not in enough


def test_a_kept_question_is_asked_as_it_was_kept(group: Group) -> None:
    kept = kept_question(group, PromptKind.TEXT, screened=True, feelings=True)
    prompt = prompt_of(kept)
    assert prompt.kind is PromptKind.TEXT and prompt.screened and prompt.feelings
