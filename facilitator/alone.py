"""Getting ready alone: processes that start at the same moment wait for each other. And staying
alone: where live state is in one process, no second one serves from its folder."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import close_old_connections, connection

from facilitator.secret import make_private

# Any number that no other program uses for a lock in the same database.
STARTING = 4_150_730_264


@contextmanager
def alone() -> Iterator[None]:
    """While this lasts, no other process of ours prepares the same folder or the same database."""
    make_private(settings.FACILITATOR_DATA)
    with _alone_in(settings.FACILITATOR_DATA / ".starting"):
        if connection.vendor != "postgresql":
            yield
            return
        import psycopg

        # A connection apart: the lock ends with it, whatever happens to the others.
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as lock:
            lock.execute("SELECT pg_advisory_lock(%s)", [STARTING])
            yield
            # Nothing is asked of the database for a while: a pool gets its connection back.
            close_old_connections()


@contextmanager
def _alone_in(path: Path) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:  # Windows: a laptop, where one process runs.
        yield
        return
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


_held: list[IO[str]] = []


def hold_folder() -> bool:
    """Keep the data folder to this process for as long as it lives; False when another has it.

    A second one would read the first one's running meeting from there, and keep it past its end.
    """
    make_private(settings.FACILITATOR_DATA)
    file = (settings.FACILITATOR_DATA / ".serving").open("a")
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        file.close()
        return False
    # The lock ends with the open file, and so with the process, however that ends.
    _held.append(file)
    return True
