"""Taking out, merging, putting in order, keeping as it is, catching up: one behaviour at a time."""

import pytest
from msgspec.structs import replace

from agreements import consent, rules
from agreements.shapes import Board, Code, Refused, Response, Sense, Statement, Suggestion, plain

LIVE, TALK, NOT_NOW = Response
WORDS = {"x": "We rest.", "y": "We take breaks.", "z": "Anyone may pass.", "w": "We listen."}
AGREED = (Statement("a", "Phones away."), Statement("b", "No advice."), Statement("c", "Tea."))


def board_of(*ids, agreed=()):
    board = Board(statements=agreed, version=len(agreed))
    for id in ids:
        board = rules.suggest(board, id, WORDS[id])
    return board


def said(board, id, **by):
    for seat, response in by.items():
        board = rules.respond(board, id, seat, response)
    return board


def find(board, id):
    return next(it for it in board.suggestions if it.id == id)


def ids(board):
    return [it.id for it in board.suggestions]


def lines(board):
    return [it.id for it in board.statements]


def refused(code, change, *arguments):
    with pytest.raises(Refused) as refusal:
        change(*arguments)
    assert refusal.value.code is code
    return True


def agree(board, id):
    return rules.adopt(rules.ask_aloud(board, id), id)


# --- taking out -------------------------------------------------------------------------------


def test_what_would_be_taken_out_stays_until_the_group_can_live_without_it():
    board = rules.take_out(board_of(agreed=AGREED), "b", "t")
    assert board.statements == AGREED
    assert board.suggestions == (Suggestion("t", "No advice.", about="b", takes_out=True),)
    objected = rules.ask_aloud(said(board, "t", ada=NOT_NOW), "t")
    refused(Code.SOMEONE_OBJECTS, rules.adopt, objected, "t")
    gone = agree(board, "t")
    assert lines(gone) == ["a", "c"] and gone.version == 4 and gone.suggestions == ()


def test_the_same_statement_is_suggested_to_go_once():
    board = rules.take_out(board_of(agreed=AGREED), "b", "t")
    refused(Code.ALREADY_SUGGESTED, rules.take_out, board, "b", "again")


@pytest.mark.parametrize("id", ["nowhere", "x", ""])
def test_only_what_is_adopted_can_be_suggested_to_go(id):
    refused(Code.UNKNOWN_STATEMENT, rules.take_out, board_of("x", agreed=AGREED), id, "t")


def test_a_new_id_is_needed_and_the_board_may_be_full():
    board = board_of("x", agreed=AGREED)
    refused(Code.ID_TAKEN, rules.take_out, board, "b", "x")
    for n in range(rules.MOST_SUGGESTIONS - 1):
        board = rules.suggest(board, f"n{n}", f"Statement {n}")
    refused(Code.TOO_MANY_SUGGESTIONS, rules.take_out, board, "b", "t")


def test_taking_out_stands_beside_another_wording_and_one_of_them_settles_both():
    board = rules.take_out(board_of(agreed=AGREED), "b", "t")
    board = rules.reword(board, "b", "r", "Advice when asked for.")
    assert [it.matter for it in board.suggestions] == ["b", "b"]
    reworded = agree(board, "r")
    assert reworded.statements[1] == Statement("r", "Advice when asked for.", root="b")
    assert reworded.suggestions == () == agree(board, "t").suggestions


def test_another_wording_may_answer_the_wish_to_take_it_out():
    board = rules.take_out(board_of(agreed=AGREED), "b", "t")
    board = rules.reword(board, "t", "r", "Advice when asked for.")
    assert find(board, "r") == Suggestion("r", "Advice when asked for.", about="b")


def test_the_wish_to_take_something_out_is_not_parked_but_may_be_let_go():
    board = rules.take_out(replace(board_of(agreed=AGREED), parked=("No advice.",)), "b", "t")
    refused(Code.TAKES_OUT, rules.park, board, "t")
    let_go = rules.let_go(board, "t")
    assert let_go.suggestions == () and let_go.statements == AGREED
    # Its words are the statement's, and nobody let go of those.
    assert let_go.parked == ("No advice.",) == rules.still_parked(board)


# --- merging ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("kept", "gone"), [("x", "y"), ("y", "x")])
def test_either_wording_may_stay_for_both(kept, gone):
    board = rules.merge(board_of("x", "y", "z"), kept, gone)
    assert ids(board) == [kept, "z"] and find(board, kept).text == WORDS[kept]


def test_merging_again_changes_nothing():
    board = rules.merge(board_of("x", "y"), "x", "y")
    assert rules.merge(board, "x", "y") is board
    assert rules.merge(board, "x", "x") is board


def test_what_is_settled_stays_for_nothing():
    refused(Code.UNKNOWN_SUGGESTION, rules.merge, board_of("x"), "nowhere", "x")


