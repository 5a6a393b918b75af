"""Which role may give which command in which phase. What is not listed is refused."""

from __future__ import annotations

from meetings.engine import commands as c
from meetings.engine.state import Phase, Role

LOBBY, RUNNING = Phase.LOBBY, Phase.RUNNING
OPEN = frozenset({LOBBY, RUNNING})
LIVE = frozenset({RUNNING})


TABLE: dict[type[c.Command], dict[Role, frozenset[Phase]]] = {
    c.Join: {Role.NEWCOMER: OPEN},
    c.Retake: {Role.NEWCOMER: OPEN},
    c.HearCards: {Role.PARTICIPANT: OPEN},
    c.Leave: {Role.PARTICIPANT: OPEN},
    c.RaiseHand: {Role.PARTICIPANT: LIVE},
    c.LowerHand: {Role.PARTICIPANT: LIVE},
    c.TakePart: {Role.PARTICIPANT: LIVE},
    c.GiveBackPart: {Role.PARTICIPANT: LIVE},
    c.TurnToPart: {Role.PARTICIPANT: LIVE, Role.FACILITATOR: LIVE},
    c.Answer: {Role.PARTICIPANT: LIVE},
    c.WriteAnswer: {Role.PARTICIPANT: LIVE},
    c.Pass: {Role.PARTICIPANT: LIVE},
    c.Suggest: {Role.PARTICIPANT: LIVE, Role.FACILITATOR: LIVE},
    c.Reword: {Role.PARTICIPANT: LIVE, Role.FACILITATOR: LIVE},
    c.TakeOut: {Role.PARTICIPANT: LIVE, Role.FACILITATOR: LIVE},
    c.Respond: {Role.PARTICIPANT: LIVE, Role.FACILITATOR: LIVE},
    c.Keep: {Role.PARTICIPANT: LIVE, Role.FACILITATOR: LIVE},
    c.PointTo: {Role.PARTICIPANT: LIVE},
    c.Attend: {Role.FACILITATOR: OPEN},
    c.Depart: {Role.FACILITATOR: OPEN},
    c.Start: {Role.FACILITATOR: OPEN},
    c.GoTo: {Role.FACILITATOR: LIVE},
    c.AddStep: {Role.FACILITATOR: OPEN},
    c.MoveStep: {Role.FACILITATOR: OPEN},
    c.SkipStep: {Role.FACILITATOR: OPEN},
    c.UnskipStep: {Role.FACILITATOR: OPEN},
    c.Extend: {Role.FACILITATOR: LIVE},
    c.OpenCheckin: {Role.FACILITATOR: LIVE},
    c.CloseCheckin: {Role.FACILITATOR: LIVE},
    c.LeaveOut: {Role.FACILITATOR: LIVE},
    c.TakeBackIn: {Role.FACILITATOR: LIVE},
    c.ShowAnswers: {Role.FACILITATOR: LIVE},
    c.DiscardAnswers: {Role.FACILITATOR: LIVE},
    c.Thank: {Role.FACILITATOR: LIVE},
    c.LockDoors: {Role.FACILITATOR: OPEN},
    c.UnlockDoors: {Role.FACILITATOR: OPEN},
    c.Remove: {Role.FACILITATOR: OPEN},
    c.ShowSupport: {Role.FACILITATOR: OPEN},
    c.HideSupport: {Role.FACILITATOR: OPEN},
    c.AskAloud: {Role.FACILITATOR: LIVE},
    c.NoteObjection: {Role.FACILITATOR: LIVE},
    c.ClearObjection: {Role.FACILITATOR: LIVE},
    c.Merge: {Role.FACILITATOR: LIVE},
    c.MoveStatement: {Role.FACILITATOR: LIVE},
    c.BringToAll: {Role.FACILITATOR: LIVE},
    c.SawPointed: {Role.FACILITATOR: LIVE},
    c.Adopt: {Role.FACILITATOR: LIVE},
    c.Park: {Role.FACILITATOR: LIVE},
    c.LetGo: {Role.FACILITATOR: LIVE},
    c.End: {Role.FACILITATOR: OPEN},
}


def may(role: Role, command: type[c.Command], phase: Phase) -> bool:
    """Whether the table lists this role, command and phase."""
    return phase in TABLE.get(command, {}).get(role, frozenset())
