"""What is kept of an agreement: words and dates, whole, in order, and nobody's name."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import translation

from agreements import rules
from agreements.models import Agreement, Idea, Version, VersionTaken
from agreements.shapes import Board, Response

MONDAY = datetime.date(2026, 1, 5)
NEXT_MONDAY = datetime.date(2026, 1, 12)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return Agreement.objects.create()


def adopted(board, id, text):
    board = rules.suggest(board, id, text)
    board = rules.respond(board, id, "seat-ada", Response.LIVE)
    return rules.adopt(rules.ask_aloud(board, id), id)


def test_a_new_agreement_has_a_name_and_no_version(agreement):
    assert agreement.title == "Comfort Agreement"
    assert agreement.current() is None
    assert agreement.board() == Board()


def test_the_name_waits_for_the_language_in_use():
    with translation.override("en"):
        assert Agreement().title == "Comfort Agreement"
    assert Agreement(title="How we are together").title == "How we are together"


def test_starters_wait_until_someone_taps_one():
    agreement = Agreement.objects.create(starters=["We rest.", "Anyone may pass."])
    assert agreement.board() == Board()


def test_adopting_writes_the_whole_text_with_number_and_date(agreement):
    first = adopted(agreement.board(), "a", "We rest.")
    agreement.adopt(first, MONDAY)
    second = adopted(agreement.board(), "b", "We listen.")
    version = agreement.adopt(second, NEXT_MONDAY)
    version.refresh_from_db()
    assert (version.number, version.date) == (2, NEXT_MONDAY)
    assert version.statements == [
        {"id": "a", "text": "We rest."},
        {"id": "b", "text": "We listen."},
    ]
    assert agreement.current() == version
    assert agreement.versions.get(number=1).statements == [{"id": "a", "text": "We rest."}]


def test_a_meeting_begins_where_the_last_one_ended(agreement):
    board = adopted(agreement.board(), "a", "We rest. “Ça va ?” 👩\u200d👧")
    agreement.adopt(board, MONDAY)
    assert Agreement.objects.get().board() == board


def test_a_number_that_is_written_stays_as_it_is(agreement):
    agreement.adopt(adopted(Board(), "a", "We rest."), MONDAY)
    with pytest.raises(VersionTaken) as taken:
        agreement.adopt(adopted(Board(), "b", "We listen."), NEXT_MONDAY)
    # The transaction around the test is still usable, and the database says what it said.
    version = Version.objects.get()
    assert (version.number, version.date) == (1, MONDAY)
    assert version.statements == [{"id": "a", "text": "We rest."}]
    assert str(taken.value) == ""


def test_two_groups_count_their_versions_apart(agreement):
    other = Agreement.objects.create()
    agreement.adopt(adopted(Board(), "a", "We rest."), MONDAY)
    assert other.adopt(adopted(Board(), "b", "We listen."), MONDAY).number == 1
    assert other.current().statements == [{"id": "b", "text": "We listen."}]


def test_a_version_that_lost_its_race_is_withdrawn_and_the_one_before_stands(agreement):
    board = adopted(agreement.board(), "a", "We rest.")
    first = agreement.adopt(board, MONDAY)
    lost = agreement.adopt(adopted(board, "b", "We listen."), MONDAY)
    lost.withdraw()
    assert agreement.current() == first
    assert agreement.adopt(adopted(board, "c", "No advice."), MONDAY).number == 2


def test_parked_words_are_there_next_time(agreement):
    agreement.keep_parked(rules.park(rules.suggest(Board(), "a", "We rest."), "a"))
    assert Agreement.objects.get().board() == Board(parked=("We rest.",))


def test_keeping_what_is_parked_touches_nothing_else(agreement):
    stale = Agreement.objects.get()
    agreement.title = "How we are together"
    agreement.save()
    stale.keep_parked(Board(parked=("We rest.",)))
    assert Agreement.objects.get().title == "How we are together"


@pytest.mark.parametrize(
    "starters", [[""], ["x" * 241], ["We rest.", "\u202e"], "We rest.", [1], {"We rest.": 1}]
)
def test_starters_that_could_not_be_suggested_are_not_taken(starters):
    with pytest.raises(ValidationError):
        Agreement(starters=starters).full_clean()


def test_starters_that_are_too_long_are_answered_with_what_to_do():
    with pytest.raises(ValidationError) as refused:
        Agreement(starters=["x" * 241]).full_clean()
    assert refused.value.messages == ["Keep each statement to 240 characters or fewer."]


def test_an_empty_list_of_starters_is_fine():
    Agreement(starters=["We rest."]).full_clean()
    Agreement().full_clean()


def test_nothing_that_is_kept_could_name_a_person_or_a_time_of_day():
    # A new column is a decision: what belongs to a person is not kept.
    columns = {
        model._meta.model_name: {field.name for field in model._meta.concrete_fields}
        for model in (Agreement, Idea, Version)
    }
    assert columns == {
        "agreement": {
            *("id", "title", "language", "starters", "parked"),
            *("link_token", "takes_ideas"),
        },
        "idea": {"id", "agreement", "text"},
        "version": {"id", "agreement", "number", "date", "statements"},
    }


def test_no_seat_reaches_the_database(agreement):
    board = adopted(agreement.board(), "a", "We rest.")
    board = rules.respond(
        rules.suggest(board, "b", "We listen."), "b", "seat-ben", Response.NOT_NOW
    )
    board = rules.park(board, "b")
    agreement.adopt(board, MONDAY)
    agreement.keep_parked(board)
    with connection.cursor() as cursor:
        rows = []
        for model in (Agreement, Version):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            rows += cursor.fetchall()
    kept = repr(rows)
    assert "We rest." in kept and "We listen." in kept
    assert "seat-" not in kept and "not-now" not in kept
