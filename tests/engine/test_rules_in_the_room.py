"""Hands, readings, steps, time, support lines and the agreement, in a running meeting."""

from __future__ import annotations

import msgspec
import pytest

from agreements.shapes import Code, Response
from meetings.engine import commands as c
from meetings.engine import rules
from meetings.engine.refusals import Refusal
from meetings.engine.state import Phase
from meetings.engine.views import for_facilitator
from meetings.engine.views.shapes import Raised, Room
from tests.engine.refusing import assert_refused
from tests.engine.table import LEADER, NOW, asked, do, lobby, running, seat

# Hands


def test_hands_keep_the_order_in_which_they_went_up() -> None:
    state = running()
    for one in ("s3", "s1", "s2"):
        state = do(state, seat(one), c.RaiseHand())
    assert state.hands == ("s3", "s1", "s2")


def test_raising_a_raised_hand_keeps_its_place() -> None:
    state = do(do(running(), seat("s3"), c.RaiseHand()), seat("s1"), c.RaiseHand())
    assert do(state, seat("s3"), c.RaiseHand()) is state


def test_a_hand_comes_down_again_and_only_its_own() -> None:
    state = do(do(running(), seat("s3"), c.RaiseHand()), seat("s1"), c.RaiseHand())
    lowered = do(state, seat("s3"), c.LowerHand())
    assert lowered.hands == ("s1",)
    assert do(lowered, seat("s3"), c.LowerHand()) is lowered


def test_those_not_yet_heard_come_before_those_who_have_spoken() -> None:
    state = do(running("sharing"), seat("s1"), c.RaiseHand())
    state = do(state, LEADER, c.Thank("s1"))
    assert state.hands == () and state.heard == {"s1"}
    for one in ("s1", "s2", "s3"):
        state = do(state, seat(one), c.RaiseHand())
    assert raised(state) == [("s2", True), ("s3", True), ("s1", False)]


def raised(state: rules.Meeting) -> list[tuple[str, bool]]:
    room = next(view for view in for_facilitator(state, LEADER.seat, NOW) if type(view) is Room)
    assert all(isinstance(hand, Raised) for hand in room.hands)
    return [(hand.seat, hand.not_yet_heard) for hand in room.hands]


def test_thanking_someone_whose_hand_is_down_changes_nothing() -> None:
    state = running()
    assert do(state, LEADER, c.Thank("s1")) is state


# Readings


def test_a_part_that_is_taken_is_read_by_one_person() -> None:
    state = do(running("reading"), seat("s1"), c.TakePart("reading", 1))
    assert state.readers == {"1": "s1"}
    assert do(state, seat("s1"), c.TakePart("reading", 1)) is state
    assert_refused(Refusal.PART_IS_TAKEN, state, seat("s2"), c.TakePart("reading", 1))


def test_a_part_may_be_given_back_by_its_reader_alone() -> None:
    state = do(running("reading"), seat("s1"), c.TakePart("reading", 1))
    assert do(state, seat("s2"), c.GiveBackPart("reading", 1)) is state
    assert do(state, seat("s1"), c.GiveBackPart("reading", 1)).readers == {}


@pytest.mark.parametrize("part", [-1, 3, 10**6])
@pytest.mark.parametrize("command", [c.TakePart, c.GiveBackPart, c.TurnToPart])
def test_a_part_that_is_not_there_is_refused(command: type[c.TakePart], part: int) -> None:
    assert_refused(Refusal.NO_SUCH_PART, running("reading"), seat("s1"), command("reading", part))


@pytest.mark.parametrize("command", [c.TakePart, c.GiveBackPart, c.TurnToPart])
def test_a_late_tap_does_not_touch_another_steps_reading(command: type[c.TakePart]) -> None:
    state = running("sharing")
    assert_refused(Refusal.STEP_HAS_PASSED, state, seat("s1"), command("reading", 0))


def test_a_part_that_was_read_already_is_not_taken() -> None:
    state = do(running("reading"), LEADER, c.TurnToPart("reading", 2))
    assert_refused(Refusal.STEP_HAS_PASSED, state, seat("s1"), c.TakePart("reading", 1))


