"""The elements of one or several documents as JSON or CSV, in one body or a part each, sent while they are read."""

import asyncio
import csv
import io
import secrets
from collections.abc import AsyncIterator, Sequence
from typing import Any

import orjson
from starlette.responses import Response, StreamingResponse

from octavo.app.export import Export
from octavo.app.services import Services
from octavo.dialects.unstructured.chunking import Element
from octavo.dialects.unstructured.elements import elements_of, export_of
from octavo.dialects.unstructured.inbound import Shaping
from octavo.dialects.unstructured.mixed import mixed
from octavo.domain.job import Job
from octavo.domain.tenancy import Principal

_LEADING = ("type", "element_id", "text")
_PART_BYTES = 64 * 1024
"""Some 15 ms of work where elements are chunked."""


async def answer(
    jobs: Sequence[Job], shaping: Shaping, caller: Principal, services: Services, *, is_mixed: bool
) -> Response:
    """Every document is rendered before the answer begins, so that what fails is still refused."""
    exports = [await export_of(job, shaping, caller, services) for job in jobs]
    write = _csv if shaping.is_csv else _json
    type_ = "text/csv; charset=utf-8" if shaping.is_csv else "application/json"
    if is_mixed:
        parts = ((write([export], shaping, services), type_) for export in exports)
        boundary = secrets.token_hex(16)
        return StreamingResponse(
            _gathered(mixed(parts, boundary)), media_type=f'multipart/mixed; boundary="{boundary}"'
        )
    return StreamingResponse(_gathered(write(exports, shaping, services)), media_type=type_)


async def _gathered(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """In parts worth sending; between them other requests have their turn."""
    waiting = bytearray()
    async for piece in pieces:
        waiting += piece
        if len(waiting) >= _PART_BYTES:
            yield bytes(waiting)
            waiting.clear()
            await asyncio.sleep(0)
    yield bytes(waiting)


async def _json(exports: Sequence[Export], shaping: Shaping, services: Services) -> AsyncIterator[bytes]:
    """A list of elements; of several documents, a list of such lists."""
    yield b"[" * (2 if len(exports) > 1 else 1)
    for number, export in enumerate(exports):
        if number:
            yield b"],["
        is_first = True
        async for element in elements_of(export, shaping, services):
            yield (b"" if is_first else b",") + orjson.dumps(element)
            is_first = False
    yield b"]" * (2 if len(exports) > 1 else 1)


async def _csv(exports: Sequence[Export], shaping: Shaping, services: Services) -> AsyncIterator[bytes]:
    """A row an element; the columns are those that any element has, so that all are read twice."""
    columns: dict[str, None] = dict.fromkeys(_LEADING)
    for export in exports:
        async for element in elements_of(export, shaping, services):
            columns.update(dict.fromkeys(_flat(element)))
    names = list(columns)
    yield _row(names)
    for export in exports:
        async for element in elements_of(export, shaping, services):
            flat = _flat(element)
            yield _row([flat.get(name, "") for name in names])


def _row(values: Sequence[Any]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(values)
    return written.getvalue().encode()


def _flat(element: Element) -> dict[str, Any]:
    """Members of members are joined by `_`."""
    found = {name: element[name] for name in _LEADING}
    for name, value in element["metadata"].items():
        if isinstance(value, dict):
            found |= {f"{name}_{inner}": held for inner, held in value.items()}
        else:
            found[name] = value
    return found