def test_a_yes_to_the_wording_that_goes_is_no_yes_to_the_one_that_stays():
    board = said(board_of("x", "y"), "y", ada=LIVE, ben=LIVE)
    merged = rules.merge(board, "x", "y")
    assert find(merged, "x").responses == {}
    assert consent.sense(merged, find(merged, "x"), ("ada", "ben")) is Sense.LISTENING


@pytest.mark.parametrize("response", [TALK, NOT_NOW])
def test_an_objection_is_not_merged_away(response):
    board = said(said(board_of("x", "y"), "x", ada=LIVE), "y", ben=response)
    merged = rules.ask_aloud(rules.merge(board, "x", "y"), "x")
    assert find(merged, "x").responses == {"ada": LIVE, "ben": response}
    refused(Code.SOMEONE_OBJECTS, rules.adopt, merged, "x")
    assert rules.adopt(said(merged, "x", ben=LIVE), "x").version == 1


def test_who_can_live_with_the_wording_that_stays_does_not_object_to_it():
    board = said(said(board_of("x", "y"), "x", ben=LIVE), "y", ben=NOT_NOW)
    assert find(rules.merge(board, "x", "y"), "x").responses == {"ben": LIVE}
    board = said(said(board_of("x", "y"), "x", ben=NOT_NOW), "y", ben=LIVE)
    assert find(rules.merge(board, "x", "y"), "x").responses == {"ben": NOT_NOW}


@pytest.mark.parametrize("about", ["x", "y"])
def test_an_objection_said_aloud_is_not_merged_away(about):
    board = rules.note_spoken_objection(board_of("x", "y"), about)
    merged = rules.ask_aloud(rules.merge(board, "x", "y"), "x")
    refused(Code.SOMEONE_OBJECTS, rules.adopt, merged, "x")


@pytest.mark.parametrize("asked", [["x"], ["y"], ["x", "y"]])
def test_the_room_is_asked_aloud_anew(asked):
    board = board_of("x", "y")
    for id in asked:
        board = rules.ask_aloud(board, id)
    refused(Code.NOT_ASKED_ALOUD, rules.adopt, rules.merge(board, "x", "y"), "x")


def test_a_merged_board_does_not_hold_the_order_in_which_people_answered():
    one = said(said(board_of("x", "y"), "x", cleo=LIVE), "y", ada=TALK)
    other = said(said(board_of("x", "y"), "y", ada=TALK), "x", cleo=LIVE)
    responses = find(rules.merge(one, "x", "y"), "x").responses
    assert list(responses) == ["ada", "cleo"]
    assert list(responses) == list(find(rules.merge(other, "x", "y"), "x").responses)


def test_the_alternatives_of_both_stand_side_by_side_from_then_on():
    board = rules.reword(board_of("x", "y", "z"), "y", "y2", "We pause.")
    board = rules.reword(board, "x", "x2", "We sit still.")
    merged = rules.merge(board, "y", "x")
    assert ids(merged) == ["x2", "y", "y2", "z"]
    assert [it.matter for it in merged.suggestions] == ["y", "y", "y", "z"]
    assert agree(merged, "x2").suggestions == (find(merged, "z"),)


def test_an_alternative_that_would_now_settle_more_is_asked_aloud_anew():
    board = rules.reword(board_of("x", "y"), "y", "y2", "We pause.")
    merged = rules.merge(rules.ask_aloud(board, "y2"), "x", "y")
    refused(Code.NOT_ASKED_ALOUD, rules.adopt, merged, "y2")


def test_merging_two_wordings_of_one_matter_leaves_the_third_as_it_was():
    board = rules.reword(board_of("x"), "x", "x2", "We pause.")
    board = rules.ask_aloud(rules.reword(board, "x", "x3", "We sit still."), "x3")
    assert find(rules.merge(board, "x", "x2"), "x3") == find(board, "x3")


def test_the_words_that_go_wait_no_longer():
    board = replace(board_of("x", "y"), parked=(WORDS["y"], WORDS["z"], WORDS["x"]))
    assert rules.merge(board, "x", "y").parked == (WORDS["z"], WORDS["x"])


@pytest.mark.parametrize(("kept", "gone"), [("r", "x"), ("x", "r")])
def test_what_is_one_with_a_rewording_takes_the_place_of_the_statement(kept, gone):
    board = rules.reword(board_of("x", agreed=AGREED), "b", "r", "Advice when asked for.")
    merged = rules.merge(board, kept, gone)
    assert find(merged, kept).matter == "b"
    assert lines(agree(merged, kept)) == ["a", kept, "c"]


