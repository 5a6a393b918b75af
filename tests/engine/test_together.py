"""The agreement in a room: a reminder to who names someone, what every screen shows, what someone
points her to. How statements are settled is told in tests/agreements."""

from __future__ import annotations

import pytest

from agreements.shapes import Code, Response, Sense
from meetings.engine import codec, names
from meetings.engine import commands as c
from meetings.engine.refusals import Refusal, Refused
from meetings.engine.state import Meeting, without_persons
from meetings.engine.views import for_facilitator, for_room, for_screen, for_seat
from meetings.engine.views.shapes import (
    Agreement,
    Discussion,
    LeadAgreement,
    LeadNow,
    Mine,
    Notice,
    Ours,
)
from tests.engine.refusing import assert_refused
from tests.engine.table import LEADER, NOW, PEOPLE, do, lobby, newcomer, running, seat


def adopts(state: Meeting, *ids: str) -> Meeting:
    for id in ids:
        state = do(do(state, LEADER, c.AskAloud(id)), LEADER, c.Adopt(id))
    return state


def agreed() -> Meeting:
    """A running meeting of a group with an agreement of two statements, and one suggestion."""
    state = running("agreement")
    for id, text in (("a", "We mute our phones."), ("b", "No advice."), ("x", "We rest.")):
        state = do(state, seat("s1"), c.Suggest(id, text))
    return adopts(state, "a", "b")


# A reminder to whoever names someone


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ana", "Ana may speak first."),
        ("Ana", "We thank ANA."),
        ("Ana", "We wait for “Ana”."),
        ("Ana", "It is Ana’s turn"),
        ("Ana 2", "Ana may speak first."),
        ("Ana 2", "Ana 2 may speak first."),
        ("Ana", "Ana 2 may speak first."),
        ("Mary Ann", "We thank mary  ann!"),
        ("Jean-Luc", "We thank Jean Luc."),
        ("José", "Jose may speak first."),
        ("Jose", "JOSE\u0301 may speak first."),
        ("José", "Jose\u0301 may speak first."),
        ("Zoë", "We thank Zoe."),
        ("Straße", "STRASSE"),
        ("Ａｎａ", "Ana may speak."),
        ("Оксана", "Мы слушаем Оксана."),
        ("Σοφία", "Η ΣΟΦΙΑ μιλά"),
        ("مريم", "نستمع إلى مريم."),
        ("प्रिया", "हम प्रिया को सुनते हैं।"),
        ("王芳", "我们听王芳说。"),
        ("さくら", "今日はさくらさんから"),
        ("สมชาย", "เราฟังสมชายพูด"),
        ("정은", "정은 먼저"),
        ("Jo", "We hear jo"),
    ],
)
def test_words_that_name_someone_are_noticed_in_any_spelling(name: str, text: str) -> None:
    assert names.mentioned(text, ["Someone else", name])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ana", "Anna may speak first."),
        ("Ana", "A banana a day."),
        ("Ana", "An analysis."),
        ("J", "J. may speak first."),
        ("I", "I speak for myself."),
        ("Y", "Hablo y escucho."),
        ("É", "e"),
        ("王", "国王"),
        ("2", "We take 2 minutes each."),
        ("", "We rest."),
        ("🌻", "We like 🌻"),
        ("राम", "रमा बोलती है"),
        ("Guest", "We welcome guests."),
    ],
)
def test_words_that_name_nobody_are_not(name: str, text: str) -> None:
    assert not names.mentioned(text, [name])


@pytest.mark.parametrize("command", [c.Suggest("n", "Jo rests."), c.Reword("x", "n", "Jo rests.")])
def test_whoever_names_someone_here_is_reminded_and_may_send_it_as_it_is(
    command: c.Suggest,
) -> None:
    state = do(agreed(), newcomer("s9"), c.Join("Jo"))
    for actor in (seat("s1"), seat("s9"), LEADER):
        assert_refused(Refusal.NAMES_SOMEONE, state, actor, command)
    sent = do(state, seat("s1"), type(command)(*list_of(command), as_it_is=True))
    assert "Jo rests." in [it.text for it in sent.board.suggestions]


def list_of(command: c.Suggest | c.Reword) -> list[str]:
    return [getattr(command, name) for name in command.__struct_fields__ if name != "as_it_is"]


def test_naming_the_facilitator_is_naming_someone() -> None:
    assert_refused(Refusal.NAMES_SOMEONE, agreed(), seat("s1"), c.Suggest("n", "We thank Ana."))


def test_who_has_left_is_named_no_more() -> None:
    state = do(agreed(), newcomer("s9"), c.Join("Jo"))
    state = do(state, seat("s9"), c.Leave())
    assert do(state, seat("s1"), c.Suggest("n", "Jo rests.")).board.suggestions[-1].id == "n"


