"""Which names and addresses can only be on this machine or this network."""

from ipaddress import ip_address

from meetings.lan import address as lan_address

__all__ = ["is_local_host", "lan_address"]


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
