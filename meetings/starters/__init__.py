"""What a new host starts with: one group that can hold a meeting tonight."""

from zoneinfo import ZoneInfoNotFoundError

from django.conf import settings
from django.db import transaction
from django.utils import translation
from tzlocal import get_localzone_name

from agreements.models import Agreement
from meetings.engine.bands import FLOOR
from meetings.models import (
    Agenda,
    AgendaStep,
    Facilitator,
    Group,
    Prompt,
    Reading,
    SupportLine,
)
from meetings.starters import texts
from meetings.words import Words

__all__ = ["make_first_group"]


@transaction.atomic
def make_first_group(facilitator_name: Words = texts.FACILITATOR_NAME) -> Group:
    """Make a group that can meet tonight, or give back the first one if there is any."""
    if found := Group.objects.first():
        return found
    language = settings.LANGUAGE_CODE
    with translation.override(language):
        return _fill_first_group(str(facilitator_name), language)


def _time_zone() -> str:
    """The laptop's own, by its name; UTC where it cannot be told."""
    try:
        return get_localzone_name() or settings.TIME_ZONE
    except (ZoneInfoNotFoundError, ValueError):
        return settings.TIME_ZONE


def _fill_first_group(facilitator_name: str, language: str) -> Group:
    facilitator = Facilitator.objects.filter(name=facilitator_name).first()
    if facilitator is None:
        facilitator = Facilitator.objects.create_pseudonymous(facilitator_name, is_host=True)
    agreement = Agreement.objects.create(
        title=str(texts.AGREEMENT_TITLE),
        language=language,
        starters=[str(text) for text in texts.STATEMENTS],
    )
    group = Group.objects.create(
        name=str(texts.GROUP_NAME),
        shown_name=str(texts.SHOWN_NAME),
        language=language,
        time_zone=_time_zone(),
        floor=FLOOR,
        limits_text=_lines(texts.LIMITS_TEXT),
        crosstalk_line=str(texts.CROSSTALK_LINE),
        agreement=agreement,
    )
    group.facilitators.add(facilitator)
    for order, line in enumerate(texts.SUPPORT_LINES, start=1):
        SupportLine.objects.create(
            group=group,
            order=order,
            name=str(line.name),
            contact=str(line.contact),
            who=str(line.who),
            hours=str(line.hours),
            emergency=str(line.emergency),
        )
    readings = {
        key: Reading.objects.create(
            group=group, title=str(title), parts=[str(part) for part in parts]
        )
        for key, (title, parts) in texts.READINGS.items()
    }
    prompts = {
        key: Prompt.objects.create(
            group=group,
            kind=prompt.kind,
            question=str(prompt.question),
            options=[str(option) for option in prompt.options],
            feelings=prompt.feelings,
        )
        for key, prompt in texts.PROMPTS.items()
    }
    agenda = Agenda.objects.create(group=group, name=str(texts.AGENDA_NAME))
    for order, step in enumerate(texts.STEPS, start=1):
        AgendaStep.objects.create(
            agenda=agenda,
            order=order,
            kind=step.kind,
            title=str(step.title),
            minutes=step.minutes,
            text=str(step.text),
            script=_lines(step.script),
            reading=readings.get(step.reading),
            prompt=prompts.get(step.prompt),
        )
    return group


def _lines(lines: tuple[Words, ...]) -> str:
    return "\n".join(str(line) for line in lines)
