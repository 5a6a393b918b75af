"""Switches the network off for every test and for every program that a test starts."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
VARIABLE = "TESTS_REFUSE_NETWORK"


def refuse() -> None:
    """From now on, in this process and in those that inherit its variables."""
    os.environ[VARIABLE] = "1"
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    if str(FOLDER) not in paths:
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(FOLDER), *paths]))
    guard = sys.modules.get("sitecustomize")
    if not hasattr(guard, "Outgoing"):
        # A machine may have a file of that name; ours goes first in the programs we start.
        guard = importlib.import_module("tests.no_network.sitecustomize")
    guard.ends = False  # type: ignore[union-attr]


def path_of(*folders: Path) -> str:
    """A PYTHONPATH for a program that a test starts, with the guard on it."""
    return os.pathsep.join(map(str, (FOLDER, *folders)))
