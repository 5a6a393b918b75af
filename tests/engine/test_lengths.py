"""How long a stored state is says nothing of what anyone answered."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from agreements.rules import Response
from meetings.engine import codec
from meetings.engine import commands as c
from meetings.engine.lengths import STEP, stored_length
from meetings.engine.state import Meeting, Prompt, PromptKind, Step, StepKind
from tests.engine.table import CHOICE, FEELINGS, LEADER, SCALE, do, lobby, seat, seated

YES_NO = Prompt("p-yes", PromptKind.YES_NO, "Is it warm enough?", ())
TEXT = Prompt("p-text", PromptKind.TEXT, "What helped this week?", (), screened=False)
READ_FIRST = replace(TEXT, id="p-read", screened=True)
PROMPTS = (CHOICE, SCALE, FEELINGS, YES_NO, TEXT, READ_FIRST)
SUGGESTIONS = ("x1", "x2")

# The longest that may be written, what is written in one byte, and what is hidden in four.
texts = st.one_of(
    st.text(alphabet="a", min_size=1, max_size=140),
    st.text(alphabet="😀é", min_size=1, max_size=140),
)
responses = st.lists(
    st.tuples(st.sampled_from(SUGGESTIONS), st.integers(0, 7), st.sampled_from(Response)),
    max_size=16,
)


def room(people: int, prompt: Prompt) -> Meeting:
    """A check-in about to be answered, and two suggestions."""
    group = replace(lobby().group, free_text=True)
    step = Step("asked", StepKind.CHECKIN, "Check-in", 5, prompt=prompt)
    state = seated(lobby(steps=(step,), group=group), [f"s{n}" for n in range(people)])
    state = do(state, LEADER, c.Start())
    for suggestion in SUGGESTIONS:
        state = do(state, seat("s0"), c.Suggest(suggestion, f"We think of {suggestion}."))
    return do(state, LEADER, c.OpenCheckin("asked"))


def said(state: Meeting, data: st.DataObject) -> Meeting:
    """Some answer, some pass, some say nothing; some respond to what is suggested."""
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
