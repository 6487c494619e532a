"""Jobs: every state in its shape, under either kind, and their lists."""

import re
from typing import Any

import pytest

from octavo.domain.job import JobStatus
from tests.dialects.invaro.conftest import Desk, fields_of
from tests.http.world import PDF, World, submit

JOB_ID = re.compile(r"job_\d{28}")


@pytest.mark.shows("POST /api/v1/parse/invoices", "POST /api/v1/parse/statements", "POST /api/v1/parse")
@pytest.mark.parametrize("kind", ["/invoices", "/statements", ""])
async def test_a_start_answers_with_the_job(desk: Desk, kind: str) -> None:
    document = await desk.document()
    answer = await desk.http.post(f"/parse{kind}", json={"document_id": document})

    assert answer.status_code == 200
    data = answer.json()["data"]
    assert list(data) == ["job_id", "status", "created_at", "updated_at"]
    assert JOB_ID.fullmatch(data["job_id"])
    assert data["status"] == "pending"
    assert data["created_at"] == "2026-11-22T04:00:00Z"


async def test_a_document_is_named_in_several_ways(desk: Desk) -> None:
    data = await desk.data("POST", "/parse/upload", files={"files": ("a.pdf", PDF)})
    uuid, named = data["files"][0]["doc_id"], data["files"][0]["file_id"]

    for body in (
        {"file_id": named},
        {"file_ids": [uuid]},
        {"document_id": uuid, "file_id": "old", "type": "x"},
    ):
        told = await desk.data("POST", "/parse/invoices", json=body)
        assert JOB_ID.fullmatch(told["job_id"])
    several = await desk.data("POST", "/parse/invoices", json={"file_ids": [uuid, named]})
    assert several["job_ids"][0] == several["job_id"]
    assert len(several["job_ids"]) == 2


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "VALIDATION_ERROR"),
        ({"document_id": 7}, "VALIDATION_ERROR"),
        ([], "VALIDATION_ERROR"),
        ({"document_id": "2f1c8e0a-6a51-4c0e-9a57-0b0d9f6d7c11"}, "INVALID_DOCUMENT_ID"),
        ({"document_id": "x"}, "INVALID_DOCUMENT_ID"),
    ],
)
async def test_a_wrong_start_is_400_and_says_why(desk: Desk, body: Any, code: str) -> None:
    assert (await desk.refused(400, code, "POST", "/parse/invoices", json=body))["details"]


@pytest.mark.parametrize(
    "options", [{"categorize": "yes"}, {"colour": True}, {"detect_tax": "yes"}, {"extract_items": 1}]
)
async def test_options_that_cannot_be_met_are_refused(desk: Desk, options: dict[str, Any]) -> None:
    body = {"document_id": await desk.document(), "options": options}
    error = await desk.refused(400, "VALIDATION_ERROR", "POST", "/parse/invoices", json=body)
    assert next(iter(options)) in error["details"]


async def test_an_order_is_answered_as_pending_though_its_result_is_there(desk: Desk) -> None:
    document = await desk.document()
    first = await desk.data("POST", "/parse/invoices", json={"document_id": document})
    desk.world.begin(desk.internal(first["job_id"]))
    await desk.finish(first["job_id"], fields_of("invoice"))

    again = await desk.data("POST", "/parse/invoices", json={"document_id": document})
    batch = await desk.data("POST", "/parse/invoices/batch", json={"files": [{"document_id": document}]})

    assert (first["status"], again["status"], batch["status"]) == ("pending", "pending", "pending")
    for id_ in (again["job_id"], *batch["job_ids"]):
        assert (await desk.data("GET", f"/parse/invoices/{id_}"))["status"] == "completed"


@pytest.mark.parametrize("options", [{"categorize": True}, {"categorize": False}, {}])
async def test_bookings_have_categories_where_the_order_asks_for_them(
    desk: Desk, options: dict[str, bool]
) -> None:
    id_ = await desk.started("statements", options=options)
    desk.world.begin(desk.internal(id_))
    found = fields_of(
        "bank_statement",
        transactions__0__description="Miete November",
        transactions__0__amount=-700.0,
        transactions__0__category="rent",
        transactions__1__description="XK 221",
        transactions__1__amount=3.0,
        transactions__2__description="VIREMENT SALAIRE",
        transactions__2__amount=1200.0,
    )
    await desk.finish(id_, found)

    bookings = (await desk.data("GET", f"/parse/statements/{id_}"))["results"]["transactions"]

    if options.get("categorize"):
        assert [booking["category"] for booking in bookings] == ["rent", None, "salary"]
    else:
        assert not [booking for booking in bookings if "category" in booking]


