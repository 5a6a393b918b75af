"""Web processes that share what is kept and what is live."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.server import Server

SECRET = secrets.token_urlsafe(50)


def at_scale(
    count: int, folder: Path, static_files: Path, redis: str = "", database: str = ""
) -> list[Server]:
    """That many `facilitator run`, not started yet, each with a port of its own.

    They share a data folder: what lies there is SQLite's file, if any, and static files, which
    are there already.
    """
    variables = {"REDIS_URL": redis, "DATABASE_URL": database, "FACILITATOR_SECRET_KEY": SECRET}
    shutil.copytree(static_files, folder / "data" / "static")
    return [Server(folder / "data", variables) for _number in range(count)]


@contextmanager
def running(
    count: int, folder: Path, static_files: Path, *, redis: str = "", database: str = ""
) -> Iterator[list[Server]]:
    """The same, started one after another; the sign-in link of the last one counts."""
    servers = at_scale(count, folder, static_files, redis, database)
    try:
        for server in servers:
            server.start()
        yield servers
    finally:
        for server in servers:
            server.kill()
