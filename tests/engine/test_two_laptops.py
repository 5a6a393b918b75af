"""Two facilitators, or two laptops of one, press at the same moment: one state, and no scolding."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from agreements.shapes import Code, Response
from meetings.engine import commands as c
from meetings.engine.state import Actor, Meeting, Role, Step, StepKind
from meetings.engine.views import for_facilitator
from tests.engine.refusing import assert_refused
from tests.engine.table import LEADER, NOW, PEOPLE, asked, do, lobby, running, seat, seated
from tests.engine.test_own_words import being_read

OTHER = Actor(Role.FACILITATOR, "f-bea")
TEA = Step("tea", StepKind.BREAK, "Tea", 10)


def with_both(state: Meeting) -> Meeting:
    return do(state, OTHER, c.Attend("Bea"))


def with_a_hand() -> Meeting:
    return do(running(), seat("s1"), c.RaiseHand())


def not_yet_asked() -> Meeting:
    return do(running("agreement"), seat("s1"), c.Suggest("x1", "We may pass."))


def with_a_suggestion() -> Meeting:
    return do(not_yet_asked(), LEADER, c.AskAloud("x1"))


def with_an_objection() -> Meeting:
    return do(with_a_suggestion(), LEADER, c.NoteObjection("x1"))


def left_out() -> Meeting:
    return do(being_read(), LEADER, c.LeaveOut("screened", 1))


def skipped() -> Meeting:
    return do(running(), LEADER, c.SkipStep("sharing"))


def locked() -> Meeting:
    return do(running(), LEADER, c.LockDoors())


def support() -> Meeting:
    return do(running(), LEADER, c.ShowSupport())


BOTH_PRESS: list[tuple[Callable[[], Meeting], c.Command]] = [
    (lambda: seated(lobby(), PEOPLE), c.Start()),
    (running, c.GoTo("reading")),
    (lambda: running("reading"), c.TurnToPart("reading", 1)),
    (running, c.Extend("welcome", 120)),
    (lambda: running("choice"), c.OpenCheckin("choice")),
    (asked, c.CloseCheckin("choice")),
    (being_read, c.LeaveOut("screened", 1)),
    (left_out, c.TakeBackIn("screened", 1)),
    (being_read, c.ShowAnswers("screened")),
    (being_read, c.DiscardAnswers("screened")),
    (running, c.AddStep(TEA, "welcome")),
    (running, c.MoveStep("closing", "welcome")),
    (running, c.SkipStep("sharing")),
    (skipped, c.UnskipStep("sharing")),
    (with_a_hand, c.Thank("s1")),
    (running, c.LockDoors()),
    (locked, c.UnlockDoors()),
    (running, c.Remove("s1")),
    (running, c.ShowSupport()),
    (support, c.HideSupport()),
    (not_yet_asked, c.AskAloud("x1")),
    (with_a_suggestion, c.NoteObjection("x1")),
    (with_an_objection, c.ClearObjection("x1")),
    (with_a_suggestion, c.Adopt("x1")),
]


@pytest.mark.parametrize(
    ("before", "command"), BOTH_PRESS, ids=[type(command).__name__ for _, command in BOTH_PRESS]
)
def test_what_both_press_happens_once_and_neither_is_refused(
    before: Callable[[], Meeting], command: c.Command
) -> None:
    state = with_both(before())
    for first, second in ((LEADER, OTHER), (OTHER, LEADER), (LEADER, LEADER)):
        once = do(state, first, command)
        assert once is not state
        assert do(once, second, command) is once


def test_both_pages_show_the_same_but_for_ones_own_response() -> None:
    state = with_both(with_a_suggestion())
    hers, others = (for_facilitator(state, one.seat, NOW) for one in (LEADER, OTHER))
    assert hers == others
    state = do(state, OTHER, c.Respond("x1", Response.TALK))
    hers, others = (for_facilitator(state, one.seat, NOW) for one in (LEADER, OTHER))
    differing = [
        type(one).__name__ for one, other in zip(hers, others, strict=True) if one != other
    ]
    assert differing == ["LeadNow"]


@pytest.mark.parametrize("settled", [c.Park("x1"), c.LetGo("x1")])
def test_who_settles_a_suggestion_second_is_told_that_it_is_settled(settled: c.Command) -> None:
    """It may have been settled another way, and then she should know."""
    state = do(with_both(with_a_suggestion()), LEADER, settled)
    for second in (c.Park("x1"), c.LetGo("x1"), c.Adopt("x1")):
        assert_refused(Code.UNKNOWN_SUGGESTION, state, OTHER, second)


def test_different_changes_of_the_plan_at_once_lose_no_step() -> None:
    changes: list[c.Command] = [
        c.MoveStep("closing", "welcome"),
        c.MoveStep("sharing", "welcome"),
        c.MoveStep("reading", "closing"),
        c.SkipStep("closing"),
        c.AddStep(TEA, "sharing"),
    ]
    state = with_both(running())
    for order in itertools.permutations(changes):
        after = state
        for one, command in zip(itertools.cycle((LEADER, OTHER)), order, strict=False):
            after = do(after, one, command)
        assert sorted(step.id for step in after.steps) == sorted(
            [*(step.id for step in state.steps), "tea"]
        )
        assert after.current.id == "welcome" and after.skipped == {"closing"}
