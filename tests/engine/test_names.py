"""Any name or none: safe to show, and nobody can look like someone else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.engine import names

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Jo  ", "Jo"),
        ("Jo\u00a0\u2003Ann", "Jo Ann"),
        ("Jo\r\nAnn\tLee", "Jo Ann Lee"),
        ("\u202eoJ\u202c", "oJ"),
        ("Jo\u200b\u2060\ufeff", "Jo"),
        ("J\u00ado", "Jo"),
        ("\u3164\u115f\u2800", ""),
        ("\u200d\u200c", ""),
        ("\uff2a\uff4f", "Jo"),
        ("Zoe\u0308", "Zoë"),
        ("J\x00o\x1b", "Jo"),
        ("\ud800Jo", "Jo"),
        (FAMILY, FAMILY),
    ],
)
def test_a_name_is_shown_without_what_cannot_be_seen(typed: str, shown: str) -> None:
    assert names.tidy(typed) == shown


@pytest.mark.parametrize(
    ("name", "length"),
    [
        ("", 0),
        ("Jo", 2),
        (FAMILY, 1),
        ("\U0001f44d\U0001f3fd", 1),
        ("\U0001f1eb\U0001f1ee\U0001f1f8\U0001f1ea", 2),
        ("e\u0301", 1),
        ("\U0001f3fdJo", 3),
        ("नमस्ते", 4),
        # A joiner behind a joiner joins nothing.
        ("\U0001f469\u200d\u200d\U0001f469", 2),
    ],
)
def test_length_is_what_a_reader_counts(name: str, length: int) -> None:
    assert names.length(name) == length


def test_twenty_four_is_long_enough_and_twenty_five_too_long() -> None:
    assert not names.is_too_long("é" * 24)
    assert names.is_too_long("é" * 25)
    assert not names.is_too_long(FAMILY * 8)


def test_four_hundred_emoji_are_too_long() -> None:
    assert names.is_too_long(names.tidy("\U0001f600" * 400))
    assert names.is_too_long(names.tidy(FAMILY * 400))


def test_joiners_between_letters_do_not_make_a_long_name_short() -> None:
    assert names.is_too_long("\u200d".join("abcdefghijklmnopqrstuvwxyz"))


def longest_run_of_marks(text: str) -> int:
    shape = "".join("m" if unicodedata.category(char)[0] == "M" else " " for char in text)
    return max(map(len, shape.split()), default=0)


def test_a_letter_carries_marks_but_not_a_tower_of_them() -> None:
    shown = names.tidy("".join(letter + "\u0336\u0489\u200d" * 40 for letter in "Jo"))
    assert 2 <= longest_run_of_marks(shown.replace("\u200d", "")) <= 6
    assert [char for char in shown if char.isalpha()] == ["J", "o"]


@pytest.mark.parametrize("name", ["Việt", "שָׁלוֹם", "བསྒྲུབས", "ស្រីមុំ", "नमस्ते", "❤️"])
def test_marks_that_a_script_needs_are_kept(name: str) -> None:
    assert names.tidy(name) == unicodedata.normalize("NFKC", name)


@pytest.mark.parametrize("alone", ["\u034f", "\ufe0f", "\u0301", "\u180b\ufe00", "\U000e0100"])
def test_nobody_has_a_name_that_cannot_be_seen(alone: str) -> None:
    assert names.tidy(alone) == ""


@pytest.mark.parametrize(
    "alike",
    [
        "Zoë ",
        "zoë",
        "Zoe\u0308",
        "Zoe\u200b\u0308",
        "Zo\u200d\u00eb",
        "Zo\u200c\u00eb",
        "Zoë\ufe0f",
        "Zoë\u034f",
        "\u2067Zoë",
        "Ζoë",
        "Zоë",
        "Zοë",
        "Z0ë",
        "Ｚｏë",
    ],
)
def test_a_name_that_looks_the_same_is_told_apart(alike: str) -> None:
    shown = names.told_apart(names.tidy(alike), ["Zoë"])
    assert shown.endswith(" 2")


@pytest.mark.parametrize(
    ("name", "alike"),
    [
        ("Al", "AI"),
        ("Paul", "Раul"),
        ("Anna", "Αnnа"),
        ("Mia", "Mla"),
        ("Tom", "Torn"),
        ("Оксана", "Oксaнa"),
        ("ВЕРА", "вера"),
        ("Σοφία", "σοφία"),
        ("Straße", "STRASSE"),
    ],
)
def test_a_name_of_letters_that_look_like_others_is_told_apart(name: str, alike: str) -> None:
    for one, other in ((name, alike), (alike, name)):
        assert names.told_apart(names.tidy(one), [names.tidy(other)]).endswith(" 2")


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Zoë", "Zoe"),
        ("Anna", "Hanna"),
        ("Вера", "Лера"),
        ("Ali", "Alu"),
        ("李", "季"),
        ("Jo", "Jö"),
    ],
)
def test_names_that_anyone_can_tell_apart_stay_as_they_are(name: str, other: str) -> None:
    assert names.told_apart(name, [other]) == name


def test_the_number_behind_a_name_skips_one_that_is_taken() -> None:
    assert names.told_apart("Sam", ["Sam", "sam 2"]) == "Sam 3"


# Characters that meet badly, far more often than chance would bring them together.
NASTY = st.text(
    "JoOe \u0301\u0308\u0336\u0327\u200d\u200c\u200b\ufe0f\u034f\u1100\u1161\u00b4\u202e",
    max_size=60,
)


@given(st.text(max_size=200) | NASTY)
def test_tidying_twice_changes_nothing_more(typed: str) -> None:
    once = names.tidy(typed)
    assert names.tidy(once) == once
    assert unicodedata.is_normalized("NFKC", once)
    assert once == once.strip()


@given(st.text(max_size=60) | NASTY, st.lists(st.text(max_size=60) | NASTY, max_size=5))
def test_no_two_people_have_the_same_name(typed: str, others: list[str]) -> None:
    taken: list[str] = []
    for name in [*others, typed]:
        taken.append(names.told_apart(names.tidy(name), taken))
    named = [name.casefold() for name in taken if name]
    assert len(set(named)) == len(named)
