"""The fields of a job over HTTP: read, corrected, told, exported."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

import httpx
import pytest
from tests.http.receipts import RECEIPT
from tests.http.world import World, job_id, problem_of, submit

from octavo.domain.field import Fields


async def _read(world: World, client: httpx.AsyncClient, fields: Fields = RECEIPT) -> str:
    id_: str = (await submit(client))["id"]
    await world.complete(id_)
    await world.find_fields(id_, fields)
    return f"/v1/jobs/{id_}"


async def test_fields_are_told_with_their_evidence(world: World, client: httpx.AsyncClient) -> None:
    job = await _read(world, client)

    answer = await client.get(f"{job}/fields")
    told = answer.json()

    assert answer.headers["etag"] == '"1"'
    assert (told["job_id"], told["version"]) == (job.rpartition("/")[2], 1)
    assert told["document_type"] == "receipt"
    assert told["values"]["total"] == 5.0
    assert told["values"]["merchant"]["name"] == "Bakery"
    assert told["values"]["cashier"] is None, "what is missing is null"
    assert [entry["amount"] for entry in told["values"]["line_items"]] == [3.5, 1.5]
    assert told["evidence"]["date"]["raw_text"] == "01.03.2026"
    assert told["evidence"]["date"]["places"] == [{"page": 1, "bbox": [0.1, 0.2, 0.5, 0.22]}]
    assert told["candidates"][1] == {"document_type": "invoice", "confidence": 0.02}
    again = await client.get(f"{job}/fields", headers={"If-None-Match": '"1"'})
    assert again.status_code == 304


async def test_a_job_tells_how_its_fields_stand(world: World, client: httpx.AsyncClient) -> None:
    job = await _read(world, client)

    told = (await client.get(job)).json()

    assert told["document_type"] == "receipt"
    assert told["fields"]["found"] == 7
    assert told["fields"]["verified"] == 1
    assert told["fields"]["confidence"] == pytest.approx(0.9071)
    assert told["links"]["fields"] == f"{job}/fields"


async def test_a_correction_is_a_new_version_with_its_history(
    world: World, client: httpx.AsyncClient
) -> None:
    job = await _read(world, client)
    changes = [{"path": "total", "value": 6}, {"path": "line_items.1.amount", "value": 2.5}]

    answer = await client.patch(f"{job}/fields", json={"changes": changes}, headers={"If-Match": '"1"'})
    history = (await client.get(f"{job}/fields/history")).json()

    told = answer.json()
    assert answer.status_code == 200, answer.text
    assert (told["version"], answer.headers["etag"]) == (2, '"2"')
    evidence = told["evidence"]["total"]
    assert (evidence["value"], evidence["source"], evidence["verified"]) == (6, "person", True)
    assert evidence["alternatives"][0]["value"] == 5.0, "what was read stays beside it"
    assert [(check["code"], check["passed"]) for check in told["checks"]] == [("lines_sum", True)], (
        "tried again"
    )
    correction = history["corrections"][0]
    assert correction["version"] == 2
    assert correction["key_id"].startswith("key_")
    assert {"path": "total", "before": 5.0, "after": 6} in correction["changes"]
    assert (await client.get(job)).json()["fields"]["version"] == 2


async def test_values_may_be_merged_as_a_tree(world: World, client: httpx.AsyncClient) -> None:
    job = await _read(world, client)
    values = {
        "merchant": {"name": "Bäckerei"},
        "date": None,
        "line_items": [{"description": "Cake", "amount": 5}],
    }

    told = (await client.patch(f"{job}/fields", json={"values": values})).json()

    assert told["values"]["merchant"]["name"] == "Bäckerei"
    assert told["values"]["date"] is None
    assert [(entry["description"], entry["amount"]) for entry in told["values"]["line_items"]] == [
        ("Cake", 5)
    ]
    assert told["values"]["total"] == 5.0
    assert set(told["evidence"]) == {
        "merchant.name",
        "line_items.0.description",
        "line_items.0.amount",
        "total",
    }


async def test_entries_behind_a_cleared_one_move_up(world: World, client: httpx.AsyncClient) -> None:
    job = await _read(world, client)

    told = (await client.patch(f"{job}/fields", json={"changes": [{"path": "line_items.0"}]})).json()

    assert told["values"]["line_items"][0]["description"] == "Rolls"
    assert told["evidence"]["line_items.0.amount"]["value"] == 1.5
    assert "line_items.1.amount" not in told["evidence"]


async def test_what_a_person_confirms_is_verified(world: World, client: httpx.AsyncClient) -> None:
    job = await _read(world, client)

    told = (await client.patch(f"{job}/fields", json={"values": {"date": "2026-03-01"}})).json()
    same = await client.patch(f"{job}/fields", json={"values": {"date": "2026-03-01"}})

    assert told["evidence"]["date"]["verified"] is True
    assert told["evidence"]["date"]["source"] == "person"
    assert same.json()["version"] == told["version"] == 2, "saying it again changes nothing"


async def test_a_place_may_come_with_a_value(world: World, client: httpx.AsyncClient) -> None:
    job = await _read(world, client)
    place = {"page": 2, "bbox": [0.2, 0.4, 0.1, 0.3]}

    told = (
        await client.patch(
            f"{job}/fields", json={"changes": [{"path": "cashier", "value": "Ada", "places": [place]}]}
        )
    ).json()

    assert told["evidence"]["cashier"]["places"] == [{"page": 2, "bbox": [0.1, 0.3, 0.2, 0.4]}]


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"changes": [{"path": "nonsense", "value": 1}]}, 400, "nonsense"),
        ({"changes": [{"path": "total", "value": "five"}]}, 400, "total wants a number"),
        ({"changes": [{"path": "total", "value": True}]}, 400, "total wants a number"),
        ({"changes": [{"path": "date", "value": "01.03.2026"}]}, 400, "YYYY-MM-DD"),
        ({"changes": [{"path": "currency", "value": "Euro"}]}, 400, "ISO 4217"),
        ({"changes": [{"path": "merchant", "value": "Bakery"}]}, 400, "an object"),
        ({"changes": [{"path": "line_items.7.amount", "value": 1}]}, 400, "line_items has 2 entries"),
        ({"changes": [{"path": "line_items.01.amount", "value": 1}]}, 400, "line_items has 2 entries"),
        ({"changes": [{"path": "line_items.x", "value": 1}]}, 400, "line_items.x"),
        ({"values": {"merchant": {"moon": 1}}}, 400, "merchant.moon"),
        ({"values": {"date": "\0"}}, 400, "NUL"),
        ({}, 400, "one of them"),
        ({"changes": [], "values": {}}, 422, "changes"),
        ({"values": {}, "more": 1}, 422, "more"),
    ],
)
async def test_a_wrong_correction_is_refused_by_name(
    world: World, client: httpx.AsyncClient, body: dict[str, Any], status: int, told: str
) -> None:
    job = await _read(world, client)

    problem = problem_of(
        await client.patch(f"{job}/fields", json=body),
        status,
        "invalid_request" if status == 400 else "validation_failed",
    )

    assert told in problem["detail"]
    assert (await client.get(f"{job}/fields")).json()["version"] == 1


async def test_a_stale_correction_is_refused(world: World, client: httpx.AsyncClient) -> None:
    job = await _read(world, client)
    await client.patch(f"{job}/fields", json={"values": {"total": 6}})

    stale = await client.patch(f"{job}/fields", json={"values": {"total": 7}}, headers={"If-Match": '"1"'})
    odd = await client.patch(f"{job}/fields", json={"values": {"total": 7}}, headers={"If-Match": "new"})

    assert problem_of(stale, 409, "conflict")["fields_version"] == 2
    problem_of(odd, 400, "invalid_request")
    assert (await client.get(f"{job}/fields")).json()["values"]["total"] == 6


async def test_exports_follow_a_correction(world: World, client: httpx.AsyncClient) -> None:
    job = await _read(world, client)
    before = await client.get(f"{job}/result", params={"format": "csv"})

    await client.patch(f"{job}/fields", json={"values": {"total": 61.25}})
    after = await client.get(f"{job}/result", params={"format": "csv"})
    document = (await client.get(f"{job}/result", params={"format": "json"})).json()

    rows = {row["field"]: row for row in csv.DictReader(io.StringIO(after.text))}
    assert before.text.find("61.25") == -1
    assert (rows["total"]["value"], rows["total"]["source"]) == ("61.25", "person")
    assert before.headers["etag"] != after.headers["etag"]
    assert document["fields"]["values"]["total"] == 61.25


async def test_a_correction_is_an_event_without_values(world: World, client: httpx.AsyncClient) -> None:
    job = await _read(world, client)
    seen = world.store.rows[job_id(job.rpartition("/")[2])].version

    await client.patch(f"{job}/fields", json={"values": {"cashier": "a secret"}})
    stream = (await client.get(f"{job}/events", params={"after": seen})).text

    assert "event: job.corrected" in stream
    assert '"paths":["cashier"]' in stream
    assert "a secret" not in stream


async def test_the_history_goes_page_by_page(world: World, client: httpx.AsyncClient) -> None:
    job = await _read(world, client)
    for total in (6, 7, 8):
        await client.patch(f"{job}/fields", json={"values": {"total": total}})

    first = (await client.get(f"{job}/fields/history", params={"limit": 2})).json()
    rest = (await client.get(f"{job}/fields/history", params={"cursor": first["next_cursor"]})).json()

    versions = [one["version"] for one in first["corrections"] + rest["corrections"]]
    assert versions == [4, 3, 2]
    assert rest["next_cursor"] is None


async def test_a_job_without_fields_says_so(world: World, client: httpx.AsyncClient) -> None:
    job = await submit(client, document_type="none")
    early = await client.get(f"/v1/jobs/{job['id']}/fields")
    await world.complete(job["id"])

    problem_of(early, 409, "conflict")
    problem_of(await client.get(f"/v1/jobs/{job['id']}/fields"), 404, "not_found")
    patched = await client.patch(f"/v1/jobs/{job['id']}/fields", json={"values": {"total": 1}})
    problem_of(patched, 404, "not_found")


async def test_a_purge_takes_fields_and_corrections(world: World, client: httpx.AsyncClient) -> None:
    job = await _read(world, client)
    await client.patch(f"{job}/fields", json={"values": {"total": 6}})

    await client.post(f"{job}/purge")

    problem_of(await client.get(f"{job}/fields"), 410, "gone")
    problem_of(await client.get(f"{job}/fields/history"), 410, "gone")
    problem_of(await client.patch(f"{job}/fields", json={"values": {"total": 7}}), 410, "gone")
    assert not any("/fields/" in key for key in world.blobs.content)


async def test_the_same_bytes_again_bring_the_fields_as_they_were_found(
    world: World, client: httpx.AsyncClient
) -> None:
    job = await _read(world, client)
    await client.patch(f"{job}/fields", json={"values": {"total": 6}})

    twin = (
        await client.post("/v1/jobs", files={"file": ("report.pdf", b"%PDF-1.7 a small document")})
    ).json()
    told = (await client.get(f"/v1/jobs/{twin['id']}/fields")).json()

    assert twin["cache_hit"] is True
    assert twin["fields"]["version"] == 1
    assert told["values"]["total"] == 5.0, "a correction belongs to the job it was made in"


@pytest.mark.parametrize("note", ["extraction_failed", "model_failed"])
async def test_what_another_try_may_find_is_not_taken_from_the_cache(
    world: World, client: httpx.AsyncClient, note: str
) -> None:
    await _read(world, client, replace(RECEIPT, found=(), notes=(note,)))

    twin = (
        await client.post("/v1/jobs", files={"file": ("report.pdf", b"%PDF-1.7 a small document")})
    ).json()

    assert twin["cache_hit"] is False


async def test_the_list_is_filtered_by_type_and_template(world: World, client: httpx.AsyncClient) -> None:
    template = (await client.post("/v1/templates", json={"name": "t", "fields": {"total": "money"}})).json()
    job = await _read(world, client)
    other = await submit(client, b"%PDF other", template_id=template["id"])

    async def listed(**filters: str) -> list[str]:
        answer = await client.get("/v1/jobs", params=filters)
        assert answer.status_code == 200, answer.text
        return [entry["id"] for entry in answer.json()["jobs"]]

    assert await listed(document_type="receipt") == [job.rpartition("/")[2]]
    assert await listed(template=template["id"]) == [other["id"]]
    assert await listed(document_type="contract") == []
    problem_of(await client.get("/v1/jobs", params={"template": "no id"}), 404, "not_found")


async def test_document_types_publish_their_schemas(client: httpx.AsyncClient) -> None:
    types = (await client.get("/v1/document-types")).json()["document_types"]
    receipt = (await client.get("/v1/document-types/receipt")).json()
    schema = await client.get(receipt["schema_link"])

    assert "receipt" in [kind["name"] for kind in types]
    assert {"name": "total", "type": "money"}.items() <= next(
        f for f in receipt["fields"] if f["name"] == "total"
    ).items()
    assert schema.headers["content-type"] == "application/schema+json"
    assert schema.json()["properties"]["total"]["type"] == ["number", "null"]
    assert json.loads(schema.text)["properties"]["line_items"]["type"] == "array"
    problem_of(await client.get("/v1/document-types/poem"), 404, "not_found")
    problem_of(await client.get("/v1/document-types/poem/schema"), 404, "not_found")


async def test_an_unknown_type_is_refused_with_those_there_are(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/jobs", files={"file": ("a.pdf", b"%PDF")}, data={"document_type": "poem"})

    assert "receipt" in problem_of(answer, 400, "invalid_request")["detail"]
