"""The words are plain, kind and true to what the app does, in every language of the library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils.functional import Promise

from meetings import words
from meetings.starters import library
from meetings.starters.shelf import LANGUAGES
from tests.meetings.plain_words import (
    EASY,
    FORBIDDEN,
    OVERCLAIM,
    SENTENCE_END,
    is_plain,
    reading_ease,
    reading_grade,
    spanish_syllables,
)

# Keys, and what has holes to be filled.
NOT_WORDS = {"kind", "reading", "prompt", "language", "agenda_name"}


def texts_in(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every human-visible leaf below a constant, with where it was found."""
    if isinstance(value, (str, Promise)):
        yield path, value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in NOT_WORDS:
                yield from texts_in(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts_in(item, f"{path}[{key}]")
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from texts_in(item, f"{path}[{place}]")


TRANSLATED = re.compile(
    r"{%\s*translate \"(?P<plain>[^\"]*)\""
    r"|{%\s*blocktranslate[^%]*%}(?P<block>.*?){%\s*endblocktranslate\s*%}",
    re.DOTALL,
)
PAGES = Path(settings.TEMPLATES[0]["DIRS"][0])


def on_pages() -> Iterator[tuple[str, str]]:
    """What stands in templates, with a short word for each value that is filled in."""
    for page in sorted(PAGES.rglob("*.html")):
        for found in TRANSLATED.finditer(page.read_text(encoding="utf-8")):
            text = found["plain"] or found["block"] or ""
            for one in re.split(r"{%\s*plural\s*%}", text):
                filled = re.sub(r"{{[^}]*}}|{n}", "ten", re.sub(r"<[^>]+>", "", one))
                yield f"{page.name}:{found.start()} {one[:40]}", " ".join(filled.split())


CONSTANTS = [
    leaf for name, value in vars(words).items() if name.isupper() for leaf in texts_in(value, name)
]
EVERY_TEXT = {
    language: [(path, str(text)) for path, text in texts_in(library(language), language)]
    for language in LANGUAGES
}
EVERY_TEXT["en"] += [*((path, str(text)) for path, text in CONSTANTS), *on_pages()]

languages = pytest.mark.parametrize("language", LANGUAGES)


def test_every_fixed_word_can_be_translated() -> None:
    assert [path for path, text in CONSTANTS if not isinstance(text, Promise)] == []


@languages
def test_every_sentence_reads_at_sixth_grade_or_below(language: str) -> None:
    # A formula says nothing about a sentence of two or three words.
    sentences = {
        path: text
        for path, text in EVERY_TEXT[language]
        if SENTENCE_END.search(text) and len(text.split()) > 3
    }
    assert {path: text for path, text in sentences.items() if not is_plain(text, language)} == {}


def test_the_reading_grade_tells_hard_words_from_plain_ones() -> None:
    assert reading_grade("Confidentiality obligations necessitate participant cooperation.") > 12
    assert reading_grade("We sit in a ring and talk.") < 2


def test_a_short_sentence_may_have_one_long_word_and_no_more() -> None:
    assert is_plain("Your facilitator is reading the answers first.", "en")
    assert not is_plain("Your facilitator is moderating the contributions first.", "en")
    assert is_plain("¿Cómo dormiste esta semana?", "es")
    assert not is_plain("Confirma la confidencialidad de tu participación.", "es")


def test_the_spanish_measure_tells_hard_words_from_plain_ones() -> None:
    hard = "Las obligaciones de confidencialidad requieren la cooperación de los participantes."
    assert reading_ease(hard) < 40
    assert reading_ease("Nos sentamos en círculo y hablamos.") > EASY


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("recuperación", 5),
        ("día", 2),
        ("quien", 1),
        ("guía", 2),
        ("leer", 2),
        ("ayuda", 3),
        ("y", 1),
        ("hoy", 1),
        ("agua", 2),
        ("siguiente", 3),
        ("vergüenza", 3),
    ],
)
def test_spanish_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert spanish_syllables(word) == count


@languages
def test_no_word_labels_preaches_or_shouts(language: str) -> None:
    forbidden = FORBIDDEN[language]
    shouted = {
        path: text
        for path, text in EVERY_TEXT[language]
        if forbidden.search(text) or "!" in text or "¡" in text
    }
    assert shouted == {}


@languages
def test_quotes_are_typographic(language: str) -> None:
    assert {path: text for path, text in EVERY_TEXT[language] if re.search("[\"']", text)} == {}


@languages
def test_no_text_promises_more_than_the_app_can_hold(language: str) -> None:
    found = OVERCLAIM[language]
    assert {path: text for path, text in EVERY_TEXT[language] if found.search(text)} == {}


def test_a_label_or_an_overclaim_would_be_caught() -> None:
    assert FORBIDDEN["en"].search("Stay clean") and FORBIDDEN["en"].search("Please submit")
    assert FORBIDDEN["es"].search("Sigue limpio") and FORBIDDEN["es"].search("los adictos")
    assert OVERCLAIM["en"].search("No one will know who said what.")
    assert OVERCLAIM["es"].search("Nadie sabrá quién lo dijo.")


def test_the_search_for_words_reaches_every_kind_of_text() -> None:
    reached = {path for texts in EVERY_TEXT.values() for path, _ in texts}
    assert len(reached) > 1000
    assert {
        "JOIN_TITLE",
        "STAYS_HERE.paragraphs[0]",
        "WHAT_HAPPENS[0]",
        "en.templates[dual-recovery].lengths[30][0].script[0]",
        "en.readings[closing].parts[0]",
        "en.support_lines[4].emergency",
        "en.prompts[feelings].options[11]",
        "en.lines.limits[2]",
        "en.statements[24]",
    } <= reached
