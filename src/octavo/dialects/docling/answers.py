"""Results: passed on from where they are stored, a piece at a time."""

import codecs
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

import orjson
from starlette.responses import JSONResponse, Response, StreamingResponse

from octavo.app.batches.archive import Entry, zip_file
from octavo.app.export import Export, export_result
from octavo.app.services import Services
from octavo.dialects.docling.errors import ResultNotFound
from octavo.dialects.docling.inbound import FORMATS
from octavo.dialects.docling.outbound import (
    Task,
    document_status,
    processing_s,
    render_confidence,
    render_errors,
    render_failure,
)
from octavo.domain.job import Job, JobStatus
from octavo.domain.tenancy import Principal

NO_RESULT = "Task result not found. Please wait for a completion status."
"""The peer's client tells by these words that it came too early."""
_MEMBERS = {
    "md_content": "md",
    "json_content": "json",
    "html_content": "html",
    "text_content": "text",
    "doctags_content": "doctags",
    "doclang_content": "doclang",
}
"""In the peer's order, with the format each holds."""
_ENDINGS = {"json": ".json", "html": ".html", "text": ".txt", "md": ".md", "doctags": ".doctags"}
"""In the archive, in the peer's order."""


async def result_answer(task: Task, caller: Principal, services: Services, *, is_sync: bool) -> Response:
    """The result of a task that has ended. Raises `ResultNotFound`, `Gone`."""
    if not task.is_final or (is_sync and task.has_failed):
        raise ResultNotFound(NO_RESULT)
    if task.has_failed:
        return JSONResponse({"kind": "TaskFailureResult", "failure": render_failure(task)})
    if task.is_inline:
        return await _inline(task, caller, services)
    return await _archive(task, caller, services)


@dataclass(frozen=True, slots=True)
class _Reading:
    order: Mapping[str, object]
    caller: Principal
    services: Services

    @property
    def formats(self) -> list[str]:
        """Those of a job that another API ordered: as where nothing is asked for."""
        wanted = self.order.get("to_formats")
        return [str(name) for name in wanted] if isinstance(wanted, list) else ["md"]

    async def export(self, job: Job, name: str) -> Export:
        """Rendered by a child process the first time."""
        options: dict[str, str] = {}
        if name in ("md", "json", "html"):
            options["images"] = str(self.order.get("images", "none"))
        if name == "html":
            options["fields"] = "no"
        if name == "text":
            options["pages"] = "joined"
        return await export_result(
            job.id, FORMATS[name], options, principal=self.caller, services=self.services
        )


async def _inline(task: Task, caller: Principal, services: Services) -> Response:
    job = task.jobs[0]
    reading = _Reading(task.order, caller, services)
    exports: dict[str, Export] = {}
    if job.status is JobStatus.COMPLETED:
        exports = {name: await reading.export(job, name) for name in reading.formats}
    return StreamingResponse(_object(task, exports, services), media_type="application/json")


async def _object(task: Task, exports: Mapping[str, Export], services: Services) -> AsyncIterator[bytes]:
    job = task.jobs[0]
    yield b'{"document":{"filename":' + orjson.dumps(job.filename or "file.pdf")
    for member, name in _MEMBERS.items():
        yield f',"{member}":'.encode()
        export = exports.get(name)
        if export is None:
            yield b"null"
            continue
        content = services.blobs.read(export.key)
        async for chunk in content if name == "json" else _quoted(content):
            yield chunk
    told = {
        "status": document_status(job),
        "errors": render_errors(job),
        "processing_time": processing_s(task),
        "timings": {},
        "confidence": render_confidence(job),
    }
    yield b"}," + orjson.dumps(told)[1:]


async def _quoted(content: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """UTF-8 text as a JSON string; a character may lie across two pieces."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    yield b'"'
    async for chunk in content:
        yield orjson.dumps(decoder.decode(chunk))[1:-1]
    yield orjson.dumps(decoder.decode(b"", final=True))[1:-1]
    yield b'"'


async def _archive(task: Task, caller: Principal, services: Services) -> Response:
    reading = _Reading(task.order, caller, services)
    content = zip_file(_entries(task, reading))
    headers = {"Content-Disposition": 'attachment; filename="converted_docs.zip"'}
    return StreamingResponse(content, 200, headers, "application/zip")


async def _entries(task: Task, reading: _Reading) -> AsyncIterator[Entry]:
    """Documents that failed are not in it, as there; two of one name are told apart."""
    taken: set[str] = set()
    for job in task.jobs:
        if job.status is not JobStatus.COMPLETED:
            continue
        stem = _free(PurePath(job.filename or "file.pdf").stem, taken)
        for name, ending in _ENDINGS.items():
            if name in reading.formats:
                export = await reading.export(job, name)
                made_at = job.finished_at or job.updated_at
                yield Entry(stem + ending, made_at, reading.services.blobs.read(export.key))


def _free(stem: str, taken: set[str]) -> str:
    found, number = stem, 1
    while found in taken:
        number += 1
        found = f"{stem}_{number}"
    taken.add(found)
    return found
