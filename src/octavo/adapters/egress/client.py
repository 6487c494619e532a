"""The client: no proxies, no cookies, no bodies told on, bounded in redirects, size and time."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urljoin

import httpcore
import httpx

from octavo.adapters.egress.network import GuardedNetwork, Resolve, resolve_by_system
from octavo.adapters.egress.rules import Rules, Target, parse_target
from octavo.ports.egress import NO_HEADERS, AddressRefused, Answer, Download, Unreachable

MAX_REDIRECTS = 5
CONNECT_S = 10.0
MAX_CONNECTIONS = 64
REDIRECTS = {301, 302, 303, 307, 308}
MAX_RETRY_AFTER_S = 3600
USER_AGENT = "Octavo/1"
_NAME = re.compile(
    r"filename\*?\s*=\s*(?:(?P<charset>[\w-]+)'[^']*')?(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^;\s]+))"
)

_REASONS: tuple[tuple[type[Exception], str, str], ...] = (
    (httpcore.TimeoutException, "timeout", "It did not answer in time."),
    (httpcore.ConnectError, "connection", "No secure connection could be made to it, or none at all."),
    (httpcore.ProtocolError, "protocol", "What answered there does not speak HTTP."),
    (httpcore.UnsupportedProtocol, "protocol", "What answered there does not speak HTTP."),
)


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes
    retry_after_s: int | None


class GuardedEgress:
    """Implements `ports.egress.Egress`. Belongs to one event loop; use it as a context."""

    def __init__(
        self,
        rules: Rules,
        *,
        resolve: Resolve = resolve_by_system,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        """`ssl_context`: by default the certificates that everybody trusts."""
        self._rules = rules
        # No connection is kept: one that is used again was checked under rules, and a name's
        # addresses, of some time ago.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl_context or httpx.create_ssl_context(),
            max_connections=MAX_CONNECTIONS,
            max_keepalive_connections=0,
            network_backend=GuardedNetwork(rules, resolve),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._pool.aclose()

    def require_address(self, url: str, *, encrypted: bool = False) -> None:
        target = parse_target(url, self._rules)
        if encrypted and target.scheme != "https" and not self._rules.names(target.host):
            raise AddressRefused("The URL must begin with https://.", reason="scheme")

    async def post(self, url: str, *, headers: Mapping[str, str], body: bytes, timeout_s: float) -> Answer:
        target = parse_target(url, self._rules)
        with _told():
            async with (
                asyncio.timeout(timeout_s),
                self._ask("POST", target, headers, body, timeout_s) as answer,
            ):
                return Answer(answer.status, _retry_after(_header(answer, b"retry-after")))

    async def exchange(
        self, url: str, *, headers: Mapping[str, str], body: bytes, timeout_s: float, max_bytes: int
    ) -> Reply:
        """POST and read what is answered, for adapters that know what an answer must look like.

        It is theirs to keep: nobody may look into a network through us. Redirects are not followed.
        Raises `AddressRefused`, `Unreachable` (also for an answer of more than `max_bytes`).
        """
        target = parse_target(url, self._rules)
        with _told():
            async with (
                asyncio.timeout(timeout_s),
                self._ask("POST", target, headers, body, timeout_s) as answer,
            ):
                content = bytearray()
                async for chunk in answer.aiter_stream():
                    content += chunk
                    if len(content) > max_bytes:
                        raise Unreachable("Its answer is too long.", reason="size", limit=max_bytes)
                return Reply(answer.status, bytes(content), _retry_after(_header(answer, b"retry-after")))

    @asynccontextmanager
    async def download(
        self, url: str, *, timeout_s: float, headers: Mapping[str, str] = NO_HEADERS
    ) -> AsyncIterator[Download]:
        ends_at = asyncio.get_running_loop().time() + timeout_s
        try:
            async with asyncio.timeout_at(ends_at), AsyncExitStack() as opened:
                with _told():
                    first = parse_target(url, self._rules)
                    answer, target = await self._follow(first, opened, headers, timeout_s)
                yield _download(answer, target)
        except TimeoutError as error:
            raise _too_slow() from error

    async def _follow(
        self, target: Target, opened: AsyncExitStack, given: Mapping[str, str], timeout_s: float
    ) -> tuple[httpcore.Response, Target]:
        """The first answer that sends us nowhere else, left open, and where it came from."""
        meant_for = (target.scheme, target.authority)
        # Their case does not count, but two of one name would both be sent.
        given = {name.title(): value for name, value in given.items()}
        for _ in range(MAX_REDIRECTS + 1):
            own = given if (target.scheme, target.authority) == meant_for else NO_HEADERS
            headers = {"Accept": "*/*", **own, "Accept-Encoding": "identity"}
            answer = await opened.enter_async_context(self._ask("GET", target, headers, None, timeout_s))
            place = _header(answer, b"location")
            if answer.status not in REDIRECTS or place is None:
                return answer, target
            target = self._redirected(target, place)
            await opened.aclose()
        raise Unreachable("It redirects too often.", reason="redirects", limit=MAX_REDIRECTS)

    def _redirected(self, target: Target, place: str) -> Target:
        base = f"{target.scheme}://{target.authority}{target.path}"
        following = parse_target(urljoin(base, place), self._rules)
        if target.scheme == "https" and following.scheme == "http":
            raise AddressRefused("It redirects from https to http.", reason="downgrade")
        return following

    @asynccontextmanager
    async def _ask(
        self, method: str, target: Target, headers: Mapping[str, str], body: bytes | None, timeout_s: float
    ) -> AsyncIterator[httpcore.Response]:
        own = {"Host": target.authority, "User-Agent": USER_AGENT, "Connection": "close", **headers}
        if body is not None:
            own["Content-Length"] = str(len(body))
        request_url = httpcore.URL(
            scheme=target.scheme.encode(),
            host=target.host.encode(),
            port=target.port,
            target=target.path.encode(),
        )
        waits = {
            "connect": min(CONNECT_S, timeout_s),
            "read": timeout_s,
            "write": timeout_s,
            "pool": timeout_s,
        }
        async with self._pool.stream(
            method,
            request_url,
            headers=[(name.encode(), value.encode()) for name, value in own.items()],
            content=body,
            extensions={"timeout": waits},
        ) as answer:
            yield answer


class _told:  # noqa: N801 -- reads as the word it is: `with _told():`
    """Whatever goes wrong on the network leaves as one of the port's errors."""

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, TimeoutError):
            raise _too_slow() from error
        for known, reason, summary in _REASONS:
            if isinstance(error, known):
                raise Unreachable(summary, reason=reason) from error
        if isinstance(error, httpcore.NetworkError | OSError | ssl.SSLError):
            raise Unreachable("The connection broke.", reason="connection") from error


