"""Anonymous check-ins: who may be asked, what nobody sees before the end, what is left of it."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from meetings.engine import bands, codec
from meetings.engine import commands as c
from meetings.engine.bands import Progress
from meetings.engine.refusals import Refusal
from meetings.engine.state import (
    PRESENT_FOR,
    Checkin,
    Meeting,
    Outcome,
    Prompt,
    PromptKind,
    Result,
    Screening,
    without_persons,
)
from meetings.engine.views import for_facilitator, for_room, for_screen, for_seat
from meetings.engine.views.shapes import CheckinForm, LeadNow, Mine, Now
from tests.engine.refusing import assert_refused
from tests.engine.table import (
    CHOICE,
    GROUP,
    LEADER,
    NOW,
    PEOPLE,
    STEPS,
    asked,
    do,
    newcomer,
    running,
    seat,
    seated,
)


def answered(state: Meeting, *choices: int | None) -> Meeting:
    """Each person in turn answers, or passes with None."""
    step = state.current.id
    for one, choice in zip(PEOPLE, choices, strict=False):
        command = c.Pass(step) if choice is None else c.Answer(step, (choice,))
        state = do(state, seat(one), command)
    return state


def closed(state: Meeting) -> Meeting:
    return do(state, LEADER, c.CloseCheckin(state.current.id))


def everything_anyone_sees(state: Meeting, now: float = NOW) -> list[object]:
    views: list[object] = [for_room(state, now), for_screen(state, now)]
    views += [for_seat(state, one, now) for one in state.seats]
    views.append(for_facilitator(state, LEADER.seat, now))
    return views


def now_view(state: Meeting) -> Now:
    return next(view for view in for_room(state, NOW) if isinstance(view, Now))


def form_of(state: Meeting, one: str) -> CheckinForm | None:
    return next(view for view in for_seat(state, one, NOW) if isinstance(view, Mine)).checkin


# Opening


def test_with_too_few_here_the_question_is_not_asked_and_not_used_up() -> None:
    state = running("choice", PEOPLE[:4])
    assert_refused(Refusal.TOO_FEW_HERE, state, LEADER, c.OpenCheckin("choice"))
    lead = next(v for v in for_facilitator(state, LEADER.seat, NOW) if isinstance(v, LeadNow))
    assert lead.checkin is not None and lead.checkin.too_few and not lead.checkin.can_open
    enough = seated(state, ["s9"])
    assert do(enough, LEADER, c.OpenCheckin("choice")).checkin is not None


def test_a_phone_that_fell_asleep_does_not_count_towards_the_floor() -> None:
    state = running("choice", PEOPLE[:5])
    later = NOW + 91
    assert_refused(Refusal.TOO_FEW_HERE, state, LEADER, c.OpenCheckin("choice"), later)


def test_the_facilitator_does_not_count_towards_the_floor() -> None:
    state = running("choice", PEOPLE[:4])
    assert len(state.everyone_here(NOW)) == 5
    assert_refused(Refusal.TOO_FEW_HERE, state, LEADER, c.OpenCheckin("choice"))


def test_a_group_may_raise_the_floor() -> None:
    state = msgspec.structs.replace(
        running("choice"), group=msgspec.structs.replace(GROUP, floor=7)
    )
    assert_refused(Refusal.TOO_FEW_HERE, state, LEADER, c.OpenCheckin("choice"))


@pytest.mark.parametrize("step", ["welcome", "reading", "agreement"])
def test_a_step_without_a_question_is_not_opened(step: str) -> None:
    assert_refused(Refusal.NOT_A_CHECKIN, running(step), LEADER, c.OpenCheckin(step))


@pytest.mark.parametrize("options", [0, 1, 8])
def test_a_question_whose_answers_could_not_be_shown_is_not_asked(options: int) -> None:
    prompt = msgspec.structs.replace(CHOICE, options=tuple(map(str, range(options))))
    assert_refused(Refusal.NOT_A_CHECKIN, at_prompt(prompt), LEADER, c.OpenCheckin("choice"))


@pytest.mark.parametrize("words", [4, 17])
def test_a_list_of_words_that_could_not_be_shown_is_not_asked(words: int) -> None:
    options = tuple(map(str, range(words)))
    prompt = msgspec.structs.replace(CHOICE, kind=PromptKind.WORDS, options=options)
    assert_refused(Refusal.NOT_A_CHECKIN, at_prompt(prompt), LEADER, c.OpenCheckin("choice"))


def at_prompt(prompt: Prompt) -> Meeting:
    step = msgspec.structs.replace(STEPS[2], prompt=prompt)
    steps = (*STEPS[:2], step, *STEPS[3:])
    return msgspec.structs.replace(running("choice"), steps=steps)


def test_only_the_question_of_now_is_opened() -> None:
    assert_refused(Refusal.STEP_HAS_PASSED, running("choice"), LEADER, c.OpenCheckin("words"))


def test_opening_twice_keeps_the_answers_of_the_first_time() -> None:
    state = answered(asked(), 0, 1)
    assert do(state, LEADER, c.OpenCheckin("choice")) is state


# Answering


@pytest.mark.parametrize("first", [c.Answer("choice", (0,)), c.Pass("choice")])
@pytest.mark.parametrize("second", [c.Answer("choice", (1,)), c.Pass("choice")])
def test_one_answer_per_seat_and_no_change_of_it(first: c.Command, second: c.Command) -> None:
    state = do(asked(), seat("s1"), first)
    assert_refused(Refusal.ALREADY_ANSWERED, state, seat("s1"), second)


@pytest.mark.parametrize("options", [(), (3,), (-1,), (10**9,), (0, 1), (0, 0)])
def test_what_is_not_one_of_the_answers_is_refused(options: tuple[int, ...]) -> None:
    state = asked()
    assert_refused(Refusal.NOT_AN_ANSWER, state, seat("s1"), c.Answer("choice", options))


@pytest.mark.parametrize("options", [(), (0, 1, 2, 3), (0, 0), (1, 1, 2), (6,), (-1, 0)])
def test_what_is_not_one_to_three_different_words_is_refused(options: tuple[int, ...]) -> None:
    state = asked("words")
    assert_refused(Refusal.NOT_AN_ANSWER, state, seat("s1"), c.Answer("words", options))


@pytest.mark.parametrize("options", [(0,), (5, 0), (1, 2, 3)])
def test_one_to_three_words_count_as_one_answer(options: tuple[int, ...]) -> None:
    state = do(asked("words"), seat("s1"), c.Answer("words", options))
    assert state.checkin is not None
    assert state.checkin.answers == 1
    assert [i for i, count in enumerate(state.checkin.tally) if count] == sorted(options)


@pytest.mark.parametrize("command", [c.Answer("choice", (0,)), c.Pass("choice")])
def test_nothing_is_answered_before_it_is_asked_or_after_it_is_closed(command: c.Command) -> None:
    assert_refused(Refusal.CHECKIN_IS_CLOSED, running("choice"), seat("s1"), command)
    assert_refused(Refusal.CHECKIN_IS_CLOSED, closed(asked()), seat("s1"), command)


def test_an_answer_to_another_question_is_refused() -> None:
    state = asked("scale")
    assert_refused(Refusal.CHECKIN_IS_CLOSED, state, seat("s1"), c.Answer("choice", (0,)))


@pytest.mark.parametrize("command", [c.Answer("choice", (0,)), c.Pass("choice")])
def test_the_facilitator_does_not_answer(command: c.Command) -> None:
    assert_refused(Refusal.NOT_ALLOWED, asked(), LEADER, command)


@pytest.mark.parametrize("said", [c.Answer("choice", (2,)), c.Pass("choice")])
def test_a_seat_taken_after_the_question_opened_does_not_answer_it(said: c.Command) -> None:
    """It may be one person's second: four people must not make five answers."""
    state = seated(asked(), ["late"])
    assert_refused(Refusal.CAME_LATER, state, seat("late"), said)


