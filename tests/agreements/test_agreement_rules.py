"""What a group can and cannot do with its agreement, one behaviour at a time."""

import msgspec
import pytest
from msgspec.structs import replace

from agreements import consent, rules
from agreements.shapes import Board, Code, Refused, Response, Sense, Statement, Suggestion

PHONES = "We mute our phones."
PASS = "Anyone may pass."

ROOM = ("ada", "ben", "cleo")


def open_board(*texts):
    board = Board()
    for place, text in enumerate(texts):
        board = rules.suggest(board, f"s{place}", text)
    return board


def respond_all(board, response=Response.LIVE, seats=ROOM):
    for seat in seats:
        board = rules.respond(board, "s0", seat, response)
    return board


def assert_refused(code, change, *arguments):
    with pytest.raises(Refused) as refused:
        change(*arguments)
    assert refused.value.code is code
    assert str(refused.value) == code.value


def refusal(change, *arguments):
    try:
        change(*arguments)
    except Refused as refused:
        return refused.code


def texts(board):
    return [suggestion.text for suggestion in board.suggestions]


# --- suggesting -------------------------------------------------------------------------------


def test_a_suggestion_arrives_with_nothing_but_its_words():
    assert open_board(PHONES) == Board(suggestions=(Suggestion("s0", PHONES),))


def test_suggestions_keep_the_order_in_which_they_came():
    assert texts(open_board(PHONES, PASS)) == [PHONES, PASS]


@pytest.mark.parametrize("text", ["", "  \n\t ", "\u200b\u202e\u2066", "\u200d", "\u3164", "\x00"])
def test_nothing_to_see_is_not_a_suggestion(text):
    assert_refused(Code.EMPTY, rules.suggest, Board(), "s0", text)


def test_the_longest_text_is_kept_whole_and_one_more_letter_is_refused():
    assert texts(open_board("x" * 240)) == ["x" * 240]
    assert_refused(Code.TOO_LONG, rules.suggest, Board(), "s0", "x" * 241)


@pytest.mark.parametrize(
    "text", ["we mute our phones", "WE MUTE  our phones!", "We mute our-phones…"]
)
def test_the_same_words_are_not_suggested_twice(text):
    assert_refused(Code.ALREADY_SUGGESTED, rules.suggest, open_board(PHONES), "new", text)


def test_words_already_adopted_are_not_suggested_again():
    board = Board(statements=(Statement("a", PHONES),), version=1)
    assert_refused(Code.ALREADY_ADOPTED, rules.suggest, board, "new", "we mute our phones")


def test_an_open_board_is_full_at_some_point_and_letting_one_go_makes_room():
    board = open_board(*(f"Statement {place}" for place in range(rules.MOST_SUGGESTIONS)))
    assert_refused(Code.TOO_MANY_SUGGESTIONS, rules.suggest, board, "new", PASS)
    assert texts(rules.suggest(rules.let_go(board, "s0"), "new", PASS))[-1] == PASS


def test_an_id_names_one_thing_only():
    assert_refused(Code.ID_TAKEN, rules.suggest, open_board(PHONES), "s0", PASS)
    adopted = Board(statements=(Statement("a", PHONES),), version=1)
    assert_refused(Code.ID_TAKEN, rules.suggest, adopted, "a", PASS)


# --- wording ----------------------------------------------------------------------------------


def test_another_wording_stands_beside_the_first_and_replaces_nothing():
    board = respond_all(open_board(PHONES, PASS))
    reworded = rules.reword(board, "s0", "new", "Phones are on silent.")
    assert texts(reworded) == [PHONES, "Phones are on silent.", PASS]
    assert reworded.suggestions[0] == board.suggestions[0]


def test_another_wording_starts_without_anybody_s_response():
    board = rules.ask_aloud(respond_all(open_board(PHONES)), "s0")
    new = rules.reword(board, "s0", "new", PASS).suggestions[1]
    assert new == Suggestion("new", PASS, about="s0")


def test_an_adopted_statement_can_be_reworded_and_stands_until_the_group_decides():
    board = Board(statements=(Statement("a", PHONES),), version=1)
    reworded = rules.reword(board, "a", "new", "Phones are on silent.")
    assert reworded.statements == board.statements
    assert texts(reworded) == ["Phones are on silent."]
    adopted = rules.adopt(rules.ask_aloud(reworded, "new"), "new")
    assert adopted == Board(
        statements=(Statement("new", "Phones are on silent.", root="a"),), version=2
    )