def test_a_name_with_something_hidden_in_it_is_read_as_everyone_would() -> None:
    state = do(agreed(), newcomer("s9"), c.Join("Jo"))
    for hidden in ("J\u200bo rests.", "\u202eJo\u202c rests.", "J\u2060o rests."):
        assert_refused(Refusal.NAMES_SOMEONE, state, seat("s1"), c.Suggest("n", hidden))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code.EMPTY),
        ("Jo " * 200, Code.TOO_LONG),
        ("no advice", Code.ALREADY_ADOPTED),
        ("WE REST", Code.ALREADY_SUGGESTED),
    ],
)
def test_what_cannot_be_suggested_anyway_is_refused_for_that(text: str, code: Code) -> None:
    state = do(agreed(), newcomer("s9"), c.Join("Jo"))
    assert_refused(code, state, seat("s1"), c.Suggest("n", text))
    assert_refused(code, state, seat("s1"), c.Reword("a", "n", text))
    assert_refused(code, state, seat("s1"), c.Suggest("n", text, as_it_is=True))


# Brought to every screen


def brought(state: Meeting) -> set[str]:
    """What phones, the shared screen and the laptop show of it."""
    views = (
        *for_room(state, NOW),
        *for_screen(state, NOW),
        *for_facilitator(state, LEADER.seat, NOW),
    )
    shown = [view.brought for view in views if isinstance(view, Notice)]
    shown += [view.brought_text for view in views if isinstance(view, Ours)]
    assert len(shown) == 3
    return set(shown)


@pytest.mark.parametrize(("id", "text"), [("a", "We mute our phones."), ("x", "We rest.")])
@pytest.mark.parametrize("step", ["sharing", "agreement"])
def test_a_statement_is_brought_to_every_screen_in_any_step(step: str, id: str, text: str) -> None:
    state = do(do(agreed(), LEADER, c.GoTo(step)), LEADER, c.BringToAll(id))
    assert brought(state) == {text}
    assert do(state, LEADER, c.BringToAll(id)) is state
    assert brought(do(state, LEADER, c.BringToAll(""))) == {""}


def test_another_takes_its_place() -> None:
    state = do(do(agreed(), LEADER, c.BringToAll("a")), LEADER, c.BringToAll("b"))
    assert brought(state) == {"No advice."}


@pytest.mark.parametrize("id", ["nowhere", "t"])
def test_what_is_not_there_is_not_brought(id: str) -> None:
    assert_refused(Code.UNKNOWN_STATEMENT, agreed(), LEADER, c.BringToAll(id))


def test_the_next_step_and_a_restart_take_it_away() -> None:
    state = do(agreed(), LEADER, c.BringToAll("a"))
    assert brought(do(state, LEADER, c.GoTo("sharing"))) == {""}
    assert do(state, LEADER, c.GoTo("sharing")).brought == ""
    # Going to where one is changes nothing.
    assert do(state, LEADER, c.GoTo("agreement")) is state
    back = codec.decode(codec.encode(without_persons(state)))
    assert back.brought == "" and brought(do(back, LEADER, c.Attend("Ana"))) == {""}


def test_a_suggestion_that_is_adopted_meanwhile_stays_on_every_screen() -> None:
    state = do(agreed(), LEADER, c.BringToAll("x"))
    assert brought(adopts(state, "x")) == {"We rest."}


@pytest.mark.parametrize("settle", [c.Park, c.LetGo])
def test_what_is_settled_meanwhile_goes_from_every_screen(
    settle: type[c.Park] | type[c.LetGo],
) -> None:
    state = do(do(agreed(), LEADER, c.BringToAll("x")), LEADER, settle("x"))
    assert state.brought == "" and brought(state) == {""}


def test_an_old_wording_goes_from_every_screen_and_is_pointed_to_no_more() -> None:
    state = do(agreed(), seat("s1"), c.Reword("a", "r", "Phones away."))
    state = do(do(state, LEADER, c.BringToAll("a")), seat("s2"), c.PointTo("a"))
    state = do(state, seat("s2"), c.PointTo("b"))
    state = adopts(state, "r")
    assert (state.brought, state.pointed_to) == ("", {"b"})


# Pointing her to one


def ours(state: Meeting) -> Ours:
    views = for_facilitator(state, LEADER.seat, NOW)
    return next(view for view in views if isinstance(view, Ours))


def test_anyone_points_her_to_a_statement_and_nobody_learns_who() -> None:
    by = [do(agreed(), seat(one), c.PointTo("b")) for one in PEOPLE]
    # Whoever it was, and however many: the same bytes.
    assert len({codec.encode(state) for state in by}) == 1
    assert do(by[0], seat("s2"), c.PointTo("b")) is by[0]
    assert by[0].pointed_to == {"b"}
    assert [it.text for it in ours(by[0]).pointed_to] == ["No advice."]


