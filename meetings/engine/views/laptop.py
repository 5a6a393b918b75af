"""What the facilitator's laptop sees. Nothing here is about one person's answer or response."""

from __future__ import annotations

from agreements import consent, rules
from agreements.shapes import Board, Suggestion
from meetings.engine.plan import AT_THE_START
from meetings.engine.state import Meeting, Phase, PromptKind, Step, StepKind
from meetings.engine.views.shapes import (
    Agenda,
    AgendaItem,
    AnswerToRead,
    Controls,
    Glance,
    LeadAgreement,
    LeadCard,
    LeadCheckin,
    LeadMatter,
    LeadNow,
    LeadStatement,
    Ours,
    Person,
    Raised,
    Room,
    View,
)
from meetings.engine.views.shared import (
    brought,
    checkin,
    matters,
    name_of,
    preview,
    reading,
    statements,
    timer,
    unused_starters,
)

# A drift this small is still "on time", in seconds.
ON_TIME = 120


def for_facilitator(state: Meeting, seat: str, now: float) -> tuple[View, ...]:
    """The regions of the laptop. Nothing here is about one person's answer or response."""
    return (
        _agenda(state),
        _glance(state, now),
        _lead_now(state, seat, now),
        _controls(state, now),
        _room(state, now),
        _ours(state),
    )


def _agenda(state: Meeting) -> Agenda:
    running = state.phase is Phase.RUNNING
    items = tuple(_agenda_item(state, index, running) for index in range(len(state.steps)))
    return Agenda(state.group.name, items, running)


def places(state: Meeting) -> tuple[tuple[str, str], ...]:
    """After which steps a new one may stand, by id and title; "" is before all others."""
    first = ((AT_THE_START, ""),) if state.is_to_come(0) else ()
    later = enumerate(state.steps, start=1)
    return first + tuple((step.id, step.title) for index, step in later if state.is_to_come(index))


def _agenda_item(state: Meeting, index: int, running: bool) -> AgendaItem:
    step = state.steps[index]
    earlier = later = None
    if state.is_to_come(index):
        if index and state.is_to_come(index - 1):
            earlier = state.steps[index - 2].id if index > 1 else AT_THE_START
        if index + 1 < len(state.steps):
            later = state.steps[index + 1].id
    return AgendaItem(
        step.id,
        step.title,
        step.minutes,
        is_done=running and index < state.step and step.id not in state.skipped,
        is_now=running and index == state.step,
        is_to_come=state.is_to_come(index),
        is_skipped=step.id in state.skipped,
        earlier=earlier,
        later=later,
    )


