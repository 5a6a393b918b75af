"""Every word that a person can see is in every language that we offer, and is the same message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages import Catalog
from django.conf import settings
from django.template.base import Lexer, TokenType

from scripts import messages

ROOT = Path(__file__).parents[1]
TEMPLATES = messages.templates()
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
SPOKEN_ATTRIBUTES = ("alt", "aria-label", "aria-description", "placeholder", "title")
SILENT_TAGS = re.compile(r"<(script|style|code|kbd)\b.*?</\1>", re.DOTALL)
# What is the same in every language.
UNSPOKEN = re.compile(r"&\w+;|Ctrl|⌘|noindex|nofollow|width=\S+|light dark|telephone=no|viewport")


def parts_of(text: str) -> set[str]:
    """What a translation has to carry over: placeholders and markup."""
    return set(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>", text))


def pairs(catalog: Catalog) -> list[tuple[str, str]]:
    found = []
    for message in catalog:
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            one, many = message.id
            first, *others = message.string
            found += [(one, first), *((many, other) for other in others)]
        else:
            found.append((message.id, message.string))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_lacks_its_translation(language: str) -> None:
    assert messages.missing(messages.bring_up_to_date(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalog_is_what_make_messages_would_write(language: str) -> None:
    catalog = messages.bring_up_to_date(language)
    path = messages.po_path(language)

    assert path.read_bytes() == messages.written(catalog)
    assert path.with_suffix(".mo").read_bytes() == messages.compiled(catalog)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_every_placeholder_and_all_markup(language: str) -> None:
    different = [
        (said, translated)
        for said, translated in pairs(messages.catalog_of(language))
        if parts_of(translated) != parts_of(said)
    ]

    assert different == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_the_english_once_more(language: str) -> None:
    # Spelt alike in both; and the made-up people of the demo keep some of their names.
    alike = {"Plan", "Agenda", "Agendas", "No"}
    names = messages.collected()
    same = [
        said
        for said, translated in pairs(messages.catalog_of(language))
        if said == translated and re.search(r"[A-Za-z]{4}", parts_left_out(said))
    ]

    assert [it for it in same if it not in alike and not is_a_name(names, it)] == []


def parts_left_out(text: str) -> str:
    for part in parts_of(text):
        text = text.replace(part, "")
    return text


def is_a_name(catalog: Catalog, said: str) -> bool:
    message = catalog.get(said)
    places = {path for path, _line in message.locations} if message is not None else set()
    return places == {"facilitator/phones/words.py"} and " " not in said


def words_left_in(template: str) -> list[str]:
    """What a template says by itself, outside gettext."""
    kept: list[str] = []
    inside = ""
    for token in Lexer(template).tokenize():
        if token.token_type is TokenType.BLOCK:
            tag = token.contents.split()[0]
            if tag in {"blocktranslate", "blocktrans", "comment"}:
                inside = f"end{tag}"
            elif re.fullmatch(r"block body_(class|attrs)", token.contents):
                inside = "endblock"
            elif tag == inside:
                inside = ""
            # Where a tag stood, a word may end.
            kept.append("\x00")
        elif token.token_type is TokenType.TEXT and not inside:
            kept.append(token.contents)
        else:
            kept.append("\x00")
    html = SILENT_TAGS.sub(" ", "".join(kept))
    said = re.findall(rf'\b(?:{"|".join(SPOKEN_ATTRIBUTES)})="([^"]*)"', html)
    html = re.sub(r"<!--.*?-->|<!doctype[^>]*>", " ", html, flags=re.DOTALL)
    # A tag may hold template tags with angle brackets of their own; they are gone by now.
    said += re.sub(r"<[^>]*>", "\n", html).split("\n")
    return [
        text.strip()
        for text in said
        if re.search(r"[^\W\d_]{2}", UNSPOKEN.sub(" ", text.replace("\x00", " ")))
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_template_says_anything_outside_gettext(path: Path) -> None:
    assert words_left_in(path.read_text(encoding="utf-8")) == []


def test_mails_are_looked_at_too() -> None:
    assert {path.suffix for path in TEMPLATES} == {".html", ".txt"}


def test_a_word_left_in_a_template_is_found() -> None:
    assert words_left_in('<p class="a">{% translate "Hand" %} raised</p>') == ["\x00 raised"]
    assert words_left_in('<button aria-label="Close it">{{ x }}</button>') == ["Close it"]
