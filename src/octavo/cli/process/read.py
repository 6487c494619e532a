"""One document from its file to its results."""

import asyncio
import contextlib
from pathlib import Path
from typing import Any

import httpx

from octavo.cli.process.client import LOOK_EVERY_S, Client
from octavo.cli.process.inputs import Document, result_path
from octavo.cli.process.order import Order, Outcome
from octavo.cli.process.overlay import draw_overlays
from octavo.cli.process.pictures import save_pictures
from octavo.cli.process.progress import Reporter
from octavo.domain.errors import InvalidRequest, OctavoError, UnreadableDocument
from octavo.exporters.table import EXPORTERS

AT_ONCE = 32
"""Documents on their way at the same time: enough to keep many workers busy, few enough connections."""


async def read_documents(
    documents: list[Document], order: Order, *, client: Client, reporter: Reporter
) -> list[Outcome]:
    """All at once, as far as the server lets us; in the order they were named."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(document: Document) -> Outcome:
        async with gate:
            outcome = await _read(document, order, client, reporter)
        reporter.ended(document.label, outcome.problem or outcome.status)
        return outcome

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(document)) for document in documents]
    return [task.result() for task in tasks]


async def _read(document: Document, order: Order, client: Client, reporter: Reporter) -> Outcome:
    name = document.label
    job: dict[str, Any] | None = None
    try:
        reporter.sending(name)
        job = await client.submit(document.path, order.fields)
        while job["status"] in {"queued", "processing"}:
            reporter.working(name, job)
            job = await client.look(job["id"], LOOK_EVERY_S)
        reporter.working(name, job)
        return await _finish(document, job, order, client)
    except OctavoError as error:
        return Outcome(document, job, (), error.summary, "refused" if job is None else "failed")
    except OSError as error:
        return Outcome(document, job, (), f"{error.strerror or error}.", "failed")
    except asyncio.CancelledError:
        # Whoever interrupts wants the work to stop, not to go on when a server starts next time.
        if job is not None and job["status"] in {"queued", "processing"}:
            with contextlib.suppress(httpx.HTTPError):
                await client.cancel(job["id"])
        raise


async def _finish(document: Document, job: dict[str, Any], order: Order, client: Client) -> Outcome:
    status = str(job["status"])
    if status != "completed":
        error = job.get("error") or {}
        return Outcome(document, job, (), str(error.get("summary") or f"The job was {status}."), status)
    written, refused = await _write_results(document, job["id"], order, client)
    if order.overlay:
        written += await draw_overlays(job, order.folder / f"{document.stem}.overlay", client)
    failed = job["progress"]["pages_failed"]
    lost = [f"{failed} of {job['progress']['pages_total']} pages could not be read."] if failed else []
    problem = " ".join(lost + refused) or None
    fields = await client.fields(job["id"]) if order.show_fields and job.get("fields") else None
    return Outcome(document, job, tuple(written), problem, "partial" if problem else status, fields)


async def _write_results(
    document: Document, job_id: str, order: Order, client: Client
) -> tuple[list[Path], list[str]]:
    """What was written, and why the rest was not: a source without pages, say, has no PDF but all else."""
    written, refused = [], []
    for wanted in order.formats:
        target = result_path(document, wanted, order.folder)
        try:
            await client.fetch(job_id, wanted, target)
        except (InvalidRequest, UnreadableDocument) as error:
            refused.append(f"No {wanted.format}: {error.summary}")
            continue
        if "images" in EXPORTERS[wanted.format].options:
            await save_pictures(target, order.folder / f"{document.stem}.images", client)
        written.append(target)
    return written, refused
