"""What a group can start from: readings, prompts, agendas, support lines, statements."""

from __future__ import annotations

import re

import pytest

from agreements.texts import tidy
from meetings import words
from meetings.engine import agendas, bands
from meetings.engine.state import PromptKind, StepKind
from meetings.starters import library, plan
from meetings.starters.shelf import LANGUAGES
from meetings.templatetags.contacts import ways
from tests.meetings.plain_words import ALOUD, words_in

languages = pytest.mark.parametrize("language", LANGUAGES)
templates = pytest.mark.parametrize("template", plan.TEMPLATES)


# --- the library, in every language -------------------------------------------------------------


@languages
def test_every_language_has_the_same_things_under_the_same_keys(language: str) -> None:
    ours, english = LANGUAGES[language], LANGUAGES["en"]
    assert ours.READINGS.keys() == english.READINGS.keys()
    assert ours.PROMPTS.keys() == plan.PROMPTS.keys()
    assert ours.STEPS.keys() == plan.STEPS.keys()
    assert ours.TEMPLATES.keys() == plan.TEMPLATES.keys()
    assert ours.SUPPORT_LINES.keys() == english.SUPPORT_LINES.keys()
    assert ours.STATEMENTS.keys() == english.STATEMENTS.keys()


@languages
def test_every_language_has_as_many_parts_answers_and_lines(language: str) -> None:
    ours, english = LANGUAGES[language], LANGUAGES["en"]
    for key, reading in english.READINGS.items():
        assert len(ours.READINGS[key].parts) == len(reading.parts), key
    for key, prompt in english.PROMPTS.items():
        assert len(ours.PROMPTS[key].options) == len(prompt.options), key
    for key, step in english.STEPS.items():
        assert len(ours.STEPS[key].script) == len(step.script), key
    for field in ("limits", "crosstalk", "camera"):
        assert len(getattr(ours.LINES, field)) == len(getattr(english.LINES, field)), field


@languages
def test_nothing_in_another_language_was_left_in_english(language: str) -> None:
    if language == "en":
        return
    ours, english = LANGUAGES[language], LANGUAGES["en"]
    same = {
        key
        for kind in ("READINGS", "PROMPTS", "STEPS", "TEMPLATES", "STATEMENTS")
        for key, it in getattr(ours, kind).items()
        if it == getattr(english, kind)[key]
    }
    assert same == set()


def test_a_regional_language_gets_its_own_and_an_unknown_one_english() -> None:
    assert library("en-GB").language == "en"
    assert library("es-MX").language == library("es_419").language == "es"
    assert library("fi").language == "en"


@languages
def test_a_reading_has_two_to_six_parts_that_one_person_can_take(language: str) -> None:
    for key, reading in library(language).readings.items():
        assert 2 <= len(reading.parts) <= 6, key
        lengths = [len(words_in(part)) for part in reading.parts]
        assert all(30 <= length <= 90 for length in lengths), (key, lengths)


@languages
def test_no_two_readings_or_prompts_are_called_the_same(language: str) -> None:
    ours = library(language)
    titles = [reading.title for reading in ours.readings.values()]
    questions = [prompt.question for prompt in ours.prompts.values()]
    assert len(set(titles)) == len(titles) and len(set(questions)) == len(questions)


@languages
def test_the_prompts_are_at_least_two_dozen_of_every_kind(language: str) -> None:
    prompts = library(language).prompts.values()
    assert len(prompts) >= 24
    assert {prompt.kind for prompt in prompts} == {"choice", "scale", "yes-no", "words", "text"}
    assert {prompt.screened for prompt in prompts if prompt.kind == "text"} == {True, False}
    assert not any(prompt.screened for prompt in prompts if prompt.kind != "text")


@languages
def test_every_prompt_can_be_shown_once_it_is_closed(language: str) -> None:
    for key, prompt in library(language).prompts.items():
        if prompt.kind in ("yes-no", "text"):
            assert prompt.options == (), key
        else:
            listed = prompt.kind == PromptKind.WORDS
            assert bands.can_be_drawn(len(prompt.options), words=listed), key
            assert len(set(prompt.options)) == len(prompt.options), key


@languages
@templates
def test_a_template_lasts_as_long_as_it_says(language: str, template: str) -> None:
    lengths = library(language).templates[template].lengths
    assert set(lengths) == {30, 60, 90}
    assert {total: sum(step.minutes for step in steps) for total, steps in lengths.items()} == {
        total: total for total in lengths
    }


@templates
def test_an_agenda_from_a_template_keeps_to_the_rules_for_agendas(template: str) -> None:
    for steps in library("en").templates[template].lengths.values():
        planned = [
            agendas.Planned(StepKind(step.kind), step.minutes, step.prompt) for step in steps
        ]
        assert agendas.wrong_with(planned) == []
        assert not any(step.reading for step in steps if step.kind in agendas.WITHOUT_READING)


