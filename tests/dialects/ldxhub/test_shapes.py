"""Each documented answer: its members, their order, what is absent, for every state."""

import base64
import string
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from octavo.dialects.ldxhub.ids import Kind, from_wire, to_wire
from octavo.domain.errors import NotFound
from octavo.domain.ids import new_id
from octavo.server.front import create_front
from tests.http.world import PDF, World

KEYS = ["job_id", "file_id", "engine", "status", "progress", "created_at", "updated_at", "expires_at"]
ORDER = {"engine": "ki/ocr", "languages": ["eng"], "output_format": "docx"}


@pytest.fixture
async def hub(world: World) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_front(world.services), raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport,
        base_url="http://octavo.test/compat/ldxhub",
        headers={"Authorization": f"Bearer {world.acme.key}"},
    ) as client:
        yield client


async def uploaded(hub: httpx.AsyncClient) -> dict[str, Any]:
    answer = await hub.post("/files", files={"file": ("scan.pdf", PDF)})
    assert answer.is_success, answer.text
    return dict(answer.json())


async def ordered(hub: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    file = await uploaded(hub)
    answer = await hub.post("/renderocr/jobs", json={**ORDER, "file_id": file["file_id"], **changes})
    assert answer.status_code == 202, answer.text
    return dict(answer.json())


def internal(job: dict[str, Any]) -> str:
    return from_wire(job["job_id"])[1]


@pytest.mark.shows("POST /files", "GET /files", "GET /files/{file_id}")
async def test_a_file_is_told_without_envelope_and_lives_for_a_day(hub: httpx.AsyncClient) -> None:
    file = await uploaded(hub)
    again = (await hub.get(f"/files/{file['file_id']}")).json()
    listed = (await hub.get("/files")).json()

    assert list(file) == ["file_id", "filename", "size", "created_at", "updated_at", "expires_at"]
    assert again == file
    assert listed == {"data": [file]}
    created, expires = (datetime.fromisoformat(file[name]) for name in ("created_at", "expires_at"))
    assert expires - created == timedelta(hours=24)


@pytest.mark.shows("GET /files", "POST /uploads", "PUT /uploads/{file_id}", "GET /files/{file_id}")
async def test_a_file_in_chunks_is_listed_by_its_own_id_from_the_start(
    hub: httpx.AsyncClient, world: World
) -> None:
    whole = await uploaded(hub)
    world.clock.advance(1)
    begun = (await hub.post("/uploads", json={"filename": "chunks.pdf"})).json()
    path = f"/uploads/{begun['file_id']}"

    empty = (await hub.get("/files")).json()["data"]
    grown = (await hub.put(path, json={"data": base64.b64encode(PDF).decode()})).json()
    await hub.get(f"/files/{begun['file_id']}/content")
    used = (await hub.get("/files")).json()["data"]

    assert empty == [begun, whole]
    assert used == [grown, whole]
    assert (begun["size"], grown["size"]) == (0, len(PDF))
    assert (await hub.get(f"/files/{begun['file_id']}")).json() == grown


@pytest.mark.shows("GET /files/{file_id}/content")
async def test_a_range_of_a_file_and_a_stale_condition(hub: httpx.AsyncClient) -> None:
    file = await uploaded(hub)
    path = f"/files/{file['file_id']}/content"

    whole = await hub.get(path)
    part = await hub.get(path, headers={"Range": "bytes=0-3"})
    stale = await hub.get(path, headers={"If-Unmodified-Since": "Thu, 01 Jan 1998 00:00:00 GMT"})
    fresh = await hub.get(path, headers={"If-Unmodified-Since": whole.headers["last-modified"]})

    assert (whole.status_code, whole.content) == (200, PDF)
    assert (part.status_code, part.content) == (206, PDF[:4])
    assert stale.status_code == 412
    assert fresh.status_code == 200


@pytest.mark.shows("POST /renderocr/jobs")
async def test_an_accepted_job_has_the_recorded_members_and_no_nulls(hub: httpx.AsyncClient) -> None:
    job = await ordered(hub)

    assert list(job) == KEYS
    assert (job["status"], job["progress"], job["engine"]) == ("queued", 0.0, "ki/ocr")


@pytest.mark.shows("GET /renderocr/jobs/{job_id}")
async def test_every_state_has_its_members(hub: httpx.AsyncClient, world: World) -> None:
    job = await ordered(hub)
    path, id_ = f"/renderocr/jobs/{job['job_id']}", f"job_{internal(job)}"

    world.begin(id_)
    assert (await hub.get(path)).json()["status"] == "processing"
    await world.complete(id_)
    done = (await hub.get(path)).json()
    assert list(done) == [
        *KEYS[:5],
        "output_file_id",
        "created_at",
        "updated_at",
        "completed_at",
        "expires_at",
    ]
    assert done["progress"] == 1.0
    assert done["completed_at"] == done["updated_at"]

    other = await ordered(hub)
    await world.read_page(f"job_{internal(other)}", 1)
    world.fail(f"job_{internal(other)}")
    failed = (await hub.get(f"/renderocr/jobs/{other['job_id']}")).json()
    assert (failed["status"], failed["progress"]) == ("failed", 0.0)
    assert list(failed["error"]) == ["code", "message", "request_id"]
    assert "output_file_id" not in failed


@pytest.mark.shows("GET /renderocr/jobs", "GET /castdoc/jobs", "GET /extractdoc/jobs")
async def test_the_history_is_newest_first_and_of_one_service(hub: httpx.AsyncClient, world: World) -> None:
    first = await ordered(hub)
    world.clock.advance(1)
    second = await ordered(hub)

    listed = (await hub.get("/renderocr/jobs")).json()["data"]

    assert [job["job_id"] for job in listed] == [second["job_id"], first["job_id"]]
    assert list(listed[0]) == KEYS
    assert (await hub.get("/castdoc/jobs")).json() == {"data": []}
    assert (await hub.get("/extractdoc/jobs")).json() == {"data": []}
    assert (await hub.get(f"/castdoc/jobs/{first['job_id']}")).status_code == 404


@pytest.mark.parametrize("wait", ["0", "", "x", "-1"])
@pytest.mark.shows("GET /renderocr/jobs/{job_id}")
async def test_a_wait_that_is_none_answers_at_once(hub: httpx.AsyncClient, wait: str) -> None:
    job = await ordered(hub)

    assert (await hub.get(f"/renderocr/jobs/{job['job_id']}?wait={wait}")).json()["status"] == "queued"


@pytest.mark.shows(
    "GET /renderocr/engines",
    "GET /castdoc/engines",
    "GET /extractdoc/engines",
    "GET /refineloop/models",
    "GET /structflow/models",
    "GET /analyzedoc/models",
)
async def test_engines_and_models_are_public_and_fill_menus(hub: httpx.AsyncClient) -> None:
    public = {"headers": {"Authorization": ""}}
    engine = (await hub.get("/renderocr/engines", **public)).json()["data"][0]  # type: ignore[arg-type]

    assert engine["id"] == "ki/ocr"
    assert {"from": "pdf", "to": "docx"} in engine["supported_conversions"]
    assert engine["supported_languages"][0]["code"] == "Auto"
    for name in ("refineloop", "structflow", "analyzedoc"):
        models = await hub.get(f"/{name}/models", **public)  # type: ignore[arg-type]
        assert models.json() == {"data": []}
    extract = (await hub.get("/extractdoc/engines", **public)).json()["data"][0]  # type: ignore[arg-type]
    assert "supported_languages" not in extract
    cast = (await hub.get("/castdoc/engines", **public)).json()["data"][0]  # type: ignore[arg-type]
    assert [pair["to"] for pair in cast["supported_conversions"]] == ["docx", "xlsx", "pptx"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"file_id": "amq0" + "x" * 28}, "file_not_found"),
        ({"output_format": "odt"}, "unsupported_conversion"),
        ({"engine": "ki/other"}, "invalid_request"),
        ({"languages": ["klingon"]}, "invalid_request"),
        ({"engine": 7}, "validation_failed"),
    ],
)
async def test_a_wrong_order_is_400_and_says_why(
    hub: httpx.AsyncClient, change: dict[str, Any], code: str
) -> None:
    file = await uploaded(hub)
    answer = await hub.post("/renderocr/jobs", json={**ORDER, "file_id": file["file_id"], **change})

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == code


