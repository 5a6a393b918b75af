"""Browsers without a screen: phones and a laptop that keep their cookies and send our forms."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Any

from asgiref.sync import async_to_sync
from django.http import HttpResponse
from django.test import AsyncClient

from meetings import services
from meetings.engine.state import Meeting
from meetings.models import Facilitator, Group

Fields = Mapping[str, Any]


class Browser:
    """One browser. `checks_csrf`: as in the wild, where a page's token has to come along."""

    def __init__(self, *, checks_csrf: bool = False) -> None:
        self.client = AsyncClient(enforce_csrf_checks=checks_csrf)

    def get(self, path: str, fields: Fields | None = None, **headers: Any) -> HttpResponse:
        return self._settled(async_to_sync(self.client.get)(path, fields, **headers))

    def post(self, path: str, fields: Fields | None = None, **headers: Any) -> HttpResponse:
        return self._settled(async_to_sync(self.client.post)(path, fields or {}, **headers))

    def delete(self, path: str, fields: Fields | None = None, **headers: Any) -> HttpResponse:
        sent = async_to_sync(self.client.delete)(path, query_params=fields, **headers)
        return self._settled(sent)

    def _settled(self, response: HttpResponse) -> HttpResponse:
        """A real browser drops a cookie that has expired; Django's client keeps it, empty."""
        for name, morsel in response.cookies.items():
            if morsel["max-age"] == 0:
                self.client.cookies.pop(name, None)
        return response

    def cookie(self, name: str) -> str | None:
        morsel = self.client.cookies.get(name)
        return morsel.value if morsel is not None and morsel.value else None


class Phone(Browser):
    """A participant's browser."""

    def come_in(self, code: str, name: str = "", *, hears_cards: bool = True) -> Phone:
        response = self.post(f"/j/{code}", {"name": name})
        assert (response.status_code, response["Location"]) == (302, "/meeting")
        if hears_cards:
            assert self.post("/meeting/cards").status_code == 302
        return self


class Laptop(Browser):
    """A facilitator's browser, signed in."""

    def __init__(self, facilitator: Facilitator, **options: Any) -> None:
        super().__init__(**options)
        self.client.force_login(facilitator)
        self.console = ""

    def open_doors(self, group: Group) -> str:
        """Open the group's meeting and give back its code."""
        response = self.post(f"/group/{group.pk}/doors")
        assert response.status_code == 302
        self.console = response["Location"]
        assert self.get(self.console).status_code == 200
        return live_state(group).code

    def press(self, path: str, fields: Fields | None = None) -> HttpResponse:
        return self.post(f"{self.console}{path}", fields)

    def press_delete(self, path: str, fields: Fields | None = None) -> HttpResponse:
        return self.delete(f"{self.console}{path}", fields)


def live_state(group: Group) -> Meeting:
    """The group's meeting as it is now."""

    async def read() -> Meeting:
        meeting_id = await services.live_meeting_of(group)
        assert meeting_id is not None
        return await services.look(meeting_id)

    return asyncio.run(read())


def has_meeting(group: Group) -> bool:
    return asyncio.run(services.live_meeting_of(group)) is not None


def step_of(state: Meeting, kind: str) -> str:
    """The id of the first step of a kind."""
    return next(step.id for step in state.steps if step.kind.value == kind)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def without_tokens(body: str) -> str:
    """A page without its CSRF token, which differs each time."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", body)


def token_in(body: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)
    assert found is not None
    return found.group(1)
