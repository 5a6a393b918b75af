"""Two who lead one group, passwords that are quick to check, and limits that start from nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from meetings.models import Facilitator, Group
from tests.meetings.people import Laptop

PASSWORD = "three green kettles"
OTHER_PASSWORD = "seven small harbours"


@pytest.fixture(autouse=True)
def _quick_and_fresh(settings: Any) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()


def with_password(facilitator: Facilitator, password: str = PASSWORD) -> Facilitator:
    facilitator.set_password(password)
    facilitator.save()
    return facilitator


@pytest.fixture
def colleague(group: Group, facilitator: Facilitator) -> Facilitator:
    """Leads the group together with Ana."""
    dora = Facilitator.objects.create_pseudonymous("Dora")
    group.facilitators.add(dora)
    return dora


@pytest.fixture
def laptop(facilitator: Facilitator) -> Laptop:
    return Laptop(facilitator)
