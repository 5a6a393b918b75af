"""A real server and a real browser for each test that asks for them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from scripts.browser import browser_executable
from tests.browser.looking import Look
from tests.browser.people import Laptop, Phone, Watched
from tests.browser.server import Server
from tests.browser.wire import Wire

MakePhone = Callable[..., Phone]


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """More than cores: pages wait most of the time, for each other and for the next poll."""
    cores = os.cpu_count() or 1
    return cores + cores // 2


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = browser_executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def look() -> Look:
    return Look()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "data")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    """Between the server and whoever is given `wire.address`."""
    wire = Wire(server.port)
    yield wire
    wire.close()


@pytest.fixture
def watched() -> Iterator[list[Watched]]:
    """Everyone who was in a test: no complaint in a console, no request to anyone else."""
    everyone: list[Watched] = []
    yield everyone
    complaints = [complaint for one in everyone for complaint in one.complaints]
    foreign = [url for one in everyone for url in one.foreign]
    for one in everyone:
        one.close()
    assert complaints == []
    assert foreign == []


@pytest.fixture
def laptop(browser: Browser, server: Server, watched: list[Watched]) -> Laptop:
    """A facilitator who has signed in and stands on her group's page."""
    laptop = Laptop(browser, server.address)
    watched.append(laptop)
    laptop.sign_in(server.sign_in_link)
    return laptop


@pytest.fixture
def make_phone(browser: Browser, server: Server, watched: list[Watched]) -> MakePhone:
    def make(**kwargs: object) -> Phone:
        address = str(kwargs.pop("address", server.address))
        phone = Phone(browser, address, **kwargs)  # type: ignore[arg-type]
        watched.append(phone)
        return phone

    return make
