"""Batches: many files in one form, told, listed and exported."""

from typing import Any

import httpx
import pytest

from octavo.dialects.ocriva.ids import upload_id
from octavo.dialects.ocriva.results import MEDIA_TYPES
from octavo.domain.ids import JobId
from tests.dialects.ocriva.acme import read, refused, templated
from tests.dialects.ocriva.test_history import found
from tests.http.world import PDF, World

ALWAYS = {
    "id",
    "name",
    "projectId",
    "organizationId",
    "userId",
    "totalFiles",
    "completedFiles",
    "failedFiles",
    "status",
    "progress",
    "createdAt",
    "updatedAt",
}


async def sent(client: httpx.AsyncClient, count: int = 2, **fields: str) -> dict[str, Any]:
    files = [("files", (f"{number}.pdf", PDF + b"%d" % number)) for number in range(count)]
    answer = await client.post("/batch/upload", files=files, data=fields)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def job_of(id_: str) -> str:
    """An upload's id turned back."""
    return upload_id(JobId(id_))


@pytest.mark.shows("POST /v1/openapi/batch/upload", "GET /v1/openapi/batch/{batch_id}")
async def test_a_batch_is_told_with_its_uploads(ocriva: httpx.AsyncClient, world: World) -> None:
    template = await templated(ocriva, world)
    batch = await sent(ocriva, 3, templateId=template["templateId"], metadata='{"month": 3}')

    assert set(batch) == ALWAYS | {"templateId", "templateName", "metadata", "uploadIds"}
    assert (batch["name"], batch["status"]) == ("Batch 2026-11-22", "processing")
    assert (batch["totalFiles"], batch["completedFiles"], batch["failedFiles"]) == (3, 0, 0)
    assert (batch["templateName"], batch["metadata"]) == ("Receipt", {"month": 3})
    assert await read(ocriva, f"/batch/{batch['id']}") == batch
    records = (await read(ocriva, "/processing-history", batchId=batch["id"]))["data"]
    assert [record["uploadId"] for record in records[::-1]] == batch["uploadIds"]
    assert [record["fileName"] for record in records[::-1]] == ["0.pdf", "1.pdf", "2.pdf"]
    assert records[0]["batchId"] == batch["id"]


async def test_a_file_that_is_refused_has_failed_and_the_others_go_on(ocriva: httpx.AsyncClient) -> None:
    files = [("files", ("a.pdf", PDF)), ("files", ("b.exe", b"MZ")), ("files", ("c.pdf", b"BROKEN"))]

    batch = (await ocriva.post("/batch/upload", files=files)).json()

    assert (batch["totalFiles"], batch["failedFiles"], len(batch["uploadIds"])) == (3, 2, 1)
    assert batch["status"] == "processing"
    alone = (await ocriva.post("/batch/upload", files=files[1:])).json()
    assert (alone["totalFiles"], alone["failedFiles"], alone["status"]) == (2, 2, "failed")


async def test_more_than_fifty_files_or_none_are_refused(ocriva: httpx.AsyncClient, world: World) -> None:
    files = [("files", (f"{number}.pdf", PDF)) for number in range(51)]

    refused(await ocriva.post("/batch/upload", files=files), 400, "at most 50")
    refused(await ocriva.post("/batch/upload", files={"name": (None, "empty")}), 400, "files")
    refused(
        await ocriva.post("/batch/upload", files=[("files", ("a.pdf", PDF))], data={"metadata": "{"}), 400
    )
    assert not [key for key in world.blobs.content if "source" in key], "nothing of it is kept"
    assert len((await sent(ocriva, 50))["uploadIds"]) == 50


@pytest.mark.shows("GET /v1/openapi/batch")
async def test_batches_are_listed_in_pages_of_one_project(
    ocriva: httpx.AsyncClient, whole: httpx.AsyncClient, world: World
) -> None:
    second = await world.store.add_project(world.acme.organization.id, "second")
    first = await sent(ocriva, name="March")
    world.clock.advance(1)
    later = await sent(ocriva, 1, name="April")
    await sent(whole, 1, projectId=second.id)
    await world.complete(job_of(later["uploadIds"][0]))

    page = await read(ocriva, "/batch", limit=1)
    done = await read(ocriva, "/batch", status="completed")

    assert [batch["name"] for batch in page["data"]] == ["April"]
    assert page["pagination"] == {"page": 1, "limit": 1, "total": 2, "pages": 2}
    assert set(page["data"][0]) == ALWAYS | {"completedAt"}
    assert [batch["id"] for batch in done["data"]] == [later["id"]]
    assert (await read(whole, "/batch", projectId=second.id))["pagination"]["total"] == 1
    refused(await whole.get("/batch"), 400, "projectId")
    refused(await ocriva.get("/batch", params={"status": "x"}), 400, "status")
    refused(await whole.get(f"/batch/{first['id']}", params={"projectId": second.id}), 404)
    refused(await ocriva.get("/batch/none"), 404)


@pytest.mark.shows("GET /v1/openapi/batch/{batch_id}/export")
async def test_a_batch_is_exported_as_one(ocriva: httpx.AsyncClient, world: World) -> None:
    template = await templated(ocriva, world, templateSchema={"totalAmount": "number", "vendor": "string"})
    batch = await sent(ocriva, 3, templateId=template["templateId"], name="March")
    path = f"/batch/{batch['id']}/export"
    refused(await ocriva.get(path), 409)
    for number in (0, 1):
        await world.complete(job_of(batch["uploadIds"][number]))
        await world.find_fields(job_of(batch["uploadIds"][number]), found(total_amount=number + 0.5))

    as_json = await ocriva.get(path)
    as_csv = await ocriva.get(path, params={"format": "csv"})
    as_text = await ocriva.get(path, params={"format": "text"})
    others = {name: await ocriva.get(path, params={"format": name}) for name in ("xml", "html", "docx")}

    ids = [job_of(id_) for id_ in batch["uploadIds"]]
    assert as_json.json() == {
        "batchId": batch["id"],
        "name": "March",
        "results": [
            {
                "id": ids[number],
                "fileName": f"{number}.pdf",
                "processingResult": {"totalAmount": number + 0.5, "vendor": None},
            }
            for number in (0, 1)
        ],
    }
    assert as_json.headers["content-disposition"] == 'attachment; filename="March.json"'
    assert as_csv.headers["content-type"] == "text/csv"
    assert as_csv.text.splitlines() == [
        "id,fileName,totalAmount,vendor",
        f"{ids[0]},0.pdf,0.5,",
        f"{ids[1]},1.pdf,1.5,",
    ]
    assert as_text.headers["content-type"] == "text/plain"
    assert as_text.headers["content-disposition"] == 'attachment; filename="March.txt"'
    assert as_text.text.count("This is page 1.") == 2, "the pages of both, one after the other"
    assert {name: answer.headers["content-type"] for name, answer in others.items()} == {
        name: MEDIA_TYPES[name] for name in others
    }
    refused(await ocriva.get(path, params={"format": "image"}), 400)
