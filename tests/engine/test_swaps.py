"""Changing who gave which answer changes no byte of anything that is seen or kept."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.engine import codec
from meetings.engine import commands as c
from meetings.engine.state import Meeting, without_persons
from meetings.engine.views import for_facilitator, for_room, for_screen, for_seat
from tests.engine.table import LEADER, NOW, WORDS, do, newcomer, running, seat

ANSWERERS = tuple(f"seat-{n}-9f3c" for n in range(7))


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


def test_the_bytes_that_are_compared_do_hold_the_answers_once_they_are_shown() -> None:
    """The control: other answers, not only other people, make a difference at the end."""
    all_hard = [c.Answer("choice", (0,)) for _ in ANSWERERS]
    all_okay = [c.Answer("choice", (2,)) for _ in ANSWERERS]
    assert an_evening("choice", all_hard, None)[-2] != an_evening("choice", all_okay, None)[-2]


def test_a_new_phone_changes_what_the_room_sees() -> None:
    """The control for the machine above: views do follow the state."""
    state = running()
    assert for_room(state, NOW) != for_room(do(state, newcomer("s9"), c.Join()), NOW)
