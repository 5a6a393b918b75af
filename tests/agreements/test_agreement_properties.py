"""What no sequence of commands can do to an agreement."""

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from agreements import rules
from agreements.shapes import Board, Code, Refused, Response, Statement, plain
from agreements.texts import same_words

SEATS = [f"seat-{name}" for name in ("ada", "ben", "cleo")]
WORDS = ["We rest.", "we rest", "Anyone may pass.", "We listen.", "No advice.", "Phones away.", ""]
WORDS += ["Tea first.", "We wait.", "Kind words."]
# Only these may take an open wording off the board, besides a version adopted elsewhere.
SETTLING = {rules.adopt, rules.park, rules.let_go, rules.merge, rules.catch_up}

new_ids = st.sampled_from([f"id-{letter}" for letter in "abcdefgh"])
picks = st.integers(0, 5)  # which of what is there
seats = st.sampled_from(SEATS)
words = st.sampled_from(WORDS)
responses = st.sampled_from([Response.LIVE, *Response])


class Evening(RuleBasedStateMachine):
    """Any commands in any order, beside a plain record of what people said and did.

    The record has a number of its own for each matter, and knows nothing of lines and roots.
    """

    @initialize(
        parked=st.lists(st.sampled_from(["We rest.", "We wait."]), unique=True),
        adopted=st.lists(st.sampled_from(["Be on time.", "No gossip."]), unique=True),
        suggested=st.integers(0, 4),
        reworded=st.lists(st.tuples(picks, st.booleans()), max_size=3),
    )
    def doors_open(self, parked, adopted, suggested, reworded):
        statements = tuple(Statement(f"old-{n}", text) for n, text in enumerate(adopted))
        self.board = Board(statements, parked=tuple(parked), version=len(adopted))
        self.version = len(adopted)
        self.on_the_board = {(it.id, it.text) for it in statements}  # ever
        self.parked = list(parked)
        self.agreed = dict(enumerate(statements))
        self.matters = {}  # matter -> ids; both in their order, as the agreement is
        self.open = {}  # id -> (text, whether it takes out)
        self.next = len(adopted)
        self.said = {}  # (id, seat) -> response
        self.spoken, self.asked, self.keeps = set(), set(), set()
        self.standing = {}  # words that were let go or parked -> seat -> objection
        for n in range(suggested):
            self.suggest(f"id-{n}", f"Said at first: {n}.")
        for n, (pick, of_adopted) in enumerate(reworded):
            self.reword(pick, f"id-r{n}", f"Said otherwise: {n}.", of_adopted)

    def pick(self, pick):
        ids = list(self.open)
        return ids[pick % len(ids)] if ids else "id-none"

    def pick_adopted(self, pick):
        ids = [it.id for it in self.agreed.values()]
        return ids[pick % len(ids)] if ids else "id-none"

    def matter_of(self, id):
        of = {it.id: matter for matter, it in self.agreed.items()}
        of |= {one: matter for matter, ids in self.matters.items() for one in ids}
        return of.get(id)

    def try_to(self, change, *arguments):
        """The code of the refusal, or None when the board changed hands."""
        before, raw = self.board, msgspec.msgpack.encode(self.board)
        board, code = self.board, None
        try:
            board = change(self.board, *arguments)
        except Refused as refused:
            code = refused.code
        assert msgspec.msgpack.encode(before) == raw
        assert board is before or board != before
        if change not in SETTLING:
            assert wordings(before) <= wordings(board)
        self.board = board
        return code

    def opens(self, id, text, matter, takes_out=False):
        self.open[id] = (text, takes_out)
        self.matters.setdefault(matter, []).append(id)
        self.on_the_board.add((id, text))
        if not takes_out:
            before = self.standing.get(same_words(text), {})
            self.said |= {(id, seat): said for seat, said in before.items()}

    def stands(self, id):
        """What is objected to these words counts again when they come back."""
        text, takes_out = self.open[id]
        if not takes_out:
            self.standing[same_words(text)] = self.objections_to(id)

    def objections_to(self, id):
        return {
            key[1]: said
            for key, said in self.said.items()
            if key[0] == id and said is not Response.LIVE
        }

    def settled(self, id):
        text, takes_out = self.open.pop(id)
        matter = self.matter_of(id)
        self.matters[matter].remove(id)
        if not self.matters[matter]:
            del self.matters[matter]
        if not takes_out:
            key = same_words(text)
            self.parked = [it for it in self.parked if same_words(it) != key]
        self.spoken.discard(id)
        self.asked.discard(id)
        self.said = {key: said for key, said in self.said.items() if key[0] != id}

    @rule(id=new_ids, text=words)
    def suggest(self, id, text):
        if self.try_to(rules.suggest, id, text) is None:
            self.opens(id, text, self.next)
            self.next += 1

    @rule(pick=picks, new_id=new_ids, text=words, adopted=st.booleans())
    def reword(self, pick, new_id, text, adopted):
        id = self.pick_adopted(pick) if adopted else self.pick(pick)
        if self.try_to(rules.reword, id, new_id, text) is None:
            self.opens(new_id, text, self.matter_of(id))

    @rule(pick=picks, ids=st.tuples(new_ids, new_ids), texts=st.tuples(words, words))
    def two_reword_at_once(self, pick, ids, texts):
        id = self.pick(pick)
        for new_id, text in zip(ids, texts, strict=True):
            if self.try_to(rules.reword, id, new_id, text) is None:
                self.opens(new_id, text, self.matter_of(id))

    @rule(pick=picks, new_id=new_ids)
    def take_out(self, pick, new_id):
        id = self.pick_adopted(pick)
        if self.try_to(rules.take_out, id, new_id) is None:
            matter = self.matter_of(id)
            self.opens(new_id, self.agreed[matter].text, matter, takes_out=True)

    def expected_of_merging(self, kept, gone):
        if kept not in self.open:
            return Code.UNKNOWN_SUGGESTION
        if gone not in self.open or kept == gone:
            return None
        both = {self.matter_of(kept), self.matter_of(gone)}
        if (
            self.open[kept][1]
            or self.open[gone][1]
            or (both <= self.agreed.keys() and len(both) > 1)
        ):
            return Code.NOT_ALIKE
        return None

    @rule(kept=picks, gone=picks)
    def merge(self, kept, gone):
        kept, gone = self.pick(kept), self.pick(gone)
        expected = self.expected_of_merging(kept, gone)
        assert self.try_to(rules.merge, kept, gone) is expected
        if expected is not None or kept == gone:
            return
        objections = self.objections_to(gone)
        objected_aloud = gone in self.spoken
        stays, goes = self.matter_of(kept), self.matter_of(gone)
        kept_text, gone_text = self.open[kept][0], self.open[gone][0]
        keys = [same_words(text) for text in self.parked]
        parked = list(self.parked)
        if same_words(gone_text) in keys:
            place = keys.index(same_words(gone_text))
            again = same_words(kept_text) in keys
            parked[place : place + 1] = [] if again else [kept_text]
        self.settled(gone)
        self.parked = parked
        if stays != goes:
            self.join(stays, goes)
        for seat, said in objections.items():
            self.said.setdefault((kept, seat), said)
        self.asked.discard(kept)
        if objected_aloud:
            self.spoken.add(kept)

    def join(self, stays, goes):
        """Two matters are one, in the place of the first; a statement's is the statement's."""
        one = goes if goes in self.agreed else stays
        moved = [id for at in {stays, goes} - {one} for id in self.matters.get(at, [])]
        if one in self.agreed:
            # They would take a statement's place now, which nobody has said yes to.
            self.said = {
                key: said
                for key, said in self.said.items()
                if key[0] not in moved or said is not Response.LIVE
            }
        ids = [id for at in self.matters if at in (stays, goes) for id in self.matters[at]]
        self.asked -= set(ids)
        places = [one if at in (stays, goes) else at for at in self.matters]
        self.matters = {at: ids if at == one else self.matters[at] for at in dict.fromkeys(places)}

    @rule(kept=picks, by=picks, seat=seats, response=responses, aloud=st.booleans())
    def merge_what_was_talked_about(self, kept, by, seat, response, aloud):
        """What chance alone seldom does: all of it was asked and answered, and two become one."""
        for at in range(len(self.open)):
            self.respond(at, SEATS[0], Response.LIVE)
            self.ask_aloud(at)
        if len(self.open) > 1:
            gone = kept + 1 + by % (len(self.open) - 1)
            self.respond(gone, seat, response)
            if aloud:
                self.object_aloud(gone)
            self.merge(kept, gone)

    @rule(pick=picks, after=picks, first=st.booleans())
    def move(self, pick, after, first):
        id, after = self.pick(pick), "" if first else self.pick(after)
        if self.try_to(rules.move, id, after) is None:
            self.matters = moved(self.matters, self.matter_of(id), self.matter_of(after))

    @rule(pick=picks, after=picks, first=st.booleans())
    def move_adopted(self, pick, after, first):
        id, after = self.pick_adopted(pick), "" if first else self.pick_adopted(after)
        if self.try_to(rules.move, id, after) is None:
            self.agreed = moved(self.agreed, self.matter_of(id), self.matter_of(after))

    @rule(pick=picks, seat=seats, response=responses)
    def respond(self, pick, seat, response):
        id = self.pick(pick)
        if self.try_to(rules.respond, id, seat, response) is None:
            self.said[id, seat] = response

    @rule(seat=seats, keeps=st.booleans())
    def keep(self, seat, keeps):
        self.try_to(rules.keep, seat, keeps)
        self.keeps = self.keeps | {seat} if keeps else self.keeps - {seat}

    @rule(pick=picks)
    def ask_aloud(self, pick):
        id = self.pick(pick)
        if self.try_to(rules.ask_aloud, id) is None:
            self.asked.add(id)

    @rule(pick=picks)
    def object_aloud(self, pick):
        id = self.pick(pick)
        if self.try_to(rules.note_spoken_objection, id) is None:
            self.spoken.add(id)

    @rule(pick=picks)
    def talk_it_through(self, pick):
        id = self.pick(pick)
        if self.try_to(rules.clear_spoken_objection, id) is None and id in self.spoken:
            self.spoken.discard(id)
            self.asked.discard(id)

    def expected_of_adopting(self, id):
        if id not in self.asked:
            return Code.NOT_ASKED_ALOUD
        of_it = {seat for about, seat in self.said if about == id}
        beside = {
            seat
            for other in self.matters[self.matter_of(id)]
            for seat in self.objections_to(other)
            if other == id or seat not in of_it
        }
        if id in self.spoken or beside:
            return Code.SOMEONE_OBJECTS
        return None

    @rule(pick=picks)
    def adopt(self, pick):
        id = self.pick(pick)
        if self.try_to(rules.adopt, id) is None:
            self.adopted(id)

    def adopted(self, id):
        (text, takes_out), matter = self.open[id], self.matter_of(id)
        self.standing.pop(same_words(text), None)
        for alternative in list(self.matters[matter]):
            self.settled(alternative)
        if takes_out:
            del self.agreed[matter]
        else:
            self.agreed[matter] = Statement(id, text)
        self.keeps.clear()
        self.version += 1

    @rule(pick=picks)
    def adopted_elsewhere(self, pick):
        """Another process adopted it, and this one catches up."""
        id = self.pick(pick)
        if id in self.open:
            elsewhere = rules.ask_aloud(rules.without_persons(self.board), id)
            elsewhere = rules.adopt(elsewhere, id)
            self.try_to(rules.catch_up, elsewhere.statements, elsewhere.version)
            self.adopted(id)

    @rule(pick=picks)
    def agree(self, pick):
        """What chance alone seldom does: everyone comes round, is asked, and it is adopted."""
        self.talk_it_through(pick)
        for seat in SEATS:
            self.respond(pick, seat, Response.LIVE)
        self.ask_aloud(pick)
        self.adopt(pick)

    @rule(pick=picks)
    def park(self, pick):
        id = self.pick(pick)
        text, takes_out = self.open.get(id, ("", False))
        refused = self.try_to(rules.park, id)
        assert (refused is Code.TAKES_OUT) == takes_out
        if refused is None:
            parked = list(self.parked)
            self.stands(id)
            self.settled(id)
            known = map(same_words, parked)
            self.parked = parked if same_words(text) in known else [*parked, text]

    @rule(pick=picks)
    def let_go(self, pick):
        id = self.pick(pick)
        if self.try_to(rules.let_go, id) is None:
            self.stands(id)
            self.settled(id)

    @rule(seat=seats)
    def leave(self, seat):
        self.try_to(lambda board: same_or(board, rules.forget_seat(board, seat)))
        self.said = {key: said for key, said in self.said.items() if key[1] != seat}
        self.keeps.discard(seat)
        self.asked.clear()
        for said in self.standing.values():
            said.pop(seat, None)

    @rule()
    def restart(self):
        self.try_to(lambda board: same_or(board, rules.without_persons(board)))
        for all_of_it in (self.said, self.spoken, self.asked, self.keeps, self.standing):
            all_of_it.clear()

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
        assert self.board.keeps == self.keeps
        standing = [*self.board.objections.values()]
        assert sorted(map(sorted, standing)) == sorted(map(sorted, self.standing.values()))

    @invariant()
    def no_words_are_lost_and_the_order_is_what_was_made_of_it(self):
        open = {it.id: (it.text, it.takes_out) for it in self.board.suggestions}
        assert open == self.open
        assert list(open) == [id for ids in self.matters.values() for id in ids]
        agreed = [(it.id, it.text) for it in self.board.statements]
        assert agreed == [(it.id, it.text) for it in self.agreed.values()]
        assert list(self.board.parked) == self.parked

    @invariant()
    def matters_are_contiguous_and_what_belongs_together_stands_together(self):
        found = {}
        for it in self.board.suggestions:
            assert it.matter not in found or list(found)[-1] == it.matter
            found.setdefault(it.matter, []).append(it.id)
        assert list(found.values()) == list(self.matters.values())
        lines = [it.line for it in self.board.statements]
        assert len(lines) == len(set(lines))
        place = dict(zip(self.agreed, lines, strict=True))
        for matter, (name, _ids) in zip(self.matters, found.items(), strict=True):
            assert place.get(matter, name) == name and (matter in place) == (name in lines)

    @invariant()
    def the_same_words_are_never_there_twice(self):
        up = [it.text for it in self.board.statements]
        up += [it.text for it in self.board.suggestions if not it.takes_out]
        for words in (up, self.board.parked):
            assert len(words) == len({same_words(text) for text in words})
        going = [it.about for it in self.board.suggestions if it.takes_out]
        assert len(going) == len(set(going))

    @invariant()
    def what_is_adopted_was_on_the_board(self):
        assert {(it.id, it.text) for it in self.board.statements} <= self.on_the_board

    @invariant()
    def versions_count_by_one_and_ids_name_one_thing(self):
        assert self.board.version == self.version
        names = [it.id for it in (*self.board.statements, *self.board.suggestions)]
        assert len(names) == len(set(names))

    @invariant()
    def the_board_survives_being_written_and_read(self):
        raw = msgspec.msgpack.encode(self.board)
        assert msgspec.msgpack.decode(raw, type=Board) == self.board
        written = plain(self.board.statements)
        assert msgspec.convert(written, tuple[Statement, ...]) == self.board.statements

    @invariant()
    def a_running_record_holds_no_seat(self):
        raw = msgspec.msgpack.encode(rules.without_persons(self.board))
        assert b"seat-" not in raw
        assert all(response.value.encode() not in raw for response in Response)


def wordings(board):
    return {(it.id, it.text) for it in board.suggestions}


def same_or(board, after):
    return board if after == board else after


def moved(order, one, after):
    """The same things in an order in which one follows another, or comes first."""
    if one == after:
        return order
    others = [it for it in order if it != one]
    place = 0 if after is None else others.index(after) + 1
    return {it: order[it] for it in (*others[:place], one, *others[place:])}


Evening.TestCase.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
TestAnyEvening = Evening.TestCase