@templates
def test_every_agenda_welcomes_names_the_limits_sets_the_agreement_and_closes(
    template: str,
) -> None:
    for minutes, steps in library("en").templates[template].lengths.items():
        kinds = [StepKind(step.kind) for step in steps]
        assert StepKind.WELCOME in kinds[:2] and kinds[-1] is StepKind.CLOSING, minutes
        assert StepKind.AGREEMENT in kinds, minutes
        assert "confidentiality" in [step.reading for step in steps], minutes
        assert (StepKind.BREAK in kinds) is (minutes == 90)


@languages
@templates
def test_a_reading_fits_the_minutes_of_its_step(language: str, template: str) -> None:
    ours = library(language)
    for steps in ours.templates[template].lengths.values():
        for step in steps:
            if step.reading:
                text = " ".join(ours.readings[step.reading].parts)
                assert len(words_in(text)) / ALOUD[language] <= step.minutes, step.reading


@languages
def test_every_step_gives_phones_a_line_and_the_facilitator_a_script(language: str) -> None:
    for key, step in LANGUAGES[language].STEPS.items():
        assert step.text and len(step.script) >= 3, key
        assert all(line.count("[") == line.count("]") for line in step.script), key


def test_the_steps_of_the_templates_are_all_in_use() -> None:
    used = {
        key for lengths in plan.TEMPLATES.values() for steps in lengths.values() for key, _ in steps
    }
    assert used == plan.STEPS.keys()


def test_the_templates_use_every_kind_of_step() -> None:
    assert {step.kind for step in plan.STEPS.values()} == set(StepKind)


@pytest.mark.parametrize(("language", "words"), [("en", "you are not alone"), ("es", "a solas")])
def test_after_a_check_in_on_feelings_the_facilitator_speaks_to_everyone(
    language: str, words: str
) -> None:
    steps = LANGUAGES[language].STEPS
    for key, step in plan.STEPS.items():
        if step.prompt and plan.PROMPTS[step.prompt].feelings:
            assert any(words in line for line in steps[key].script), key


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("en", "Is anyone not okay with this?"),
        ("es", "¿Hay alguien que no esté de acuerdo con esto?"),
    ],
)
def test_before_adopting_the_facilitator_asks_aloud(language: str, asked: str) -> None:
    script = LANGUAGES[language].STEPS["agreement"].script
    assert any(asked in line for line in script)


@languages
def test_each_statement_could_be_suggested_as_it_stands(language: str) -> None:
    statements = library(language).statements
    assert len(statements) >= 20
    assert [tidy(text) for text in statements] == list(statements)
    assert len(set(statements)) == len(statements)


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
        "welcome back",
        "plain words",
    ],
)
def test_the_statements_to_tap_cover_what_groups_ask_for(needed: str) -> None:
    assert any(needed in text for text in library("en").statements)


# --- support lines --------------------------------------------------------------------------------


@languages
def test_the_first_support_line_is_a_warm_line_for_the_group_to_fill_in(language: str) -> None:
    first = library(language).support_lines[0]
    assert ways(first.contact) == [], "a made-up number would be dialled"
    assert first.who and first.emergency


@languages
def test_a_support_line_says_who_answers_when_and_whom_they_may_send(language: str) -> None:
    for line in library(language).support_lines:
        assert all((line.name, line.contact, line.who, line.hours, line.emergency)), line.name


@languages
def test_each_support_line_can_be_reached_with_one_tap(language: str) -> None:
    reached = {
        key: [re.sub(r"\?.*", "", way.href) for way in ways(line.contact)]
        for key, line in LANGUAGES[language].SUPPORT_LINES.items()
    }
    assert reached == {
        "warm-line": [],
        "nami": ["tel:18009506264", "sms:62640"],
        "trans-lifeline": ["tel:18775658860"],
        "safespot": ["tel:18009720590"],
        "988": ["tel:988", "sms:988"],
        "veterans": ["tel:988", "sms:838255"],
        "crisis-text-line": ["sms:741741"],
        "trevor": ["tel:18664887386", "sms:678678"],
        "samhsa": ["tel:18006624357"],
        "911": ["tel:911"],
    }


@languages
def test_a_short_first_list_fits_the_weight_of_a_page(language: str) -> None:
    first = library(language).first_support_lines
    words = "".join(text for line in first for text in vars(line).values())
    assert len(words.encode()) <= 2000


def test_a_veteran_is_told_which_key_to_press() -> None:
    veterans = LANGUAGES["en"].SUPPORT_LINES["veterans"]
    assert ways(veterans.contact)[0].text == "Call 988, then press 1"


def test_the_second_card_carries_the_facilitators_own_limits() -> None:
    _, limits, _ = words.door_cards("I must report harm.\n\nAsk me first.\n", plain_http=False)
    assert limits.paragraphs == (words.LIMITS_INTRO, "I must report harm.", "Ask me first.")


def test_the_third_card_speaks_of_the_wifi_only_where_it_can_be_read_along() -> None:
    assert words.PLAIN_WIFI in words.door_cards("", plain_http=True)[2].paragraphs
    assert words.PLAIN_WIFI not in words.door_cards("", plain_http=False)[2].paragraphs
