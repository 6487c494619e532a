"""The requests that tools wired to docling-serve send, part by part, as their sources write them.

Open WebUI: `backend/open_webui/retrieval/loaders/main.py`, `DoclingLoader`. Langflow: `docling_remote.py`.
"""

import asyncio
import json
from base64 import b64encode
from collections.abc import Awaitable
from typing import Any

import httpx
import pytest

from tests.dialects.docling.conftest import internal
from tests.http.world import PDF, World

OPEN_WEBUI_PARAMS: list[dict[str, Any]] = [
    {},
    {
        "do_ocr": True,
        "force_ocr": False,
        "ocr_engine": "tesseract",
        "ocr_lang": ["eng", "fra"],
        "pdf_backend": "dlparse_v4",
        "table_mode": "accurate",
        "pipeline": "standard",
        "do_picture_description": False,
        "picture_description_local": "",
        "picture_description_api": "{}",
    },
    {"page_range": [1, 2], "md_page_break_placeholder": "---", "image_export_mode": "embedded"},
]
"""`DOCLING_PARAMS`: none, what its settings page had for each, and some of a person's own."""


async def while_worked_on(world: World, answer: Awaitable[httpx.Response]) -> httpx.Response:
    """The answer, while somebody else brings the job to its end as soon as it is there."""
    asking = asyncio.ensure_future(answer)
    for _ in range(100_000):
        if world.store.rows or asking.done():
            break
        await asyncio.sleep(0)
    for id_ in world.store.rows:
        await world.complete(f"job_{id_}")
    return await asking


@pytest.mark.shows("POST /v1/convert/file")
@pytest.mark.parametrize("params", OPEN_WEBUI_PARAMS)
async def test_open_webui_gets_its_markdown(
    peer: httpx.AsyncClient, world: World, params: dict[str, Any]
) -> None:
    """The name of the part is the path of the file in its uploads; flags are written as Python writes them."""
    fields = {"image_export_mode": "placeholder", **params}
    data = {name: value if isinstance(value, list) else str(value) for name, value in fields.items()}
    path = "/app/backend/data/uploads/0b3c_report 1.pdf"

    answer = await while_worked_on(
        world, peer.post("/v1/convert/file", files={"files": (path, PDF, "application/pdf")}, data=data)
    )

    assert answer.status_code == 200, answer.text
    assert answer.json()["document"]["md_content"].startswith("This is page 1.")
    [job] = world.store.rows.values()
    assert job.filename == "0b3c_report 1.pdf"


async def test_what_open_webui_shows_of_a_refusal_is_a_sentence(peer: httpx.AsyncClient) -> None:
    answer = await peer.post(
        "/v1/convert/file",
        files={"files": ("a.pdf", PDF, "application/pdf")},
        data={"image_export_mode": "placeholder", "do_picture_description": "True"},
    )

    assert answer.status_code == 422
    assert answer.json() == {"detail": "do_picture_description is not available on this server."}


@pytest.mark.shows(
    "POST /v1/convert/source/async", "GET /v1/status/poll/{task_id}", "GET /v1/result/{task_id}"
)
async def test_langflow_gets_its_document(peer: httpx.AsyncClient, world: World) -> None:
    """One source inside JSON, a poll without `wait`, and `json_content` out of the result."""
    source = {"kind": "file", "base64_string": b64encode(PDF).decode(), "filename": "report.pdf"}
    options = {"to_formats": ["json"], "image_export_mode": "placeholder"}

    task = (
        await peer.post("/v1/convert/source/async", json={"options": options, "sources": [source]})
    ).json()
    assert task["task_status"] not in {"success", "failure"}
    await world.complete(internal(task))
    polled = (await peer.get(f"/v1/status/poll/{task['task_id']}")).json()
    result = (await peer.get(f"/v1/result/{polled['task_id']}")).json()

    assert polled["task_status"] == "success"
    assert result["document"]["json_content"]["schema_name"] == "DoclingDocument"
    assert json.loads(json.dumps(result))["document"]["md_content"] is None
