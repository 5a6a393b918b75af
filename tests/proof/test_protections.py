"""What watches over a protection fails without it: otherwise it would watch over nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.no_network import VARIABLE
from tests.proof.house import ROOT
from tests.proof.protections import CHAPTERS, Protection
from tests.proof.report import note

# What is made here rather than written: none of it belongs to the program.
MADE = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "*.egg-info")
FAILED = re.compile(r"^FAILED (\S+)", re.MULTILINE)


def without(protection: Protection, tree: Path) -> Path:
    """A copy of everything, in which this protection is taken out."""
    shutil.copytree(ROOT, tree, ignore=MADE)
    for file, old, new in protection.changes:
        path = tree / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file} is not what it was"
        path.write_text(text.replace(old, new), encoding="utf-8")
    return tree


def failed(tests: tuple[str, ...], tree: Path) -> list[str]:
    """Which tests fail there."""
    options = ("-n0", "-p", "no:randomly", "-m", "", "--tb=no", "--hypothesis-profile=any-example")
    # That the network is refused is theirs to see to.
    variables = {name: value for name, value in os.environ.items() if name != VARIABLE}
    done = subprocess.run(
        # Every one of them, the long proofs too, in one process and in their own order.
        [sys.executable, "-m", "pytest", *options, *tests],
        check=False,
        capture_output=True,
        text=True,
        timeout=900,
        cwd=tree,
        env={**variables, "PYTHONPATH": str(tree), "COLUMNS": "400"},
    )
    assert done.returncode in {0, 1}, done.stdout[-2000:] + done.stderr[-2000:]
    return FAILED.findall(done.stdout)


@pytest.mark.proof
@pytest.mark.parametrize(
    ("chapter", "number"),
    [(chapter, number) for chapter in CHAPTERS for number in range(len(CHAPTERS[chapter]))],
)
def test_without_it_a_test_fails(chapter: str, number: int, tmp_path: Path) -> None:
    protection = CHAPTERS[chapter][number]
    found = failed(protection.tests, without(protection, tmp_path / "tree"))
    missed = [test for test in protection.tests if not any(it.startswith(test) for it in found)]
    assert missed == []
    note(
        "protections",
        f"{list(CHAPTERS).index(chapter)}-{number:02}",
        chapter=chapter,
        promise=protection.promise,
        tests=" ".join(protection.tests),
    )
