"""A whole meeting with a word of its own in every input, and then a look at all that is left.

On simulated phones; test_planted_words_in_browsers.py has the same in real ones.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.proof.evening import Evening
from tests.proof.house import House
from tests.proof.planting import Words, groups_words
from tests.proof.verdict import judge


def hold(folder: Path, part: str, *, scale: bool) -> None:
    words = Words()
    house = House(folder / "house", groups_words(words), scale=scale)
    try:
        house.start()
        evening = Evening(house, words)
        asyncio.run(evening.run())
        house.stop()
        judge(part, house, words, evening.found, evening.found_by_host)
    finally:
        house.remove()


def test_nothing_of_anyone_is_left_on_a_laptop(tmp_path: Path) -> None:
    hold(tmp_path, "laptop, simulated phones", scale=False)


@pytest.mark.proof
def test_nothing_of_anyone_is_left_at_scale(tmp_path: Path) -> None:
    hold(tmp_path, "scale, simulated phones", scale=True)
