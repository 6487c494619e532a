"""A WebSocket without a network: an ASGI app on the other end, in the same loop."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.types import ASGIApp


class Refused(Exception):
    """The app did not accept; with what it answered."""

    def __init__(self, status: int, body: Any) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body


class Socket:
    def __init__(
        self, incoming: "asyncio.Queue[dict[str, Any]]", outgoing: "asyncio.Queue[dict[str, Any]]"
    ) -> None:
        self._incoming = incoming
        self._outgoing = outgoing

    async def read(self) -> dict[str, Any] | None:
        """The next message; None when the app has closed."""
        message = await asyncio.wait_for(self._outgoing.get(), 10)
        if message["type"] == "websocket.close":
            return None
        found: dict[str, Any] = json.loads(message["text"])
        return found

    async def say(self, text: str) -> None:
        await self._incoming.put({"type": "websocket.receive", "text": text})

    @property
    def is_silent(self) -> bool:
        return self._outgoing.empty()


@asynccontextmanager
async def connected(app: ASGIApp, path: str, headers: dict[str, str] | None = None) -> AsyncIterator[Socket]:
    """Raises `Refused`."""
    incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    outgoing: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    path, _, query = path.partition("?")
    scope = {
        "type": "websocket",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "scheme": "ws",
        "headers": [(b"host", b"octavo.test")]
        + [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
        "subprotocols": [],
        "extensions": {"websocket.http.response": {}},
    }
    await incoming.put({"type": "websocket.connect"})

    async def send(message: Any) -> None:
        await outgoing.put(dict(message))

    running: asyncio.Task[None] = asyncio.create_task(app(scope, incoming.get, send))  # type: ignore[arg-type]
    first = await asyncio.wait_for(outgoing.get(), 10)
    if first["type"] != "websocket.accept":
        body = await asyncio.wait_for(outgoing.get(), 10) if "status" in first else {"body": b"null"}
        await running
        raise Refused(first.get("status", 403), json.loads(body["body"]))
    try:
        yield Socket(incoming, outgoing)
    finally:
        await incoming.put({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait_for(running, 10)
