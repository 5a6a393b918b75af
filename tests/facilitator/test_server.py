"""The server, for real: a process of its own, raw sockets, a client that stops reading."""

import http.client
import os
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.no_network import path_of

PROGRAM = Path(__file__).with_name("slow_phone_server.py")
ROOT = Path(__file__).resolve().parents[2]
MESSAGES = 2000
MESSAGE_BYTES = 64 * 1024


class Running:
    """A server process and the port it listens on."""

    def __init__(self, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(PROGRAM), *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path_of(ROOT), "PYTHONWARNINGS": "default"},
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    def get(self, path: str = "/") -> tuple[int, str, http.client.HTTPMessage]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body, answer.headers

    def progress(self) -> tuple[int, int, int, int]:
        """Messages begun, sockets that saw a disconnect, floods that ended, peak memory in MB."""
        begun, disconnected, over, peak = (int(word) for word in self.get()[1].split())
        return begun, disconnected, over, peak

    def standstill(self) -> int:
        """How many messages are begun once fifty answers in a row show no more."""
        last, same = -1, 0
        while same < 50:
            begun = self.progress()[0]
            same = same + 1 if begun == last and begun > 0 else 0
            last = begun
        return last

    def stop(self) -> tuple[str, str]:
        self.process.send_signal(signal.SIGTERM)
        out, errors = self.process.communicate(timeout=60)
        return out, errors


@contextmanager
def running(*options: str) -> Iterator[Running]:
    server = Running(*options)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.process.kill()
        server.process.communicate()


@pytest.fixture
def server() -> Iterator[Running]:
    with running() as it:
        yield it


def open_socket(port: int, path: str) -> tuple[socket.socket, bytes]:
    """A WebSocket as a raw TCP socket with a small window, and what came after the handshake."""
    phone = socket.socket()
    phone.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
    phone.settimeout(60)
    phone.connect(("127.0.0.1", port))
    phone.sendall(
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Extensions: permessage-deflate\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += phone.recv(1)
    return phone, answer


def read(phone: socket.socket, length: int) -> None:
    """Read that many bytes and forget them."""
    while length > 0:
        chunk = phone.recv(min(length, 1 << 20))
        assert chunk, "the connection ended early"
        length -= len(chunk)


def close_code(phone: socket.socket, seen: bytes = b"") -> int:
    """The code of the next frame, which must be a close frame."""
    while len(seen) < 4:
        chunk = phone.recv(4 - len(seen))
        assert chunk, "the connection ended without a close frame"
        seen += chunk
    assert seen[0] == 0x88
    return int(struct.unpack("!H", seen[2:4])[0])


def test_a_slow_phone_makes_send_wait_and_memory_stays_small(server: Running) -> None:
    before = server.progress()[3]
    phone, _ = open_socket(server.port, "/flood")
    assert server.standstill() * MESSAGE_BYTES < 4 * 1024 * 1024
    assert server.progress()[3] - before < 20
    read(phone, MESSAGES * MESSAGE_BYTES)
    while not server.progress()[2]:
        pass
    assert server.progress()[3] - before < 20
    phone.close()


def test_a_waiting_send_is_released_when_the_phone_is_gone(server: Running) -> None:
    phone, _ = open_socket(server.port, "/flood")
    server.standstill()
    phone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    phone.close()
    while server.progress()[1] == 0:
        pass
    assert server.progress()[:3] == (MESSAGES, 1, 1)


def test_a_slow_phone_does_not_delay_another(server: Running) -> None:
    slow, _ = open_socket(server.port, "/flood")
    standing = server.standstill()
    quick, _ = open_socket(server.port, "/flood")
    read(quick, MESSAGES * MESSAGE_BYTES)
    assert server.progress()[0] >= MESSAGES
    assert server.progress()[0] - standing <= MESSAGES
    quick.close()
    slow.close()


def test_sockets_are_told_that_the_server_restarts(server: Running) -> None:
    phones = [open_socket(server.port, "/wait")[0] for _ in range(3)]
    server.process.send_signal(signal.SIGTERM)
    assert [close_code(phone) for phone in phones] == [1012, 1012, 1012]
    out, errors = server.process.communicate(timeout=60)
    assert out.split() == ["leaving", "1012", "stopped"]
    assert errors == ""
    assert server.process.returncode == 0
    for phone in phones:
        phone.close()


@pytest.mark.parametrize("path", ["/flood", "/deaf"])
def test_the_server_stops_soon_whatever_hangs(path: str) -> None:
    with running("--hang") as server:
        phone, _ = open_socket(server.port, path)
        server.process.send_signal(signal.SIGTERM)
        # Three seconds by its own clock; without the bounds it would never end.
        server.process.wait(timeout=60)
        phone.close()


def test_a_failing_socket_is_closed_and_its_words_are_not_logged(server: Running) -> None:
    phone, _ = open_socket(server.port, "/raise")
    assert close_code(phone) == 1011
    phone.close()
    _, errors = server.stop()
    assert "ValueError at" in errors
    assert "PLANTEDWORD" not in errors
    assert "127.0.0.1" not in errors
    assert "/raise" not in errors


def test_a_refused_socket_gets_403_and_the_server_does_not_name_itself(server: Running) -> None:
    phone, answer = open_socket(server.port, "/refuse")
    assert b"403" in answer.split(b"\r\n")[0]
    assert b"daphne" not in answer.lower()
    assert b"autobahn" not in answer.lower()
    phone.close()
    assert server.get()[2]["Server"] is None


def test_frames_are_never_compressed(server: Running) -> None:
    phone, answer = open_socket(server.port, "/wait")
    assert b"101" in answer.split(b"\r\n")[0]
    assert b"permessage-deflate" not in answer.lower()
    phone.close()


def test_a_phone_that_talks_too_much_is_closed(server: Running) -> None:
    phone, _ = open_socket(server.port, "/deaf")
    for _ in range(80):
        phone.sendall(b"\x81\x81\0\0\0\0a")
    assert close_code(phone) == 1008
    phone.close()


def test_a_message_above_the_bound_ends_the_connection(server: Running) -> None:
    phone, _ = open_socket(server.port, "/wait")
    phone.sendall(b"\x81\xfe" + struct.pack("!H", 9000) + b"\0\0\0\0" + b"a" * 9000)
    try:
        rest = phone.recv(1)
    except ConnectionResetError:
        rest = b""
    assert rest == b""
    while server.progress()[1] == 0:
        pass
    phone.close()


def post(port: int, body: bytes, *, chunked: bool) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    if chunked:
        connection.request("POST", "/length", body=iter([body]), encode_chunked=True)
    else:
        connection.request("POST", "/length", body=body)
    answer = connection.getresponse()
    result = answer.status, answer.read().decode()
    connection.close()
    return result


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_arrives_whole_or_is_refused_with_a_sentence(server: Running, chunked: bool) -> None:
    assert post(server.port, b"a" * 60_000, chunked=chunked) == (200, "60000")
    status, page = post(server.port, b"a" * 200_000, chunked=chunked)
    assert status == 413
    assert "That is too long" in page
