"""Write docs/proof.md from what the long proofs noted in `.proof/`: the end of `make prove`."""

from __future__ import annotations

import datetime
import json
import os
import platform
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOTES, PAGE = ROOT / ".proof", ROOT / "docs" / "proof.md"

Numbers = dict[str, float | str]

HEAD = """# Proof

What is claimed in [privacy](privacy.md), tried. Written on {date} from what the proofs noted,
with Python {python} on {cores} cores ({system}); `make prove` runs them all and writes it anew.
The same proofs in a short form are part of `make test`.
"""

WORDS = """
## Planted words

A whole meeting in which every input holds a word that is nowhere else in the world: names,
choices, answers, half-typed texts, hands, suggestions, responses, wrong codes, the code, the
browser’s name, forwarded addresses, an exception’s message, a refused row of the database, a
frame that is no frame. The server is killed in mid-prompt; where there is Redis, it is restarted.
Then everything is stopped, and every byte there is gets searched: as UTF-8 and UTF-16, in base64,
URL-encoded, and inside what is compressed. *Allowed* are words of the group’s own where the
group’s words are kept, and what `tests/proof/verdict.py` lists with a reason. *Controls* are
words that have to be found.

| where | surfaces | searched | words | hits | allowed | controls found |
|---|---|---|---|---|---|---|
"""

MUTANTS = """
## Builds that leak on purpose

Finding nothing proves nothing unless leaks are found. Each of these was let in, and found on the
very surface where it gets out.

| leak | found on |
|---|---|
"""

PROFILE = """
## The browser’s profile

What Chromium has on its disk after a meeting: nothing but the origin, the title “Meeting” and a
code that opens nothing.

| how it ended | files | bytes | words | found |
|---|---|---|---|---|
"""

HISTORIES = """
## Answers in any order

Random evenings: people join, leave, are removed, answer, pass, suggest; questions open, close and
are screened; the server restarts. In each the same people give the same answers the other way
round, and every frame to every audience, and everything that is stored, has to be the same, byte
by byte. Nothing is shown under the floor, nothing twice, and no picture tells for sure what one
person said.

| | |
|---|---|
"""

CODES = """
## Codes, by time

{tries} tries each of unknown, ended and locked codes: equal bodies, and how long they took. A
share is how often the first takes longer than the second: 0.5 is a coin. The threshold stands in
`tests/proof/test_codes_by_time.py` (Mann–Whitney).

| store, code | unknown : ended | unknown : locked | ended : locked |
|---|---|---|---|
"""

TEXTS = """
## Names and texts

{names:,} names and {texts:,} texts from a nasty alphabet: each is shown as one line of what can
be seen, short enough, in the same words a second time, or refused with a sentence.
"""

PROTECTIONS = """
## Protections taken out

Each of these was taken out of a copy of the program, alone, and what watches over it failed.
The changes themselves are in `tests/proof/protections.py`.
"""


def _notes(proof: str) -> list[tuple[str, Numbers]]:
    found = sorted((NOTES / proof).glob("*.json"))
    if not found:
        sys.exit(f"No note of “{proof}”: did `make prove` end?")
    return [(path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in found]


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |\n"


def _added(proof: str) -> dict[str, float]:
    total: dict[str, float] = {}
    for _part, numbers in _notes(proof):
        for name, number in numbers.items():
            total[name] = total.get(name, 0) + float(number)
    return total


def page() -> str:
    """The whole page. Exits with a sentence when a proof left no note."""
    made = HEAD.format(
        date=datetime.datetime.now(datetime.UTC).date(),
        python=platform.python_version(),
        cores=os.cpu_count(),
        system=platform.system(),
    )
    made += WORDS
    kinds = ("surfaces", "megabytes", "words", "hits", "allowed", "controls")
    for part, numbers in _notes("planted-words"):
        found = [numbers[kind] for kind in kinds]
        made += _row((part, found[0], f"{found[1]} MB", *found[2:]))
    made += MUTANTS
    for _part, numbers in _notes("mutants"):
        made += _row((f"{numbers['leak']} ({numbers['build']})", f"`{numbers['surface']}`"))
    made += PROFILE
    for part, numbers in _notes("browser-profile"):
        how = part.replace("-", " ")
        made += _row((how, *(numbers[kind] for kind in ("files", "bytes", "words", "found"))))
    made += HISTORIES
    for name, number in _added("any-answers").items():
        made += _row((name, f"{number:,.0f}"))
    made += _codes()
    made += _protections()
    names, texts = _added("names"), _added("texts")
    made += TEXTS.format(names=int(names["inputs"]), texts=int(texts["inputs"]))
    return made


def _codes() -> str:
    notes = _notes("codes-by-time")
    made = CODES.format(tries=f"{notes[0][1]['tries']:,}")
    pairs = ("unknown longer than ended", "unknown longer than locked", "ended longer than locked")
    for part, numbers in notes:
        made += _row((part.replace("-", ", "), *(f"{float(numbers[pair]):.3f}" for pair in pairs)))
    return made


def _protections() -> str:
    made, chapter = PROTECTIONS, ""
    for _part, numbers in _notes("protections"):
        if numbers["chapter"] != chapter:
            chapter = str(numbers["chapter"])
            made += f"\n{_row((chapter, 'watched over by'))}|---|---|\n"
        tests = {test.partition("::")[0] for test in str(numbers["tests"]).splitlines()}
        made += _row((numbers["promise"], ", ".join(f"`{test}`" for test in sorted(tests))))
    return made


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Written: {PAGE.relative_to(ROOT)}")
