"""Whose forms are taken, and what our pages tell of where someone was (docs/decisions/003)."""

from __future__ import annotations

import pytest
from django.test import Client

PAGE = "/"
SAYS_SO = {"Sec-Fetch-Site": "same-origin"}


def token(client: Client) -> str:
    client.get(PAGE)
    return client.cookies["csrf"].value


def post(client: Client, headers: dict[str, str], sent: str) -> int:
    return client.post(
        PAGE, {"code": "ABCD2345", "csrfmiddlewaretoken": sent}, headers=headers
    ).status_code


@pytest.fixture
def browser() -> Client:
    """A browser whose page's token has to come along."""
    return Client(enforce_csrf_checks=True)


def test_a_browser_that_says_where_requests_come_from_tells_no_page_where_it_was(
    browser: Client,
) -> None:
    for says in ("none", "same-origin", "cross-site"):
        page = browser.get(PAGE, headers={"Sec-Fetch-Site": says})
        assert page["Referrer-Policy"] == "no-referrer"


def test_an_older_browser_tells_no_other_site(browser: Client) -> None:
    # Under `no-referrer` its own forms would come with a null origin and nothing to tell them by.
    assert browser.get(PAGE)["Referrer-Policy"] == "same-origin"


def test_our_own_form_is_taken_with_a_null_origin(browser: Client) -> None:
    # Taken, and looked at: no meeting has this code.
    assert post(browser, {"Origin": "null", **SAYS_SO}, token(browser)) == 404


@pytest.mark.parametrize("says", ["cross-site", "same-site", "none", "", "Same-Origin"])
def test_a_null_origin_from_anywhere_else_is_refused_whatever_token_it_brings(
    browser: Client, says: str
) -> None:
    assert post(browser, {"Origin": "null", "Sec-Fetch-Site": says}, token(browser)) == 403


def test_a_null_origin_from_a_browser_that_says_nothing_is_refused(browser: Client) -> None:
    assert post(browser, {"Origin": "null"}, token(browser)) == 403


def test_another_origin_is_refused_whatever_else_is_said(browser: Client) -> None:
    for origin in ("https://evil.example", "http://testserver.evil.example", "http://testserver:1"):
        assert post(browser, {"Origin": origin, **SAYS_SO}, token(browser)) == 403


@pytest.mark.parametrize("origin", ["null", "http://testserver"])
def test_the_token_is_asked_for_all_the_same(browser: Client, origin: str) -> None:
    token(browser)
    for wrong in ("", "x" * 64):
        assert post(browser, {"Origin": origin, **SAYS_SO}, wrong) == 403
