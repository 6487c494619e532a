"""Results: passed on from where they are stored, a piece at a time."""

from collections.abc import AsyncIterator, Mapping
from pathlib import PurePath

import orjson
from starlette.responses import JSONResponse, Response, StreamingResponse

from octavo.app.batches.archive import Entry, zip_file
from octavo.app.export import Export
from octavo.app.services import Services
from octavo.dialects.docling.chunked import chunked, render_chunked
from octavo.dialects.docling.errors import ResultNotFound
from octavo.dialects.docling.outbound import Task, processing_s, render_failure, render_told
from octavo.dialects.docling.reading import Reading, document_object
from octavo.domain.job import Job, JobStatus
from octavo.domain.tenancy import Principal

NO_RESULT = "Task result not found. Please wait for a completion status."
"""The peer's client tells by these words that it came too early."""
_ENDINGS = {"json": ".json", "html": ".html", "text": ".txt", "md": ".md", "doctags": ".doctags"}
"""In the archive, in the peer's order."""
_JSON = "application/json"


async def result_answer(task: Task, caller: Principal, services: Services, *, is_sync: bool) -> Response:
    """The result of a task that has ended. Raises `ResultNotFound`, `Gone`."""
    if not task.is_final or (is_sync and task.has_failed):
        raise ResultNotFound(NO_RESULT)
    if task.has_failed:
        return JSONResponse({"kind": "TaskFailureResult", "failure": render_failure(task)})
    reading = Reading(task.order, caller, services)
    if task.is_chunks:
        return await _chunks(task, reading)
    return await _inline(task, reading) if task.is_inline else _archive(_entries(task, reading))


async def _inline(task: Task, reading: Reading) -> Response:
    exports = await reading.exports(task.jobs[0])
    return StreamingResponse(_object(task, exports, reading), media_type=_JSON)


async def _object(task: Task, exports: Mapping[str, Export], reading: Reading) -> AsyncIterator[bytes]:
    job = task.jobs[0]
    yield b'{"document":'
    async for piece in document_object(job, exports, reading):
        yield piece
    told = render_told(job)
    found = {
        "status": told["status"],
        "errors": told["errors"],
        "processing_time": processing_s(task),
        "timings": told["timings"],
        "confidence": told["confidence"],
    }
    yield b"," + orjson.dumps(found)[1:]


async def _chunks(task: Task, reading: Reading) -> Response:
    """Rendered before the answer begins, so that what fails is still refused."""
    made = await chunked(task, reading)
    if task.is_inline:
        return StreamingResponse(render_chunked(made, reading), media_type=_JSON)
    return _archive(_chunk_entries(task, render_chunked(made, reading, in_archive=True)))


async def _chunk_entries(task: Task, content: AsyncIterator[bytes]) -> AsyncIterator[Entry]:
    made_at = max(job.finished_at or job.updated_at for job in task.jobs)
    yield Entry("chunked_result.json", made_at, content)


def _archive(entries: AsyncIterator[Entry]) -> Response:
    headers = {"Content-Disposition": 'attachment; filename="converted_docs.zip"'}
    return StreamingResponse(zip_file(entries), 200, headers, "application/zip")


async def _entries(task: Task, reading: Reading) -> AsyncIterator[Entry]:
    """Documents that failed are not in it, as there; two of one name are told apart."""
    taken: set[str] = set()
    for job in task.jobs:
        if job.status is not JobStatus.COMPLETED:
            continue
        stem = _free(PurePath(job.filename or "file.pdf").stem, taken)
        async for entry in _entries_of(job, stem, reading):
            yield entry


async def _entries_of(job: Job, stem: str, reading: Reading) -> AsyncIterator[Entry]:
    made_at = job.finished_at or job.updated_at
    for name, ending in _ENDINGS.items():
        if name in reading.formats:
            export = await reading.export(job, name)
            yield Entry(stem + ending, made_at, reading.content(job, name, export, in_archive=True))
    if reading.has_artifacts:
        async for path, content in reading.artifacts(job):
            yield Entry(path, made_at, content, is_packed=True)


def _free(stem: str, taken: set[str]) -> str:
    found, number = stem, 1
    while found in taken:
        number += 1
        found = f"{stem}_{number}"
    taken.add(found)
    return found
