"""Records of the processing history: their members in every state, their list, their numbers."""

import re
from typing import Any

import httpx
import pytest

from octavo.app import read as reading
from octavo.domain.field import Field, Fields, FieldSource
from octavo.domain.ids import JobId
from tests.dialects.ocriva.acme import read, refused, templated, uploaded
from tests.http.receipts import RECEIPT
from tests.http.world import World, submit

ALWAYS = {
    "id",
    "uploadId",
    "projectId",
    "userId",
    "fileName",
    "fileUrl",
    "filePath",
    "fileSize",
    "mimeType",
    "status",
    "resultFormat",
    "priority",
    "createdAt",
    "updatedAt",
}
ENDED = {"processingResult", "startedAt", "completedAt"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
ID = re.compile(r"[0-9a-f]{24}")
PATH = "/processing-history"


def found(**values: Any) -> Fields:
    fields = tuple(Field(path.replace("__", "."), value, FieldSource.OCR) for path, value in values.items())
    return Fields("invoice", 0.9, fields)


@pytest.mark.shows("GET /v1/openapi/processing-history/{record_id}")
async def test_every_state_has_its_members(ocriva: httpx.AsyncClient, world: World) -> None:
    template = await templated(ocriva, world)
    sent = await uploaded(ocriva, world, templateId=template["templateId"])
    path = f"{PATH}/{sent['id']}"

    queued = await read(ocriva, path)
    world.begin(sent["id"])
    running = await read(ocriva, path)
    await world.complete(sent["id"])
    done = await read(ocriva, path)

    assert set(queued) == ALWAYS | {"templateId", "templateName"}
    assert [one["status"] for one in (queued, running, done)] == ["queued", "in_progress", "completed"]
    assert set(running) == set(queued) | {"startedAt"}
    assert set(done) == set(queued) | ENDED
    assert all(MOMENT.fullmatch(done[name]) for name in done if name.endswith("At"))
    assert all(ID.fullmatch(done[name]) for name in ("id", "uploadId", "projectId", "userId", "templateId"))
    assert done["uploadId"] != done["id"]
    assert (done["fileName"], done["fileSize"]) == ("till-roll.pdf", "25")
    assert (done["templateName"], done["priority"], done["resultFormat"]) == ("Receipt", "medium", "json")
    assert done["filePath"].endswith(f"/projects/{world.acme.project.id}/till-roll.pdf")


async def test_a_failed_and_a_cancelled_record_say_why(ocriva: httpx.AsyncClient, world: World) -> None:
    broken, stopped = await uploaded(ocriva, world), await uploaded(ocriva, world)
    world.fail(broken["id"])
    async with world.client() as native:
        await native.delete(f"/v1/jobs/job_{stopped['id']}")

    told = [await read(ocriva, f"{PATH}/{one['id']}") for one in (broken, stopped)]

    assert [one["status"] for one in told] == ["failed", "failed"]
    assert [one["errorMessage"] for one in told] == [
        "It cannot be read.",
        "The processing was cancelled.",
    ]
    assert "processingResult" not in told[0]


async def test_a_result_has_the_keys_of_the_templates_owner(ocriva: httpx.AsyncClient, world: World) -> None:
    template = await templated(ocriva, world)
    sent = await uploaded(ocriva, world, templateId=template["templateId"])
    await world.complete(sent["id"])
    fields = found(
        invoice_number="INV-2026-0042",
        total_amount=1250.0,
        line_items__0__description="Consulting",
        line_items__0__unit_price=1250.0,
    )
    await world.find_fields(sent["id"], fields)

    record = await read(ocriva, f"{PATH}/{sent['id']}")

    assert record["processingResult"] == {
        "invoiceNumber": "INV-2026-0042",
        "totalAmount": 1250.0,
        "vendor": None,
        "lineItems": [{"description": "Consulting", "unitPrice": 1250.0}],
    }
    assert (await read(ocriva, PATH))["data"] == [record]


async def test_without_a_template_the_keys_are_those_of_the_type(
    ocriva: httpx.AsyncClient, world: World
) -> None:
    sent = await uploaded(ocriva, world)
    await world.complete(sent["id"])
    await world.find_fields(sent["id"], RECEIPT)

    result = (await read(ocriva, f"{PATH}/{sent['id']}"))["processingResult"]

    assert result["merchant"]["name"] == "Bakery"
    assert result["lineItems"][1]["amount"] == 1.5
    assert result["receiptNumber"] is None


async def test_a_record_is_found_by_its_own_id_or_its_uploads(
    ocriva: httpx.AsyncClient, world: World
) -> None:
    sent = await uploaded(ocriva, world)

    by_upload = await read(ocriva, f"{PATH}/{sent['uploadId']}")

    assert by_upload == await read(ocriva, f"{PATH}/{sent['id']}")
    assert by_upload["id"] == sent["id"]


async def test_unknown_is_404_and_another_projects_401(
    ocriva: httpx.AsyncClient, whole: httpx.AsyncClient, world: World
) -> None:
    second = await world.store.add_project(world.acme.organization.id, "second")
    elsewhere = await uploaded(whole, world, projectId=second.id)
    async with world.client(world.other.key) as stranger:
        foreign = (await submit(stranger))["id"].removeprefix("job_")

    refused(await ocriva.get(f"{PATH}/{'0' * 24}"), 404, "not found")
    refused(await ocriva.get(f"{PATH}/anything"), 404, "not found")
    for id_ in (elsewhere["id"], elsewhere["uploadId"], foreign):
        refused(await ocriva.get(f"{PATH}/{id_}"), 401)
        refused(await ocriva.get(f"{PATH}/{id_}/result"), 401)
        refused(await whole.get(f"{PATH}/{id_}", params={"projectId": world.acme.project.id}), 401)
    assert await read(whole, f"{PATH}/{elsewhere['id']}", projectId=second.id)


async def test_a_purged_record_is_as_if_it_never_was(ocriva: httpx.AsyncClient, world: World) -> None:
    sent = await uploaded(ocriva, world)
    await world.complete(sent["id"])
    async with world.client() as native:
        await native.post(f"/v1/jobs/job_{sent['id']}/purge")

    refused(await ocriva.get(f"{PATH}/{sent['id']}"), 404)
    refused(await ocriva.get(f"{PATH}/{sent['id']}/result"), 404)
    assert (await read(ocriva, PATH))["data"] == []


async def test_a_record_outlives_its_result(ocriva: httpx.AsyncClient, world: World) -> None:
    template = await templated(ocriva, world)
    sent = await uploaded(ocriva, world, templateId=template["templateId"])
    await world.complete(sent["id"])
    await world.find_fields(sent["id"], found(total_amount=1.0))
    world.store.change(JobId(sent["id"]), None, result_deleted_at=world.clock.now())

    record = await read(ocriva, f"{PATH}/{sent['id']}")

    assert record["status"] == "completed"
    assert "processingResult" not in record, "null would say that the document has no such value"
    for format_ in ("json", "text"):
        refused(await ocriva.get(f"{PATH}/{sent['id']}/result", params={"format": format_}), 404)


@pytest.mark.shows("GET /v1/openapi/processing-history")
async def test_the_list_is_newest_first_in_pages(ocriva: httpx.AsyncClient, world: World) -> None:
    ids = []
    for _ in range(3):
        ids.append((await uploaded(ocriva, world))["id"])
        world.clock.advance(1)

    first, second = [await read(ocriva, PATH, page=number, limit=2) for number in (1, 2)]
    beyond = await read(ocriva, PATH, page=7)

    assert set(first) == {"data", "pagination"}
    assert first["pagination"] == {"page": 1, "limit": 2, "total": 3, "pages": 2}
    assert [record["id"] for page in (first, second) for record in page["data"]] == ids[::-1]
    assert beyond == {"data": [], "pagination": {"page": 7, "limit": 10, "total": 3, "pages": 1}}


async def test_filters_are_joined(ocriva: httpx.AsyncClient, world: World) -> None:
    template = (await templated(ocriva, world, name="Tax form"))["templateId"]
    plain = await uploaded(ocriva, world, fileName="one.pdf")
    world.clock.advance(1)
    formed = await uploaded(ocriva, world, fileName="two.pdf", templateId=template)
    await world.complete(plain["id"])

    async def ids(**filters: Any) -> list[str]:
        return [record["id"] for record in (await read(ocriva, PATH, **filters))["data"]]

    assert await ids(status="completed") == [plain["id"]]
    assert await ids(status="queued") == [formed["id"]]
    assert await ids(status="pending") == []
    assert await ids(templateId=template) == [formed["id"]]
    assert await ids(templateId="tpl") == []
    assert await ids(search="TWO.p") == await ids(search="tax fo") == [formed["id"]]
    assert await ids(search="") == [formed["id"], plain["id"]]
    assert await ids(fromDate="2026-11-22", toDate="2026-11-22") == [formed["id"], plain["id"]]
    assert await ids(fromDate="2026-11-23") == await ids(toDate="2026-11-21") == []
    assert await ids(batchId="0" * 24) == []
    assert await ids(status="", templateId="", fromDate="", toDate="") == [formed["id"], plain["id"]]
    assert await ids(fromDate="2026-11-22T00:00:00.000Z") == [formed["id"], plain["id"]]
    assert (await read(ocriva, PATH, limit=500))["pagination"]["limit"] == 100
    assert await ids(unheard="of") == [formed["id"], plain["id"]]


async def test_a_short_search_looks_through_the_newest(
    ocriva: httpx.AsyncClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_LOOKED_THROUGH", 2)
    for name in ("x1.pdf", "other.pdf", "x2.pdf", "x3.pdf"):
        await uploaded(ocriva, world, fileName=name)
        world.clock.advance(1)

    found = await read(ocriva, PATH, search="x")

    assert [record["fileName"] for record in found["data"]] == ["x3.pdf", "x2.pdf"]
    assert found["pagination"]["total"] == 2
    assert (await read(ocriva, PATH, search="zz"))["data"] == []


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"status": "done"}, "status must be one of"),
        ({"page": "0"}, "page"),
        ({"limit": "x"}, "limit"),
        ({"limit": "0"}, "limit"),
        ({"fromDate": "22.11.2026"}, "fromDate"),
        ({"toDate": "2026-13-01"}, "toDate"),
    ],
)
async def test_a_wrong_filter_is_named(
    ocriva: httpx.AsyncClient, query: dict[str, str], message: str
) -> None:
    answer = await ocriva.get(PATH, params=query)

    refused(answer, 400, message)
    assert answer.json()["error"] == "Bad Request"


@pytest.mark.shows("GET /v1/openapi/processing-history/stats")
async def test_the_numbers_add_up(ocriva: httpx.AsyncClient, world: World) -> None:
    ids = [(await uploaded(ocriva, world))["id"] for _ in range(4)]
    world.begin(ids[0])
    await world.complete(ids[1])
    world.fail(ids[2])

    assert await read(ocriva, f"{PATH}/stats") == {
        "total": 4,
        "pending": 1,
        "processing": 1,
        "completed": 1,
        "failed": 1,
    }


async def test_a_job_of_the_native_api_is_a_record_too(ocriva: httpx.AsyncClient, world: World) -> None:
    async with world.client() as native:
        made = (
            await native.post("/v1/templates", json={"name": "Own", "fields": {"net_sum": "money"}})
        ).json()
        job = await submit(native, template_id=made["id"], metadata='{"metadata": "mine"}')
    await world.complete(job["id"])
    await world.find_fields(job["id"], found(net_sum=3.0))

    record = await read(ocriva, f"{PATH}/{job['id']}")

    assert record["fileName"] == "report.pdf"
    assert record["templateName"] == "Own"
    assert record["processingResult"]["net_sum"] == 3.0
    assert "metadata" not in record