def test_two_rewordings_at_once_stand_side_by_side_and_nobody_s_words_go():
    board = open_board(PHONES, PASS)
    board = rules.reword(board, "s0", "one", "Phones are on silent.")
    board = rules.reword(board, "s0", "two", "Phones stay in the bag.")
    assert texts(board) == [PHONES, "Phones are on silent.", "Phones stay in the bag.", PASS]
    assert [it.matter for it in board.suggestions] == ["s0", "s0", "s0", "s1"]


def test_a_wording_of_a_wording_is_about_the_same_matter():
    board = rules.reword(open_board(PHONES), "s0", "one", "Phones are on silent.")
    board = rules.reword(board, "one", "two", "Phones stay in the bag.")
    assert {it.matter for it in board.suggestions} == {"s0"}


def test_adopting_one_wording_settles_the_others_of_its_matter_alone():
    board = rules.reword(open_board(PHONES, PASS), "s0", "one", "Phones are on silent.")
    board = replace(board, parked=(PHONES, PASS))
    board = rules.adopt(rules.ask_aloud(board, "one"), "one")
    assert [it.text for it in board.statements] == ["Phones are on silent."]
    assert texts(board) == [PASS] and board.parked == (PASS,)


def test_alternatives_stay_together_when_the_first_of_them_is_let_go():
    board = rules.reword(open_board(PHONES, PASS), "s0", "one", "Phones are on silent.")
    board = rules.reword(rules.let_go(board, "s0"), "one", "two", "Phones stay in the bag.")
    assert texts(board) == ["Phones are on silent.", "Phones stay in the bag.", PASS]
    assert [it.matter for it in board.suggestions] == ["s0", "s0", "s1"]
    # What others are about is no id for something new.
    assert_refused(Code.ID_TAKEN, rules.suggest, board, "s0", "Anything else")


def test_a_statement_keeps_its_place_and_its_line_through_any_number_of_wordings():
    board = Board(statements=(Statement("a", PHONES), Statement("b", PASS)), version=2)
    for id, of, text in (("c", "a", "Phones away."), ("d", "c", "Phones are at home.")):
        board = rules.adopt(rules.ask_aloud(rules.reword(board, of, id, text), id), id)
    assert board.statements == (
        Statement("d", "Phones are at home.", root="a"),
        Statement("b", PASS),
    )
    assert board.version == 4
    # The id that the line began with is not another's.
    assert_refused(Code.ID_TAKEN, rules.suggest, board, "a", "Anything else")


@pytest.mark.parametrize("text", ["", "  ", "x" * 241, "We MUTE our phones", "anyone may pass"])
def test_another_wording_is_refused_for_what_a_suggestion_is_refused_for(text):
    board = replace(open_board(PHONES), statements=(Statement("a", PASS),), version=1)
    suggested = refusal(rules.suggest, board, "n", text)
    assert suggested is not None
    assert refusal(rules.reword, board, "s0", "n", text) is suggested


def test_what_is_not_there_cannot_be_reworded():
    assert_refused(Code.UNKNOWN_SUGGESTION, rules.reword, Board(), "s0", "new", PASS)


# --- responding -------------------------------------------------------------------------------


def test_a_response_may_change_until_it_is_settled():
    board = rules.respond(open_board(PHONES), "s0", "ada", Response.NOT_NOW)
    board = rules.respond(board, "s0", "ada", Response.LIVE)
    assert board.suggestions[0].responses == {"ada": Response.LIVE}


def test_the_same_response_again_changes_nothing():
    board = rules.respond(open_board(PHONES), "s0", "ada", Response.TALK)
    assert rules.respond(board, "s0", "ada", Response.TALK) is board


def test_a_response_touches_one_suggestion_only():
    board = rules.respond(open_board(PHONES, PASS), "s1", "ada", Response.TALK)
    assert board.suggestions[0] == Suggestion("s0", PHONES)


def test_a_response_leaves_the_earlier_board_as_it_was():
    before = rules.respond(open_board(PHONES), "s0", "ada", Response.LIVE)
    rules.respond(before, "s0", "ben", Response.TALK)
    assert before.suggestions[0].responses == {"ada": Response.LIVE}


def test_a_board_does_not_hold_the_order_in_which_people_answered():
    forward = respond_all(open_board(PHONES), seats=ROOM)
    backward = respond_all(open_board(PHONES), seats=ROOM[::-1])
    assert msgspec.msgpack.encode(forward) == msgspec.msgpack.encode(backward)


