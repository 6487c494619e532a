"""What Open WebUI's `ExternalDocumentLoader` sends, and what it does with the answers."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from octavo.dialects.openwebui import routes
from octavo.domain.document import BlockType, Page
from octavo.domain.job import JobStatus
from octavo.server.front import create_front
from tests.exporters.samples import block_of, page_of
from tests.http.world import PDF, World

PAGES = [
    page_of(1, block_of(BlockType.PAGE_FOOTER, "1")),
    page_of(2, block_of(BlockType.HEADING, "Rain", page=2), block_of(BlockType.PARAGRAPH, "Much.", page=2)),
    page_of(3),
]


@pytest.fixture
async def engine(world: World) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_front(world.services), raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport,
        base_url="http://octavo.test/compat/openwebui",
        headers={"Authorization": f"Bearer {world.acme.key}"},
    ) as client:
        yield client


async def loaded(
    engine: httpx.AsyncClient, world: World, pages: list[Page] | None = None, *, fails: bool = False
) -> httpx.Response:
    """The loader's request, while somebody else brings the job to its end."""
    headers = {"Content-Type": "application/pdf", "X-Filename": quote("Bericht für Köln.pdf")}
    asking = asyncio.ensure_future(engine.put("/process", content=PDF, headers=headers))
    for _ in range(100_000):
        if world.store.rows or asking.done():
            break
        await asyncio.sleep(0)
    for id_ in [job.id for job in world.store.rows.values() if job.status is JobStatus.QUEUED]:
        if fails:
            world.fail(f"job_{id_}")
        else:
            await world.complete(f"job_{id_}", pages)
    return await asking


@pytest.mark.shows("PUT /process")
async def test_each_page_with_text_is_a_document_that_names_its_page(
    engine: httpx.AsyncClient, world: World
) -> None:
    answer = await loaded(engine, world, PAGES)

    assert answer.status_code == 200, answer.text
    assert answer.json() == [
        {
            "page_content": "# Rain\n\nMuch.",
            "metadata": {"page": 1, "page_label": "2", "total_pages": 3},
        },
        {
            "page_content": "This is page 3.",
            "metadata": {"page": 2, "page_label": "3", "total_pages": 3},
        },
    ]
    [job] = world.store.rows.values()
    assert job.filename == "Bericht für Köln.pdf"
    assert job.metadata == {"dialect": "openwebui"}


async def test_a_document_without_text_is_left_to_its_own_loader(
    engine: httpx.AsyncClient, world: World
) -> None:
    answer = await loaded(engine, world, PAGES[:1])

    assert answer.status_code == 422
    assert answer.json() == {"detail": "No extractable text"}


async def test_what_fails_is_a_sentence(engine: httpx.AsyncClient, world: World) -> None:
    failed = await loaded(engine, world, fails=True)
    unknown = await engine.put("/process", content=b"noise")

    assert (failed.status_code, failed.json()) == (422, {"detail": "It cannot be read."})
    assert unknown.status_code == 415
    assert list(unknown.json()) == ["detail"]
    assert len(world.store.rows) == 1


async def test_who_waits_too_long_is_told_so(
    engine: httpx.AsyncClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "WAIT_S", 0.01)

    answer = await engine.put("/process", content=PDF)

    assert answer.status_code == 504
    assert "Send it again" in answer.json()["detail"]


async def test_source_and_result_are_kept_for_an_hour(engine: httpx.AsyncClient, world: World) -> None:
    await loaded(engine, world)

    [job] = world.store.rows.values()
    kept: list[Any] = [job.source_expires_at, job.result_expires_at]
    assert all(moment is None or (moment - job.created_at).total_seconds() <= 3600 for moment in kept)
