"""Small filters for meeting pages."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import template
from django.utils import formats

from meetings import words
from meetings.engine.state import PromptKind

register = template.Library()


@register.filter
def clock(moment: float, time_zone: str) -> str:
    """Unix seconds as a time of day in the group's time zone, in the reader's language."""
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return formats.time_format(datetime.fromtimestamp(moment, UTC).astimezone(zone), "TIME_FORMAT")


@register.filter
def plus(number: int, more: int) -> int:
    return number + more


@register.filter
def at(sequence: tuple[str, ...], index: int) -> str:
    return sequence[index]


@register.filter
def in_words(option: str, kind: str) -> str:
    """An answer to choose: in the group's own words, or yes and no in the reader's language."""
    return str(words.YES_NO_ANSWERS[option]) if kind == PromptKind.YES_NO.value else option
