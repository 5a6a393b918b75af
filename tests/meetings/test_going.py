"""Leaving, being asked to leave, and signing out: what each tab of a browser is told."""

from __future__ import annotations

import asyncio
from html import escape

from meetings import accounts, seats, services
from meetings.models import Facilitator
from meetings.seats import SEAT
from tests.meetings.conftest import Hall
from tests.meetings.people import Browser, Phone, live_state, step_of, text_of


def with_the_same_cookie(phone: Phone) -> Phone:
    """A request of this browser that was on its way already."""
    other = Phone()
    other.client.cookies[SEAT] = phone.cookie(SEAT)
    return other


def test_a_poll_that_was_on_its_way_does_not_bring_someone_back(hall: Hall) -> None:
    phone = hall.phone("Jo")
    on_its_way = with_the_same_cookie(phone)
    phone.post("/meeting/leave")
    answer = on_its_way.get("/meeting/regions")
    assert answer.status_code == 410
    assert live_state(hall.group).seats == {}


def test_another_tab_is_told_of_leaving_and_not_of_being_sent_away(hall: Hall) -> None:
    phone = hall.phone("Jo")
    tab, another = with_the_same_cookie(phone), with_the_same_cookie(phone)
    phone.post("/meeting/leave")
    for answer in (tab.get("/meeting/regions"), another.get("/meeting")):
        assert "You have left" in text_of(answer)
        assert "asked to step out" not in text_of(answer)


def test_someone_asked_to_step_out_keeps_the_support_lines(hall: Hall) -> None:
    phone = hall.phone("Jo")
    (seat,) = live_state(hall.group).seats
    hall.laptop.press("remove", {"seat": seat})
    page = phone.get("/meeting")
    assert page.status_code == 403
    assert "asked to step out" in text_of(page)
    assert escape(hall.group.support_lines.all()[1].name) in text_of(page)


def test_signing_out_closes_her_other_pages(hall: Hall) -> None:
    assert list(live_state(hall.group).facilitators)
    response = hall.laptop.post("/out")
    assert response.status_code == 200
    assert live_state(hall.group).facilitators == {}
    assert hall.laptop.get(f"{hall.laptop.console}regions").status_code == 404


def test_signing_in_during_a_meeting_leads_straight_to_its_console(
    hall: Hall, facilitator: Facilitator
) -> None:
    phone = Browser()
    signed_in = phone.post(f"/in/{accounts.issue_sign_in_link(facilitator)}")
    assert (signed_in.status_code, signed_in["Location"]) == (302, hall.laptop.console)
    hall.laptop.press("end")
    later = Browser().post(f"/in/{accounts.issue_sign_in_link(facilitator)}")
    assert later["Location"] == f"/group/{hall.group.pk}/"


def test_whoever_signs_in_where_they_sat_leads_and_sits_no_more(
    hall: Hall, facilitator: Facilitator
) -> None:
    phone = hall.phone("Jo")
    phone.client.force_login(facilitator)
    step = step_of(live_state(hall.group), "checkin")
    refused = phone.post("/meeting/answer", {"step": step, "choice": "0"})
    assert refused.status_code == 409 and "You lead this meeting" in text_of(refused)
    page = phone.get("/meeting")
    assert (page.status_code, page["Location"]) == (302, hall.laptop.console)
    assert live_state(hall.group).seats == {}
    assert phone.cookie(SEAT) is None


def test_two_of_one_name_do_not_swap_when_they_come_back(hall: Hall) -> None:
    hall.phone("Sam")
    second = hall.phone("Sam")

    async def carried() -> str:
        found = await seats.read(services.store(), {SEAT: second.cookie(SEAT) or ""}, SEAT)
        assert found is not None
        return found[1].name

    # What the phone carries is the name that the room knows, whoever comes back first.
    assert asyncio.run(carried()) == "Sam 2"
