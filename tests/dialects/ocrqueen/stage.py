"""A vendor's client over the fakes, and short ways to bring its jobs into each state."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from octavo.app.services import Services
from octavo.domain.event import EventType
from octavo.domain.ids import JobId
from octavo.domain.job import Job, JobError, JobStatus, Stage
from octavo.domain.storage import document_key
from octavo.exporters.document_file import encode_page, write_document
from octavo.server.front import create_front
from tests.exporters.everything import everything
from tests.exporters.samples import HEADER
from tests.http.world import PDF, World, job_id

BASE = "http://octavo.test/compat/ocrqueen"
DAY_S = 86_400


def vendor_client(world: World, key: str | None = None, **limits: int | None) -> httpx.AsyncClient:
    """With the first organization's key unless another is given; `limits` are members of the policy."""
    services: Services = replace(world.services, policy=replace(world.services.policy, **limits))  # type: ignore[arg-type]
    transport = httpx.ASGITransport(create_front(services), raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {key or world.acme.key}"}
    return httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers)


async def send(
    client: httpx.AsyncClient,
    options: dict[str, Any] | None = None,
    content: bytes = PDF,
    headers: dict[str, str] | None = None,
    name: str = "Bericht.pdf",
    **fields: str,
) -> httpx.Response:
    """One extraction; the options come before the file, as the Python SDK sends them."""
    data = fields if options is None else {"options": json.dumps(options), **fields}
    return await client.post(
        "/v1/extract",
        data=data,
        files={"file": (name, content, "application/pdf")},
        headers=headers,
    )


async def sent(client: httpx.AsyncClient, options: dict[str, Any] | None = None) -> str:
    """The accepted job's id."""
    answer = await send(client, options)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["job_id"])


async def finish(world: World, public_id: str, *, result_s: int = DAY_S) -> Job:
    """The job ends well with a document that has every type of block."""
    id_: JobId = job_id(public_id)
    with TemporaryDirectory() as folder:
        target = Path(folder) / "document"
        frames = [(page.number, encode_page(page)) for page in everything().pages]
        write_document(target, HEADER, frames)
        await world.blobs.put_path(document_key(id_), target)
    now = world.clock.now()
    return world.store.change(
        id_,
        EventType.JOB_COMPLETED,
        status=JobStatus.COMPLETED,
        stage=Stage.DONE,
        pages_done=3,
        finished_at=now,
        result_expires_at=now + timedelta(seconds=result_s),
    )


def fail(world: World, public_id: str, code: str) -> Job:
    error = JobError(code, "It cannot be read.", retryable=False, step=Stage.PLANNING)
    return world.store.change(
        job_id(public_id),
        EventType.JOB_FAILED,
        status=JobStatus.FAILED,
        error=error,
        finished_at=world.clock.now(),
    )


def detail_of(answer: httpx.Response, status: int) -> str:
    """The code of a refusal, its form checked."""
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert list(body) == ["detail"]
    assert answer.headers["x-request-id"]
    code, _, text = body["detail"].partition(": ")
    assert text
    return str(code)
