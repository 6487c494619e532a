"""Recorded exchanges: every example of every vendor's page, as a test of its shape.

Requests are those of the page, values are our own. OCRQueen's are in `ocrqueen/test_page.py`.
"""

import re
from typing import Any

import pytest

from octavo.dialects.invaro.ids import job_id_from as invaro_job
from octavo.dialects.ldxhub.ids import from_wire
from octavo.domain.field import Field, Fields, FieldSource
from tests.dialects.conftest import Clients
from tests.dialects.docurift.stage import INVOICE
from tests.dialects.orders import FILE, ORDERS, ordered, told
from tests.dialects.shape import HEX, MILLISECONDS, SECONDS, Number, require_shape
from tests.http.world import World, submit

# DocuRift, "Get Job Status".

RIFT_JOB = re.compile("job_[0-9a-f]{24}")
RIFT_WAITING: dict[Any, Any] = {
    "id": RIFT_JOB,
    "documentType": "invoice",
    "createdAt": SECONDS,
    "updatedAt": SECONDS,
}


async def rift_job(clients: Clients) -> str:
    form = {"files": {"file": FILE}, "data": {"documentType": "invoice"}}
    answer = await clients["docurift"].post("/v1/documents/process/async", **form)  # type: ignore[arg-type]
    return str(answer.json()["data"]["jobId"])


async def test_docurift_pending(clients: Clients) -> None:
    body = await told(clients["docurift"], f"/v1/jobs/{await rift_job(clients)}")

    require_shape(body, {"success": True, "data": {**RIFT_WAITING, "status": "pending", "progress": 0}})


async def test_docurift_processing(clients: Clients, world: World) -> None:
    id_ = await rift_job(clients)
    world.begin(id_)

    body = await told(clients["docurift"], f"/v1/jobs/{id_}")

    require_shape(body, {"success": True, "data": {**RIFT_WAITING, "status": "processing", "progress": int}})


async def test_docurift_completed(clients: Clients, world: World) -> None:
    id_ = await rift_job(clients)
    await world.complete(id_)
    await world.find_fields(id_, INVOICE)

    body = await told(clients["docurift"], f"/v1/jobs/{id_}")

    fields = {"invoiceNumber": str, "amount": Number, "currency": str, "vendor": str, "date": str, ...: True}
    require_shape(
        body,
        {
            "success": True,
            "data": {
                **RIFT_WAITING,
                "status": "completed",
                "progress": 100,
                "documentId": re.compile("doc_[0-9a-f]{24}"),
                "result": {"extractedFields": fields, "confidence": float},
                "completedAt": SECONDS,
            },
        },
    )


async def test_docurift_failed(clients: Clients, world: World) -> None:
    id_ = await rift_job(clients)
    world.fail(id_)

    body = await told(clients["docurift"], f"/v1/jobs/{id_}")

    details = {"step": "text_extraction", "retryable": bool}
    error = {"code": "OCR_FAILED", "message": str, "details": details}
    shown = {**RIFT_WAITING, "status": "failed", "progress": int, "error": error, "failedAt": SECONDS}
    require_shape(body, {"success": True, "data": shown})


async def test_docurift_error_response(clients: Clients) -> None:
    body = await told(clients["docurift"], "/v1/jobs/job_abc123def456", 404)

    error = {"code": "JOB_NOT_FOUND", "message": "Job with ID 'job_abc123def456' not found"}
    require_shape(body, {"success": False, "error": error, "requestId": re.compile("req_[0-9a-f]+")})


# Invaro, "Checking Processing Status".


@pytest.mark.parametrize("kind", ["invoices", "statements"])
async def test_invaro_status_response(clients: Clients, world: World, kind: str) -> None:
    invaro = clients["invaro"]
    id_ = (await ordered(clients, "invaro"))["data"]["job_id"]
    internal = f"job_{invaro_job(id_)}"
    path = f"/api/v1/parse/{kind}/{id_}"
    states = [(await told(invaro, path))["data"]["status"]]
    world.begin(internal)
    states.append((await told(invaro, path))["data"]["status"])
    await world.complete(internal)
    await world.find_fields(internal, INVOICE)

    body = await told(invaro, path)

    assert states == ["pending", "processing"]
    data = {
        "job_id": re.compile(r"job_\d+"),
        "status": "completed",
        "file_id": FILE[0],
        "created_at": SECONDS,
        "updated_at": SECONDS,
        "progress": 100,
        "results": dict,
        ...: True,
    }
    require_shape(body, {"success": True, "data": data, ...: True})


async def test_invaro_failed(clients: Clients, world: World) -> None:
    """What the page's poller ends with."""
    id_ = (await ordered(clients, "invaro"))["data"]["job_id"]
    world.fail(f"job_{invaro_job(id_)}")

    body = await told(clients["invaro"], f"/api/v1/parse/invoices/{id_}")

    assert body["data"]["status"] == "failed"
    assert "results" not in body["data"]


# LDX hub, RenderOCR jobs.

HUB_ID = re.compile("[0-9a-z]{32}")
HUB_JOB: dict[Any, Any] = {
    "job_id": HUB_ID,
    "file_id": HUB_ID,
    "engine": str,
    "status": "queued",
    "progress": Number,
    "created_at": str,
    "updated_at": str,
    "expires_at": str,
}


