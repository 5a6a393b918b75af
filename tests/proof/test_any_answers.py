"""A hundred thousand histories full of questions, each lived three times (tests/engine/histories).

`PROOF_HISTORIES=1000000 make prove` lives through more of them.
"""

from __future__ import annotations

import os
import time
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.engine.histories import Questions
from tests.proof.report import note

pytestmark = pytest.mark.proof

HISTORIES = int(os.environ.get("PROOF_HISTORIES", "100000"))
# A part is small: Hypothesis remembers every example of a run, so as to make no other like it.
PARTS = 40


@pytest.mark.parametrize("part", range(PARTS))
def test_who_answered_what_can_be_told_from_nothing_in_any_history(part: int) -> None:
    began = time.process_time()
    counted: Counter[str] = Counter()

    class Counted(Questions):
        def teardown(self) -> None:
            super().teardown()
            counted["histories"] += 1
            counted["happenings"] += len(self.history)
            counted["questions"] += len(self.rounds)
            counted["answers"] += sum(len(given) for given in self.rounds)
            counted["shown"] += sum(result.outcome == "shown" for result in self.ever.values())

    run_state_machine_as_test(
        Counted,
        settings=settings(
            max_examples=-(-HISTORIES // PARTS),
            stateful_step_count=12,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert counted["histories"] * PARTS >= HISTORIES
    # Histories in which nothing was asked and nothing shown would prove nothing.
    assert counted["questions"] > counted["histories"] / 4
    assert counted["shown"] > counted["histories"] / 20
    note("any-answers", f"{part:02}", seconds=round(time.process_time() - began, 1), **counted)
