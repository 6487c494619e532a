"""StructFlow's records: texts in, one JSON object for each out. Each is a document of a batch."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from octavo.app.batches.export import jobs_of
from octavo.app.fields.read import require_fields, stored_fields
from octavo.app.services import Services
from octavo.dialects.ldxhub.examples import output_of
from octavo.dialects.ldxhub.outbound import error_of, number_in, told_error
from octavo.domain.batch import MAX_DOCUMENTS, Batch
from octavo.domain.errors import Conflict, Gone, InvalidRequest, NotFound
from octavo.domain.job import Job, JobStatus
from octavo.domain.tenancy import Principal

MAX_RECORDS = MAX_DOCUMENTS
MAX_ID = 200
AT_ONCE = 8
"""Fields that are read at the same time."""
ENDING = ".txt"
COMPLETED, FAILED = "completed", "failed"


@dataclass(frozen=True, slots=True)
class Record:
    id: str | int
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record."""

    said: dict[str, Any]
    """`id`, `status`, and `output` or `error`."""
    characters_in: int
    characters_out: int

    @property
    def is_completed(self) -> bool:
        return bool(self.said["status"] == COMPLETED)


def records_in(content: bytes) -> list[Record]:
    """One JSON record a line, `id` and `data` as ExtractDoc writes them; empty lines do not count.

    Without `data` the other members are the data; without `id` a record's place is, from 0.
    """
    found: list[Record] = []
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = orjson.loads(line)
        except orjson.JSONDecodeError:
            raise InvalidRequest(f"Line {number} of the file is not JSON.", option="file_id") from None
        if not isinstance(entry, dict):
            raise InvalidRequest(f"Line {number} of the file is no JSON object.", option="file_id")
        found.append(_record(entry, len(found), f"Line {number}"))
    return require_records(found, "file_id")


def require_records(records: list[Record], option: str) -> list[Record]:
    """Raises `InvalidRequest` for none, and too many."""
    if not records:
        raise InvalidRequest("There are no records to look at.", option=option)
    if len(records) > MAX_RECORDS:
        raise InvalidRequest(f"A job takes at most {MAX_RECORDS} records.", option=option, limit=MAX_RECORDS)
    return records


def text_of(data: Any) -> str:
    """As a document: a text as it is, members as `name: value`, one a line."""
    return "\n".join(_lines(data, "")).replace("\0", "")


def _record(entry: dict[str, Any], position: int, place: str) -> Record:
    id_ = entry.get("id", str(position))
    if not isinstance(id_, str | int) or isinstance(id_, bool) or len(str(id_)) > MAX_ID:
        raise InvalidRequest(f"{place}: the id is a text of at most {MAX_ID} letters.", option="file_id")
    rest = {name: value for name, value in entry.items() if name != "id"}
    return Record(id_, text_of(entry.get("data", rest)))


def _lines(data: Any, name: str) -> list[str]:
    if isinstance(data, dict):
        return [
            line for key, value in data.items() for line in _lines(value, f"{name}.{key}" if name else key)
        ]
    if isinstance(data, list):
        return [
            line
            for place, value in enumerate(data)
            for line in _lines(value, f"{name}.{place + 1}".strip("."))
        ]
    if data is None:
        return []
    text = data if isinstance(data, str) else orjson.dumps(data).decode()
    return [f"{name}: {text}" if name else text]


async def outcomes_of(batch: Batch, *, principal: Principal, services: Services) -> list[Outcome]:
    """Of every record, in the order of the order."""
    jobs = [job async for job in jobs_of(batch.id, principal=principal, services=services)]
    seats = asyncio.Semaphore(AT_ONCE)

    async def outcome(job: Job) -> tuple[int, Outcome]:
        async with seats:
            return number_in(job.metadata, "record"), await _outcome(job, services)

    found = list(await asyncio.gather(*map(outcome, jobs)))
    for document in batch.refused:
        id_ = (document.filename or str(document.index)).removesuffix(ENDING)
        error = told_error(document.code, document.summary, f"{batch.id}-{document.index}")
        found.append((document.index, Outcome({"id": id_, "status": FAILED, "error": error}, 0, 0)))
    return [outcome for _, outcome in sorted(found, key=lambda one: one[0])]


async def _outcome(job: Job, services: Services) -> Outcome:
    id_ = job.metadata.get("id", job.filename or job.id)
    characters = number_in(job.metadata, "characters")
    if job.status is JobStatus.COMPLETED:
        try:
            output = await output_of_job(job, services)
        except (Gone, NotFound, Conflict) as error:
            told = told_error(error.code, error.summary, job.id)
            return Outcome({"id": id_, "status": FAILED, "error": told}, characters, 0)
        said = {"id": id_, "status": COMPLETED, "output": output}
        return Outcome(said, characters, len(orjson.dumps(output).decode()))
    return Outcome({"id": id_, "status": FAILED, "error": error_of(job)}, characters, 0)


async def output_of_job(job: Job, services: Services) -> dict[str, Any]:
    """What was found, in the shape of the example. Raises `Gone`, `NotFound`, `Conflict`."""
    fields = orjson.loads(await stored_fields(require_fields(job), services))
    specs = job.options.template.fields if job.options.template else ()
    return output_of(specs, fields.get("values") or {})


def summary_of(outcomes: Sequence[Outcome]) -> dict[str, int]:
    completed = sum(outcome.is_completed for outcome in outcomes)
    return {
        "total_count": len(outcomes),
        "completed_count": completed,
        "failed_count": len(outcomes) - completed,
    }


def usage_of(outcomes: Sequence[Outcome]) -> dict[str, int]:
    total = sum(outcome.characters_in for outcome in outcomes)
    processed = sum(outcome.characters_in for outcome in outcomes if outcome.is_completed)
    return {
        "total_input_characters": total,
        "processed_input_characters": processed,
        "skipped_characters": total - processed,
        "output_characters": sum(outcome.characters_out for outcome in outcomes),
        "vector_bytes": 0,
    }


def lines_of(outcomes: Sequence[Outcome]) -> bytes:
    """The output file: what `results` would be, one a line."""
    return b"".join(orjson.dumps(outcome.said, option=orjson.OPT_APPEND_NEWLINE) for outcome in outcomes)
