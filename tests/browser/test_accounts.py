"""A co-facilitator from her invitation to the day she is removed; each page for everyone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import Look
from tests.browser.people import LAPTOP, Laptop, Watched
from tests.browser.server import Server

pytestmark = pytest.mark.browser

PASSWORD = "three green kettles"
WORDS = "What I must report, said in my own words."


class NamedServer(Server):
    """By the name under which browsers have passkeys."""

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = NamedServer(tmp_path_factory.mktemp("accounts") / "data")
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def ana(browser: Browser, server: Server) -> Iterator[Laptop]:
    laptop = Laptop(browser, server.address)
    laptop.sign_in(server.sign_in_link.replace("127.0.0.1", "localhost"))
    yield laptop
    laptop.close()


def invited(ana: Laptop, server: Server) -> str:
    """A path."""
    ana.page.goto(f"{group_of(ana)}people")
    ana.page.get_by_role("button", name="Invite a facilitator").click()
    link = ana.page.locator("#once-link").input_value()
    return link[link.index("/invitation/") :]


def group_of(laptop: Laptop) -> str:
    laptop.page.goto("/groups/")
    return str(laptop.page.locator("main a[href^='/group/']").get_attribute("href"))


def with_a_finger(who: Watched) -> None:
    """A device that recognises whoever touches it."""
    session = who.context.new_cdp_session(who.page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def sign_out(page: Page) -> None:
    page.goto("/account/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()


def test_from_the_invitation_to_being_removed_while_writing(
    browser: Browser, server: Server, ana: Laptop
) -> None:
    dora = Watched(browser, server.address, LAPTOP)
    page = dora.page
    page.goto(invited(ana, server))
    page.get_by_label("Your name here").fill("Dora")
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Join as a facilitator").click()
    page.wait_for_url("**/group/*/")
    group = page.url

    sign_out(page)
    page.goto(group)
    page.get_by_label("Your name or e-mail").fill("dora")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(group)

    with_a_finger(dora)
    page.goto("/account/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Go on").click()
    # The form is not filled in yet, so the device was not asked.
    expect(page.get_by_label("A name for this passkey")).to_be_focused()
    page.get_by_label("A name for this passkey").fill("my finger")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/account/?saved")
    dora.sees("my finger")

    sign_out(page)
    page.goto(group)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(group)

    page.goto(f"{group}settings")
    words = page.locator("textarea").first
    words.fill(WORDS)
    ana.page.goto(f"{group}people")
    ana.page.get_by_role("link", name="Remove… Dora").click()
    ana.page.get_by_role("button", name="Remove", exact=True).click()
    ana.sees("Saved.")
    page.locator("main form button[type=submit]").last.click()
    dora.sees("so this was not saved")
    dora.sees(WORDS)
    page.goto(group)
    dora.sees("There is nothing here")
    page.goto("/groups/")
    dora.sees("You lead no group right now.")
    assert dora.complaints == [] and dora.foreign == []
    dora.close()


def test_a_passkey_that_is_not_there_is_told_in_a_sentence(
    browser: Browser, server: Server
) -> None:
    eve = Watched(browser, server.address, LAPTOP)
    with_a_finger(eve)
    eve.page.goto("/account/login/")
    expect(eve.page.locator("#passkey-wrong")).to_be_hidden()
    eve.page.get_by_role("button", name="Use a passkey").click()
    expect(eve.page.locator("#passkey-wrong")).to_be_visible()
    assert eve.complaints == []
    eve.close()


def test_every_page_is_for_everyone(browser: Browser, server: Server, ana: Laptop) -> None:
    look = Look()
    visitor = Watched(browser, server.address, LAPTOP)

    def at(who: Watched, path: str, what: str) -> None:
        who.page.goto(path)
        look.at(who.page, what, on_phones=False)

    invitation = invited(ana, server)
    group = group_of(ana)
    for path, what in [
        ("/account/login/", "signing in"),
        ("/account/recovery/", "recovery"),
        (invitation, "an invitation"),
        ("/invitation/used", "an invitation that is used up"),
    ]:
        at(visitor, path, what)
    visitor.page.goto("/account/login/")
    visitor.page.get_by_label("Your name or e-mail").fill("Eve")
    visitor.page.get_by_label("Password").fill("guess")
    visitor.page.keyboard.press("Enter")
    visitor.sees("do not go together")
    look.at(visitor.page, "a wrong password", on_phones=False)
    visitor.page.goto(invitation)
    visitor.page.get_by_label("Your name here").fill("Eve")
    visitor.page.get_by_label("Choose a password").fill(PASSWORD)
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/group/*/")

    at(ana, "/account/", "the account without a password")
    ana.page.goto("/account/")
    ana.page.get_by_label("New password").fill("short")
    ana.page.keyboard.press("Enter")
    ana.sees("At least 10 letters")
    look.at(ana.page, "a password that is too short", on_phones=False)
    ana.page.get_by_label("New password").fill(PASSWORD)
    ana.page.keyboard.press("Enter")
    ana.page.wait_for_url("**/account/?saved")
    look.at(ana.page, "the account", on_phones=False)
    for path, what in [
        ("/account/passkeys/add", "adding a passkey"),
        ("/account/out", "signing out everywhere"),
        ("/groups/", "groups"),
        (f"{group}people", "facilitators"),
        (f"{group}people/leave", "leaving"),
        ("/host/", "the host's page"),
    ]:
        at(ana, path, what)
    ana.page.get_by_role("link", name="Look after Wednesday Dual Recovery").click()
    look.at(ana.page, "a group at the host's", on_phones=False)
    ana.page.get_by_role("link", name="Delete the group…").click()
    look.at(ana.page, "deleting a group", on_phones=False)
    ana.page.goto("/host/")
    ana.page.get_by_role("link", name="Look after Eve").click()
    look.at(ana.page, "a facilitator at the host's", on_phones=False)
    ana.page.get_by_role("link", name="Remove from this server…").click()
    look.at(ana.page, "removing an account", on_phones=False)
    ana.page.goto(f"{group}people")
    ana.page.get_by_role("link", name="Remove… Eve").click()
    look.at(ana.page, "removing a colleague", on_phones=False)
    ana.page.goto(f"{group}people")
    ana.page.get_by_role("button", name="Sign-in link for Eve").click()
    look.at(ana.page, "a link to hand over", on_phones=False)
    ana.page.get_by_role("button", name="Copy").click()
    expect(ana.page.locator(".join-copied")).not_to_be_empty()
    assert ana.complaints == visitor.complaints == []
    assert ana.foreign == visitor.foreign == []
    visitor.close()
    look.finds_nothing()


@pytest.mark.parametrize("path", ["/account/login/", "/account/", "/host/", "people"])
def test_large_text_on_a_narrow_page_loses_nothing(ana: Laptop, path: str) -> None:
    page = ana.page
    page.goto(path if path != "people" else f"{group_of(ana)}people")
    page.set_viewport_size({"width": 320, "height": 720})
    wide = page.evaluate(
        """() => {
          document.documentElement.style.fontSize = '200%';
          return [...document.querySelectorAll('body *')]
            .filter((one) => one.checkVisibility() && !one.closest('.sr-only'))
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
            .map((one) => one.className || one.localName);
        }"""
    )
    page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
    assert wide == []
