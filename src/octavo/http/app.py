"""The native API as one ASGI app, put together here and nowhere else."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException

from octavo import __version__
from octavo.app.services import Services
from octavo.domain.errors import OctavoError
from octavo.http import (
    audit,
    batches,
    description,
    document_types,
    engines,
    events,
    fields,
    files,
    health,
    inspections,
    jobs,
    keys,
    me,
    pictures,
    problems,
    projects,
    references,
    replays,
    results,
    stats,
    submit,
    templates,
    uploads,
    usage,
    webhooks,
)
from octavo.http.auth import Authenticator
from octavo.http.frame import Frame
from octavo.http.status import JOB_PATH, FinishedJobs, StatusRoute, read_status

OpenServices = Callable[[], AbstractAsyncContextManager[Services]]

NO_TELEMETRY: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""FastAPI's own would put messages of errors, which may quote a document, into logs and spans."""

ROUTERS = (
    submit,
    jobs,
    stats,
    replays,
    batches,
    results,
    fields,
    pictures,
    events,
    templates,
    references,
    document_types,
    inspections,
    files,
    uploads,
    engines,
    projects,
    keys,
    me,
    usage,
    audit,
    webhooks,
    health,
)


def create_app(services: Services | OpenServices) -> FastAPI:
    """The API over `services`: given open, or opened when the server starts and closed when it stops.

    Nothing is kept in the process that another must see: what is remembered (keys for ten seconds,
    completed jobs for one) only saves reading it again.
    """
    app = FastAPI(
        title="Octavo",
        version=__version__,
        summary="Documents in, verified structured text out.",
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry=NO_TELEMETRY,
    )
    app.state.services = services if isinstance(services, Services) else None
    app.state.open_services = None if isinstance(services, Services) else services
    app.state.authenticator = Authenticator()
    app.state.finished_jobs = FinishedJobs()
    app.state.readiness = health.Readiness()
    app.state.metrics = health.Metrics()
    _add_routes(app)
    _add_error_answers(app)
    app.add_middleware(Frame, metrics=app.state.metrics)
    return app


def _add_routes(app: FastAPI) -> None:
    """The route that is asked most comes first."""
    app.router.routes.append(StatusRoute(JOB_PATH, read_status, methods=["GET"]))
    for module in ROUTERS:
        app.include_router(module.router)

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = description.describe(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # the way FastAPI documents to extend its document


def _add_error_answers(app: FastAPI) -> None:
    app.add_exception_handler(OctavoError, problems.on_octavo_error)
    app.add_exception_handler(RequestValidationError, problems.on_validation_error)
    app.add_exception_handler(HTTPException, problems.on_http_error)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    open_services: OpenServices | None = app.state.open_services
    if open_services is None:
        yield
        return
    async with open_services() as services:
        app.state.services = services
        try:
            yield
        finally:
            app.state.services = None
