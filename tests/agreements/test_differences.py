"""What changed between two texts is told by word, and together the pieces are the texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.differences import Kind, Line, Piece, versions, words
from agreements.shapes import Statement

SAME, OUT, IN = Kind

anything = st.text(st.characters(exclude_categories=()), max_size=60)
sentences = st.lists(st.sampled_from(["we", "rest", "listen", ".", " ", "\u2019", "ñ", "休"])).map(
    "".join
)
texts = anything | sentences


def made(pieces, *kinds):
    return "".join(it.text for it in pieces if it.kind in kinds)


@settings(deadline=None)
@given(before=texts, after=texts)
def test_the_pieces_are_both_texts_and_nothing_else(before, after):
    pieces = words(before, after)
    assert made(pieces, SAME, OUT) == before
    assert made(pieces, SAME, IN) == after
    assert all(it.text for it in pieces)


@settings(deadline=None)
@given(text=texts)
def test_a_text_and_itself_differ_in_nothing(text):
    assert words(text, text) == ((Piece(SAME, text),) if text else ())


@settings(deadline=None)
@given(text=texts)
def test_from_nothing_all_is_new_and_to_nothing_all_is_gone(text):
    assert words("", text) == ((Piece(IN, text),) if text else ())
    assert words(text, "") == ((Piece(OUT, text),) if text else ())


def test_whole_words_change_and_what_is_around_them_stays():
    assert words("We listen well.", "We listened well.") == (
        Piece(SAME, "We "),
        Piece(OUT, "listen"),
        Piece(IN, "listened"),
        Piece(SAME, " well."),
    )


def test_a_mark_alone_may_change():
    assert words("We rest.", "We rest!") == (
        Piece(SAME, "We rest"),
        Piece(OUT, "."),
        Piece(IN, "!"),
    )


A, B, C = Statement("a", "Phones away."), Statement("b", "No advice."), Statement("c", "Tea.")
B2 = Statement("b2", "Little advice.", root="b")


def told(before, after):
    return [
        (it.kind, made(it.pieces, SAME, IN) or made(it.pieces, OUT))
        for it in versions(before, after)
    ]


def test_a_statement_that_was_reworded_is_one_line():
    lines = versions((A, B), (A, B2))
    assert [it.kind for it in lines] == [SAME, SAME]
    assert [it.is_reworded for it in lines] == [False, True]
    assert lines[1].pieces == words(B.text, B2.text)


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ((A, B, C), (A, C), [(SAME, A), (OUT, B), (SAME, C)]),
        ((A, B, C), (B, C), [(OUT, A), (SAME, B), (SAME, C)]),
        ((A, B, C), (A, B), [(SAME, A), (SAME, B), (OUT, C)]),
        ((A, B, C), (C,), [(OUT, A), (OUT, B), (SAME, C)]),
        ((A, B, C), (), [(OUT, A), (OUT, B), (OUT, C)]),
        ((), (A, B), [(IN, A), (IN, B)]),
        ((A,), (A, B), [(SAME, A), (IN, B)]),
        # Put in another order: what is gone stays behind the one that it followed.
        ((A, B, C), (C, A), [(SAME, C), (SAME, A), (OUT, B)]),
        ((), (), []),
    ],
)
def test_what_is_gone_stands_where_it_was(before, after, lines):
    assert told(before, after) == [(kind, it.text) for kind, it in lines]


ids = st.sampled_from("abcdef")
agreements = st.lists(
    st.builds(lambda line, id, text: Statement(f"{line}{id}", text, root=line), ids, ids, texts),
    unique_by=lambda it: it.line,
    max_size=5,
).map(tuple)


@settings(deadline=None)
@given(before=agreements, after=agreements)
def test_the_lines_are_both_versions_each_statement_once(before, after):
    lines = versions(before, after)
    now = [made(it.pieces, SAME, IN) for it in lines if it.kind is not OUT]
    assert now == [it.text for it in after]
    was = [made(it.pieces, SAME, OUT) for it in lines if it.kind is not IN]
    assert sorted(was) == sorted(it.text for it in before)
    # A line that is new or gone is so as a whole.
    for line in lines:
        assert line.kind is SAME or {it.kind for it in line.pieces} == {line.kind}


@settings(deadline=None)
@given(before=agreements, data=st.data())
def test_with_some_gone_the_lines_are_the_version_before_in_its_order(before, data):
    stays = data.draw(st.sets(st.sampled_from(before))) if before else set()
    after = tuple(it for it in before if it in stays)
    expected = [(SAME if it in stays else OUT, it.text) for it in before]
    lines = versions(before, after)
    assert [(it.kind, made(it.pieces, SAME, OUT)) for it in lines] == expected
    assert all(isinstance(it, Line) for it in lines)
