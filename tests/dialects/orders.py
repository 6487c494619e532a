"""How each vendor's client sends one document, and where and in which words it reads how that goes."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import httpx

from octavo.domain.job import JobStatus
from tests.dialects.envelopes import VENDORS
from tests.http.world import PDF

Client = httpx.AsyncClient
File = tuple[str, bytes]
FILE: File = ("till roll.pdf", PDF)


@dataclass(frozen=True)
class Order:
    send: Callable[[Client, File], Coroutine[Any, Any, httpx.Response]]
    state: Callable[[Any], str]
    """The word for its state, from the body of its status."""
    queued: str = "pending"
    processing: str = "processing"
    completed: str = "completed"
    failed: str = "failed"
    cancelled: str = "failed"
    created: Callable[[Any], str | None] = lambda _: None
    """When it was sent, where the vendor tells."""
    name: Callable[[Any], str | None] = lambda _: None

    def word(self, status: JobStatus) -> str:
        return str(getattr(self, status.value))


async def _docling(client: Client, file: File) -> httpx.Response:
    return await client.post("/v1/convert/file/async", files={"files": file})


async def _docurift(client: Client, file: File) -> httpx.Response:
    return await client.post("/v1/documents/process/async", files={"file": file})


async def _invaro(client: Client, file: File) -> httpx.Response:
    uploaded = await client.post("/api/v1/parse/upload", files={"files": file})
    document = uploaded.json()["data"]["files"][0]["doc_id"]
    return await client.post("/api/v1/parse/invoices", json={"document_id": document})


async def _ldxhub(client: Client, file: File) -> httpx.Response:
    uploaded = await client.post("/files", files={"file": file})
    order = {"engine": "ki/ocr", "languages": ["eng"], "output_format": "docx"}
    return await client.post("/renderocr/jobs", json={**order, "file_id": uploaded.json()["file_id"]})


async def _ocriva(client: Client, file: File) -> httpx.Response:
    projects = await client.get("/v1/openapi/projects")
    form = {
        "projectId": projects.json()[0]["id"],
        "fileName": file[0],
        "fileType": "pdf",
        "fileSize": str(len(file[1])),
        "mimeType": "application/pdf",
    }
    part = (*file, "application/pdf")
    return await client.post("/v1/openapi/upload", data=form, files={"file": part})


async def _ocrqueen(client: Client, file: File) -> httpx.Response:
    return await client.post("/v1/extract", files={"file": file})


def _data(body: Any) -> Any:
    return body["data"]


ORDERS: dict[str, Order] = {
    "docling": Order(
        _docling,
        lambda body: str(body["task_status"]),
        processing="started",
        completed="success",
        # The task did what it was asked; its result says that the document could not be read.
        failed="success",
        cancelled="failure",
    ),
    "docurift": Order(
        _docurift, lambda body: str(_data(body)["status"]), created=lambda body: _data(body)["createdAt"]
    ),
    "invaro": Order(
        _invaro, lambda body: str(_data(body)["status"]), created=lambda body: _data(body)["created_at"]
    ),
    "ldxhub": Order(
        _ldxhub, lambda body: str(body["status"]), queued="queued", created=lambda body: body["created_at"]
    ),
    "ocriva": Order(
        _ocriva,
        lambda body: str(body["status"]),
        queued="queued",
        processing="in_progress",
        created=lambda body: body["createdAt"],
        name=lambda body: body["fileName"],
    ),
    "ocrqueen": Order(
        _ocrqueen,
        lambda body: str(body["status"]),
        queued="queued",
        cancelled="cancelled",
        created=lambda body: body["created_at"],
        name=lambda body: body["file_info"]["filename"],
    ),
}
"""Of the vendors whose jobs are looked at: all but `unstructured`, whose answers are results."""

assert set(ORDERS) == {name for name, vendor in VENDORS.items() if vendor.job_path is not None}


async def ordered(clients: dict[str, Client], vendor: str) -> Any:
    """What the vendor answers to whoever sent FILE."""
    answer = await ORDERS[vendor].send(clients[vendor], FILE)
    assert answer.is_success, answer.text
    return answer.json()


async def told(client: Client, path: str, expecting: int = 200, **query: Any) -> Any:
    answer = await client.get(path, params=query)
    assert answer.status_code == expecting, answer.text
    assert answer.headers["content-type"].startswith(("application/json", "application/problem+json"))
    return answer.json()
