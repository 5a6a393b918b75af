"""The rules of a live meeting: apply(state, command, actor, now) -> state, or Refused(code)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from agreements import rules as agreement
from agreements import shapes
from meetings.engine import checkins, names, plan, together
from meetings.engine import commands as c
from meetings.engine.permissions import may
from meetings.engine.refusals import Refusal, Refused
from meetings.engine.state import Actor, Meeting, Phase, Role, Seat, Step

# A sign of life is written down at most this often for each seat.
SEEN_EVERY = 10.0
MOST_SEATS = 200
MOST_EXTRA = 4 * 60 * 60


def apply(state: Meeting, command: c.Command, actor: Actor, now: float) -> Meeting:
    """The state after the command; the very same object if it changes nothing.

    Raises Refused, and the state is as it was.
    """
    if actor.seat in state.removed:
        raise Refused(Refusal.REMOVED)
    if actor.seat in state.left:
        raise Refused(Refusal.LEFT)
    if not may(actor.role, type(command), state.phase):
        raise Refused(Refusal.NOT_ALLOWED)
    if actor.role is Role.PARTICIPANT and actor.seat not in state.seats:
        raise Refused(Refusal.NO_SUCH_SEAT)
    try:
        after = RULES[type(command)](state, command, actor, now)
    except shapes.Refused as refusal:
        raise Refused(refusal.code) from None
    return state if after == state else after


def note_seen(state: Meeting, seats: Iterable[str], now: float) -> Meeting:
    """Note a sign of life from these seats, no more often than is needed."""
    known = {
        seat: now
        for seat in seats
        if (seat in state.seats or seat in state.facilitators)
        and now - state.seen.get(seat, float("-inf")) >= SEEN_EVERY
    }
    return replace(state, seen=state.seen | known) if known else state


# At the door


def join(state: Meeting, command: c.Join, actor: Actor, now: float) -> Meeting:
    if state.locked:
        raise Refused(Refusal.DOORS_LOCKED)
    return _sit_down(state, actor, now, Seat(command.name, command.first_time, command.listening))


def retake(state: Meeting, command: c.Retake, actor: Actor, now: float) -> Meeting:
    # Locked doors do not shut out someone who was already in.
    if actor.seat in state.seats:
        return state
    seat = Seat(command.name, command.first_time, command.listening, command.heard_cards)
    return _sit_down(state, actor, now, seat)


def _sit_down(state: Meeting, actor: Actor, now: float, seat: Seat) -> Meeting:
    state = _with_room(state, now)
    name = names.tidy(seat.name)
    if names.is_too_long(name):
        raise Refused(Refusal.NAME_TOO_LONG)
    others = [other.name for other in state.seats.values()] + list(state.facilitators.values())
    seat = replace(seat, name=names.told_apart(name, others))
    return replace(
        state,
        seats=state.seats | {actor.seat: seat},
        seen=state.seen | {actor.seat: now},
    )


def _with_room(state: Meeting, now: float) -> Meeting:
    """The state with room for one more seat: whoever is longest away gives theirs up.

    They take it again when they come back; a room that someone filled with empty seats empties.
    """
    if len(state.seats) < MOST_SEATS:
        return state
    absent = [seat for seat in state.seats if not state.is_here(seat, now)]
    if not absent:
        raise Refused(Refusal.ROOM_FULL)
    return _without_seat(state, min(absent, key=lambda seat: state.seen.get(seat, 0.0)))


def hear_cards(state: Meeting, command: c.HearCards, actor: Actor, now: float) -> Meeting:
    heard = replace(state.seats[actor.seat], heard_cards=True)
    return replace(state, seats=state.seats | {actor.seat: heard})


def leave(state: Meeting, command: c.Leave, actor: Actor, now: float) -> Meeting:
    return replace(_without_seat(state, actor.seat), left=state.left | {actor.seat})


def _without_seat(state: Meeting, seat: str) -> Meeting:
    """The room without this seat. An answer already given stays: nothing joins it to the seat."""
    return replace(
        state,
        seats={key: value for key, value in state.seats.items() if key != seat},
        seen={key: value for key, value in state.seen.items() if key != seat},
        readers={part: reader for part, reader in state.readers.items() if reader != seat},
        hands=tuple(hand for hand in state.hands if hand != seat),
        heard=state.heard - {seat},
        board=agreement.forget_seat(state.board, seat),
    )


# In the room


def raise_hand(state: Meeting, command: c.RaiseHand, actor: Actor, now: float) -> Meeting:
    if actor.seat in state.hands:
        return state
    return replace(state, hands=(*state.hands, actor.seat))


def lower_hand(state: Meeting, command: c.LowerHand, actor: Actor, now: float) -> Meeting:
    return replace(state, hands=tuple(hand for hand in state.hands if hand != actor.seat))


def _reading_now(state: Meeting, step_id: str, part: int) -> Step:
    step = state.current
    if step.id != step_id:
        raise Refused(Refusal.STEP_HAS_PASSED)
    if not 0 <= part < len(step.parts):
        raise Refused(Refusal.NO_SUCH_PART)
    return step


def take_part(state: Meeting, command: c.TakePart, actor: Actor, now: float) -> Meeting:
    _reading_now(state, command.step, command.part)
    reader = state.reader_of(command.part)
    if reader == actor.seat:
        return state
    if command.part < state.part:
        raise Refused(Refusal.STEP_HAS_PASSED)
    if reader is not None:
        raise Refused(Refusal.PART_IS_TAKEN)
    return replace(state, readers=state.readers | {str(command.part): actor.seat})


def give_back_part(state: Meeting, command: c.GiveBackPart, actor: Actor, now: float) -> Meeting:
    _reading_now(state, command.step, command.part)
    if state.reader_of(command.part) != actor.seat:
        return state
    readers = {part: seat for part, seat in state.readers.items() if part != str(command.part)}
    return replace(state, readers=readers)


def turn_to_part(state: Meeting, command: c.TurnToPart, actor: Actor, now: float) -> Meeting:
    _reading_now(state, command.step, command.part)
    if actor.role is Role.FACILITATOR or command.part == state.part:
        return replace(state, part=command.part)
    # A reader who has finished turns the page for everyone, once and forwards.
    if state.reader_of(state.part) != actor.seat or command.part != state.part + 1:
        raise Refused(Refusal.NOT_THE_READER)
    return replace(state, part=command.part)


# The facilitator's


def attend(state: Meeting, command: c.Attend, actor: Actor, now: float) -> Meeting:
    if actor.seat in state.facilitators:
        return state
    return replace(
        state,
        facilitators=state.facilitators | {actor.seat: command.name},
        seen=state.seen | {actor.seat: now},
    )


def depart(state: Meeting, command: c.Depart, actor: Actor, now: float) -> Meeting:
    """She signed out: her pages show nothing more. The board forgets what she responded."""
    return replace(
        state,
        facilitators={key: name for key, name in state.facilitators.items() if key != actor.seat},
        seen={key: value for key, value in state.seen.items() if key != actor.seat},
        board=agreement.forget_seat(state.board, actor.seat),
    )


def start(state: Meeting, command: c.Start, actor: Actor, now: float) -> Meeting:
    if state.phase is Phase.RUNNING:
        return state
    steps = state.not_skipped()
    first = state.steps.index(steps[0])
    planned = sum(step.minutes for step in steps)
    begun = _at_step(state, first, now)
    return replace(begun, phase=Phase.RUNNING, started_at=now, planned=planned)


def go_to(state: Meeting, command: c.GoTo, actor: Actor, now: float) -> Meeting:
    index = state.step_named(command.step)
    if index is None:
        raise Refused(Refusal.NO_SUCH_STEP)
    if index == state.step:
        return state
    # Answers must be shown or destroyed on purpose, never walked away from.
    if state.checkin is not None:
        raise Refused(Refusal.CHECKIN_IS_OPEN)
    if state.screening is not None:
        raise Refused(Refusal.ANSWERS_ARE_BEING_READ)
    return _at_step(state, index, now)


def _at_step(state: Meeting, index: int, now: float) -> Meeting:
    return replace(
        state,
        step=index,
        step_began=now,
        step_extra=0.0,
        # Whoever goes to a step that was skipped wants it after all.
        skipped=state.skipped - {state.steps[index].id},
        part=0,
        readers={},
        support_shown=False,
        brought="",
        restarted=False,
    )


def extend(state: Meeting, command: c.Extend, actor: Actor, now: float) -> Meeting:
    if command.step != state.current.id:
        raise Refused(Refusal.STEP_HAS_PASSED)
    if not 0 <= command.extra <= MOST_EXTRA:
        raise Refused(Refusal.TOO_LONG_A_STEP)
    return replace(state, step_extra=float(command.extra))


def thank(state: Meeting, command: c.Thank, actor: Actor, now: float) -> Meeting:
    if command.seat not in state.hands:
        return state
    hands = tuple(hand for hand in state.hands if hand != command.seat)
    return replace(state, hands=hands, heard=state.heard | {command.seat})


def lock_doors(state: Meeting, command: c.LockDoors, actor: Actor, now: float) -> Meeting:
    return replace(state, locked=True)


def unlock_doors(state: Meeting, command: c.UnlockDoors, actor: Actor, now: float) -> Meeting:
    return replace(state, locked=False)


def remove(state: Meeting, command: c.Remove, actor: Actor, now: float) -> Meeting:
    if command.seat in state.facilitators:
        raise Refused(Refusal.NOT_ALLOWED)
    if command.seat not in state.seats:
        return state
    return replace(_without_seat(state, command.seat), removed=state.removed | {command.seat})


def show_support(state: Meeting, command: c.ShowSupport, actor: Actor, now: float) -> Meeting:
    return replace(state, support_shown=True)


def hide_support(state: Meeting, command: c.HideSupport, actor: Actor, now: float) -> Meeting:
    return replace(state, support_shown=False)


def end(state: Meeting, command: c.End, actor: Actor, now: float) -> Meeting:
    """The meeting is over. This state is never stored: the store destroys what it had."""
    return replace(state, phase=Phase.ENDED)


# Each takes (state, its own command, actor, now).
Rule = Callable[..., Meeting]  # type: ignore[explicit-any]

RULES: dict[type[c.Command], Rule] = {
    c.Join: join,
    c.Retake: retake,
    c.HearCards: hear_cards,
    c.Leave: leave,
    c.RaiseHand: raise_hand,
    c.LowerHand: lower_hand,
    c.TakePart: take_part,
    c.GiveBackPart: give_back_part,
    c.TurnToPart: turn_to_part,
    c.Answer: checkins.answer,
    c.WriteAnswer: checkins.write_answer,
    c.Pass: checkins.pass_,
    c.Suggest: together.suggest,
    c.Reword: together.reword,
    c.TakeOut: together.take_out,
    c.Respond: together.respond,
    c.Keep: together.keep,
    c.PointTo: together.point_to,
    c.Attend: attend,
    c.Depart: depart,
    c.Start: start,
    c.GoTo: go_to,
    c.AddStep: plan.add_step,
    c.MoveStep: plan.move_step,
    c.SkipStep: plan.skip_step,
    c.UnskipStep: plan.unskip_step,
    c.Extend: extend,
    c.OpenCheckin: checkins.open_checkin,
    c.CloseCheckin: checkins.close_checkin,
    c.LeaveOut: checkins.leave_out,
    c.TakeBackIn: checkins.take_back_in,
    c.ShowAnswers: checkins.show_answers,
    c.DiscardAnswers: checkins.discard_answers,
    c.Thank: thank,
    c.LockDoors: lock_doors,
    c.UnlockDoors: unlock_doors,
    c.Remove: remove,
    c.ShowSupport: show_support,
    c.HideSupport: hide_support,
    c.AskAloud: together.ask_aloud,
    c.NoteObjection: together.note_objection,
    c.ClearObjection: together.clear_objection,
    c.Merge: together.merge,
    c.MoveStatement: together.move,
    c.BringToAll: together.bring_to_all,
    c.SawPointed: together.saw_pointed,
    c.Adopt: together.adopt,
    c.Park: together.park,
    c.LetGo: together.let_go,
    c.End: end,
}