def test_whoever_slept_when_the_question_opened_may_answer_it() -> None:
    state = seated(running("choice"), ["sleeper"])
    state = msgspec.structs.replace(state, seen={**state.seen, "sleeper": NOW - PRESENT_FOR - 1})
    state = do(state, LEADER, c.OpenCheckin("choice"))
    assert do(state, seat("sleeper"), c.Answer("choice", (2,))).checkin is not None


def test_someone_who_comes_late_is_not_waited_for() -> None:
    state = seated(answered(asked(), *[0] * len(PEOPLE)), ["late"])
    checkin = now_view(state).checkin
    assert checkin is not None and checkin.progress is Progress.EVERYONE


def test_an_open_check_in_holds_who_answered_and_a_tally_and_nothing_that_joins_them() -> None:
    assert set(Checkin.__struct_fields__) == {
        "step",
        "asked",
        "answered",
        "tally",
        "answers",
        "texts",
    }
    assert set(Screening.__struct_fields__) == {"step", "texts", "left_out"}
    assert set(Result.__struct_fields__) == {"outcome", "picture", "texts"}


# Before close


def test_until_close_nobody_sees_a_difference_whatever_was_answered() -> None:
    seen = None
    for choices in itertools.product((0, 1, 2, None), repeat=3):
        views = everything_anyone_sees(answered(asked(), *choices))
        assert seen is None or views == seen
        seen = views


