"""What was proven and how often, for docs/proof.md: one small file for each proof, in `.proof/`."""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = Path(__file__).parents[2] / ".proof"


def note(proof: str, part: str = "whole", **numbers: float | str) -> None:
    """Write `.proof/PROOF/PART.json`. Parts of one proof are added up by whoever reads them."""
    folder = FOLDER / proof
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(numbers, sort_keys=True)
    (folder / f"{part}.json").write_text(f"{text}\n", encoding="utf-8")
