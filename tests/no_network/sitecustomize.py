"""Nothing of ours asks another machine for anything: an audit hook that stops whoever tries.

In the tests' own processes it raises; programs that tests start find this file by PYTHONPATH, and
it ends them with a sentence. It sees Python's sockets and look-ups of names, not those of browsers,
Redis or PostgreSQL; what pages make a browser ask for is looked at in tests/browser.
"""

from __future__ import annotations

import os
import socket
import sys
from ipaddress import ip_address
from typing import Any

VARIABLE = "TESTS_REFUSE_NETWORK"
EXIT_CODE = 86
LOOK_UPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
SENDING = ("socket.connect", "socket.sendto", "socket.sendmsg")

# Programs end; the tests' own processes say otherwise and get an exception.
ends = True


class Outgoing(BaseException):
    """Not an Exception: whoever forgives a failing network must not forgive this."""


def _own_addresses() -> frozenset[str]:
    """This machine's address on its network, by which phones reach it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return frozenset({str(probe.getsockname()[0])})
        except OSError:
            return frozenset()


OWN_ADDRESSES = _own_addresses()
OWN_NAMES = frozenset({"", "none", "localhost", socket.gethostname().lower()})


def is_here(host: object) -> bool:
    """Whether this is this very machine, by an address or a name that nobody is asked about."""
    name = host.decode() if isinstance(host, bytes) else str(host)
    name = name.partition("%")[0].lower()
    try:
        address = ip_address(name)
    except ValueError:
        return name in OWN_NAMES
    return address.is_loopback or address.is_unspecified or name in OWN_ADDRESSES


def leaves(event: str, arguments: tuple[Any, ...]) -> bool:
    """Whether what Python is about to do asks another machine."""
    if event in LOOK_UPS:
        return not is_here(arguments[0])
    if event in SENDING:
        sock, address = arguments[:2]
        if sock.family not in (socket.AF_INET, socket.AF_INET6) or not address:
            return False
        # Connecting a datagram socket sends nothing: so a laptop learns its own address.
        if event == "socket.connect" and sock.type == socket.SOCK_DGRAM:
            return False
        return not is_here(address[0])
    return False


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith("socket.") and leaves(event, arguments):
        if ends:
            os.write(2, f"outgoing network refused: {event}\n".encode())
            os._exit(EXIT_CODE)
        raise Outgoing(event)


if VARIABLE in os.environ:
    sys.addaudithook(_hook)