def test_a_yes_to_one_more_statement_is_no_yes_to_putting_it_in_anothers_place():
    """Found here: whole yeses, and the asking, were carried over to what replaces a statement."""
    board = rules.reword(board_of("x", agreed=AGREED), "b", "r", "Advice when asked for.")
    board = rules.reword(board, "x", "x2", "We pause.")
    board = said(said(board, "x", ada=LIVE, ben=TALK), "x2", ada=LIVE, ben=TALK)
    merged = rules.merge(rules.ask_aloud(board, "x2"), "x", "r")
    for id in ("x", "x2"):
        assert find(merged, id).responses == {"ben": TALK} and not find(merged, id).asked_aloud
    # And whoever could live with it as one more is heard again about the one that goes.
    board = said(said(board, "x", cleo=LIVE), "r", cleo=NOT_NOW)
    assert find(rules.merge(board, "x", "r"), "x").responses == {"ben": TALK, "cleo": NOT_NOW}


def test_a_yes_to_a_rewording_stays_one():
    board = rules.reword(board_of("x", agreed=AGREED), "b", "r", "Advice when asked for.")
    merged = rules.merge(said(board, "r", ada=LIVE), "r", "x")
    assert find(merged, "r").responses == {"ada": LIVE}


def test_wordings_of_two_statements_cannot_become_one():
    board = rules.reword(board_of(agreed=AGREED), "a", "r", "Phones at home.")
    board = rules.reword(board, "b", "s", "Advice when asked for.")
    refused(Code.NOT_ALIKE, rules.merge, board, "r", "s")


def test_the_wish_to_take_something_out_is_like_no_wording():
    board = rules.take_out(board_of("x", agreed=AGREED), "b", "t")
    board = rules.reword(board, "b", "r", "Advice when asked for.")
    for pair in (("t", "x"), ("x", "t"), ("r", "t"), ("t", "r")):
        refused(Code.NOT_ALIKE, rules.merge, board, *pair)


# --- order ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "after", "order"),
    [("c", "", "cab"), ("a", "c", "bca"), ("a", "b", "bac"), ("b", "a", "abc"), ("b", "b", "abc")],
)
def test_a_statement_follows_another_or_comes_first(id, after, order):
    board = board_of("x", agreed=AGREED)
    moved = rules.move(board, id, after)
    assert "".join(lines(moved)) == order
    assert moved.version == board.version and moved.suggestions == board.suggestions
    assert (moved is board) == (order == "abc")


def test_a_suggestion_takes_its_alternatives_along_and_goes_behind_all_of_anothers():
    board = rules.reword(board_of("x", "y", "z"), "x", "x2", "We pause.")
    board = rules.reword(board, "z", "z2", "We may pass.")
    assert ids(rules.move(board, "x2", "z")) == ["y", "z", "z2", "x", "x2"]
    assert ids(rules.move(board, "z", "")) == ["z", "z2", "x", "x2", "y"]
    assert rules.move(board, "x", "x2") is board


@pytest.mark.parametrize(
    ("id", "after", "code"),
    [
        ("nowhere", "", Code.UNKNOWN_SUGGESTION),
        ("x", "nowhere", Code.UNKNOWN_SUGGESTION),
        ("a", "nowhere", Code.UNKNOWN_STATEMENT),
        ("x", "a", Code.UNKNOWN_SUGGESTION),
        ("a", "x", Code.UNKNOWN_STATEMENT),
    ],
)
def test_a_move_to_where_nothing_is_any_more_is_refused(id, after, code):
    refused(code, rules.move, board_of("x", "y", agreed=AGREED), id, after)


# --- keeping as it is -------------------------------------------------------------------------


def kept_by(*seats, board=None):
    board = board or board_of(agreed=AGREED)
    for seat in seats:
        board = rules.keep(board, seat, True)
    return board


def test_everyone_here_would_keep_it_when_each_of_two_or_more_says_so():
    assert consent.review(kept_by("ada", "ben"), ("ada", "ben")) is Sense.EVERYONE_CAN_LIVE
    assert consent.review(kept_by("ada", "ben"), ("ada",)) is Sense.LISTENING
    assert consent.review(kept_by("ada"), ("ada", "ben")) is Sense.LISTENING
    assert consent.review(kept_by("ada", "cleo"), ("ada", "ben")) is Sense.LISTENING
    assert consent.review(kept_by("ada", "ben"), ("ada", "ben", "late")) is Sense.LISTENING
    assert consent.review(kept_by(), ()) is Sense.LISTENING


def test_who_is_away_is_not_waited_for():
    assert consent.review(kept_by("ada", "ben", "cleo"), ("ada", "ben")) is Sense.EVERYONE_CAN_LIVE


def test_nobody_objects_by_not_having_said_so():
    for board in (kept_by(), kept_by("ada")):
        assert consent.review(board, ("ada", "ben")) is not Sense.SOMEONE_WOULD_TALK


