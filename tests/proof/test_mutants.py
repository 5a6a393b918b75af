"""Builds that leak are caught: otherwise finding nothing would prove nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.proof.evening import Evening
from tests.proof.house import House
from tests.proof.mutants import BUILDS, Build, Mutant
from tests.proof.planting import Words, groups_words
from tests.proof.report import note
from tests.proof.scanning import Hit, only, scan


def caught(mutant: Mutant, hits: Iterable[Hit]) -> bool:
    return any(
        fnmatch(hit.where, mutant.word) and fnmatch(hit.surface, mutant.surface) for hit in hits
    )


@pytest.mark.proof
@pytest.mark.parametrize("build", BUILDS, ids=lambda build: build.name)
def test_every_leak_is_found_where_it_is(build: Build, tmp_path: Path) -> None:
    words = Words()
    house = House(
        tmp_path / "house",
        groups_words(words),
        scale=build.scale,
        tree=build.tree(tmp_path / "tree"),
        postgres=build.postgres,
        redis=build.redis,
        variables=build.variables,
    )
    try:
        house.start()
        during = [mutant.surface for mutant in build.mutants if mutant.during]
        evening = Evening(house, words, short=True, where=during)
        asyncio.run(evening.run())
        house.stop()
        afterwards = [mutant.surface for mutant in build.mutants if not mutant.during]
        after = scan(only(house.after(), afterwards), words)
    finally:
        house.remove()
    missed = [
        mutant.name
        for mutant in build.mutants
        if not caught(mutant, evening.found if mutant.during else after)
    ]
    assert missed == []
    for number, mutant in enumerate(build.mutants):
        note(
            "mutants",
            f"{build.name} {number}",
            build=build.name,
            leak=mutant.name,
            surface=mutant.surface,
        )
