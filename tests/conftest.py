"""A small cast, and a store of its own for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from channels.layers import channel_layers

from meetings import between, rationing, room, store
from meetings.models import Facilitator, Group
from meetings.starters import make_first_group
from tests import no_network
from tests.servers import _postgres_server, _redis_server, postgres_address, redis_server

__all__ = ["_postgres_server", "_redis_server", "postgres_address", "redis_server"]

no_network.refuse()
# What these assert says why it failed, as in a test.
pytest.register_assert_rewrite("tests.scale.evening", "tests.proof.evening")

# A busy machine is not a bug.
hypothesis.settings.register_profile("ours", deadline=None)
# Where it counts that a test fails, and not on what: the smallest example takes its time.
hypothesis.settings.register_profile(
    "any-example",
    deadline=None,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)
hypothesis.settings.load_profile("ours")


@pytest.fixture(autouse=True)
def _own_live_meetings(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Nothing live is shared between tests: not the store, its records, the layer, the rooms."""
    settings.FACILITATOR_DATA = tmp_path
    # Pages are rendered without `collectstatic` having run.
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    store.live.cache_clear()
    rationing.tries.cache_clear()
    between.ideas.cache_clear()
    channel_layers.backends.clear()
    room._opening.clear()
    yield
    room._rooms.clear()
    store.live.cache_clear()
    channel_layers.backends.clear()


class Clock:
    """Time that a test moves."""

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def group(db: None) -> Group:
    """A group that can meet tonight; Ana leads it."""
    return make_first_group("Ana")


@pytest.fixture
def facilitator(group: Group) -> Facilitator:
    return group.facilitators.get()


@pytest.fixture
def stranger(db: None) -> Facilitator:
    """Leads a group, but not this one."""
    return Facilitator.objects.create_pseudonymous("Bea")
