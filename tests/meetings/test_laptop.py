"""What a facilitator may do, over HTTP, and nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import RequestFactory
from django.utils import timezone

from meetings import accounts, addresses, lan
from meetings.engine.state import Phase
from meetings.models import Facilitator, Group, SignInLink
from meetings.seats import SCREEN, SEAT
from tests.meetings.conftest import Hall
from tests.meetings.people import (
    Browser,
    Laptop,
    Phone,
    has_meeting,
    live_state,
    step_of,
    text_of,
)

NEW_STEP = {
    "id": "0123456789abcdef",
    "what": "kind-break",
    "title": "Tea",
    "minutes": "5",
    "after": "LATER",
}
# Every address under /console/ID/, with a form that its owner could send.
COMMANDS: list[tuple[str, str, dict[str, Any]]] = [
    ("post", "start", {}),
    ("post", "step", {"step": "STEP"}),
    ("post", "extra", {"step": "STEP", "extra": "120"}),
    ("post", "part", {"step": "STEP", "part": "0"}),
    ("post", "checkin", {"step": "STEP"}),
    ("delete", "checkin", {"step": "STEP"}),
    ("post", "answers", {"step": "STEP"}),
    ("delete", "answers", {"step": "STEP"}),
    ("post", "left-out", {"step": "STEP", "place": "0"}),
    ("delete", "left-out", {"step": "STEP", "place": "0"}),
    ("post", "steps", NEW_STEP),
    ("post", "steps/LATER/place", {"after": "STEP"}),
    ("post", "steps/LATER/skipped", {}),
    ("delete", "steps/LATER/skipped", {}),
    ("post", "thank", {"seat": "SEAT"}),
    ("delete", "doors", {}),
    ("post", "doors", {}),
    ("post", "support", {}),
    ("delete", "support", {}),
    ("post", "remove", {"seat": "SEAT", "lock": "on"}),
    ("post", "statements", {"text": "We may pass."}),
    ("delete", "statements/SUGGESTION", {}),
    ("post", "statements/SUGGESTION/response", {"response": "live"}),
    ("post", "statements/SUGGESTION/asked", {}),
    ("post", "statements/SUGGESTION/objection", {}),
    ("delete", "statements/SUGGESTION/objection", {}),
    ("post", "statements/SUGGESTION/adopted", {}),
    ("post", "statements/SUGGESTION/parked", {}),
    ("post", "screen", {}),
    ("post", "end", {}),
]
IDS = [f"{method} {path}" for method, path, _form in COMMANDS]


@pytest.fixture
def running(hall: Hall) -> Hall:
    hall.laptop.press("start")
    hall.laptop.press("statements", {"text": "We say what we need."})
    return hall


def real(hall: Hall, path: str, form: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The address below the console, and the form, with ids of this very meeting."""
    state = live_state(hall.group)
    later = state.steps[-1].id
    ids = {"STEP": state.current.id, "LATER": later, "SEAT": next(iter(state.seats), "nobody")}
    suggestion = state.board.suggestions[0].id
    return path.replace("SUGGESTION", suggestion).replace("LATER", later), {
        name: ids.get(value, value) for name, value in form.items()
    }


@pytest.mark.parametrize(("method", "path", "form"), COMMANDS, ids=IDS)
def test_a_participant_gives_no_command_of_the_facilitators(
    running: Hall, method: str, path: str, form: dict[str, Any]
) -> None:
    phone = running.phone("Josephine")
    before = live_state(running.group)
    send = getattr(phone, method)
    path, form = real(running, path, form)
    response = send(f"{running.laptop.console}{path}", form)
    assert response.status_code == 404
    assert live_state(running.group) == before


