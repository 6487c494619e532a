"""The result of a task that chunks: all chunks first, then how each document went."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from octavo.app.export import Export, export_result
from octavo.dialects.docling.chunking import Chunk, Chunker, Chunking
from octavo.dialects.docling.outbound import Task, processing_s, render_told
from octavo.dialects.docling.reading import Reading, document_object
from octavo.domain.document import Source
from octavo.domain.job import Job, JobStatus
from octavo.exporters.docling import origin_of

FORMAT = "docling_chunks"
_AT_ONCE = 64
"""Chunks, between which other requests have their turn."""


@dataclass(frozen=True, slots=True)
class Chunked:
    """Everything rendered that the answer is made of."""

    task: Task
    pieces: Mapping[str, Export]
    """By the job's id; those of documents that failed are not in it."""
    documents: Mapping[str, Mapping[str, Export]]


async def chunked(task: Task, reading: Reading) -> Chunked:
    """Raises as `export_result`."""
    done = [job for job in task.jobs if job.status is JobStatus.COMPLETED]
    pieces: dict[str, Export] = {}
    documents: dict[str, Mapping[str, Export]] = {}
    for job in done:
        pieces[job.id] = await export_result(
            job.id, FORMAT, principal=reading.caller, services=reading.services
        )
        if task.order.get("with_document"):
            documents[job.id] = {"json": await reading.export(job, "json")}
    return Chunked(task, pieces, documents)


async def render_chunked(
    made: Chunked, reading: Reading, *, in_archive: bool = False
) -> AsyncIterator[bytes]:
    """In an archive it says of what kind it is, and how it was chunked."""
    task = made.task
    yield b'{"kind":"ChunkedDocumentResponse","chunks":[' if in_archive else b'{"chunks":['
    is_first = True
    for job in task.jobs:
        if job.id in made.pieces:
            async for chunk in _chunks_of(job, made.pieces[job.id], reading):
                yield (b"" if is_first else b",") + orjson.dumps(chunk)
                is_first = False
    yield b'],"documents":['
    for position, job in enumerate(task.jobs):
        yield b',{"kind":"ExportResult","content":' if position else b'{"kind":"ExportResult","content":'
        async for piece in document_object(job, made.documents.get(job.id, {}), reading):
            yield piece
        yield b"," + orjson.dumps(render_told(job))[1:]
    ending = (
        {"chunking_info": task.order["chunking"]} if in_archive else {"processing_time": processing_s(task)}
    )
    yield b"]," + orjson.dumps(ending)[1:]


async def _chunks_of(job: Job, export: Export, reading: Reading) -> AsyncIterator[dict[str, Any]]:
    wanted: Mapping[str, Any] = reading.order["chunking"]  # type: ignore[assignment]
    is_hybrid = wanted["chunker"] == "hybrid"
    chunker = Chunker(
        Chunking(
            most_tokens=reading.order["most_tokens"] if is_hybrid else None,  # type: ignore[arg-type]
            merge_peers=wanted.get("merge_peers", False),
            markdown_tables=wanted["use_markdown_tables"],
            placeholder=wanted["image_placeholder"] if wanted["use_markdown_images"] else "",
        )
    )
    origin = _origin(job)
    number = 0
    async for chunk in _taken(chunker, export, reading):
        yield _render(chunk, number, job, origin, with_raw=wanted["include_raw_text"], is_counted=is_hybrid)
        number += 1
        if number % _AT_ONCE == 0:
            await asyncio.sleep(0)


async def _taken(chunker: Chunker, export: Export, reading: Reading) -> AsyncIterator[Chunk]:
    begun = b""
    async for piece in reading.services.blobs.read(export.key):
        *whole, begun = (begun + piece).split(b"\n")
        for line in whole:
            for chunk in chunker.take(orjson.loads(line)):
                yield chunk
    for chunk in chunker.end():
        yield chunk


def _render(
    chunk: Chunk, number: int, job: Job, origin: dict[str, Any] | None, *, with_raw: bool, is_counted: bool
) -> dict[str, Any]:
    return {
        "filename": job.filename or "file.pdf",
        "chunk_index": number,
        "text": chunk.contextualized,
        "raw_text": chunk.text if with_raw else None,
        "num_tokens": chunk.tokens if is_counted else None,
        "headings": list(chunk.headings) or None,
        "captions": None,
        "doc_items": list(chunk.refs),
        "page_numbers": sorted(chunk.pages),
        "metadata": ({"origin": origin} if origin else {}) | {"has_image": chunk.has_image},
    }


def _origin(job: Job) -> dict[str, Any] | None:
    source = Source(job.filename, job.media_type, job.size_bytes, job.sha256, job.page_count or 0)
    origin = origin_of(source)
    return origin | {"uri": None} if origin else None
