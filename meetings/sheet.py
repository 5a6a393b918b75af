"""An agreement as a sheet to read, to print, to keep as a file: in its own language, no names."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.models import Agreement, Version

# What Markdown would take for a mark; and what begins a heading, a list or a quote.
_MARKS = re.compile(r"([\\`*_{}\[\]<>#+!|~&-])")
_NUMBER = re.compile(r"^(\d+)([.)])")
# Sizes of type on paper, in points, the largest first: static/css/agreement.css has one for each.
SIZES = (16, 14, 13, 12, 11, 10, 9)
# What a page has room for, in points: the smaller of A4 and Letter on each side, less its margins,
# and what stands above the statements.
WIDE, HIGH, HEAD = 493, 690, 90
# In ems: a letter on average, a line, the space behind a statement and the one before its words.
LETTER, LINE, SPACE, INDENT = 0.53, 1.4, 0.6, 2.5


@dataclass(frozen=True)
class Sheet:
    title: str
    # "version 3, 22 November 2026"; empty before the first.
    version: str
    statements: tuple[str, ...]
    language: str
    direction: str

    @property
    def size(self) -> int:
        """How large the words can be so that they fit on one page of paper."""
        return next((size for size in SIZES if self._is_high(size) <= HIGH), SIZES[-1])

    @property
    def fits(self) -> bool:
        """Whether they fit on one page at all."""
        return self._is_high(self.size) <= HIGH

    def _is_high(self, size: int) -> float:
        letters = (WIDE / size - INDENT) / LETTER
        lines = sum(math.ceil(_width(text) / letters) for text in self.statements)
        return HEAD + size * (lines * LINE + len(self.statements) * SPACE)

    @property
    def text(self) -> str:
        """As plain text."""
        lines = [f"{n}. {text}" for n, text in enumerate(self.statements, 1)]
        return _paragraphs(self.title, self.version, "\n".join(lines))

    @property
    def markdown(self) -> str:
        """As Markdown that says just these words, whatever marks they hold."""
        lines = [f"{n}. {_plain(text)}" for n, text in enumerate(self.statements, 1)]
        return _paragraphs(f"# {_plain(self.title)}", _plain(self.version), "\n".join(lines))


def sheet_of(agreement: Agreement) -> Sheet:
    version = agreement.current()
    info = translation.get_language_info(agreement.language)
    with translation.override(agreement.language):
        return Sheet(
            title=agreement.title,
            version=_number_and_date(version) if version else _("Nothing is agreed yet."),
            statements=tuple(it.text for it in version.adopted()) if version else (),
            language=agreement.language,
            direction="rtl" if info["bidi"] else "ltr",
        )


def _number_and_date(version: Version) -> str:
    named = {"number": version.number, "date": date_format(version.date, "DATE_FORMAT")}
    return _("version %(number)s, %(date)s") % named


def _width(text: str) -> int:
    """In letters: some scripts write wider ones."""
    return len(text) + sum(unicodedata.east_asian_width(char) in "WF" for char in text)


def _plain(text: str) -> str:
    return _NUMBER.sub(r"\1\\\2", _MARKS.sub(r"\\\1", text))


def _paragraphs(*paragraphs: str) -> str:
    return "\n\n".join(filter(None, paragraphs)) + "\n"