def _too_slow() -> Unreachable:
    return Unreachable("It did not answer in time.", reason="timeout")


def _download(answer: httpcore.Response, target: Target) -> Download:
    if not 200 <= answer.status < 300:
        raise Unreachable(
            f"It answered with HTTP status {answer.status}.", reason="status", status=answer.status
        )
    if (_header(answer, b"content-encoding") or "identity").lower() != "identity":
        raise Unreachable("It sends the document compressed, though asked not to.", reason="encoding")
    length = _header(answer, b"content-length") or ""
    return Download(
        status=answer.status,
        chunks=_chunks(answer),
        filename=_filename(_header(answer, b"content-disposition"), target),
        size_bytes=int(length) if length.isdecimal() and len(length) < 19 else None,
    )


async def _chunks(answer: httpcore.Response) -> AsyncIterator[bytes]:
    with _told():
        async for chunk in answer.aiter_stream():
            yield chunk


def _filename(disposition: str | None, target: Target) -> str | None:
    """From the header, else the last part of the path."""
    found = _NAME.search(disposition or "")
    if found:
        name = found["quoted"] or found["bare"] or ""
        return unquote(name) if found["charset"] else name
    return unquote(target.path.partition("?")[0].rpartition("/")[2]) or None


def _header(answer: httpcore.Response, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in answer.headers if key.lower() == name), None)


def _retry_after(value: str | None) -> int | None:
    """Seconds only; a date is passed over."""
    if value is None or not value.strip().isdecimal():
        return None
    return min(int(value.strip()[:9]), MAX_RETRY_AFTER_S)
