"""Fetching a document that the caller names by its URL, before the submission is acknowledged."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager

from octavo.app.receive import receive_source
from octavo.app.services import Services
from octavo.domain.errors import DocumentTooLarge, SourceRefused, SourceUnreachable
from octavo.domain.ids import JobId
from octavo.ports.blobs import StoredBlob
from octavo.ports.egress import NO_HEADERS, AddressRefused, Download, Unreachable


async def fetch_source(
    url: str,
    *,
    services: Services,
    job_id: JobId | None = None,
    within_s: float | None = None,
    headers: Mapping[str, str] = NO_HEADERS,
) -> tuple[JobId, StoredBlob, str | None]:
    """As `receive_source`, with the bytes from there, and the name they have there (unchecked).

    The bytes are durable when this returns. Nothing of an answer that is no document is told on.

    Raises:
        SourceRefused: not an address that may be asked.
        SourceUnreachable: nobody answered in time, or not with a document.
        EmptyDocument, DocumentTooLarge.
    """
    with _as_source():
        timeout_s = min(services.policy.fetch_timeout_s, within_s or services.policy.fetch_timeout_s)
        async with services.egress.download(url, timeout_s=timeout_s, headers=headers) as download:
            _refuse_oversize(download, services.policy.limits.max_bytes)
            made, blob = await receive_source(_chunks(download), services=services, job_id=job_id)
            return made, blob, download.filename


def _refuse_oversize(download: Download, limit_bytes: int) -> None:
    if download.size_bytes is not None and download.size_bytes > limit_bytes:
        raise DocumentTooLarge(
            f"The document at this URL has {download.size_bytes} bytes; {limit_bytes} are allowed.",
            limit=limit_bytes,
            unit="bytes",
        )


async def _chunks(download: Download) -> AsyncIterator[bytes]:
    """What broke off is no document: a length that was promised must be kept."""
    came = 0
    async for chunk in download.chunks:
        came += len(chunk)
        yield chunk
    if download.size_bytes is not None and came < download.size_bytes:
        raise Unreachable("It broke off.", reason="connection")


@contextmanager
def _as_source() -> Iterator[None]:
    try:
        yield
    except AddressRefused as error:
        raise SourceRefused(f"url: {error.summary}", option="url", **error.details) from error
    except Unreachable as error:
        raise SourceUnreachable(
            f"The document could not be fetched from its URL. {error.summary}", option="url", **error.details
        ) from error
