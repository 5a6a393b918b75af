"""What may outlive a restart: the meeting's place, and nothing that a person said or did."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from agreements.shapes import Response
from meetings.engine import codec
from meetings.engine import commands as c
from meetings.engine.state import Meeting, Outcome, Phase, without_persons
from tests.engine.table import LEADER, NOW, PEOPLE, do, newcomer, seat
from tests.engine.test_checkins import answered, asked, closed


def lived() -> Meeting:
    """A meeting in which everybody has done everything."""
    state = closed(answered(asked(), 0, 0, 0, 1, 1, None))
    state = do(state, LEADER, c.GoTo("agreement"))
    state = do(state, seat("s1"), c.Suggest("x1", "We may pass."))
    state = do(state, seat("s2"), c.Respond("x1", Response.LIVE))
    state = do(state, seat("s3"), c.Respond("x1", Response.NOT_NOW))
    state = do(state, LEADER, c.NoteObjection("x1"))
    for id, text in (("a1", "We mute our phones."), ("x2", "No advice.")):
        state = do(state, seat("s4"), c.Suggest(id, text))
    state = do(do(state, LEADER, c.AskAloud("a1")), LEADER, c.Adopt("a1"))
    state = do(state, seat("s1"), c.Reword("a1", "r1", "Phones away."))
    state = do(state, seat("s4"), c.TakeOut("a1", "t1"))
    state = do(state, seat("s5"), c.Respond("x2", Response.TALK))
    state = do(state, LEADER, c.Merge("x1", "x2"))
    for one in (seat("s3"), seat("s6"), LEADER):
        state = do(state, one, c.Keep(True))
    state = do(state, LEADER, c.GoTo("reading"), NOW + 60)
    state = do(state, seat("s2"), c.PointTo("a1"))
    state = do(state, LEADER, c.BringToAll("x1"))
    state = do(state, seat("s1"), c.TakePart("reading", 2))
    state = do(state, LEADER, c.TurnToPart("reading", 1))
    for one in PEOPLE:
        state = do(state, seat(one), c.RaiseHand())
    state = do(state, LEADER, c.Thank("s2"))
    state = do(state, LEADER, c.Extend("reading", 120))
    state = do(state, LEADER, c.Remove("s6"))
    state = do(state, LEADER, c.ShowSupport())
    return do(state, LEADER, c.LockDoors())


def test_nothing_of_a_person_is_left_but_the_id_of_a_seat_that_was_removed() -> None:
    bytes_left = codec.encode(without_persons(lived()))
    bytes_of_all = codec.encode(lived())
    for one in PEOPLE:
        # The control: what we look for is found where it should be.
        assert one.encode() in bytes_of_all
        assert (f"Name of {one}".encode() in bytes_of_all) == (one != "s6")
        assert f"Name of {one}".encode() not in bytes_left
        assert (one.encode() in bytes_left) == (one == "s6")
    assert LEADER.seat.encode() not in bytes_left and b"Ana" not in bytes_left
    for said in Response:
        as_written = msgspec.msgpack.encode(said)
        assert as_written in bytes_of_all
        assert as_written not in bytes_left


def test_what_the_meeting_needs_to_go_on_survives() -> None:
    before = lived()
    after = codec.decode(codec.encode(without_persons(before)))
    assert after.phase is Phase.RUNNING
    assert (after.current.id, after.part) == ("reading", 1)
    assert after.deadline == before.deadline and after.started_at == before.started_at
    assert after.locked and after.removed == {"s6"}
    assert after.used_prompts == {"p-choice"}
    assert [(it.id, it.text) for it in after.board.statements] == [("a1", "We mute our phones.")]
    assert [(it.id, it.text, it.matter, it.takes_out) for it in after.board.suggestions] == [
        ("x1", "We may pass.", "x1", False),
        ("r1", "Phones away.", "a1", False),
        ("t1", "We mute our phones.", "a1", True),
    ]
    assert after.code == before.code and after.id == before.id
    assert after.restarted


def test_what_only_persons_make_is_empty() -> None:
    after = without_persons(lived())
    assert (after.seats, after.facilitators, after.seen, after.readers) == ({}, {}, {}, {})
    assert (after.hands, after.heard, after.checkin) == ((), frozenset(), None)
    assert (after.brought, after.pointed_to) == ("", frozenset())
    assert after.board.keeps == frozenset()
    for suggestion in after.board.suggestions:
        assert not suggestion.responses
        assert not suggestion.asked_aloud and not suggestion.spoken_objection


def test_what_a_restart_empties_was_not_empty() -> None:
    """The control for the test above."""
    before = lived()
    assert (before.brought, before.pointed_to) == ("x1", {"a1"})
    assert before.board.keeps == {"s3", LEADER.seat}  # s6 was asked to step out.
    assert before.board.suggestions[0].responses == {
        "s2": Response.LIVE,
        "s3": Response.NOT_NOW,
        "s5": Response.TALK,
    }


def test_every_part_of_the_state_is_either_kept_or_emptied_on_purpose() -> None:
    """A new field of a meeting has to be thought about here."""
    emptied = {"seats", "facilitators", "seen", "readers", "hands", "heard", "checkin"}
    emptied |= {"screening", "brought", "pointed_to"}
    changed = {"board", "results", "support_shown", "restarted"}
    kept = {"id", "code", "group", "steps", "opening_version", "phase", "revision", "alive_at"}
    kept |= {"started_at", "step", "step_began", "step_extra", "part", "locked", "removed"}
    kept |= {"used_prompts", "opened_at", "left", "skipped", "planned"}
    assert set(Meeting.__struct_fields__) == emptied | changed | kept
    before, after = lived(), without_persons(lived())
    assert all(getattr(before, field) == getattr(after, field) for field in kept)


def test_leaving_out_persons_twice_changes_nothing_more() -> None:
    once = without_persons(lived())
    assert without_persons(once) == once


def test_the_picture_does_not_outlive_a_restart() -> None:
    result = without_persons(lived()).results["choice"]
    assert result.outcome is Outcome.FORGOTTEN and result.picture is None


@pytest.mark.parametrize("still_open", [True, False])
def test_what_is_written_down_is_as_long_whatever_was_answered(still_open: bool) -> None:
    lengths = set()
    for choices in itertools.product((0, 1, None), repeat=6):
        state = answered(asked(), *choices)
        kept = without_persons(state if still_open else closed(state))
        lengths.add(len(codec.encode(kept)))
    assert len(lengths) == 1


def test_while_it_is_open_what_is_written_down_says_nothing_about_answers() -> None:
    kept = {
        codec.encode(without_persons(answered(asked(), *choices)))
        for choices in itertools.product((0, 1, None), repeat=3)
    }
    assert len(kept) == 1


def test_the_bytes_of_a_state_do_not_depend_on_the_order_in_which_it_was_made() -> None:
    def seated(order: tuple[str, ...]) -> Meeting:
        state = asked()
        for one in order:
            state = do(state, newcomer(f"n-{one}"), c.Join(one))
            state = do(state, seat(one), c.Pass("choice"))
        return state

    orders = itertools.permutations(PEOPLE[:3])
    assert len({codec.encode(seated(order)) for order in orders}) == 1


@pytest.mark.parametrize("stored", [b"", b"\x00", b"\xc1", b"not a meeting" * 40])
def test_bytes_that_are_no_meeting_are_refused_by_one_kind_of_error(stored: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        codec.decode(stored)
    with pytest.raises(msgspec.DecodeError):
        codec.decode(codec.encode(lived())[:-1] + b"\xc1" + stored)