@pytest.mark.parametrize(
    "change",
    [
        rules.ask_aloud,
        rules.note_spoken_objection,
        rules.clear_spoken_objection,
        rules.adopt,
        rules.park,
        rules.let_go,
        lambda board, id: rules.respond(board, id, "ada", Response.LIVE),
    ],
)
def test_what_is_settled_cannot_be_changed(change):
    settled = rules.let_go(open_board(PHONES), "s0")
    assert_refused(Code.UNKNOWN_SUGGESTION, change, settled, "s0")


# --- adopting ---------------------------------------------------------------------------------


def test_what_everyone_can_live_with_and_was_asked_aloud_is_adopted_as_a_new_version():
    board = Board(statements=(Statement("a", PASS),), version=3)
    board = respond_all(rules.suggest(board, "s0", PHONES))
    adopted = rules.adopt(rules.ask_aloud(board, "s0"), "s0")
    assert adopted == Board(statements=(Statement("a", PASS), Statement("s0", PHONES)), version=4)


def test_nothing_is_adopted_without_asking_aloud():
    assert_refused(Code.NOT_ASKED_ALOUD, rules.adopt, respond_all(open_board(PHONES)), "s0")


@pytest.mark.parametrize("response", [Response.TALK, Response.NOT_NOW])
def test_one_objecting_phone_is_enough(response):
    board = rules.ask_aloud(respond_all(open_board(PHONES)), "s0")
    board = rules.respond(board, "s0", "ben", response)
    assert_refused(Code.SOMEONE_OBJECTS, rules.adopt, board, "s0")


def test_a_spoken_objection_weighs_the_same_as_a_phone():
    board = rules.ask_aloud(respond_all(open_board(PHONES)), "s0")
    spoken = rules.note_spoken_objection(board, "s0")
    assert_refused(Code.SOMEONE_OBJECTS, rules.adopt, spoken, "s0")


def test_whoever_changes_their_mind_clears_the_way():
    board = rules.ask_aloud(respond_all(open_board(PHONES), Response.TALK), "s0")
    assert rules.adopt(respond_all(board, Response.LIVE), "s0").version == 1


def test_after_talking_an_objection_through_the_room_is_asked_again():
    board = rules.ask_aloud(respond_all(open_board(PHONES)), "s0")
    board = rules.note_spoken_objection(board, "s0")
    board = rules.clear_spoken_objection(board, "s0")
    assert_refused(Code.NOT_ASKED_ALOUD, rules.adopt, board, "s0")
    assert rules.adopt(rules.ask_aloud(board, "s0"), "s0").version == 1


def test_clearing_twice_does_not_undo_the_asking_in_between():
    board = rules.note_spoken_objection(open_board(PHONES), "s0")
    board = rules.ask_aloud(rules.clear_spoken_objection(board, "s0"), "s0")
    assert rules.clear_spoken_objection(board, "s0") is board


def test_asking_aloud_is_about_one_suggestion():
    board = rules.ask_aloud(open_board(PHONES, PASS), "s0")
    assert_refused(Code.NOT_ASKED_ALOUD, rules.adopt, board, "s1")


def test_asking_and_noting_twice_change_nothing():
    board = rules.note_spoken_objection(rules.ask_aloud(open_board(PHONES), "s0"), "s0")
    assert rules.ask_aloud(board, "s0") is board
    assert rules.note_spoken_objection(board, "s0") is board


# --- parking and letting go -------------------------------------------------------------------


def test_parked_words_wait_without_anybody_s_response():
    board = rules.park(respond_all(open_board(PHONES), Response.TALK), "s0")
    assert (board.parked, board.suggestions) == ((PHONES,), ())


def test_parking_the_same_words_again_keeps_them_once_as_they_were():
    board = rules.suggest(Board(parked=(PHONES, PASS)), "s0", "we mute our phones")
    assert rules.park(board, "s0").parked == (PHONES, PASS)


def test_parked_words_stay_safe_while_they_are_talked_about():
    board = rules.suggest(Board(parked=(PHONES, PASS)), "s0", PHONES)
    assert board.parked == (PHONES, PASS)
    assert rules.still_parked(board) == (PASS,)


def test_adopted_words_no_longer_wait():
    board = rules.suggest(Board(parked=(PHONES, PASS)), "s0", PHONES)
    assert rules.adopt(rules.ask_aloud(board, "s0"), "s0").parked == (PASS,)


def test_letting_go_forgets_the_words_everywhere_but_in_the_agreement():
    board = rules.suggest(Board(parked=(PHONES, PASS)), "s0", PHONES)
    after = rules.let_go(board, "s0")
    assert (after.parked, after.suggestions) == ((PASS,), ())


