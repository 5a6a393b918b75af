"""A hundred thousand names and as many texts, from an alphabet that was chosen to hurt.

`PROOF_INPUTS=1000000 make prove` tries more. A failure prints the seed that repeats it.
"""

from __future__ import annotations

import os
import random
import unicodedata
from collections import Counter

import pytest
import regex
from msgspec.structs import replace

from agreements import shapes
from agreements.texts import LONGEST, tidy
from meetings.engine import codec, names
from meetings.engine.names import LONGEST_NAME
from meetings.engine.refusals import Refused
from meetings.engine.state import LONGEST_ANSWER
from meetings.forms import DoorForm, StatementForm
from tests.engine.table import NOW, do, lobby, newcomer
from tests.proof.report import note

INPUTS = int(os.environ.get("PROOF_INPUTS", "100000"))
SEED = int(os.environ.get("PROOF_SEED", "0")) or random.SystemRandom().getrandbits(32)

pytestmark = pytest.mark.proof

BIDI = [
    chr(point) for point in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
]
HIDDEN = ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u180e", "\u3164", "\u115f", "\u2800"]
JOINERS = ["\u200c", "\u200d"]
ALPHABETS = [
    list("JoAnnLee '-.,"),
    [*BIDI, *HIDDEN, *JOINERS],
    [chr(point) for point in (*range(0x20), 0x7F, *range(0x80, 0xA0))],
    [chr(point) for point in range(0x300, 0x370)],
    ["\ud800", "\udfff", "\ufffe", "\uffff", "\U0010ffff", "\ue000", "\x00"],
    list("<>&\"'`={}%/\\;$()|"),
    ["👩", "🏽", "👍", "❤", "\ufe0f", "\ufe0e", "🇫", "🇮", "🏳", "🌈", "\u20e3", "1", "#"],
    ["ﷺ", "ﬃ", "Å", "ſ", "İ", "ı", "ß", "ẞ", "ǆ", "㎏", "①", "Ａ", "ａ", "𝒜", "ª"],
    ["न", "म", "स", "्", "ते", "ক", "্", "ใ", "ั", "ᄀ", "ᅡ", "ᆨ", "ཨ", "ོ", "ש", "ּ", "ا", "ً"],
    list("аеорсухіВНМТКАЕОРСѵԁ"),
    [" ", "\u00a0", "\u2003", "\u3000", "\t", "\n", "\r\n", "\u2028", "\u2029", "\u0085"],
]
WHOLE = [
    "=1+1", "@SUM(A1)", "-1|calc", "javascript:alert(1)", "</script>", "<!--", "]]>", "{{ 7*7 }}",
    "{% load %}", "%s%n", "${x}", "../../etc/passwd", "null", "None", "NaN", "undefined", "0", "-1",
    "1e309", "\r\nSet-Cookie: x=1", "a" * 7000, "\u0301" * 500, "👨\u200d👩\u200d👧\u200d👦" * 30,
    "\u202eevil\u202c", "Z̷a̸l̵g̶o̷", "ﷺ" * 30, "", " ",
]  # fmt: skip


def inputs(chance: random.Random) -> str:
    if chance.random() < 0.05:
        return chance.choice(WHOLE)
    chosen = chance.choices(ALPHABETS, k=chance.randint(1, 3))
    length = chance.choice((1, 3, 8, 24, 25, 60, 145))
    return "".join(chance.choice(chance.choice(chosen)) for _ in range(chance.randint(0, length)))


def nothing_hidden(text: str) -> bool:
    # A mark that draws nothing may stay: `told_apart` does not look at it.
    text = text.replace("\u034f", "")
    return not any(
        char in BIDI
        or char in HIDDEN
        or unicodedata.category(char) in ("Cc", "Cs", "Co", "Zl", "Zp")
        for char in text
    )


def test_any_name_is_safe_to_show_and_nobody_elses() -> None:
    chance, counted = random.Random(SEED), Counter[str]()
    others = ["Jo", "Ann Lee", "Оксана", "👍", "नमस्ते"]
    for _ in range(INPUTS):
        typed = inputs(chance)
        shown = names.tidy(typed)
        assert names.tidy(shown) == shown, (SEED, typed)
        assert unicodedata.is_normalized("NFKC", shown) and shown == " ".join(shown.split())
        assert nothing_hidden(shown), (SEED, typed)
        if names.is_too_long(shown):
            counted["too long"] += 1
            continue
        # Counted by somebody else's rules for what a reader takes for one character.
        assert len(regex.findall(r"\X", shown)) <= LONGEST_NAME, (SEED, typed)
        counted["shown" if shown else "nothing to see"] += 1
        called = names.told_apart(shown, others)
        assert called.startswith(shown)
        if called:
            looks = [set(names._looks(other)) for other in others]
            assert all(look.isdisjoint(names._looks(called)) for look in looks), (SEED, typed)
        others = [*others[1:], called]
    note("names", inputs=INPUTS, seed=SEED, **counted)
    assert min(counted.values()) > INPUTS / 100


def test_any_name_at_the_door_leaves_a_meeting_that_can_be_kept() -> None:
    chance, room = random.Random(SEED), lobby()
    for number in range(INPUTS // 10):
        form = DoorForm({"name": inputs(chance)})
        if not form.is_valid():
            continue
        try:
            after = do(replace(room, seats={}), newcomer(f"n{number}"), form.command(), NOW)
        except Refused:
            continue
        assert codec.decode(codec.encode(after)) == after


def test_any_text_is_safe_to_show_or_refused_with_a_sentence() -> None:
    chance, counted = random.Random(SEED), Counter[str]()
    for _ in range(INPUTS):
        typed = inputs(chance)
        form = StatementForm({"text": typed})
        if not form.is_valid():
            counted["not whole"] += 1
            continue
        command = form.suggest()
        for longest in (LONGEST, LONGEST_ANSWER):
            try:
                shown = tidy(command.text, longest)
            except shapes.Refused as refused:
                counted[refused.code.value] += 1
                continue
            counted["shown"] += 1
            assert 0 < len(shown) <= longest
            assert tidy(shown, longest) == shown, (SEED, typed)
            assert unicodedata.is_normalized("NFC", shown) and shown == " ".join(shown.split())
            assert not any(char in BIDI for char in shown), (SEED, typed)
            assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in shown)
    note("texts", inputs=INPUTS, seed=SEED, **counted)
    assert counted["shown"] > INPUTS / 2
