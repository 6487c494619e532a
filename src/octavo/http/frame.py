"""What stands around every request: its id, its headers, its numbers, and the last net for errors."""

import logging
import re
import secrets
import time
import traceback
from collections.abc import Callable
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from octavo.http.health import Metrics
from octavo.http.limit_headers import limit_headers
from octavo.http.problems import internal_problem

log = logging.getLogger("octavo.http")

CLIENT_LEFT = 499
"""Counted when the caller hung up before the answer began; nobody is there to be told."""

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
)
"""Set where the answer does not say otherwise: all of it is private unless somebody decided it is not."""


class AnswerBrokeOff(Exception):
    """Raised to the server so that it cuts the connection; what happened was noted already."""


def _native(scope: Scope, request_id: str) -> Response:
    del scope
    return internal_problem(request_id)


class Frame:
    """ASGI middleware. `internal` makes the answer to a bug of ours, from the request's scope and id."""

    def __init__(
        self, app: ASGIApp, *, metrics: Metrics, internal: Callable[[Scope, str], Response] = _native
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._internal = internal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        state = scope.setdefault("state", {})
        answer = _Answer(send, _request_id(scope), state)
        state["request_id"] = answer.request_id
        try:
            await self._app(scope, receive, answer.send)
        except ClientDisconnect:
            answer.status = answer.status or CLIENT_LEFT
        except Exception as error:  # noqa: BLE001 -- the last net: whatever it is, it is noted and told as ours
            _note(error, scope, answer.request_id)
            if answer.status:
                raise AnswerBrokeOff from None
            await self._internal(scope, answer.request_id)(scope, receive, answer.send)
        finally:
            route = _route(scope)
            self._metrics.observe(_method(scope), route, answer.status or 500, time.perf_counter() - began)


class _Answer:
    """The way back: adds headers, remembers the status."""

    def __init__(self, send: Send, request_id: str, state: dict[str, Any]) -> None:
        self._send = send
        self._state = state
        self.request_id = request_id
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["X-Request-Id"] = self.request_id
            for name, value in (*_HEADERS, *limit_headers(self._state).items()):
                headers.setdefault(name, value)
        await self._send(message)


def _request_id(scope: Scope) -> str:
    """The caller's own where it is harmless, so that it can be followed through a proxy's log."""
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else f"req_{secrets.token_hex(12)}"


def _method(scope: Scope) -> str:
    """A label has few values, whatever callers invent."""
    method: str = scope["method"]
    return method if method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} else "OTHER"


def _route(scope: Scope) -> str:
    """The template, never the path: a label has few values, and a log line no ids."""
    return getattr(scope.get("route"), "path_format", "unknown")


def _note(error: Exception, scope: Scope, request_id: str) -> None:
    """Where and what kind, not the message: it may quote the document or a database row."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error(
        "unexpected %s at %s %s (%s)\n%s",
        type(error).__name__,
        scope["method"],
        _route(scope),
        request_id,
        frames,
    )
