"""Changing the plan while people are here: what is to come, and never what was or is."""

from __future__ import annotations

from typing import TypeVar

import msgspec
import pytest

from meetings.engine import codec
from meetings.engine import commands as c
from meetings.engine.agendas import LONGEST_STEP, LONGEST_TITLE, MOST_STEPS
from meetings.engine.refusals import Refusal
from meetings.engine.state import (
    Meeting,
    Phase,
    Prompt,
    PromptKind,
    Step,
    StepKind,
    without_persons,
)
from meetings.engine.views import for_facilitator, for_room
from meetings.engine.views.shapes import Agenda, AgendaItem, Controls, Glance, Now, Top, View
from tests.engine.refusing import assert_refused
from tests.engine.table import CHOICE, LEADER, NOW, STEPS, do, lobby, running

IDS = [step.id for step in STEPS]
V = TypeVar("V", bound=View)
TEA = Step("tea", StepKind.BREAK, "Tea", 10)


def ids(state: Meeting) -> list[str]:
    return [step.id for step in state.steps]


def hers(state: Meeting, kind: type[V], now: float = NOW) -> V:
    return next(v for v in for_facilitator(state, LEADER.seat, now) if isinstance(v, kind))


def everyones(state: Meeting, kind: type[V]) -> V:
    return next(view for view in for_room(state, NOW) if isinstance(view, kind))


def item(state: Meeting, step: str) -> AgendaItem:
    return next(it for it in hers(state, Agenda).items if it.id == step)


# Adding


def test_a_step_is_added_after_the_one_of_now_or_one_to_come() -> None:
    state = do(running("reading"), LEADER, c.AddStep(TEA, "reading"))
    assert ids(state)[:3] == ["welcome", "reading", "tea"]
    assert state.current.id == "reading"
    late = do(running("reading"), LEADER, c.AddStep(TEA, "closing"))
    assert ids(late)[-1] == "tea"


def test_in_the_lobby_a_step_may_be_added_before_all_others_and_is_begun_with() -> None:
    state = do(lobby(), LEADER, c.AddStep(TEA, ""))
    assert ids(state)[0] == "tea"
    assert do(state, LEADER, c.Start()).current.id == "tea"


def test_adding_the_same_step_twice_adds_it_once_wherever_it_has_moved() -> None:
    state = do(running(), LEADER, c.AddStep(TEA, "welcome"))
    state = do(state, LEADER, c.MoveStep("tea", "sharing"))
    assert do(state, LEADER, c.AddStep(TEA, "welcome")) is state


def test_another_step_under_the_id_of_one_that_is_there_is_refused() -> None:
    state = do(running(), LEADER, c.AddStep(TEA, "welcome"))
    other = msgspec.structs.replace(TEA, title="Cake")
    assert_refused(Refusal.FORM_WAS_USED, state, LEADER, c.AddStep(other, "welcome"))
    again = msgspec.structs.replace(TEA, title=" Tea")
    assert do(state, LEADER, c.AddStep(again, "welcome")) is state


@pytest.mark.parametrize("after", ["", "welcome"])
def test_nothing_is_added_before_the_step_of_now(after: str) -> None:
    state = running("reading")
    assert_refused(Refusal.STEP_HAS_PASSED, state, LEADER, c.AddStep(TEA, after))


def test_a_plan_holds_so_many_steps_and_no_more() -> None:
    state = running()
    for n in range(MOST_STEPS - len(STEPS)):
        state = do(state, LEADER, c.AddStep(msgspec.structs.replace(TEA, id=f"t{n}"), "welcome"))
    assert len(state.steps) == MOST_STEPS
    assert_refused(Refusal.TOO_MANY_STEPS, state, LEADER, c.AddStep(TEA, "welcome"))


@pytest.mark.parametrize("minutes", [-1, 0, LONGEST_STEP + 1])
def test_a_step_takes_a_minute_at_least_and_four_hours_at_most(minutes: int) -> None:
    step = msgspec.structs.replace(TEA, minutes=minutes)
    assert_refused(Refusal.NOT_MINUTES, running(), LEADER, c.AddStep(step, "welcome"))


def test_a_title_is_tidied_and_never_cut() -> None:
    named = msgspec.structs.replace(TEA, title="  Tea \n and\u202e cake ")
    assert do(running(), LEADER, c.AddStep(named, "welcome")).steps[1].title == "Tea and cake"
    for title, code in ((" ", Refusal.TITLE_IS_EMPTY), ("t" * 81, Refusal.TITLE_IS_LONG)):
        step = msgspec.structs.replace(TEA, title=title)
        assert_refused(code, running(), LEADER, c.AddStep(step, "welcome"))
    longest = msgspec.structs.replace(TEA, title="t" * LONGEST_TITLE)
    assert len(do(running(), LEADER, c.AddStep(longest, "welcome")).steps) == len(STEPS) + 1


