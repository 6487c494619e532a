"""Which addresses may be asked, and how URLs that try to hide one are spelt."""

import ipaddress
from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.adapters.egress.client import GuardedEgress
from octavo.adapters.egress.rules import Rules, parse_allowed, parse_target
from octavo.ports.egress import AddressRefused

NOBODY = Rules()


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 -- an address to refuse
        "10.1.2.3",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "172.31.0.1",
        "192.0.0.192",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not NOBODY.permits("any.test", ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"])
def test_what_is_public_is_permitted(address: str) -> None:
    assert NOBODY.permits("any.test", ipaddress.ip_address(address))


@given(st.integers(0, 2**32 - 1))
def test_no_ipv4_address_that_python_calls_private_is_permitted(number: int) -> None:
    address = ipaddress.IPv4Address(number)

    if address.is_private or address.is_multicast or address.is_reserved or address.is_loopback:
        assert not NOBODY.permits("any.test", address)


def test_an_operator_allows_networks_addresses_and_hosts() -> None:
    rules = parse_allowed(("10.1.0.0/16", "192.168.7.7", "fd12::/32", "Docs.Internal"))

    assert rules.permits("x", ipaddress.ip_address("10.1.200.3"))
    assert rules.permits("x", ipaddress.ip_address("192.168.7.7"))
    assert rules.permits("x", ipaddress.ip_address("fd12::8"))
    assert rules.permits("docs.internal", ipaddress.ip_address("127.0.0.1"))
    assert not rules.permits("x", ipaddress.ip_address("10.2.0.1"))
    assert not rules.permits("docs.internal.evil.test", ipaddress.ip_address("127.0.0.1"))


@pytest.mark.parametrize("entry", ["10.0.0.0/33", "http://docs", "fe80:::1", "."])
def test_an_entry_that_is_none_of_these_is_named(entry: str) -> None:
    with pytest.raises(ValueError, match="is no network, address or host name"):
        parse_allowed((entry,))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://files.test/x", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("//files.test/x", "scheme"),
        ("gopher://files.test", "scheme"),
        ("http://user:word@files.test/", "credentials"),
        ("http://files.test@127.0.0.1/", "credentials"),
        ("http://127.0.0.1/", "not_public"),
        ("http://127.0.0.1:8080/", "not_public"),
        ("http://[::1]/", "not_public"),
        ("http://[::ffff:169.254.169.254]/", "not_public"),
        ("http://169.254.169.254./latest/meta-data/", "not_public"),
        ("http://[fe80::1%25eth0]/", "form"),
        ("http://", "form"),
        ("http://files.test:99999/", "form"),
        ("http://files.test/a b", "form"),
        ("http://files.test\\@127.0.0.1/", "form"),
        ("http://files.test/\r\nX-Injected: 1", "form"),
        ("http://fïles.test/", "form"),
        ("http://[::1", "form"),
        ("http://files.test/" + "a" * 3000, "form"),
    ],
)
def test_a_url_that_cannot_be_asked_says_why(url: str, reason: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        parse_target(url, NOBODY)

    assert caught.value.details["reason"] == reason


def test_a_url_is_taken_apart_once() -> None:
    target = parse_target("HTTPS://Files.Test:8443/a%20b?c=d#e", NOBODY)

    assert (target.scheme, target.host, target.port, target.path) == (
        "https",
        "files.test",
        8443,
        "/a%20b?c=d",
    )
    assert target.authority == "files.test:8443"


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://files.test/", True),
        ("http://files.test/", False),
        ("http://8.8.8.8/", False),
        ("http://hooks.office/", True),
        ("http://10.2.3.4/", True),
        ("http://127.0.0.1:9000/", True),
        ("http://localhost:9000/", True),
    ],
)
async def test_plain_http_is_for_whom_the_operator_named(url: str, *, allowed: bool) -> None:
    rules = parse_allowed(("hooks.office", "10.0.0.0/8", "127.0.0.1"))
    async with GuardedEgress(rules) as egress:
        egress.require_address(url)
        with nullcontext() if allowed else pytest.raises(AddressRefused, match="https"):
            egress.require_address(url, encrypted=True)
