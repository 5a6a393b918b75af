"""The seat a phone carries with it, sealed in a cookie that only a living meeting can open.

A cookie holds a seat and what its owner typed at the door; never a role. It lives as long as the
browser's session. Once the meeting's key is destroyed, it proves nothing.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

import msgspec
from django.conf import settings
from django.http import HttpResponseBase

from meetings import seals
from meetings.store import Gone, Store

SEAT = f"{settings.COOKIE_PREFIX}seat"
SCREEN = f"{settings.COOKIE_PREFIX}screen"
# Cookies differ in length by no name that is typed: this is more than the longest one takes.
_PAD_TO = 640


class SeatToken(msgspec.Struct, frozen=True):
    seat: str
    name: str = ""
    first_time: bool = False
    listening: bool = False
    heard_cards: bool = False


_decoder = msgspec.msgpack.Decoder(SeatToken)


async def read(store: Store, cookies: Mapping[str, str], name: str) -> tuple[str, SeatToken] | None:
    """The meeting and seat in the cookie, or None when it opens nothing (any more)."""
    meeting_id, _dot, sealed = cookies.get(name, "").partition(".")
    try:
        key = await store.key(meeting_id)
        content = seals.unseal(key, name, base64.urlsafe_b64decode(sealed.encode("ascii")))
        return meeting_id, _decoder.decode(content.rstrip(b"\0"))
    except (
        Gone,
        seals.Unsealable,
        binascii.Error,
        UnicodeEncodeError,
        msgspec.DecodeError,
    ):
        return None


async def write(
    store: Store,
    response: HttpResponseBase,
    name: str,
    meeting_id: str,
    token: SeatToken,
) -> None:
    """Give the phone its seat, or the screen its sight. Raises Gone."""
    content = msgspec.msgpack.encode(token)
    # The struct ends in a boolean, never in a zero byte, so padding can be told from content.
    padded = content + b"\0" * (-len(content) % _PAD_TO)
    sealed = seals.seal(await store.key(meeting_id), name, padded)
    response.set_cookie(
        name,
        f"{meeting_id}.{base64.urlsafe_b64encode(sealed).decode()}",
        httponly=True,
        secure=settings.FACILITATOR_HTTPS,
        samesite="Lax",
    )


def forget(response: HttpResponseBase, name: str) -> None:
    response.delete_cookie(name, samesite="Lax")
    response.cookies[name]["secure"] = settings.FACILITATOR_HTTPS


def let_go(cookies: Mapping[str, str], response: HttpResponseBase) -> None:
    """Have a phone's browser give up its seat and whatever else it has stored of us."""
    forget(response, SEAT)
    if settings.SESSION_COOKIE_NAME not in cookies:
        # Where a facilitator is signed in, her own pages still need theirs.
        forget(response, settings.CSRF_COOKIE_NAME)
    # Not "cookies": it would take those of every neighbour on the domain along.
    response["Clear-Site-Data"] = '"cache", "storage"'
