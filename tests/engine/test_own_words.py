"""Answers in people's own words: unsigned, in no order, and read first only if that was said."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from meetings.engine import bands, codec
from meetings.engine import commands as c
from meetings.engine.bands import Progress
from meetings.engine.refusals import Refusal
from meetings.engine.state import (
    LONGEST_ANSWER,
    YES_NO,
    Meeting,
    Outcome,
    PromptKind,
    Result,
    without_persons,
)
from meetings.engine.views import for_facilitator, preview
from meetings.engine.views.shapes import Controls, LeadCheckin, LeadNow
from tests.engine import table
from tests.engine.refusing import assert_refused
from tests.engine.table import GROUP, LEADER, NOW, PEOPLE, asked, do, running, seat
from tests.engine.test_checkins import closed, everything_anyone_sees, form_of, now_view

SIX = ("Tea", "My dog", "Calling Sam", "Sleep", "Nothing yet", "Rain")


def written(state: Meeting, *texts: str | None) -> Meeting:
    """Each person in turn answers in their own words, or passes with None."""
    step = state.current.id
    for one, text in zip(PEOPLE, texts, strict=False):
        command = c.Pass(step) if text is None else c.WriteAnswer(step, text)
        state = do(state, seat(one), command)
    return state


def being_read(*texts: str | None) -> Meeting:
    return closed(written(asked("screened"), *(texts or SIX)))


def lead_checkin(state: Meeting) -> LeadCheckin:
    lead = next(v for v in for_facilitator(state, LEADER.seat, NOW) if isinstance(v, LeadNow))
    assert lead.checkin is not None
    return lead.checkin


def controls(state: Meeting) -> Controls:
    views = for_facilitator(state, LEADER.seat, NOW)
    return next(view for view in views if isinstance(view, Controls))


# Yes or no


def test_a_yes_no_question_has_two_answers_whatever_was_kept_with_it() -> None:
    prompt = msgspec.structs.replace(table.YES_NO, options=("maybe", "perhaps", "who knows"))
    assert prompt.choices == YES_NO
    state = asked("yes-no")
    form = form_of(state, "s1")
    assert form is not None and form.options == YES_NO
    assert_refused(Refusal.NOT_AN_ANSWER, state, seat("s1"), c.Answer("yes-no", (2,)))
    for one, option in zip(PEOPLE, (0, 0, 0, 1, 1, 1), strict=True):
        state = do(state, seat(one), c.Answer("yes-no", (option,)))
    shown = now_view(closed(state)).checkin
    assert shown is not None and shown.options == YES_NO
    assert shown.picture == bands.picture((3, 3))


# Writing


def test_what_was_written_is_shown_to_everyone_at_once_in_an_order_that_says_nothing() -> None:
    state = closed(written(asked("text"), *SIX))
    assert state.results["text"] == Result(Outcome.SHOWN, texts=tuple(sorted(SIX)))
    assert state.checkin is None and state.screening is None
    shown = now_view(state).checkin
    assert shown is not None and shown.texts == tuple(sorted(SIX)) and shown.picture is None
    assert lead_checkin(state).shown == shown


def test_words_are_tidied_as_statements_are() -> None:
    state = do(asked("text"), seat("s1"), c.WriteAnswer("text", "  two \n lines\u202e "))
    assert state.checkin is not None and state.checkin.texts == ("two lines",)


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u202e"])
def test_an_empty_answer_is_refused_and_may_be_written_again(text: str) -> None:
    state = asked("text")
    assert_refused(Refusal.ANSWER_IS_EMPTY, state, seat("s1"), c.WriteAnswer("text", text))
    assert do(state, seat("s1"), c.WriteAnswer("text", "Tea")).checkin is not None


def test_a_long_answer_is_refused_and_never_cut() -> None:
    state = asked("text")
    just = "\U0001f600" * LONGEST_ANSWER
    assert_refused(Refusal.ANSWER_IS_LONG, state, seat("s1"), c.WriteAnswer("text", just + "x"))
    after = do(state, seat("s1"), c.WriteAnswer("text", just))
    assert after.checkin is not None and after.checkin.texts == (just,)


def test_the_same_words_from_two_people_are_two_answers() -> None:
    state = closed(written(asked("text"), *["Tea"] * 5, None))
    assert state.results["text"].texts == ("Tea",) * 5


@pytest.mark.parametrize("first", [c.WriteAnswer("text", "Tea"), c.Pass("text")])
@pytest.mark.parametrize("second", [c.WriteAnswer("text", "Rain"), c.Pass("text")])
def test_one_written_answer_per_seat(first: c.Command, second: c.Command) -> None:
    state = do(asked("text"), seat("s1"), first)
    assert_refused(Refusal.ALREADY_ANSWERED, state, seat("s1"), second)


def test_each_kind_of_question_takes_its_own_kind_of_answer() -> None:
    text, choice = asked("text"), asked("choice")
    assert_refused(Refusal.NOT_AN_ANSWER, text, seat("s1"), c.Answer("text", (0,)))
    assert_refused(Refusal.NOT_AN_ANSWER, text, seat("s1"), c.Answer("text", ()))
    assert_refused(Refusal.NOT_AN_ANSWER, choice, seat("s1"), c.WriteAnswer("choice", "hard"))


def test_a_group_that_has_own_words_switched_off_is_not_asked_for_them() -> None:
    group = msgspec.structs.replace(GROUP, free_text=False)
    off = msgspec.structs.replace(running("text"), group=group)
    assert_refused(Refusal.FREE_TEXT_IS_OFF, off, LEADER, c.OpenCheckin("text"))
    assert lead_checkin(off).is_off and not lead_checkin(off).can_open
    assert controls(off).open_checkin is None
    assert not lead_checkin(running("text")).is_off
    assert not off.used_prompts


def test_too_few_are_told_before_they_are_asked_for_words() -> None:
    state = running("text", PEOPLE[:4])
    assert_refused(Refusal.TOO_FEW_HERE, state, LEADER, c.OpenCheckin("text"))
    assert lead_checkin(state).too_few


def test_with_fewer_than_five_written_answers_all_are_destroyed() -> None:
    state = closed(written(asked("text"), *SIX[:4], None, None))
    assert state.results["text"] == Result(Outcome.TOO_FEW)
    assert not any(text.encode() in codec.encode(state) for text in SIX)


@pytest.mark.parametrize("step", ["text", "screened"])
def test_until_close_nobody_sees_what_was_written_or_that_someone_passed(step: str) -> None:
    seen = None
    for texts in itertools.product(("Tea", "x" * LONGEST_ANSWER, None), repeat=3):
        views = everything_anyone_sees(written(asked(step), *texts))
        assert seen is None or views == seen
        seen = views


def test_who_wrote_what_changes_no_byte_of_anything() -> None:
    after_all, shown, read = set(), set(), set()
    for texts in itertools.permutations((*SIX[:3], None)):
        all_said = (*texts, "Sleep", "Rain")
        after_all.add(codec.encode(written(asked("text"), *all_said)))
        shown.add(codec.encode(closed(written(asked("text"), *all_said))))
        read.add(codec.encode(being_read(*all_said)))
    assert (len(after_all), len(shown), len(read)) == (1, 1, 1)


def test_progress_is_told_in_words_for_written_answers_too() -> None:
    checkin = now_view(written(asked("text"), "Tea", None)).checkin
    assert checkin is not None and checkin.progress is Progress.SOME


# Reading them first


def test_screened_answers_are_read_by_facilitators_while_everyone_else_waits() -> None:
    state = being_read()
    assert "screened" not in state.results and state.checkin is None
    shown = now_view(state).checkin
    assert shown is not None and shown.being_read and shown.texts == ()
    assert (shown.progress, shown.outcome) == (None, None)
    lead = lead_checkin(state)
    assert [it.text for it in lead.to_read] == sorted(SIX)
    assert [it.place for it in lead.to_read] == list(range(6))
    assert controls(state).show_answers == "screened"
    assert controls(asked("screened")).reads_first and not controls(asked("text")).reads_first
    assert form_of(state, "s1") is None
    not_hers = everything_anyone_sees(state)[:-1]
    assert not any(text in repr(not_hers) for text in SIX)


def test_what_is_being_read_holds_no_seat() -> None:
    state = being_read()
    assert state.screening is not None
    assert not any(one in repr(state.screening) for one in PEOPLE)


def test_with_too_few_answers_there_is_nothing_to_read() -> None:
    state = being_read(*SIX[:4], None, None)
    assert state.screening is None
    assert state.results["screened"] == Result(Outcome.TOO_FEW)


def test_what_she_leaves_out_is_not_shown_and_can_be_taken_back_in() -> None:
    state = being_read()
    state = do(state, LEADER, c.LeaveOut("screened", 1))
    state = do(state, LEADER, c.LeaveOut("screened", 4))
    assert [it.place for it in lead_checkin(state).to_read if it.left_out] == [1, 4]
    state = do(state, LEADER, c.TakeBackIn("screened", 4))
    state = do(state, LEADER, c.ShowAnswers("screened"))
    kept = tuple(text for at, text in enumerate(sorted(SIX)) if at != 1)
    assert state.results["screened"] == Result(Outcome.SHOWN, texts=kept)
    assert state.screening is None
    # What was left out is gone from everything.
    assert sorted(SIX)[1].encode() not in codec.encode(state)


def test_leaving_out_and_taking_back_twice_changes_nothing_more() -> None:
    once = do(being_read(), LEADER, c.LeaveOut("screened", 0))
    assert do(once, LEADER, c.LeaveOut("screened", 0)) is once
    back = do(once, LEADER, c.TakeBackIn("screened", 0))
    assert do(back, LEADER, c.TakeBackIn("screened", 0)) is back
    assert back == being_read()


def test_the_floor_holds_again_for_what_is_left() -> None:
    state = do(being_read(), LEADER, c.LeaveOut("screened", 0))
    assert lead_checkin(state).enough
    state = do(state, LEADER, c.LeaveOut("screened", 3))
    assert not lead_checkin(state).enough
    state = do(state, LEADER, c.ShowAnswers("screened"))
    assert state.results["screened"] == Result(Outcome.TOO_FEW)
    assert not any(text.encode() in codec.encode(state) for text in SIX)


def test_she_may_let_all_of_them_go() -> None:
    state = do(being_read(), LEADER, c.DiscardAnswers("screened"))
    assert state.results["screened"] == Result(Outcome.WITHHELD)
    assert state.screening is None
    assert not any(text.encode() in codec.encode(state) for text in SIX)
    shown = now_view(state).checkin
    assert shown is not None and shown.outcome is Outcome.WITHHELD and not shown.being_read


def test_the_meeting_does_not_walk_away_from_answers_that_are_being_read() -> None:
    state = being_read()
    assert_refused(Refusal.ANSWERS_ARE_BEING_READ, state, LEADER, c.GoTo("closing"))
    shown = do(state, LEADER, c.ShowAnswers("screened"))
    assert do(shown, LEADER, c.GoTo("closing")).current.id == "closing"


@pytest.mark.parametrize("place", [-1, 6, 10**6])
def test_an_answer_that_is_not_there_is_not_left_out(place: int) -> None:
    for command in (c.LeaveOut("screened", place), c.TakeBackIn("screened", place)):
        assert_refused(Refusal.NO_SUCH_ANSWER, being_read(), LEADER, command)


@pytest.mark.parametrize(
    "command",
    [
        c.LeaveOut("screened", 0),
        c.TakeBackIn("screened", 0),
        c.ShowAnswers("screened"),
        c.DiscardAnswers("screened"),
    ],
)
def test_nothing_is_read_or_shown_before_it_is_closed(command: c.Command) -> None:
    state = written(asked("screened"), *SIX)
    assert_refused(Refusal.CHECKIN_IS_CLOSED, state, LEADER, command)


@pytest.mark.parametrize("second", [c.ShowAnswers("screened"), c.DiscardAnswers("screened")])
def test_a_second_press_after_they_were_shown_or_let_go_changes_nothing(
    second: c.Command,
) -> None:
    for first in (c.ShowAnswers("screened"), c.DiscardAnswers("screened")):
        state = do(being_read(), LEADER, first)
        assert do(state, LEADER, second) is state


def test_closing_twice_keeps_what_was_left_out() -> None:
    state = do(being_read(), LEADER, c.LeaveOut("screened", 2))
    assert closed(state) is state


def test_only_what_was_said_before_to_be_read_first_is_read_first() -> None:
    """Saying so of a question of another kind means nothing."""
    prompt = msgspec.structs.replace(table.CHOICE, screened=True)
    assert not preview(prompt, 5).screened
    assert preview(table.SCREENED, 5).screened and not preview(table.TEXT, 5).screened


# Before answering, and after a restart


@pytest.mark.parametrize("step", ["choice", "scale", "words", "yes-no", "text", "screened"])
def test_the_preview_is_what_a_phone_says_before_answering(step: str) -> None:
    state = asked(step)
    prompt = state.current.prompt
    assert prompt is not None
    form = form_of(state, "s1")
    assert form == msgspec.structs.replace(preview(prompt, GROUP.floor), step=step)
    assert lead_checkin(state).before == preview(prompt, GROUP.floor)


def test_every_kind_has_a_question_in_these_tests() -> None:
    kinds = {step.prompt.kind for step in table.STEPS if step.prompt}
    assert kinds == set(PromptKind)


def test_answers_that_were_being_read_do_not_outlive_a_restart_and_it_says_so() -> None:
    restored = without_persons(being_read())
    assert restored.screening is None and restored.checkin is None
    assert restored.results["screened"] == Result(Outcome.DISCARDED)
    assert not any(text.encode() in codec.encode(restored) for text in SIX)
    assert_refused(
        Refusal.PROMPT_WAS_USED,
        msgspec.structs.replace(restored, facilitators={LEADER.seat: "Ana"}),
        LEADER,
        c.OpenCheckin("screened"),
    )


@pytest.mark.parametrize("step", ["text", "screened"])
def test_shown_words_do_not_outlive_a_restart(step: str) -> None:
    state = closed(written(asked(step), *SIX))
    if step == "screened":
        state = do(state, LEADER, c.ShowAnswers(step))
    restored = without_persons(state)
    assert restored.results[step] == Result(Outcome.FORGOTTEN)
    assert not any(text.encode() in codec.encode(restored) for text in SIX)


@pytest.mark.parametrize("ends", ["open", "closed", "shown", "let go"])
def test_what_is_written_down_is_as_long_whatever_was_written(ends: str) -> None:
    lengths = set()
    for texts in itertools.product(("x", "y" * LONGEST_ANSWER, None), repeat=3):
        for others in (("z", "z", "z"), (None, None, None)):
            state = written(asked("screened"), *texts, *others)
            if ends != "open":
                state = closed(state)
            if ends == "shown":
                state = do_if_read(state, c.ShowAnswers("screened"))
            if ends == "let go":
                state = do_if_read(state, c.DiscardAnswers("screened"))
            lengths.add(len(codec.encode(without_persons(state))))
    assert len(lengths) == 1


def do_if_read(state: Meeting, command: c.Command) -> Meeting:
    return do(state, LEADER, command) if state.screening is not None else state
