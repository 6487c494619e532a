"""Documents sent in: at once and for later, every field of the form, and what is refused of it."""

import asyncio
from dataclasses import replace
from typing import Any

import httpx
import pytest

from octavo.dialects.docurift.ids import job_id_of
from octavo.domain.job import Priority
from tests.dialects.docurift.stage import INVOICE, client_of, completed, data_of, refusal_of, sent
from tests.http.world import PDF, World


def the_job(world: World) -> Any:
    (job,) = world.store.rows.values()
    return job


async def while_waiting(rift: httpx.AsyncClient, path: str, **fields: str) -> asyncio.Task[httpx.Response]:
    return asyncio.create_task(rift.post(path, files={"file": ("a.pdf", PDF)}, data=fields))


async def accepted_in(world: World) -> str:
    """The native id of the job, once somebody waits for it."""
    while not any(world.notifier.waiting.values()):  # noqa: ASYNC110 -- nobody tells that somebody waits
        await asyncio.sleep(0)
    return f"job_{the_job(world).id}"


@pytest.mark.parametrize("path", ["/documents/process", "/documents/process/sync"])
@pytest.mark.shows("POST /v1/documents/process", "POST /v1/documents/process/sync")
async def test_what_is_read_in_time_is_in_the_answer(
    rift: httpx.AsyncClient, world: World, path: str
) -> None:
    asking = await while_waiting(rift, path, documentType="invoice")
    id_ = await accepted_in(world)
    await world.find_fields(id_, INVOICE)
    await world.complete(id_)

    answer = await asking
    told = data_of(answer)

    assert answer.status_code == 200
    assert set(told) == {
        *("id", "documentId", "jobId", "status", "documentType"),
        *("confidence", "pagesProcessed", "processedAt", "result", "tables"),
    }
    assert told["id"] == told["documentId"] == "doc_" + id_.removeprefix("job_")
    assert (told["status"], told["documentType"], told["pagesProcessed"]) == ("completed", "invoice", 3)
    assert told["confidence"] == 0.9
    assert told["result"]["vendor"]["name"] == "Acme Ltd"


@pytest.mark.shows("POST /v1/documents/process")
async def test_what_takes_longer_is_processing_without_a_result(world: World) -> None:
    world = await World(max_wait_s=0).settle()
    async with client_of(world, **{"X-API-Key": world.acme.key}) as rift:
        told = data_of(await rift.post("/documents/process", files={"file": ("a.pdf", PDF)}))
        later = data_of(await rift.get(f"/jobs/{told['jobId']}"))

    assert told == {
        "id": told["documentId"],
        "documentId": told["documentId"],
        "jobId": told["jobId"],
        "status": "processing",
        "documentType": "generic",
        "result": None,
    }
    assert later["status"] == "pending"


@pytest.mark.shows("POST /v1/documents/process")
async def test_a_document_that_fails_meanwhile_is_told_as_its_job_would_be(
    rift: httpx.AsyncClient, world: World
) -> None:
    asking = await while_waiting(rift, "/documents/process")
    world.fail(await accepted_in(world))

    told = data_of(await asking)

    assert (told["status"], told["result"]) == ("failed", None)
    assert told["error"]["code"] == "OCR_FAILED"
    assert told["error"]["details"] == {"step": "text_extraction", "retryable": False}


@pytest.mark.shows("POST /v1/documents/process/async")
async def test_every_field_of_the_form_reaches_the_job(rift: httpx.AsyncClient, world: World) -> None:
    await sent(
        rift,
        documentType="general",
        language="de",
        extractTables="false",
        ocrFallback="true",
        priority="high",
        webhookUrl="https://example.test/hook",
        webhookSecret="whsec_of_the_caller",
        callbackMetadata='{"order": 7}',
    )

    job = the_job(world)
    assert (job.options.document_type, job.options.languages) == ("generic", ("de",))
    assert job.priority is Priority.HIGH
    assert job.metadata == {
        "dialect": "docurift",
        "document_type": "general",
        "extract_tables": False,
        "callback_metadata": {"order": 7},
    }


