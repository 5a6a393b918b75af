"""What a group starts from: readings, prompts, agendas, support lines, statements, and its rows."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.utils import translation
from tzlocal import get_localzone_name

from agreements import rules
from meetings import preparation, words
from meetings.engine import bands
from meetings.engine.state import PromptKind, StepKind
from meetings.models import Facilitator, Group
from meetings.starters import library, make_agenda, make_first_group, make_group, plan
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


def test_after_a_check_in_on_feelings_the_facilitator_speaks_to_everyone() -> None:
    steps = LANGUAGES["en"].STEPS
    for key, step in plan.STEPS.items():
        if step.prompt and plan.PROMPTS[step.prompt].feelings:
            assert any("you are not alone" in line for line in steps[key].script), key


def test_before_adopting_the_facilitator_asks_aloud() -> None:
    script = LANGUAGES["en"].STEPS["agreement"].script
    assert any("Is anyone not okay with this?" in line for line in script)


@languages
def test_each_statement_could_be_suggested_as_it_stands(language: str) -> None:
    statements = library(language).statements
    assert len(statements) >= 20
    assert [rules.tidy(text) for text in statements] == list(statements)
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


def test_a_veteran_is_told_which_key_to_press() -> None:
    veterans = LANGUAGES["en"].SUPPORT_LINES["veterans"]
    assert ways(veterans.contact)[0].text == "Call 988, then press 1"


def test_the_second_card_carries_the_facilitators_own_limits() -> None:
    _, limits, _ = words.door_cards("I must report harm.\n\nAsk me first.\n", plain_http=False)
    assert limits.paragraphs == (words.LIMITS_INTRO, "I must report harm.", "Ask me first.")


def test_the_third_card_speaks_of_the_wifi_only_where_it_can_be_read_along() -> None:
    assert words.PLAIN_WIFI in words.door_cards("", plain_http=True)[2].paragraphs
    assert words.PLAIN_WIFI not in words.door_cards("", plain_http=False)[2].paragraphs


# --- a group's own rows ---------------------------------------------------------------------------


@pytest.fixture
def ash(db: None) -> Facilitator:
    return Facilitator.objects.create_pseudonymous("Ash")


@languages
def test_every_starter_row_fits_its_columns(ash: Facilitator, language: str) -> None:
    group = make_group(ash, language, "America/Chicago")
    rows = [group, group.agreement, *group.support_lines.all()]
    rows += [*group.readings.all(), *group.prompts.all()]
    for template, lengths in plan.TEMPLATES.items():
        for minutes in lengths:
            agenda = make_agenda(group, template, minutes)
            rows += [agenda, *agenda.steps.all()]
    for row in rows:
        row.full_clean()


@languages
@templates
def test_doors_open_on_every_template(ash: Facilitator, language: str, template: str) -> None:
    group = make_group(ash, language, "America/Chicago")
    for minutes in plan.TEMPLATES[template]:
        agenda = make_agenda(group, template, minutes)
        meeting = preparation.new_meeting(group, agenda, 0.0)
        assert agenda.minutes == minutes == sum(step.minutes for step in meeting.steps)
        for step in meeting.steps:
            assert (step.prompt is not None) is (step.kind is StepKind.CHECKIN)


def test_a_group_is_called_what_its_facilitator_calls_it(ash: Facilitator) -> None:
    group = make_group(ash, "en", "Europe/Madrid", name="Thursday Circle")
    assert (group.name, group.time_zone) == ("Thursday Circle", "Europe/Madrid")
    assert list(group.facilitators.all()) == [ash]


def test_a_group_that_may_meet_in_a_room_has_no_line_about_cameras(ash: Facilitator) -> None:
    group = make_group(ash, "en", "UTC")
    assert group.camera_line == "" and group.crosstalk_line and not group.free_text


def test_a_second_agenda_uses_the_readings_and_prompts_that_are_there(ash: Facilitator) -> None:
    group = make_group(ash, "en", "UTC")
    before = (group.readings.count(), group.prompts.count())
    make_agenda(group, "dual-recovery", 60)
    make_agenda(group, "dual-recovery", 60)
    assert (group.readings.count(), group.prompts.count()) == before
    assert group.agendas.count() == 2


def test_a_reading_the_group_reworded_is_read_in_its_own_words(ash: Facilitator) -> None:
    group = make_group(ash, "en", "UTC")
    reworded = group.readings.get(title="Closing")
    reworded.parts = ["Go well."]
    reworded.save()
    agenda = make_agenda(group, "checkin-circle", 30)
    assert agenda.steps.get(kind="closing").reading == reworded
    assert group.readings.filter(title="Closing").count() == 1


def test_what_a_group_threw_away_comes_back_with_an_agenda_that_needs_it(
    ash: Facilitator,
) -> None:
    group = make_group(ash, "en", "UTC")
    group.readings.all().delete()
    group.prompts.all().delete()
    agenda = make_agenda(group, "dual-recovery", 30)
    assert group.readings.count() == 3
    assert group.prompts.get() == agenda.steps.get(kind="checkin").prompt


def test_each_group_has_rows_of_its_own(ash: Facilitator) -> None:
    one, two = (make_group(ash, "en", "UTC") for _ in range(2))
    make_agenda(one, "open-discussion", 30)
    one.readings.update(parts=["Ours."])
    assert not two.readings.filter(parts=["Ours."]).exists()
    assert two.agendas.count() == 0


def test_a_template_that_is_not_there_makes_nothing(ash: Facilitator) -> None:
    group = make_group(ash, "en", "UTC")
    for template, minutes in (("silent-retreat", 30), ("dual-recovery", 45)):
        with pytest.raises(KeyError):
            make_agenda(group, template, minutes)
    assert group.agendas.count() == 0


# --- the first start ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_first_group_has_everything_a_meeting_needs() -> None:
    group = make_first_group()
    assert (group.name, group.floor) == ("Wednesday Dual Recovery", 5)
    assert group.language == settings.LANGUAGE_CODE
    assert ZoneInfo(group.time_zone).key == get_localzone_name()
    assert group.limits_text.count("\n") == 3
    assert [line.order for line in group.support_lines.all()] == list(range(1, 11))
    agenda = group.agendas.get()
    assert agenda.name == "Dual recovery, 30 minutes"
    by_kind = {step.kind: step for step in agenda.steps.all()}
    assert list(by_kind) == [
        StepKind.WELCOME,
        StepKind.READING,
        StepKind.AGREEMENT,
        StepKind.CHECKIN,
        StepKind.ROUND,
        StepKind.SHARING,
        StepKind.CLOSING,
    ]
    assert by_kind[StepKind.READING].reading.title == "Confidentiality"
    assert by_kind[StepKind.CHECKIN].prompt.question == "How are you arriving today?"


@pytest.mark.django_db
def test_the_agreement_starts_unadopted_with_every_statement_to_tap() -> None:
    agreement = make_first_group().agreement
    assert agreement.current() is None
    assert agreement.board().suggestions == ()
    assert agreement.starters == list(library("en").statements)


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
    assert facilitator.name == "Facilitator" and facilitator.is_host
    assert not facilitator.has_usable_password()


@pytest.mark.django_db
def test_an_account_that_is_already_there_is_given_the_group() -> None:
    ash = Facilitator.objects.create_pseudonymous("Ash")
    assert make_first_group("Ash").facilitators.get() == ash


@pytest.mark.django_db
def test_a_first_group_that_cannot_be_finished_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(plan.TEMPLATES["dual-recovery"], 30, (("welcome", None),))  # type: ignore[dict-item]
    with pytest.raises(IntegrityError):
        make_first_group()
    assert not Group.objects.exists()
    assert not Facilitator.objects.exists()


@pytest.mark.django_db
def test_the_first_group_speaks_the_servers_language_whoever_asks() -> None:
    with translation.override("es"):
        group = make_first_group()
        assert translation.get_language() == "es"
    assert group.language == settings.LANGUAGE_CODE
    assert group.agreement.title == "Comfort Agreement"
