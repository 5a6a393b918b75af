"""Links from the command line, and what has run out while the server runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = "from facilitator.command import main; raise SystemExit(main())"
SECOND = """
import django
django.setup()
from meetings.models import Facilitator
Facilitator.objects.create_pseudonymous("Dora")
"""
# What has run out goes by itself; what has not stays.
RUNNING = """
import time
from datetime import timedelta
import django
django.setup()
from django.utils import timezone
from facilitator.start import forget_expired_regularly, ready_database
from meetings import accounts
from meetings.models import Invitation
from meetings.starters import make_first_group
ready_database()
group = make_first_group("Ana")
accounts.invite(group)
Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
accounts.invite(group)
stop = forget_expired_regularly(every=0.01)
deadline = time.monotonic() + 60
while Invitation.objects.count() > 1 and time.monotonic() < deadline:
    stop.wait(0.01)
stop.set()
print([invitation.expires > timezone.now() for invitation in Invitation.objects.all()])
"""


def run(program: str, data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("FACILITATOR_")}
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={
            **clean,
            "FACILITATOR_DATA": str(data),
            "DJANGO_SETTINGS_MODULE": "facilitator.settings",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_link_is_made_for_the_host_or_for_whoever_is_named(tmp_path: Path) -> None:
    host = run(COMMAND, tmp_path, "link")
    assert host.returncode == 0 and re.fullmatch(r"http://localhost:\d+/in/\S+\n", host.stdout)
    assert run(SECOND, tmp_path).returncode == 0
    named = run(COMMAND, tmp_path, "link", "--for", "dora")
    assert named.returncode == 0 and "/in/" in named.stdout
    nobody = run(COMMAND, tmp_path, "link", "--for", "Zoe")
    assert (nobody.returncode, nobody.stdout) == (1, "")
    assert "Nobody here has this name" in nobody.stderr and "Zoe" not in nobody.stderr


def test_what_has_run_out_goes_while_the_server_runs(tmp_path: Path) -> None:
    done = run(RUNNING, tmp_path)
    assert (done.returncode, done.stdout) == (0, "[True]\n"), done.stderr
