"""The one ASGI app of an API process: the native API, and beside it every dialect.

A dialect is reached below `/compat/<name>` at any host, and at the root of the host names that
`OCTAVO_DIALECT_HOSTS` gives to it, because some clients drop what stands before their paths.
"""

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from octavo.app.services import Services
from octavo.dialects._kit import Shared, create_dialect
from octavo.dialects.table import DIALECTS
from octavo.domain.errors import InvalidRequest
from octavo.http.app import create_app

PREFIX = "/compat/"


def create_front(services: Services, *, hosts: str = "") -> ASGIApp:
    """Raises `InvalidRequest` for hosts that are not `name=dialect,…`."""
    native = create_app(services)
    shared = Shared(services, native.state.authenticator, native.state.metrics)
    apps = {name: create_dialect(dialect, shared) for name, dialect in DIALECTS.items()}
    return Front(native, apps, {host: apps[name] for host, name in parse_hosts(hosts).items()})


def parse_hosts(text: str) -> dict[str, str]:
    """Dialects by host name, lower case. Raises `InvalidRequest` naming what is wrong."""
    found: dict[str, str] = {}
    for entry in filter(None, (part.strip() for part in text.split(","))):
        host, _, name = (side.strip().lower() for side in entry.partition("="))
        if not host or name not in DIALECTS:
            known = ", ".join(DIALECTS)
            raise InvalidRequest(
                f"OCTAVO_DIALECT_HOSTS: {entry!r} is not host=dialect; the dialects are {known}."
            )
        found[host] = name
    return found


class Front:
    """Passes each request to whom it is for. Whatever is for nobody is the native API's to refuse."""

    def __init__(
        self, native: ASGIApp, below_path: Mapping[str, ASGIApp], at_host: Mapping[str, ASGIApp]
    ) -> None:
        self._native = native
        self._below_path = below_path
        self._at_host = at_host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._native(scope, receive, send)
            return
        host = _host_of(scope)
        if host in self._at_host:
            await self._at_host[host](scope, receive, send)
            return
        name, found = self._mounted(scope["path"])
        if found is None:
            await self._native(scope, receive, send)
            return
        await found({**scope, "root_path": scope.get("root_path", "") + PREFIX + name}, receive, send)

    def _mounted(self, path: str) -> tuple[str, ASGIApp | None]:
        if not path.startswith(PREFIX):
            return "", None
        name = path.removeprefix(PREFIX).partition("/")[0]
        return name, self._below_path.get(name)


def _host_of(scope: Scope) -> str:
    """Without the port; an IPv6 address keeps its brackets."""
    host = Headers(scope=scope).get("host", "").lower()
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
