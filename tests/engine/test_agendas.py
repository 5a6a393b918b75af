"""What an agenda may hold, and when its steps come."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from meetings.engine.agendas import (
    LONGEST_AGENDA,
    LONGEST_STEP,
    MOST_STEPS,
    SHORTEST_STEP,
    USUAL_MINUTES,
    Planned,
    Wrong,
    starts,
    wrong_with,
)
from meetings.engine.state import StepKind

ROUND = Planned(StepKind.ROUND, 10)
ASKED = Planned(StepKind.CHECKIN, 4, prompt="7")


def test_an_ordinary_agenda_is_fine() -> None:
    assert wrong_with([Planned(StepKind.WELCOME, 2), ASKED, ROUND]) == []


def test_an_agenda_without_steps_is_not_one() -> None:
    assert wrong_with([]) == [(None, Wrong.NO_STEPS)]


def test_one_step_too_many_is_told_and_the_last_that_fits_is_not() -> None:
    one = Planned(StepKind.SILENCE, 1)
    assert wrong_with([one] * MOST_STEPS) == []
    assert wrong_with([one] * (MOST_STEPS + 1)) == [(None, Wrong.TOO_MANY_STEPS)]


def test_steps_that_could_not_be_read_are_counted_too() -> None:
    assert wrong_with([None] * (MOST_STEPS + 1)) == [(None, Wrong.TOO_MANY_STEPS)]
    assert wrong_with([None]) == []


def test_no_agenda_is_longer_than_a_meeting_can_last() -> None:
    whole = [Planned(StepKind.SHARING, LONGEST_STEP)] * (LONGEST_AGENDA // LONGEST_STEP)
    assert wrong_with(whole) == []
    assert wrong_with([*whole, Planned(StepKind.CLOSING, 1)]) == [(None, Wrong.TOO_LONG)]


def test_a_checkin_without_a_question_is_told_at_its_place() -> None:
    assert wrong_with([ROUND, Planned(StepKind.CHECKIN, 4)]) == [(1, Wrong.NO_QUESTION)]


def test_a_question_is_asked_once_in_a_meeting() -> None:
    assert wrong_with([ASKED, ROUND, ASKED]) == [(2, Wrong.ASKED_TWICE)]
    assert wrong_with([ASKED, Planned(StepKind.CHECKIN, 4, prompt="8")]) == []


def test_two_checkins_without_a_question_do_not_ask_the_same_one() -> None:
    empty = Planned(StepKind.CHECKIN, 4)
    assert wrong_with([empty, empty]) == [(0, Wrong.NO_QUESTION), (1, Wrong.NO_QUESTION)]


def test_every_kind_of_step_has_a_usual_length() -> None:
    assert set(USUAL_MINUTES) == set(StepKind)
    assert all(SHORTEST_STEP <= minutes <= LONGEST_STEP for minutes in USUAL_MINUTES.values())


@given(st.lists(st.integers(0, LONGEST_STEP)))
def test_each_step_begins_when_the_one_before_is_over(minutes: list[int]) -> None:
    begins = starts(minutes)
    assert begins[0] == 0 and begins[-1] == sum(minutes)
    assert [end - begin for begin, end in pairwise(begins)] == minutes