async def test_ldxhub_history(clients: Clients) -> None:
    await ordered(clients, "ldxhub")

    require_shape(await told(clients["ldxhub"], "/renderocr/jobs"), {"data": [HUB_JOB]})


async def test_ldxhub_accepted(clients: Clients) -> None:
    answer = await ORDERS["ldxhub"].send(clients["ldxhub"], FILE)

    assert answer.status_code == 202
    require_shape(answer.json(), HUB_JOB)


async def test_ldxhub_job_details(clients: Clients, world: World) -> None:
    done, broken = await ordered(clients, "ldxhub"), await ordered(clients, "ldxhub")
    await world.complete(f"job_{from_wire(done['job_id'])[1]}")
    world.fail(f"job_{from_wire(broken['job_id'])[1]}")

    completed, failed = [
        await told(clients["ldxhub"], f"/renderocr/jobs/{job['job_id']}") for job in (done, broken)
    ]

    done_too = {"status": "completed", "output_file_id": HUB_ID, "completed_at": str}
    require_shape(completed, HUB_JOB | done_too)
    error = {"code": str, "message": str, "request_id": str}
    require_shape(failed, HUB_JOB | {"status": "failed", "error": error})


# Ocriva, "Processing History".

HISTORY = "/v1/openapi/processing-history"
OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "json": "application/json",
    "text": "text/plain",
    "xml": "application/xml",
    "html": "text/html",
    "csv": "text/csv",
    "docx": OFFICE + "wordprocessingml.document",
}
"""`pdf` is written on the source, and the fakes have none: see the flow."""
RECORD: dict[Any, Any] = {
    **dict.fromkeys(("id", "uploadId", "projectId", "userId", "templateId"), HEX),
    "fileName": "till roll.pdf",
    "fileUrl": re.compile("https?://.+"),
    "filePath": str,
    "fileSize": re.compile(r"\d+"),
    "mimeType": "application/pdf",
    "status": "completed",
    "templateName": "Rolls",
    "resultFormat": "json",
    "priority": "medium",
    "processingResult": {"invoiceNumber": str, "totalAmount": Number, "vendor": str},
    **dict.fromkeys(("startedAt", "completedAt", "createdAt", "updatedAt"), MILLISECONDS),
}


async def ocriva_record(clients: Clients, world: World) -> str:
    ocriva = clients["ocriva"]
    project = (await told(ocriva, "/v1/openapi/projects"))[0]["id"]
    schema = {"invoiceNumber": "string", "totalAmount": "number", "vendor": "string"}
    order = {"name": "Rolls", "description": "", "templateSchema": schema, "projectId": project}
    template = (await ocriva.post("/v1/openapi/templates", json=order)).json()["templateId"]
    form = {"fileName": FILE[0], "fileType": "pdf", "fileSize": "25", "mimeType": "application/pdf"}
    sent = await ocriva.post(
        "/v1/openapi/upload",
        data=form | {"projectId": project, "templateId": template},
        files={"file": FILE},
    )
    assert sent.is_success, sent.text
    id_ = str(sent.json()["id"])
    world.begin(id_)
    await world.complete(id_)
    values: dict[str, str | float] = {"invoice_number": "R-7", "total_amount": 12.5, "vendor": "Ada"}
    found = tuple(Field(path, value, FieldSource.OCR) for path, value in values.items())
    await world.find_fields(id_, Fields("invoice", 0.9, found))
    return id_


async def test_ocriva_list(clients: Clients, world: World) -> None:
    await ocriva_record(clients, world)
    project = world.acme.project.id

    query: dict[str, Any] = {"projectId": project, "status": "completed", "page": 1, "limit": 10}
    body = await told(clients["ocriva"], HISTORY, **query)

    pagination = {"page": 1, "limit": 10, "total": 1, "pages": 1}
    require_shape(body, {"data": [RECORD], "pagination": pagination})


async def test_ocriva_statistics(clients: Clients, world: World) -> None:
    await ocriva_record(clients, world)

    body = await told(clients["ocriva"], f"{HISTORY}/stats", projectId=world.acme.project.id)

    require_shape(body, {"total": 1, "pending": 0, "processing": 0, "completed": 1, "failed": 0})


async def test_ocriva_record(clients: Clients, world: World) -> None:
    id_ = await ocriva_record(clients, world)

    body = await told(clients["ocriva"], f"{HISTORY}/{id_}", projectId=world.acme.project.id)

    require_shape(body, RECORD)


@pytest.mark.parametrize("format_", TYPES)
async def test_ocriva_export(clients: Clients, world: World, format_: str) -> None:
    id_ = await ocriva_record(clients, world)
    query = {"projectId": world.acme.project.id, "format": format_}

    answer = await clients["ocriva"].get(f"{HISTORY}/{id_}/result", params=query)

    assert answer.headers["content-type"] == TYPES[format_]
    assert answer.headers["content-disposition"].startswith("attachment")
    if format_ == "json":
        require_shape(answer.json(), RECORD["processingResult"])


@pytest.mark.parametrize("path", ["", "/result"])
async def test_ocriva_common_errors(clients: Clients, world: World, path: str) -> None:
    async with world.client(world.other.key) as other:
        foreign = (await submit(other))["id"].removeprefix("job_")

    for id_, status in ((foreign, 401), ("0" * 24, 404)):
        body = await told(clients["ocriva"], f"{HISTORY}/{id_}{path}", status)
        require_shape(body, {"statusCode": status, "message": str, "error": str})
