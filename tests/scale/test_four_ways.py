"""Wherever live state and what is kept may be: the same meeting, and the same silence after it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import psycopg
import pytest

from tests.scale.evening import whole_meeting
from tests.scale.processes import running
from tests.servers import RedisServer

GROUP = "Wednesday Dual Recovery"


def everything_in(database: str) -> bytes:
    """Every row of every table, as text."""
    with psycopg.connect(database) as connection:
        tables = connection.execute(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        rows = [
            str(row[0])
            for (table,) in tables
            for row in connection.execute(f"SELECT t::text FROM {table} t").fetchall()  # type: ignore[call-overload]
        ]
    return "\n".join(rows).encode()


@pytest.mark.parametrize("keeps", ["sqlite", "postgres"])
@pytest.mark.parametrize("live", ["memory", "redis"])
def test_a_whole_meeting(
    live: str, keeps: str, tmp_path: Path, static_files: Path, request: pytest.FixtureRequest
) -> None:
    redis: RedisServer | None = None
    database = ""
    if live == "redis":
        redis = request.getfixturevalue("redis_server")
    if keeps == "postgres":
        database = request.getfixturevalue("postgres_address")
    # Without Redis a meeting is in one process; with it two share each meeting.
    count = 2 if redis else 1
    with running(
        count, tmp_path, static_files, redis=redis.address if redis else "", database=database
    ) as servers:
        addresses = [server.address for server in servers]
        link = servers[-1].sign_in_link
        adopted, gone = asyncio.run(whole_meeting(addresses[-1], addresses, link))
        for server in servers:
            server.stop()
        output = "".join(server.output for server in servers)

    surfaces = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    surfaces["output"] = output.encode()
    if database:
        surfaces["postgres"] = everything_in(database)
    if redis:
        lying_there = redis.everything()
        assert not any(b":meeting:" in name for name in lying_there)
        surfaces["redis"] = repr(lying_there).encode()
    found = {
        name: [word for word in gone if word.encode() in content]
        for name, content in surfaces.items()
    }
    assert {name: words for name, words in found.items() if words} == {}
    # The same search finds what is kept, or it would prove nothing.
    kept = b"".join(
        content
        for name, content in surfaces.items()
        if name.startswith(("facilitator.", "postgres"))
    )
    assert adopted.encode() in kept and GROUP.encode() in kept
    assert "ERROR" not in output and "WARNING" not in output
