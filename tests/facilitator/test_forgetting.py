"""Once a meeting is over, nothing in the process reaches anything of it any more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.no_network import path_of
from tests.servers import RedisServer

PROGRAM = Path(__file__).with_name("forgetting_process.py")
ROOT = Path(__file__).resolve().parents[2]
PEOPLE = range(6)
OF_EVERYONE = {f"{what}-{n}" for what in ("cookie", "seat") for n in PEOPLE}
OF_EVERYONE |= {f"{what}-{n}-" for what in ("name", "answer") for n in PEOPLE}


def forgotten(how: str, data: Path, redis: RedisServer | None) -> dict[str, Any]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("FACILITATOR_")}
    done = subprocess.run(
        [sys.executable, str(PROGRAM), how],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        env={
            **clean,
            "DJANGO_SETTINGS_MODULE": "facilitator.settings",
            "PYTHONPATH": path_of(ROOT),
            "FACILITATOR_DATA": str(data),
            "REDIS_URL": redis.address if redis else "",
        },
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    # The control: all of it was there, and the search finds it.
    assert found["before"].keys() >= OF_EVERYONE | {"Meeting", "Seat", "Checkin", "Socket", "key"}
    return found


@pytest.fixture(params=["in memory", "in Redis"])
def redis(request: pytest.FixtureRequest) -> RedisServer | None:
    """Where live state lies, when that is not in the process itself."""
    if request.param == "in memory":
        return None
    server: RedisServer = request.getfixturevalue("redis_server")
    return server


@pytest.mark.parametrize("how", ["ended", "alone"])
def test_after_the_end_and_after_fifteen_minutes_alone_nothing_is_reachable(
    tmp_path: Path, how: str, redis: RedisServer | None
) -> None:
    found = forgotten(how, tmp_path, redis)
    assert found["after"] == {}
    assert found["rooms"] == 0
    assert found["files"] == []
    # A cookie from before: the page says that it is over, and nothing decrypts it.
    assert found["opens"] == [[410, False] for _ in PEOPLE]
    if redis is not None and how == "ended":
        # What nobody ended goes by its time to live: tests/meetings/test_redis_store.py.
        left = redis.everything()
        assert sorted(name.split(b":")[1] for name in left) == [b"ended", b"epoch"]
        assert [held for name, held in left.items() if b":ended:" in name] == [[b"1"]]


def test_of_someone_who_was_removed_only_the_seats_number_is_left(
    tmp_path: Path, redis: RedisServer | None
) -> None:
    found = forgotten("removed", tmp_path, redis)
    theirs = {name for name in found["after"] if name.split("-")[1:2] == ["0"]}
    # So that the seat stays taken away; and what was answered belongs to no one.
    assert theirs == {"seat-0", "answer-0-"}
    assert found["after"]["Seat"] == len(PEOPLE) - 1
    # The meeting's key still lives and opens the cookie; the page says kindly that it is over.
    assert found["opens"] == [[403, True]]
