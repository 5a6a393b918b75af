"""Coming in, sitting down again, being asked to leave."""

from __future__ import annotations

import msgspec

from meetings.engine import commands as c
from meetings.engine import rules
from meetings.engine.refusals import Refusal
from meetings.engine.rules import MOST_SEATS
from meetings.engine.state import AWAY_AFTER, LONGEST, PRESENT_FOR, Seat, without_persons
from tests.engine.refusing import assert_refused
from tests.engine.table import (
    LEADER,
    NOW,
    PEOPLE,
    asked,
    do,
    lobby,
    newcomer,
    running,
    seat,
    seated,
)


def test_anyone_may_come_in_without_a_name() -> None:
    state = do(lobby(), newcomer("s1"), c.Join())
    assert state.seats == {"s1": Seat()}
    assert state.is_here("s1", NOW)


def test_what_was_said_at_the_door_is_kept_with_the_seat() -> None:
    state = do(lobby(), newcomer("s1"), c.Join("Jo", first_time=True, listening=True))
    assert state.seats["s1"] == Seat("Jo", first_time=True, listening=True)


def test_a_locked_door_turns_away_a_late_phone() -> None:
    locked = do(lobby(), LEADER, c.LockDoors())
    assert_refused(Refusal.DOORS_LOCKED, locked, newcomer("s1"), c.Join("Jo"))
    assert "s1" in do(do(locked, LEADER, c.UnlockDoors()), newcomer("s1"), c.Join("Jo")).seats


def test_locking_twice_changes_nothing() -> None:
    locked = do(lobby(), LEADER, c.LockDoors())
    assert do(locked, LEADER, c.LockDoors()) is locked


def test_after_a_restart_a_phone_sits_down_again_even_when_the_doors_are_locked() -> None:
    state = do(seated(lobby(), ["s1"]), LEADER, c.LockDoors())
    restored = without_persons(state)
    back = c.Retake("Jo", first_time=True, listening=True, heard_cards=True)
    again = do(restored, newcomer("s1"), back)
    assert again.seats == {"s1": Seat("Jo", True, True, True)}


def test_sitting_down_again_twice_changes_nothing() -> None:
    state = seated(lobby(), ["s1"])
    assert do(state, newcomer("s1"), c.Retake("Another name")) is state


def test_a_removed_seat_does_not_come_back_after_a_restart() -> None:
    removed = without_persons(do(running(), LEADER, c.Remove("s1")))
    assert_refused(Refusal.REMOVED, removed, newcomer("s1"), c.Retake("Jo"))


def test_removing_takes_everything_of_that_seat_and_nothing_of_others() -> None:
    state = running("reading")
    for one in ("s1", "s2"):
        state = do(state, seat(one), c.RaiseHand())
    state = do(state, seat("s1"), c.TakePart("reading", 1))
    state = do(state, seat("s2"), c.TakePart("reading", 2))
    state = do(state, LEADER, c.Remove("s1"))
    assert state.removed == {"s1"}
    assert "s1" not in state.seats and "s1" not in state.seen
    assert state.hands == ("s2",)
    assert state.readers == {"2": "s2"}
    assert set(state.seats) == set(PEOPLE) - {"s1"}


def test_removing_someone_who_has_left_changes_nothing() -> None:
    state = do(running(), seat("s1"), c.Leave())
    assert do(state, LEADER, c.Remove("s1")) is state


def test_a_facilitator_is_not_removed() -> None:
    assert_refused(Refusal.NOT_ALLOWED, running(), LEADER, c.Remove(LEADER.seat))


def test_leaving_takes_the_seat_and_everything_with_it() -> None:
    state = do(running(), seat("s1"), c.RaiseHand())
    state = do(state, seat("s1"), c.Leave())
    assert "s1" not in state.seats and "s1" not in state.seen
    assert state.hands == ()
    assert state.removed == frozenset()


def test_the_room_has_an_end() -> None:
    full = seated(lobby(), (f"s{n}" for n in range(rules.MOST_SEATS)))
    assert_refused(Refusal.ROOM_FULL, full, newcomer("late"), c.Join())


def test_hearing_the_cards_is_noted_for_that_seat_alone() -> None:
    state = do(seated(lobby(), ["s1", "s2"]), seat("s1"), c.HearCards())
    assert state.seats["s1"].heard_cards and not state.seats["s2"].heard_cards


