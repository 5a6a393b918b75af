"""What is left on a phone once its owner has left, or the meeting has ended."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.http import HttpResponse

from meetings.models import Facilitator
from tests.meetings.conftest import Hall
from tests.meetings.people import Phone, live_state, text_of

ROOT = Path(__file__).parents[2]
STORAGE = re.compile(
    r"localStorage|sessionStorage|indexedDB|\bcaches\b|serviceWorker|document\.cookie|showSaveFilePicker"
    r"|navigator\.storage|cookieStore|SharedWorker|BroadcastChannel|window\.name|pushState"
)


def lets_go(response: HttpResponse) -> bool:
    """Whether it takes the phone's cookies along, and whatever its browser stored."""
    assert ("Clear-Site-Data" in response) == ("seat" in response.cookies)
    if "seat" not in response.cookies:
        return False
    # Never every cookie of the domain, on which others live too.
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert {name for name, one in response.cookies.items() if one["max-age"] == 0} == {
        "seat",
        "csrf",
    }
    return True


def test_leaving_takes_everything_along(hall: Hall) -> None:
    phone = hall.phone("Robin")
    assert not lets_go(phone.get("/meeting"))
    assert not lets_go(phone.get("/meeting/regions"))
    assert lets_go(phone.post("/meeting/leave"))
    assert phone.cookie("seat") is None and phone.cookie("csrf") is None


@pytest.mark.parametrize("path", ["/meeting", "/meeting/regions"])
def test_after_the_end_the_first_answer_takes_everything_along(hall: Hall, path: str) -> None:
    phone = hall.phone("Robin")
    hall.laptop.press("end")
    assert lets_go(phone.get(path))
    assert phone.cookie("seat") is None


def test_after_the_end_pressing_anything_takes_everything_along(hall: Hall) -> None:
    phone = hall.phone("Robin")
    hall.laptop.press("end")
    assert lets_go(phone.post("/meeting/hand"))


def test_another_tab_of_someone_who_left_lets_go_too(hall: Hall) -> None:
    phone = hall.phone("Robin")
    seat = phone.cookie("seat")
    phone.post("/meeting/leave")
    phone.client.cookies["seat"] = seat
    assert lets_go(phone.get("/meeting/regions"))


def test_someone_asked_to_step_out_keeps_the_support_lines_until_they_have_seen_them(
    hall: Hall,
) -> None:
    phone = hall.phone("Robin")
    person = next(iter(live_state(hall.group).seats))
    hall.laptop.press("remove", {"seat": person})
    assert not lets_go(phone.get("/meeting/regions"))
    assert lets_go(phone.get("/meeting"))


def test_a_facilitators_own_pages_keep_their_token(hall: Hall, facilitator: Facilitator) -> None:
    phone = hall.phone("Robin")
    phone.client.force_login(facilitator)
    left = phone.post("/meeting/leave")
    assert left.cookies["seat"]["max-age"] == 0 and "csrf" not in left.cookies
    over = hall.laptop.press("end") and hall.laptop.get(f"{hall.laptop.console}regions")
    assert over.status_code == 410 and "Clear-Site-Data" not in over


class Fields(HTMLParser):
    """Everything that a person can type into or tick, and whether a browser may remember it."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.remembered: list[str] = []
        self._form_says_no = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._form_says_no = given.get("autocomplete") == "off"
        if tag in {"input", "textarea", "select"} and given.get("type") != "hidden":
            name = given.get("name") or ""
            self.seen.append(name)
            if not (self._form_says_no or given.get("autocomplete") == "off"):
                self.remembered.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form_says_no = False


def fields_of(response: HttpResponse) -> Fields:
    fields = Fields()
    fields.feed(text_of(response))
    return fields


def test_no_browser_remembers_what_was_typed_or_ticked(hall: Hall) -> None:
    fields = [fields_of(Phone().get("/")), fields_of(Phone().get(f"/j/{hall.code}"))]
    phones = hall.phones(5)
    hall.laptop.press("start")
    state = live_state(hall.group)
    for step in (one for one in state.steps if one.kind.value in {"agreement", "checkin"}):
        hall.laptop.press("step", {"step": step.id})
        hall.laptop.press("statements", {"text": "We may pass."})
        hall.laptop.press("checkin", {"step": step.id})
        fields.append(fields_of(phones[0].get("/meeting")))
    assert [one.remembered for one in fields] == [[] for _ in fields]
    seen = {name for one in fields for name in one.seen}
    assert seen >= {"code", "name", "listening", "first_time", "text", "response", "choice"}


def test_no_script_of_ours_stores_anything_on_a_phone() -> None:
    scripts = {path.name: path.read_text() for path in (ROOT / "static" / "js").glob("*.js")}
    assert len(scripts) >= 6
    assert {name: STORAGE.findall(text) for name, text in scripts.items()} == {
        name: [] for name in scripts
    }
    assert STORAGE.findall("localStorage.setItem('a', 1); document.cookie = 'b'") != []
    # Nor does htmx: its history is off on every page that has it.
    pages = (ROOT / "templates").rglob("*.html")
    with_htmx = [page for page in pages if "{% htmx_script" in page.read_text()]
    assert with_htmx and all("_htmx_config.html" in page.read_text() for page in with_htmx)
    config = (ROOT / "templates" / "meetings" / "_htmx_config.html").read_text()
    assert '"history": false' in config


def test_every_page_a_phone_meets_has_the_same_title_and_icon(hall: Hall) -> None:
    phone = hall.phone("Robin")
    pages = [Phone().get("/"), Phone().get(f"/j/{hall.code}"), Phone().get("/j/QQQQQQQQ")]
    pages += [Phone().get("/what-happens"), Phone().get("/what-we-hold"), Phone().get("/nothing")]
    pages += [phone.get("/meeting"), phone.post("/meeting/leave")]
    late = Phone().come_in(hall.code, hears_cards=False)
    pages.append(late.get("/meeting"))
    removed = hall.phone("Sam")
    hall.laptop.press("remove", {"seat": list(live_state(hall.group).seats)[-1]})
    pages.append(removed.get("/meeting"))
    hall.laptop.press("end")
    pages.append(late.get("/meeting"))
    for page in pages:
        assert re.findall(r"<title>(.*?)</title>", text_of(page)) == ["Meeting"]
        # An error page asks for no other file, and so has none.
        icons = re.findall(r'rel="icon" href="([^"]+)"', text_of(page))
        assert icons == ["/static/icons/dot.svg"] or (page.status_code == 404 and not icons)