def test_only_she_is_told() -> None:
    before, after = agreed(), do(agreed(), seat("s1"), c.PointTo("b"))
    assert for_room(after, NOW) == for_room(before, NOW)
    assert for_screen(after, NOW) == for_screen(before, NOW)
    for one in PEOPLE:
        assert for_seat(after, one, NOW) == for_seat(before, one, NOW)


@pytest.mark.parametrize("id", ["x", "nowhere", ""])
def test_only_an_adopted_statement_can_be_pointed_to(id: str) -> None:
    assert_refused(Code.UNKNOWN_STATEMENT, agreed(), seat("s1"), c.PointTo(id))


def test_it_is_over_once_she_has_seen_it_or_brought_it() -> None:
    state = do(do(agreed(), seat("s1"), c.PointTo("a")), seat("s1"), c.PointTo("b"))
    seen = do(state, LEADER, c.SawPointed("a"))
    assert seen.pointed_to == {"b"} and do(seen, LEADER, c.SawPointed("a")) is seen
    brought = do(state, LEADER, c.BringToAll("b"))
    assert brought.pointed_to == {"a"}
    # It may be pointed to again.
    assert do(seen, seat("s1"), c.PointTo("a")).pointed_to == {"a", "b"}


def test_it_waits_for_her_through_the_steps_but_not_through_a_restart() -> None:
    state = do(do(agreed(), seat("s1"), c.PointTo("a")), LEADER, c.GoTo("sharing"))
    assert state.pointed_to == {"a"}
    assert without_persons(state).pointed_to == frozenset()


def test_whoever_pointed_may_leave_and_it_stays() -> None:
    state = do(do(agreed(), seat("s1"), c.PointTo("a")), seat("s1"), c.Leave())
    assert state.pointed_to == {"a"}


def test_phones_may_point_only_while_the_meeting_runs() -> None:
    def may_point(state: Meeting) -> bool:
        views = for_room(state, NOW)
        return next(view.may_point for view in views if isinstance(view, Agreement))

    assert may_point(agreed()) and not may_point(lobby(board=agreed().board))


# Keeping it as it is


def discussion(state: Meeting, one: str) -> Discussion:
    found = next(view for view in for_seat(state, one, NOW) if isinstance(view, Mine)).discussion
    assert found is not None
    return found


def lead_agreement(state: Meeting) -> LeadAgreement:
    views = for_facilitator(state, LEADER.seat, NOW)
    found = next(view for view in views if isinstance(view, LeadNow)).agreement
    assert found is not None
    return found


def test_everyone_is_told_once_each_of_them_would_keep_it_and_no_sooner() -> None:
    state = do(agreed(), LEADER, c.LetGo("x"))
    for actor in (*map(seat, PEOPLE), LEADER):
        told = discussion(state, "s1").review
        assert told is not None and told.sense is Sense.LISTENING
        assert lead_agreement(state).kept is Sense.LISTENING
        state = do(state, actor, c.Keep(True))
    assert lead_agreement(state).kept is Sense.EVERYONE_CAN_LIVE
    for one in PEOPLE:
        told = discussion(state, one).review
        assert told is not None and told.sense is Sense.EVERYONE_CAN_LIVE and told.keeps
    late = do(state, newcomer("s9"), c.Join("Jo"))
    assert lead_agreement(late).kept is Sense.LISTENING


def test_one_keeping_changes_nothing_that_another_sees() -> None:
    before = do(agreed(), LEADER, c.LetGo("x"))
    after = do(before, seat("s1"), c.Keep(True))
    assert for_room(after, NOW) == for_room(before, NOW)
    assert for_facilitator(after, LEADER.seat, NOW) == for_facilitator(before, LEADER.seat, NOW)
    for one in PEOPLE[1:]:
        assert for_seat(after, one, NOW) == for_seat(before, one, NOW)
    assert for_seat(after, "s1", NOW) != for_seat(before, "s1", NOW)


def test_without_an_agreement_there_is_nothing_to_keep() -> None:
    assert discussion(running("agreement"), "s1").review is None


@pytest.mark.parametrize("goes", ["leaves", "is removed", "signs out"])
def test_whoever_goes_keeps_nothing(goes: str) -> None:
    state = agreed()
    for actor in (seat("s1"), seat("s2"), LEADER):
        state = do(state, actor, c.Keep(True))
    if goes == "leaves":
        state = do(state, seat("s1"), c.Leave())
    elif goes == "is removed":
        state = do(state, LEADER, c.Remove("s1"))
    else:
        state = do(state, LEADER, c.Depart())
    assert state.board.keeps == {"s1", "s2", LEADER.seat} - (
        {LEADER.seat} if goes == "signs out" else {"s1"}
    )


