"""Documents: list, one with its text and pages, and its end."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.dialects.docurift.stage import completed, data_of, refusal_of, sent
from tests.http.world import World

ALWAYS = {
    *("id", "documentId", "jobId", "fileName", "fileSize", "mimeType", "status", "documentType"),
    *("pageCount", "createdAt", "updatedAt"),
}
READ = {"confidence", "pagesProcessed", "processedAt"}


async def listed(rift: httpx.AsyncClient, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = data_of(await rift.get("/documents", params=query))["documents"]
    return found


@pytest.mark.shows("GET /v1/documents/{document_id}")
async def test_a_document_waits_as_queued_where_its_job_is_pending(rift: httpx.AsyncClient) -> None:
    job = await sent(rift, "Rechnung März.pdf")

    document = data_of(await rift.get(f"/documents/{job['documentId']}"))

    assert set(document) == ALWAYS
    assert (document["status"], document["fileName"]) == ("queued", "Rechnung März.pdf")
    assert (document["mimeType"], document["pageCount"]) == ("application/pdf", 3)


@pytest.mark.shows("GET /v1/documents/{document_id}")
async def test_a_document_that_was_read_has_its_fields_flat(rift: httpx.AsyncClient, world: World) -> None:
    job = await completed(rift, world)

    document = data_of(await rift.get(f"/documents/{job['documentId']}"))

    assert set(document) == ALWAYS | READ | {"result", "extractedFields", "tables"}
    assert document["result"] == document["extractedFields"]
    assert document["result"]["totalAmount"] == 12.0
    assert (document["status"], document["confidence"]) == ("completed", 0.9)


@pytest.mark.shows(
    "GET /v1/documents/{document_id}", "GET /v1/documents/{document_id}/pages/{number}/thumbnail"
)
async def test_text_and_pictures_come_where_they_are_asked_for(rift: httpx.AsyncClient, world: World) -> None:
    job = await completed(rift, world)
    query = {"includeRawText": "true", "includePageImages": "true"}

    document = data_of(await rift.get(f"/documents/{job['documentId']}", params=query))
    image = document["pageImages"][1]
    picture = await rift.get(image["thumbnailUrl"], headers={"X-API-Key": ""})

    assert document["rawText"].count("\f") == 2, "three pages"
    assert [entry["pageNumber"] for entry in document["pageImages"]] == [1, 2, 3]
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/jpeg")
    assert picture.content == b"page 2 at 48 dpi"
    assert datetime.fromisoformat(image["expiresAt"]) - world.clock.now() == timedelta(hours=1)


@pytest.mark.shows("GET /v1/documents/{document_id}/pages/{number}/thumbnail")
async def test_the_address_of_a_picture_ends_and_opens_nothing_else(
    rift: httpx.AsyncClient, world: World
) -> None:
    job, other = await completed(rift, world), await completed(rift, world, "other.pdf")
    query = {"includePageImages": "true"}
    document = data_of(await rift.get(f"/documents/{job['documentId']}", params=query))
    url = document["pageImages"][0]["url"]

    elsewhere = await rift.get(url.replace(job["documentId"], other["documentId"]))
    without = await rift.get(url.partition("?")[0])
    world.clock.advance(3601)
    late = await rift.get(url)

    refusal_of(elsewhere, 401, "INVALID_API_KEY")
    refusal_of(without, 400, "INVALID_REQUEST")
    refusal_of(late, 401, "INVALID_API_KEY")


@pytest.mark.shows("GET /v1/documents")
async def test_the_list_is_searched_by_name_and_by_id(rift: httpx.AsyncClient, world: World) -> None:
    first = await completed(rift, world, "april invoice.pdf")
    second = await sent(rift, "letter.pdf")

    assert [one["id"] for one in await listed(rift, search="INVOICE")] == [first["documentId"]]
    assert [one["id"] for one in await listed(rift, search=second["documentId"])] == [second["documentId"]]
    assert [one["id"] for one in await listed(rift, search=second["jobId"], status="completed")] == []
    assert await listed(rift, search="nothing like it") == []
    assert [one["id"] for one in await listed(rift, search="AP")] == [first["documentId"]]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("createdAt", ["c.pdf", "a.pdf", "b.pdf"]),
        ("fileName", ["c.pdf", "b.pdf", "a.pdf"]),
        ("processedAt", ["a.pdf", "b.pdf", "c.pdf"]),
        ("confidence", ["b.pdf", "a.pdf", "c.pdf"]),
    ],
)
@pytest.mark.shows("GET /v1/documents")
async def test_the_list_is_sorted_either_way(
    rift: httpx.AsyncClient, world: World, sort: str, names: list[str]
) -> None:
    await completed(rift, world, "b.pdf")
    world.clock.advance(5)
    await completed(rift, world, "a.pdf", fields=None)
    (without,) = [job for job in world.store.rows.values() if job.filename == "a.pdf"]
    world.store.change(without.id, None, mean_confidence=0.4)
    world.clock.advance(5)
    await sent(rift, "c.pdf", documentType="receipt")

    found = [one["fileName"] for one in await listed(rift, sortBy=sort)]
    upwards = [one["fileName"] for one in await listed(rift, sortBy=sort, sortOrder="asc")]

    assert found == names
    unread = [name for name in names if name == "c.pdf" and sort in {"processedAt", "confidence"}]
    assert upwards == [name for name in reversed(names) if name not in unread] + unread


@pytest.mark.shows("GET /v1/documents")
async def test_entries_have_the_members_of_their_state(rift: httpx.AsyncClient, world: World) -> None:
    await completed(rift, world)
    world.fail((await sent(rift, documentType="receipt"))["jobId"])
    await sent(rift, documentType="contract")

    found = {one["status"]: one for one in await listed(rift)}

    assert set(found["queued"]) == ALWAYS
    assert set(found["completed"]) == ALWAYS | READ
    assert set(found["failed"]) == ALWAYS | {"error", "failedAt"}
    assert [one["status"] for one in await listed(rift, status="queued")] == ["queued"]


@pytest.mark.shows("DELETE /v1/documents/{document_id}")
async def test_a_deleted_document_is_erased_and_unknown_in_every_list(
    rift: httpx.AsyncClient, world: World
) -> None:
    job = await completed(rift, world)
    path = f"/documents/{job['documentId']}"

    deleted = data_of(await rift.delete(path))

    assert deleted == {"id": job["documentId"], "deleted": True}
    assert world.blobs.content == {}
    refusal_of(await rift.get(path), 404, "DOCUMENT_NOT_FOUND")
    refusal_of(await rift.delete(path), 404, "DOCUMENT_NOT_FOUND")
    refusal_of(await rift.get(f"/jobs/{job['jobId']}"), 404, "JOB_NOT_FOUND")
    assert await listed(rift) == []
    assert data_of(await rift.get("/jobs"))["pagination"]["total"] == 0


@pytest.mark.shows("DELETE /v1/documents/{document_id}")
async def test_deleting_a_document_that_is_being_read_stops_it(rift: httpx.AsyncClient, world: World) -> None:
    job = await sent(rift)
    world.begin(job["jobId"])

    data_of(await rift.delete(f"/documents/{job['documentId']}"))

    (row,) = world.store.rows.values()
    assert (row.status.value, row.purged_at is not None) == ("cancelled", True)


async def test_tables_are_left_out_where_nobody_wants_them(rift: httpx.AsyncClient, world: World) -> None:
    job = await sent(rift, extractTables="false")
    world.begin(job["jobId"])
    await world.complete(job["jobId"])

    assert "tables" not in data_of(await rift.get(f"/documents/{job['documentId']}"))