def _glance(state: Meeting, now: float) -> Glance:
    steps = state.not_skipped()
    if state.phase is not Phase.RUNNING:
        total = sum(step.minutes for step in steps) * 60
        return Glance(False, 0, 0, _on_the_minute(now + total), state.group.time_zone)
    later = sum(step.minutes for step in steps[steps.index(state.current) + 1 :]) * 60
    ends = max(state.deadline, now) + later
    # Late or early is told from the end that the room was promised, whatever changed since.
    drift = ends - (state.started_at + state.planned * 60)
    return Glance(
        running=True,
        minutes_in=int((now - state.started_at) // 60),
        drift=0 if abs(drift) <= ON_TIME else round(drift / 60),
        ends=_on_the_minute(ends),
        time_zone=state.group.time_zone,
    )


def _on_the_minute(moment: float) -> float:
    """Whole minutes, so that a view does not change with every second."""
    return round(moment / 60) * 60.0


def _lead_checkin(state: Meeting, step: Step, now: float) -> LeadCheckin | None:
    shown = checkin(state, step, now)
    if shown is None or step.prompt is None:
        return None
    used = state.has_asked(step.prompt)
    too_few = len(state.seats_here(now)) < state.group.floor
    is_off = step.prompt.kind is PromptKind.TEXT and not state.group.free_text
    finished = shown.being_read or shown.outcome is not None
    reading_first = state.screening if shown.being_read else None
    return LeadCheckin(
        step=step.id,
        is_open=state.checkin is not None,
        can_open=not (used or too_few or is_off),
        too_few=too_few and not used,
        was_used=used and state.checkin is None and not finished,
        is_off=is_off,
        shown=shown,
        before=preview(step.prompt, state.group.floor),
        to_read=tuple(
            AnswerToRead(place, text, place in reading_first.left_out)
            for place, text in enumerate(reading_first.texts)
        )
        if reading_first
        else (),
        enough=reading_first is None or len(reading_first.kept) >= state.group.floor,
    )


def _lead_agreement(state: Meeting, seat: str, now: float) -> LeadAgreement:
    here = state.everyone_here(now)
    board = state.board
    together = matters(state)
    ids = tuple(cards[0].id for _now, cards in together)
    parked, starters = unused_starters(state)
    return LeadAgreement(
        title=state.group.agreement_title,
        version=board.version,
        statements=tuple(
            LeadStatement(it.id, it.text, *_around(tuple(one.id for one in board.statements), at))
            for at, it in enumerate(board.statements)
        ),
        matters=tuple(
            LeadMatter(
                ids[at],
                words,
                tuple(_lead_card(board, it, seat, here) for it in cards),
                *_around(ids, at),
            )
            for at, (words, cards) in enumerate(together)
        ),
        parked=parked,
        starters=starters,
        kept=consent.review(board, here),
        keeps=seat in board.keeps,
    )


def _around(ids: tuple[str, ...], at: int) -> tuple[str | None, str | None]:
    """What this one would follow one place earlier, and one place later."""
    earlier = None if at == 0 else AT_THE_START if at == 1 else ids[at - 2]
    return earlier, ids[at + 1] if at + 1 < len(ids) else None


def _lead_card(board: Board, it: Suggestion, seat: str, here: tuple[str, ...]) -> LeadCard:
    return LeadCard(
        it.id,
        it.text,
        consent.sense(board, it, here),
        it.responses.get(seat),
        it.asked_aloud,
        it.spoken_objection,
        can_adopt=consent.in_the_way(board, it) is None,
        takes_out=it.takes_out,
        may_merge=any(rules.may_merge(board, it, other) for other in board.suggestions),
    )


def _ours(state: Meeting) -> Ours:
    shown = statements(state)
    return Ours(
        state.group.agreement_title,
        shown,
        state.brought,
        brought(state),
        tuple(it for it in shown if it.id in state.pointed_to),
        running=state.phase is Phase.RUNNING,
    )


def _lead_now(state: Meeting, seat: str, now: float) -> LeadNow:
    if state.phase is not Phase.RUNNING:
        return LeadNow(state.phase, None, "", "", "", None, restarted=state.restarted)
    step = state.current
    return LeadNow(
        phase=state.phase,
        kind=step.kind,
        title=step.title,
        text=step.text,
        script=step.script,
        timer=timer(state),
        reading=reading(state, step),
        checkin=_lead_checkin(state, step, now),
        agreement=(_lead_agreement(state, seat, now) if step.kind is StepKind.AGREEMENT else None),
        support_shown=state.support_shown,
        restarted=state.restarted,
    )


def _controls(state: Meeting, now: float) -> Controls:
    if state.phase is not Phase.RUNNING:
        return Controls(True, "", None, None, None, None, None, None, None, 0)
    step = state.current
    following, before = state.neighbour(1), state.neighbour(-1)
    checkin = _lead_checkin(state, step, now)
    more_parts = bool(step.parts) and state.part + 1 < len(step.parts)
    return Controls(
        start=False,
        step=step.id,
        open_checkin=step.id if checkin and checkin.can_open else None,
        close_checkin=step.id if checkin and checkin.is_open else None,
        show_answers=step.id if checkin and checkin.to_read else None,
        turn_to=state.part + 1 if more_parts else None,
        next=(following.id, following.title) if following else None,
        back=before.id if before else None,
        part_back=state.part - 1 if step.parts and state.part else None,
        extra=int(state.step_extra),
        reads_first=bool(checkin and checkin.shown.screened),
    )


def _room(state: Meeting, now: float) -> Room:
    here = state.seats_here(now)
    people = tuple(
        Person(
            seat,
            state.seats[seat].name,
            state.seats[seat].first_time,
            state.seats[seat].listening,
        )
        for seat in here
    )
    # Those not yet heard come first; within each, the order in which hands went up.
    ordered = sorted(state.hands, key=lambda hand: hand in state.heard)
    return Room(
        here=len(state.everyone_here(now)),
        people=people,
        unnamed=sum(not person.name for person in people),
        hands=tuple(
            Raised(hand, name_of(state, hand), hand not in state.heard) for hand in ordered
        ),
        locked=state.locked,
        code=state.code,
        running=state.phase is Phase.RUNNING,
    )
