"""All results of a batch in one download."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from octavo.app.batches.archive import Entry, zip_file
from octavo.app.batches.tables import field_rows, render_csv
from octavo.app.batches.volume import BOUND, bind_jobs, volume_options
from octavo.app.export import Export, export_result
from octavo.app.fields.read import require_fields, stored_fields
from octavo.app.services import Services
from octavo.domain.batch import Batch
from octavo.domain.errors import Conflict, Gone, InvalidRequest, NotFound, OctavoError
from octavo.domain.ids import BatchId, JobId
from octavo.domain.job import Job, JobStatus
from octavo.domain.tenancy import Principal, Scope
from octavo.exporters.table import EXPORTERS
from octavo.ports.history import JobQuery

MANIFEST = "manifest.json"
PACKED = frozenset({"docx", "xlsx", "pptx", "pdf"})
"""Formats that are compressed in themselves."""
_SKIPPED = (NotFound, Conflict, Gone, InvalidRequest)
"""Why one document's result may be missing; anything else breaks the download off."""
_PAGE = 100


@dataclass(frozen=True, slots=True)
class BatchExport:
    batch: Batch
    media_type: str
    filename: str
    content: AsyncIterator[bytes]


async def export_batch(
    batch_id: BatchId,
    format_: str,
    options: Mapping[str, str] = MappingProxyType({}),
    *,
    is_combined: bool = False,
    principal: Principal,
    services: Services,
) -> BatchExport:
    """Every completed job's result, oldest first, rendered as the download goes on.

    One by one they make a ZIP with a `manifest.json` that says what became of each job. Combined,
    `json` is one object with every document in it, `csv` one row of fields a document, and the formats in
    `BOUND` are one document of all pages.

    Raises:
        NotFound. InvalidRequest: no such format, or none that can be combined.
        Conflict: no job has completed yet.
    """
    principal.require(Scope.JOBS_READ)
    exporter = EXPORTERS.get(format_)
    if exporter is None:
        raise InvalidRequest(
            f"There is no format {format_!r}. Ask for one of: {', '.join(sorted(EXPORTERS))}.",
            option="format",
        )
    if is_combined and format_ not in {*COMBINED, *BOUND}:
        can = ", ".join(sorted({*COMBINED, *BOUND}))
        raise InvalidRequest(f"{format_!r} cannot be combined; {can} can.", option="combined")
    chosen = volume_options(exporter, options)
    batch = await services.store.tenant(principal.tenant).batches.batch(batch_id)
    if not batch.tally.jobs.get(JobStatus.COMPLETED):
        raise Conflict("No job of this batch has completed yet.", batch_status=batch.status.value)
    reading = _Reading(batch, format_, options, principal, services)
    name = f"batch_{batch.id}"
    if is_combined and format_ in BOUND:
        jobs = [job async for job in reading.jobs()]
        content = await bind_jobs(jobs, format_, chosen, batch.name or name, services=services)
        return BatchExport(batch, exporter.media_type, name + exporter.extension, content)
    if is_combined:
        return BatchExport(batch, exporter.media_type, name + exporter.extension, COMBINED[format_](reading))
    return BatchExport(batch, "application/zip", f"{name}.zip", zip_file(_entries(reading)))


async def jobs_of(batch_id: BatchId, *, principal: Principal, services: Services) -> AsyncIterator[Job]:
    """Oldest first."""
    store = services.store.tenant(principal.tenant)
    after: JobId | None = None
    while True:
        jobs = await store.jobs(JobQuery(batch_id=batch_id, before=after, limit=_PAGE, oldest_first=True))
        for job in jobs:
            yield job
        if len(jobs) < _PAGE:
            return
        after = jobs[-1].id


@dataclass(frozen=True, slots=True)
class _Reading:
    batch: Batch
    format: str
    options: Mapping[str, str]
    principal: Principal
    services: Services

    def jobs(self) -> AsyncIterator[Job]:
        return jobs_of(self.batch.id, principal=self.principal, services=self.services)

    async def export(self, job: Job) -> Export:
        return await export_result(
            job.id, self.format, self.options, principal=self.principal, services=self.services
        )


async def _entries(reading: _Reading) -> AsyncIterator[Entry]:
    told: list[dict[str, Any]] = []
    number = 0
    async for job in reading.jobs():
        number += 1
        try:
            export = await reading.export(job)
        except _SKIPPED as error:
            told.append(_standing(job) | {"file": None, "reason": _reason(job, error)})
            continue
        name = f"{number:04d}-{export.filename}"
        told.append(_standing(job) | {"file": name, "reason": None})
        content = reading.services.blobs.read(export.key)
        yield Entry(name, export.job.finished_at or export.job.created_at, content, reading.format in PACKED)
    told += [_refusal(document) for document in reading.batch.refused]
    manifest = {"batch_id": f"batch_{reading.batch.id}", "format": reading.format, "documents": told}
    content = _once(json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    yield Entry(MANIFEST, reading.services.clock.now(), content)


async def _as_json(reading: _Reading) -> AsyncIterator[bytes]:
    """Each document as it is stored, never taken apart: they may be large."""
    head = {"batch_id": f"batch_{reading.batch.id}", "name": reading.batch.name}
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "documents": ['
    comma = b""
    async for job in reading.jobs():
        yield comma + json.dumps(_standing(job), ensure_ascii=False)[:-1].encode()
        comma = b",\n"
        try:
            export = await reading.export(job)
        except _SKIPPED as error:
            yield f', "reason": {json.dumps(_reason(job, error))}, "result": null}}'.encode()
            continue
        yield b', "reason": null, "result": '
        async for chunk in reading.services.blobs.read(export.key):
            yield chunk
        yield b"}"
    refused = [_refusal(document) for document in reading.batch.refused]
    yield b'], "refused": ' + json.dumps(refused, ensure_ascii=False).encode() + b"}"


async def _as_csv(reading: _Reading) -> AsyncIterator[bytes]:
    """The columns are all fields that any of the documents has, so all are read before the first row."""
    rows: list[dict[str, str]] = []
    async for job in reading.jobs():
        values: Mapping[str, Any] = {}
        try:
            fields = json.loads(await stored_fields(require_fields(job), reading.services))
            values = fields.get("values") or {}
        except _SKIPPED:
            pass
        rows += field_rows(_standing(job), job.fields.summary.document_type if job.fields else None, values)
    yield render_csv(rows)


COMBINED: dict[str, Callable[[_Reading], AsyncIterator[bytes]]] = {"json": _as_json, "csv": _as_csv}
"""Formats that are put together from what each document has; see `BOUND` for the others."""


def _standing(job: Job) -> dict[str, Any]:
    return {"job_id": f"job_{job.id}", "filename": job.filename, "status": job.status.value}


def _reason(job: Job, error: OctavoError) -> str:
    return job.error.code if job.error else error.code


def _refusal(document: Any) -> dict[str, Any]:
    return {
        "job_id": None,
        "filename": document.filename,
        "status": "refused",
        "file": None,
        "reason": document.code,
    }


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content
