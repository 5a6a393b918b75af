"""Every page, file and heading that our own pages and our code point to is there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# What is in the tree, whether it has been committed yet or not.
FILES = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    check=True,
    capture_output=True,
    text=True,
).stdout.splitlines()
# One that was taken away and is not committed yet is still listed.
FILES = [name for name in FILES if (ROOT / name).is_file()]
PAGES = [name for name in FILES if name.endswith(".md")]
WORDS = {".py", ".md", ".html", ".js", ".css", ".toml", ".yml", ""}
WRITTEN = [name for name in FILES if Path(name).suffix in WORDS]
# Being made at this moment: whoever brings one takes it off here.
EXPECTED: set[str] = set()

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
# A decision may be named by its number alone: docs/decisions/009.
NAMED = re.compile(r"\bdocs/[a-z0-9/_-]*[a-z0-9](?:\.[a-z]+)?")


def headings(page: Path) -> set[str]:
    """The anchors that a forge makes of a page's headings."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in found}


@pytest.mark.parametrize("name", PAGES)
def test_every_link_in_a_page_leads_somewhere(name: str) -> None:
    page = ROOT / name
    lost = []
    for found in LINK.findall(page.read_text(encoding="utf-8")):
        target = found[0] or found[1]
        if re.match(r"[a-z]+:", target):
            continue
        path, _hash, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if path and str(there.relative_to(ROOT)) in EXPECTED:
            continue
        if not there.exists() or (anchor and anchor not in headings(there)):
            lost.append(target)
    assert lost == []


def test_every_page_that_is_named_is_there() -> None:
    named = {
        (name, path)
        for name in WRITTEN
        for path in NAMED.findall((ROOT / name).read_text(encoding="utf-8"))
    }
    lost = [
        (name, path)
        for name, path in named
        if path not in EXPECTED
        and not (ROOT / path).exists()
        and not list(ROOT.glob(f"{path}-*.md"))
    ]
    assert lost == []


def test_the_looking_finds_links_and_names() -> None:
    found = LINK.findall('[a](b.md#c) ![d](e.png) <img src="f.png" alt="">')
    assert found == [("b.md#c", ""), ("e.png", ""), ("", "f.png")]
    # In two pieces, or the test before would look for it.
    assert NAMED.findall("see docs" + "/decisions/009, docs" + "/a-b.md.") == [
        "docs" + "/decisions/009",
        "docs" + "/a-b.md",
    ]
