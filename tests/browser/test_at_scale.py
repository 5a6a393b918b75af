"""The meeting in browsers when it is on two web processes, one of which dies under it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MakePhone
from tests.browser.people import Laptop
from tests.browser.server import Server
from tests.browser.test_whole_meeting import (
    AGREEMENT_STEP,
    CHECKIN_STEP,
    phone_of,
    planted,
)
from tests.browser.wire import Wire
from tests.scale.conftest import static_files
from tests.scale.processes import running
from tests.scale.test_four_ways import everything_in
from tests.servers import RedisServer

__all__ = ["static_files"]

pytestmark = pytest.mark.browser


class Behind:
    """Two servers behind one address, as a proxy would have it."""

    def __init__(self, servers: list[Server], proxy: Wire) -> None:
        self.first, self.second = servers
        self.address, self.port = proxy.address, proxy.port
        self.sign_in_link = self.second.sign_in_link.replace(
            f":{self.second.port}", f":{proxy.port}"
        )


@pytest.fixture
def server(
    tmp_path: Path, redis_server: RedisServer, postgres_address: str, static_files: Path
) -> Iterator[Behind]:
    with running(
        2, tmp_path, static_files, redis=redis_server.address, database=postgres_address
    ) as servers:
        proxy = Wire(*(each.port for each in servers))
        yield Behind(servers, proxy)
        proxy.close()


def test_a_whole_meeting_goes_on_when_one_of_two_processes_dies(
    server: Behind,
    laptop: Laptop,
    make_phone: MakePhone,
    redis_server: RedisServer,
    postgres_address: str,
) -> None:
    names, suggestion = [planted("Name") for _ in range(6)], planted("We pass the ")
    code = laptop.open_doors()
    phones = [
        phone_of(make_phone, code, name, polls=number == 2) for number, name in enumerate(names)
    ]
    laptop.sees("7 here")
    laptop.space()
    laptop.go_to("Confidentiality")
    phones[0].page.get_by_role("button", name="I’ll read part 1").click()
    for phone in phones[1:]:
        phone.sees(f"{names[0]} is reading")
    phones[1].page.get_by_role("button", name="Hand").click()
    laptop.sees(names[1], "#room-hands")

    laptop.go_to(AGREEMENT_STEP)
    phones[2].suggest(suggestion)
    for phone in phones:
        phone.sees(suggestion)
    laptop.page.keyboard.press("a")
    adopt = laptop.page.get_by_role("button", name="Adopt")
    expect(adopt).not_to_have_attribute("aria-disabled", "true")
    laptop.page.keyboard.press("d")
    for phone in phones:
        phone.sees(suggestion, "#region-now")

    laptop.go_to(CHECKIN_STEP)
    laptop.space()
    for phone in phones[:3]:
        phone.answer(0)
    server.first.kill()
    phones[3].answer(0)
    phones[4].answer(2)
    phones[5].pass_()
    laptop.sees("Everyone has answered")
    laptop.sees(names[1], "#room-hands")
    laptop.does_not_see("The app was restarted")
    laptop.space()
    for one in [laptop, *phones]:
        one.sees("Shared with the room")
        assert one.page.locator("[data-band]").count() == 4

    laptop.go_to("Closing")
    laptop.end()
    for phone in phones:
        phone.sees("The meeting has ended.")
    server.second.stop()
    kept = everything_in(postgres_address)
    assert suggestion.encode() in kept
    assert not any(name.encode() in kept for name in [*names, code])
    assert not any(b":meeting:" in name for name in redis_server.everything())
    output = server.first.output + server.second.output
    assert "ERROR" not in output and not any(name in output for name in names)
