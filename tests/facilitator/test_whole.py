"""The whole stack on a real server: a sign of life, headers, and logs without content."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.no_network import path_of

PROGRAM = Path(__file__).with_name("planted_server.py")
ROOT = Path(__file__).resolve().parents[2]
WORD = "PLANTEDWORD"


class Whole:
    """A running server: its process and port."""

    def __init__(self, data: Path) -> None:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("FACILITATOR_")}
        self.process = subprocess.Popen(
            [sys.executable, str(PROGRAM)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**clean, "PYTHONPATH": path_of(ROOT), "FACILITATOR_DATA": str(data)},
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        result = answer.status, answer.headers, answer.read()
        connection.close()
        return result

    def stop(self) -> str:
        """Everything it printed and logged."""
        self.process.send_signal(signal.SIGTERM)
        out, errors = self.process.communicate(timeout=60)
        return out + errors


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Whole]:
    server = Whole(tmp_path)
    yield server
    if server.process.poll() is None:
        server.process.kill()
    server.process.communicate()


def test_it_lives_says_no_more_than_it_must_and_logs_no_content(whole: Whole) -> None:
    status, headers, body = whole.ask("GET", "/healthz")
    assert (status, body) == (200, b"ok")
    assert headers["Content-Type"].startswith("text/plain")

    status, headers, body = whole.ask("GET", f"/planted?name={WORD}", **{"User-Agent": WORD})
    assert status == 500
    assert WORD.encode() not in body
    assert b"<title>Meeting</title>" in body
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Server"] is None
    assert set(headers["Content-Security-Policy"].split("; ")) == {
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    }

    status, _, body = whole.ask("GET", f"/{WORD}")
    assert status == 404
    assert WORD.encode() not in body

    status, _, body = whole.ask("GET", "/healthz", Host=f"{WORD}.example.org")
    assert status == 400
    assert b"does not lead to a meeting" in body

    status, _, body = whole.ask("POST", "/planted", WORD.encode() * 1000)
    assert status == 413
    assert b"That is too long." in body

    status, _, body = whole.ask("POST", "/planted", f"name={WORD}".encode())
    assert status == 403
    assert b"out of date" in body

    status, headers, body = whole.ask("GET", "/static/django_htmx/htmx-4.min.js")
    if status == 200:
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Access-Control-Allow-Origin"] is None

    phone = socket.create_connection(("127.0.0.1", whole.port), timeout=60)
    host = f"127.0.0.1:{whole.port}"
    phone.sendall(
        f"GET /planted HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += phone.recv(1)
    assert b" 101 " in answer.split(b"\r\n")[0]
    phone.sendall(bytes([0x81, 0x80 | len(WORD), 0, 0, 0, 0]) + WORD.encode())
    assert phone.recv(4)[:1] == b"\x88"
    phone.close()

    log = whole.stop()
    assert WORD not in log
    assert "127.0.0.1" not in log
    assert "/planted" not in log
    lines = re.findall(r"^ERROR (\S+) ValueError at \S+:\d+.*$", log, re.M)
    assert lines == ["django.request", "facilitator.outermost"]
