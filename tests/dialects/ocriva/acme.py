"""One project's client over the fakes, and short ways to say what a test is about."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from octavo.server.front import create_front
from tests.http.world import PDF, World

BASE = "http://octavo.test/compat/ocriva/v1/openapi"
SCHEMA: dict[str, Any] = {
    "invoiceNumber": {"type": "string", "description": "Number of the invoice"},
    "totalAmount": {"type": "number"},
    "vendor": "string",
    "lineItems": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"description": {"type": "string"}, "unitPrice": {"type": "number"}},
        },
    },
}


@asynccontextmanager
async def client_of(world: World, key: str) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_front(world.services), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers={"X-API-Key": key}) as client:
        yield client


def form(world: World, **more: str) -> dict[str, str]:
    return {
        "fileName": "till-roll.pdf",
        "fileType": "pdf",
        "fileSize": str(len(PDF)),
        "mimeType": "application/pdf",
        "projectId": world.acme.project.id,
        **more,
    }


async def uploaded(client: httpx.AsyncClient, world: World, **more: str) -> dict[str, Any]:
    files = {"file": ("any.pdf", PDF, "application/pdf")}
    answer = await client.post("/upload", files=files, data=form(world, **more))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def templated(client: httpx.AsyncClient, world: World, **more: Any) -> dict[str, Any]:
    order = {
        "name": "Receipt",
        "description": "",
        "templateSchema": SCHEMA,
        "projectId": world.acme.project.id,
        **more,
    }
    answer = await client.post("/templates", json=order)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def read(client: httpx.AsyncClient, path: str, **query: Any) -> Any:
    answer = await client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(answer: httpx.Response, status: int, message: str = "") -> None:
    body = answer.json()
    assert answer.status_code == body["statusCode"] == status, answer.text
    assert message in str(body["message"])