async def test_files_sent_with_the_order_are_started_at_once(desk: Desk) -> None:
    files = [("files", ("a.pdf", PDF)), ("files", ("b.txt", b"words"))]
    data = {"process": "true", "options": '{"extract_items": false}'}
    told = await desk.data("POST", "/parse/invoices", files=files, data=data)
    both = await desk.data("POST", "/parse/statements", files=[files[0], ("file", ("c.pdf", PDF))])
    stored = await desk.data("POST", "/parse/invoices", files=[files[0]], data={"process": "false"})

    assert told["status"] == "pending"
    assert told["files"][0]["doc_id"]
    assert told["files"][1]["error"]["code"] == "VALIDATION_ERROR"
    assert len(both["job_ids"]) == 2
    assert "job_id" not in stored
    before = len(desk.world.store.file_rows)
    wrong = {"files": [files[0]], "data": {"options": "{"}}
    await desk.refused(400, "VALIDATION_ERROR", "POST", "/parse/invoices", **wrong)
    assert len(desk.world.store.file_rows) == before


@pytest.mark.shows(
    "GET /api/v1/parse/invoices/{job_id}",
    "GET /api/v1/parse/statements/{job_id}",
    "GET /api/v1/parse/{job_id}",
)
async def test_every_state_has_its_members_in_the_envelope_and_beside_it(desk: Desk) -> None:
    id_ = await desk.started()

    async def told(kind: str = "/invoices") -> dict[str, Any]:
        body: dict[str, Any] = (await desk.http.get(f"/parse{kind}/{id_}")).json()
        data: dict[str, Any] = body.pop("data")
        assert body.pop("success") is True
        assert body == {name: value for name, value in data.items() if name != "error"}
        return data

    queued = await told()
    assert list(queued) == [
        "job_id", "status", "file_id", "created_at", "updated_at", "progress", "document_id"
    ]  # fmt: skip
    assert (queued["status"], queued["progress"], queued["file_id"]) == ("pending", 0, "rent nov.pdf")

    desk.world.begin(desk.internal(id_))
    desk.world.clock.advance(4)
    await desk.world.read_page(desk.internal(id_), 1)
    running = await told()
    assert running["status"] == "processing"
    assert 0 < running["progress"] < 100
    assert running["estimated_completion"] == "2026-11-22T04:00:13Z"

    await desk.finish(id_, fields_of("invoice", invoice_number="R-1"))
    done = await told()
    assert (done["status"], done["progress"]) == ("completed", 100)
    assert done["results"] == done["result"]
    assert done["results"]["invoice_info"]["invoice_number"] == "R-1"
    assert "error" not in done
    assert await told("/statements") == await told("") == done


async def test_a_failed_and_a_cancelled_job_are_200_with_the_reason(desk: Desk) -> None:
    failed, cancelled = await desk.started(), await desk.started()
    desk.world.fail(desk.internal(failed))
    await desk.data("DELETE", f"/jobs/{cancelled}")

    for id_, reason in ((failed, "It cannot be read."), (cancelled, "The job was cancelled.")):
        body = (await desk.http.get(f"/parse/invoices/{id_}")).json()
        assert body["success"] is True
        assert "error" not in body
        assert body["data"]["status"] == body["status"] == "failed"
        assert body["data"]["error"] == body["data"]["error_message"] == reason
        assert "results" not in body["data"]


@pytest.mark.parametrize("id_", ["job_1739261168870934041", "job_" + "0" * 28, "upload", "x" * 300])
async def test_an_unknown_job_is_404(desk: Desk, id_: str) -> None:
    for path in ("/parse/invoices/", "/parse/statements/", "/parse/"):
        await desk.refused(404, "NOT_FOUND", "GET", path + id_)


