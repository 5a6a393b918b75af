"""A text far too long reaches a real server whole, and comes back whole with a sentence."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from facilitator.phones.laptop import Laptop
from tests.browser.server import Server

# In an alphabet that takes nine bytes of a form for each letter.
LONG = ("ຄຳເວົ້າ " * 12_500).strip()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    server.start()
    yield server
    server.kill()


async def _sends(server: Server, path: str, words: str) -> tuple[int, str]:
    """What a facilitator gets for a new reading with these words, sent to that page of hers."""
    async with Laptop(server.address) as laptop:
        await laptop.sign_in(server.sign_in_link)
        await laptop.visit(f"{laptop.group}readings/new")
        tokens = (
            each.get("value")
            for each in laptop.root.walk()
            if each.get("name") == "csrfmiddlewaretoken"
        )
        sent = {"csrfmiddlewaretoken": next(tokens), "title": "Ours", "part": words}
        async with laptop._http.post(
            laptop.base + path.format(group=laptop.group),
            data={**sent, "revision": "1", "do": "save"},
            headers={"Origin": laptop.base},
        ) as answer:
            return answer.status, unescape(await answer.text())


def test_a_hundred_thousand_letters_of_any_script_come_back_with_a_sentence(
    server: Server,
) -> None:
    assert len(LONG) >= 99_999 and len(LONG.encode()) * 3 > 800_000
    status, page = asyncio.run(_sends(server, "{group}readings/new", LONG))
    assert status == 422
    assert page.count(LONG) == 1


@pytest.mark.parametrize("path", ["/", "/account/login/"])
def test_elsewhere_so_long_a_form_is_refused(server: Server, path: str) -> None:
    status, page = asyncio.run(_sends(server, path, LONG))
    assert status == 413
    assert "That is too long" in page
