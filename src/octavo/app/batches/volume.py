"""Many documents as one file: their pages, in their order."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from octavo.app.export import require_completed
from octavo.app.picture import local_source, picture_address
from octavo.app.services import Services
from octavo.domain.errors import Conflict, DocumentEncrypted, Gone, InvalidRequest
from octavo.domain.job import Job
from octavo.domain.storage import document_key
from octavo.exporters.table import EXPORTERS, Exporter
from octavo.ports.isolation import BindRequest, RenderRequest

BOUND = frozenset({"text", "markdown", "html", "xml", "docx", "pdf"})
"""Formats whose pages can be followed by other documents' pages."""
MOST_BOUND = 100
_CHUNK = 1 << 20


def volume_options(exporter: Exporter, given: Mapping[str, str]) -> dict[str, str]:
    """Pictures inside where nobody says otherwise: each document has its own addresses for them.

    Raises `InvalidRequest`.
    """
    inside = {"images": "inline"} if "inline" in exporter.options.get("images", ()) else {}
    return exporter.chosen({**inside, **given})


async def bind_jobs(
    jobs: Sequence[Job], format_: str, options: Mapping[str, str], name: str, *, services: Services
) -> AsyncIterator[bytes]:
    """The bytes of the file. What cannot be had in that format, or any more, is left out.

    Args:
        jobs: In their order.
        format_: One of `BOUND`.
        options: Of that format, all of them.
        name: Of the whole.
        services: What to work with.

    Raises:
        InvalidRequest: too many jobs, or none that can be had so. Conflict: none has a result.
    """
    if len(jobs) > MOST_BOUND:
        raise InvalidRequest(
            f"One file holds at most {MOST_BOUND} documents; ask for them one by one.", limit=MOST_BOUND
        )
    stack = AsyncExitStack()
    async with stack:
        scratch = stack.enter_context(
            TemporaryDirectory(prefix="octavo-volume-", dir=services.policy.scratch_dir)
        )
        parts = [
            part
            for number, job in enumerate(jobs)
            if (part := await _part(job, format_, options, Path(scratch) / str(number), stack, services))
        ]
        if not parts:
            raise Conflict("No job of this batch has a result that is still stored.")
        target = Path(scratch) / "volume"
        await services.isolation.bind(BindRequest(tuple(parts), name, target))
        kept = stack.pop_all()
    return _sent(target, kept)


async def _part(
    job: Job,
    format_: str,
    options: Mapping[str, str],
    target: Path,
    stack: AsyncExitStack,
    services: Services,
) -> RenderRequest | None:
    """Its files stay here as long as the stack is open; None where they are gone."""
    try:
        require_completed(job)
        source = None
        if EXPORTERS[format_].wants_source(options):
            source = await stack.enter_async_context(local_source(job, services))
    except (Conflict, Gone, DocumentEncrypted):
        return None
    document = await stack.enter_async_context(services.blobs.local_path(document_key(job.id)))
    return RenderRequest(
        document=document,
        format=format_,
        target=target,
        images_at=picture_address(job.id, ""),
        options=options,
        source=source,
        filename=job.filename or "",
    )


async def _sent(target: Path, kept: AsyncExitStack) -> AsyncIterator[bytes]:
    async with kept:
        with target.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