async def test_a_purged_job_is_unknown_and_a_result_that_expired_is_gone(desk: Desk, world: World) -> None:
    purged, expired = await desk.started(), await desk.started()
    await desk.finish(purged, fields_of("invoice"))
    async with world.client() as native:
        assert (await native.post(f"/v1/jobs/{desk.internal(purged)}/purge")).is_success
    await desk.finish(expired, fields_of("invoice"))
    world.store.change(world.store.rows[_id(desk, expired)].id, None, result_deleted_at=world.clock.now())

    await desk.refused(404, "NOT_FOUND", "GET", f"/parse/invoices/{purged}")
    await desk.refused(410, "GONE", "GET", f"/parse/invoices/{expired}")


@pytest.mark.shows("GET /api/v1/parse/invoices", "GET /api/v1/parse/statements", "GET /api/v1/jobs")
async def test_lists_are_by_kind_and_state(desk: Desk, world: World) -> None:
    ids = []
    for kind in ("invoices", "statements", "invoices"):
        world.clock.advance(1)
        ids.append(await desk.started(kind))
    world.fail(desk.internal(ids[2]))
    async with world.client() as native:
        await submit(native)

    invoices = await desk.data("GET", "/parse/invoices?page_size=1")
    assert {name: invoices[name] for name in ("total", "page", "page_size", "total_pages")} == {
        "total": 2,
        "page": 1,
        "page_size": 1,
        "total_pages": 2,
    }
    assert [job["job_id"] for job in invoices["jobs"]] == [ids[2]]
    assert invoices["jobs"][0]["error_message"] == "It cannot be read."
    statements = await desk.data("GET", "/parse/statements?status=pending")
    assert [job["job_id"] for job in statements["jobs"]] == [ids[1]]
    assert (await desk.data("GET", "/jobs"))["total"] == 4
    assert [job["job_id"] for job in (await desk.data("GET", "/jobs?status=failed"))["jobs"]] == [ids[2]]
    await desk.refused(400, "VALIDATION_ERROR", "GET", "/jobs?status=lost")


@pytest.mark.shows("DELETE /api/v1/jobs/{job_id}", "POST /api/v1/jobs/{job_id}/retry")
async def test_a_job_is_cancelled_once_and_tried_again(desk: Desk, world: World) -> None:
    id_ = await desk.started()

    cancelled = await desk.data("DELETE", f"/jobs/{id_}")
    assert (cancelled["job_id"], cancelled["status"]) == (id_, "failed")
    await desk.refused(409, "CONFLICT", "DELETE", f"/jobs/{id_}")
    assert (await desk.data("POST", f"/jobs/{id_}/retry"))["status"] == "pending"
    await desk.refused(409, "CONFLICT", "POST", f"/jobs/{id_}/retry")
    assert world.store.rows[_id(desk, id_)].status is JobStatus.QUEUED


async def test_the_native_api_sees_the_same_job_with_the_same_truth(desk: Desk, world: World) -> None:
    id_ = await desk.started()
    desk.world.begin(desk.internal(id_))
    await desk.finish(id_, fields_of("invoice", total=9.9, seller__name="Ada"))

    async with world.client() as native:
        job = (await native.get(f"/v1/jobs/{desk.internal(id_)}")).json()
        fields = (await native.get(f"/v1/jobs/{desk.internal(id_)}/fields")).json()
        sent = await submit(native)
    here = await desk.data("GET", f"/parse/invoices/{id_}")
    assert job["status"] == here["status"] == "completed"
    assert fields["values"]["total"] == here["results"]["amounts"]["total"] == 9.9
    assert fields["values"]["seller"]["name"] == here["results"]["vendor"]["name"] == "Ada"
    listed = (await desk.data("GET", "/jobs"))["jobs"]
    assert sent["id"] in [desk.internal(job["job_id"]) for job in listed]


async def test_every_answer_has_the_rate_headers(desk: Desk) -> None:
    for answer in (
        await desk.http.get("/files"),
        await desk.http.get("/nothing"),
        await desk.http.get("/health"),
        await desk.http.get("/files", headers={"Authorization": ""}),
    ):
        assert answer.headers["x-ratelimit-limit"] == "60"
        assert answer.headers["x-ratelimit-remaining"] == "60"
        assert int(answer.headers["x-ratelimit-reset"]) > 1_700_000_000


def _id(desk: Desk, job_id: str) -> Any:
    return desk.internal(job_id).removeprefix("job_")
