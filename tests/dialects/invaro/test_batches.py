"""Batches, the general rate of documents, and health."""

import re
from typing import Any

import pytest

from octavo.domain.errors import TemporaryFailure
from octavo.domain.limits import RequestLimits
from tests.dialects.invaro.conftest import Desk, fields_of
from tests.http.world import World


async def ordered(desk: Desk, kind: str, number: int, **more: Any) -> dict[str, Any]:
    files = [{"document_id": await desk.document(f"{n}.pdf")} for n in range(number)]
    return dict(await desk.data("POST", f"/parse/{kind}/batch", json={"files": files, **more}))


@pytest.mark.shows("POST /api/v1/parse/invoices/batch", "POST /api/v1/parse/statements/batch")
@pytest.mark.parametrize("kind", ["invoices", "statements"])
async def test_a_batch_names_a_job_for_each_document(desk: Desk, kind: str) -> None:
    data = await ordered(desk, kind, 2)

    assert list(data) == ["batch_id", "status", "job_ids", "created_at", "updated_at"]
    assert re.fullmatch(r"batch_\d{28}", data["batch_id"])
    assert data["status"] == "pending"
    names = [(await desk.data("GET", f"/parse/{kind}/{job_id}"))["file_id"] for job_id in data["job_ids"]]
    assert names == ["0.pdf", "1.pdf"]


async def test_a_batch_takes_ten_documents_that_exist(desk: Desk) -> None:
    document = await desk.document()
    files = [{"document_id": document}] * 11
    await desk.refused(400, "VALIDATION_ERROR", "POST", "/parse/invoices/batch", json={"files": files})
    await desk.refused(400, "VALIDATION_ERROR", "POST", "/parse/invoices/batch", json={"files": []})
    await desk.refused(400, "VALIDATION_ERROR", "POST", "/parse/invoices/batch", json={"files": [{}]})
    wrong = [{"document_id": document}, {"document_id": "x"}]
    await desk.refused(400, "INVALID_DOCUMENT_ID", "POST", "/parse/invoices/batch", json={"files": wrong})
    assert not desk.world.store.rows
    told = await desk.data("POST", "/parse/invoices/batch", json={"files": files[:10]})
    assert len(told["job_ids"]) == 10


@pytest.mark.shows(
    "GET /api/v1/parse/invoices/batch/{batch_id}", "GET /api/v1/parse/statements/batch/{batch_id}"
)
async def test_a_batch_is_what_its_jobs_are(desk: Desk) -> None:
    made = await ordered(desk, "invoices", 2)
    first, second = made["job_ids"]

    async def told(kind: str = "invoices") -> dict[str, Any]:
        return dict(await desk.data("GET", f"/parse/{kind}/batch/{made['batch_id']}"))

    assert (await told())["status"] == "pending"
    desk.world.begin(desk.internal(first))
    assert (await told())["status"] == "processing"
    await desk.finish(first, fields_of("invoice"))
    desk.world.fail(desk.internal(second))
    done = await told("statements")
    assert (done["status"], done["total_files"], done["processed_files"], done["failed_files"]) == (
        "completed",
        2,
        1,
        1,
    )
    assert done["job_ids"] == [first, second]
    assert done["files"][1]["error"] == "It cannot be read."
    assert list(done["files"][0]) == ["file_id", "document_id", "job_id", "status"]
    await desk.refused(404, "NOT_FOUND", "GET", "/parse/invoices/batch/batch_1739261168870934041")


async def test_each_document_counts_as_a_request(desk: Desk, world: World) -> None:
    project = world.acme.project
    limits = RequestLimits(submits_per_minute=6, reads_per_minute=50)
    documents = [await desk.document() for _ in range(2)]
    world.store.project_rows[project.id] = type(project)(
        **{**{name: getattr(project, name) for name in project.__slots__}, "limits": limits}
    )
    world.clock.advance(30)
    files = [{"document_id": documents[n % 2]} for n in range(5)]

    answer = await desk.http.post("/parse/invoices/batch", json={"files": files})
    assert answer.status_code == 200, answer.text
    assert (answer.headers["x-ratelimit-limit"], answer.headers["x-ratelimit-remaining"]) == ("6", "1")
    refused = await desk.http.post("/parse/invoices/batch", json={"files": files[:2]})
    assert refused.status_code == 429
    assert refused.json()["error"]["code"] == "RATE_LIMIT_EXCEEDED"
    assert refused.json()["error"]["message"] == "Too many requests"
    assert refused.headers["x-ratelimit-remaining"] == "0"
    assert int(refused.headers["retry-after"]) >= 1
    assert len(world.store.rows) == 5


@pytest.mark.shows("GET /api/v1/health", "GET /health", "GET /")
async def test_health_needs_no_key(desk: Desk, world: World) -> None:
    open_ = {"headers": {"Authorization": ""}}
    for address in (
        "/health",
        "http://octavo.test/compat/invaro/health",
        "http://octavo.test/compat/invaro/",
    ):
        data = await desk.data("GET", address, **open_)
        assert data == {
            "status": "ok",
            "timestamp": "2026-11-22T04:00:00Z",
            "services": {"database": {"status": True, "message": None}},
        }
    world.store.failure = TemporaryFailure("The database cannot be reached.")
    answer = await desk.http.get("/health", **open_)  # type: ignore[arg-type]
    assert answer.status_code == 503
    assert answer.json()["data"]["services"]["database"]["status"] is False


async def test_every_address_stands_below_the_doubled_base_too(desk: Desk) -> None:
    base = "http://octavo.test/compat/invaro/api/v1/api/v1"
    made = await desk.data("POST", f"{base}/parse", json={"document_id": await desk.document()})

    assert (await desk.data("GET", f"{base}/parse/{made['job_id']}"))["status"] == "pending"
    assert (await desk.data("GET", f"{base}/schemas/list"))["total"] == 0
    assert (await desk.data("GET", f"{base}/files"))["total"] == 1
    answer = await desk.http.delete(f"{base}/parse/upload")
    assert answer.status_code == 405
    assert "POST" in answer.headers["allow"]
