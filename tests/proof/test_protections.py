"""What watches over a protection fails without it: otherwise it would watch over nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.no_network import VARIABLE
from tests.proof.changes import put_in, stands_there
from tests.proof.house import ROOT
from tests.proof.protections import CHAPTERS
from tests.proof.report import note

# What is made here rather than written: none of it belongs to the program.
MADE = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "*.egg-info")
FAILED = re.compile(r"^FAILED (.+?)(?: - .*)?$", re.MULTILINE)


EVERY = [
    pytest.param(chapter, number, id=f"{chapter}-{number}")
    for chapter in CHAPTERS
    for number in range(len(CHAPTERS[chapter]))
]


def copied(tree: Path) -> Path:
    """A copy of everything that is written here."""
    shutil.copytree(ROOT, tree, ignore=MADE)
    return tree


def run(tests: Iterable[str], tree: Path) -> str:
    """What is said of these tests there: every one of them, the long proofs too, in their order."""
    options = (
        "-n0",
        "-p",
        "no:randomly",
        "-m",
        "",
        "--tb=line",
        "--hypothesis-profile=any-example",
    )
    # That the network is refused is theirs to see to.
    variables = {name: value for name, value in os.environ.items() if name != VARIABLE}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *tests],
        check=False,
        capture_output=True,
        text=True,
        timeout=1800,
        cwd=tree,
        env={**variables, "PYTHONPATH": str(tree), "COLUMNS": "400"},
    )
    assert done.returncode in {0, 1}, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize(("chapter", "number"), EVERY)
def test_each_protection_stands_where_it_is_taken_out(chapter: str, number: int) -> None:
    assert all(stands_there(change, ROOT) for change in CHAPTERS[chapter][number].changes)


@pytest.mark.proof
def test_with_all_of_them_no_test_fails(tmp_path: Path) -> None:
    """The control: what fails without a protection does not fail in any copy."""
    every = {test for all_of in CHAPTERS.values() for it in all_of for test in it.tests}
    tree = copied(tmp_path / "tree")
    # Apart, as `make test` runs them: a browser leaves an event loop in its process.
    for folder in ("tests/browser/", "tests/proof/", ""):
        there = {test for test in every if test.startswith(folder)}
        said = run(sorted(there), tree)
        assert FAILED.findall(said) == [], said[-4000:]
        every -= there


@pytest.mark.proof
@pytest.mark.parametrize(("chapter", "number"), EVERY)
def test_without_it_a_test_fails(chapter: str, number: int, tmp_path: Path) -> None:
    protection = CHAPTERS[chapter][number]
    tree = copied(tmp_path / "tree")
    put_in(protection.changes, tree)
    said = run(protection.tests, tree)
    found = FAILED.findall(said)
    missed = [test for test in protection.tests if not any(it.startswith(test) for it in found)]
    assert missed == [], said[-2000:]
    note(
        "protections",
        f"{list(CHAPTERS).index(chapter)}-{number:02}",
        chapter=chapter,
        promise=protection.promise,
        tests="\n".join(protection.tests),
    )
