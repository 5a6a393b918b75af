"""Whoever says what, and whatever is written: what the room may know, and what can be kept."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements import consent, rules
from agreements.shapes import Board, Code, Refused, Response, Sense
from agreements.texts import LONGEST, same_words, tidy

SEATS = [f"seat-{name}" for name in ("ada", "ben", "cleo", "dee", "eve")]


def sense(suggestion, present):
    return consent.sense(Board(suggestions=(suggestion,)), suggestion, present)


seats = st.sampled_from(SEATS)
# Mostly yes, so that a room often gets as far as everyone.
one_each = st.lists(
    st.tuples(seats, st.sampled_from([Response.LIVE] * 8 + list(Response))),
    unique_by=lambda pair: pair[0],
)


def suggestion_with(said, spoken):
    board = rules.suggest(Board(), "id", "We rest.")
    for seat, response in said:
        board = rules.respond(board, "id", seat, response)
    if spoken:
        board = rules.note_spoken_objection(board, "id")
    return board.suggestions[0]


@settings(deadline=None)
@given(
    said=one_each,
    present=st.sets(seats),
    shuffled=st.permutations(SEATS),
    spoken=st.booleans(),
)
def test_the_sense_never_depends_on_who_said_what(said, present, shuffled, spoken):
    among = sorted(present)
    swap = dict(zip(among, sorted(among, key=shuffled.index), strict=True))
    swapped = [(swap.get(seat, seat), response) for seat, response in said]
    before = sense(suggestion_with(said, spoken), present)
    assert sense(suggestion_with(swapped, spoken), present) is before


@settings(deadline=None)
@given(
    said=one_each,
    data=st.data(),
)
def test_the_sense_and_the_bytes_never_depend_on_who_answered_first(said, data):
    first = suggestion_with(said, spoken=False)
    second = suggestion_with(data.draw(st.permutations(said)), spoken=False)
    assert msgspec.msgpack.encode(first) == msgspec.msgpack.encode(second)
    assert sense(first, SEATS) is sense(second, SEATS)


@settings(deadline=None)
@given(
    said=one_each,
    present=st.sets(seats),
    spoken=st.booleans(),
)
def test_everyone_can_live_means_every_one(said, present, spoken):
    by_seat = dict(said)
    objected = spoken or set(by_seat.values()) - {Response.LIVE}
    everyone = len(present) >= 2 and all(by_seat.get(seat) is Response.LIVE for seat in present)
    expected = (
        Sense.SOMEONE_WOULD_TALK
        if objected
        else Sense.EVERYONE_CAN_LIVE
        if everyone
        else Sense.LISTENING
    )
    assert sense(suggestion_with(said, spoken), present) is expected


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  We   rest.\n", "We rest."),
        ("We\tcan\u2028rest\u00a0here", "We can rest here"),
        ("We\x00 rest\x1b[31m", "We rest[31m"),
        ("We \u202erest\u202c \u2067here\u2069", "We rest here"),
        ("We \u200b rest\ufeff", "We rest"),
        ("cafe\u0301", "café"),
        ("e\u200b\u0301", "é"),
        ("½ an hour, ﬁne", "½ an hour, ﬁne"),
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),
        ("👩\u200d👧 welcome", "👩\u200d👧 welcome"),
        ("broken\ud800 half", "broken half"),
    ],
)
def test_words_keep_their_look_and_lose_what_is_hidden(typed, shown):
    assert tidy(typed) == shown


def test_length_is_measured_after_tidying():
    assert tidy(("e\u0301 " * 120) + "  " * 500) == ("é " * 120).strip()
    assert tidy("e\u0301" * 240) == "é" * 240


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I speak for myself.", "i speak, for MYSELF"),
        ("We don't interrupt", "We don\u2019t interrupt!"),
        ("Straße", "STRASSE"),
        ("cafe\u0301", "Café"),
        ("Be kind ❤\ufe0f", "be kind ❤"),
    ],
)
def test_case_punctuation_and_spaces_do_not_make_other_words(one, other):
    assert same_words(one) == same_words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We do interrupt", "We don't interrupt"),
        ("❤", "🕊"),
        ("की", "का"),
        ("...", "!!!"),
        ("2 < 3", "2 > 3"),
    ],
)
def test_other_words_are_other_words(one, other):
    assert same_words(one) != same_words(other)


# Any code points, surrogates too, with more of what hides, joins and turns around than usual.
anything = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("\u200b\u200d\u202e\u2066\u0301\u0323\ufeff\u3164\ud800\x00\n \t\u2028ae"),
    ),
    max_size=260,
)


@settings(deadline=None, max_examples=300)
@given(anything)
def test_tidy_words_are_safe_to_show_and_to_write_and_stay_as_they_are(text):
    try:
        shown = tidy(text)
    except Refused:
        return  # Which texts those are is told one by one in test_agreement_rules.
    assert tidy(shown) == shown
    assert 0 < len(shown) <= LONGEST
    assert shown == " ".join(shown.split())
    assert not set(shown) & set("\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\x00\n")
    assert same_words(shown)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(shown)) == shown


@settings(deadline=None)
@given(anything)
def test_the_same_text_twice_is_always_noticed(text):
    try:
        board = rules.suggest(Board(), "one", text)
    except Refused:
        return
    with pytest.raises(Refused) as refused:
        rules.suggest(board, "two", text)
    assert refused.value.code is Code.ALREADY_SUGGESTED
