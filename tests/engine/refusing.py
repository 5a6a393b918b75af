"""Asserting that a command is refused."""

from __future__ import annotations

import pytest

from meetings.engine import codec, rules
from meetings.engine import commands as c
from meetings.engine.refusals import Refused
from meetings.engine.state import Actor, Meeting
from tests.engine.table import NOW


def assert_refused(
    code: object, state: Meeting, actor: Actor, command: c.Command, now: float = NOW
) -> None:
    """It is refused for this reason, and nothing changed."""
    before = codec.encode(state)
    with pytest.raises(Refused) as refused:
        rules.apply(state, command, actor, now)
    assert refused.value.code is code
    assert codec.encode(state) == before
