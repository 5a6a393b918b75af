"""What a group can start from, in its language: readings, agendas, prompts, lines, statements.

All of it is in our own words, and a start: what a group takes lands in its own rows, to change.
"""

from meetings.starters.groups import (
    local_time_zone,
    make_agenda,
    make_first_group,
    make_group,
)
from meetings.starters.shapes import (
    GroupLines,
    Library,
    StarterLine,
    StarterPrompt,
    StarterReading,
    StarterStep,
    StarterTemplate,
)
from meetings.starters.shelf import library

__all__ = [
    "GroupLines",
    "Library",
    "StarterLine",
    "StarterPrompt",
    "StarterReading",
    "StarterStep",
    "StarterTemplate",
    "library",
    "local_time_zone",
    "make_agenda",
    "make_first_group",
    "make_group",
]
