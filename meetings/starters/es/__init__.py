"""The starter library in Spanish, as people say it in groups in the Americas.

One person is *tú*, on her phone and in a reading; the group is *ustedes* or, better, *nosotros*.
Words that would fix someone's gender are gone around: *les damos la bienvenida*, *quien facilita*.
"""

from meetings.starters.es.agendas import STEPS, TEMPLATES
from meetings.starters.es.lines import LINES
from meetings.starters.es.prompts import PROMPTS
from meetings.starters.es.readings import READINGS
from meetings.starters.es.statements import STATEMENTS
from meetings.starters.es.support import SUPPORT_LINES

__all__ = ["LINES", "PROMPTS", "READINGS", "STATEMENTS", "STEPS", "SUPPORT_LINES", "TEMPLATES"]
