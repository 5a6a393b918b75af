"""A bare page holding one sentence, for refusals made before Django is reached."""

from html import escape
from typing import Any

HEADERS = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
]


def one_sentence(sentence: str) -> bytes:
    """The page as bytes. Its title is neutral and it asks for no other file."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Meeting</title></head>'
        f"<body><main><p>{escape(sentence)}</p></main></body></html>"
    ).encode()


async def answer(send: Any, status: int, sentence: str) -> None:
    """Send the page as a whole response."""
    body = one_sentence(sentence)
    headers = [*HEADERS, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
