"""Every page and every role, over HTTP: who sees what, and that nobody else can change anything.

A new address without a row here fails.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.urls import get_resolver
from msgspec.structs import replace

from meetings.engine import codec
from meetings.models import Facilitator, Group, MeetingTime
from tests.meetings.everyone import (
    ANOTHERS,
    FACILITATOR,
    HOST,
    NOBODY,
    PARTICIPANT,
    REMOVED,
    ROLES,
    SCREEN_ROLE,
    WITHOUT_ACCOUNT,
    Everyone,
)
from tests.meetings.people import Browser, Laptop, live_state, text_of
from tests.meetings.test_left_out import patterns

# What a look gets, in the order of ROLES. A word is where one is sent: SIGN_IN, or AWAY to a page
# that this one is a part of.
SIGN_IN, AWAY = "sign in", "away"
Row = tuple[int | str, ...]


def row(without_account: int | str, facilitator: int | str, another: int | str, host: Any) -> Row:
    return (*[without_account] * len(WITHOUT_ACCOUNT), facilitator, another, host)


ANYONE, NOTHING, USED_UP, PRESSED, LED_AWAY = (
    row(each, each, each, each) for each in (200, 404, 410, 405, AWAY)
)
HERS = row(SIGN_IN, 200, 404, 404)
# On the console, a group that she does not lead is a meeting that is over.
HER_CONSOLES = row(404, 200, 410, 410)
SIGNED_IN = row(SIGN_IN, 200, 200, 200)
HOSTS = row(SIGN_IN, 404, 404, 200)
# There, but with nothing of that number in it.
NOT_THERE = row(SIGN_IN, 404, 404, 404)

_group, _console, _person = "group/<id>/", "console/<id>/", "host/facilitators/<id>/"
PAGES: dict[str, Row] = {
    "": ANYONE,
    "what-happens": ANYONE,
    "what-we-hold": ANYONE,
    "healthz": ANYONE,
    "language": LED_AWAY,
    "j/<id>": (200, AWAY, AWAY, 200, AWAY, 200, 200),
    "calendar/<id>.ics": NOTHING,
    "agreement/<id>": ANYONE,
    "agreement/<id>.txt": ANYONE,
    "agreement/<id>.md": ANYONE,
    "meeting": (AWAY, 200, 403, AWAY, AWAY, AWAY, AWAY),
    "meeting/regions": (410, 200, 403, 410, 410, 410, 410),
    **dict.fromkeys(
        [
            "meeting/cards",
            "meeting/hand",
            "meeting/part",
            "meeting/part/turn",
            "meeting/answer",
            "meeting/statements",
            "meeting/statements/<id>/response",
            "meeting/statements/<id>/wording",
            "meeting/statements/<id>/taking-out",
            "meeting/statements/<id>/pointed",
            "meeting/kept",
            "meeting/leave",
            "out",
        ],
        PRESSED,
    ),
    "screen": (410, 410, 410, 200, 410, 410, 410),
    "screen/regions": (410, 410, 410, 200, 410, 410, 410),
    "in/<id>": USED_UP,
    "invitation/<id>": USED_UP,
    # Groups
    "groups/": SIGNED_IN,
    **dict.fromkeys(
        [
            _group,
            *(
                f"{_group}{page}"
                for page in (
                    "receipt",
                    "people",
                    "people/leave",
                    "settings",
                    "agreement",
                    "agreement/versions/<id>",
                    "support-lines",
                    "schedule",
                    "schedule/new",
                    "schedule/<id>",
                    "agendas/",
                    "agendas/new",
                    "agendas/<id>/",
                    "agendas/<id>/out",
                    "agendas/<id>/script",
                    "readings/",
                    "readings/new",
                    "readings/<id>/",
                    "readings/<id>/out",
                    "prompts/",
                    "prompts/new",
                    "prompts/<id>/",
                    "prompts/<id>/out",
                )
            ),
        ],
        HERS,
    ),
    f"{_group}doors": row(SIGN_IN, AWAY, AWAY, AWAY),
    f"{_group}agendas/ours": NOT_THERE,
    f"{_group}people/<id>/remove": NOT_THERE,
    **dict.fromkeys(
        [
            f"{_group}{page}"
            for page in (
                "agreement/link",
                "agreement/link/out",
                "agreement/ideas",
                "agreement/ideas/out",
                "agreement/ideas/<id>/brought",
                "agreement/ideas/<id>/out",
                "agreement/prepared",
                "agreement/prepared/out",
                "schedule/time-zone",
                "schedule/link",
                "schedule/link/out",
                "schedule/<id>/out",
                "people/invitations",
                "people/invitations/<id>/withdraw",
                "people/<id>/link",
            )
        ],
        row(SIGN_IN, AWAY, 404, 404),
    ),
    **dict.fromkeys(
        [
            f"{_group}{page}"
            for page in (
                "agendas/<id>/copy",
                "readings/ours",
                "readings/preview",
                "readings/<id>/copy",
                "prompts/ours",
                "prompts/preview",
                "prompts/<id>/copy",
            )
        ],
        PRESSED,
    ),
    # The console
    _console: row(SIGN_IN, 200, AWAY, AWAY),
    **dict.fromkeys(
        [f"{_console}{page}" for page in ("regions", "join", "steps/new")], HER_CONSOLES
    ),
    **dict.fromkeys(
        [
            f"{_console}{page}"
            for page in (
                "start",
                "step",
                "steps",
                "steps/<id>/place",
                "steps/<id>/skipped",
                "extra",
                "part",
                "checkin",
                "answers",
                "left-out",
                "thank",
                "doors",
                "support",
                "remove",
                "statements",
                "statements/<id>",
                "statements/<id>/response",
                "statements/<id>/wording",
                "statements/<id>/taking-out",
                "statements/<id>/merged",
                "statements/<id>/place",
                "statements/<id>/pointed",
                "kept",
                "brought",
                "statements/<id>/asked",
                "statements/<id>/objection",
                "statements/<id>/adopted",
                "statements/<id>/parked",
                "keys",
                "screen",
                "end",
            )
        ],
        PRESSED,
    ),
    # Accounts
    "account/login/": row(200, AWAY, AWAY, AWAY),
    "account/login/passkey": NOTHING,
    "account/recovery/": ANYONE,
    "account/in": row(SIGN_IN, AWAY, AWAY, AWAY),
    "account/": SIGNED_IN,
    "account/out": SIGNED_IN,
    "account/passkeys/add": NOT_THERE,
    "account/passkeys/<id>/remove": NOT_THERE,
    **dict.fromkeys(
        [
            "account/recovery/sent",
            "account/recovery/key/<id>-<id>/",
            "account/recovery/done",
            "account/email/<id>/",
        ],
        NOTHING,
    ),
    **dict.fromkeys(
        ["account/name", "account/password", "account/email", "account/email/forgotten"],
        row(SIGN_IN, AWAY, AWAY, AWAY),
    ),
    # Hosts
    **dict.fromkeys(
        ["host/", "host/groups/<id>/", "host/groups/<id>/delete", _person, f"{_person}delete"],
        HOSTS,
    ),
    **dict.fromkeys(
        [
            "host/groups/",
            "host/groups/<id>/invitations",
            "host/invitations/<id>/withdraw",
            f"{_person}link",
            f"{_person}hosting",
        ],
        row(SIGN_IN, 404, 404, AWAY),
    ),
}

# Looking at these in vain makes a browser forget what it holds, so they are looked at last.
FORGETTING = ("meeting/regions", "meeting", "screen", "screen/regions")

# Who may press something below these; at the door, and in their own account, everyone.
OWN_SWITCH = "console/<id>/keys"  # Kept in her own session, whichever console she is on.
# 422: a form that is not whole is refused before anyone asks whose it is.
REFUSALS = (302, 401, 403, 404, 405, 410, 422)
PRESSES = {"group/": [FACILITATOR], "console/": [FACILITATOR], "host/": [HOST], "screen": []}


def shape(route: str) -> str:
    """A route with <id> in the place of whatever changes."""
    route = re.sub(r"\(\?P<\w+>[^()]*\)", "<id>", route.strip("^$"))
    return re.sub(r"<\w+:\w+>", "<id>", route)


def every_route() -> list[str]:
    return [route for route, _pattern in patterns(get_resolver())]


@pytest.fixture
def everyone(group: Group, facilitator: Facilitator) -> Everyone:
    return Everyone(group, facilitator)


def address(route: str, everyone: Everyone, kept: MeetingTime) -> str:
    group = everyone.group
    samples = {
        "group_id": str(group.pk),
        "meeting_id": everyone.meeting_id,
        "code": everyone.hall.code,
        "agenda_id": str(group.agendas.first().pk),  # type: ignore[union-attr]
        "reading_id": str(group.readings.first().pk),  # type: ignore[union-attr]
        "prompt_id": str(group.prompts.first().pk),  # type: ignore[union-attr]
        "time_id": str(kept.pk),
        "link": str(group.agreement.link_token),
        "idea_id": str(UUID(int=0)),
        "number": "1",
        "person_id": str(everyone.facilitator.pk),
        "key": "1",
    }
    route = re.sub(r"\(\?P<(\w+)>[^()]*\)", r"<x:\1>", route.strip("^$"))
    return "/" + re.sub(r"<\w+:(\w+)>", lambda named: samples.get(named[1], "none"), route)


@pytest.fixture
def addresses(everyone: Everyone) -> dict[str, str]:
    """An address for each row of the table."""
    agreement = everyone.group.agreement
    agreement.renew_link()
    agreement.versions.create(number=1, date="2026-01-07")
    kept = MeetingTime.objects.create(
        group=everyone.group, rhythm="weekly", first="2026-01-07", time="19:00"
    )
    return {shape(route): address(route, everyone, kept) for route in every_route()}


def test_every_address_has_a_row_and_no_row_is_left_over() -> None:
    assert {shape(route) for route in every_route()} == set(PAGES)
    assert {len(row) for row in PAGES.values()} == {len(ROLES)}


def seen(browser: Browser, path: str) -> int | str:
    response = browser.get(path)
    if response.status_code != 302:
        return response.status_code
    return SIGN_IN if response["Location"].startswith("/account/login/?next=") else AWAY


def test_everyone_sees_what_is_theirs_and_nothing_else(
    everyone: Everyone, addresses: dict[str, str]
) -> None:
    found = {
        page: tuple(seen(everyone.browsers[role], path) for role in ROLES)
        for page, path in addresses.items()
        if page not in FORGETTING
    }
    for page in FORGETTING:
        found[page] = tuple(seen(everyone.browsers[role], addresses[page]) for role in ROLES)
    assert found == PAGES


def rows() -> dict[str, list[Any]]:
    """All that the database holds."""
    return {
        model._meta.label: sorted(map(repr, model._default_manager.values_list()))
        for model in apps.get_models()
    }


def meeting(group: Group) -> bytes:
    """The live state, but for signs of life."""
    return codec.encode(replace(live_state(group), seen={}, alive_at=0.0, revision=0))


FIELDS = {
    "name": "Mallory",
    "text": "Words from outside",
    "title": "Words from outside",
    "seat": "x",
    "after": "",
    "gone": "x",
    "statement": "",
    "on": "1",
    "step": "x",
    "part": "0",
    "first": "2026-01-07",
    "rhythm": "weekly",
    "time": "19:00",
    "sure": "1",
}


def test_nobody_else_can_press_what_is_there(everyone: Everyone, addresses: dict[str, str]) -> None:
    everyone.browsers[REMOVED].get("/meeting/regions")
    before, live = rows(), meeting(everyone.group)
    tried = 0
    for page, path in addresses.items():
        allowed = next((who for start, who in PRESSES.items() if page.startswith(start)), None)
        if allowed is None or page == OWN_SWITCH:
            continue
        for role in set(ROLES) - set(allowed):
            for press in (everyone.browsers[role].post, everyone.browsers[role].delete):
                status = press(path, FIELDS).status_code
                assert status in REFUSALS, (page, role)
                tried += 1
    assert rows() == before
    assert meeting(everyone.group) == live
    assert tried > 500


def test_every_press_needs_the_token_of_its_page(
    everyone: Everyone, addresses: dict[str, str]
) -> None:
    laptop = Laptop(everyone.facilitator, checks_csrf=True)
    phone = Browser(checks_csrf=True)
    phone.client.cookies = everyone.browsers[PARTICIPANT].client.cookies
    before, live = rows(), meeting(everyone.group)
    for page, path in addresses.items():
        for browser in (laptop, phone):
            for press in (browser.post, browser.delete):
                response = press(path, FIELDS)
                assert response.status_code in (403, 405), (page, press)
                if response.status_code == 403:
                    assert "out of date" in text_of(response)
    assert rows() == before
    assert meeting(everyone.group) == live


@pytest.mark.parametrize("role", [NOBODY, SCREEN_ROLE, ANOTHERS])
def test_what_is_not_there_is_not_there_for_anyone(everyone: Everyone, role: str) -> None:
    for path in ("/admin/", "/static/../facilitator/settings.py", "/group/", "/console/"):
        assert everyone.browsers[role].get(path).status_code == 404