async def test_the_older_pages_options_object_is_understood(rift: httpx.AsyncClient, world: World) -> None:
    await sent(rift, language="fr", options='{"language": "de", "extractTables": false}')

    job = the_job(world)
    assert job.options.languages == ("fr",), "what stands outside counts first"
    assert job.metadata["extract_tables"] is False


async def test_without_a_language_it_is_found_out(rift: httpx.AsyncClient, world: World) -> None:
    await sent(rift, documentType="auto")

    assert the_job(world).options.languages == ()
    assert the_job(world).options.document_type is None


async def test_the_same_bytes_again_are_completed_at_once(rift: httpx.AsyncClient, world: World) -> None:
    await completed(rift, world)

    again = await sent(rift, documentType="invoice")

    assert (again["status"], again["progress"]) == ("completed", 100)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"documentType": "poem"}, "documentType"),
        ({"priority": "urgent"}, "priority"),
        ({"language": "English, please"}, "language"),
        ({"extractTables": "perhaps"}, "extractTables"),
        ({"callbackMetadata": "[1]"}, "callbackMetadata"),
        ({"callbackMetadata": "{"}, "callbackMetadata"),
        ({"options": '{"colour": true}'}, "options"),
        ({"options": "fast"}, "options"),
        ({"model": "big"}, "model"),
        ({"webhookSecret": "whsec_of_nobody"}, "webhookUrl"),
        ({"webhookUrl": "https://metadata.internal/"}, "webhookUrl"),
        ({"webhookUrl": "ftp://example.test/"}, "webhookUrl"),
        ({"webhookUrl": "http://example.test/"}, "webhookUrl"),
    ],
)
async def test_a_wrong_field_is_400_named_and_nothing_is_kept(
    rift: httpx.AsyncClient, world: World, fields: dict[str, str], named: str
) -> None:
    answer = await rift.post("/documents/process/async", files={"file": ("a.pdf", PDF)}, data=fields)

    error = refusal_of(answer, 400, "INVALID_REQUEST")
    assert named in str(error)
    assert world.store.rows == {}
    assert world.blobs.content == {}


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"just words", 400, "INVALID_FILE_TYPE"),
        (b"", 400, "INVALID_FILE"),
        (b"CRASH", 400, "INVALID_FILE"),
        (b"%PDF" + b" " * 1_000_000, 413, "FILE_TOO_LARGE"),
    ],
)
@pytest.mark.shows("POST /v1/documents/process")
async def test_a_document_that_cannot_be_read_is_refused(
    rift: httpx.AsyncClient, content: bytes, status: int, code: str
) -> None:
    answer = await rift.post("/documents/process", files={"file": ("a.pdf", content)})

    refusal_of(answer, status, code)


@pytest.mark.parametrize("content", [b"BROKEN", b"LOCKED"])
async def test_a_document_that_cannot_be_opened_is_a_job_that_fails(
    rift: httpx.AsyncClient, content: bytes
) -> None:
    """The vendor tells it on the job, with the step at which it failed."""
    answer = await rift.post("/documents/process/async", files={"file": ("a.pdf", content)})

    assert answer.status_code == 202
    assert data_of(answer)["status"] == "pending"


async def test_metadata_without_an_address_is_for_registered_webhooks(
    rift: httpx.AsyncClient, world: World
) -> None:
    job = await sent(rift, callbackMetadata='{"order": 7}')

    assert world.store.rows[job_id_of(job["jobId"])].metadata["callback_metadata"] == {"order": 7}


async def test_a_body_that_is_no_form_or_has_no_file_is_400(rift: httpx.AsyncClient) -> None:
    refusal_of(await rift.post("/documents/process", json={}), 400, "INVALID_REQUEST")
    without = await rift.post("/documents/process", files={"options": (None, "{}")})
    assert "file" in refusal_of(without, 400, "INVALID_REQUEST")["message"]


async def test_pages_that_are_used_up_are_402(rift: httpx.AsyncClient, world: World) -> None:
    project = world.acme.project
    world.store.project_rows[project.id] = replace(project, pages_per_month=2)

    answer = await rift.post("/documents/process/async", files={"file": ("a.pdf", PDF)})

    error = refusal_of(answer, 402, "INSUFFICIENT_CREDITS")
    assert error["message"]
    assert world.store.rows == {}
