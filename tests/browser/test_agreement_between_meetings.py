"""The agreement between two meetings: read, printed and added to by its link; prepared for next."""

from __future__ import annotations

import json
import re
import sqlite3
import uuid
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import MakePhone
from tests.browser.looking import OVERFLOW, Look, tab_to
from tests.browser.people import Laptop
from tests.browser.server import Server

pytestmark = pytest.mark.browser

LINE = "What is said in this room stays in this room, and so does who was here number {n}. " * 2
PAGES_OF_PDF = re.compile(rb"/Type\s*/Page\b(?!s)")


def write_versions(server: Server) -> None:
    """Two versions, of a dozen statements as long as they come; one was reworded."""
    first = [{"id": f"s{n}", "text": LINE.format(n=n).strip()} for n in range(11)]
    reworded = {"id": "w", "text": first[0]["text"].replace("stays", "is kept", 1), "root": "s0"}
    second = [reworded, *first[1:], {"id": "new", "text": "We listen, and we rest."}]
    with closing(sqlite3.connect(server.folder / "facilitator.sqlite3")) as kept:
        for number, statements in ((1, first), (2, second)):
            kept.execute(
                "INSERT INTO agreements_version (id, agreement_id, number, date, statements) "
                "SELECT ?, id, ?, ?, ? FROM agreements_agreement",
                (uuid.uuid4().hex, number, f"2026-11-0{number}", json.dumps(statements)),
            )
        kept.commit()


def printed_pages(page: Page) -> int:
    return len(PAGES_OF_PDF.findall(page.pdf(prefer_css_page_size=True, format="A4")))


def looked_at(look: Look, laptop: Laptop, what: str) -> None:
    look.at(laptop.page, what, on_phones=False)
    laptop.page.set_viewport_size({"width": 320, "height": 720})
    assert laptop.page.evaluate(OVERFLOW, "200%") == []
    laptop.page.set_viewport_size({"width": 1440, "height": 900})


def test_a_group_reads_its_agreement_by_the_link_and_adds_to_it_for_next_time(
    laptop: Laptop, server: Server, make_phone: MakePhone
) -> None:
    page, keys, look = laptop.page, laptop.page.keyboard, Look()
    home = page.url
    page.goto(f"{home}agreement")
    looked_at(look, laptop, "no agreement yet")
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("The link, to copy")
    expect(link).to_have_value(re.compile(r"^http://.+/agreement/[\w-]{43}$"))
    path = urlsplit(link.input_value()).path
    tab_to(page, "form[action$='/agreement/ideas'] button")
    keys.press("Enter")
    laptop.sees("They are on")

    # Before there is an agreement.
    phone = make_phone()
    phone.page.goto(path)
    phone.sees("Nothing is agreed yet.")
    look.at(phone.page, "the link, with nothing yet")

    write_versions(server)
    phone.page.goto(path)
    phone.sees("We listen, and we rest.")
    look.at(phone.page, "the link")
    size = "document.querySelector('article li').computedStyleMap().get('font-size').value"
    before = phone.page.evaluate(size)
    tab_to(phone.page, "a[href$='?large']")
    phone.page.keyboard.press("Enter")
    phone.page.wait_for_url("**?large")
    assert phone.page.evaluate(size) > 1.3 * before
    look.at(phone.page, "the link, in large type")
    assert phone.page.evaluate("localStorage.length + sessionStorage.length") == 0

    phone.page.goto(path)
    assert printed_pages(phone.page) == 1
    with phone.page.expect_download() as download:
        phone.page.get_by_role("link", name="Keep it as Markdown").click()
    assert download.value.suggested_filename == "agreement.md"
    assert "12. We listen, and we rest.\n" in download.value.path().read_text(encoding="utf-8")

    # By keyboard, and first what does not fit.
    phone.page.goto(path)
    tab_to(phone.page, "#id_text")
    phone.page.keyboard.type("we LISTEN and we rest")
    tab_to(phone.page, "#suggest button")
    phone.page.keyboard.press("Enter")
    phone.sees("That is in the agreement already.")
    expect(phone.page.locator("#id_text")).to_have_value("we LISTEN and we rest")
    expect(phone.page.locator("#id_text")).to_be_in_viewport()
    look.at(phone.page, "words that do not fit")
    phone.page.locator("#id_text").fill("Phones stay in a basket.")
    tab_to(phone.page, "#suggest button")
    phone.page.keyboard.press("Enter")
    phone.sees("Thank you. Your facilitator reads it first.")
    expect(phone.page.get_by_role("status")).to_be_in_viewport()
    assert phone.page.url.endswith(path)
    look.at(phone.page, "words that were sent")

    page.goto(f"{home}agreement")
    laptop.sees("Phones stay in a basket.", "#ideas + p + ul")
    page.locator("#id_text").fill("We start on time.")
    tab_to(page, "form[action*='/prepared'] button:not(.button-quiet)")
    keys.press("Enter")
    laptop.sees("We start on time.", "#prepared")
    looked_at(look, laptop, "the agreement")
    tab_to(page, "form[action$='/brought'] button")
    keys.press("Enter")
    laptop.sees("Phones stay in a basket.", "#prepared")

    page.goto(f"{home}agreement/versions/1?now")
    expect(page.locator("del")).to_have_text("[taken out: stays end]")
    expect(page.locator("ins")).to_have_count(2)
    assert "line-through" in page.locator("del").evaluate("e => getComputedStyle(e).textDecoration")
    assert "underline" in page.locator("ins").first.evaluate(
        "e => getComputedStyle(e).textDecoration"
    )
    looked_at(look, laptop, "two versions")
    page.locator("input[name=statement]").check()
    page.get_by_role("button", name="Suggest it again").click()
    page.wait_for_url("**/agreement?saved#prepared")
    laptop.sees("who was here number 0", "#prepared")

    # In the next meeting the room finds all of it among what waits, and nothing can be lost here.
    page.goto(home)
    laptop.open_doors()
    second = laptop.context.new_page()
    second.goto(f"{home}agreement")
    second.locator("#id_text").fill("Half-way words")
    second.get_by_role("button", name="Prepare it").click()
    expect(second.locator("#id_text")).to_have_value("Half-way words")
    expect(second.locator("#prepared")).to_contain_text("A meeting is going on")
    second.close()
    laptop.space()
    laptop.go_to("Our Comfort Agreement")
    laptop.sees("Phones stay in a basket.")
    look.finds_nothing()