@pytest.mark.parametrize(("method", "path", "form"), COMMANDS, ids=IDS)
def test_a_facilitator_of_another_group_gives_no_command_here(
    running: Hall, stranger: Facilitator, method: str, path: str, form: dict[str, Any]
) -> None:
    running.phone("Josephine")
    before = live_state(running.group)
    laptop = Laptop(stranger)
    laptop.console = running.laptop.console
    send = laptop.press if method == "post" else laptop.press_delete
    response = send(*real(running, path, form))
    assert response.status_code in (302, 404, 410)
    assert "Josephine" not in text_of(response) and SCREEN not in response.cookies
    assert live_state(running.group) == before


@pytest.mark.parametrize(("method", "path", "form"), COMMANDS, ids=IDS)
def test_a_press_without_the_pages_token_is_refused(
    running: Hall, facilitator: Facilitator, method: str, path: str, form: dict[str, Any]
) -> None:
    laptop = Laptop(facilitator, checks_csrf=True)
    before = live_state(running.group)
    send = getattr(laptop, method)
    path, form = real(running, path, form)
    response = send(f"{running.laptop.console}{path}", form)
    assert response.status_code == 403 and "out of date" in text_of(response)
    assert live_state(running.group) == before


@pytest.mark.parametrize("path", ["", "regions"])
def test_only_its_facilitators_see_the_console(
    running: Hall, stranger: Facilitator, path: str
) -> None:
    running.phone("Josephine")
    address = f"{running.laptop.console}{path}"
    unknown = Phone().get(address)
    assert "Josephine" not in text_of(unknown)
    if path:
        assert unknown.status_code == 404
    else:
        assert unknown["Location"].startswith("/account/login/?next=%2Fconsole%2F")
    other = Laptop(stranger).get(address)
    assert other.status_code in (302, 410) and "Josephine" not in text_of(other)
    assert "Josephine" in text_of(running.laptop.get(address))


def test_unknown_and_foreign_meetings_answer_a_facilitator_alike(
    running: Hall, stranger: Facilitator
) -> None:
    laptop = Laptop(stranger)
    for path in ("", "regions"):
        foreign = laptop.get(f"{running.laptop.console}{path}")
        unknown = laptop.get(f"/console/0123456789abcdef/{path}")
        assert (foreign.status_code, foreign.content) == (unknown.status_code, unknown.content)


@pytest.mark.parametrize(("method", "path", "form"), COMMANDS, ids=IDS)
def test_the_facilitators_own_presses_are_understood(
    running: Hall, method: str, path: str, form: dict[str, Any]
) -> None:
    """The control for the refusals above: the same forms, from her, do reach the rules."""
    running.phone("Josephine")
    if method == "delete" and path.endswith("objection"):
        running.laptop.press(*real(running, path, form))
    send = running.laptop.press if method == "post" else running.laptop.press_delete
    response = send(*real(running, path, form))
    assert response.status_code in (200, 302, 409)
    if response.status_code == 200:
        assert response["X-Revision"].isdigit()


@pytest.mark.parametrize(("_method", "path", "_form"), COMMANDS, ids=IDS)
def test_looking_at_a_command_changes_nothing(
    running: Hall, _method: str, path: str, _form: dict[str, Any]
) -> None:
    before = live_state(running.group)
    assert running.laptop.get(f"{running.laptop.console}{path}").status_code == 405
    assert live_state(running.group) == before


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("step", {}),
        ("step", {"step": "x" * 65}),
        ("extra", {"step": "s", "extra": "-1"}),
        ("extra", {"step": "s", "extra": "much"}),
        ("part", {"step": "s", "part": "1000"}),
        ("thank", {}),
        ("left-out", {"step": "s", "place": "-1"}),
        ("steps", {**NEW_STEP, "id": "one of mine"}),
        ("steps", {**NEW_STEP, "what": "agenda-1"}),
        ("steps/x/place", {}),
        ("keys", {"on": "perhaps"}),
        ("statements/SUGGESTION/response", {"response": "perhaps"}),
    ],
)
def test_a_form_that_did_not_arrive_whole_gets_a_sentence(
    running: Hall, path: str, form: dict[str, str]
) -> None:
    before = live_state(running.group)
    response = running.laptop.press(path, form)
    assert response.status_code == 422 and 'hx-target="#said"' in text_of(response)
    assert live_state(running.group) == before


