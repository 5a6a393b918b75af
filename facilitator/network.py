"""Where this machine can be reached by phones on the same network."""

import socket
from ipaddress import ip_address


def is_local_host(name: str) -> bool:
    """Whether `name` (no port; IPv6 with or without brackets) can only be on this machine or
    this network."""
    name = name.lower().rstrip(".")
    if name == "localhost" or name.endswith((".localhost", ".local")):
        return True
    try:
        address = ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    # 0.0.0.0 and :: reach this machine from a page anywhere in some browsers.
    return not (address.is_global or address.is_multicast or address.is_unspecified)


def lan_address() -> str | None:
    """This machine's IPv4 address on the local network, or None without one. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Connecting a datagram socket only asks the routing table; the address is one
            # reserved for documentation, so that nobody could be on the other end.
            probe.connect(("192.0.2.1", 9))
            address = str(probe.getsockname()[0])
        except OSError:
            return None
    # Nothing but loopback is no network; a public address is one that hosts.py refuses.
    if ip_address(address).is_loopback or not is_local_host(address):
        return None
    return address
