"""Requests to addresses that callers name: sources by URL, and webhooks.

Whoever names an address makes us knock there, from inside our network. So every request is
checked where it goes, not how its address is spelt; see `docs/explanation/egress.md`.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from octavo.domain.errors import InvalidRequest, OctavoError

NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class AddressRefused(InvalidRequest):
    """Not a public address, or not an address we may ask at all. Asking again does not help."""

    code = "address_refused"


class Unreachable(OctavoError):
    """Nobody answered there, or not in time, or not in HTTP. `details["reason"]` says which."""

    code = "unreachable"
    retryable = True


@dataclass(frozen=True, slots=True)
class Answer:
    """Of the receiver. Its body is never read: nobody may look into a network through us."""

    status: int
    retry_after_s: int | None


@dataclass(frozen=True, slots=True)
class Download:
    status: int
    """2xx; everything else raised."""
    chunks: AsyncIterator[bytes]
    """Raises `Unreachable` where the sender breaks off."""
    filename: str | None
    """As the sender names it, unchecked."""
    size_bytes: int | None
    """As the sender says; what comes may differ."""


class Egress(Protocol):
    """Every call resolves the name once, and connects to an address that was checked."""

    def require_address(self, url: str, *, encrypted: bool = False) -> None:
        """Refuse what can be refused without asking anybody: the scheme, a literal address.

        `encrypted`: `http://` is refused, too, but where the operator named the host or its address.
        Raises `AddressRefused`.
        """
        ...

    async def post(self, url: str, *, headers: Mapping[str, str], body: bytes, timeout_s: float) -> Answer:
        """Redirects are not followed: they are the answer. Raises `AddressRefused`, `Unreachable`."""
        ...

    def download(
        self, url: str, *, timeout_s: float, headers: Mapping[str, str] = NO_HEADERS
    ) -> AbstractAsyncContextManager[Download]:
        """GET, with a few redirects, each checked anew; to another host they go without `headers`.

        `timeout_s` is for all of it. Raises `AddressRefused`, `Unreachable` (also for statuses
        other than 2xx; `details["status"]` says which).
        """
        ...