def test_a_check_in_is_added_with_a_question_that_was_not_asked_and_is_not_planned() -> None:
    bare = Step("new", StepKind.CHECKIN, "Check-in", 5)
    assert_refused(Refusal.NOT_A_CHECKIN, running(), LEADER, c.AddStep(bare, "welcome"))
    again = msgspec.structs.replace(bare, prompt=CHOICE)
    assert_refused(Refusal.PROMPT_IS_PLANNED, running(), LEADER, c.AddStep(again, "welcome"))
    used = msgspec.structs.replace(running(), steps=(STEPS[0], STEPS[1]), used_prompts={"p-choice"})
    assert_refused(Refusal.PROMPT_IS_PLANNED, used, LEADER, c.AddStep(again, "welcome"))
    other = Prompt("p-new", PromptKind.YES_NO, "Shall we go on?", ())
    state = do(running(), LEADER, c.AddStep(msgspec.structs.replace(bare, prompt=other), "welcome"))
    state = do(state, LEADER, c.GoTo("new"))
    assert do(state, LEADER, c.OpenCheckin("new")).checkin is not None


@pytest.mark.parametrize(
    ("question", "kind", "taken"),
    [
        ("How was the week?", PromptKind.CHOICE, True),
        ("  HOW was\u200b the  week ", PromptKind.CHOICE, True),
        ("How was the week?", PromptKind.YES_NO, False),
        ("How was the weekend?", PromptKind.CHOICE, False),
    ],
)
def test_a_copy_of_a_question_is_the_same_question(
    question: str, kind: PromptKind, taken: bool
) -> None:
    copy = Prompt("p-copy", kind, question, ("hard", "okay"))
    step = Step("new", StepKind.CHECKIN, "Check-in", 5, prompt=copy)
    if taken:
        assert_refused(Refusal.PROMPT_IS_PLANNED, running(), LEADER, c.AddStep(step, "welcome"))
    else:
        assert "new" in ids(do(running(), LEADER, c.AddStep(step, "welcome")))


# Skipping


def test_a_skipped_step_stays_listed_and_is_passed_over() -> None:
    state = do(running(), LEADER, c.SkipStep("reading"))
    assert ids(state) == IDS
    assert item(state, "reading").is_skipped and not item(state, "reading").is_done
    controls = hers(state, Controls)
    assert controls.next is not None and controls.next[0] == "choice"
    assert everyones(state, Now).upcoming == ("Check-in",)
    state = do(state, LEADER, c.GoTo("choice"))
    assert hers(state, Controls).back == "welcome"
    assert not item(state, "reading").is_done


def test_a_skipped_step_can_come_back() -> None:
    state = do(running(), LEADER, c.SkipStep("reading"))
    state = do(state, LEADER, c.UnskipStep("reading"))
    assert state == running()


def test_going_to_a_skipped_step_takes_it_back_in() -> None:
    state = do(running(), LEADER, c.SkipStep("sharing"))
    state = do(state, LEADER, c.GoTo("sharing"))
    assert state.current.id == "sharing" and not state.skipped


def test_skipping_twice_changes_nothing_more() -> None:
    once = do(running(), LEADER, c.SkipStep("reading"))
    assert do(once, LEADER, c.SkipStep("reading")) is once
    assert do(running(), LEADER, c.UnskipStep("reading")) == running()


def test_when_all_that_was_to_come_is_skipped_the_end_is_next() -> None:
    state = running("sharing")
    state = do(state, LEADER, c.SkipStep("closing"))
    assert hers(state, Controls).next is None
    assert everyones(state, Now).upcoming == ()


def test_one_step_stays_to_start_with() -> None:
    state = lobby()
    for step in IDS[:-1]:
        state = do(state, LEADER, c.SkipStep(step))
    assert_refused(Refusal.LAST_STEP, state, LEADER, c.SkipStep("closing"))
    assert do(state, LEADER, c.SkipStep("welcome")) is state
    assert do(state, LEADER, c.Start()).current.id == "closing"


