"""The group's agreement in a meeting: who may be heard, and what every screen shows.

How statements are settled is agreements.rules alone.
"""

from __future__ import annotations

from msgspec.structs import replace

from agreements import rules as agreement
from agreements.shapes import Board, Code, words_of
from meetings.engine import commands as c
from meetings.engine import names
from meetings.engine.refusals import Refusal, Refused
from meetings.engine.state import Actor, Meeting


def with_board(state: Meeting, board: Board) -> Meeting:
    """The meeting with this board. What is no longer on it is neither shown nor pointed to."""
    if board is state.board:
        return state
    adopted = {it.id for it in board.statements}
    return replace(
        state,
        board=board,
        brought=state.brought if state.brought in words_of(board) else "",
        pointed_to=state.pointed_to & adopted,
    )


# Anyone's


def suggest(state: Meeting, command: c.Suggest, actor: Actor, now: float) -> Meeting:
    board = agreement.suggest(state.board, command.id, command.text)
    _names_nobody(state, command)
    return with_board(state, board)


def reword(state: Meeting, command: c.Reword, actor: Actor, now: float) -> Meeting:
    board = agreement.reword(state.board, command.of, command.id, command.text)
    _names_nobody(state, command)
    return with_board(state, board)


def _names_nobody(state: Meeting, command: c.Suggest | c.Reword) -> None:
    """A reminder to whoever writes, once; nobody else is told, and nothing is held back."""
    people = [seat.name for seat in state.seats.values()] + list(state.facilitators.values())
    if not command.as_it_is and names.mentioned(command.text, people):
        raise Refused(Refusal.NAMES_SOMEONE)


def take_out(state: Meeting, command: c.TakeOut, actor: Actor, now: float) -> Meeting:
    return with_board(state, agreement.take_out(state.board, command.of, command.id))


def respond(state: Meeting, command: c.Respond, actor: Actor, now: float) -> Meeting:
    board = agreement.respond(state.board, command.suggestion, actor.seat, command.response)
    return with_board(state, board)


def keep(state: Meeting, command: c.Keep, actor: Actor, now: float) -> Meeting:
    return with_board(state, agreement.keep(state.board, actor.seat, command.keeps))


def point_to(state: Meeting, command: c.PointTo, actor: Actor, now: float) -> Meeting:
    if all(it.id != command.statement for it in state.board.statements):
        raise Refused(Code.UNKNOWN_STATEMENT)
    # Which statement, and not who: nobody can be asked why.
    return replace(state, pointed_to=state.pointed_to | {command.statement})


# The facilitator's


def saw_pointed(state: Meeting, command: c.SawPointed, actor: Actor, now: float) -> Meeting:
    return replace(state, pointed_to=state.pointed_to - {command.statement})


def bring_to_all(state: Meeting, command: c.BringToAll, actor: Actor, now: float) -> Meeting:
    if command.id and command.id not in words_of(state.board):
        raise Refused(Code.UNKNOWN_STATEMENT)
    return replace(state, brought=command.id, pointed_to=state.pointed_to - {command.id})


def merge(state: Meeting, command: c.Merge, actor: Actor, now: float) -> Meeting:
    return with_board(state, agreement.merge(state.board, command.kept, command.gone))


def move(state: Meeting, command: c.MoveStatement, actor: Actor, now: float) -> Meeting:
    return with_board(state, agreement.move(state.board, command.id, command.after))


def ask_aloud(state: Meeting, command: c.AskAloud, actor: Actor, now: float) -> Meeting:
    return with_board(state, agreement.ask_aloud(state.board, command.suggestion))


def note_objection(state: Meeting, command: c.NoteObjection, actor: Actor, now: float) -> Meeting:
    return with_board(state, agreement.note_spoken_objection(state.board, command.suggestion))


def clear_objection(state: Meeting, command: c.ClearObjection, actor: Actor, now: float) -> Meeting:
    return with_board(state, agreement.clear_spoken_objection(state.board, command.suggestion))


def adopt(state: Meeting, command: c.Adopt, actor: Actor, now: float) -> Meeting:
    return with_board(state, agreement.adopt(state.board, command.suggestion))


def park(state: Meeting, command: c.Park, actor: Actor, now: float) -> Meeting:
    return with_board(state, agreement.park(state.board, command.suggestion))


def let_go(state: Meeting, command: c.LetGo, actor: Actor, now: float) -> Meeting:
    return with_board(state, agreement.let_go(state.board, command.suggestion))
