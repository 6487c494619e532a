"""A client over fakes, and short ways to bring documents into every state."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from octavo.domain.field import Field, Fields, FieldSource
from octavo.server.front import create_front
from tests.http.world import PDF, World

BASE = "http://octavo.test/compat/docurift/v1"
SAID: dict[str, str | float] = {
    "invoice_number": "INV-7",
    "invoice_date": "2026-11-02",
    "seller.name": "Acme Ltd",
    "seller.address": "1 High Street, Leeds, LS1 4AP",
    "seller.street": "1 High Street",
    "seller.city": "Leeds",
    "buyer.name": "Bolt GmbH",
    "currency": "GBP",
    "line_items.0.description": "Paper",
    "line_items.0.quantity": 2,
    "line_items.0.unit_price": 5.0,
    "line_items.0.amount": 10.0,
    "tax_total": 2.0,
    "total": 12.0,
}
INVOICE = Fields(
    document_type="invoice",
    type_confidence=None,
    found=tuple(
        Field(path, value, FieldSource.OCR, str(value), confidence=0.9) for path, value in SAID.items()
    ),
)


def client_of(world: World, **headers: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(create_front(world.services), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers)


async def sent(rift: httpx.AsyncClient, name: str = "scan.pdf", **fields: str) -> dict[str, Any]:
    answer = await rift.post(
        "/documents/process/async", files={"file": (name, PDF + name.encode())}, data=fields
    )
    assert answer.status_code == 202, answer.text
    return dict(data_of(answer))


async def completed(
    rift: httpx.AsyncClient, world: World, name: str = "scan.pdf", fields: Fields | None = INVOICE
) -> dict[str, Any]:
    """An invoice that was read."""
    job = await sent(rift, name, documentType="invoice")
    world.begin(job["jobId"])
    await world.complete(job["jobId"])
    if fields is not None:
        await world.find_fields(job["jobId"], fields)
    return job


def data_of(answer: httpx.Response) -> Any:
    body = answer.json()
    assert answer.is_success, body
    assert body["success"] is True
    return body["data"]


def refusal_of(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    body = answer.json()
    assert (answer.status_code, body["error"]["code"]) == (status, code), body
    assert body["success"] is False
    error: dict[str, Any] = body["error"]
    return error


@pytest.fixture
async def rift(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(world, **{"X-API-Key": world.acme.key}) as client:
        yield client
