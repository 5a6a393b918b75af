"""Loads what a group has prepared into a live meeting, once, when the doors open."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from meetings.engine import bands
from meetings.engine.refusals import Refusal, Refused
from meetings.engine.state import (
    GroupFacts,
    Meeting,
    Prompt,
    PromptKind,
    Step,
    StepKind,
    Support,
)
from meetings.models import Agenda, AgendaStep, Group, Reading
from meetings.models import Prompt as KeptPrompt

# No letters or digits that look alike: 31 of them, eight times, are about 40 bits.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
# With these many more, which links carry, guessing is hopeless however fast it is (decision 011).
REST_LENGTH = 4


def new_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def is_short(typed: str) -> bool:
    """Whether this code could be guessed, if it could be tried often enough."""
    return len(typed) <= CODE_LENGTH


def rest_of_code(key: bytes, code: str) -> str:
    """What follows the code in links: known to whoever has the meeting's own key."""
    number = int.from_bytes(hmac.digest(key, f"rest of {code}".encode(), hashlib.sha256))
    rest = ""
    for _ in range(REST_LENGTH):
        number, place = divmod(number, len(CODE_ALPHABET))
        rest += CODE_ALPHABET[place]
    return rest


def new_id() -> str:
    return secrets.token_hex(8)


def new_meeting(group: Group, agenda: Agenda, now: float) -> Meeting:
    """A meeting in its lobby. Touches the database; nothing later needs to."""
    board = group.agreement.board()
    return Meeting(
        id=new_id(),
        code=new_code(),
        group=_facts(group),
        steps=tuple(_step(step) for step in agenda.steps.select_related("reading", "prompt")),
        board=board,
        opening_version=board.version,
        opened_at=now,
        alive_at=now,
    )


def _facts(group: Group) -> GroupFacts:
    return GroupFacts(
        id=str(group.pk),
        name=group.name,
        shown_name=group.shown_name,
        language=group.language,
        time_zone=group.time_zone,
        agreement_title=group.agreement.title,
        starters=tuple(group.agreement.starters),
        floor=max(group.floor, bands.FLOOR),
        free_text=group.free_text,
        limits_text=group.limits_text,
        crosstalk_line=group.crosstalk_line,
        camera_line=group.camera_line,
        call_link=group.call_link,
        support=tuple(
            Support(line.name, line.contact, line.who, line.hours, line.emergency)
            for line in group.support_lines.all()
        ),
    )


def _step(step: AgendaStep) -> Step:
    return Step(
        id=new_id(),
        kind=StepKind(step.kind),
        title=step.title,
        minutes=step.minutes,
        text=step.text,
        script=step.script,
        parts=tuple(step.reading.parts) if step.reading else (),
        prompt=prompt_of(step.prompt) if step.prompt else None,
    )


def prompt_of(prompt: KeptPrompt) -> Prompt:
    """A kept question as a meeting asks it."""
    return Prompt(
        id=str(prompt.pk),
        kind=PromptKind(prompt.kind),
        question=prompt.question,
        options=tuple(prompt.options),
        feelings=prompt.feelings,
        screened=prompt.screened,
    )


def questions_left(state: Meeting) -> list[KeptPrompt]:
    """The group's questions that this meeting has not asked and does not plan to ask."""
    kept = KeptPrompt.objects.filter(group_id=state.group.id).order_by("question")
    if not state.group.free_text:
        kept = kept.exclude(kind=PromptKind.TEXT.value)
    found = [(each, prompt_of(each)) for each in kept]
    return [each for each, prompt in found if not (state.plans(prompt) or state.has_asked(prompt))]


def new_step(group_id: str, id: str, what: str, title: str, minutes: int) -> Step:
    """A step for a meeting that is under way: `kind-KIND`, or `reading-ID`, `prompt-ID` of hers.

    Without a title it is called as its reading is. Raises Refused when that is gone.
    """
    source, _dash, key = what.partition("-")
    if source == "reading":
        reading = Reading.objects.filter(group_id=group_id, pk=key).first()
        if reading is None:
            raise Refused(Refusal.NOT_PREPARED)
        parts = tuple(reading.parts)
        title = title if title.strip() else reading.title
        return Step(id, StepKind.READING, title, minutes, parts=parts)
    if source == "prompt":
        prompt = KeptPrompt.objects.filter(group_id=group_id, pk=key).first()
        if prompt is None:
            raise Refused(Refusal.NOT_PREPARED)
        return Step(id, StepKind.CHECKIN, title, minutes, prompt=prompt_of(prompt))
    if key not in list(StepKind):
        raise Refused(Refusal.NOT_PREPARED)
    return Step(id, StepKind(key), title, minutes)
