"""The table of who may do what, and that nothing goes around it."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import msgspec
import pytest

from agreements.shapes import Response
from meetings.engine import commands as c
from meetings.engine import permissions, rules
from meetings.engine.refusals import Refusal, Refused
from meetings.engine.state import Actor, Meeting, Phase, Role, Step, StepKind
from tests.engine.table import LEADER, NOW, PEOPLE, lobby, running, seated

PROTOCOL = (Path(__file__).parents[2] / "docs/protocol.md").read_text(encoding="utf-8")

EVERY_COMMAND = tuple(c.Command.__subclasses__())

EXAMPLES: dict[type[c.Command], c.Command] = {
    c.TakePart: c.TakePart("reading", 0),
    c.GiveBackPart: c.GiveBackPart("reading", 0),
    c.TurnToPart: c.TurnToPart("reading", 0),
    c.Answer: c.Answer("choice", (0,)),
    c.WriteAnswer: c.WriteAnswer("text", "A walk"),
    c.Pass: c.Pass("choice"),
    c.Suggest: c.Suggest("new", "We may leave."),
    c.Reword: c.Reword("x", "new", "We may leave."),
    c.TakeOut: c.TakeOut("x", "new"),
    c.Respond: c.Respond("x", Response.LIVE),
    c.Keep: c.Keep(True),
    c.PointTo: c.PointTo("x"),
    c.Attend: c.Attend("Bea"),
    c.GoTo: c.GoTo("closing"),
    c.AddStep: c.AddStep(Step("new", StepKind.BREAK, "Tea", 5), "welcome"),
    c.MoveStep: c.MoveStep("closing", "reading"),
    c.SkipStep: c.SkipStep("reading"),
    c.UnskipStep: c.UnskipStep("reading"),
    c.Extend: c.Extend("welcome", 60),
    c.OpenCheckin: c.OpenCheckin("choice"),
    c.CloseCheckin: c.CloseCheckin("choice"),
    c.LeaveOut: c.LeaveOut("screened", 0),
    c.TakeBackIn: c.TakeBackIn("screened", 0),
    c.ShowAnswers: c.ShowAnswers("screened"),
    c.DiscardAnswers: c.DiscardAnswers("screened"),
    c.Thank: c.Thank("s1"),
    c.Remove: c.Remove("s1"),
    c.AskAloud: c.AskAloud("x"),
    c.NoteObjection: c.NoteObjection("x"),
    c.ClearObjection: c.ClearObjection("x"),
    c.Merge: c.Merge("x", "y"),
    c.MoveStatement: c.MoveStatement("x", ""),
    c.BringToAll: c.BringToAll("x"),
    c.SawPointed: c.SawPointed("x"),
    c.Adopt: c.Adopt("x"),
    c.Park: c.Park("x"),
    c.LetGo: c.LetGo("x"),
}


def example(command: type[c.Command]) -> c.Command:
    return EXAMPLES[command] if command in EXAMPLES else command()


def in_phase(phase: Phase) -> Meeting:
    if phase is Phase.LOBBY:
        return seated(lobby(), PEOPLE)
    return msgspec.structs.replace(running(), phase=phase)


def actor(role: Role) -> Actor:
    seats = {Role.NEWCOMER: "n1", Role.PARTICIPANT: "s1", Role.SCREEN: "screen"}
    return LEADER if role is Role.FACILITATOR else Actor(role, seats[role])


def test_every_command_has_a_row_and_a_rule_and_nothing_else_has() -> None:
    assert set(permissions.TABLE) == set(EVERY_COMMAND)
    assert set(rules.RULES) == set(EVERY_COMMAND)


def test_a_command_without_a_row_is_refused_to_everyone() -> None:
    # A class of its own, made only for this: it must not become a subclass of Command for good.
    class Unlisted(msgspec.Struct, frozen=True):
        pass

    for role, phase in itertools.product(Role, Phase):
        assert not permissions.may(role, Unlisted, phase)  # type: ignore[arg-type]


def test_nobody_may_do_anything_after_the_end() -> None:
    for command, role in itertools.product(EVERY_COMMAND, Role):
        assert not permissions.may(role, command, Phase.ENDED)


def test_the_screen_may_do_nothing() -> None:
    for command, phase in itertools.product(EVERY_COMMAND, Phase):
        assert not permissions.may(Role.SCREEN, command, phase)


def test_only_participants_answer_and_only_facilitators_lead() -> None:
    participants = {c.Answer, c.Pass, c.RaiseHand, c.LowerHand, c.TakePart, c.GiveBackPart}
    participants |= {c.HearCards, c.Leave, c.WriteAnswer, c.PointTo}
    both = {c.TurnToPart, c.Suggest, c.Reword, c.TakeOut, c.Respond, c.Keep}
    newcomers = {c.Join, c.Retake}
    for command in EVERY_COMMAND:
        roles = set(permissions.TABLE[command])
        if command in participants:
            assert roles == {Role.PARTICIPANT}
        elif command in both:
            assert roles == {Role.PARTICIPANT, Role.FACILITATOR}
        elif command in newcomers:
            assert roles == {Role.NEWCOMER}
        else:
            assert roles == {Role.FACILITATOR}


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("command", EVERY_COMMAND, ids=lambda command: command.__name__)
def test_what_is_not_listed_is_refused_and_what_is_listed_is_not(
    command: type[c.Command], role: Role, phase: Phase
) -> None:
    state = in_phase(phase)
    before = msgspec.structs.replace(state)
    try:
        rules.apply(state, example(command), actor(role), NOW)
        code = None
    except Refused as refused:
        code = refused.code
    assert (code is Refusal.NOT_ALLOWED) == (not permissions.may(role, command, phase))
    assert state == before


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=lambda command: command.__name__)
@pytest.mark.parametrize("role", [Role.NEWCOMER, Role.PARTICIPANT, Role.FACILITATOR])
def test_a_removed_seat_is_refused_for_everything(command: type[c.Command], role: Role) -> None:
    state = rules.apply(running(), c.Remove("s1"), LEADER, NOW)
    with pytest.raises(Refused) as refused:
        rules.apply(state, example(command), Actor(role, "s1"), NOW)
    assert refused.value.code is Refusal.REMOVED


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=lambda command: command.__name__)
def test_a_seat_that_nobody_holds_gives_no_command(command: type[c.Command]) -> None:
    stranger = Actor(Role.PARTICIPANT, "nobody")
    listed = permissions.may(Role.PARTICIPANT, command, Phase.RUNNING)
    with pytest.raises(Refused) as refused:
        rules.apply(running(), example(command), stranger, NOW)
    assert refused.value.code is (Refusal.NO_SUCH_SEAT if listed else Refusal.NOT_ALLOWED)


@pytest.mark.parametrize("role", [Role.NEWCOMER, Role.PARTICIPANT, Role.FACILITATOR])
def test_the_protocol_lists_what_a_role_may_do(role: Role) -> None:
    row = next(line for line in PROTOCOL.splitlines() if line.startswith(f"| {role.value} | "))
    listed: dict[bool, set[str]] = {True: set(), False: set()}
    for command, roles in permissions.TABLE.items():
        if role in roles:
            listed[Phase.LOBBY in roles[role]].add(command.__name__)
    _empty, _role, from_the_lobby_on, running_only, _end = row.split("|")
    assert set(re.findall(r"\w+", from_the_lobby_on)) == listed[True]
    assert set(re.findall(r"\w+", running_only)) == listed[False]