def test_doors_opened_twice_are_one_meeting(hall: Hall) -> None:
    again = hall.laptop.post(f"/group/{hall.group.pk}/doors")
    assert again["Location"] == hall.laptop.console


def test_a_meeting_starts_and_steps_on(hall: Hall) -> None:
    assert hall.laptop.press("start").status_code == 200
    assert live_state(hall.group).phase is Phase.RUNNING
    step = step_of(live_state(hall.group), "closing")
    assert hall.laptop.press("step", {"step": step}).status_code == 200
    assert live_state(hall.group).current.id == step


def test_removing_may_lock_the_doors_as_well(running: Hall) -> None:
    running.phone("Josephine")
    (seat,) = live_state(running.group).seats
    assert running.laptop.press("remove", {"seat": seat, "lock": "on"}).status_code == 200
    state = live_state(running.group)
    assert state.removed == {seat} and state.locked


def test_the_screen_opens_in_the_laptops_browser_and_names_nobody(running: Hall) -> None:
    phone = running.phone("Jo-on-the-screen")
    step = step_of(live_state(running.group), "reading")
    running.laptop.press("step", {"step": step})
    phone.post("/meeting/part", {"step": step, "part": 0})
    response = running.laptop.press("screen")
    assert (response.status_code, response["Location"]) == (302, "/screen")
    assert SEAT not in response.cookies
    for path in ("/screen", "/screen/regions"):
        shown = text_of(running.laptop.get(path))
        assert "Jo-on-the-screen" not in shown and running.group.name not in shown
    # The control: phones do say who reads.
    assert "Jo-on-the-screen" in text_of(phone.get("/meeting/regions"))


def test_a_screens_cookie_is_no_seat(running: Hall) -> None:
    running.laptop.press("screen")
    screen = running.laptop.cookie(SCREEN)
    thief = Browser()
    thief.client.cookies[SEAT] = screen or ""
    assert thief.get("/meeting").status_code == 410
    assert thief.get("/screen").status_code == 410


def test_ending_leads_to_the_receipt_and_leaves_nothing_live(hall: Hall, group: Group) -> None:
    hall.laptop.press("screen")
    response = hall.laptop.press("end")
    assert (response.status_code, response["Location"]) == (302, f"/group/{group.pk}/receipt")
    assert response.cookies[SCREEN].value == ""
    assert not has_meeting(group)
    assert hall.laptop.get(response["Location"]).status_code == 200
    assert hall.laptop.get("/screen").status_code == 410
    again = hall.laptop.press("end")
    assert (again.status_code, again["Location"]) == (302, f"/group/{group.pk}/")


def test_the_receipt_says_when_the_agreement_changed(running: Hall) -> None:
    for path in ("statements/SUGGESTION/asked", "statements/SUGGESTION/adopted"):
        assert running.laptop.press(*real(running, path, {})).status_code == 200
    assert running.laptop.press("end")["Location"].endswith("/receipt?changed")


def test_single_keys_are_switched_off_for_as_long_as_she_is_signed_in(running: Hall) -> None:
    running.laptop.press("keys", {"on": "0"})
    assert 'data-keys="off"' in text_of(running.laptop.get(running.laptop.console))
    running.laptop.press("keys", {"on": "1"})
    assert 'data-keys="off"' not in text_of(running.laptop.get(running.laptop.console))


def test_a_group_is_its_facilitators_alone(hall: Hall, stranger: Facilitator) -> None:
    for path in ("", "receipt"):
        address = f"/group/{hall.group.pk}/{path}"
        assert hall.laptop.get(address).status_code == 200
        assert Laptop(stranger).get(address).status_code == 404
        # Whether there is such a group, nobody learns who is not signed in.
        for asked in (address, f"/group/{uuid4()}/{path}"):
            unknown = Browser().get(asked)
            assert (unknown.status_code, unknown["Location"]) == (
                302,
                f"/account/login/?next={quote(asked, safe='')}",
            )
    assert Laptop(stranger).post(f"/group/{hall.group.pk}/doors").status_code == 404


