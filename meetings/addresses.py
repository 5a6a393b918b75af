"""The addresses by which phones, and other laptops, reach this server."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from meetings import lan


def join_url(request: HttpRequest, code: str) -> str:
    """The link behind the QR code, with the whole code.

    A laptop that calls itself localhost is reached by its address on the network, and that
    address is looked up each time: a hall's Wi-Fi may have given it another.
    """
    return link(request, f"/j/{code}")


def link(request: HttpRequest, path: str) -> str:
    """A link to a path of this server for someone at another machine."""
    return f"{_base(request)}{path}"


def _base(request: HttpRequest) -> str:
    if settings.FACILITATOR_PUBLIC_URL:
        return str(settings.FACILITATOR_PUBLIC_URL)
    host = request.get_host()
    name, colon, port = host.rpartition(":")
    if settings.EMBEDDED and (name or host) in {"localhost", "127.0.0.1", "[::1]"}:
        address = lan.address()
        if address is not None:
            host = f"{address}{colon}{port}" if name else address
    return f"{request.scheme}://{host}"
