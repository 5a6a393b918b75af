"""How long a stored state is says nothing of what anyone answered."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from agreements.shapes import Response
from meetings.engine import codec
from meetings.engine import commands as c
from meetings.engine.lengths import STEP, stored_length
from meetings.engine.state import Meeting, Prompt, PromptKind, Step, StepKind
from tests.engine.table import CHOICE, FEELINGS, LEADER, SCALE, do, lobby, seat, seated

YES_NO = Prompt("p-yes", PromptKind.YES_NO, "Is it warm enough?", ())
TEXT = Prompt("p-text", PromptKind.TEXT, "What helped this week?", (), screened=False)
READ_FIRST = replace(TEXT, id="p-read", screened=True)
PROMPTS = (CHOICE, SCALE, FEELINGS, YES_NO, TEXT, READ_FIRST)
STATEMENTS = ("a1", "a2")
SUGGESTIONS = ("x1", "x2", "r1", "t1")

# The longest that may be written, what is written in one byte, and what is hidden in four.
texts = st.one_of(
    st.text(alphabet="a", min_size=1, max_size=140),
    st.text(alphabet="😀é", min_size=1, max_size=140),
)
responses = st.lists(
    st.tuples(st.sampled_from(SUGGESTIONS), st.integers(0, 7), st.sampled_from(Response)),
    max_size=16,
)
# Who would keep the agreement, once and perhaps not any more; what someone points her to.
keeping = st.lists(st.tuples(st.integers(0, 8), st.booleans()), max_size=10)
pointing = st.lists(st.tuples(st.integers(0, 7), st.sampled_from(STATEMENTS)), max_size=4)


def room(people: int, prompt: Prompt) -> Meeting:
    """A check-in about to be answered, an agreement, and what is suggested of it."""
    group = replace(lobby().group, free_text=True)
    step = Step("asked", StepKind.CHECKIN, "Check-in", 5, prompt=prompt)
    state = seated(lobby(steps=(step,), group=group), [f"s{n}" for n in range(people)])
    state = do(state, LEADER, c.Start())
    for suggestion in (*STATEMENTS, *SUGGESTIONS[:2]):
        state = do(state, seat("s0"), c.Suggest(suggestion, f"We think of {suggestion}."))
        if suggestion in STATEMENTS:
            state = do(state, LEADER, c.AskAloud(suggestion))
            state = do(state, LEADER, c.Adopt(suggestion))
    state = do(state, seat("s0"), c.Reword(STATEMENTS[0], SUGGESTIONS[2], "In other words."))
    state = do(state, seat("s0"), c.TakeOut(STATEMENTS[0], SUGGESTIONS[3]))
    return do(state, LEADER, c.OpenCheckin("asked"))


def said(state: Meeting, data: st.DataObject) -> Meeting:
    """Some answer, some pass, some say nothing; some respond to what is suggested, would keep the
    agreement, or point the facilitator to a statement."""
    prompt = state.current.prompt
    assert prompt is not None
    for actor in (seat(name) for name in state.seats):
        what = data.draw(st.sampled_from(["answers", "passes", "nothing"]))
        if what == "passes":
            state = do(state, actor, c.Pass("asked"))
        elif what == "answers" and prompt.kind is PromptKind.TEXT:
            state = do(state, actor, c.WriteAnswer("asked", data.draw(texts)))
        elif what == "answers":
            option = data.draw(st.integers(0, len(prompt.choices) - 1))
            state = do(state, actor, c.Answer("asked", (option,)))
    names = list(state.seats)
    for suggestion, who, response in data.draw(responses):
        state = do(state, seat(names[who % len(names)]), c.Respond(suggestion, response))
    for who, keeps in data.draw(keeping):
        # The facilitator is one of them.
        actor = LEADER if who == len(names) else seat(names[who % len(names)])
        state = do(state, actor, c.Keep(keeps))
    for who, statement in data.draw(pointing):
        state = do(state, seat(names[who % len(names)]), c.PointTo(statement))
    return state


@settings(max_examples=40)
@given(st.data(), st.sampled_from(PROMPTS), st.integers(5, 12))
def test_the_length_is_the_same_for_any_answers_open_and_closed(
    data: st.DataObject, prompt: Prompt, people: int
) -> None:
    start = room(people, prompt)
    one, another = said(start, data), said(start, data)
    assert stored_length(one) == stored_length(another) == stored_length(start)
    closed = [do(state, LEADER, c.CloseCheckin("asked")) for state in (one, another)]
    assert stored_length(closed[0]) == stored_length(closed[1])
    for state in (one, another, *closed):
        assert len(codec.encode(state)) <= stored_length(state)
        assert stored_length(state) % STEP == 0


def adopts(state: Meeting, suggestion: str) -> Meeting:
    return do(do(state, LEADER, c.AskAloud(suggestion)), LEADER, c.Adopt(suggestion))


@settings(max_examples=20)
@given(who=st.lists(st.tuples(st.integers(0, 4), st.sampled_from(STATEMENTS)), max_size=4))
@pytest.mark.parametrize("adopted", ["r1", "t1"])
def test_the_length_is_the_same_once_what_someone_pointed_to_is_reworded_or_gone(
    adopted: str, who: list[tuple[int, str]]
) -> None:
    """Found here: a statement that is no more was still pointed to, beyond the room there was."""
    start = pointed = room(5, CHOICE)
    for at, statement in who:
        pointed = do(pointed, seat(f"s{at}"), c.PointTo(statement))
    one, other = adopts(start, adopted), adopts(pointed, adopted)
    for statement in other.board.statements:
        other = do(other, seat("s0"), c.PointTo(statement.id))
    assert stored_length(one) == stored_length(other) >= len(codec.encode(other))
    left = {STATEMENTS[1]} | ({"r1"} if adopted == "r1" else set())
    assert other.pointed_to == left


@given(said_of=st.sampled_from(["x1", "x2"]), response=st.sampled_from(Response))
def test_the_length_is_the_same_whoever_said_what_of_two_that_became_one(
    said_of: str, response: Response
) -> None:
    start = room(5, CHOICE)
    said_something = do(start, seat("s1"), c.Respond(said_of, response))
    merged = [do(state, LEADER, c.Merge("x1", "x2")) for state in (start, said_something)]
    assert stored_length(merged[0]) == stored_length(merged[1])
