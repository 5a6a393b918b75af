"""All that runs for one meeting, and all that it leaves behind or lets others see on the way.

Embedded: one process with SQLite. At scale: two with PostgreSQL and Redis. Everything has folders
of its own, so that whatever is written anywhere is found.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

import psycopg
from psycopg import sql

from facilitator.log_checks import POSTGRES
from tests import no_network
from tests.browser.server import Server
from tests.proof.opening import opened
from tests.proof.scanning import Surface, files
from tests.servers import NOTHING_KEPT, PostgresServer, RedisServer

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).with_name("served.py")
QUIET_REDIS = ("--slowlog-log-slower-than", "-1")
# As much as there can be, written as plainly as can be: for the search.
LOG = ("--logfile", "redis.log", "--loglevel", "debug", "--rdbcompression", "no")


class Watcher:
    """Someone who may look at everything that Redis is told (MONITOR)."""

    def __init__(self, port: int) -> None:
        self.seen = bytearray()
        self._socket = socket.create_connection(("127.0.0.1", port), 10)
        self._socket.settimeout(None)
        self._socket.sendall(b"MONITOR\r\n")
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        with suppress(OSError):
            while seen := self._socket.recv(65536):
                self.seen += seen

    def close(self) -> None:
        with closing(self._socket), suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)


class House:
    """One deployment. `tree` is where the program is, for builds that leak on purpose."""

    def __init__(
        self,
        folder: Path,
        group: Mapping[str, object],
        *,
        scale: bool = False,
        tree: Path = ROOT,
        variables: Mapping[str, str] | None = None,
        postgres: Mapping[str, str] | None = None,
        redis: Sequence[str] = (),
        static: Path | None = None,
    ) -> None:
        self.began = time.time()
        self.scale = scale
        self.folder = folder
        # What is set otherwise than `check --deploy` wants it.
        self._postgres_options = postgres or {}
        for name in ("tmp", "home", "cwd", "data"):
            (folder / name).mkdir(parents=True, mode=0o700)
        if static is not None:
            # Collected by an earlier one, from files that are the same.
            shutil.copytree(static, folder / "data" / "static")
        planted = folder / "planted.json"
        planted.write_text(json.dumps(group))
        self.secret = secrets.token_urlsafe(50)
        self.variables = {
            "PYTHONPATH": no_network.path_of(tree),
            "PLANTED": str(planted),
            "TMPDIR": str(folder / "tmp"),
            "HOME": str(folder / "home"),
            "FACILITATOR_SECRET_KEY": self.secret,
            **(variables or {}),
        }
        self.postgres: PostgresServer | None = None
        self.redis: RedisServer | None = None
        self.watchers: list[Watcher] = []
        self.database = ""
        # The last word on a setting counts.
        self._redis_options = (*NOTHING_KEPT, *QUIET_REDIS, *LOG, *redis)
        self.servers: list[Server] = []
        # What a phone carried away: kept, as someone might who wants to know more later.
        self.cookies: dict[str, str] = {}

    # --- living ----------------------------------------------------------------------------------

    def start(self) -> None:
        """Start all of it; what listens on the way listens from the first moment."""
        if self.scale:
            self.postgres = PostgresServer()
            # What it wrote before was before any word.
            self.began = time.time()
            self.database = self.postgres.new_database()
            with psycopg.connect(self.database, autocommit=True) as superuser:
                for name, quiet in POSTGRES.items():
                    # What an extension has can be set for a role only once it is loaded.
                    if "." not in name:
                        value = self._postgres_options.get(name, quiet.value)
                        superuser.execute(
                            sql.SQL("ALTER ROLE CURRENT_USER SET {} = {}").format(
                                sql.Identifier(name), value
                            )
                        )
            self.redis = RedisServer(*self._redis_options).start()
            self._watch()
            self.variables |= {"DATABASE_URL": self.database, "REDIS_URL": self.redis.address}
        for _number in range(2 if self.scale else 1):
            server = Server(
                self.folder / "data",
                self.variables,
                program=[str(PROGRAM)],
                cwd=self.folder / "cwd",
            )
            self.servers.append(server)
            server.start()

    @property
    def sign_in_link(self) -> str:
        """The newest one counts."""
        return self.servers[-1].sign_in_link

    def address(self, number: int = 0) -> str:
        return self.servers[number % len(self.servers)].address

    def _watch(self) -> None:
        assert self.redis is not None
        self.watchers.append(Watcher(self.redis.port))

    def pull_the_plug(self) -> None:
        """The first server dies in the middle of what it does, and starts again."""
        self.servers[0].kill()
        self.servers[0].start()

    def restart_redis(self) -> None:
        """Redis dies, and comes back with nothing."""
        assert self.redis is not None
        self.redis.restart()
        self._watch()

    def stop(self) -> None:
        """Stop all of it, as one would in the evening."""
        for server in self.servers:
            server.stop()
        if self.postgres is not None:
            self.dumped = self.postgres.dump(self.database)
            self.postgres.stop()
        for watcher in self.watchers:
            watcher.close()

    def remove(self) -> None:
        """End whatever still runs, and leave nothing of it."""
        for server in self.servers:
            server.kill()
        for watcher in self.watchers:
            watcher.close()
        if self.postgres is not None:
            self.postgres.remove()
        if self.redis is not None:
            self.redis.remove()

    # --- what there is to see --------------------------------------------------------------------

    def during(self) -> Iterator[Surface]:
        """What lies around in the middle of a meeting, for whoever may not ask the server."""
        yield from self._always()
        yield from self._in_redis()
        if self.postgres is not None:
            yield from files(self.postgres.data, "postgres/", self.began)

    def after(self) -> Iterator[Surface]:
        """What is left when all is stopped. Whoever looks now has the server's own secret too."""
        yield from self._always(self.secret)
        yield from self._in_redis(self.secret)
        if self.redis is not None:
            self.redis.kill()
        for number, watcher in enumerate(self.watchers):
            yield Surface(f"redis/watched {number}", bytes(watcher.seen))
        if self.postgres is not None:
            yield from files(self.postgres.data, "postgres/", self.began)
            parts = re.split(r"^COPY public\.(\w+) ", self.dumped, flags=re.M)
            yield Surface("table/none", parts[0].encode())
            for table, rows in zip(parts[1::2], parts[2::2], strict=True):
                yield Surface(f"table/{table}", rows.encode())
        else:
            yield from _tables(self.folder / "data" / "facilitator.sqlite3")

    def opened_by_host(self) -> Iterator[Surface]:
        """What the server's own secret opens in the middle of a meeting: no protection from that.

        It shows that the same look after the end would find something if it were there.
        """
        yield from opened(self.folder / "data", self.cookies.values(), self._entries(), self.secret)

    def _always(self, *secrets: str) -> Iterator[Surface]:
        for name in ("data", "tmp", "home", "cwd"):
            yield from files(self.folder / name, f"{name}/", self.began)
        for number, server in enumerate(self.servers):
            yield Surface(f"output {number}", server.output.encode())
        for name, cookie in self.cookies.items():
            yield Surface(f"a phone’s cookie/{name}", cookie.encode())
        yield from opened(self.folder / "data", self.cookies.values(), self._entries(), *secrets)

    def _entries(self) -> dict[bytes, list[bytes]]:
        # Stopped is stopped: what it held in memory is gone.
        running = self.redis is not None and self.redis.is_running
        return self.redis.everything() if self.redis is not None and running else {}

    def _in_redis(self, *secrets: str) -> Iterator[Surface]:
        if self.redis is None:
            return
        for name, parts in self._entries().items():
            yield Surface("redis/an entry", name + b" " + b" ".join(parts))
        with self.redis.client as client:
            yield Surface("redis/slow log", repr(client.slowlog_get(-1)).encode())
            # As someone would who wants to take it all along.
            client.save()
        yield from files(self.redis.folder, "redis/")
        # Or the next start would find it.
        (self.redis.folder / "dump.rdb").unlink()


def _tables(path: Path) -> Iterator[Surface]:
    """What the database would show to whoever asked it."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in names:
            rows = database.execute(f'SELECT * FROM "{name}"').fetchall()
            yield Surface(f"table/{name}", repr(rows).encode())