def test_the_reader_turns_the_page_for_everyone_once_and_forwards() -> None:
    state = do(running("reading"), seat("s1"), c.TakePart("reading", 0))
    state = do(state, seat("s1"), c.TurnToPart("reading", 1))
    assert state.part == 1
    # The second tap of a double tap finds the page turned already.
    assert do(state, seat("s1"), c.TurnToPart("reading", 1)) is state
    assert_refused(Refusal.NOT_THE_READER, state, seat("s1"), c.TurnToPart("reading", 2))
    assert_refused(Refusal.NOT_THE_READER, state, seat("s1"), c.TurnToPart("reading", 0))


def test_the_reader_does_not_skip_a_page() -> None:
    state = do(running("reading"), seat("s1"), c.TakePart("reading", 0))
    assert_refused(Refusal.NOT_THE_READER, state, seat("s1"), c.TurnToPart("reading", 2))


def test_someone_who_does_not_read_does_not_turn_the_page() -> None:
    state = do(running("reading"), seat("s1"), c.TakePart("reading", 0))
    assert_refused(Refusal.NOT_THE_READER, state, seat("s2"), c.TurnToPart("reading", 1))


def test_the_facilitator_turns_to_any_part() -> None:
    state = running("reading")
    for part in (2, 0, 1):
        state = do(state, LEADER, c.TurnToPart("reading", part))
        assert state.part == part


def test_another_step_begins_with_no_readers_and_at_the_first_part() -> None:
    state = do(running("reading"), seat("s1"), c.TakePart("reading", 2))
    state = do(state, LEADER, c.TurnToPart("reading", 1))
    state = do(do(state, LEADER, c.GoTo("sharing")), LEADER, c.GoTo("reading"))
    assert state.readers == {} and state.part == 0


# Steps and time


def test_a_meeting_starts_at_its_first_step_now() -> None:
    state = do(lobby(), LEADER, c.Start(), NOW + 60)
    assert (state.phase, state.step) == (Phase.RUNNING, 0)
    assert state.started_at == state.step_began == NOW + 60


def test_going_to_the_step_of_now_does_not_start_its_time_over() -> None:
    state = running("reading")
    assert do(state, LEADER, c.GoTo("reading"), NOW + 60) is state


def test_a_step_may_be_skipped_or_gone_back_to() -> None:
    state = do(running("welcome"), LEADER, c.GoTo("closing"), NOW + 60)
    assert state.current.id == "closing" and state.step_began == NOW + 60
    assert do(state, LEADER, c.GoTo("reading")).current.id == "reading"


def test_a_step_that_is_not_in_the_agenda_is_refused() -> None:
    assert_refused(Refusal.NO_SUCH_STEP, running(), LEADER, c.GoTo("nowhere"))


def test_nobody_walks_away_from_an_open_check_in() -> None:
    state = asked()
    assert_refused(Refusal.CHECKIN_IS_OPEN, state, LEADER, c.GoTo("closing"))
    assert do(state, LEADER, c.GoTo("choice")) is state


def test_extending_says_what_should_hold_so_a_double_press_adds_once() -> None:
    state = do(running(), LEADER, c.Extend("welcome", 120))
    assert state.deadline == NOW + 5 * 60 + 120
    assert do(state, LEADER, c.Extend("welcome", 120)) is state
    assert do(state, LEADER, c.Extend("welcome", 0)).deadline == NOW + 5 * 60


def test_extra_time_belongs_to_its_step() -> None:
    state = do(running(), LEADER, c.Extend("welcome", 120))
    state = do(state, LEADER, c.GoTo("sharing"))
    assert state.step_extra == 0
    assert_refused(Refusal.STEP_HAS_PASSED, state, LEADER, c.Extend("welcome", 240))


@pytest.mark.parametrize("extra", [-1, rules.MOST_EXTRA + 1])
def test_time_that_makes_no_sense_is_refused(extra: int) -> None:
    assert_refused(Refusal.TOO_LONG_A_STEP, running(), LEADER, c.Extend("welcome", extra))


def test_ending_says_so_and_lets_nothing_more_happen() -> None:
    state = do(running(), LEADER, c.End())
    assert state.phase is Phase.ENDED
    assert_refused(Refusal.NOT_ALLOWED, state, seat("s1"), c.RaiseHand())


# Support lines


