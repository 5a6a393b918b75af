"""Browsers that sign in by themselves, each way there is."""

from __future__ import annotations

import json
import re
from typing import Any

from django.http import HttpResponse

from meetings.models import Facilitator
from tests.meetings.accounts.conftest import PASSWORD
from tests.meetings.accounts.soft_key import SoftKey
from tests.meetings.people import Browser, text_of

# Passkeys need HTTPS and a name.
HERE = {"headers": {"host": "testserver"}, "secure": True}
ORIGIN = "https://testserver"


def sign_in(browser: Browser, name: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    return browser.post("/account/login/", {"login": name, "password": password, **more})


def is_in(browser: Browser) -> bool:
    return browser.get("/account/").status_code == 200


class SecureBrowser(Browser):
    """By HTTPS, at a name."""

    def get(self, path: str, fields: Any = None, **headers: Any) -> HttpResponse:
        return super().get(path, fields, secure=True, **headers)

    def post(self, path: str, fields: Any = None, **headers: Any) -> HttpResponse:
        return super().post(path, fields, secure=True, **headers)

    def add_passkey(self, key: SoftKey, label: str = "my phone", current: str = "") -> HttpResponse:
        page = text_of(self.get("/account/passkeys/add"))
        found = re.search(r'id="passkey-options"[^>]*>(.*?)</script>', page, re.DOTALL)
        assert found is not None
        options = json.loads(found[1].replace("\\u0026", "&"))
        sent = {"label": label, "credential": key.make(options), "current": current}
        return self.post("/account/passkeys/add", sent)

    def question(self) -> dict[str, Any]:
        asked = self.get("/account/login/passkey", headers={"accept": "application/json"})
        assert asked.status_code == 200
        options: dict[str, Any] = json.loads(text_of(asked))
        return options

    def use_passkey(self, key: SoftKey, **more: str) -> HttpResponse:
        credential = key.answer(self.question())
        return self.post("/account/login/passkey", {"credential": credential, **more})


def secure_laptop(facilitator: Facilitator) -> SecureBrowser:
    browser = SecureBrowser()
    browser.client.force_login(facilitator)
    return browser
