"""Nobody is overruled by saying the same again, or nearly the same."""

import pytest

from agreements import consent, rules
from agreements.shapes import Board, Code, Refused, Response, Sense

ROOM = ("ada", "ben", "cleo")
PASS, NEARLY = "We may pass.", "We may always pass."


def objected(id: str = "p") -> Board:
    board = rules.suggest(Board(), id, PASS)
    return rules.respond(board, id, "ada", Response.NOT_NOW)


def adopt(board: Board, id: str) -> Board:
    return rules.adopt(rules.ask_aloud(board, id), id)


def refuses(board: Board, id: str) -> bool:
    with pytest.raises(Refused) as refused:
        adopt(board, id)
    return refused.value.code is Code.SOMEONE_OBJECTS


@pytest.mark.parametrize("first", [True, False], ids=["reworded after", "reworded before"])
def test_an_objection_counts_for_every_wording_until_its_seat_says_otherwise(first: bool) -> None:
    board = rules.suggest(Board(), "p", PASS)
    if first:
        board = rules.respond(board, "p", "ada", Response.NOT_NOW)
    board = rules.reword(board, "p", "q", NEARLY)
    if not first:
        board = rules.respond(board, "p", "ada", Response.NOT_NOW)
    assert refuses(board, "q")
    assert consent.sense(board, board.suggestions[1], ROOM) is Sense.SOMEONE_WOULD_TALK
    # No choice of hers is made up on the new card.
    assert board.suggestions[1].responses == {}
    board = rules.respond(board, "q", "ada", Response.LIVE)
    assert adopt(board, "q").statements[0].text == NEARLY


@pytest.mark.parametrize("settle", [rules.let_go, rules.park])
def test_bringing_the_same_words_up_again_clears_nobody_out_of_the_way(settle) -> None:
    board = rules.suggest(settle(objected(), "p"), "again", "we may PASS")
    assert board.suggestions[0].responses == {"ada": Response.NOT_NOW}
    assert refuses(board, "again")
    board = rules.respond(board, "again", "ada", Response.LIVE)
    adopted = adopt(board, "again")
    assert adopted.version == 1 and adopted.objections == {}


def test_whoever_leaves_or_a_restart_takes_what_stood_along() -> None:
    board = rules.let_go(objected(), "p")
    assert rules.without_persons(board).objections == {}
    left = rules.suggest(rules.forget_seat(board, "ada"), "again", PASS)
    assert left.suggestions[0].responses == {}
    assert adopt(left, "again").version == 1


def test_that_something_is_noted_does_not_tell_whether_anyone_objected() -> None:
    quiet = rules.let_go(rules.suggest(Board(), "p", PASS), "p")
    assert quiet.objections.keys() == rules.let_go(objected(), "p").objections.keys()


def test_parked_words_that_become_one_with_others_wait_in_the_words_that_stay() -> None:
    board = rules.suggest(Board(parked=("Tea first.", PASS)), "p", PASS)
    board = rules.suggest(board, "q", NEARLY)
    merged = rules.merge(board, "q", "p")
    assert merged.parked == ("Tea first.", NEARLY)
    assert rules.let_go(merged, "q").parked == ("Tea first.",)
    both = rules.merge(
        rules.suggest(rules.suggest(Board(parked=(PASS, NEARLY)), "p", PASS), "q", NEARLY), "q", "p"
    )
    assert both.parked == (NEARLY,)


def test_a_version_that_the_board_is_beyond_changes_nothing() -> None:
    board = adopt(rules.suggest(Board(version=1), "p", PASS), "p")
    assert rules.catch_up(board, (), 1) is board
