"""The API as `octavo process` meets it, small enough to misbehave on purpose."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from octavo.cli.process.client import Client

Answer = TypeVar("Answer")


def job_at(status: str, *, done: int, total: int, failed: int = 0, **more: Any) -> dict[str, Any]:
    """One answer of `GET /v1/jobs/{id}`."""
    progress = {
        "stage": "reading",
        "pages_done": done,
        "pages_failed": failed,
        "pages_total": total,
        "pages_per_s": 2.0,
        "eta_s": 75.0,
        "queue_position": 3 if status == "queued" else None,
    }
    return {
        "id": "job_1",
        "status": status,
        "progress": progress,
        "engine": {"name": "ppocrv6"},
        "mean_confidence": 0.98765,
        "started_at": "2027-01-01T00:00:00Z",
        "finished_at": "2027-01-01T00:00:02.500000Z",
        "error": None,
        "cache_hit": False,
        **more,
    }


@dataclass
class FakeApi:
    """Answers with what it is given, in turn; the last answer stays."""

    submissions: list[Response] = field(default_factory=list)
    states: list[dict[str, Any]] = field(default_factory=list)
    results: list[Response] = field(default_factory=lambda: [Response(b"result")])
    fields: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    idempotency_keys: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    looked_at: asyncio.Event = field(default_factory=asyncio.Event)

    async def submit(self, request: Request) -> Response:
        self.idempotency_keys.append(request.headers["idempotency-key"])
        self.bodies.append(await request.body())
        return _next(self.submissions) if self.submissions else JSONResponse(_next(self.states), 202)

    async def look(self, request: Request) -> Response:
        del request
        self.looked_at.set()
        return JSONResponse(_next(self.states))

    async def result(self, request: Request) -> Response:
        del request
        return _next(self.results)

    async def cancel(self, request: Request) -> Response:
        self.cancelled.append(request.path_params["job_id"])
        return JSONResponse({})

    @asynccontextmanager
    async def client(self) -> AsyncIterator[Client]:
        routes = [
            Route("/v1/jobs", self.submit, methods=["POST"]),
            Route("/v1/jobs/{job_id}", self.look, methods=["GET"]),
            Route("/v1/jobs/{job_id}", self.cancel, methods=["DELETE"]),
            Route("/v1/jobs/{job_id}/result", self.result),
        ]
        transport = httpx.ASGITransport(Starlette(routes=routes))
        async with httpx.AsyncClient(transport=transport, base_url="http://octavo") as http:
            yield Client(http)


def problem(status: int, detail: str, **headers: str) -> Response:
    body = {"detail": detail, "status": status, "code": "some_code"}
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return JSONResponse(body, status, names, "application/problem+json")


def _next(answers: list[Answer]) -> Answer:
    return answers.pop(0) if len(answers) > 1 else answers[0]
