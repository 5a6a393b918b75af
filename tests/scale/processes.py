"""Web processes that share what is kept and what is live."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.server import Server

SECRET = secrets.token_urlsafe(50)


@contextmanager
def running(
    count: int, folder: Path, *, redis: str = "", database: str = ""
) -> Iterator[list[Server]]:
    """That many `facilitator run`, each with a port of its own; the last one's sign-in link counts.

    They share a data folder: what lies there is SQLite's file, if any, and static files.
    """
    variables = {"REDIS_URL": redis, "DATABASE_URL": database, "FACILITATOR_SECRET_KEY": SECRET}
    servers = [Server(folder / "data", variables) for _number in range(count)]
    try:
        for server in servers:
            server.start()
        yield servers
    finally:
        for server in servers:
            server.kill()