@pytest.mark.shows("POST /renderocr/jobs")
async def test_a_document_that_cannot_be_opened_is_a_job_that_fails(hub: httpx.AsyncClient) -> None:
    broken = await hub.post("/files", files={"file": ("broken.pdf", b"BROKEN")})

    answer = await hub.post("/renderocr/jobs", json={**ORDER, "file_id": broken.json()["file_id"]})

    assert (answer.status_code, answer.json()["status"]) == (202, "queued")


async def test_members_of_sibling_services_are_passed_over(hub: httpx.AsyncClient) -> None:
    assert (await ordered(hub, webhook_url="https://example.test/x", webhook_secret="s"))[
        "status"
    ] == "queued"


def test_ids_are_32_signs_that_begin_with_their_hour_and_can_be_read_back(world: World) -> None:
    id_ = new_id(world.clock.now())
    written = to_wire(Kind.JOB, id_)

    assert len(written) == 32
    assert set(written) <= set(string.digits + string.ascii_lowercase)
    assert int(written[:4], 36) == int(world.clock.now().timestamp()) // 3600
    assert from_wire(written) == (Kind.JOB, id_)
    for wrong in (written[:-1] + ("0" if written[-1] != "0" else "1"), written.upper(), "", "ambo"):
        with pytest.raises(NotFound):
            from_wire(wrong)