def test_a_name_that_is_taken_gets_a_number() -> None:
    state = lobby()
    for n in range(3):
        state = do(state, newcomer(f"s{n}"), c.Join("Sam"))
    assert [one.name for one in state.seats.values()] == ["Sam", "Sam 2", "Sam 3"]


def test_nobody_sits_down_under_the_facilitators_name() -> None:
    state = do(lobby(), newcomer("s1"), c.Join("ana"))
    assert state.seats["s1"].name == "ana 2"


def test_the_nameless_stay_nameless() -> None:
    state = do(do(lobby(), newcomer("s1"), c.Join()), newcomer("s2"), c.Join("  "))
    assert [one.name for one in state.seats.values()] == ["", ""]


def test_a_name_that_is_too_long_is_refused_and_the_seat_stays_free() -> None:
    assert_refused(Refusal.NAME_TOO_LONG, lobby(), newcomer("s1"), c.Join("a" * 25))


def test_starting_twice_does_not_start_over() -> None:
    state = running("reading")
    assert do(state, LEADER, c.Start(), NOW + 60) is state


def test_attending_twice_changes_nothing() -> None:
    state = lobby()
    assert do(state, LEADER, c.Attend("Another name"), NOW + 60) is state


def test_a_sign_of_life_is_written_down_at_most_every_ten_seconds() -> None:
    state = seated(lobby(), ["s1"])
    assert rules.note_seen(state, ["s1"], NOW + 9.9) is state
    assert rules.note_seen(state, ["s1"], NOW + 10).seen["s1"] == NOW + 10


def test_nobody_unknown_is_noted_as_here() -> None:
    state = seated(lobby(), ["s1"])
    assert rules.note_seen(state, ["screen", "stranger"], NOW + 60) is state


def test_someone_is_here_for_ninety_seconds_after_the_last_sign_of_life() -> None:
    state = seated(lobby(), ["s1"])
    assert state.seats_here(NOW + 90) == ("s1",)
    assert state.seats_here(NOW + 91) == ()


def test_the_room_holds_once_no_facilitator_was_seen_for_thirty_seconds() -> None:
    state = lobby()
    assert not state.is_away(NOW + 30)
    assert state.is_away(NOW + 31)
    seen = rules.note_seen(state, [LEADER.seat], NOW + 31)
    assert not seen.is_away(NOW + 31)


def test_a_meeting_is_abandoned_after_fifteen_minutes_without_a_facilitator() -> None:
    state = rules.note_seen(seated(lobby(), ["s1"]), ["s1"], NOW + 800)
    assert not state.is_abandoned(NOW + 900)
    assert state.is_abandoned(NOW + 901)
    back = msgspec.structs.replace(state, alive_at=NOW + 600)
    assert not back.is_abandoned(NOW + 1500)


def test_leaving_in_the_middle_of_a_check_in_keeps_the_answer_and_frees_the_seat() -> None:
    state = do(asked(), seat("s1"), c.Answer("choice", (1,)))
    after = do(state, seat("s1"), c.Leave())
    assert after.checkin == state.checkin
    assert "s1" not in after.seats


def test_a_room_filled_with_empty_seats_has_room_for_someone_who_is_there() -> None:
    state = seated(lobby(), [f"empty{n}" for n in range(MOST_SEATS)])
    later = NOW + PRESENT_FOR + 1
    state = do(state, newcomer("jo"), c.Join("Jo"), later)
    assert "jo" in state.seats and len(state.seats) == MOST_SEATS


def test_a_room_full_of_people_is_full() -> None:
    state = seated(lobby(), [f"s{n}" for n in range(MOST_SEATS)])
    assert_refused(Refusal.ROOM_FULL, state, newcomer("jo"), c.Join("Jo"))


def test_a_forgotten_tab_keeps_no_meeting_over_night() -> None:
    state = lobby()
    tomorrow = NOW + LONGEST + 1
    state = rules.note_seen(state, [LEADER.seat], tomorrow)
    assert state.is_abandoned(tomorrow)


def test_nobody_is_away_in_the_first_moments_after_a_restart() -> None:
    state = without_persons(lobby())
    back = msgspec.structs.replace(state, alive_at=NOW + 600)
    assert not back.is_away(NOW + 605)
    assert back.is_away(NOW + 600 + AWAY_AFTER + 1)