# Side by side


def test_alternatives_stand_in_one_matter_under_the_wording_they_would_change() -> None:
    state = do(agreed(), seat("s1"), c.Reword("a", "r", "Phones away."))
    state = do(state, seat("s2"), c.TakeOut("a", "t"))
    state = do(state, seat("s2"), c.Reword("x", "x2", "We pause."))
    found = [(it.now, [card.id for card in it.cards]) for it in discussion(state, "s1").matters]
    assert found == [("", ["x", "x2"]), ("We mute our phones.", ["r", "t"])]
    lead = lead_agreement(state)
    assert [(it.now, [card.id for card in it.cards]) for it in lead.matters] == found
    may_merge = {card.id: card.may_merge for it in lead.matters for card in it.cards}
    assert may_merge == {"x": True, "x2": True, "r": True, "t": False}


def merges(state: Meeting, kept: str, gone: str) -> bool:
    try:
        do(state, LEADER, c.Merge(kept, gone))
    except Refused:
        return False
    return True


def test_merging_is_offered_exactly_where_it_is_taken() -> None:
    state = do(agreed(), seat("s1"), c.Reword("a", "r", "Phones away."))
    state = do(state, seat("s2"), c.Reword("b", "r2", "No advice, no fixing."))
    state = do(state, seat("s2"), c.TakeOut("a", "t"))
    states = [state, do(state, LEADER, c.LetGo("x"))]
    states.append(do(states[1], seat("s1"), c.Reword("a", "r3", "Phones are off.")))
    for at in states:
        ids = [it.id for it in at.board.suggestions]
        taken = {one: any(merges(at, one, other) for other in ids if other != one) for one in ids}
        cards = [card for it in lead_agreement(at).matters for card in it.cards]
        assert {card.id: card.may_merge for card in cards} == taken
    cards = [card for it in lead_agreement(states[1]).matters for card in it.cards]
    assert not any(card.may_merge for card in cards)


def test_what_she_is_offered_moves_everything_one_place() -> None:
    state = agreed()
    for id in ("y", "z"):
        state = do(state, seat("s1"), c.Suggest(id, f"We think of {id}."))
    state = do(state, seat("s1"), c.Reword("y", "y2", "In other words."))

    def order(state: Meeting) -> list[str]:
        return [it.id for it in lead_agreement(state).matters]

    assert order(state) == ["x", "y", "z"]
    by_id = {it.id: it for it in lead_agreement(state).matters}
    assert by_id["x"].earlier is None and by_id["z"].later is None
    moved = {
        (id, way): order(do(state, LEADER, c.MoveStatement(id, after)))
        for id, it in by_id.items()
        for way, after in (("earlier", it.earlier), ("later", it.later))
        if after is not None
    }
    assert moved == {
        ("x", "later"): ["y", "x", "z"],
        ("y", "earlier"): ["y", "x", "z"],
        ("y", "later"): ["x", "z", "y"],
        ("z", "earlier"): ["x", "z", "y"],
    }


def test_an_objection_on_a_phone_is_not_merged_away_in_the_room_either() -> None:
    state = do(agreed(), seat("s1"), c.Suggest("y", "We take breaks."))
    state = do(state, seat("s2"), c.Respond("y", Response.NOT_NOW))
    state = do(do(state, LEADER, c.Merge("x", "y")), LEADER, c.AskAloud("x"))
    assert_refused(Code.SOMEONE_OBJECTS, state, LEADER, c.Adopt("x"))


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (c.Reword("nowhere", "n", "Tea."), Code.UNKNOWN_SUGGESTION),
        (c.Reword("a", "x", "Tea."), Code.ID_TAKEN),
        (c.TakeOut("x", "n"), Code.UNKNOWN_STATEMENT),
        (c.Merge("nowhere", "x"), Code.UNKNOWN_SUGGESTION),
        (c.MoveStatement("nowhere", ""), Code.UNKNOWN_SUGGESTION),
        (c.MoveStatement("a", "nowhere"), Code.UNKNOWN_STATEMENT),
    ],
)
def test_the_agreements_refusals_come_through_by_their_code(command: c.Command, code: Code) -> None:
    assert_refused(code, agreed(), LEADER, command)


def test_a_name_with_an_initial_is_spoken_of_without_it() -> None:
    assert names.mentioned("Maria talks too much", ["Maria G."])
    assert names.mentioned("maria lopez is late", ["Maria Lopez"])
    assert not names.mentioned("We go one by one", ["G. B."])
