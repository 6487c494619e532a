"""The world outside, in memory: documents by URL, and receivers that answer as they are told."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from octavo.ports.egress import NO_HEADERS, AddressRefused, Answer, Download, Unreachable


@dataclass(frozen=True, slots=True)
class Posted:
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class FakeEgress:
    """Implements `ports.egress.Egress`. Hosts that end in `.internal` are not public."""

    documents: dict[str, bytes] = field(default_factory=dict)
    answers: list[Answer | Exception] = field(default_factory=list)
    """Taken in turn; then 204."""
    posted: list[Posted] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """The URLs of documents, in turn."""
    asked_with: list[dict[str, str]] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    """Set by the first post."""

    def require_address(self, url: str, *, encrypted: bool = False) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"}:
            raise AddressRefused("The URL must begin with http:// or https://.", reason="scheme")
        if encrypted and parts.scheme != "https":
            raise AddressRefused("The URL must begin with https://.", reason="scheme")
        if (parts.hostname or "").endswith(".internal"):
            raise AddressRefused("This address is not public.", reason="not_public")

    async def post(self, url: str, *, headers: Mapping[str, str], body: bytes, timeout_s: float) -> Answer:  # noqa: ARG002 -- nothing is slow here
        self.require_address(url)
        self.posted.append(Posted(url, headers, body))
        self.arrived.set()
        answer = self.answers.pop(0) if self.answers else Answer(204, None)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @asynccontextmanager
    async def download(
        self,
        url: str,
        *,
        timeout_s: float,  # noqa: ARG002 -- nothing is slow here
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> AsyncIterator[Download]:
        self.require_address(url)
        self.asked.append(url)
        self.asked_with.append(dict(headers))
        if url not in self.documents:
            raise Unreachable("It answered with HTTP status 404.", reason="status", status=404)
        content = self.documents[url]
        name = urlsplit(url).path.rpartition("/")[2]
        yield Download(200, _chunks(content), name or None, len(content))


async def _chunks(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 7):
        yield content[start : start + 7]
