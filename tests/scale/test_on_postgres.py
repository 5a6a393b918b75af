"""What the group keeps is kept the same in PostgreSQL: its tests are run on one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
SELECTION = (
    "agreements/test_agreement_between_meetings.py",
    "agreements/test_agreement_models.py",
    "meetings/test_keeping.py",
    "meetings/test_keeping_order.py",
    "meetings/test_keeping_together.py",
    "meetings/test_seats.py",
)


def test_what_is_kept_is_kept_in_postgresql_too(postgres_address: str) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", "-q"),
            *(str(TESTS / name) for name in SELECTION),
        ],
        env={**os.environ, "DATABASE_URL": postgres_address},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None and int(passed[1]) > 50 and "skipped" not in done.stdout
