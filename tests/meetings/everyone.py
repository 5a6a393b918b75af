"""Everyone who may come along: one browser for each role, and a meeting that is going on."""

from __future__ import annotations

from django.http import HttpResponse

from meetings.models import Facilitator, Group
from meetings.seats import SCREEN
from tests.meetings.conftest import Hall
from tests.meetings.people import Browser, Laptop, live_state
from tests.meetings.test_doors_alike import another_group

# People let in one by one, and deputies, do not exist yet: with them come columns of their own.
NOBODY, PARTICIPANT, REMOVED, SCREEN_ROLE = "nobody", "participant", "removed", "screen"
FORGOTTEN = "forgotten by a restart"
FACILITATOR, ANOTHERS, HOST = "facilitator", "facilitator of another group", "host"
WITHOUT_ACCOUNT = (NOBODY, PARTICIPANT, REMOVED, SCREEN_ROLE)
ROLES = (*WITHOUT_ACCOUNT, FACILITATOR, ANOTHERS, HOST)


class Everyone:
    """A running meeting of `group`, and who looks at it."""

    def __init__(self, group: Group, facilitator: Facilitator) -> None:
        facilitator.is_host = False
        facilitator.save()
        self.group, self.facilitator = group, facilitator
        self.hall = Hall(group, facilitator)
        removed = self.hall.phone("Rae")
        (removed_seat,) = live_state(group).seats
        forgotten = self.hall.phone("Fay")
        participant = self.hall.phone("Jo")
        self.forgotten_seat, self.seat = [*live_state(group).seats][1:]
        self.hall.laptop.press("remove", {"seat": removed_seat})
        self.hall.laptop.press("start")
        self.browsers: dict[str, Browser] = {
            NOBODY: Browser(),
            PARTICIPANT: participant,
            REMOVED: removed,
            FORGOTTEN: forgotten,
            SCREEN_ROLE: self._screen(),
            FACILITATOR: self.hall.laptop,
            ANOTHERS: Laptop(another_group("Cleo")[1]),
            HOST: Laptop(Facilitator.objects.create_pseudonymous("Hana", is_host=True)),
        }
        self.meeting_id = live_state(group).id

    def _screen(self) -> Browser:
        opened: HttpResponse = self.hall.laptop.press("screen")
        screen = Browser()
        screen.client.cookies[SCREEN] = opened.cookies[SCREEN].value
        # On the laptop the facilitator would be a screen as well.
        self.hall.laptop.client.cookies.pop(SCREEN)
        return screen