def test_what_was_let_go_may_be_suggested_again():
    board = rules.let_go(respond_all(open_board(PHONES)), "s0")
    assert rules.suggest(board, "s0", PHONES).suggestions == open_board(PHONES).suggestions


# --- leaving ----------------------------------------------------------------------------------


def test_whoever_leaves_takes_their_responses_along():
    board = respond_all(open_board(PHONES))
    assert rules.forget_seat(board, "ben").suggestions[0].responses == {
        "ada": Response.LIVE,
        "cleo": Response.LIVE,
    }


def test_removing_the_one_who_objects_does_not_clear_the_way():
    board = rules.ask_aloud(respond_all(open_board(PHONES)), "s0")
    board = rules.respond(board, "s0", "ben", Response.NOT_NOW)
    assert_refused(Code.NOT_ASKED_ALOUD, rules.adopt, rules.forget_seat(board, "ben"), "s0")


@pytest.mark.parametrize("leaving", ["ben", "a stranger"])
def test_every_leaving_has_every_question_asked_again_so_that_it_tells_nothing(leaving):
    board = respond_all(open_board(PHONES, PASS))
    for id in ("s0", "s1"):
        board = rules.ask_aloud(board, id)
    board = rules.forget_seat(board, leaving)
    assert [suggestion.asked_aloud for suggestion in board.suggestions] == [False, False]


def test_a_spoken_objection_stays_when_someone_leaves():
    board = rules.note_spoken_objection(respond_all(open_board(PHONES)), "s0")
    assert rules.forget_seat(board, "ben").suggestions[0].spoken_objection


def test_without_persons_only_words_remain():
    board = Board(statements=(Statement("a", "We listen."),), parked=("We rest.",), version=2)
    board = respond_all(rules.suggest(board, "s0", PHONES), Response.TALK)
    board = rules.note_spoken_objection(rules.ask_aloud(board, "s0"), "s0")
    assert rules.without_persons(board) == Board(
        statements=(Statement("a", "We listen."),),
        suggestions=(Suggestion("s0", PHONES),),
        parked=("We rest.",),
        version=2,
    )


# --- what the room sees -----------------------------------------------------------------------


def sense_of(responses, present=ROOM, spoken=False):
    suggestion = Suggestion("s0", PHONES, responses, spoken_objection=spoken)
    return consent.sense(Board(suggestions=(suggestion,)), suggestion, present)


def test_the_room_is_still_listening_until_everyone_present_has_spoken():
    assert sense_of({}) is Sense.LISTENING
    assert sense_of({"ada": Response.LIVE, "ben": Response.LIVE}) is Sense.LISTENING


def test_everyone_can_live_with_it_when_each_seat_present_says_so():
    assert sense_of(dict.fromkeys(ROOM, Response.LIVE)) is Sense.EVERYONE_CAN_LIVE


@pytest.mark.parametrize("response", [Response.TALK, Response.NOT_NOW])
def test_the_first_objection_shows_before_anyone_else_answers(response):
    assert sense_of({"ben": response}) is Sense.SOMEONE_WOULD_TALK


def test_let_s_talk_and_not_now_look_the_same():
    assert sense_of({"ben": Response.TALK}) is sense_of({"ben": Response.NOT_NOW})


def test_a_spoken_objection_shows_like_any_other():
    everyone = dict.fromkeys(ROOM, Response.LIVE)
    assert sense_of(everyone, spoken=True) is Sense.SOMEONE_WOULD_TALK


def test_an_objection_counts_while_its_phone_is_asleep():
    responses = {"ada": Response.LIVE, "ben": Response.LIVE, "cleo": Response.NOT_NOW}
    assert sense_of(responses, present=("ada", "ben")) is Sense.SOMEONE_WOULD_TALK


def test_a_phone_that_is_away_is_not_waited_for():
    responses = {"ada": Response.LIVE, "ben": Response.LIVE}
    assert sense_of(responses, present=("ada", "ben")) is Sense.EVERYONE_CAN_LIVE


def test_a_yes_from_a_phone_that_is_away_does_not_stand_in_for_another():
    responses = {"ada": Response.LIVE, "ben": Response.LIVE}
    assert sense_of(responses, present=("ada", "cleo")) is Sense.LISTENING


def test_someone_who_comes_late_is_listened_to_first():
    everyone = dict.fromkeys(ROOM, Response.LIVE)
    assert sense_of(everyone, present=(*ROOM, "dee")) is Sense.LISTENING


@pytest.mark.parametrize("present", [(), ("ada",), ("ada", "ada")])
def test_one_person_is_not_everyone(present):
    assert sense_of({"ada": Response.LIVE}, present=present) is Sense.LISTENING
