"""Two people put things in order at the same moment."""

from hypothesis import given, settings
from hypothesis import strategies as st

from agreements import rules
from agreements.shapes import Board, Statement


@st.composite
def boards_and_moves(draw):
    """A board with both kinds of things to move, and moves that people make at the same time."""
    board = Board(tuple(Statement(f"a{n}", f"Adopted {n}") for n in range(draw(st.integers(1, 6)))))
    for n in range(draw(st.integers(1, 7))):
        about = draw(st.sampled_from(["", *(it.id for it in board.suggestions)]))
        if about:
            board = rules.reword(board, about, f"s{n}", f"Suggested {n}")
        else:
            board = rules.suggest(board, f"s{n}", f"Suggested {n}")
    of = draw(st.sampled_from([board.statements, board.suggestions]))
    ids = st.sampled_from([it.id for it in of])
    moves = draw(st.lists(st.tuples(ids, ids | st.just("")), min_size=1, max_size=3))
    return board, moves


@settings(deadline=None)
@given(boards_and_moves())
def test_however_many_move_at_once_the_rest_keeps_its_order_and_nothing_is_lost(made):
    board, moves = made
    after = board
    for id, behind in moves:
        after = rules.move(after, id, behind)
        order = [it.id for it in (*after.statements, *after.suggestions)]
        matter = {it.id: it.matter for it in after.suggestions}
        # Whoever moved last finds it where they put it.
        if id != behind and matter.get(id, id) != matter.get(behind, behind):
            together = [it for it in order if matter.get(it, it) == matter.get(id, id)]
            at = order.index(together[0])
            whole = after.statements if id not in matter else after.suggestions
            if behind:
                assert matter.get(order[at - 1], order[at - 1]) == matter.get(behind, behind)
            else:
                assert whole[0].id == together[0]
    assert after.version == board.version
    touched = {id for id, _behind in moves}
    touched = {it.matter for it in board.suggestions if it.id in touched} | touched

    def untouched(these):
        return [it for it in these if it.id not in touched and not in_touched_matter(it)]

    def in_touched_matter(it):
        return getattr(it, "matter", it.id) in touched

    for was, now in (
        (board.statements, after.statements),
        (board.suggestions, after.suggestions),
    ):
        assert sorted(was, key=lambda it: it.id) == sorted(now, key=lambda it: it.id)
        assert untouched(was) == untouched(now)
