"""For whoever keeps the service: alive, ready, and numbers for Prometheus. No key is asked for.

Nothing here names a document, a tenant or a host.
"""

import asyncio
from typing import Any

from fastapi import APIRouter
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo import __version__
from octavo.app.services import Services
from octavo.domain.errors import OctavoError
from octavo.http.contract import METRICS_ANSWER, READY_ANSWER

router = APIRouter(tags=["health"])

CHECK_TIMEOUT_S = 5.0
CHECKED_FOR_S = 2.0
"""Probes write to the blob store, and anybody may ask: one check answers all who ask within this."""


class AliveAnswer(BaseModel):
    status: str


class ReadyAnswer(BaseModel):
    status: str
    checks: dict[str, str]


class RootAnswer(BaseModel):
    name: str
    version: str
    api: str
    openapi: str


class Metrics:
    """One registry for each app, so that two apps in one process do not mix their numbers."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "octavo_http_requests",
            "Requests answered, by route template.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "octavo_http_request_duration_seconds",
            "From the first byte of the request to the last of the answer.",
            ["method", "route"],
            buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
            registry=self.registry,
        )
        self.queue_depth = Gauge("octavo_queue_depth", "Tasks waiting for a worker.", registry=self.registry)

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        self.requests.labels(method, route, str(status)).inc()
        self.seconds.labels(method, route).observe(seconds)


class Readiness:
    """The checks, at most once in `CHECKED_FOR_S`, however many ask."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._checked_at = float("-inf")
        self._checks: dict[str, str] = {}
        self.facts: dict[str, Any] = {}

    async def checks(self, services: Services | None) -> dict[str, str]:
        """`ok` or why not, by part."""
        if services is None:
            return {"services": "not open"}
        async with self._lock:
            now = asyncio.get_running_loop().time()
            if now - self._checked_at >= CHECKED_FOR_S:
                self._checks = await self._check(services)
                self._checked_at = asyncio.get_running_loop().time()
            return self._checks

    async def _check(self, services: Services) -> dict[str, str]:
        self.facts = {}
        checks = {}
        try:
            async with asyncio.timeout(CHECK_TIMEOUT_S):
                self.facts = await services.store.check()
            checks["database"] = "ok" if self.facts.get("current", True) else "needs octavo migrate"
        except (OctavoError, TimeoutError):
            checks["database"] = "unreachable"
        try:
            async with asyncio.timeout(CHECK_TIMEOUT_S):
                await services.blobs.check()
            checks["blobs"] = "ok"
        except (OctavoError, TimeoutError):
            checks["blobs"] = "unreachable"
        return checks


@router.get("/", operation_id="root", summary="What this is")
async def root() -> RootAnswer:
    """Name, version, and where to go on."""
    return RootAnswer(name="octavo", version=__version__, api="/v1", openapi="/openapi.json")


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz", operation_id="alive", summary="Is the process alive?")
async def alive() -> AliveAnswer:
    """Always `ok`: whoever answers is alive."""
    return AliveAnswer(status="ok")


@router.head("/readyz", include_in_schema=False)
@router.get(
    "/readyz",
    operation_id="ready",
    summary="Can it work?",
    response_model=ReadyAnswer,
    responses=READY_ANSWER,
)
async def ready(request: Request) -> Response:
    """`200` when database and blob store answer, else `503`."""
    checks = await _readiness(request).checks(request.app.state.services)
    fine = all(state == "ok" for state in checks.values())
    answer = ReadyAnswer(status="ready" if fine else "unavailable", checks=checks)
    return JSONResponse(answer.model_dump(), 200 if fine else 503)


@router.get(
    "/metrics",
    operation_id="metrics",
    summary="Numbers for Prometheus",
    response_class=Response,
    responses=METRICS_ANSWER,
)
async def metrics(request: Request) -> Response:
    """Of this process; the queue's depth is everybody's."""
    kept: Metrics = request.app.state.metrics
    readiness = _readiness(request)
    await readiness.checks(request.app.state.services)
    kept.queue_depth.set(readiness.facts.get("queue_depth", float("nan")))
    return Response(generate_latest(kept.registry), media_type=CONTENT_TYPE_LATEST)


def _readiness(request: Request) -> Readiness:
    readiness: Readiness = request.app.state.readiness
    return readiness
