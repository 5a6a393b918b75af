"""One word starts a meeting server, and what it prints is what a facilitator needs."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from facilitator import alone, command

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "from facilitator.command import main; raise SystemExit(main())"


@pytest.fixture
def started(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("FACILITATOR_")}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--port", "0", "--no-browser"],
        cwd=ROOT,
        env={**clean, "FACILITATOR_DATA": str(tmp_path / "data")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def test_one_word_starts_everything_and_a_signal_ends_it(started: subprocess.Popen[str]) -> None:
    assert started.stdout is not None
    printed = ""
    for line in started.stdout:
        printed += line
        if "Ctrl+C" in line:
            break
    link = re.search(r"http://localhost:(\d+)(/in/\S{20,})", printed)
    assert link
    phones = re.search(r"Phones +(http://\S+|none yet)", printed)
    assert phones
    # The QR code is drawn with half blocks.
    assert ("▄" in printed) == phones.group(1).startswith("http")

    for path, expected in [("/healthz", 200), ("/", 200), (link.group(2), 200)]:
        connection = http.client.HTTPConnection("127.0.0.1", int(link.group(1)), timeout=60)
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        assert (path, answer.status) == (path, expected)

    started.send_signal(signal.SIGTERM)
    rest, errors = started.communicate(timeout=60)
    assert started.returncode == 0
    assert rest.strip() == ""
    assert errors == ""


def _until_it_serves(started: subprocess.Popen[str]) -> str:
    assert started.stdout is not None
    printed = ""
    while "Ctrl+C" not in printed:
        line = started.stdout.readline()
        assert line, printed
        printed += line
    return printed


def _start_again(folder: Path, port: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("FACILITATOR_")}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, "--port", port, "--no-browser"],
        cwd=ROOT,
        env={**clean, "FACILITATOR_DATA": str(folder)},
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )


def test_a_second_start_in_the_same_folder_stops_and_says_whose_it_is(
    started: subprocess.Popen[str], tmp_path: Path
) -> None:
    link = re.search(r"http://localhost:(\d+)(/in/\S{20,})", _until_it_serves(started))
    assert link
    second = _start_again(tmp_path / "data", "0")
    assert (second.returncode, second.stdout) == (1, "")
    assert str(tmp_path / "data") in second.stderr and "running already" in second.stderr

    # On the same port too, it does not send her to another one beside a running meeting.
    second = _start_again(tmp_path / "data", link.group(1))
    assert "running already" in second.stderr and "--port" not in second.stderr

    # And the first one's link has not been replaced.
    connection = http.client.HTTPConnection("127.0.0.1", int(link.group(1)), timeout=60)
    connection.request("GET", link.group(2))
    assert connection.getresponse().status == 200
    connection.close()


def test_a_server_that_was_killed_leaves_its_folder_to_the_next(
    started: subprocess.Popen[str], tmp_path: Path, settings: Any
) -> None:
    _until_it_serves(started)
    settings.FACILITATOR_DATA = tmp_path / "data"
    assert not alone.hold_folder()
    started.kill()
    started.wait(20)
    assert alone.hold_folder()
    alone._held.pop().close()


def test_a_taken_port_is_told_in_a_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        sentence = command.cannot_listen("127.0.0.1", port)
    assert f"Port {port} is in use" in sentence
    assert "facilitator --port" in sentence
    assert command.cannot_listen("127.0.0.1", port) == ""


def test_an_address_of_another_computer_is_told_in_a_sentence() -> None:
    assert "does not have the address" in command.cannot_listen("203.0.113.9", 0)


@pytest.mark.parametrize("name", ["SSH_CONNECTION", "SSH_TTY", "CI"])
def test_no_browser_opens_where_nobody_would_see_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in ("SSH_CONNECTION", "SSH_TTY", "CI"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    assert command._has_display()
    monkeypatch.setenv(name, "1")
    assert not command._has_display()


@pytest.mark.parametrize("text", ["-1", "65536", "1e3", "http", "", "٣"])
def test_an_odd_port_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        command.main(["run", f"--port={text}"])
    assert refused.value.code == 2
    assert "a port is a whole number" in capsys.readouterr().err
