"""Batches over HTTP: made, filled, watched, stopped, downloaded."""

import asyncio
import base64
import io
import json
import zipfile

import httpx
from tests.http.world import PDF, World, problem_of, submit

INLINE = base64.b64encode(PDF).decode()


async def test_a_batch_is_made_with_its_documents_and_tells_of_each(client: httpx.AsyncClient) -> None:
    file = (await client.post("/v1/files", files={"file": ("stored.pdf", PDF)})).json()
    made = await client.post(
        "/v1/batches",
        json={
            "name": "May",
            "metadata": {"case": 7},
            "options": {"profile": "fast", "metadata": {"from": "batch"}},
            "documents": [
                {"content_base64": INLINE, "filename": "a.pdf"},
                {"file_id": file["id"], "metadata": {"own": True}},
                {"file_id": "file_" + "0" * 24, "filename": "lost.pdf"},
            ],
        },
    )
    batch = made.json()
    jobs = (await client.get(batch["links"]["jobs"])).json()["jobs"]

    assert made.status_code == 201, made.text
    assert made.headers["location"] == f"/v1/batches/{batch['id']}"
    assert [document["status"] for document in batch["documents"]] == ["queued", "queued", "refused"]
    assert batch["documents"][2]["error"]["code"] == "not_found"
    assert batch["refused"] == [batch["documents"][2]["error"]]
    assert (batch["counts"]["total"], batch["counts"]["queued"], batch["counts"]["refused"]) == (2, 2, 1)
    assert {job["batch_id"] for job in jobs} == {batch["id"]}
    assert {job["options"]["profile"] for job in jobs} == {"fast"}
    assert sorted(json.dumps(job["metadata"]) for job in jobs) == ['{"from": "batch"}', '{"own": true}']


async def test_an_empty_batch_is_filled_by_submissions(client: httpx.AsyncClient) -> None:
    batch = (await client.post("/v1/batches", json={})).json()
    job = await submit(client, batch_id=batch["id"])

    found = (await client.get(f"/v1/batches/{batch['id']}")).json()

    assert batch["status"] == "empty"
    assert job["batch_id"] == batch["id"]
    assert (found["status"], found["counts"]["total"]) == ("queued", 1)


async def test_sending_a_batch_again_with_its_key_adds_nothing(client: httpx.AsyncClient) -> None:
    body = {"documents": [{"content_base64": INLINE}, {"content_base64": INLINE}]}
    headers = {"Idempotency-Key": "once"}
    first = await client.post("/v1/batches", json=body, headers=headers)
    again = await client.post("/v1/batches", json=body, headers=headers)
    other = await client.post("/v1/batches", json={"name": "x"}, headers=headers)

    assert again.json()["id"] == first.json()["id"]
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json()["documents"] == first.json()["documents"]
    assert again.json()["counts"]["total"] == 2
    problem_of(other, 409, "idempotency_conflict")


async def test_a_wrong_document_is_refused_before_anything_is_kept(
    world: World, client: httpx.AsyncClient
) -> None:
    answers = [
        await client.post("/v1/batches", json={"documents": [document]})
        for document in (
            {},
            {"content_base64": INLINE, "file_id": "x"},
            {"content_base64": INLINE, "project_id": "proj_1"},
            {"content_base64": INLINE, "colour": "red"},
        )
    ]
    too_many = await client.post("/v1/batches", json={"documents": [{"file_id": "x"}] * 1001})

    for answer in [*answers, too_many]:
        problem_of(answer, 422, "validation_failed")
    assert answers[0].json()["errors"][0]["location"] == "documents.0"
    assert world.store.batch_rows == {}


async def test_a_cancelled_batch_stops_its_jobs_and_takes_no_more(
    world: World, client: httpx.AsyncClient
) -> None:
    batch = (await client.post("/v1/batches", json={"documents": [{"content_base64": INLINE}] * 2})).json()
    await world.complete(batch["documents"][0]["job_id"])

    cancelled = (await client.delete(f"/v1/batches/{batch['id']}")).json()
    again = await client.delete(f"/v1/batches/{batch['id']}")
    added = await client.post("/v1/jobs", json={"content_base64": INLINE, "batch_id": batch["id"]})

    assert cancelled["counts"]["cancelled"] == 1
    assert (cancelled["status"], cancelled["progress"]["percent"]) == ("completed", 100)
    assert again.status_code == 200
    problem_of(added, 409, "conflict")


async def test_the_export_is_a_zip_with_a_manifest_of_all(world: World, client: httpx.AsyncClient) -> None:
    batch = (
        await client.post(
            "/v1/batches",
            json={"documents": [{"content_base64": INLINE, "filename": f"{n}.pdf"} for n in range(2)]},
        )
    ).json()
    early = await client.get(f"/v1/batches/{batch['id']}/export")
    await world.complete(batch["documents"][0]["job_id"])
    world.fail(batch["documents"][1]["job_id"])

    answer = await client.get(f"/v1/batches/{batch['id']}/export", params={"format": "markdown"})
    unknown = await client.get(f"/v1/batches/{batch['id']}/export", params={"format": "wav"})

    problem_of(early, 409, "conflict")
    problem_of(unknown, 400, "invalid_request")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
        name, last = archive.namelist()
        assert name == "0001-0.md"
        assert last == "manifest.json"
        assert archive.read(name).startswith(b"This is page 1.")
    assert {(entry["file"], entry["reason"]) for entry in manifest["documents"]} == {
        (name, None),
        (None, "unreadable_document"),
    }


