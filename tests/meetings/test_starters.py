"""The words are plain, kind and true to what the app does; the first group can meet."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.utils import translation
from django.utils.functional import Promise
from tzlocal import get_localzone_name

from meetings import words
from meetings.engine.state import PromptKind, StepKind
from meetings.models import Facilitator, Group
from meetings.starters import make_first_group, texts

FORBIDDEN = re.compile(
    r"\b(clean|dirty|addict|alcoholic|junkie|abuse|suffer|victim|user|submit|invalid"
    r"|diagnos|disorder|disease|illness|sober|abstinen|relapse"
    r"|those people|god|higher power|pray|bless|spirit|faith|church|sin\b|serenity"
    r"|fellowship|sponsor)",
    re.IGNORECASE,
)
# The server keeps no link; it cannot promise what people see, guess or tell.
OVERCLAIM = re.compile(
    r"(no ?one|nobody) (can|could|will|would) (ever )?(know|see|find|tell|trace)"
    r"|\b(guarantee|always safe|fully|completely|100|never be (known|seen|found))",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.?](?=[\s”’\])]|$)")


def texts_in(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every human-visible leaf below a constant, with where it was found."""
    if isinstance(value, (str, Promise)):
        yield path, value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in {"kind", "reading", "prompt"}:  # Keys, not words.
                yield from texts_in(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts_in(item, f"{path}[{key}]")
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from texts_in(item, f"{path}[{place}]")


TRANSLATED = re.compile(
    r"{%\s*translate \"(?P<plain>[^\"]*)\""
    r"|{%\s*blocktranslate[^%]*%}(?P<block>.*?){%\s*endblocktranslate\s*%}",
    re.DOTALL,
)
PAGES = Path(settings.TEMPLATES[0]["DIRS"][0])


def on_pages() -> Iterator[tuple[str, str]]:
    """What stands in templates, with a short word for each value that is filled in."""
    for page in sorted(PAGES.rglob("*.html")):
        for found in TRANSLATED.finditer(page.read_text(encoding="utf-8")):
            text = found["plain"] or found["block"] or ""
            for one in re.split(r"{%\s*plural\s*%}", text):
                filled = re.sub(r"{{[^}]*}}|{n}", "ten", re.sub(r"<[^>]+>", "", one))
                yield f"{page.name}:{found.start()} {one[:40]}", " ".join(filled.split())


KEYS = {"WELCOME", "CONFIDENTIALITY", "HOW_WE_SHARE", "CLOSING", "ARRIVING", "SUPPORT", "FEELINGS"}
CONSTANTS = [
    leaf
    for module in (words, texts)
    for name, value in vars(module).items()
    if name.isupper() and name not in KEYS
    for leaf in texts_in(value, name)
]
EVERY_TEXT = [
    *((path, str(text)) for path, text in CONSTANTS),
    *on_pages(),
]
# The formula says nothing about a sentence of two or three words.
SENTENCES = [
    (path, text) for path, text in EVERY_TEXT if SENTENCE_END.search(text) and len(text.split()) > 3
]


def syllables(word: str) -> int:
    """Vowel groups without the silent endings; within one of a dictionary for all our words."""
    word = re.sub(r"[^a-z]", "", word.lower())
    spoken = re.sub(
        r"(?<=[^td])ed$|(?<=[^aeiouylscxzg])es$|(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$", "", word
    )
    return max(1, len(re.findall(r"[aeiouy]+?(?=ing$)|[aeiouy]+", spoken)))


def reading_grade(text: str) -> float:
    """The Flesch-Kincaid grade: school years needed to read it easily."""
    tokens = re.findall(r"[A-Za-z0-9][\w’&-]*", text)
    sentences = max(1, len(SENTENCE_END.findall(text)))
    spoken = sum(syllables(token) for token in tokens)
    return 0.39 * len(tokens) / sentences + 11.8 * spoken / len(tokens) - 15.59


def test_every_word_can_be_translated() -> None:
    assert [path for path, text in CONSTANTS if not isinstance(text, Promise)] == []


def test_every_sentence_reads_at_sixth_grade_or_below() -> None:
    assert {path: text for path, text in SENTENCES if reading_grade(text) > 6} == {}


def test_the_reading_grade_tells_hard_words_from_plain_ones() -> None:
    assert reading_grade("Confidentiality obligations necessitate participant cooperation.") > 12
    assert reading_grade("We sit in a ring and talk.") < 2


def test_no_word_labels_preaches_or_shouts() -> None:
    assert {path: text for path, text in EVERY_TEXT if FORBIDDEN.search(text) or "!" in text} == {}


def test_no_text_promises_more_than_the_app_can_hold() -> None:
    assert {path: text for path, text in EVERY_TEXT if OVERCLAIM.search(text)} == {}


def test_a_label_or_an_overclaim_would_be_caught() -> None:
    assert FORBIDDEN.search("Stay clean") and FORBIDDEN.search("Please submit")
    assert OVERCLAIM.search("No one will know who said what.")


def test_the_search_for_words_reaches_every_kind_of_text() -> None:
    reached = {path for path, _ in EVERY_TEXT}
    assert len(reached) > 400
    assert {
        "JOIN_TITLE",
        "STAYS_HERE.paragraphs[0]",
        "WHAT_HAPPENS[0]",
        "STEPS[0].script[0]",
        "READINGS[closing][1][0]",
        "SUPPORT_LINES[4].emergency",
        "PROMPTS[feelings].options[11]",
    } <= reached


@pytest.mark.parametrize(
    ("key", "place", "part"),
    [
        (key, place, str(part))
        for key, (_, parts) in texts.READINGS.items()
        for place, part in enumerate(parts, start=1)
    ],
)
def test_a_part_of_a_reading_fits_one_breath_and_one_phone(key: str, place: int, part: str) -> None:
    assert 25 <= len(part.split()) <= 60


def test_the_confidentiality_reading_has_three_parts() -> None:
    assert len(texts.READINGS[texts.CONFIDENTIALITY][1]) == 3


def test_the_agenda_lasts_thirty_minutes_and_runs_from_welcome_to_closing() -> None:
    assert sum(step.minutes for step in texts.STEPS) == 30
    assert [step.kind for step in texts.STEPS] == [
        StepKind.WELCOME,
        StepKind.READING,
        StepKind.AGREEMENT,
        StepKind.CHECKIN,
        StepKind.ROUND,
        StepKind.SHARING,
        StepKind.CLOSING,
    ]


def test_every_step_gives_phones_a_line_and_the_facilitator_a_script() -> None:
    for step in texts.STEPS:
        assert str(step.text) and len(step.script) >= 3, step.kind


def test_the_prompts_offer_four_arrivals_five_levels_and_twelve_words() -> None:
    shape = {prompt.kind: len(prompt.options) for prompt in texts.PROMPTS.values()}
    assert shape == {PromptKind.CHOICE: 4, PromptKind.SCALE: 5, PromptKind.WORDS: 12}


@pytest.mark.parametrize(
    "needed",
    [
        "stays here",
        "not in the room",
        "own lives",
        "pass at any time",
        "One voice",
        "thumbs-up",
        "methods and amounts",
        "many ways to recover",
        "Medicine",
        "feelings are welcome",
        "phones are for the meeting",
        "before we give advice",
        "both recoveries",
    ],
)
def test_the_statements_to_tap_cover_what_groups_ask_for(needed: str) -> None:
    assert any(needed in str(text) for text in texts.STATEMENTS)


def test_the_first_support_line_is_a_warm_line_for_the_group_to_fill_in() -> None:
    first = texts.SUPPORT_LINES[0]
    assert "warm line" in str(first.name) and "to be filled in" in str(first.name)
    assert not re.search(r"\d", str(first.contact)), "a made-up number would be dialled"


@pytest.mark.parametrize("line", texts.SUPPORT_LINES, ids=lambda line: str(line.name))
def test_a_support_line_says_who_answers_when_and_whom_they_may_send(
    line: texts.StarterLine,
) -> None:
    assert all(str(label) for label in (line.contact, line.who, line.hours, line.emergency))


def test_the_support_lines_carry_their_public_numbers() -> None:
    contacts = [str(line.contact) for line in texts.SUPPORT_LINES[1:]]
    assert contacts == [
        "Call or text 988",
        "Text HOME to 741741",
        "Call 1-800-662-4357",
        "Call 911",
    ]


def test_the_second_card_carries_the_facilitators_own_limits() -> None:
    _, limits, _ = words.door_cards("I must report harm.\n\nAsk me first.\n", plain_http=False)
    assert limits.paragraphs == (words.LIMITS_INTRO, "I must report harm.", "Ask me first.")


def test_the_third_card_speaks_of_the_wifi_only_where_it_can_be_read_along() -> None:
    assert words.PLAIN_WIFI in words.door_cards("", plain_http=True)[2].paragraphs
    assert words.PLAIN_WIFI not in words.door_cards("", plain_http=False)[2].paragraphs


@pytest.mark.django_db
def test_the_first_group_has_everything_a_meeting_needs() -> None:
    group = make_first_group()
    assert (group.name, group.shown_name, group.floor) == ("Wednesday Dual Recovery", "Meeting", 5)
    assert group.language == settings.LANGUAGE_CODE
    assert ZoneInfo(group.time_zone).key == get_localzone_name()
    assert group.limits_text.count("\n") == len(texts.LIMITS_TEXT) - 1
    assert [line.order for line in group.support_lines.all()] == [1, 2, 3, 4, 5]
    assert group.readings.count() == 4
    assert group.prompts.count() == 3
    steps = list(group.agendas.get().steps.all())
    assert sum(step.minutes for step in steps) == 30
    by_kind = {step.kind: step for step in steps}
    assert by_kind[StepKind.READING].reading.title == "Confidentiality"
    assert by_kind[StepKind.CHECKIN].prompt.question == "How are you arriving today?"


@pytest.mark.django_db
def test_every_starter_row_fits_its_columns() -> None:
    group = make_first_group()
    rows = [group, group.agreement, *group.facilitators.all(), *group.support_lines.all()]
    rows += [*group.readings.all(), *group.prompts.all(), *group.agendas.all()]
    rows += group.agendas.get().steps.all()
    for row in rows:
        row.full_clean()


@pytest.mark.django_db
def test_the_agreement_starts_unadopted_with_every_statement_to_tap() -> None:
    agreement = make_first_group().agreement
    assert agreement.current() is None
    assert agreement.board().suggestions == ()
    assert len(agreement.starters) >= 12


@pytest.mark.django_db
def test_a_second_call_changes_nothing_and_gives_back_the_same_group() -> None:
    first = make_first_group("Ash")
    assert make_first_group("Birch") == first
    assert Group.objects.count() == 1
    assert [it.name for it in Facilitator.objects.all()] == ["Ash"]
    assert first.agendas.count() == 1


@pytest.mark.django_db
def test_the_first_account_is_a_pseudonym_that_no_password_opens() -> None:
    facilitator = make_first_group().facilitators.get()
    assert facilitator.name == "Facilitator"
    assert not facilitator.has_usable_password()


@pytest.mark.django_db
def test_an_account_that_is_already_there_is_given_the_group() -> None:
    ash = Facilitator.objects.create_pseudonymous("Ash")
    assert make_first_group("Ash").facilitators.get() == ash


@pytest.mark.django_db
def test_a_first_group_that_cannot_be_finished_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    no_minutes = replace(texts.STEPS[-1], minutes=None)  # type: ignore[arg-type]
    monkeypatch.setattr(texts, "STEPS", (*texts.STEPS[:-1], no_minutes))
    with pytest.raises(IntegrityError):
        make_first_group()
    assert not Group.objects.exists()
    assert not Facilitator.objects.exists()


@pytest.mark.django_db
def test_the_first_group_speaks_the_servers_language_whoever_asks() -> None:
    with translation.override("de"):
        group = make_first_group()
        assert translation.get_language() == "de"
    assert group.language == settings.LANGUAGE_CODE
