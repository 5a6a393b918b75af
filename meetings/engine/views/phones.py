"""What phones and the screen see."""

from __future__ import annotations

import msgspec

from agreements import consent
from meetings.engine.state import Meeting, Phase, Step, StepKind
from meetings.engine.views.shapes import (
    Agreement,
    Discussion,
    Hand,
    Matter,
    Me,
    Mine,
    Notice,
    Now,
    PartOffer,
    Review,
    SuggestionCard,
    Top,
    View,
)
from meetings.engine.views.shared import (
    agreement_now,
    brought,
    checkin,
    matters,
    preview,
    reading,
    statements,
    timer,
    unused_starters,
)

TALKING = frozenset({StepKind.ROUND, StepKind.SHARING, StepKind.TOPIC, StepKind.SPEAKER})


def for_room(state: Meeting, now: float) -> tuple[View, ...]:
    """The regions that every phone shows alike."""
    return (_top(state, now), _notice(state, now), _now(state, now), _agreement(state))


def for_screen(state: Meeting, now: float) -> tuple[View, ...]:
    """The projector: what phones show, without a reader's name and without lines about people."""
    shared = _now(state, now)
    if shared.reading is not None:
        reading = msgspec.structs.replace(shared.reading, reader=None)
        shared = msgspec.structs.replace(shared, reading=reading)
    return (_top(state, now), _notice(state, now), shared)


def for_seat(state: Meeting, seat: str, now: float) -> tuple[View, ...]:
    """The regions of one phone alone."""
    running = state.phase is Phase.RUNNING
    person = state.seats[seat]
    return (
        _mine(state, seat, now) if running else Mine(),
        Hand(available=running, raised=seat in state.hands),
        Me(person.name, person.listening),
    )


def _top(state: Meeting, now: float) -> Top:
    running = state.phase is Phase.RUNNING
    before = state.steps[: state.step] if running else ()
    return Top(
        title=state.group.shown_name,
        here=len(state.everyone_here(now)),
        done=sum(step.id not in state.skipped for step in before),
        steps=len(state.not_skipped()),
        running=running,
    )


def _notice(state: Meeting, now: float) -> Notice:
    return Notice(
        away=state.is_away(now),
        restarted=state.restarted,
        support=state.group.support if state.support_shown else (),
        language=state.group.language,
        brought=brought(state),
        brought_is_open=any(it.id == state.brought for it in state.board.suggestions),
    )


def _agreement(state: Meeting) -> Agreement:
    shown = agreement_now(state)
    return Agreement(
        shown.title,
        shown.statements,
        shown.version,
        state.group.language,
        may_point=state.phase is Phase.RUNNING,
    )


def _now(state: Meeting, now: float) -> Now:
    if state.phase is not Phase.RUNNING:
        return Now(
            phase=state.phase,
            kind=None,
            title="",
            text="",
            timer=None,
            upcoming=tuple(step.title for step in state.not_skipped()),
            camera=state.group.camera_line,
            language=state.group.language,
        )
    step = state.current
    following = state.neighbour(1)
    return Now(
        phase=state.phase,
        kind=step.kind,
        title=step.title,
        text=step.text,
        timer=timer(state),
        upcoming=(following.title,) if following else (),
        crosstalk=state.group.crosstalk_line if step.kind in TALKING else "",
        camera=state.group.camera_line if step.kind in TALKING else "",
        reading=reading(state, step),
        checkin=checkin(state, step, now),
        agreement=agreement_now(state) if step.kind is StepKind.AGREEMENT else None,
        language=state.group.language,
    )


def _mine(state: Meeting, seat: str, now: float) -> Mine:
    step = state.current
    if step.parts:
        return Mine(part=_part_offer(state, step, seat))
    if step.prompt is not None and state.checkin is not None:
        form = msgspec.structs.replace(
            preview(step.prompt, state.group.floor),
            step=step.id,
            asked=seat in state.checkin.asked,
            answered=seat in state.checkin.answered,
        )
        return Mine(checkin=form, language=state.group.language)
    if step.kind is StepKind.AGREEMENT:
        discussion = _discussion(state, seat, now)
        return Mine(discussion=discussion, language=state.group.language)
    return Mine()


def _discussion(state: Meeting, seat: str, now: float) -> Discussion:
    here = state.everyone_here(now)
    parked, starters = unused_starters(state)
    review = Review(
        statements(state),
        consent.review(state.board, here),
        keeps=seat in state.board.keeps,
    )
    return Discussion(
        tuple(
            Matter(
                words,
                tuple(
                    SuggestionCard(
                        it.id,
                        it.text,
                        consent.sense(state.board, it, here),
                        it.responses.get(seat),
                        it.takes_out,
                    )
                    for it in cards
                ),
            )
            for words, cards in matters(state)
        ),
        parked,
        starters,
        review if review.statements else None,
    )


def _part_offer(state: Meeting, step: Step, seat: str) -> PartOffer:
    parts = range(state.part, len(step.parts))
    turns = state.reader_of(state.part) == seat and state.part + 1 < len(step.parts)
    return PartOffer(
        step=step.id,
        part=state.part,
        next_open=next((part for part in parts if state.reader_of(part) is None), None),
        mine=tuple(part for part in parts if state.reader_of(part) == seat),
        turns_to=state.part + 1 if turns else None,
    )
