"""Where this machine can be reached by phones on the same network."""

from __future__ import annotations

import socket
from ipaddress import ip_address


def address() -> str | None:
    """This machine's IPv4 address on the local network, or None without one. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Connecting a datagram socket only asks the routing table; the address is one
            # reserved for documentation, so that nobody could be on the other end.
            probe.connect(("192.0.2.1", 9))
            found = ip_address(str(probe.getsockname()[0]))
        except OSError:
            return None
    # Nothing but loopback is no network; a public address is one that an embedded server refuses.
    if found.is_loopback or found.is_global or found.is_unspecified:
        return None
    return str(found)
