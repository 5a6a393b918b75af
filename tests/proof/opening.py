"""Opening what is sealed with whatever key lies about, as someone would who took the disk."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from meetings import redis_store, seals
from meetings.records import PURPOSE
from tests.proof.scanning import Surface

PURPOSES = (PURPOSE, redis_store.STATE, "seat", "screen", "id")


def opened(
    data: Path,
    cookies: Iterable[str],
    entries: Mapping[bytes, Iterable[bytes]],
    *secrets: str,
) -> Iterator[Surface]:
    """What can be read of records, cookies and entries of Redis with the keys that are there.

    A key is anything of a key's length, on disk or in Redis; with the server's own secret also
    what that unwraps.
    """
    parts = [part for entry in entries.values() for part in entry]
    found = [path.read_bytes() for path in sorted((data / "live").glob("*")) if path.is_file()]
    sealed = [*found, *parts, *(_of_cookie(cookie) for cookie in cookies)]
    keys = {content for content in (*found, *parts) if len(content) == seals.KEY_BYTES}
    for secret in secrets:
        wrapping = seals.derived_key(secret, "keys in Redis")
        keys.add(wrapping)
        for wrapped in parts:
            # It is bound to the meeting's id, which lies beside it.
            for identity in parts:
                keys |= set(_unwrapped(wrapping, identity, wrapped))
    for key in keys:
        for purpose in PURPOSES:
            for content in sealed:
                with suppress(seals.Unsealable):
                    yield Surface("opened/" + purpose, seals.unseal(key, purpose, content))


def _unwrapped(wrapping: bytes, identity: bytes, wrapped: bytes) -> Iterator[bytes]:
    with suppress(seals.Unsealable, UnicodeDecodeError):
        meeting = seals.unseal(wrapping, "id", identity).decode()
        yield seals.unseal(wrapping, f"key of {meeting}", wrapped)


def _of_cookie(cookie: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(cookie.partition(".")[2].encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        return b""
