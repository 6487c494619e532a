"""Results in any format: rendered once from the one document, kept, then only read."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from octavo.app.extract import template_of
from octavo.app.once import made_once
from octavo.app.picture import local_source, picture_address
from octavo.app.read import require_result
from octavo.app.services import Services
from octavo.domain.document import Page
from octavo.domain.errors import Conflict, Gone, InvalidRequest, NotFound
from octavo.domain.ids import JobId
from octavo.domain.job import Job, JobStatus
from octavo.domain.storage import document_key, export_key, job_prefix
from octavo.domain.tenancy import Principal, Scope
from octavo.exporters.document_file import (
    TRAILER_BYTES,
    DocumentIndex,
    decode_page,
    parse_index,
    parse_trailer,
)
from octavo.exporters.table import EXPORTERS, Exporter
from octavo.ports.isolation import ChildDied, RenderRequest
from octavo.ports.store import PageRow, TenantStore

MAX_PAGES_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Export:
    """A rendered result: read its bytes from the blob store under `key`."""

    job: Job
    key: str
    size_bytes: int
    media_type: str
    filename: str
    etag: str
    """Changes when the document or the format's rendering does."""


async def export_result(
    job_id: JobId,
    format_: str,
    options: Mapping[str, str] = MappingProxyType({}),
    *,
    principal: Principal,
    services: Services,
) -> Export:
    """The result in that format, rendered now if it never was.

    Args:
        job_id: Of a completed job.
        format_: A name in EXPORTERS.
        options: Of that format; what is not given has its default.
        principal: Who asks.
        services: What to work with.

    Raises:
        NotFound. InvalidRequest: no such format, option or value; names those there are.
        Conflict: the job has not completed. Gone: purged or expired, also where only the source
        expired and the format is written on it.
    """
    principal.require(Scope.JOBS_READ)
    job = await services.store.tenant(principal.tenant).job(job_id)
    exporter = _exporter(format_)
    chosen = exporter.chosen(options)
    require_completed(job)
    key = export_key(job_id, format_, chosen, job.fields.version if job.fields else 0)
    size = await services.blobs.size(key)
    if size is None:
        size = await _rendered_once(job, exporter, chosen, key, principal, services)
    return Export(
        job=job,
        key=key,
        size_bytes=size,
        media_type=exporter.media_type,
        filename=f"{_stem(job)}{exporter.extension}",
        etag="-".join([job.id, str(job.attempt), key.rpartition("/")[2], str(size)]),
    )


def _exporter(format_: str) -> Exporter:
    exporter = EXPORTERS.get(format_)
    if exporter is None:
        known = ", ".join(sorted(EXPORTERS))
        raise InvalidRequest(f"There is no format {format_!r}. Ask for one of: {known}.", option="format")
    return exporter


async def usual_format(job_id: JobId, *, principal: Principal, services: Services) -> str | None:
    """The result format of the template the job was sent with; None without one. Raises `NotFound`."""
    principal.require(Scope.JOBS_READ)
    job = await services.store.tenant(principal.tenant).job(job_id)
    template = await template_of(job, services)
    return template.result_format if template and template.is_stored else None


async def read_page(job_id: JobId, number: int, *, principal: Principal, services: Services) -> Page:
    """One finished page, also while the job runs.

    Raises:
        NotFound: no such job, or that page is not finished, was not asked for or failed. Gone.
    """
    principal.require(Scope.JOBS_READ)
    store = services.store.tenant(principal.tenant)
    return await page_of(await store.job(job_id), number, store, services)


async def page_of(job: Job, number: int, store: TenantStore, services: Services) -> Page:
    """As `read_page`, for whoever was let in already."""
    require_result(job)
    job_id = job.id
    if job.status is JobStatus.COMPLETED:
        entry = (await document_index(job_id, services)).entry(number)
        return decode_page(await read_bytes(document_key(job_id), entry.offset, entry.length, services))
    rows = await store.page_rows(job_id, after=number - 1, limit=1)
    if rows and rows[0].number == number and rows[0].blob_key:
        return decode_page(await read_bytes(rows[0].blob_key, rows[0].offset, rows[0].length, services))
    raise NotFound(f"Page {number} of this job is not available (yet).", page=number)


