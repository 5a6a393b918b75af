"""Two accounts of one group, or two laptops of one account, steer one meeting together."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.evening import Evening
from tests.browser.people import Laptop
from tests.browser.server import Server

pytestmark = pytest.mark.browser

PRESS = "document.querySelector('#control-primary').click()"
# In the very moment in which the button comes to mean something else.
PRESS_AS_IT_CHANGES = f"""(wanted) => {{
  if (document.querySelector('#now-heading').textContent !== wanted) return false;
  {PRESS};
  return true;
}}"""


@pytest.fixture(scope="module")
def evening(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    server = Server(tmp_path_factory.mktemp("evening") / "data")
    server.start()
    evening = Evening(browser, server)
    evening.set_steps(*((kind, "") for kind in ("welcome", "silence", "round", "break", "closing")))
    yield evening
    evening.close()
    server.kill()


def link_of_a_second_account(evening: Evening) -> str:
    token, account = secrets.token_urlsafe(24), secrets.token_hex(16)
    columns = [column[1] for column in evening.kept("PRAGMA table_info(meetings_facilitator)")]
    new = {"id": f"'{account}'", "name": "'Bea'", "email": "''"}
    values = ", ".join(new.get(column, f'"{column}"') for column in columns)
    evening.arrange(
        (f"INSERT INTO meetings_facilitator SELECT {values} FROM meetings_facilitator LIMIT 1", ()),
        (
            "INSERT INTO meetings_group_facilitators (group_id, facilitator_id) "
            "SELECT id, ? FROM meetings_group",
            (account,),
        ),
        (
            "INSERT INTO meetings_signinlink (digest, facilitator_id, expires) "
            "VALUES (?, ?, '2999-01-01 00:00:00')",
            (hashlib.sha256(token.encode()).hexdigest(), account),
        ),
    )
    return f"{evening.server.address}/in/{token}"


def titles(laptop: Laptop) -> Locator:
    return laptop.page.locator(".agenda-title")


def both_show(one: Laptop, other: Laptop, region: str) -> None:
    wanted = one.page.locator(region).inner_text()
    expect(other.page.locator(region)).to_have_text(wanted, use_inner_text=True)


@pytest.mark.parametrize("whose", ["a second account", "her second laptop"])
def test_two_consoles_steer_one_meeting_without_fighting(
    evening: Evening, browser: Browser, whose: str
) -> None:
    evening.new_meeting()
    hers, second = evening.laptop, Laptop(browser, evening.server.address)
    evening.everyone.append(second)
    link = (
        link_of_a_second_account(evening)
        if whose == "a second account"
        else evening.new_sign_in_link()
    )
    second.page.goto(link)
    second.page.get_by_role("button", name="Sign in").click()
    second.page.goto(hers.page.url)
    both = (hers, second)

    # Both press the one button in the same moment: one step, no sentence.
    for wanted in ("Welcome step", "Silence step"):
        for laptop in both:
            laptop.rest_between_presses()
        for laptop in both:
            laptop.page.evaluate(PRESS)
        for laptop in both:
            expect(laptop.page.locator("#now-heading")).to_have_text(wanted)
    # One press comes just after the other's has changed what the button means.
    for laptop in both:
        laptop.rest_between_presses()
    hers.page.evaluate(PRESS)
    second.page.wait_for_function(PRESS_AS_IT_CHANGES, arg="Round step")
    for laptop in both:
        laptop.rest_between_presses()
        expect(laptop.page.locator("#now-heading")).to_have_text("Round step")

    # One moves, the other skips, while her own change is on its way.
    for laptop in both:
        laptop.page.get_by_text("Change the plan", exact=True).click()
    hers.page.locator(".agenda-acts").last.get_by_role("button", name="Earlier").click()
    second.page.locator("li", has_text="Break step").get_by_role("button", name="Skip").click()
    for laptop in both:
        expect(laptop.page.locator("[data-skipped]")).to_contain_text("Break step")
        expect(titles(laptop)).to_contain_text(
            ["Welcome step", "Silence step", "Round step", "Closing step", "Break step"]
        )
        expect(laptop.page.locator("#plan-change")).to_be_checked()

    # One types a new step while the other goes on: nothing typed is lost.
    hers.page.locator("#add-step-open").click()
    hers.page.locator("#add-step-title").fill("Tea and cake")
    second.rest_between_presses()
    second.page.locator("#control-primary").click()
    expect(second.page.locator("#now-heading")).to_have_text("Closing step")
    hers.page.locator("#add-step-after").select_option(label="Break step")
    hers.page.locator("#add-step-title").press("Enter")
    expect(hers.page.locator("#add-step")).to_be_hidden()
    expect(hers.page.locator("#add-step-open")).to_be_focused()
    for laptop in both:
        expect(titles(laptop).last).to_have_text("Tea and cake")
    both_show(hers, second, "#region-agenda")
    both_show(hers, second, "#region-controls")
    both_show(hers, second, "#region-glance")
    for laptop in both:
        expect(laptop.page.locator("#said")).to_be_empty()
