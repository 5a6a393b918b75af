"""Makes a group's own rows from the starters: from then on they are the group's to change."""

from zoneinfo import ZoneInfoNotFoundError

from django.conf import settings
from django.db import transaction
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
from meetings.starters.shapes import StarterPrompt, StarterReading
from meetings.starters.shelf import library

FIRST_AGENDA = ("dual-recovery", 30)


@transaction.atomic
def make_first_group(facilitator_name: str = "") -> Group:
    """Make a group that can meet tonight, or give back the first one if there is any."""
    if found := Group.objects.first():
        return found
    language = settings.LANGUAGE_CODE
    name = facilitator_name or library(language).lines.facilitator_name
    facilitator = Facilitator.objects.filter(name=name).first()
    if facilitator is None:
        facilitator = Facilitator.objects.create_pseudonymous(name, is_host=True)
    group = make_group(facilitator, language, local_time_zone())
    make_agenda(group, *FIRST_AGENDA)
    return group


def local_time_zone() -> str:
    """The laptop's own, by its name; UTC where it cannot be told."""
    try:
        return get_localzone_name() or settings.TIME_ZONE
    except (ZoneInfoNotFoundError, ValueError):
        return settings.TIME_ZONE


@transaction.atomic
def make_group(facilitator: Facilitator, language: str, time_zone: str, *, name: str = "") -> Group:
    """Make a group with the starters as its own, but no agenda yet."""
    start = library(language)
    agreement = Agreement.objects.create(
        title=start.lines.agreement_title, language=language, starters=list(start.statements)
    )
    group = Group.objects.create(
        name=name or start.lines.group_name,
        language=language,
        time_zone=time_zone,
        floor=FLOOR,
        limits_text="\n".join(start.lines.limits),
        crosstalk_line=start.lines.crosstalk[0],
        agreement=agreement,
    )
    group.facilitators.add(facilitator)
    SupportLine.objects.bulk_create(
        SupportLine(
            group=group,
            order=order,
            name=line.name,
            contact=line.contact,
            who=line.who,
            hours=line.hours,
            emergency=line.emergency,
        )
        for order, line in enumerate(start.first_support_lines, start=1)
    )
    Reading.objects.bulk_create(_reading(group, it) for it in start.readings.values())
    Prompt.objects.bulk_create(_prompt(group, it) for it in start.prompts.values())
    return group


@transaction.atomic
def make_agenda(group: Group, template_key: str, minutes: int) -> Agenda:
    """Make an agenda that the group may change. Raises KeyError for what is not a template's.

    Readings and prompts are found by title or question, so that a group's own changes to them
    hold for its new agendas too; those it has not got, or threw away, are made anew.
    """
    start = library(group.language)
    template = start.templates[template_key]
    steps = template.lengths[minutes]
    readings = {it.title: it for it in group.readings.order_by("-pk")}
    prompts = {(it.kind, it.question): it for it in group.prompts.order_by("-pk")}
    agenda = Agenda.objects.create(
        group=group, name=start.lines.agenda_name.format(name=template.name, minutes=minutes)
    )
    for order, step in enumerate(steps, start=1):
        reading = prompt = None
        if step.reading:
            words = start.readings[step.reading]
            if words.title not in readings:
                readings[words.title] = _reading(group, words)
                readings[words.title].save()
            reading = readings[words.title]
        if step.prompt:
            asked = start.prompts[step.prompt]
            key = (asked.kind, asked.question)
            if key not in prompts:
                prompts[key] = _prompt(group, asked)
                prompts[key].save()
            prompt = prompts[key]
        AgendaStep.objects.create(
            agenda=agenda,
            order=order,
            kind=step.kind,
            title=step.title,
            minutes=step.minutes,
            text=step.text,
            script="\n".join(step.script),
            reading=reading,
            prompt=prompt,
        )
    return agenda


def _reading(group: Group, words: StarterReading) -> Reading:
    return Reading(group=group, title=words.title, parts=list(words.parts))


def _prompt(group: Group, words: StarterPrompt) -> Prompt:
    return Prompt(
        group=group,
        kind=words.kind,
        question=words.question,
        options=list(words.options),
        feelings=words.feelings,
        screened=words.screened,
    )
