"""Where a name becomes a connection: resolved once, checked, and connected to as checked.

A second resolution between check and connection is what DNS rebinding needs; there is none. TLS is
verified against the name all the same, since only the connection is made by address.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import ip_address

import httpcore

from octavo.adapters.egress.rules import Address, Rules, literal_address, refused
from octavo.ports.egress import AddressRefused

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""A host name and a port to addresses, best first; raises `OSError` where there are none."""

MAX_ADDRESSES = 4
"""Of one name are tried, each for a share of the time."""


async def resolve_by_system(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedNetwork(httpcore.AsyncNetworkBackend):
    """A network in which only permitted addresses exist."""

    def __init__(self, rules: Rules, resolve: Resolve = resolve_by_system) -> None:
        self._rules = rules
        self._resolve = resolve
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 -- the signature is the library's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises `AddressRefused` when any of the name's addresses is: a mixture is an attempt."""
        addresses = await self._addresses(host, port, timeout)
        last: Exception | None = None
        share = timeout / len(addresses) if timeout else None
        for address in addresses:
            try:
                return await self._network.connect_tcp(
                    str(address), port, share, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last or httpcore.ConnectError("no address")

    async def connect_unix_socket(
        self,
        path: str,  # noqa: ARG002 -- and the others: the signature is the library's
        timeout: float | None = None,  # noqa: ARG002, ASYNC109
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        raise AddressRefused("A path is no address.", reason="scheme")

    async def sleep(self, seconds: float) -> None:
        await self._network.sleep(seconds)

    async def _addresses(self, host: str, port: int, timeout_s: float | None) -> list[Address]:
        literal = literal_address(host)
        try:
            async with asyncio.timeout(timeout_s):
                texts = [host] if literal is not None else await self._resolve(host, port)
            addresses = [ip_address(text.partition("%")[0]) for text in texts]
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("resolving took too long") from error
        except (OSError, ValueError, UnicodeError) as error:
            raise httpcore.ConnectError("the name cannot be resolved") from error
        if any(not self._rules.permits(host, address) for address in addresses):
            raise refused()
        return addresses[:MAX_ADDRESSES]
