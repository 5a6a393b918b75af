"""A whole meeting on paper: what to say and to read, for the day the network fails."""

from __future__ import annotations

from dataclasses import dataclass

from meetings.engine import agendas
from meetings.engine.state import StepKind
from meetings.engine.views.phones import TALKING
from meetings.models import Agenda, AgendaStep, Group, SupportLine
from meetings.words import Card, door_cards


@dataclass(frozen=True)
class PaperStep:
    """One step, and after how many minutes it begins."""

    step: AgendaStep
    begins: int
    crosstalk: str
    # Whether the group's agreement is read out here.
    agreement: bool


@dataclass(frozen=True)
class Paper:
    cards: tuple[Card, ...]
    steps: tuple[PaperStep, ...]
    minutes: int
    agreement: tuple[str, ...]
    # Whether some step reads the agreement out; if none does, it stands at the end.
    agreement_has_a_step: bool
    support: tuple[SupportLine, ...]


def on_paper(group: Group, agenda: Agenda) -> Paper:
    """What the app would show through the whole meeting, for one who has only this."""
    steps = tuple(agenda.steps.select_related("reading", "prompt"))
    begins = agendas.starts([step.minutes for step in steps])
    on_steps = tuple(
        PaperStep(
            step,
            start,
            crosstalk=group.crosstalk_line if step.kind in TALKING else "",
            agreement=step.kind == StepKind.AGREEMENT,
        )
        for step, start in zip(steps, begins, strict=False)
    )
    # Paper keeps nothing and no Wi-Fi carries it: the third card is about the app alone.
    stays_here, limits, _app_keeps = door_cards(group.limits_text, plain_http=False)
    return Paper(
        cards=(stays_here, limits),
        steps=on_steps,
        minutes=begins[-1],
        agreement=tuple(statement.text for statement in group.agreement.board().statements),
        agreement_has_a_step=any(one.agreement for one in on_steps),
        support=tuple(group.support_lines.all()),
    )