def test_passing_looks_like_answering() -> None:
    passed = do(asked(), seat("s1"), c.Pass("choice"))
    picked = do(asked(), seat("s1"), c.Answer("choice", (1,)))
    assert everything_anyone_sees(passed) == everything_anyone_sees(picked)


def test_only_your_own_phone_says_that_you_have_answered() -> None:
    state = answered(asked(), 0)
    forms = {one: form_of(state, one) for one in PEOPLE}
    assert [one for one, form in forms.items() if form and form.answered] == ["s1"]


def test_progress_is_told_in_words_passes_included() -> None:
    state, told = asked(), []
    for one, choice in zip(PEOPLE, (0, None, 1, None, 2, 0), strict=True):
        checkin = now_view(state).checkin
        assert checkin is not None
        told.append(checkin.progress)
        command = c.Pass("choice") if choice is None else c.Answer("choice", (choice,))
        state = do(state, seat(one), command)
    checkin = now_view(state).checkin
    assert checkin is not None
    assert [*told, checkin.progress] == [
        Progress.NOBODY_YET,
        *[Progress.SOME] * 4,
        Progress.MOST,
        Progress.EVERYONE,
    ]


def test_progress_does_not_say_that_one_is_missing_when_someone_leaves() -> None:
    state = answered(asked(), 0, 1, 2)
    state = do(state, seat("s1"), c.Leave())
    checkin = now_view(state).checkin
    assert checkin is not None and checkin.progress is Progress.SOME


def test_leaving_keeps_the_answer_in_the_tally() -> None:
    state = do(answered(asked(), 0, 0, 0, 1, 1, 1), seat("s1"), c.Leave())
    result = closed(state).results["choice"]
    assert result.outcome is Outcome.SHOWN
    assert result.picture == bands.picture((3, 3, 0))


def test_removing_keeps_the_answer_in_the_tally() -> None:
    state = do(answered(asked(), 0, 0, 0, 1, 1, 1), LEADER, c.Remove("s1"))
    assert closed(state).results["choice"].picture == bands.picture((3, 3, 0))


def test_a_seat_that_somebody_left_is_not_taken_again() -> None:
    """A poll that was on its way when they tapped Leave does not bring them back."""
    state = do(answered(asked(), 0), seat("s1"), c.Leave())
    assert_refused(Refusal.LEFT, state, newcomer("s1"), c.Retake("Jo"))
    assert_refused(Refusal.LEFT, state, seat("s1"), c.Answer("choice", (0,)))


# Closing


def test_closing_shows_everyone_the_same_picture() -> None:
    state = closed(answered(asked(), 0, 0, 0, 1, 1, 1))
    checkin = now_view(state).checkin
    assert checkin is not None
    assert checkin.outcome is Outcome.SHOWN and checkin.progress is None
    assert checkin.picture == bands.picture((3, 3, 0))
    lead = next(v for v in for_facilitator(state, LEADER.seat, NOW) if isinstance(v, LeadNow))
    assert lead.checkin is not None and lead.checkin.shown == checkin


def test_closing_words_shows_them_by_band() -> None:
    state = asked("words")
    for one in PEOPLE:
        state = do(state, seat(one), c.Answer("words", (0, 1)))
    picture = closed(state).results["words"].picture
    assert picture == bands.words_picture((6, 6, 0, 0, 0, 0), 6)


@pytest.mark.parametrize("answers", range(5))
def test_below_the_floor_the_answers_are_destroyed_and_nothing_is_shown(answers: int) -> None:
    choices = [0] * answers + [None] * (len(PEOPLE) - answers)
    state = closed(answered(asked(), *choices))
    assert state.results["choice"] == Result(Outcome.TOO_FEW, picture=None)
    assert state.checkin is None


