"""Nothing but the sentence is said about a code that opens nothing, and the sentence is the same.

How long it takes is looked at in tests/proof; here, that the same things are done.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings import store
from meetings.models import Facilitator, Group
from meetings.starters.groups import FIRST_AGENDA, make_agenda, make_group
from tests.meetings.conftest import Hall
from tests.meetings.people import Browser, Laptop, Phone, text_of, without_tokens
from tests.meetings.test_rationing import whole_code

UNKNOWN = "ZZZZ2222"
ENDED, LOCKED = "ended", "locked"


def another_group(name: str) -> tuple[Group, Facilitator]:
    facilitator = Facilitator.objects.create_pseudonymous(name)
    group = make_group(facilitator, "en", "UTC")
    make_agenda(group, *FIRST_AGENDA)
    return group, facilitator


def another_hall(name: str) -> Hall:
    return Hall(*another_group(name))


@pytest.fixture
def codes(hall: Hall, stranger: Facilitator) -> dict[str, tuple[str, str]]:
    """A short and a whole code that nothing is behind, of a meeting that ended, of locked doors;
    and one with the first eight letters right and another meeting's rest."""
    ended = another_hall("Cleo")
    known = {"unknown": (UNKNOWN, f"{UNKNOWN}2345")}
    for name, each in ((ENDED, ended), (LOCKED, hall)):
        known[name] = (each.code, whole_code(each))
    ended.laptop.press("end")
    hall.laptop.press_delete("doors")
    return {**known, "of another": (hall.code, hall.code + known[ENDED][1][8:])}


def anybody(hall: Hall) -> Browser:
    return Browser()


def one_who_sits_elsewhere(hall: Hall) -> Browser:
    return Phone().come_in(another_hall("Dora").code, "Jo")


def one_who_leads_elsewhere(hall: Hall) -> Browser:
    return Laptop(Facilitator.objects.get(name="Bea"))


@pytest.mark.parametrize("whole", [False, True], ids=["short", "whole"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", [anybody, one_who_sits_elsewhere, one_who_leads_elsewhere])
def test_whatever_is_behind_a_code_the_same_is_done_and_said(
    hall: Hall,
    codes: dict[str, tuple[str, str]],
    who: Callable[[Hall], Browser],
    method: str,
    whole: bool,
) -> None:
    browser, live = who(hall), store.live()
    done: list[str] = []
    for name in ("find", "read", "key", "replace", "update", "find_of_group", "create", "destroy"):
        record(live, name, done)

    found: dict[str, Any] = {}
    for kind, forms in codes.items():
        code = forms[whole]
        done.clear()
        with CaptureQueriesContext(connection) as queries:
            response = getattr(browser, method)(f"/j/{code}", {"name": "Jo"})
        body = without_tokens(text_of(response)).replace(code, "CODE")
        headers = {name: len(value) for name, value in response.items()}
        cookies = {name: len(morsel.value) for name, morsel in response.cookies.items()}
        asked = [query["sql"][:60] for query in queries.captured_queries]
        found[kind] = (response.status_code, body, headers, cookies, tuple(done), tuple(asked))
    if not whole:
        # The first eight letters of that one are a locked code as it is.
        del found["of another"]

    assert found["unknown"][0] == 404 and "find" in found["unknown"][4]
    assert found[LOCKED] == found["unknown"]
    assert set(map(repr, found.values())) == {repr(found["unknown"])}


def record(live: store.Store, name: str, done: list[str]) -> None:
    does = getattr(live, name)

    def noted(*arguments: Any, **named: Any) -> Any:
        done.append(name)
        return does(*arguments, **named)

    setattr(live, name, noted)
