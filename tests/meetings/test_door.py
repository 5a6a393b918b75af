"""The way in, over HTTP."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session

from meetings import store, words
from meetings.models import Facilitator, Group
from meetings.seats import SEAT
from tests.meetings.conftest import Hall
from tests.meetings.people import (
    Browser,
    Laptop,
    Phone,
    live_state,
    text_of,
    token_in,
    without_tokens,
)

UNKNOWN = "ZZZZ2222"


def test_a_typed_code_leads_to_its_door(hall: Hall) -> None:
    typed = f" {hall.code[:4].lower()}-{hall.code[4:]} "
    response = Browser().post("/", {"code": typed})
    assert (response.status_code, response["Location"]) == (302, f"/j/{hall.code}")


@pytest.mark.parametrize(
    "code", ["x" * 201, "\x00", "ÄÖÜ", "٣٣٣٣٣٣٣٣", "../../etc", "", "-", "é" * 8]
)
def test_whatever_is_typed_as_a_code_gets_a_page(code: str, db: None) -> None:
    browser = Browser()
    response = browser.post("/", {"code": code})
    if response.status_code == 302:
        response = browser.get(response["Location"])
    assert response.status_code in (200, 404, 422)
    assert "<form" in text_of(response)


def answer_to(code: str) -> tuple[int, str, dict[str, str]]:
    browser = Browser()
    response = browser.get(f"/j/{code}")
    body = without_tokens(text_of(response)).replace(code, "CODE")
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    return response.status_code, body, headers


def test_what_opens_no_door_stays_out_of_the_address_and_is_not_lost(hall: Hall) -> None:
    hall.laptop.press_delete("doors")
    for typed in (UNKNOWN, hall.code, "MARGARET"):
        response = Browser().post("/", {"code": typed})
        assert response.status_code == 404
        assert "Location" not in response
        assert str(words.CODE_NOT_OPEN) in text_of(response)
        assert f'value="{typed}"' in text_of(response)


def test_unknown_ended_and_locked_codes_answer_alike(hall: Hall) -> None:
    unknown = answer_to(UNKNOWN)
    assert unknown[0] == 404 and str(words.CODE_NOT_OPEN) in unknown[1]
    hall.laptop.press_delete("doors")
    assert answer_to(hall.code) == unknown
    hall.laptop.press("doors")
    assert answer_to(hall.code)[0] == 200
    assert hall.laptop.press("end").status_code == 302
    assert answer_to(hall.code) == unknown


def test_coming_in_by_unknown_and_locked_codes_answers_alike(hall: Hall) -> None:
    hall.laptop.press_delete("doors")
    found = []
    for code in (UNKNOWN, hall.code):
        response = Browser().post(f"/j/{code}", {"name": "Jo"})
        found.append((response.status_code, without_tokens(text_of(response)).replace(code, "")))
        assert SEAT not in response.cookies
    assert found[0] == found[1] and found[0][0] == 404
    assert live_state(hall.group).seats == {}


def test_a_code_is_read_in_small_letters_too(hall: Hall) -> None:
    assert Browser().get(f"/j/{hall.code.lower()}").status_code == 200


def test_someone_comes_in_with_a_name(hall: Hall) -> None:
    phone = Phone()
    response = phone.post(
        f"/j/{hall.code}", {"name": " Jo ", "first_time": "on", "listening": "on"}
    )
    assert (response.status_code, response["Location"]) == (302, "/meeting")
    (seat,) = live_state(hall.group).seats.values()
    assert (seat.name, seat.first_time, seat.listening) == ("Jo", True, True)


def test_two_scans_in_one_browser_are_one_person(hall: Hall) -> None:
    phone = hall.phone("Jo")
    again = phone.get(f"/j/{hall.code}")
    assert (again.status_code, again["Location"]) == (302, "/meeting")
    assert phone.post(f"/j/{hall.code}", {"name": "Another"})["Location"] == "/meeting"
    assert [seat.name for seat in live_state(hall.group).seats.values()] == ["Jo"]


def test_a_facilitators_browser_does_not_sit_down_as_a_participant(hall: Hall) -> None:
    for response in (
        hall.laptop.get(f"/j/{hall.code}"),
        hall.laptop.post(f"/j/{hall.code}", {"name": "Jo"}),
    ):
        assert (response.status_code, response["Location"]) == (302, hall.laptop.console)
        assert SEAT not in response.cookies
    assert live_state(hall.group).seats == {}


def test_a_facilitator_of_another_group_comes_in_like_anyone(
    hall: Hall, stranger: Facilitator
) -> None:
    visitor = Laptop(stranger)
    assert visitor.post(f"/j/{hall.code}", {"name": "Bea"})["Location"] == "/meeting"
    assert len(live_state(hall.group).seats) == 1


@pytest.mark.parametrize("name", ["a" * 25, "\U0001f600" * 400, "x" * 6001])
def test_a_name_that_is_too_long_is_given_back_to_be_shortened(hall: Hall, name: str) -> None:
    response = Browser().post(f"/j/{hall.code}", {"name": name})
    assert response.status_code == 422
    assert name in text_of(response)
    assert SEAT not in response.cookies and live_state(hall.group).seats == {}


@pytest.mark.parametrize("name", ["a\x00b"])
def test_a_name_that_is_no_name_gets_a_page_that_says_so(hall: Hall, name: str) -> None:
    response = Browser().post(f"/j/{hall.code}", {"name": name})
    assert response.status_code == 422
    assert "<form" in text_of(response)
    assert live_state(hall.group).seats == {}


def test_a_name_of_blanks_makes_no_cookie_that_browsers_drop(hall: Hall) -> None:
    phone = Phone()
    phone.post(f"/j/{hall.code}", {"name": " " * 5000 + "Jo"})
    assert len(phone.cookie(SEAT) or "") < 4000
    assert phone.get("/meeting").status_code == 200


def test_a_name_with_markup_is_shown_as_text(hall: Hall) -> None:
    hall.phone("<b>&'\"</b>")
    page = text_of(hall.laptop.get(hall.laptop.console))
    assert "<b>&" not in page and "&lt;b&gt;" in page


def test_the_cards_come_before_the_meeting(hall: Hall) -> None:
    phone = Phone().come_in(hall.code, hears_cards=False)
    cards = text_of(phone.get("/meeting"))
    assert str(words.CARDS_HEARD) in cards and "region-now" not in cards
    response = phone.post("/meeting/cards")
    assert (response.status_code, response["Location"]) == (302, "/meeting")
    assert "region-now" in text_of(phone.get("/meeting"))


def test_the_cards_are_heard_once_even_after_a_restart(hall: Hall) -> None:
    phone = hall.phone("Jo")
    restart()
    assert "region-now" in text_of(phone.get("/meeting"))
    (seat,) = live_state(hall.group).seats.values()
    assert seat.name == "Jo" and seat.heard_cards


def restart() -> None:
    """Forget what this process knew; the records stay."""
    store.live.cache_clear()


def test_after_a_restart_a_phone_sits_down_again_by_itself_even_when_locked(hall: Hall) -> None:
    phone = hall.phone("Jo")
    (before,) = live_state(hall.group).seats
    hall.laptop.press_delete("doors")
    restart()
    assert live_state(hall.group).seats == {}
    assert phone.get("/meeting").status_code == 200
    assert list(live_state(hall.group).seats) == [before]


def test_without_a_seat_the_meeting_leads_home(db: None) -> None:
    response = Browser().get("/meeting")
    assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.parametrize("path", ["/meeting", "/meeting/regions"])
def test_a_seat_that_opens_nothing_is_told_that_it_is_over(path: str, db: None) -> None:
    phone = Browser()
    phone.client.cookies[SEAT] = "m1.forged"
    assert phone.get(path).status_code == 410


def test_after_the_end_the_meeting_is_over_and_the_cookie_goes(hall: Hall) -> None:
    phone = hall.phone("Jo")
    hall.laptop.press("end")
    response = phone.get("/meeting")
    assert response.status_code == 410
    assert response.cookies[SEAT].value == "" and response.cookies[SEAT]["max-age"] == 0
    assert phone.get("/meeting")["Location"] == "/"


def test_no_participant_gets_a_session_or_any_lasting_cookie(hall: Hall) -> None:
    sessions = Session.objects.count()
    phone = Phone(checks_csrf=True)
    page = phone.get(f"/j/{hall.code}")
    token = token_in(text_of(page))
    phone.post(f"/j/{hall.code}", {"name": "Jo", "csrfmiddlewaretoken": token})
    phone.get("/meeting")
    assert Session.objects.count() == sessions
    assert set(phone.client.cookies) == {SEAT, "csrf"}
    for morsel in phone.client.cookies.values():
        assert morsel["max-age"] == "" and morsel["expires"] == "" and morsel["httponly"]


def test_a_page_from_elsewhere_does_not_bring_anyone_in(hall: Hall) -> None:
    response = Phone(checks_csrf=True).post(f"/j/{hall.code}", {"name": "Jo"})
    assert response.status_code == 403
    assert "out of date" in text_of(response)
    assert live_state(hall.group).seats == {}


def test_pages_are_kept_by_no_cache(hall: Hall) -> None:
    phone = hall.phone("Jo")
    for path in ("/", f"/j/{hall.code}", "/meeting", "/meeting/regions", "/what-happens"):
        assert phone.get(path)["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/what-happens"])
def test_pages_for_everyone_touch_no_database(
    path: str, db: None, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert Browser().get(path).status_code == 200


def test_a_sign_of_life(db: None, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        response = Browser().get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/", "delete"),
        ("/what-happens", "post"),
        ("/meeting", "post"),
        ("/meeting/cards", "get"),
        ("/meeting/regions", "post"),
        ("/meeting/hand", "get"),
        ("/meeting/part", "get"),
        ("/meeting/part/turn", "get"),
        ("/meeting/answer", "get"),
        ("/meeting/statements", "get"),
        ("/meeting/statements/x1/response", "get"),
        ("/meeting/leave", "get"),
        ("/screen", "post"),
        ("/screen/regions", "post"),
        ("/out", "get"),
    ],
)
def test_looking_never_changes_and_a_wrong_method_is_refused(
    hall: Hall, path: str, method: str
) -> None:
    phone = hall.phone("Jo")
    before = live_state(hall.group)
    assert getattr(phone, method)(path).status_code == 405
    assert live_state(hall.group) == before


def test_a_group_without_an_agenda_is_led_to_its_page(hall: Hall, group: Group) -> None:
    hall.laptop.press("end")
    group.agendas.all().delete()
    response = hall.laptop.post(f"/group/{group.pk}/doors")
    assert (response.status_code, response["Location"]) == (302, f"/group/{group.pk}/")
