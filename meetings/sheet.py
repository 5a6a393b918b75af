"""An agreement as a sheet to read, to print, to keep as a file: in its own language, no names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.models import Agreement, Version

# What Markdown would take for a mark; and what begins a heading, a list or a quote.
_MARKS = re.compile(r"([\\`*_{}\[\]<>#+!|~&-])")
_NUMBER = re.compile(r"^(\d+)([.)])")
# A page of paper holds as many letters in its usual size, and as many in the smaller one.
ROOMY, TIGHT = 1100, 2300


@dataclass(frozen=True)
class Sheet:
    title: str
    # "version 3, 22 November 2026"; empty before the first.
    version: str
    statements: tuple[str, ...]
    language: str
    direction: str

    @property
    def size(self) -> str:
        """How large the words can be so that they fit on one page."""
        letters = sum(max(len(text), 60) for text in self.statements)
        return "roomy" if letters <= ROOMY else "tight" if letters > TIGHT else "usual"

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


def _plain(text: str) -> str:
    return _NUMBER.sub(r"\1\\\2", _MARKS.sub(r"\\\1", text))


def _paragraphs(*paragraphs: str) -> str:
    return "\n\n".join(filter(None, paragraphs)) + "\n"
