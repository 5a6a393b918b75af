"""One laptop, six phones, the whole agenda from doors to receipt, on a bad day."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MakePhone
from tests.browser.people import Laptop, Phone
from tests.browser.server import Server
from tests.browser.wire import Wire

pytestmark = pytest.mark.browser

GROUP = "Wednesday Dual Recovery"
AGREEMENT_STEP = "Our Comfort Agreement"
CHECKIN_STEP = "Anonymous check-in"


def planted(what: str) -> str:
    """A word that is nowhere else in the world."""
    return f"{what}{secrets.token_hex(5)}"


def hide(laptop: Laptop) -> None:
    """She works in another window: the page is told that it is hidden."""
    laptop.page.evaluate(
        """() => {
          Object.defineProperty(document, 'visibilityState', {get: () => 'hidden'});
          Object.defineProperty(document, 'hidden', {get: () => true});
          document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )


def leaks(folder: Path, output: str, words: list[str]) -> dict[str, list[str]]:
    """Which of the words are in which of the files that the server keeps, or in what it said."""
    surfaces = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    surfaces["output"] = output.encode()
    found = {
        name: [word for word in words if word.encode() in content]
        for name, content in surfaces.items()
    }
    return {name: hits for name, hits in found.items() if hits}


def phone_of(make_phone: MakePhone, code: str, name: str, **kwargs: object) -> Phone:
    phone = make_phone(**kwargs)
    phone.join(code, name)
    return phone


def test_a_whole_meeting_on_a_bad_day_leaves_nothing_of_anyone(
    server: Server, wire: Wire, laptop: Laptop, make_phone: MakePhone
) -> None:
    names = [planted("Name") for _ in range(5)]
    suggestion, second_thought = planted("We pass the "), planted("We keep ")

    # Doors: five phones come in, one of them by a wire that will be cut, one that can only poll.
    code = laptop.open_doors()
    river, jo = (phone_of(make_phone, code, name) for name in names[:2])
    sam = phone_of(make_phone, code, names[2], polls=True)
    pat = phone_of(make_phone, code, names[3], address=wire.address)
    nameless = phone_of(make_phone, code, "")
    phones = [river, jo, sam, pat, nameless]
    laptop.sees("6 here")
    laptop.sees("and one more")
    for phone in phones:
        phone.sees("You’re in.")

    # The welcome, then the confidentiality reading: a part is taken, and the same part is on
    # every phone. One phone is loaded again in the middle.
    laptop.space()
    river.sees("Now · Welcome")
    laptop.go_to("Confidentiality")
    river.sees("Now · Confidentiality")
    river.page.get_by_role("button", name="I’ll read part 1").click()
    jo.sees(f"{names[0]} is reading")
    laptop.sees(names[0], "#region-lead-now")
    jo.page.reload()
    river.page.get_by_role("button", name="Turn to part 2").click()
    for phone in phones:
        phone.sees("part 2 of 3")

    # She works in another window; her socket does not close, and news still arrives.
    closed: list[str] = []
    laptop.page.on("websocket", lambda socket: closed.append(socket.url))
    hide(laptop)
    jo.page.get_by_role("button", name="Hand").click()
    laptop.sees(names[1], "#room-hands")
    assert closed == [], "her socket had to be opened again"

    # The agreement: one suggests, everyone responds, the facilitator asks aloud and adopts.
    laptop.go_to(AGREEMENT_STEP)
    sam.suggest(suggestion)
    for phone in phones:
        phone.sees(suggestion)
    jo.respond(suggestion, "talk")
    laptop.sees("Someone would like to talk about this", "#region-lead-now")
    laptop.page.keyboard.press("a")
    laptop.sees("Someone would like to talk about this. Talk first, or park it.")
    expect(laptop.page.get_by_role("button", name="Adopt")).to_have_attribute(
        "aria-disabled", "true"
    )
    jo.respond(suggestion, "live")
    expect(laptop.page.get_by_role("button", name="Adopt")).not_to_have_attribute(
        "aria-disabled", "true"
    )
    laptop.page.keyboard.press("d")
    for phone in phones:
        phone.sees(suggestion, "#region-now")
    river.suggest(second_thought)
    laptop.sees(second_thought)

    # A socket drops while someone is typing: it comes back by itself, and the words are there.
    typing = planted("half-typed ")
    pat.page.locator("#suggest-text").fill(typing)
    wire.drop()
    nameless.respond(second_thought, "not-now")
    pat.sees("Someone would like to talk about this")
    expect(pat.page.locator("#suggest-text")).to_have_value(typing)

    # A late joiner.
    late = phone_of(make_phone, code, names[4])
    phones.append(late)
    laptop.sees("7 here")

    # An open check-in when the plug is pulled: discarded, and it says so.
    laptop.go_to(CHECKIN_STEP)
    laptop.space()
    river.answer(0)
    jo.answer(1)
    server.kill()
    server.start()
    for phone in phones:
        phone.sees("the answers are gone")
    laptop.sees("The app was restarted")
    laptop.sees(names[0], "#room-here")
    laptop.sees("7 here")

    # The suggestion outlived it, unsigned; what people responded did not.
    laptop.go_to(AGREEMENT_STEP)
    for phone in phones:
        phone.sees(second_thought)
        phone.does_not_see("Someone would like to talk about this")
        phone.sees(suggestion, "#region-now")

    # On to the end.
    laptop.go_to("Closing")
    laptop.sees("ends")
    laptop.end()
    laptop.sees("What")
    for phone in phones:
        phone.sees("The meeting has ended.")
        phone.does_not_see(suggestion)
        phone.does_not_see(names[0])

    # What belongs to the group is kept; what belongs to a person is not.
    server.stop()
    gone = [*names, second_thought, typing, code]
    assert leaks(server.folder, server.output, gone) == {}
    kept = leaks(server.folder, server.output, [GROUP, suggestion])
    assert kept, "the search finds nothing at all, so it proves nothing"
    assert set().union(*kept.values()) == {GROUP, suggestion}
    assert list((server.folder / "live").iterdir()) == []


