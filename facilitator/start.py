"""What has to be ready before the first page: folder, database, static files, a first group."""

import hashlib
import logging
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core import checks
from django.core.management import call_command
from django.db import DatabaseError, connections

from facilitator import log_checks
from facilitator.alone import alone
from facilitator.checks import TAG

if TYPE_CHECKING:
    from meetings.models import Facilitator


log = logging.getLogger("facilitator.start")

# In seconds. What is over opens nothing; this is about not keeping it.
FORGET_EVERY = 6 * 3600

# What django-htmx ships and no page of ours loads: compressing it took most of a first start.
UNUSED = ["htmax-*", "htmx-2*", "htmx-4.js", "hx-*-2*.js", "hx-*-4.js"]


def keep_private() -> None:
    """Make files for their owner only, and leave no memory behind in a core file."""
    os.umask(0o077)
    try:
        import resource
    except ImportError:  # Windows writes none by default.
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def findings(*, deploy: bool = False) -> list[checks.CheckMessage]:
    """What the checks have to say, errors first.

    `deploy`: ask the database and Redis too what they write into their logs.
    """
    found = checks.run_checks()
    tags = [TAG, log_checks.TAG] if deploy else [TAG]
    found += checks.run_checks(tags=tags, include_deployment_checks=True)
    return sorted(found, key=lambda message: -message.level)


def sentence(found: checks.CheckMessage) -> str:
    """A finding and how to mend it, in two lines."""
    return f"{found.id}: {found.msg}" + (f"\n    {found.hint}" if found.hint else "")


def ready_database() -> None:
    """Bring the tables up to date and drop what is over."""
    with alone():
        call_command("migrate", verbosity=0, interactive=False)
        forget_expired()


def forget_expired() -> None:
    """Drop sessions, sign-in links and invitations that are over."""
    from meetings import accounts

    call_command("clearsessions", verbosity=0)
    accounts.forget_expired()


def forget_expired_regularly(every: float = FORGET_EVERY) -> threading.Event:
    """The same every few hours, in a thread of its own, until the event that it gives is set."""
    stop = threading.Event()

    def forget() -> None:
        while not stop.wait(every):
            try:
                forget_expired()
            except DatabaseError as error:
                # Busy now; they are as void as before, and next time they go.
                log.warning("what is over was not dropped", exc_info=error)
            finally:
                connections.close_all()

    threading.Thread(target=forget, name="forget-expired", daemon=True).start()
    return stop


def _sources() -> str:
    """A fingerprint of every static file's name, size and time."""
    seen = []
    for finder in get_finders():
        for name, storage in finder.list(None):
            state = Path(storage.path(name)).stat()
            seen.append(f"{name} {state.st_size} {state.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(seen)).encode()).hexdigest()


def ready_static_files() -> bool:
    """Collect static files when one changed since the last time; whether that was so."""
    with alone():
        return _collect()


def _collect() -> bool:
    stamp = settings.STATIC_ROOT / ".collected"
    now = _sources()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == now:
        return False
    stamp.unlink(missing_ok=True)
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command(
        "collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=UNUSED
    )
    stamp.write_text(now, encoding="ascii")
    return True


def first_facilitator() -> "tuple[Facilitator, bool]":
    """Whoever hosts this server, and whether its first group was made just now."""
    from meetings.models import Facilitator, Group
    from meetings.starters import make_first_group

    with alone():
        made = not Group.objects.exists() and not Facilitator.objects.exists()
        if made:
            make_first_group()
        anyone = Facilitator.objects.order_by("-is_host", "name").first()
        if anyone is None:
            # Groups without anybody: whoever starts the server keeps it.
            anyone = Facilitator.objects.create_pseudonymous("Host", is_host=True)
        return anyone, made
