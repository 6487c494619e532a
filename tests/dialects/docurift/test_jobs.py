"""Jobs as the vendor's pages show them: members, what is absent, in every state; and their list."""

import re
from typing import Any

import httpx
import pytest

from tests.dialects.docurift.stage import INVOICE, completed, data_of, refusal_of, sent
from tests.http.world import World

WAITING = {"id", "status", "progress", "documentType", "createdAt", "updatedAt"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def moments_in(told: dict[str, Any]) -> list[str]:
    return [value for name, value in told.items() if name.endswith("At")]


@pytest.mark.shows("POST /v1/documents/process/async", "GET /v1/jobs/{job_id}")
async def test_an_accepted_job_is_pending_under_every_name_readers_look_for(rift: httpx.AsyncClient) -> None:
    answer = await rift.post(
        "/documents/process/async", files={"file": ("a.pdf", b"%PDF")}, data={"documentType": "invoice"}
    )
    accepted = data_of(answer)
    job = data_of(await rift.get(f"/jobs/{accepted['jobId']}"))

    assert answer.status_code == 202
    assert accepted["id"] == accepted["jobId"]
    assert accepted["documentId"].startswith("doc_")
    assert (accepted["status"], accepted["documentType"]) == ("pending", "invoice")
    assert answer.headers["location"].endswith(f"/compat/docurift/v1/jobs/{accepted['jobId']}")
    assert set(job) == WAITING
    assert (job["status"], job["progress"]) == ("pending", 0)
    assert all(MOMENT.fullmatch(moment) for moment in moments_in(job))


@pytest.mark.shows("GET /v1/jobs/{job_id}")
async def test_a_job_that_is_read_has_progress_and_no_more_members(
    rift: httpx.AsyncClient, world: World
) -> None:
    accepted = await sent(rift, documentType="invoice")
    world.begin(accepted["jobId"])
    await world.read_page(accepted["jobId"], 1)

    job = data_of(await rift.get(f"/jobs/{accepted['jobId']}"))

    assert set(job) == WAITING
    assert job["status"] == "processing"
    assert 0 < job["progress"] < 100


@pytest.mark.shows("GET /v1/jobs/{job_id}")
async def test_a_completed_job_has_its_fields_in_the_pages_own_variant(
    rift: httpx.AsyncClient, world: World
) -> None:
    accepted = await completed(rift, world)

    job = data_of(await rift.get(f"/jobs/{accepted['jobId']}"))

    assert set(job) == WAITING | {"documentId", "result", "completedAt"}
    assert (job["status"], job["progress"]) == ("completed", 100)
    assert job["documentId"] == accepted["documentId"]
    assert set(job["result"]) == {"extractedFields", "confidence"}
    assert job["result"]["confidence"] == 0.9
    fields = job["result"]["extractedFields"]
    shown = {name: fields[name] for name in ("invoiceNumber", "amount", "currency", "vendor", "date")}
    assert shown == {
        "invoiceNumber": "INV-7",
        "amount": 12.0,
        "currency": "GBP",
        "vendor": "Acme Ltd",
        "date": "2026-11-02",
    }
    assert fields["vendorDetails"]["city"] == "Leeds"
    assert MOMENT.fullmatch(job["completedAt"])


@pytest.mark.shows("GET /v1/jobs/{job_id}")
async def test_a_failed_job_is_a_success_that_says_where_it_failed(
    rift: httpx.AsyncClient, world: World
) -> None:
    accepted = await sent(rift, documentType="invoice")
    world.begin(accepted["jobId"])
    await world.read_page(accepted["jobId"], 1)
    world.fail(accepted["jobId"])

    answer = await rift.get(f"/jobs/{accepted['jobId']}")
    job = data_of(answer)

    assert answer.status_code == 200
    assert set(job) == WAITING | {"error", "failedAt"}
    assert job["status"] == "failed"
    assert 0 < job["progress"] < 100
    assert job["error"] == {
        "code": "OCR_FAILED",
        "message": "It cannot be read.",
        "details": {"step": "text_extraction", "retryable": False},
    }


@pytest.mark.shows("GET /v1/jobs/{job_id}")
async def test_a_job_that_was_cancelled_elsewhere_has_failed(rift: httpx.AsyncClient, world: World) -> None:
    accepted = await sent(rift)
    async with world.client() as native:
        await native.delete(f"/v1/jobs/{accepted['jobId']}")

    job = data_of(await rift.get(f"/jobs/{accepted['jobId']}"))

    assert (job["status"], job["error"]["code"]) == ("failed", "CANCELLED")
    assert set(job["error"]["details"]) == {"step", "retryable"}


@pytest.mark.shows("GET /v1/jobs/{job_id}")
async def test_30_days_after_its_end_a_job_is_unknown(rift: httpx.AsyncClient, world: World) -> None:
    accepted = await completed(rift, world)
    row = world.store.rows[next(iter(world.store.rows))]
    expires = world.clock.now()
    world.store.change(row.id, None, result_expires_at=expires)

    error = refusal_of(await rift.get(f"/jobs/{accepted['jobId']}"), 404, "JOB_NOT_FOUND")

    assert error == {
        "code": "JOB_NOT_FOUND",
        "message": f"Job with ID '{accepted['jobId']}' not found",
    }


async def test_jobs_and_their_sources_are_kept_for_30_days(rift: httpx.AsyncClient, world: World) -> None:
    await sent(rift)

    (job,) = world.store.rows.values()
    assert (job.source_expires_at - job.created_at).days == 30


@pytest.mark.shows("GET /v1/jobs")
async def test_the_list_has_pages_and_entries_without_results(rift: httpx.AsyncClient, world: World) -> None:
    first = await completed(rift, world)
    for _ in range(2):
        world.clock.advance(1)
        last = await sent(rift, documentType="receipt")

    answer = await rift.get("/jobs", params={"limit": 2})
    oldest = data_of(await rift.get("/jobs", params={"sortOrder": "asc", "limit": 1}))

    told = data_of(answer)
    assert told["jobs"][0]["id"] == last["jobId"]
    assert told["pagination"] == {
        "page": 1,
        "limit": 2,
        "total": 3,
        "totalPages": 2,
        "hasNextPage": True,
        "hasPreviousPage": False,
    }
    assert answer.json()["pagination"] == told["pagination"]
    assert oldest["jobs"][0]["id"] == first["jobId"]
    assert set(oldest["jobs"][0]) == WAITING | {"documentId", "completedAt"}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"status": "pending"}, 1),
        ({"status": "completed"}, 1),
        ({"status": "failed"}, 1),
        ({"status": "processing"}, 0),
        ({"documentType": "receipt"}, 1),
        ({"documentType": "general"}, 1),
        ({"startDate": "2026-11-22"}, 3),
        ({"startDate": "2026-11-22T23:00:00Z"}, 0),
        ({"endDate": "2026-11-22"}, 3),
        ({"endDate": "2026-11-21"}, 0),
        ({"sortBy": "updatedAt", "sortOrder": "asc"}, 3),
        ({"page": "2", "limit": "2"}, 1),
    ],
)
@pytest.mark.shows("GET /v1/jobs")
async def test_the_list_is_filtered_as_documented(
    rift: httpx.AsyncClient, world: World, query: dict[str, str], count: int
) -> None:
    await completed(rift, world)
    await sent(rift, documentType="receipt")
    world.fail((await sent(rift, documentType="general"))["jobId"])

    assert len(data_of(await rift.get("/jobs", params=query))["jobs"]) == count


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"status": "done"}, "status"),
        ({"limit": "101"}, "limit"),
        ({"page": "0"}, "page"),
        ({"sortBy": "size"}, "sortBy"),
        ({"sortOrder": "up"}, "sortOrder"),
        ({"startDate": "yesterday"}, "startDate"),
        ({"documentType": "poem"}, "documentType"),
    ],
)
async def test_a_wrong_parameter_is_400_and_named(
    rift: httpx.AsyncClient, query: dict[str, str], field: str
) -> None:
    error = refusal_of(await rift.get("/jobs", params=query), 400, "INVALID_REQUEST")

    assert field in str(error["details"])


async def test_the_native_api_and_this_one_see_one_job(rift: httpx.AsyncClient, world: World) -> None:
    accepted = await completed(rift, world)
    async with world.client() as native:
        ours = (await native.get(f"/v1/jobs/{accepted['jobId']}")).json()
        fields = (await native.get(f"/v1/jobs/{accepted['jobId']}/fields")).json()
        sent_there = (await native.post("/v1/jobs", files={"file": ("b.pdf", b"%PDF b")})).json()

    theirs = data_of(await rift.get(f"/jobs/{accepted['jobId']}"))
    seen_here = data_of(await rift.get(f"/jobs/{sent_there['id']}"))

    assert (ours["status"], theirs["status"]) == ("completed", "completed")
    assert ours["document_type"] == theirs["documentType"] == INVOICE.document_type
    assert fields["values"]["total"] == theirs["result"]["extractedFields"]["total"]
    assert (seen_here["status"], seen_here["documentType"]) == ("pending", "generic")
