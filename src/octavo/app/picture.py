"""Pages as they look, and the source they are looked at in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from octavo.app.once import made_once
from octavo.app.services import Services
from octavo.domain.errors import DocumentEncrypted, Gone, NotFound
from octavo.domain.geometry import UprightTransform
from octavo.domain.ids import JobId
from octavo.domain.job import Job
from octavo.domain.moments import to_text
from octavo.domain.storage import job_prefix, page_picture_key, source_key, source_prefix
from octavo.domain.tenancy import Principal
from octavo.ports.isolation import ChildDied, PictureRequest, SourceFile

PNG = "image/png"
JPEG = "image/jpeg"
_PDF = "application/pdf"
_SUFFIXES = {PNG: ".png", JPEG: ".jpg"}


def picture_address(job_id: JobId, name: str) -> str:
    """Where a block's picture is served: a path, so that it is the same behind every host name."""
    return f"/v1/jobs/job_{job_id}/images/{name}"


def has_pictures(job: Job) -> bool:
    """Whether its pages have a look of their own; those of DOCX, HTML, … have none."""
    return job.media_type == _PDF or job.media_type.startswith("image/")


@asynccontextmanager
async def local_source(job: Job, services: Services) -> AsyncIterator[SourceFile]:
    """The document as it was sent, as a local file.

    Raises `Gone` where its retention has ended. `DocumentEncrypted` from within is raised again in the
    words of someone who has read the document before: only a worker that reads it has the password.
    """
    if job.source_deleted_at is not None:
        raise Gone(
            "The source's retention has ended, and this is made from it. Send the document again.",
            expired_at=to_text(job.source_deleted_at),
        )
    async with services.blobs.local_path(source_key(job.id)) as path:
        try:
            yield SourceFile(path, job.media_type, job.options.password)
        except DocumentEncrypted:
            raise DocumentEncrypted(
                "This is made from the source, which is protected, and its password is not kept. "
                "Ask for another format, or send the document again without its protection."
            ) from None


@dataclass(frozen=True, slots=True)
class PagePicture:
    key: str
    size_bytes: int
    media_type: str


async def draw_page(
    job: Job,
    number: int,
    transform: UprightTransform,
    *,
    dpi: int,
    media_type: str,
    principal: Principal,
    services: Services,
) -> PagePicture:
    """The page as its source shows it, upright; drawn once and kept.

    Args:
        job: Whose source it is.
        number: From 1.
        transform: How the page was turned when it was read.
        dpi: Dots per inch of paper.
        media_type: `image/png` or `image/jpeg`.
        principal: Who asks.
        services: What to work with.

    Raises:
        NotFound: the source has no such page, or no look of its own (DOCX, HTML, …).
        Gone. DocumentEncrypted: the password is not kept.
    """
    if not has_pictures(job):
        raise NotFound("This page has no picture: its source is no PDF and no image.", page=number)
    key = page_picture_key(job.id, job.attempt, number, dpi, _SUFFIXES[media_type])
    size = await services.blobs.size(key)
    if size is None:

        async def draw() -> int:
            await _require_source_still_there(job, principal, services)
            with TemporaryDirectory(prefix="octavo-picture-", dir=services.policy.scratch_dir) as scratch:
                target = Path(scratch) / "picture"
                async with local_source(job, services) as source:
                    request = PictureRequest(source, number, dpi, transform, target, media_type)
                    await services.isolation.picture(request)
                return (await services.blobs.put_path(key, target)).size_bytes

        try:
            size = await made_once(
                f"draw:{key}", look=lambda: services.blobs.size(key), make=draw, services=services
            )
        except (ChildDied, NotFound):
            # A purge takes the source away from under whoever draws it.
            await _require_source_still_there(job, principal, services)
            raise
        await _require_source_still_there(job, principal, services)
    return PagePicture(key, size, media_type)


async def _require_source_still_there(job: Job, principal: Principal, services: Services) -> None:
    """A purge, or the end of the source's retention, may have come while the page was drawn."""
    now = await services.store.tenant(principal.tenant).job(job.id)
    if now.purged_at is not None or now.source_deleted_at is not None:
        gone = job_prefix if now.purged_at is not None else source_prefix
        await services.blobs.delete_prefix(gone(job.id))
        raise Gone("The source is no longer there; it was erased while the page was drawn.")
