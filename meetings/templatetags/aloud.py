"""Takes a facilitator's script apart: what is said aloud, and [what is only for her]."""

from __future__ import annotations

import re

from django import template

register = template.Library()

_ASIDE = re.compile(r"\[([^\[\]]+)\]")


@register.filter
def lines_aloud(script: str) -> list[list[tuple[bool, str]]]:
    """Line by line, the pieces in order: (whether it is said aloud, the words)."""
    return [_pieces(line) for line in script.splitlines() if line.strip()]


def _pieces(line: str) -> list[tuple[bool, str]]:
    # Splitting at one group gives what is around it and what is inside by turns.
    pieces = enumerate(_ASIDE.split(line))
    return [(place % 2 == 0, words.strip()) for place, words in pieces if words.strip()]
