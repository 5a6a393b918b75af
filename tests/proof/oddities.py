"""What nobody's page sends: every odd thing that a server may get, each with a word of its own."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

from tests.proof.planting import Words

KEY = "dGhlIHNhbXBsZSBub25jZQ=="
# More than the server keeps, in body and in header.
LONG = 200_000


class Stranger:
    """Someone with a socket and no browser, at an address of their own."""

    def __init__(self, base: str, words: Words, here: str = "127.0.0.1") -> None:
        parts = urlsplit(base)
        self.there = (parts.hostname or "", parts.port or 80)
        self.host = parts.netloc
        self.words = words
        self.here = here

    def send(self, *parts: bytes) -> bytes:
        """Send this, and what comes back till the server has no more to say."""
        with closing(socket.create_connection(self.there, 20, (self.here, 0))) as connection:
            answer = b""
            try:
                for part in parts:
                    connection.sendall(part)
                while received := connection.recv(65536):
                    answer += received
                    if answer.startswith(b"HTTP/1.1 101") and b"\r\n\r\n" in answer:
                        break
            except OSError:
                # Cut off in the middle of what it sent: an answer too.
                pass
            return answer

    def request(
        self, line: str, *headers: str, body: bytes = b"", host: str | None = None
    ) -> bytes:
        every = (
            f"{line} HTTP/1.1",
            f"Host: {self.host if host is None else host}",
            "Connection: close",
            f"Content-Length: {len(body)}",
            *headers,
            "",
            "",
        )
        return self.send("\r\n".join(every).encode("latin-1") + body)

    def socket(
        self, path: str, *frames: bytes, headers: tuple[str, ...] = (), origin: str = ""
    ) -> bytes:
        """Open a WebSocket, send these bytes as they are, and read till it closes."""
        opening = (
            f"GET {path} HTTP/1.1",
            f"Host: {self.host}",
            f"Origin: {origin or f'http://{self.host}'}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {KEY}",
            *headers,
            "",
            "",
        )
        with closing(socket.create_connection(self.there, 20, (self.here, 0))) as connection:
            connection.sendall("\r\n".join(opening).encode("latin-1"))
            answer = b""
            try:
                while b"\r\n\r\n" not in answer and (received := connection.recv(65536)):
                    answer += received
                if not answer.startswith(b"HTTP/1.1 101"):
                    return answer
                for frame in frames:
                    connection.sendall(frame)
                while received := connection.recv(65536):
                    answer += received
            except OSError:
                pass
            return answer


def frame(payload: bytes, first: int = 0x81) -> bytes:
    """A masked frame; `first` are its flags and its kind."""
    mask = os.urandom(4)
    masked = bytes(byte ^ mask[n % 4] for n, byte in enumerate(payload))
    assert len(payload) < 126
    return bytes([first, 0x80 | len(payload)]) + mask + masked


def odd_requests(stranger: Stranger, cookie: str) -> Iterator[tuple[str, bytes]]:
    """Everything odd, one after the other: what it was, and what came back.

    `cookie` is a seat's, for a socket that is let in.
    """
    host, ask, word = stranger.host, stranger.request, stranger.words.person
    browser = f"User-Agent: {word('a stranger’s browser')}"
    forwarded = word("a forwarded address")
    yield (
        "many headers",
        ask(
            f"GET /{word('an unknown path')}?{word('a question in an address')}",
            browser,
            f"X-Forwarded-For: {forwarded}, 10.0.0.1",
            f"Forwarded: for={forwarded}",
            f"X-Real-IP: {forwarded}",
            f"Referer: http://{host}/{word('where someone came from')}",
            f"Accept-Language: {word('a language')}",
            f"Cookie: seat={word('a cookie')}; csrf={word('a token')}; session={word('a session')}",
        ),
    )
    yield "another host", ask("GET /", host=f"{word('a host')}.example.org")
    yield "no host", ask("GET /", host=f"{word('no host')} at all")
    yield "no method", stranger.send(f"{word('no method')}\r\n\r\n".encode())
    yield "another method", ask(f"{word('a method').upper()} /")
    yield "no token", ask("POST /", body=f"code={word('a code without a token')}".encode())
    yield (
        "too long",
        ask("POST /", body=f"code={word('a code that is too long')}".encode() + b"x" * LONG),
    )
    many = "".join(f"{word('a chunk')}:{'y' * 9000}" for _ in range(20)).encode()
    yield (
        "in chunks",
        stranger.send(
            f"POST / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n"
            "Connection: close\r\n\r\n".encode(),
            f"{len(many):x}\r\n".encode() + many + b"\r\n0\r\n\r\n",
        ),
    )
    yield (
        "an odd chunk",
        stranger.send(
            f"POST / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n"
            f"{word('no length')}\r\n".encode()
        ),
    )
    yield (
        "nobody’s agreement",
        ask(
            f"POST /agreement/{word('a link that leads nowhere')}",
            browser,
            f"X-Forwarded-For: {forwarded}",
            body=f"text={word('an idea without a token')}".encode(),
        ),
    )
    yield "a long header", ask("GET /", f"X-Long: {word('a long header')}{'z' * LONG}")
    parts = (
        f'--b\r\nContent-Disposition: form-data; name="code"; filename="{word("a file")}"\r\n'
        f"\r\n{word('in a file')}{'w' * 4000}\r\n--b--\r\n"
    )
    yield (
        "a file",
        ask("POST /", "Content-Type: multipart/form-data; boundary=b", body=parts.encode()),
    )
    yield (
        "an exception",
        ask(f"GET /planted/exception?word={word('an exception’s message')}", browser),
    )
    for why in ("check", "unique", "number"):
        yield (
            f"refused: {why}",
            ask(f"GET /planted/refused/{why}?word={word(f'what the database refused: {why}')}"),
        )
    yield (
        "a failing socket",
        stranger.socket("/planted/socket", frame(word("a socket’s exception").encode())),
    )
    yield "no such socket", stranger.socket(f"/{word('no such socket')}")
    yield (
        "another origin",
        stranger.socket("/meeting/socket", origin=f"http://{word('an origin')}.example.org"),
    )
    seated = (f"Cookie: {cookie}", browser)
    for what, first in {
        "a message": 0x81,
        "bits of the future": 0xF1,
        "an unknown kind": 0x8F,
        "a frame without a beginning": 0x80,
        "a close": 0x88,
    }.items():
        # The goodbye ends those that are not ended for what they said.
        said = frame(word(f"in {what}").encode(), first)
        yield what, stranger.socket("/meeting/socket", said, frame(b"\3\xe8", 0x88), headers=seated)
    yield (
        "no text",
        stranger.socket(
            "/meeting/socket", frame(b"\xff\xfe" + word("in no text").encode()), headers=seated
        ),
    )
    yield (
        "an endless frame",
        stranger.socket(
            "/meeting/socket",
            b"\x81\xff" + (2**40).to_bytes(8) + b"\0\0\0\0" + word("in an endless frame").encode(),
            headers=seated,
        ),
    )
