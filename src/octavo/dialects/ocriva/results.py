"""A result as a file, with exactly the documented Content-Type.

`json` and `csv` are the result itself, under its owner's keys; the others are the document as it was
read, as every other API of ours gives it. `image`, which only a template can ask for, is a PNG of its pages
with a frame around each value.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
from starlette.responses import Response

from octavo.app.export import export_result, require_completed
from octavo.dialects.ocriva.outbound import OUR_FORMATS, file_name, processing_result, result_format
from octavo.dialects.ocriva.records import Reading, fields_of
from octavo.domain.job import Job
from octavo.domain.template import Template
from octavo.domain.tenancy import Scope
from octavo.http.ranges import Download, content_disposition, download_response

MEDIA_TYPES = {
    "json": "application/json",
    "text": "text/plain",
    "xml": "application/xml",
    "html": "text/html",
    "csv": "text/csv",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "image": "image/png",
}
ENDINGS = {"text": "txt", "image": "png"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def default_format(template: Template | None) -> str:
    """The template's; `json` where there is none, or where it names one only our own API has."""
    wanted = result_format(template)
    return wanted if wanted in MEDIA_TYPES else "json"


async def result_response(job: Job, template: Template | None, wanted: str, reading: Reading) -> Response:
    """Raises `Conflict` before the job has completed, `Gone`."""
    reading.principal.require(Scope.JOBS_READ)
    require_completed(job)
    name = f"{Path(file_name(job)).stem}.{ENDINGS.get(wanted, wanted)}"
    if wanted in ("json", "csv"):
        told = processing_result(job, template, await fields_of(job, reading.services)) or {}
        content = orjson.dumps(told) if wanted == "json" else to_csv([told])
        response = Response(content, headers={"Content-Disposition": content_disposition(name)})
    else:
        ours = OUR_FORMATS.get(wanted, wanted)
        export = await export_result(job.id, ours, principal=reading.principal, services=reading.services)
        found = Download(export.key, export.size_bytes, export.media_type, name, export.etag)
        response = await download_response(reading.request, found, reading.services)
    response.headers["Content-Type"] = MEDIA_TYPES[wanted]
    return response


def to_csv(rows: list[Mapping[str, Any]]) -> bytes:
    """One record a document, one column a value by its path: `total`, `lineItems.0.amount`."""
    leaves = [dict(_leaves(row, "")) for row in rows]
    columns: dict[str, None] = {}
    for row in leaves:
        columns |= dict.fromkeys(row)
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, list(columns), restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in leaves)
    return target.getvalue().encode()


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{path}.{number}")
    else:
        yield path, value


def _cell(value: Any) -> str:
    """A spreadsheet would run what begins like a formula; an apostrophe makes it the text it is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
