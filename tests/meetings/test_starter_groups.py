"""A group's own rows: what it starts with, its agendas from the templates, and the first start."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.utils import translation
from tzlocal import get_localzone_name

from meetings import preparation
from meetings.engine.state import StepKind
from meetings.models import Facilitator, Group
from meetings.starters import library, make_agenda, make_first_group, make_group, plan
from meetings.starters.shelf import LANGUAGES

languages = pytest.mark.parametrize("language", LANGUAGES)
templates = pytest.mark.parametrize("template", plan.TEMPLATES)


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


def test_a_group_starts_with_the_lines_for_anyone_and_may_add_the_others(
    ash: Facilitator,
) -> None:
    group = make_group(ash, "en", "UTC")
    first = [line.name for line in group.support_lines.all()]
    every = [line.name for line in library("en").support_lines]
    assert len(first) < len(every) and first == [name for name in every if name in first]
    assert "warm line" in first[0] and first[-1] == "Emergency number"


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
    assert [line.order for line in group.support_lines.all()] == list(range(1, 7))
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
