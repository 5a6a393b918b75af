"""What no sequence of commands can do to an agreement."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from agreements import rules
from agreements.rules import Board, Code, Refused, Response, Statement

SEATS = [f"seat-{name}" for name in ("ada", "ben", "cleo", "dee", "eve")]
WORDS = ["We rest.", "we rest", "Anyone may pass.", "We listen.", "No advice.", "Phones away.", ""]

new_ids = st.sampled_from([f"id-{letter}" for letter in "abcdef"])
picks = st.integers(0, 3)  # which of the open suggestions
few_seats = st.sampled_from(SEATS[:2])  # few, so that commands meet each other
seats = st.sampled_from(SEATS)
words = st.sampled_from(WORDS)
responses = st.sampled_from(Response)
# Mostly yes, so that a room often gets as far as everyone.
one_each = st.lists(
    st.tuples(seats, st.sampled_from([Response.LIVE] * 8 + list(Response))),
    unique_by=lambda pair: pair[0],
)


class Evening(RuleBasedStateMachine):
    """Any commands in any order, beside a plain record of what people said and did."""

    @initialize(parked=st.lists(st.sampled_from(["We rest.", "We wait."]), unique=True))
    def doors_open(self, parked):
        self.board = Board(parked=tuple(parked))
        self.ever_suggested = set()  # (id, text)
        self.not_let_go = {rules.same_words(text) for text in parked}
        self.said = {}  # (id, seat) -> response
        self.spoken = set()
        self.asked = set()

    def try_to(self, change, *arguments):
        """The code of the refusal, or None when the board changed hands."""
        before = msgspec.msgpack.encode(self.board)
        board, code = self.board, None
        try:
            board = change(self.board, *arguments)
        except Refused as refused:
            code = refused.code
        assert msgspec.msgpack.encode(self.board) == before
        self.board = board
        return code

    def settled(self, id):
        self.spoken.discard(id)
        self.asked.discard(id)
        self.said = {key: said for key, said in self.said.items() if key[0] != id}

    def open(self, pick):
        names = [it.id for it in self.board.suggestions]
        return names[pick % len(names)] if names else "id-none"

    def words_of(self, id):
        return next((it.text for it in self.board.suggestions if it.id == id), None)

    @rule(id=new_ids, text=words)
    def suggest(self, id, text):
        if self.try_to(rules.suggest, id, text) is None:
            self.ever_suggested.add((id, text))
            self.not_let_go.add(rules.same_words(text))

    @rule(pick=picks, new_id=new_ids, text=words)
    def reword(self, pick, new_id, text):
        id = self.open(pick)
        before = {(it.id, it.text) for it in self.board.suggestions}
        if self.try_to(rules.reword, id, new_id, text) is None:
            self.ever_suggested.add((new_id, text))
            self.not_let_go.add(rules.same_words(text))
            assert before < {(it.id, it.text) for it in self.board.suggestions}

    @rule(pick=picks, seat=few_seats, response=responses)
    def respond(self, pick, seat, response):
        id = self.open(pick)
        if self.try_to(rules.respond, id, seat, response) is None:
            self.said[id, seat] = response

    @rule(pick=picks)
    def ask_aloud(self, pick):
        id = self.open(pick)
        if self.try_to(rules.ask_aloud, id) is None:
            self.asked.add(id)

    @rule(pick=picks)
    def object_aloud(self, pick):
        id = self.open(pick)
        if self.try_to(rules.note_spoken_objection, id) is None:
            self.spoken.add(id)

    @rule(pick=picks)
    def talk_it_through(self, pick):
        id = self.open(pick)
        if self.try_to(rules.clear_spoken_objection, id) is None and id in self.spoken:
            self.spoken.discard(id)
            self.asked.discard(id)

    def expected_of_adopting(self, id):
        if id not in self.asked:
            return Code.NOT_ASKED_ALOUD
        said = {response for (about, _), response in self.said.items() if about == id}
        if id in self.spoken or said - {Response.LIVE}:
            return Code.SOMEONE_OBJECTS
        return None

    @rule(pick=picks)
    def adopt(self, pick):
        id = self.open(pick)
        text, before = self.words_of(id), self.board
        if self.try_to(rules.adopt, id) is None:
            assert self.board.statements == (*before.statements, Statement(id, text))
            assert self.board.version == before.version + 1
            self.settled(id)

    @rule(pick=picks)
    def agree(self, pick):
        """What chance alone seldom does: everyone comes round, is asked, and it is adopted."""
        self.talk_it_through(pick)
        for seat in SEATS[:2]:
            self.respond(pick, seat, Response.LIVE)
        self.ask_aloud(pick)
        self.adopt(pick)

    @rule(pick=picks)
    def park(self, pick):
        id = self.open(pick)
        if self.try_to(rules.park, id) is None:
            self.settled(id)

    @rule(pick=picks)
    def let_go(self, pick):
        id = self.open(pick)
        text = self.words_of(id)
        if self.try_to(rules.let_go, id) is None:
            self.not_let_go.discard(rules.same_words(text))
            self.settled(id)

    @rule(seat=few_seats)
    def leave(self, seat):
        self.try_to(rules.forget_seat, seat)
        self.said = {key: said for key, said in self.said.items() if key[1] != seat}
        self.asked.clear()

    @rule()
    def restart(self):
        self.try_to(rules.without_persons)
        self.said.clear()
        self.spoken.clear()
        self.asked.clear()

    @invariant()
    def adopting_is_open_only_when_asked_and_without_an_objection(self):
        board = self.board
        for suggestion in board.suggestions:
            expected = self.expected_of_adopting(suggestion.id)
            assert self.try_to(rules.adopt, suggestion.id) is expected
            self.board = board

    @invariant()
    def the_board_holds_what_was_said_and_no_more(self):
        said = {
            (it.id, seat): response
            for it in self.board.suggestions
            for seat, response in it.responses.items()
        }
        assert said == self.said

    @invariant()
    def no_words_are_lost(self):
        kept = [it.text for it in (*self.board.statements, *self.board.suggestions)]
        assert {rules.same_words(text) for text in (*kept, *self.board.parked)} == self.not_let_go

    @invariant()
    def the_same_words_are_never_there_twice(self):
        up = [it.text for it in (*self.board.statements, *self.board.suggestions)]
        for words in (up, self.board.parked):
            assert len(words) == len({rules.same_words(text) for text in words})

    @invariant()
    def what_is_adopted_was_suggested(self):
        assert {(it.id, it.text) for it in self.board.statements} <= self.ever_suggested

    @invariant()
    def the_version_counts_adoptions_and_ids_name_one_thing(self):
        assert self.board.version == len(self.board.statements)
        names = [it.id for it in (*self.board.statements, *self.board.suggestions)]
        assert len(names) == len(set(names))

    @invariant()
    def the_board_survives_being_written_and_read(self):
        raw = msgspec.msgpack.encode(self.board)
        assert msgspec.msgpack.decode(raw, type=Board) == self.board

    @invariant()
    def a_running_record_holds_no_seat(self):
        raw = msgspec.msgpack.encode(rules.without_persons(self.board))
        assert b"seat-" not in raw
        assert all(response.value.encode() not in raw for response in Response)


Evening.TestCase.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
TestAnyEvening = Evening.TestCase


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
    before = rules.sense(suggestion_with(said, spoken), present)
    assert rules.sense(suggestion_with(swapped, spoken), present) is before


@settings(deadline=None)
@given(
    said=one_each,
    data=st.data(),
)
def test_the_sense_and_the_bytes_never_depend_on_who_answered_first(said, data):
    first = suggestion_with(said, spoken=False)
    second = suggestion_with(data.draw(st.permutations(said)), spoken=False)
    assert msgspec.msgpack.encode(first) == msgspec.msgpack.encode(second)
    assert rules.sense(first, SEATS) is rules.sense(second, SEATS)


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
        rules.Sense.SOMEONE_WOULD_TALK
        if objected
        else rules.Sense.EVERYONE_CAN_LIVE
        if everyone
        else rules.Sense.LISTENING
    )
    assert rules.sense(suggestion_with(said, spoken), present) is expected


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
        tidy = rules.tidy(text)
    except Refused:
        return  # Which texts those are is told one by one in test_agreement_rules.
    assert rules.tidy(tidy) == tidy
    assert 0 < len(tidy) <= rules.LONGEST
    assert tidy == " ".join(tidy.split())
    assert not set(tidy) & set("\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\x00\n")
    assert rules.same_words(tidy)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(tidy)) == tidy


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
