"""Submitting: forms, JSON, idempotency, waiting, and everything that is refused."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator

import httpx
import pytest
from tests.http.world import MAX_BYTES, PDF, World, job_id, problem_of, submit

from octavo.domain.errors import TemporaryFailure
from octavo.domain.job import JobStatus, Priority, Profile
from octavo.domain.storage import source_key
from octavo.domain.tenancy import Scope
from octavo.http.options import MAX_INLINE_BYTES


async def test_a_form_becomes_a_durable_job(world: World, client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/jobs", files={"file": ("report.pdf", PDF)})

    job = answer.json()
    assert answer.status_code == 202
    assert answer.headers["location"] == f"/v1/jobs/{job['id']}"
    assert answer.headers["retry-after"] == "1"
    assert job["status"] == "queued"
    assert job["filename"] == "report.pdf"
    assert job["page_count"] == 3
    assert job["progress"]["queue_position"] == 0
    assert world.blobs.content[source_key(job_id(job["id"]))] == PDF


async def test_every_option_of_a_form_reaches_the_job(world: World, client: httpx.AsyncClient) -> None:
    project = await world.store.add_project(world.acme.organization.id, "second")
    fields = {
        "engine": "paper",
        "profile": "advanced",
        "languages": ["de,fr", "en"],
        "pages": "1-2,3",
        "password": "sesame",
        "priority": "urgent",
        "metadata": json.dumps({"case": "A-1", "n": {"deep": [1, None]}}),
        "bypass_cache": "true",
        "filename": "../../etc/näme\x00\x1f.pdf",
        "project_id": f"proj_{project.id}",
        "source_retention_s": "60",
        "result_retention_s": "120",
    }

    answer = await client.post("/v1/jobs", files={"file": ("x.pdf", b"LOCKED")}, data=fields)

    assert answer.status_code == 422, "a NUL in a field is refused"
    fields["filename"] = "../../etc/näme\x1f.pdf"
    answer = await client.post("/v1/jobs", files={"file": ("x.pdf", b"LOCKED")}, data=fields)
    assert answer.status_code == 202, answer.text
    row = world.store.rows[job_id(answer.json()["id"])]
    assert row.options.profile is Profile.ADVANCED
    assert row.options.languages == ("de", "fr", "en")
    assert row.options.password == "sesame"
    assert row.priority is Priority.URGENT
    assert row.metadata == {"case": "A-1", "n": {"deep": [1, None]}}
    assert row.filename == "näme.pdf"
    assert row.project_id == project.id
    assert (row.source_expires_at - row.created_at).total_seconds() == 60
    assert "sesame" not in answer.text


async def test_fields_may_come_before_and_after_the_file(world: World, client: httpx.AsyncClient) -> None:
    parts: list[tuple[str, tuple[str | None, bytes]]] = [
        ("profile", (None, b"fast")),
        ("file", ("a.pdf", PDF)),
        ("priority", (None, b"high")),
    ]

    answer = await client.post("/v1/jobs", files=parts)

    assert answer.status_code == 202
    assert answer.json()["options"]["profile"] == "fast"
    assert answer.json()["priority"] == "high"


async def test_a_stored_file_is_submitted_by_its_id(client: httpx.AsyncClient) -> None:
    stored = (await client.post("/v1/files", files={"file": ("a.pdf", PDF)})).json()

    by_json = await client.post("/v1/jobs", json={"file_id": stored["id"], "languages": "de,en"})
    by_form = await client.post("/v1/jobs", files={"file_id": (None, stored["id"])})

    assert by_json.status_code == 202, by_json.text
    assert by_json.json()["file_id"] == stored["id"]
    assert by_json.json()["filename"] == "a.pdf"
    assert by_json.json()["options"]["languages"] == ["de", "en"]
    assert by_form.status_code == 202, by_form.text


async def test_a_document_may_be_sent_inside_json(world: World, client: httpx.AsyncClient) -> None:
    body = {"content_base64": base64.b64encode(PDF).decode(), "filename": "a.pdf", "pages": "2-"}

    answer = await client.post("/v1/jobs", json=body)

    assert answer.status_code == 202
    assert answer.json()["options"]["pages"] == "2-3"
    assert world.blobs.content[source_key(job_id(answer.json()["id"]))] == PDF


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 400, "empty_document"),
        (b"%PDF empty", 400, "empty_document"),
        (b"plain words", 415, "unsupported_media_type"),
        (b"LOCKED", 422, "document_encrypted"),
        (b"BROKEN", 422, "unreadable_document"),
        (b"CRASH", 422, "unreadable_document"),
        (b"%PDF" + b"x" * MAX_BYTES, 413, "document_too_large"),
    ],
)
async def test_a_document_that_cannot_be_read_is_refused_and_nothing_is_kept(
    world: World, client: httpx.AsyncClient, content: bytes, status: int, code: str
) -> None:
    answer = await client.post("/v1/jobs", files={"file": ("a.pdf", content)})

    problem_of(answer, status, code)
    assert not world.blobs.content
    assert not world.store.rows


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "invalid_request"),
        ({"content_base64": "%%%"}, 400, "invalid_request"),
        ({"content_base64": "é"}, 400, "invalid_request"),
        ({"content_base64": "", "file_id": "file_" + "0" * 24}, 400, "invalid_request"),
        ({"content_base64": ""}, 400, "empty_document"),
        ({"file_id": "file_" + "0" * 24}, 404, "not_found"),
        ({"file_id": "nonsense"}, 404, "not_found"),
        ({"file_id": "0" * 24, "project_id": "nonsense"}, 404, "not_found"),
        ({"file_id": "0" * 24, "pages": "3-1"}, 400, "invalid_request"),
        ({"file_id": "0" * 24, "engine": "abacus"}, 400, "engine_unavailable"),
        ({"file_id": "0" * 24, "profil": "fast"}, 422, "validation_failed"),
        ({"file_id": "0" * 24, "priority": "asap"}, 422, "validation_failed"),
        ({"file_id": "0" * 24, "languages": ["not a tag"]}, 422, "validation_failed"),
        ({"file_id": "0" * 24, "metadata": {"a": "\0"}}, 422, "validation_failed"),
        ({"file_id": "0" * 24, "metadata": "[1]"}, 422, "validation_failed"),
        ({"file_id": "0" * 24, "metadata": {"long": "x" * 20_000}}, 400, "invalid_request"),
        ([], 422, "validation_failed"),
    ],
)
async def test_a_wrong_request_is_told_what_is_wrong(
    client: httpx.AsyncClient, body: object, status: int, code: str
) -> None:
    problem_of(await client.post("/v1/jobs", json=body), status, code)


async def test_deep_metadata_is_refused_before_it_can_hurt(client: httpx.AsyncClient) -> None:
    deep = '{"a":' * 900 + "1" + "}" * 900

    answer = await client.post("/v1/jobs", files={"file": ("a.pdf", PDF)}, data={"metadata": deep})

    assert "nested" in problem_of(answer, 422, "validation_failed")["detail"]


async def test_a_validation_problem_never_repeats_the_password(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/jobs", json={"password": ["my-secret"], "x-secret": "my-secret"})

    problem = problem_of(answer, 422, "validation_failed")
    assert "my-secret" not in answer.text
    assert {error["location"] for error in problem["errors"]} == {"password", "x-secret"}


async def test_other_bodies_are_refused(client: httpx.AsyncClient) -> None:
    form = await client.post("/v1/jobs", content=b"x", headers={"Content-Type": "text/plain"})
    broken = await client.post("/v1/jobs", content=b"{", headers={"Content-Type": "application/json"})

    problem_of(form, 415, "unsupported_media_type")
    problem_of(broken, 422, "validation_failed")


async def test_a_body_over_the_limit_is_refused_before_it_is_read(
    world: World, client: httpx.AsyncClient
) -> None:
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(100):
            read += 1
            yield b"x" * MAX_BYTES

    headers = {"Content-Type": "multipart/form-data; boundary=b", "Content-Length": str(100 * MAX_BYTES)}
    answer = await client.post("/v1/jobs", content=body(), headers=headers)

    assert problem_of(answer, 413, "document_too_large")["limit"] == MAX_BYTES
    assert read <= 1


async def test_inline_content_over_its_limit_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/jobs", json={"content_base64": "A" * (MAX_INLINE_BYTES * 4 // 3 + 8)})

    assert problem_of(answer, 413, "document_too_large")["limit"] == MAX_INLINE_BYTES


async def test_the_same_idempotency_key_gives_the_same_job(world: World, client: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "order-17"}
    first = await client.post("/v1/jobs", files={"file": ("a.pdf", PDF)}, headers=headers)
    world.clock.advance(1)

    again = await client.post("/v1/jobs", files={"file": ("a.pdf", PDF)}, headers=headers)
    changed = await client.post("/v1/jobs", files={"file": ("a.pdf", PDF + b"!")}, headers=headers)

    assert again.status_code == 202
    assert again.json()["id"] == first.json()["id"]
    assert again.headers["idempotency-replayed"] == "true"
    assert len(world.store.rows) == 1
    assert len(world.blobs.content) == 1, "the second body was removed"
    problem_of(changed, 409, "idempotency_conflict")


@pytest.mark.parametrize("key", ["", "x" * 256, "a b", "ä"])
async def test_a_strange_idempotency_key_is_refused(client: httpx.AsyncClient, key: str) -> None:
    headers = [(b"Idempotency-Key", key.encode("latin-1"))]

    answer = await client.post("/v1/jobs", files={"file": ("a.pdf", PDF)}, headers=headers)

    problem_of(answer, 400, "invalid_request")


async def test_prefer_wait_answers_when_the_job_has_ended(world: World, client: httpx.AsyncClient) -> None:
    async def finish() -> None:
        while not world.notifier.waiting:  # noqa: ASYNC110 -- the fake has no event for "somebody waits"
            await asyncio.sleep(0)
        await world.complete(next(iter(world.store.rows)))

    worker = asyncio.create_task(finish())
    answer = await client.post("/v1/jobs", files={"file": ("a.pdf", PDF)}, headers={"Prefer": "wait=30"})
    await worker

    assert answer.status_code == 200
    assert answer.json()["status"] == "completed"
    assert answer.headers["preference-applied"] == "wait=5", "the server's own limit"


async def test_prefer_wait_answers_202_when_the_time_is_over(client: httpx.AsyncClient) -> None:
    answer = await client.post(
        "/v1/jobs", files={"file": ("a.pdf", PDF)}, headers={"Prefer": "respond-async, wait=0"}
    )

    assert answer.status_code == 202
    assert answer.headers["preference-applied"] == "wait=0"


async def test_prefer_wait_is_passed_over_for_a_key_that_may_only_submit(world: World) -> None:
    async with world.client(await world.key(world.acme, {Scope.EXTRACT_WRITE})) as client:
        answer = await client.post("/v1/jobs", files={"file": ("a.pdf", PDF)}, headers={"Prefer": "wait=1"})

    assert answer.status_code == 202
    assert "preference-applied" not in answer.headers


async def test_the_same_document_again_is_answered_from_the_cache(
    world: World, client: httpx.AsyncClient
) -> None:
    first = await submit(client)
    await world.complete(first["id"])

    world.clock.advance(1)
    cached = await submit(client)
    world.clock.advance(1)
    fresh = await submit(client, bypass_cache="true")

    assert cached["cache_hit"] is True
    assert cached["status"] == JobStatus.COMPLETED
    assert cached["id"] != first["id"]
    assert fresh["status"] == JobStatus.QUEUED


async def test_a_database_that_cannot_be_reached_is_a_503_and_leaves_the_bytes_to_the_sweep(
    world: World, client: httpx.AsyncClient
) -> None:
    world.store.failure = TemporaryFailure("The database cannot be reached.")

    answer = await client.post("/v1/jobs", files={"file": ("a.pdf", PDF)})

    assert problem_of(answer, 503, "temporary_failure")["retryable"] is True
    assert answer.headers["retry-after"]
    assert world.blobs.content, "the commit may have taken place, and its job needs its source"


async def test_a_document_may_be_of_some_types(world: World, client: httpx.AsyncClient) -> None:
    job = await submit(client, document_types="invoice,receipt")
    both = {"document_type": "invoice", "document_types": "receipt"}
    form = {"file": ("a.pdf", PDF)}

    assert job["options"]["document_types"] == ["invoice", "receipt"]
    assert job["document_type"] is None
    for wrong in (both, {"document_types": "poem"}):
        problem_of(await client.post("/v1/jobs", files=form, data=wrong), 400, "invalid_request")


async def test_one_callback_or_a_list_of_them_is_kept(world: World, client: httpx.AsyncClient) -> None:
    one = {"url": "https://hooks.example.com/1"}
    two = {"url": "https://hooks.example.com/2"}

    kept = [
        world.store.callbacks[job_id((await submit(client, callback=json.dumps(given)))["id"])]
        for given in (one, [one, two])
    ]

    assert [[callback.url for callback in callbacks] for callbacks in kept] == [
        [one["url"]],
        [one["url"], two["url"]],
    ]
    many = {"file": ("a.pdf", PDF)}
    problem_of(
        await client.post("/v1/jobs", files=many, data={"callback": json.dumps([one] * 6)}),
        422,
        "validation_failed",
    )
