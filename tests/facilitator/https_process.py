"""Goes through every page that sets a cookie as an HTTPS server would answer it, and prints them.

A data folder in FACILITATOR_DATA, and FACILITATOR_HTTPS and FACILITATOR_HOSTS as a host sets them:
cookies have their names from when the program starts. Prints JSON: for the laptop and for a phone,
what each cookie says of itself, by its name.
"""

from __future__ import annotations

import json
from typing import Any

import django

django.setup()

from asgiref.sync import async_to_sync  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import AsyncClient  # noqa: E402

settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}

from meetings import accounts  # noqa: E402
from meetings.models import Facilitator  # noqa: E402
from meetings.starters import make_first_group  # noqa: E402
from tests.meetings.people import live_state  # noqa: E402


class Browser:
    """One browser, and every cookie that it was ever given."""

    def __init__(self) -> None:
        self.client = AsyncClient()
        self.given: dict[str, dict[str, Any]] = {}

    def post(self, path: str, **fields: str) -> str:
        return self._answered(async_to_sync(self.client.post)(path, fields, secure=True), 302)

    def look(self, path: str) -> None:
        self._answered(async_to_sync(self.client.get)(path, secure=True), 200)

    def _answered(self, response: Any, status: int) -> str:
        assert response.status_code == status, response.status_code
        for name, morsel in response.cookies.items():
            self.given[name] = {key: value for key, value in morsel.items() if value != ""}
        return str(response.headers.get("Location", ""))


call_command("migrate", verbosity=0)
group = make_first_group()
facilitator = Facilitator.objects.create_pseudonymous("Robin")
group.facilitators.add(facilitator)
laptop, phone = Browser(), Browser()
laptop.post(f"/in/{accounts.issue_sign_in_link(facilitator)}")
console = laptop.post(f"/group/{group.pk}/doors")
laptop.look(console)
laptop.post(f"{console}screen")
phone.look("/")
phone.post("/language", language="es", next="/")
phone.post(f"/j/{live_state(group).code}", name="Jo")
print(json.dumps([laptop.given, phone.given]))
