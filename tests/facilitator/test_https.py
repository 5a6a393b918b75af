"""Behind HTTPS: every cookie is bound to this one host, and to HTTPS."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.no_network import path_of

PROGRAM = Path(__file__).with_name("https_process.py")
ROOT = Path(__file__).resolve().parents[2]


def test_every_cookie_is_bound_to_this_host_and_to_https(tmp_path: Path) -> None:
    elsewhere = ("FACILITATOR_", "DATABASE_URL", "REDIS_URL")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(elsewhere)}
    done = subprocess.run(
        [sys.executable, str(PROGRAM)],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        env={
            **clean,
            "PYTHONPATH": path_of(ROOT),
            "DJANGO_SETTINGS_MODULE": "facilitator.settings",
            "FACILITATOR_DATA": str(tmp_path),
            "FACILITATOR_HTTPS": "true",
            "FACILITATOR_HOSTS": "testserver",
        },
    )
    assert done.returncode == 0, done.stderr
    laptop, phone = json.loads(done.stdout)

    # Browsers take the prefix at its word: from HTTPS, for this host alone, for every path.
    names = {"session", "fresh", "csrf", "language", "seat", "screen"}
    assert {*laptop, *phone} == {f"__Host-{name}" for name in names}
    for cookie in (*laptop.values(), *phone.values()):
        assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"
        assert cookie["path"] == "/" and "domain" not in cookie