# Signing in


def test_a_link_signs_in_once_and_looking_does_not_use_it_up(facilitator: Facilitator) -> None:
    token = accounts.issue_sign_in_link(facilitator)
    laptop, late = Browser(), Browser()
    for _look in range(3):
        assert laptop.get(f"/in/{token}").status_code == 200
    signed_in = laptop.post(f"/in/{token}")
    assert signed_in.status_code == 302
    assert laptop.get(signed_in["Location"]).status_code == 200
    assert late.get(f"/in/{token}").status_code == 410
    assert late.post(f"/in/{token}").status_code == 410
    assert late.get(signed_in["Location"])["Location"].startswith("/account/login/")


def test_a_link_that_is_too_old_signs_nobody_in(facilitator: Facilitator) -> None:
    token = accounts.issue_sign_in_link(facilitator)
    SignInLink.objects.update(expires=timezone.now() - timedelta(seconds=1))
    laptop = Browser()
    assert laptop.get(f"/in/{token}").status_code == 410
    assert laptop.post(f"/in/{token}").status_code == 410
    assert Session.objects.count() == 0


def test_a_new_link_ends_the_one_before(facilitator: Facilitator) -> None:
    old, new = (accounts.issue_sign_in_link(facilitator) for _ in range(2))
    assert Browser().get(f"/in/{old}").status_code == 410
    assert Browser().get(f"/in/{new}").status_code == 200


def test_a_guessed_link_signs_nobody_in(facilitator: Facilitator) -> None:
    accounts.issue_sign_in_link(facilitator)
    assert Browser().post("/in/guessed-token").status_code == 410


def test_the_database_holds_no_token_and_not_when_someone_signed_in(
    facilitator: Facilitator,
) -> None:
    token = accounts.issue_sign_in_link(facilitator)
    assert token not in repr(list(SignInLink.objects.values_list()))
    columns = {field.name for field in Facilitator._meta.get_fields()}
    Browser().post(f"/in/{token}")
    assert "last_login" not in columns
    assert Session.objects.count() == 1


def test_signing_in_needs_the_pages_token(facilitator: Facilitator) -> None:
    token = accounts.issue_sign_in_link(facilitator)
    assert Browser(checks_csrf=True).post(f"/in/{token}").status_code == 403
    assert accounts.is_open(token)


def test_signing_out_leaves_no_session(running: Hall) -> None:
    assert running.laptop.post("/out").status_code == 200
    assert Session.objects.count() == 0
    assert running.laptop.get(running.laptop.console)["Location"].startswith("/account/login/")
    assert running.laptop.get(f"{running.laptop.console}regions").status_code == 404


def test_the_ways_in_can_be_asked_for_once_more(running: Hall) -> None:
    answer = running.laptop.get(f"{running.laptop.console}join")
    assert text_of(answer).count(f"/j/{running.code}") == 2
    # The card's own form still works after it was replaced.
    assert text_of(answer).count("csrfmiddlewaretoken") == 2


def test_the_link_for_phones_is_the_laptops_address_of_this_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The laptop calls itself localhost; phones need what the Wi-Fi gave it."""
    request = RequestFactory().get("/", headers={"host": "localhost:8000"})
    for address in ("192.168.7.9", "10.1.2.3"):
        monkeypatch.setattr(lan, "address", lambda address=address: address)
        assert addresses.join_url(request, "ABCD") == f"http://{address}:8000/j/ABCD"
    monkeypatch.setattr(lan, "address", lambda: None)
    assert addresses.join_url(request, "ABCD") == "http://localhost:8000/j/ABCD"