def test_a_check_in_is_answered_closed_and_shown_to_everyone_together(
    laptop: Laptop, make_phone: MakePhone
) -> None:
    code = laptop.open_doors()
    phones = [phone_of(make_phone, code, name) for name in ("A", "B", "C", "D")]
    laptop.space()
    laptop.go_to(CHECKIN_STEP)
    laptop.sees("Fewer than 5 phones are here")
    phones += [phone_of(make_phone, code, name) for name in ("E", "F")]
    laptop.sees("Open the check-in")
    for phone in phones:
        phone.sees("A check-in is coming")

    laptop.space()
    phones[0].sees("only if at least 5 people answer")
    for phone in phones[:4]:
        phone.answer(0)
    phones[4].answer(2)
    laptop.sees("Most have answered")
    phones[5].pass_()
    laptop.sees("Everyone has answered")
    assert laptop.page.locator("[data-band]").count() == 0

    laptop.space()
    for one in [laptop, *phones]:
        one.sees("Shared with the room")
        assert one.page.locator("[data-band]").count() == 4
        assert one.page.locator(".bands li").first.inner_text().split()[-1] == "most"
    laptop.sees("If today is hard, you are not the only one here.")
    laptop.page.get_by_role("button", name="Put the support lines on every phone").click()
    for phone in phones:
        phone.sees("People you can call or text", "#region-notice")

    # Every act of hers has a key: any step by its number, and the end in two steps.
    laptop.page.evaluate("document.activeElement?.blur()")
    laptop.page.keyboard.press("7")
    for phone in phones:
        phone.sees("Now · Closing")
    laptop.page.keyboard.press("x")
    expect(laptop.page.locator("#end")).to_be_visible()
