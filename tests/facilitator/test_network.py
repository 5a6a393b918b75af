"""Which names can only be near."""

from ipaddress import ip_address

import pytest

from facilitator.network import is_local_host, lan_address


@pytest.mark.parametrize(
    "name",
    [
        "localhost",
        "LOCALHOST.",
        "meeting.localhost",
        "laptop.local",
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.9",
        "192.168.178.20",
        "169.254.7.7",
        "100.64.0.1",
        "[::1]",
        "::1",
        "[fe80::1]",
        "fd00::5",
    ],
)
def test_a_name_of_this_network_is_near(name: str) -> None:
    assert is_local_host(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "example.org",
        "localhost.example.org",
        "local",
        "evil-localhost",
        "127.0.0.1.example.org",
        "8.8.8.8",
        "0.0.0.0",
        "[::]",
        "224.0.0.1",
        "2001:4860:4860::8888",
        "127.1",
        "0x7f000001",
    ],
)
def test_any_other_name_is_not(name: str) -> None:
    assert not is_local_host(name)


def test_the_address_for_phones_is_near_or_missing() -> None:
    address = lan_address()
    assert address is None or (is_local_host(address) and not ip_address(address).is_loopback)
