"""Which addresses may be asked.

The refused ranges are IANA's special-purpose registries (RFC 6890 and its successors), written out
so that they do not change with the Python version, and the forms of IPv6 that carry an IPv4 address:
translated or mapped, they would reach what the IPv4 rules refuse.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from octavo.ports.egress import AddressRefused

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

MAX_URL = 2048
PORTS = {"http": 80, "https": 443}

REFUSED: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers; a cloud's metadata too
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's metadata, among public addresses
        "169.254.0.0/16",  # link-local; clouds' metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved; broadcast
        "::/8",  # unspecified, loopback, IPv4-mapped and -compatible
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",  # NAT64 of a network's own
        "100::/63",  # discard and dummy
        "2001::/23",  # protocol assignments, Teredo
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fc00::/7",  # unique local; clouds' metadata
        "fe80::/10",  # link-local
        "fec0::/10",  # site-local
        "ff00::/8",  # multicast
    )
)

LOOPBACK = IPv4Address("127.0.0.1")


@dataclass(frozen=True, slots=True)
class Rules:
    """What an operator allows beside public addresses."""

    networks: tuple[Network, ...] = ()
    hosts: frozenset[str] = frozenset()
    """Names, lower case, that may be anywhere."""

    def permits(self, host: str, address: Address) -> bool:
        if host in self.hosts or any(address in network for network in self.networks):
            return True
        return not any(address in network for network in REFUSED)

    def names(self, host: str) -> bool:
        """Whether the operator meant just that host, as far as can be said without asking a name server."""
        literal = LOOPBACK if host == "localhost" else literal_address(host)
        return host in self.hosts or any(literal in network for network in self.networks if literal)


def parse_allowed(entries: tuple[str, ...]) -> Rules:
    """From networks, addresses and host names. Raises `ValueError` naming the entry that is neither."""
    networks: list[Network] = []
    hosts: set[str] = set()
    for entry in entries:
        try:
            networks.append(ip_network(entry, strict=False))
        except ValueError:
            if "/" in entry or ":" in entry or not entry.strip("."):
                raise ValueError(f"{entry!r} is no network, address or host name") from None
            hosts.add(entry.lower().rstrip("."))
    return Rules(tuple(networks), frozenset(hosts))


@dataclass(frozen=True, slots=True)
class Target:
    """A URL taken apart, with all that can be said of it without asking a name server."""

    scheme: str
    host: str
    """Lower case, ASCII, without brackets or a trailing dot."""
    port: int
    path: str
    """With the query; ASCII."""

    @property
    def authority(self) -> str:
        """As the Host header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def parse_target(url: str, rules: Rules) -> Target:
    """Raises `AddressRefused`: the URL itself says that it cannot be asked."""
    parts, port = _parts(url)
    if parts.scheme not in PORTS:
        raise AddressRefused("The URL must begin with http:// or https://.", reason="scheme")
    if parts.username is not None or parts.password is not None:
        raise AddressRefused("The URL must not carry a user name or password.", reason="credentials")
    host = _host(parts)
    literal = literal_address(host)
    if literal is not None and not rules.permits(host, literal):
        raise refused()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, PORTS[parts.scheme] if port is None else port, path)


def literal_address(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def refused() -> AddressRefused:
    """The same words whatever the address is: they must not map a network."""
    return AddressRefused(
        "This address is not public, and requests to it are not allowed here "
        "(an operator can allow it: OCTAVO_EGRESS_ALLOW).",
        reason="not_public",
    )


def _parts(url: str) -> tuple[SplitResult, int | None]:
    if len(url) > MAX_URL or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise AddressRefused(
            f"The URL must be printable ASCII without spaces (percent-encoded), at most {MAX_URL} characters.",
            reason="form",
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused("The URL cannot be understood.", reason="form") from error
    return parts, port


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host or "%" in host or len(host) > 253:
        raise AddressRefused("The URL names no host.", reason="form")
    return host
