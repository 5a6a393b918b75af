"""Every page in a language that nobody speaks: a word outside its brackets was left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf.locale import LANG_INFO
from django.db.models import Model
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import URLResolver

from agreements.models import Agreement, Idea
from meetings.engine.state import StepKind
from meetings.models import (
    Agenda,
    AgendaStep,
    Facilitator,
    Group,
    MeetingTime,
    Prompt,
    Reading,
    SupportLine,
)
from meetings.starters import library
from tests import pseudo
from tests.meetings.conftest import Hall
from tests.meetings.people import Browser, live_state, text_of

SPOKEN = {"aria-label", "alt", "placeholder", "title", "aria-description"}
# Names of time zones are the same for everyone.
SILENT = {"script", "style", "code", "kbd", "svg", "datalist"}
VOID = {"meta", "link", "input", "br", "img", "hr", "wbr"}
LETTERS = re.compile(r"[^\W\d_]{2,}")


class Said(HTMLParser):
    """The words of a page, apart from code and from what says which language it is in."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent: list[bool] = [False]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        silent = self._silent[-1] or tag in SILENT or ("lang" in given and tag != "html")
        if not silent:
            self.texts += [value or "" for name, value in attrs if name in SPOKEN]
        if tag not in VOID:
            self._silent.append(silent)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and len(self._silent) > 1:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent[-1]:
            self.texts.append(data)


def left_out(html: str, known: tuple[str, ...] = ()) -> list[str]:
    """What a page says outside brackets."""
    page = Said()
    page.feed(html)
    # A phrase that is cut by a tag opens its bracket in one text and closes it in another.
    text = "\n".join(page.texts)
    before = ""
    while text != before:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", "", text)
    for word in known:
        text = text.replace(word, "")
    return [line.strip() for line in text.splitlines() if LETTERS.search(line)]


def words_of(starters: Any) -> list[str]:
    """Every line of the starters, longest first: they are shown in their own language."""
    if isinstance(starters, str):
        return [line.strip() for line in starters.splitlines() if line.strip()]
    if isinstance(starters, dict):
        starters = list(starters.values())
    if isinstance(starters, list | tuple):
        found = [line for one in starters for line in words_of(one)]
        return sorted(found, key=len, reverse=True)
    return []


def without_words(value: Any) -> Any:
    if isinstance(value, str):
        return LETTERS.sub(lambda found: "0" * len(found[0]), value)
    if isinstance(value, list):
        return [without_words(one) for one in value]
    return value


# What belongs to a group is in its own language.
OWN_WORDS: dict[type[Model], tuple[str, ...]] = {
    Group: ("name", "limits_text", "crosstalk_line", "camera_line"),
    SupportLine: ("name", "contact", "who", "hours", "emergency"),
    Reading: ("title", "parts"),
    Prompt: ("question", "options"),
    Agenda: ("name",),
    AgendaStep: ("title", "text", "script"),
    Agreement: ("title", "starters"),
    Facilitator: ("name",),
}


@pytest.fixture
def speaks_pseudo(settings: Any, tmp_path: Path) -> Iterator[None]:
    folder = tmp_path / "locale"
    pseudo.write_catalog(folder)
    LANG_INFO[pseudo.CODE] = pseudo.INFO
    settings.LANGUAGES = [("en", "⟦English⟧"), (pseudo.CODE, "⟦Pseudo⟧")]
    settings.LOCALE_PATHS = [folder]
    settings.LANGUAGES_BIDI = [pseudo.CODE]
    settings.LANGUAGE_CODE = pseudo.CODE
    yield
    del LANG_INFO[pseudo.CODE]


@pytest.fixture
def wordless(group: Group) -> Group:
    for model, fields in OWN_WORDS.items():
        for kept in model._default_manager.all():
            for field in fields:
                setattr(kept, field, without_words(getattr(kept, field)))
            kept.save()
    group.refresh_from_db()
    group.shown_name = ""
    group.save()
    return group


def patterns(of: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in of.url_patterns:
        route = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from patterns(each, route)
        else:
            yield route, each


def addresses(samples: dict[str, str]) -> list[str]:
    """Every address of the project with something in the place of each parameter."""
    found = []
    for route, _pattern in patterns(get_resolver()):
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda named: samples.get(named[1], "none"), route)
        if "(?P" not in path and "^" not in path:
            found.append(f"/{path}")
    return sorted(set(found))


def agreement_with_all_there_is(agreement: Agreement) -> tuple[str, Idea]:
    """Two versions, a link, something that waits: every part of its pages is there."""
    agreement.renew_link()
    agreement.switch_ideas(True)
    agreement.suggest("000 0000")
    agreement.put_aside("0000")
    for number, words in ((1, "00 0"), (2, "00 00")):
        agreement.versions.create(
            number=number, date="2026-01-07", statements=[{"id": f"{number}", "text": words}]
        )
    return str(agreement.link_token), agreement.ideas.get()


def html_at(browser: Browser, path: str) -> str:
    """The page behind an address; empty when there is none for a look."""
    response = browser.get(path)
    if response.status_code >= 500:
        raise AssertionError(f"{path} failed")
    if not response.get("Content-Type", "").startswith("text/html"):
        return ""
    return text_of(response)


@pytest.mark.usefixtures("speaks_pseudo")
def test_no_page_says_a_word_that_is_not_translated(
    wordless: Group, facilitator: Facilitator, django_user_model: Any
) -> None:
    facilitator.refresh_from_db()
    hall = Hall(wordless, facilitator)
    state = live_state(wordless)
    link, idea = agreement_with_all_there_is(wordless.agreement)
    samples = {
        "group_id": str(wordless.pk),
        "meeting_id": state.id,
        "code": hall.code,
        "agenda_id": str(wordless.agendas.first().pk),
        "reading_id": str(wordless.readings.first().pk),
        "prompt_id": str(wordless.prompts.first().pk),
        "time_id": str(
            MeetingTime.objects.create(
                group=wordless, rhythm="weekly", first="2026-01-07", time="19:00"
            ).pk
        ),
        "facilitator_id": str(facilitator.pk),
        "link": link,
        "idea_id": str(idea.pk),
        "number": "1",
        "suggestion": "none",
        "step": "none",
        "token": "none",
        "digest": "none",
    }
    phone = hall.phone("00")
    stranger = Browser()
    ours = words_of(asdict(library("en")))
    known = (hall.code[:4], hall.code[4:], "http://testserver", *ours)

    found: dict[str, list[str]] = {}
    for step in (None, *state.steps):
        if step is not None:
            hall.laptop.press("start")
            hall.laptop.press("step", {"step": step.id})
            if step.kind is StepKind.AGREEMENT:
                phone.post("/meeting/statements", {"text": "000 000"})
        for browser, path in (
            (phone, "/meeting"),
            (hall.laptop, hall.laptop.console),
        ):
            if words := left_out(html_at(browser, path), known):
                found[f"{path} at {step and step.kind}"] = words
    for path in addresses(samples):
        for browser in (hall.laptop, phone, stranger):
            if words := left_out(html_at(browser, path), known):
                found[path] = words

    assert found == {}


def test_a_word_outside_brackets_is_found() -> None:
    assert left_out("<p>⟦Hánd <b>⟦úp⟧</b>⟧ raised</p>") == ["raised"]
    assert left_out('<p title="Close">⟦a⟧ 12</p><kbd>Esc</kbd>') == ["Close"]