def test_a_raised_floor_holds_for_what_is_shown() -> None:
    state = msgspec.structs.replace(asked(), group=msgspec.structs.replace(GROUP, floor=6))
    assert closed(answered(state, 0, 0, 0, 1, 1)).results["choice"].outcome is Outcome.TOO_FEW


def test_closing_destroys_the_tally_and_who_has_answered() -> None:
    six = closed(answered(asked(), 0, 0, 0, 1, 1, 1))
    assert six.checkin is None
    # The same picture, from other people and with a pass: nothing else is left of it.
    other = answered(asked(), 1, 0, 1, 0, 1, 0)
    assert codec.encode(closed(other)) == codec.encode(six)


def test_closing_too_few_leaves_no_trace_of_how_many_answered() -> None:
    left = {
        codec.encode(closed(answered(asked(), *choices)))
        for choices in itertools.product((0, 1, None), repeat=4)
    }
    assert len(left) == 1


def test_closing_twice_is_harmless() -> None:
    state = closed(answered(asked(), 0, 0, 0, 1, 1, 1))
    assert do(state, LEADER, c.CloseCheckin("choice")) is state


def test_closing_what_was_never_opened_is_refused() -> None:
    state = running("choice")
    assert_refused(Refusal.CHECKIN_IS_CLOSED, state, LEADER, c.CloseCheckin("choice"))


@pytest.mark.parametrize("answers", [6, 0])
def test_a_prompt_is_shown_once(answers: int) -> None:
    state = closed(answered(asked(), *[0] * answers))
    assert_refused(Refusal.PROMPT_WAS_USED, state, LEADER, c.OpenCheckin("choice"))
    elsewhere = do(state, LEADER, c.GoTo("choice-again"))
    assert_refused(Refusal.PROMPT_WAS_USED, elsewhere, LEADER, c.OpenCheckin("choice-again"))
    other = do(state, LEADER, c.GoTo("scale"))
    assert do(other, LEADER, c.OpenCheckin("scale")).checkin is not None


@pytest.mark.parametrize("was_open", [True, False])
def test_a_prompt_is_not_asked_again_after_a_restart(was_open: bool) -> None:
    state = answered(asked(), 0, 0, 0, 1, 1, 1)
    restored = without_persons(state if was_open else closed(state))
    restored = do(restored, LEADER, c.Attend("Ana"))
    restored = seated(restored, (f"again-{n}" for n in range(6)))
    assert_refused(Refusal.PROMPT_WAS_USED, restored, LEADER, c.OpenCheckin("choice"))
    again = do(restored, LEADER, c.GoTo("choice-again"))
    assert_refused(Refusal.PROMPT_WAS_USED, again, LEADER, c.OpenCheckin("choice-again"))


@pytest.mark.parametrize("restarted", [False, True])
def test_a_copy_under_another_id_is_not_asked_again(restarted: bool) -> None:
    copy = msgspec.structs.replace(CHOICE, id="p-copy", question=" how was the WEEK")
    steps = tuple(
        msgspec.structs.replace(step, prompt=copy) if step.id == "choice-again" else step
        for step in STEPS
    )
    state = msgspec.structs.replace(asked(), steps=steps)
    state = closed(answered(state, 0, 0, 0, 1, 1, 1))
    if restarted:
        state = codec.decode(codec.encode(without_persons(state)))
        state = do(state, LEADER, c.Attend("Ana"))
        state = seated(state, (f"again-{n}" for n in range(6)))
    again = do(state, LEADER, c.GoTo("choice-again"))
    assert_refused(Refusal.PROMPT_WAS_USED, again, LEADER, c.OpenCheckin("choice-again"))
    now = next(
        view for view in for_facilitator(again, LEADER.seat, NOW) if isinstance(view, LeadNow)
    )
    assert now.checkin is not None and now.checkin.was_used and not now.checkin.can_open


def test_a_check_in_that_was_open_at_a_restart_says_that_its_answers_are_gone() -> None:
    restored = without_persons(answered(asked(), 0, 0, 0, 1, 1, 1))
    assert restored.checkin is None
    assert restored.results["choice"] == Result(Outcome.DISCARDED)
    attending = do(restored, LEADER, c.Attend("Ana"))
    assert do(attending, LEADER, c.CloseCheckin("choice")) is attending
