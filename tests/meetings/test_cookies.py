"""docs/protocol.md lists every cookie that this server sets."""

from __future__ import annotations

import re
from pathlib import Path

from meetings import accounts
from meetings.models import Facilitator
from tests.meetings.conftest import Hall
from tests.meetings.people import Browser, Phone

DOCS = Path(__file__).parents[2] / "docs"


def listed() -> set[str]:
    table = (DOCS / "protocol.md").read_text(encoding="utf-8").split("\n## Cookies\n")[1]
    return set(re.findall(r"^\| `(\w+)` \|", table.split("\n## ")[0], re.MULTILINE))


def names_in(browser: Browser) -> set[str]:
    return set(browser.client.cookies)


def test_every_cookie_that_is_set_is_listed_and_no_other(
    hall: Hall, facilitator: Facilitator
) -> None:
    phone = Phone().come_in(hall.code, "Jo")
    phone.get("/meeting")
    phone.post("/language", {"language": "es", "next": "/meeting"})
    laptop = Browser()
    laptop.post(f"/in/{accounts.issue_sign_in_link(facilitator)}")
    laptop.post(f"{hall.laptop.console}screen")

    assert names_in(phone) == {"seat", "csrf", "language"}
    assert names_in(phone) | names_in(laptop) == listed()
    privacy = (DOCS / "privacy.md").read_text(encoding="utf-8").split("\n## Cookies\n")[1]
    assert set(re.findall(r"`(\w+)`", privacy)) == names_in(phone)
