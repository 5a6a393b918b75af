"""Planning with the keyboard alone, on every screen; and a calendar that asks the real server."""

from __future__ import annotations

import re
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.looking import OVERFLOW, Look, tab_to
from tests.browser.people import Laptop
from tests.browser.server import Server

pytestmark = pytest.mark.browser


def ask(server: Server, method: str, path: str) -> tuple[HTTPResponse, bytes]:
    """As a calendar program does: no browser, no cookies."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request(method, path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def looked_at(look: Look, laptop: Laptop, what: str) -> None:
    look.at(laptop.page, what, on_phones=False)
    laptop.page.set_viewport_size({"width": 320, "height": 720})
    assert laptop.page.evaluate(OVERFLOW, "200%") == []
    laptop.page.set_viewport_size({"width": 1440, "height": 900})


def test_a_group_plans_its_meetings_and_a_calendar_reads_them(
    laptop: Laptop, server: Server
) -> None:
    page, keys, look = laptop.page, laptop.page.keyboard, Look()
    page.goto(f"{page.url}schedule")
    looked_at(look, laptop, "an empty schedule")

    tab_to(page, "a[href$='/schedule/new']")
    keys.press("Enter")
    page.wait_for_url("**/schedule/new")
    tab_to(page, "#id_rhythm")
    keys.type("every two")
    page.locator("#id_first").fill("2026-12-02")
    tab_to(page, "#id_time")
    keys.type("0700PM")
    tab_to(page, "#id_minutes")
    keys.press("Control+a")
    keys.type("2")
    keys.press("Enter")
    expect(page.locator("[role=alert]")).to_be_focused()
    expect(page.locator("#id_first")).to_have_value("2026-12-02")
    expect(page.locator("#id_minutes")).to_have_accessible_description(
        re.compile("Between 5 minutes and 8 hours")
    )
    looked_at(look, laptop, "a time that does not fit")
    page.locator("#id_minutes").fill("60")
    tab_to(page, "main .button-primary")
    keys.press("Enter")
    page.wait_for_url("**/schedule?saved")
    laptop.sees("Every second Wednesday at 7:00 pm")

    page.locator("#id_time_zone").fill("lord howe")
    keys.press("Enter")
    laptop.sees("All in Lord Howe time.")
    expect(page.locator("#id_time_zone")).to_have_value("Australia/Lord_Howe")

    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("The link, to copy")
    expect(link).to_have_value(re.compile(r"^http://.+/calendar/[\w-]{43}\.ics$"))
    looked_at(look, laptop, "a schedule")
    path = urlsplit(link.input_value()).path
    answer, body = ask(server, "GET", path)
    assert answer.status == 200 and b"SUMMARY:Meeting\r\n" in body
    assert answer.getheader("Content-Type") == "text/calendar; charset=utf-8"
    assert answer.getheader("Set-Cookie") is None
    head, nothing = ask(server, "HEAD", path)
    assert (head.status, nothing) == (200, b"")
    with page.expect_download() as download:
        page.get_by_role("link", name="Get it as a file").click()
    assert download.value.path().read_bytes() == body

    page.get_by_role("button", name="Take the link away").click()
    laptop.sees("The link is gone.")
    assert ask(server, "GET", path)[0].status == 404
    assert path not in server.output
    look.finds_nothing()