async def list_pages(
    job_id: JobId, *, after: int, limit: int, principal: Principal, services: Services
) -> list[PageRow]:
    """What is known of each finished page, by number. Raises `NotFound`, `Gone`."""
    principal.require(Scope.JOBS_READ)
    store = services.store.tenant(principal.tenant)
    require_result(await store.job(job_id))
    return await store.page_rows(job_id, after=after, limit=min(limit, MAX_PAGES_AT_ONCE))


async def _rendered_once(
    job: Job,
    exporter: Exporter,
    options: Mapping[str, str],
    key: str,
    principal: Principal,
    services: Services,
) -> int:
    try:
        size = await made_once(
            f"render:{key}",
            look=lambda: services.blobs.size(key),
            make=lambda: _render_unless_gone(job, exporter, options, key, principal, services),
            services=services,
        )
    except (ChildDied, NotFound):
        # A purge takes the document away from under whoever renders it.
        await _require_still_there(job, principal, services)
        raise
    # Whoever waited may have seen what was made before its maker noticed a purge.
    await _require_still_there(job, principal, services)
    return size


async def _render_unless_gone(
    job: Job,
    exporter: Exporter,
    options: Mapping[str, str],
    key: str,
    principal: Principal,
    services: Services,
) -> int:
    """Whoever waited for another's rendering may have waited for a purge."""
    await _require_still_there(job, principal, services)
    return await _render(job, exporter, options, key, services)


async def _render(
    job: Job, exporter: Exporter, options: Mapping[str, str], key: str, services: Services
) -> int:
    async with AsyncExitStack() as opened:
        scratch = opened.enter_context(
            TemporaryDirectory(prefix="octavo-export-", dir=services.policy.scratch_dir)
        )
        source = None
        if exporter.wants_source(options):
            source = await opened.enter_async_context(local_source(job, services))
        document = await opened.enter_async_context(services.blobs.local_path(document_key(job.id)))
        fields = None
        if job.fields is not None:
            fields = await opened.enter_async_context(services.blobs.local_path(job.fields.blob_key))
        target = Path(scratch) / "export"
        await services.isolation.render(
            RenderRequest(
                document=document,
                format=exporter.name,
                target=target,
                fields=fields,
                images_at=picture_address(job.id, ""),
                options=options,
                source=source,
                filename=job.filename or "",
            )
        )
        return (await services.blobs.put_path(key, target)).size_bytes


async def _require_still_there(job: Job, principal: Principal, services: Services) -> None:
    """A purge, or the end of its retention, may have come while the result was rendered."""
    try:
        require_result(await services.store.tenant(principal.tenant).job(job.id))
    except Gone:
        await services.blobs.delete_prefix(job_prefix(job.id))
        raise


async def document_index(job_id: JobId, services: Services) -> DocumentIndex:
    """Where each page lies in the stored document: two small ranged reads."""
    key = document_key(job_id)
    size = await services.blobs.size(key)
    if size is None:
        raise NotFound("The document of this job is not stored.")
    trailer = await read_bytes(key, size - TRAILER_BYTES, TRAILER_BYTES, services)
    return parse_index(trailer, await read_bytes(key, *parse_trailer(trailer), services))


async def read_bytes(key: str, offset: int, length: int, services: Services) -> bytes:
    return b"".join([chunk async for chunk in services.blobs.read(key, start=offset, stop=offset + length)])


def require_completed(job: Job) -> None:
    """Raises `Conflict`, `Gone`."""
    require_result(job)
    if job.status is not JobStatus.COMPLETED:
        raise Conflict(
            f"The job is {job.status.value}; a result exists once it is completed.", status=job.status.value
        )


def _stem(job: Job) -> str:
    return Path(job.filename).stem if job.filename else f"job_{job.id}"
