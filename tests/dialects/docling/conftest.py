"""A docling-serve over fakes, and short ways to speak to it."""

from base64 import b64encode
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from octavo.dialects.docling.ids import from_wire
from octavo.server.front import create_front
from tests.http.world import PDF, World


@pytest.fixture
async def peer(world: World) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_front(world.services), raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport,
        base_url="http://octavo.test/compat/docling",
        headers={"X-Api-Key": world.acme.key},
    ) as client:
        yield client


def inline(content: bytes = PDF, name: str = "scan.pdf") -> dict[str, str]:
    return {"kind": "file", "base64_string": b64encode(content).decode(), "filename": name}


async def sent(
    peer: httpx.AsyncClient, path: str = "/v1/convert/file/async", **fields: Any
) -> dict[str, Any]:
    answer = await peer.post(path, files={"files": ("scan.pdf", PDF)}, data=fields)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def internal(task: dict[str, Any]) -> str:
    return f"job_{from_wire(task['task_id'])[1]}"
