"""Changing who gave which answer changes no byte of anything that is seen or kept."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.shapes import Response
from meetings.engine import codec
from meetings.engine import commands as c
from meetings.engine.lengths import stored_length
from meetings.engine.refusals import Refused
from meetings.engine.state import Actor, Meeting, without_persons
from meetings.engine.views import for_facilitator, for_room, for_screen, for_seat
from tests.engine.table import LEADER, NOW, WORDS, do, newcomer, running, seat

ANSWERERS = tuple(f"seat-{n}-9f3c" for n in range(7))
ONLOOKER = "seat-8-9f3c"


@st.composite
def rooms_and_swaps(draw: st.DrawFn) -> tuple[str, list[c.Command], list[c.Command]]:
    """A question, an answer for each seat, and the same answers given by other seats."""
    step = draw(st.sampled_from(["choice", "scale", "words", "yes-no", "text", "screened"]))
    if step == "words":
        picks = st.sets(st.integers(0, len(WORDS) - 1), min_size=1, max_size=3)
        given = picks.map(lambda picked: c.Answer(step, tuple(sorted(picked))))
    elif step in {"text", "screened"}:
        given = st.sampled_from(["Tea", "x" * 140, "Été"]).map(
            lambda text: c.WriteAnswer(step, text)
        )
    else:
        given = st.integers(0, 1).map(lambda option: c.Answer(step, (option,)))
    answer = given | st.just(c.Pass(step))
    answers = draw(st.lists(answer, min_size=len(ANSWERERS), max_size=len(ANSWERERS)))
    return step, answers, draw(st.permutations(answers))


def everything_seen(state: Meeting, now: float) -> bytes:
    """Every frame that anyone could be sent, as bytes."""
    return msgspec.msgpack.encode(
        [
            for_room(state, now),
            for_screen(state, now),
            for_facilitator(state, LEADER.seat, now),
            *(for_seat(state, one, now) for one in sorted(state.seats)),
        ]
    )


def an_evening(step: str, answers: list[c.Command], leaves: int | None) -> list[bytes]:
    """Everything seen and everything stored, after each thing that happens."""
    state = do(running(step, ANSWERERS), LEADER, c.OpenCheckin(step))
    told = []
    for at, (one, answer) in enumerate(zip(ANSWERERS, answers, strict=True)):
        state = do(state, seat(one), answer)
        if at == leaves:
            state = do(state, seat(one), c.Leave())
        told.append(everything_seen(state, NOW + at))
        told.append(codec.encode(without_persons(state)))
    # The whole state too, as a store across processes seals it, once all have answered.
    told.append(codec.encode(state))
    state = do(state, LEADER, c.CloseCheckin(step))
    if state.screening is not None:
        told.append(everything_seen(state, NOW))
        state = do(state, LEADER, c.ShowAnswers(step))
    return [*told, everything_seen(state, NOW), codec.encode(state)]


@given(rooms_and_swaps(), st.none() | st.integers(0, 6))
@settings(deadline=None)
def test_who_gave_which_answer_changes_no_byte_of_anything(
    room: tuple[str, list[c.Command], list[c.Command]], leaves: int | None
) -> None:
    step, answers, swapped = room
    assert an_evening(step, answers, leaves) == an_evening(step, swapped, leaves)


@given(rooms_and_swaps(), rooms_and_swaps())
@settings(deadline=None)
def test_before_it_is_closed_what_was_answered_changes_no_byte_of_what_is_seen_or_kept(
    one: tuple[str, list[c.Command], list[c.Command]],
    other: tuple[str, list[c.Command], list[c.Command]],
) -> None:
    step = one[0]
    others = [fitting(answer, step) for answer in other[1]]
    first, second = an_evening(step, one[1], None), an_evening(step, others, None)
    before_close = 2 * len(ANSWERERS)
    assert first[:before_close] == second[:before_close]


def fitting(answer: c.Command, step: str) -> c.Command:
    """The same answer to another question."""
    if isinstance(answer, c.Pass):
        return c.Pass(step)
    if step in {"text", "screened"}:
        return c.WriteAnswer(step, str(answer)[-100:])
    return c.Answer(step, (answer.options[0] % 2,) if isinstance(answer, c.Answer) else (1,))


def of_the_agreement() -> st.SearchStrategy[c.Command]:
    """What anyone may do to the agreement of `agreed`."""
    return st.one_of(
        st.builds(c.Respond, st.sampled_from(["x", "y", "r"]), st.sampled_from(Response)),
        st.builds(c.Keep, st.booleans()),
        st.builds(c.PointTo, st.sampled_from(["a", "b"])),
        st.sampled_from([c.Suggest("n", "We wait."), c.Reword("x", "m", "We pause.")]),
        st.just(c.TakeOut("b", "t")),
    )


def agreed() -> Meeting:
    state = running("agreement", (*ANSWERERS, ONLOOKER))
    words = {"a": "Phones away.", "b": "No advice.", "x": "We rest.", "y": "We take breaks."}
    for id, text in words.items():
        state = do(state, seat(ONLOOKER), c.Suggest(id, text))
    for id in ("a", "b"):
        state = do(do(state, LEADER, c.AskAloud(id)), LEADER, c.Adopt(id))
    return do(state, seat(ONLOOKER), c.Reword("a", "r", "Phones at home."))


def for_onlookers(state: Meeting) -> bytes:
    """What someone sees who did none of it, and what outlives a restart."""
    views = (
        for_room(state, NOW),
        for_screen(state, NOW),
        for_facilitator(state, LEADER.seat, NOW),
        for_seat(state, ONLOOKER, NOW),
    )
    return msgspec.msgpack.encode(views) + codec.encode(without_persons(state))


@given(
    acts=st.lists(st.tuples(st.integers(0, 6), of_the_agreement()), max_size=14),
    others=st.permutations(ANSWERERS),
)
@settings(deadline=None)
def test_who_did_what_to_the_agreement_changes_nothing_that_another_sees(
    acts: list[tuple[int, c.Command]], others: list[str]
) -> None:
    first = second = agreed()
    for who, command in acts:
        first, refused = attempted(first, seat(ANSWERERS[who]), command)
        second, refused_too = attempted(second, seat(others[who]), command)
        assert refused is refused_too
        assert for_onlookers(first) == for_onlookers(second)
        assert stored_length(first) == stored_length(second)
    # Two become one, and someone goes: whoever said what, it looks the same.
    for command in (c.Merge("x", "y"), c.MoveStatement("b", ""), c.AskAloud("x"), c.Adopt("x")):
        first, refused = attempted(first, LEADER, command)
        second, refused_too = attempted(second, LEADER, command)
        assert refused is refused_too
        assert for_onlookers(first) == for_onlookers(second)


def attempted(state: Meeting, actor: Actor, command: c.Command) -> tuple[Meeting, object]:
    try:
        return do(state, actor, command), None
    except Refused as refused:
        return state, refused.code


@given(
    command=st.sampled_from(
        [
            c.Suggest("n", "We wait."),
            c.Reword("a", "n", "Phones are off."),
            c.Reword("x", "n", "We pause."),
            c.TakeOut("b", "n"),
            c.PointTo("a"),
        ]
    ),
    one=st.sampled_from(ANSWERERS),
    other=st.sampled_from(ANSWERERS),
)
def test_what_is_unsigned_is_the_same_in_every_byte_whoever_it_came_from(
    command: c.Command, one: str, other: str
) -> None:
    first, second = (do(agreed(), seat(name), command) for name in (one, other))
    assert codec.encode(first) == codec.encode(second)
    assert everything_seen(first, NOW) == everything_seen(second, NOW)


def test_the_bytes_that_onlookers_see_do_follow_the_agreement() -> None:
    """The control: what is done, and not who did it, makes a difference."""
    state = agreed()
    for command in (
        c.Respond("x", Response.TALK),
        c.Suggest("n", "We wait."),
        c.TakeOut("b", "t"),
        c.PointTo("a"),
    ):
        assert for_onlookers(do(state, seat(ANSWERERS[0]), command)) != for_onlookers(state)


def test_the_bytes_that_are_compared_do_hold_the_answers_once_they_are_shown() -> None:
    """The control: other answers, not only other people, make a difference at the end."""
    all_hard = [c.Answer("choice", (0,)) for _ in ANSWERERS]
    all_okay = [c.Answer("choice", (2,)) for _ in ANSWERERS]
    assert an_evening("choice", all_hard, None)[-2] != an_evening("choice", all_okay, None)[-2]


def test_a_new_phone_changes_what_the_room_sees() -> None:
    """The control for the machine above: views do follow the state."""
    state = running()
    assert for_room(state, NOW) != for_room(do(state, newcomer("s9"), c.Join()), NOW)
