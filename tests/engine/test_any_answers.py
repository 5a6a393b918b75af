"""A few of the histories that `make prove` lives through by the hundred thousand."""

from __future__ import annotations

from hypothesis import settings

from tests.engine.histories import Questions

Questions.TestCase.settings = settings(max_examples=60, stateful_step_count=12, deadline=None)
TestQuestions = Questions.TestCase
