"""The starter library in English."""

from meetings.starters.en.agendas import STEPS, TEMPLATES
from meetings.starters.en.lines import LINES
from meetings.starters.en.prompts import PROMPTS
from meetings.starters.en.readings import READINGS
from meetings.starters.en.statements import STATEMENTS
from meetings.starters.en.support import SUPPORT_LINES

__all__ = ["LINES", "PROMPTS", "READINGS", "STATEMENTS", "STEPS", "SUPPORT_LINES", "TEMPLATES"]
