"""What jobs made, as files: an export of the document, or JSON made of its fields on the spot."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson

from octavo.app.batches.read import read_batch
from octavo.app.export import export_result
from octavo.app.read import read_job
from octavo.app.services import Services
from octavo.dialects.ldxhub.ids import Kind, to_wire
from octavo.dialects.ldxhub.outbound import KEPT, format_of, moment, service_name_of
from octavo.dialects.ldxhub.records import lines_of, outcomes_of, output_of_job
from octavo.dialects.ldxhub.wire import FileInfo
from octavo.domain.batch import Batch, BatchStatus
from octavo.domain.errors import NotFound
from octavo.domain.ids import BatchId, JobId
from octavo.domain.job import Job, JobStatus
from octavo.domain.tenancy import Principal
from octavo.http.ranges import Download, Made

OPTIONS = {"docx": {"layout": "page"}, "xlsx": {"sheets": "pages"}}
"""A converted document shall look like the one that was sent."""
ENDINGS = {"text": "txt", "markdown": "md"}
JSON, JSON_LINES = "application/json", "application/x-ndjson"


@dataclass(frozen=True, slots=True)
class Output:
    content: Download | Made
    made_at: datetime
    expires_at: datetime

    @property
    def size_bytes(self) -> int:
        return len(self.content.content) if isinstance(self.content, Made) else self.content.size_bytes

    @property
    def characters(self) -> int:
        """Of text that was made just now; 0 of files."""
        return len(self.content.content.decode()) if isinstance(self.content, Made) else 0

    async def chunks(self, services: Services) -> AsyncIterator[bytes]:
        if isinstance(self.content, Made):
            yield self.content.content
            return
        async for chunk in services.blobs.read(self.content.key):
            yield chunk


async def find_output(kind: Kind, id_: str, caller: Principal, services: Services) -> Output:
    """Raises `NotFound`, `Gone`."""
    if kind is Kind.RECORDS_OUTPUT:
        return await _of_records(BatchId(id_), caller, services)
    job = await read_job(JobId(id_), principal=caller, services=services)
    if job.status is not JobStatus.COMPLETED:
        raise NotFound("There is no such file.")
    made_at = job.finished_at or job.updated_at
    expires_at = job.result_expires_at or made_at + KEPT
    if service_name_of(job) == "analyzedoc":
        content = orjson.dumps(await output_of_job(job, services))
        return Output(_made(content, JSON, f"{_stem(job)}.json"), made_at, expires_at)
    format_ = format_of(job)
    export = await export_result(
        job.id, format_, OPTIONS.get(format_, {}), principal=caller, services=services
    )
    stored = Download(export.key, export.size_bytes, export.media_type, output_name(job), export.etag)
    return Output(stored, made_at, expires_at)


async def _of_records(batch_id: BatchId, caller: Principal, services: Services) -> Output:
    batch = await read_batch(batch_id, principal=caller, services=services)
    ended = batch.tally.finished_at
    if batch.status is not BatchStatus.COMPLETED or ended is None or services.clock.now() >= ended + KEPT:
        raise NotFound("There is no such file.")
    content = lines_of(await outcomes_of(batch, principal=caller, services=services))
    return Output(_made(content, JSON_LINES, records_name(batch)), ended, ended + KEPT)


def render_output(kind: Kind, id_: str, output: Output) -> FileInfo:
    made = moment(output.made_at)
    return {
        "file_id": to_wire(kind, id_),
        "filename": output.content.filename,
        "size": output.size_bytes,
        "created_at": made,
        "updated_at": made,
        "expires_at": moment(output.expires_at),
    }


def output_name(job: Job) -> str:
    """The document's own name with the ending of what it became."""
    return f"{_stem(job)}.{ENDINGS.get(format_of(job), format_of(job))}"


def records_name(batch: Batch) -> str:
    """As the vendor's own client names it."""
    return f"{Path(batch.name or 'output').stem}.structured.jsonl"


def _stem(job: Job) -> str:
    return Path(job.filename).stem if job.filename else "output"


def _made(content: bytes, media_type: str, filename: str) -> Made:
    return Made(content, media_type, filename, hashlib.sha256(content).hexdigest())
