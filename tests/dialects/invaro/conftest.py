"""The dialect over fakes, and short ways to get a document, a job, a result."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from octavo.dialects.invaro.ids import job_id_from
from octavo.domain.field import Field, Fields, FieldSource
from octavo.server.front import create_front
from tests.http.world import PDF, World

JSON = dict[str, Any]


@dataclass
class Desk:
    """A client of the dialect, and the world behind it."""

    http: httpx.AsyncClient
    world: World

    async def data(self, method: str, path: str, **options: Any) -> Any:
        answer = await self.http.request(method, path, **options)
        assert answer.is_success, answer.text
        body = answer.json()
        assert body["success"] is True
        return body["data"]

    async def refused(self, status: int, code: str, method: str, path: str, **options: Any) -> JSON:
        answer = await self.http.request(method, path, **options)
        assert answer.status_code == status, answer.text
        error: JSON = answer.json()["error"]
        assert error["code"] == code, error
        return error

    async def document(self, name: str = "rent nov.pdf", content: bytes = PDF, **fields: str) -> str:
        data = await self.data("POST", "/parse/upload", files={"files": (name, content)}, data=fields)
        return str(data["files"][0]["doc_id"])

    async def started(self, kind: str = "invoices", **more: Any) -> str:
        body = {"document_id": await self.document(), **more}
        return str((await self.data("POST", f"/parse/{kind}", json=body))["job_id"])

    def internal(self, job_id: str) -> str:
        return f"job_{job_id_from(job_id)}"

    async def finish(self, job_id: str, fields: Fields | None = None) -> None:
        await self.world.complete(self.internal(job_id))
        if fields is not None:
            await self.world.find_fields(self.internal(job_id), fields)


@pytest.fixture
async def desk(world: World) -> AsyncIterator[Desk]:
    transport = httpx.ASGITransport(create_front(world.services), raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport,
        base_url="http://octavo.test/compat/invaro/api/v1",
        headers={"Authorization": f"bearer {world.acme.key}"},
    ) as client:
        yield Desk(client, world)


def fields_of(document_type: str, **values: str | float) -> Fields:
    """Paths with `__` for dots."""
    found = tuple(
        Field(path.replace("__", "."), value, FieldSource.OCR, str(value), (), 0.9)
        for path, value in values.items()
    )
    return Fields(document_type, 0.97, found)
