"""No test, and no program that a test starts, asks another machine for anything."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request

import pytest

from facilitator.network import lan_address
from tests import no_network

# Reserved for documentation: nobody is there, should this ever not be refused.
ELSEWHERE = ("192.0.2.1", 9)


def refused() -> type[BaseException]:
    guard = sys.modules.get("sitecustomize")
    if not hasattr(guard, "Outgoing"):
        guard = sys.modules["tests.no_network.sitecustomize"]
    found: type[BaseException] = guard.Outgoing  # type: ignore[union-attr]
    return found


def test_a_test_that_connects_to_another_machine_fails() -> None:
    with pytest.raises(refused()), socket.create_connection(ELSEWHERE, timeout=1):
        pass


def test_a_test_that_looks_a_name_up_fails() -> None:
    with pytest.raises(refused()):
        urllib.request.urlopen("http://example.org/", timeout=1)


def test_a_test_that_sends_a_datagram_away_fails() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, pytest.raises(refused()):
        probe.sendto(b"x", ELSEWHERE)


def test_nobody_can_forgive_it_as_a_network_that_fails() -> None:
    assert not issubclass(refused(), Exception)


def test_this_machine_may_be_asked() -> None:
    with socket.create_server(("127.0.0.1", 0)) as here:
        for host in ("127.0.0.1", "localhost"):
            socket.create_connection((host, here.getsockname()[1]), timeout=5).close()
    # A laptop still learns by which address phones reach it.
    assert lan_address() is None or lan_address()


def test_a_program_that_a_test_starts_ends_when_it_asks_another_machine() -> None:
    program = f"import socket; socket.create_connection({ELSEWHERE!r}, timeout=1)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 86
    assert b"outgoing network refused" in done.stderr
    assert str(no_network.FOLDER) in os.environ["PYTHONPATH"]
