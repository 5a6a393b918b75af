"""Static files are collected once for all servers of a run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

COLLECT = """
import django
django.setup()
from facilitator.start import ready_static_files
assert ready_static_files()
"""


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("collected")
    subprocess.run(
        [sys.executable, "-c", COLLECT],
        env={
            **os.environ,
            "FACILITATOR_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "facilitator.settings",
        },
        check=True,
        timeout=240,
    )
    return folder / "static"