def test_phones_show_as_much_of_the_way_as_there_is() -> None:
    state = running("choice")
    assert (everyones(state, Top).done, everyones(state, Top).steps) == (2, len(STEPS))
    skipped = do(do(running(), LEADER, c.SkipStep("reading")), LEADER, c.GoTo("choice"))
    assert (everyones(skipped, Top).done, everyones(skipped, Top).steps) == (1, len(STEPS) - 1)
    waiting = do(lobby(), LEADER, c.SkipStep("reading"))
    assert "Reading" not in everyones(waiting, Now).upcoming


# Moving


def test_a_step_to_come_is_moved_and_moving_it_again_changes_nothing() -> None:
    state = do(running(), LEADER, c.MoveStep("closing", "welcome"))
    assert ids(state) == ["welcome", "closing", *IDS[1:-1]]
    assert do(state, LEADER, c.MoveStep("closing", "welcome")) is state
    assert do(state, LEADER, c.MoveStep("closing", "closing")) is state


def test_what_was_and_what_is_now_keep_their_places() -> None:
    state = running("choice")
    for command in (c.MoveStep("welcome", "closing"), c.MoveStep("choice", "closing")):
        assert_refused(Refusal.STEP_HAS_PASSED, state, LEADER, command)
    for after in ("", "welcome", "reading"):
        assert_refused(Refusal.STEP_HAS_PASSED, state, LEADER, c.MoveStep("closing", after))
    for command in (c.SkipStep("reading"), c.SkipStep("choice"), c.UnskipStep("choice")):
        assert_refused(Refusal.STEP_HAS_PASSED, state, LEADER, command)


@pytest.mark.parametrize(
    "command",
    [
        c.AddStep(TEA, "nowhere"),
        c.MoveStep("nowhere", "welcome"),
        c.MoveStep("closing", "nowhere"),
        c.SkipStep("nowhere"),
        c.UnskipStep("nowhere"),
    ],
)
def test_a_step_that_is_not_there_is_not_changed(command: c.Command) -> None:
    assert_refused(Refusal.NO_SUCH_STEP, running(), LEADER, command)


@pytest.mark.parametrize("phase", [Phase.LOBBY, Phase.RUNNING])
def test_earlier_and_later_move_a_step_by_one(phase: Phase) -> None:
    state = running("reading") if phase is Phase.RUNNING else lobby()
    for step in IDS:
        at = ids(state).index(step)
        offered = item(state, step)
        assert offered.is_to_come == (phase is Phase.LOBBY or at > 1)
        for after, by in ((offered.earlier, -1), (offered.later, 1)):
            there = 0 <= at + by < len(IDS) and state.is_to_come(at + by)
            assert (after is not None) == (state.is_to_come(at) and there)
            if after is None:
                continue
            moved = do(state, LEADER, c.MoveStep(step, after))
            assert ids(moved).index(step) == at + by
            assert sorted(ids(moved)) == sorted(IDS)
            assert moved.current.id == state.current.id or phase is Phase.LOBBY


# Time, restarts, check-ins


def test_the_end_follows_the_plan_and_late_is_told_from_what_was_promised() -> None:
    state = running()
    before = hers(state, Glance)
    assert before.drift == 0
    longer = do(state, LEADER, c.AddStep(TEA, "welcome"))
    assert hers(longer, Glance).ends == before.ends + 600
    assert hers(longer, Glance).drift == 10
    again = do(longer, LEADER, c.SkipStep("reading"))
    assert (hers(again, Glance).ends, hers(again, Glance).drift) == (before.ends, 0)


def test_what_is_skipped_before_the_start_was_never_promised() -> None:
    waiting = do(lobby(), LEADER, c.SkipStep("sharing"))
    total = sum(step.minutes for step in STEPS)
    assert hers(waiting, Glance).ends == NOW // 60 * 60 + (total - 15) * 60 + (
        60 if NOW % 60 >= 30 else 0
    )
    state = do(waiting, LEADER, c.Start())
    assert hers(state, Glance).drift == 0
    assert hers(do(state, LEADER, c.UnskipStep("sharing")), Glance).drift == 15


def test_a_changed_plan_outlives_a_restart() -> None:
    state = do(running("reading"), LEADER, c.AddStep(TEA, "reading"))
    state = do(do(state, LEADER, c.SkipStep("choice")), LEADER, c.MoveStep("closing", "tea"))
    restored = codec.decode(codec.encode(without_persons(state)))
    assert ids(restored) == ids(state) and restored.skipped == {"choice"}
    assert restored.planned == state.planned


def test_the_plan_can_change_while_a_question_is_open() -> None:
    state = do(running("choice"), LEADER, c.OpenCheckin("choice"))
    changed = do(state, LEADER, c.MoveStep("closing", "choice"))
    assert changed.checkin == state.checkin and changed.current.id == "choice"