def test_as_long_as_something_is_suggested_it_is_not_kept_as_it_is():
    board = kept_by("ada", "ben", board=board_of("x", agreed=AGREED))
    assert consent.review(board, ("ada", "ben")) is Sense.LISTENING


def test_keeping_is_taken_back_and_said_twice_changes_nothing():
    board = kept_by("ada")
    assert rules.keep(board, "ada", True) is board
    assert rules.keep(board, "ada", False).keeps == frozenset()
    assert rules.keep(board, "ben", False) is board


def test_keeping_is_of_this_text_and_of_who_is_in_the_room():
    board = kept_by("ada", "ben", board=board_of("x", agreed=AGREED))
    assert rules.forget_seat(board, "ada").keeps == {"ben"}
    assert rules.without_persons(board).keeps == frozenset()
    assert agree(board, "x").keeps == frozenset()
    assert rules.catch_up(board, AGREED[:2], 4).keeps == frozenset()
    # The order is none of the words.
    assert rules.move(board, "a", "c").keeps == {"ada", "ben"}


# --- leaving, restarting, catching up ---------------------------------------------------------


def test_whoever_leaves_takes_along_what_was_merged_of_theirs():
    board = said(board_of("x", "y"), "y", ben=NOT_NOW)
    board = rules.ask_aloud(rules.merge(board, "x", "y"), "x")
    left = rules.forget_seat(board, "ben")
    assert find(left, "x").responses == {}
    refused(Code.NOT_ASKED_ALOUD, rules.adopt, left, "x")


def test_what_stands_side_by_side_still_does_without_persons():
    board = rules.take_out(board_of("x", agreed=AGREED), "b", "t")
    board = rules.reword(rules.reword(board, "x", "x2", "We pause."), "b", "r", "Advice is rare.")
    board = rules.note_spoken_objection(rules.ask_aloud(said(board, "t", ada=TALK), "t"), "t")
    bare = rules.without_persons(board)
    assert [(it.id, it.text, it.matter, it.takes_out) for it in bare.suggestions] == [
        (it.id, it.text, it.matter, it.takes_out) for it in board.suggestions
    ]
    for it in bare.suggestions:
        assert (it.responses, it.asked_aloud, it.spoken_objection) == ({}, False, False)
    assert rules.without_persons(bare) == bare


def caught_up(board, adopting):
    """The same board in another process, which hears of the adoption."""
    elsewhere = agree(rules.without_persons(board), adopting)
    return rules.catch_up(board, elsewhere.statements, elsewhere.version), elsewhere


@pytest.mark.parametrize("adopting", ["x", "x2", "r", "t", "y"])
def test_catching_up_settles_what_adopting_here_would_have_settled(adopting):
    board = rules.take_out(board_of("x", "y", agreed=AGREED), "b", "t")
    board = rules.reword(rules.reword(board, "x", "x2", "We pause."), "b", "r", "Advice is rare.")
    board = replace(board, parked=(WORDS["y"], WORDS["z"]))
    here, elsewhere = caught_up(board, adopting)
    assert rules.without_persons(here) == elsewhere


def test_a_yes_to_letting_go_of_other_words_is_no_yes_to_letting_go_of_these():
    board = rules.take_out(board_of(agreed=AGREED), "b", "t")
    board = rules.ask_aloud(said(board, "t", ada=LIVE, ben=LIVE), "t")
    reworded = (AGREED[0], Statement("n", "Advice is rare.", root="b"), AGREED[2])
    assert rules.catch_up(board, reworded, 4).suggestions == ()


def test_catching_up_over_two_versions_finds_the_first_settled_too():
    board = board_of("x", "y")
    twice = (Statement("r", "We pause.", root="x"),)
    assert ids(rules.catch_up(board, twice, 2)) == ["y"]


def test_catching_up_settles_the_same_words_of_another_id_and_nothing_else():
    board = said(board_of("x", "y"), "y", ada=TALK)
    caught = rules.catch_up(board, (Statement("n", "we rest"),), 1)
    assert caught.suggestions == (find(board, "y"),)
    assert rules.catch_up(board, (), 0) == board


def test_the_order_of_another_version_settles_nothing():
    board = rules.take_out(board_of("x", agreed=AGREED), "b", "t")
    assert rules.catch_up(board, AGREED[::-1], 3).suggestions == board.suggestions


def test_what_is_written_down_is_read_again():
    statements = (Statement("a", "Tea."), Statement("r", "Advice is rare.", root="b"))
    written = plain(statements)
    assert written == [
        {"id": "a", "text": "Tea."},
        {"id": "r", "text": "Advice is rare.", "root": "b"},
    ]
    assert tuple(Statement(**it) for it in written) == statements