async def test_the_combined_exports_hold_every_document(world: World, client: httpx.AsyncClient) -> None:
    batch = (await client.post("/v1/batches", json={"documents": [{"content_base64": INLINE}] * 2})).json()
    for document in batch["documents"]:
        await world.complete(document["job_id"])
    path = f"/v1/batches/{batch['id']}/export"

    combined = await client.get(path, params={"format": "json", "combined": "true"})
    table = await client.get(path, params={"format": "csv", "combined": "true"})
    text = await client.get(path, params={"format": "text", "combined": "true"})
    refused = await client.get(path, params={"format": "pptx", "combined": "true"})

    assert [entry["job_id"] for entry in combined.json()["documents"]] == [
        document["job_id"] for document in batch["documents"]
    ], "in the order of the request"
    assert all(entry["result"] is not None for entry in combined.json()["documents"])
    assert table.text.splitlines()[0].lstrip("\ufeff") == "job_id,filename,status,document_type"
    assert len(table.text.splitlines()) == 3
    assert text.headers["content-disposition"].endswith('.txt"')
    assert text.text.count("This is page 1.") == 2
    assert "pptx" in problem_of(refused, 400, "invalid_request")["detail"]


async def test_batches_are_listed_and_filtered(client: httpx.AsyncClient) -> None:
    ids = [(await client.post("/v1/batches", json={"name": f"batch {n}"})).json()["id"] for n in range(3)]
    await submit(client, batch_id=ids[0])

    first = (await client.get("/v1/batches", params={"limit": 2})).json()
    rest = (await client.get("/v1/batches", params={"cursor": first["next_cursor"]})).json()
    queued = (await client.get("/v1/batches", params={"status": "queued"})).json()
    named = (await client.get("/v1/batches", params={"q": "tch 1"})).json()
    short = await client.get("/v1/batches", params={"q": "a"})

    assert sorted(batch["id"] for batch in first["batches"] + rest["batches"]) == sorted(ids)
    assert [batch["id"] for batch in queued["batches"]] == [ids[0]]
    assert [batch["name"] for batch in named["batches"]] == ["batch 1"]
    problem_of(short, 400, "invalid_request")


async def test_documents_of_a_batch_may_be_fetched_and_one_that_is_not_there_is_told(
    world: World, client: httpx.AsyncClient
) -> None:
    world.egress.documents["https://files.test/a/letter.pdf"] = PDF

    made = (
        await client.post(
            "/v1/batches",
            json={
                "documents": [
                    {"url": url}
                    for url in (
                        "https://files.test/a/letter.pdf",
                        "https://files.test/lost.pdf",
                        "http://x.internal/",
                    )
                ]
            },
        )
    ).json()

    assert [document["status"] for document in made["documents"]] == ["queued", "refused", "refused"]
    assert [refused["code"] for refused in made["refused"]] == ["source_unreachable", "source_refused"]
    assert (await client.get(f"/v1/jobs/{made['documents'][0]['job_id']}")).json()["filename"] == "letter.pdf"


async def test_a_document_at_a_url_is_inspected_and_nothing_of_it_is_kept(
    world: World, client: httpx.AsyncClient
) -> None:
    world.egress.documents["https://files.test/letter.pdf"] = PDF

    seen = await client.post("/v1/inspect", json={"url": "https://files.test/letter.pdf"})
    both = await client.post(
        "/v1/inspect", json={"url": "https://files.test/letter.pdf", "file_id": "file_" + "0" * 24}
    )

    assert seen.json()["filename"] == "letter.pdf", seen.text
    problem_of(both, 400, "invalid_request")
    assert world.blobs.content == {}


async def test_a_list_of_batches_is_filtered_by_metadata(client: httpx.AsyncClient) -> None:
    for case in ("a", "b"):
        await client.post("/v1/batches", json={"metadata": {"case": case}})

    found = (await client.get("/v1/batches", params={"metadata.case": "b"})).json()["batches"]

    assert [batch["metadata"] for batch in found] == [{"case": "b"}]


async def test_whoever_waits_for_a_batch_hears_of_its_end(world: World, client: httpx.AsyncClient) -> None:
    batch = (await client.post("/v1/batches", json={})).json()
    jobs = [await submit(client, batch_id=batch["id"], bypass_cache="true") for _ in range(2)]
    path = f"/v1/batches/{batch['id']}"

    waiting = asyncio.create_task(client.get(path, params={"wait": 30}))
    for job in jobs:
        await asyncio.sleep(0)
        world.begin(job["id"])
        await world.complete(job["id"])
    answer = await waiting

    assert answer.json()["status"] == "completed"
    assert (await client.get(path, params={"wait": "soon"})).status_code == 422


async def test_a_document_of_a_batch_has_its_own_callback(world: World, client: httpx.AsyncClient) -> None:
    told = {"callback": {"url": "https://receiver.test/told"}}

    made = await client.post("/v1/batches", json={"options": told, "documents": [{"content_base64": INLINE}]})
    refused = await client.post(
        "/v1/batches",
        json={
            "documents": [{"content_base64": INLINE, "callback": {"url": "http://receiver.internal/"}}],
        },
    )

    job_id = made.json()["documents"][0]["job_id"].removeprefix("job_")
    [callback] = world.store.callbacks[job_id]
    assert callback.url == "https://receiver.test/told"
    problem_of(refused, 400, "invalid_request")
