"""What the dialects share: an app of its own for each, whose every answer has the vendor's shape.

A dialect gives its routes, one function that says every refusal in its vendor's words, and, where
its vendor has them, headers that stand on every answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from octavo.app.services import Services
from octavo.domain.errors import InvalidRequest, NotFound, OctavoError
from octavo.http.app import NO_TELEMETRY
from octavo.http.auth import Authenticator
from octavo.http.frame import Frame
from octavo.http.health import Metrics
from octavo.http.problems import allowed_methods, status_of, title_of, validation_failed

Refuse = Callable[[Request, OctavoError, int], Response]
"""Says an error in the vendor's words: ours, a wrong shape (`ValidationFailed`), an unknown address, a wrong
method, a bug (`OurFault`). Gets the status our own API has for it; may choose another."""
Headers = Callable[[Request], Mapping[str, str]]
"""What stands on every answer; asked when the answer starts. Whatever it cannot know it leaves out."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What all apps of one process have together: one cache of keys, one set of numbers."""

    services: Services
    authenticator: Authenticator
    metrics: Metrics


@dataclass(frozen=True, slots=True)
class Dialect:
    """A row of DIALECTS."""

    name: str
    """Its path is `/compat/<name>`."""
    title: str
    routers: Callable[[], Sequence[APIRouter]]
    """In the order in which paths are tried."""
    refuse: Refuse
    headers: Headers | None = None
    """On every answer, refusals included."""


class UnknownAddress(NotFound):
    """The vendor has nothing at this path."""

    code = "unknown_address"


class MethodNotAllowed(InvalidRequest):
    """The path is known, the method is not; `allowed` in the details."""

    code = "method_not_allowed"


class OurFault(OctavoError):
    """A bug of ours. Its summary says nothing of what it was."""


class VendorRefusal(OctavoError):
    """What only one vendor tells: its dialect has a status for it, our own API has none."""


NOTED = "Something went wrong here, and it was noted."


def create_dialect(dialect: Dialect, shared: Shared) -> FastAPI:
    """One dialect as an app that can be mounted anywhere."""
    app = FastAPI(
        title=dialect.title,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry=NO_TELEMETRY,
    )
    app.state.services = shared.services
    app.state.authenticator = shared.authenticator
    app.state.metrics = shared.metrics
    for router in dialect.routers():
        app.include_router(router)
    _answer_errors(app, dialect.refuse)
    app.add_middleware(Frame, metrics=shared.metrics, internal=_internal(dialect.refuse))
    if dialect.headers is not None:
        app.add_middleware(_OnEveryAnswer, headers=dialect.headers)
    return app


def routes_of(dialect: Dialect) -> list[str]:
    """Every address, `GET /files/{file_id}`, each once, in the order of its routers; HEAD goes without saying."""
    found: dict[str, None] = {}
    for router in dialect.routers():
        for route in router.routes:
            if isinstance(route, APIRoute) and route.include_in_schema:
                for method in sorted((route.methods or set()) - {"HEAD"}):
                    found[f"{method} {route.path}"] = None
    return list(found)


def address_of(request: Request, path: str) -> str:
    """The absolute URL of a path of this dialect, as this caller reaches it, mounted or at a root."""
    root: str = request.scope.get("root_path", "")
    return f"{request.url.scheme}://{request.url.netloc}{root}{path}"


def _answer_errors(app: FastAPI, refuse: Refuse) -> None:
    async def on_error(request: Request, error: Exception) -> Response:
        told = _ours(request, error)
        status = error.status_code if isinstance(error, HTTPException) else status_of(told)
        if status == 500 and not isinstance(told, VendorRefusal):
            # Nobody foresaw it here, so what it says of itself may be about our insides.
            told = OurFault(NOTED)
        answer = refuse(request, told, status)
        if isinstance(told, MethodNotAllowed):
            answer.headers["Allow"] = str(told.details["allowed"])
        return answer

    for kind in (OctavoError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, on_error)


def _ours(request: Request, error: Exception) -> OctavoError:
    """Whatever was raised, as one of our own errors."""
    if isinstance(error, OctavoError):
        return error
    if isinstance(error, RequestValidationError):
        return validation_failed(error.errors())
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == 404:
        return UnknownAddress("There is nothing at this address.")
    if error.status_code == 405:
        allowed = ", ".join(allowed_methods(request))
        return MethodNotAllowed(f"This address takes: {allowed}.", allowed=allowed)
    return InvalidRequest(title_of(error.status_code))


def _internal(refuse: Refuse) -> Callable[[Scope, str], Response]:
    def answer(scope: Scope, request_id: str) -> Response:
        fault = OurFault(NOTED, request_id=request_id)
        return refuse(Request(scope), fault, 500)

    return answer


class _OnEveryAnswer:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, *, headers: Headers) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in self._headers(Request(scope)).items():
                    found.setdefault(name, value)
            await send(message)

        if scope["type"] == "http":
            await self._app(scope, receive, send_with_headers)
        else:
            await self._app(scope, receive, send)
