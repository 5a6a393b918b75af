"""Where an answer stands tells nothing of who gave it or when: uniform over all who answered."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest

from meetings.engine import commands as c
from meetings.engine.bands import Band
from meetings.engine.state import Meeting
from tests.engine.table import LEADER, WORDS, asked, do, seat

WRITERS = ("s1", "s2", "s3", "s4", "s5")
# Upper case, an accent, a digit, a hidden mark: what an order by anything else would trip over.
WRITTEN = ("Zebra", "apple", "Étude", "10 past", "me\u200b too")


def shown(state: Meeting, step: str) -> tuple[str, ...]:
    state = do(state, LEADER, c.CloseCheckin(step))
    if state.screening is not None:
        assert state.screening.texts == tuple(sorted(state.screening.texts))
        state = do(state, LEADER, c.ShowAnswers(step))
    return state.results[step].texts


@pytest.mark.parametrize("step", ["text", "screened"])
def test_each_place_is_as_likely_to_be_the_firsts_as_the_lasts(step: str) -> None:
    """Over every order in which five people may answer, whoever wrote what, exactly.

    The order shown is that of the letters, which is known from the words themselves. A shuffle
    would tell as little; but then two evenings with the same answers would not be the same bytes.
    """
    arrived_and_shown: Counter[tuple[int, int]] = Counter()
    orders: set[tuple[str, ...]] = set()
    start = asked(step)
    for arriving in permutations(range(5)):
        state = start
        for writer, text in zip(WRITERS, arriving, strict=True):
            state = do(state, seat(writer), c.WriteAnswer(step, WRITTEN[text]))
        order = shown(state, step)
        orders.add(order)
        for arrived, text in enumerate(arriving):
            kept = next(one for one in order if one.startswith(WRITTEN[text][:2]))
            arrived_and_shown[arrived, order.index(kept)] += 1
    assert len(orders) == 1
    # 120 orders, 5 places: each of the 25 pairs as often as any other.
    assert set(arrived_and_shown.values()) == {24}
    assert len(arrived_and_shown) == 25


def test_what_is_left_out_moves_nobody_elses_words() -> None:
    state = asked("screened")
    for writer, text in zip(("s1", "s2", "s3", "s4", "s5", "s6"), "fbdace", strict=True):
        state = do(state, seat(writer), c.WriteAnswer("screened", text))
    state = do(state, LEADER, c.CloseCheckin("screened"))
    state = do(state, LEADER, c.LeaveOut("screened", 2))
    state = do(state, LEADER, c.ShowAnswers("screened"))
    assert state.results["screened"].texts == ("a", "b", "d", "e", "f")


def test_words_in_a_cloud_stand_in_the_order_in_which_the_question_lists_them() -> None:
    """Neither by how many picked them, beyond the bands, nor by who was first."""
    seen = set()
    for order in permutations(((0, 1), (2, 3), (3, 5), (3,), (3, 0))):
        state = asked("words")
        for writer, picked in zip(WRITERS, order, strict=True):
            state = do(state, seat(writer), c.Answer("words", picked))
        picture = do(state, LEADER, c.CloseCheckin("words")).results["words"].picture
        assert picture is not None and not picture.mixed
        seen.add(picture)
    assert len(seen) == 1
    bars = seen.pop().bars
    assert [bar.option for bar in bars] == list(range(len(WORDS)))
    assert {bar.band for bar in bars} == {Band.FEW, Band.MOST}