def test_support_lines_stay_until_they_are_hidden_or_the_next_step() -> None:
    state = do(running(), LEADER, c.ShowSupport())
    assert state.support_shown
    assert do(state, LEADER, c.ShowSupport()) is state
    assert not do(state, LEADER, c.HideSupport()).support_shown
    assert not do(state, LEADER, c.GoTo("sharing")).support_shown


# The agreement: its own rules have tests of their own; here is how the room carries them.


def suggested(text: str = "We may pass.") -> rules.Meeting:
    return do(running("agreement"), seat("s1"), c.Suggest("x", text))


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (c.Suggest("y", "  "), Code.EMPTY),
        (c.Suggest("y", "a" * 241), Code.TOO_LONG),
        (c.Suggest("y", "we may PASS"), Code.ALREADY_SUGGESTED),
        (c.Suggest("x", "Something else"), Code.ID_TAKEN),
        (c.Respond("nowhere", Response.LIVE), Code.UNKNOWN_SUGGESTION),
        (c.AskAloud("nowhere"), Code.UNKNOWN_SUGGESTION),
        (c.NoteObjection("nowhere"), Code.UNKNOWN_SUGGESTION),
        (c.ClearObjection("nowhere"), Code.UNKNOWN_SUGGESTION),
        (c.Adopt("nowhere"), Code.UNKNOWN_SUGGESTION),
        (c.Park("nowhere"), Code.UNKNOWN_SUGGESTION),
        (c.LetGo("nowhere"), Code.UNKNOWN_SUGGESTION),
        (c.Adopt("x"), Code.NOT_ASKED_ALOUD),
    ],
)
def test_the_agreements_own_refusals_come_through_by_their_code(
    command: c.Command, code: Code
) -> None:
    assert_refused(code, suggested(), LEADER, command)


def test_one_objection_on_a_phone_stops_adopting() -> None:
    state = do(suggested(), seat("s2"), c.Respond("x", Response.NOT_NOW))
    state = do(state, LEADER, c.AskAloud("x"))
    assert_refused(Code.SOMEONE_OBJECTS, state, LEADER, c.Adopt("x"))


def test_an_objection_said_aloud_stops_adopting_until_it_is_talked_through() -> None:
    state = do(do(suggested(), LEADER, c.AskAloud("x")), LEADER, c.NoteObjection("x"))
    assert_refused(Code.SOMEONE_OBJECTS, state, LEADER, c.Adopt("x"))
    state = do(state, LEADER, c.ClearObjection("x"))
    assert_refused(Code.NOT_ASKED_ALOUD, state, LEADER, c.Adopt("x"))
    state = do(do(state, LEADER, c.AskAloud("x")), LEADER, c.Adopt("x"))
    assert [statement.text for statement in state.board.statements] == ["We may pass."]
    assert state.board.version == 1 and state.board.suggestions == ()


@pytest.mark.parametrize("gone", [c.Leave(), None])
def test_the_way_is_not_cleared_by_the_one_who_objects_going(gone: c.Command | None) -> None:
    state = do(suggested(), seat("s2"), c.Respond("x", Response.NOT_NOW))
    state = do(state, LEADER, c.AskAloud("x"))
    state = do(state, seat("s2"), gone) if gone else do(state, LEADER, c.Remove("s2"))
    assert_refused(Code.NOT_ASKED_ALOUD, state, LEADER, c.Adopt("x"))


def test_the_facilitator_is_a_peer_and_responds_like_anyone() -> None:
    state = do(suggested(), LEADER, c.Respond("x", Response.TALK))
    state = do(state, LEADER, c.AskAloud("x"))
    assert_refused(Code.SOMEONE_OBJECTS, state, LEADER, c.Adopt("x"))


def test_parking_keeps_the_words_and_letting_go_does_not() -> None:
    parked = do(suggested(), LEADER, c.Park("x"))
    assert parked.board.parked == ("We may pass.",) and parked.board.suggestions == ()
    let_go = do(suggested(), LEADER, c.LetGo("x"))
    assert let_go.board.parked == () and let_go.board.suggestions == ()


def test_a_change_makes_a_new_state_and_leaves_the_old_one_as_it_was() -> None:
    before = running("reading")
    copy = msgspec.convert(msgspec.to_builtins(before), type(before))
    do(before, seat("s1"), c.TakePart("reading", 1))
    do(before, seat("s1"), c.RaiseHand())
    do(before, LEADER, c.Remove("s2"))
    assert before == copy
