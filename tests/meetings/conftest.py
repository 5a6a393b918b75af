"""A meeting on a laptop, and phones in it."""

from __future__ import annotations

import pytest

from meetings.models import Facilitator, Group
from tests.meetings.people import Laptop, Phone


class Hall:
    """A laptop with the doors open, and whoever came."""

    def __init__(self, group: Group, facilitator: Facilitator) -> None:
        self.group = group
        self.laptop = Laptop(facilitator)
        self.code = self.laptop.open_doors(group)

    def phone(self, name: str = "") -> Phone:
        return Phone().come_in(self.code, name)

    def phones(self, many: int) -> list[Phone]:
        return [self.phone(f"Guest {n}") for n in range(many)]


@pytest.fixture
def hall(group: Group, facilitator: Facilitator) -> Hall:
    return Hall(group, facilitator)
