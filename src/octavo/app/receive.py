"""Taking a body in: to the blob store as it comes, never whole in memory."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from octavo.app.services import Services
from octavo.domain.errors import EmptyDocument, InvalidRequest, UnreadableDocument, UnsupportedMediaType
from octavo.domain.file import StoredFile
from octavo.domain.ids import FileId, JobId, new_id
from octavo.domain.storage import file_key, file_prefix, job_prefix, source_key
from octavo.domain.tenancy import Principal, Scope
from octavo.ports.blobs import StoredBlob
from octavo.ports.isolation import ChildDied
from octavo.ports.readers import Inspection


async def receive_source(
    chunks: AsyncIterator[bytes], *, services: Services, job_id: JobId | None = None
) -> tuple[JobId, StoredBlob]:
    """Store a body as the source of a job that is about to be submitted.

    The bytes are an orphan until `submit_job` commits their job; what never
    gets that far is swept within a few hours.

    Raises:
        EmptyDocument, DocumentTooLarge.
    """
    job_id = job_id or JobId(new_id(services.clock.now()))
    blob = await services.blobs.put(source_key(job_id), chunks, limit_bytes=services.policy.limits.max_bytes)
    if blob.size_bytes == 0:
        await services.blobs.delete_prefix(job_prefix(job_id))
        raise EmptyDocument("The file has no bytes. Send the document's content.")
    return job_id, blob


async def receive_file(
    chunks: AsyncIterator[bytes],
    *,
    filename: str | None,
    principal: Principal,
    services: Services,
    retention_s: int | None = None,
    metadata: dict[str, Any] | None = None,
) -> StoredFile:
    """Store a file for later jobs, for `retention_s` (None: as policy says). Its type is found from its content.

    `metadata` may still be filled while the chunks come.

    Raises:
        EmptyDocument, DocumentTooLarge, UnsupportedMediaType, UnreadableDocument. An encrypted
        file is kept: the password comes with the job.
    """
    principal.require(Scope.FILES_WRITE)
    file = await store_file(
        chunks, filename=filename, principal=principal, services=services, retention_s=retention_s
    )
    # A commit whose answer is lost may have taken place: bytes that nobody owns are swept later.
    return await services.store.tenant(principal.tenant).add_file(replace(file, metadata=metadata or {}))


async def store_document(
    chunks: AsyncIterator[bytes],
    *,
    filename: str | None,
    media_types: frozenset[str],
    principal: Principal,
    services: Services,
) -> tuple[StoredFile, Inspection]:
    """As `store_file`, of a document that is opened at once: one that cannot be read is not kept.

    `keep_file` commits it, or `discard_file` gives it up.

    Raises as `receive_file`; `UnsupportedMediaType` also for one not among `media_types`,
    `DocumentEncrypted` for one that needs a password.
    """
    principal.require(Scope.FILES_WRITE)
    file = await store_file(chunks, filename=filename, principal=principal, services=services)
    try:
        _require_type(file, media_types)
        async with services.blobs.local_path(file_key(file.id)) as path:
            return file, await services.isolation.inspect(path, filename=filename, password=None)
    except BaseException:
        await discard_file(file, services=services)
        raise


async def keep_file(
    file: StoredFile, *, metadata: dict[str, Any], principal: Principal, services: Services
) -> StoredFile:
    """Commit what `store_document` stored."""
    principal.require(Scope.FILES_WRITE)
    return await services.store.tenant(principal.tenant).add_file(replace(file, metadata=metadata))


async def discard_file(file: StoredFile, *, services: Services) -> None:
    """Of a file that was not committed."""
    await services.blobs.delete_prefix(file_prefix(file.id))


async def store_file(
    chunks: AsyncIterator[bytes],
    *,
    filename: str | None,
    principal: Principal,
    services: Services,
    retention_s: int | None = None,
    expected_sha256: str | None = None,
) -> StoredFile:
    """As `receive_file`, durable but not committed yet: its row is the caller's to write.

    Raises `InvalidRequest` too, where the bytes are not those that were announced.
    """
    now = services.clock.now()
    file_id = FileId(new_id(now))
    blob = await services.blobs.put(file_key(file_id), chunks, limit_bytes=services.policy.limits.max_bytes)
    try:
        _require_digest(blob, expected_sha256)
        media_type, page_count = await _opened(blob, filename, services)
    except BaseException:
        await services.blobs.delete_prefix(file_prefix(file_id))
        raise
    return StoredFile(
        id=file_id,
        organization_id=principal.tenant.organization_id,
        project_id=principal.default_project_id,
        filename=filename,
        media_type=media_type,
        size_bytes=blob.size_bytes,
        sha256=blob.sha256,
        created_at=now,
        expires_at=now + timedelta(seconds=retention_s or services.policy.file_retention_s),
        page_count=page_count,
    )


def _require_type(file: StoredFile, media_types: frozenset[str]) -> None:
    if file.media_type not in media_types:
        raise UnsupportedMediaType(f"A document of type {file.media_type} is not taken here.")


def _require_digest(blob: StoredBlob, announced: str | None) -> None:
    if announced is not None and blob.sha256 != announced:
        raise InvalidRequest("The bytes have another SHA-256 than announced.", sha256=blob.sha256)


async def delete_file(file_id: FileId, *, principal: Principal, services: Services) -> StoredFile:
    """Delete a file's bytes; jobs that were made from it keep their own copy. Raises `NotFound`."""
    principal.require(Scope.FILES_WRITE)
    file = await services.store.tenant(principal.tenant).mark_file_deleted(file_id)
    await services.blobs.delete_prefix(file_prefix(file_id))
    return file


async def _opened(blob: StoredBlob, filename: str | None, services: Services) -> tuple[str, int | None]:
    """Its type and pages. What cannot be opened is kept all the same: why not is told when it is submitted."""
    if blob.size_bytes == 0:
        raise EmptyDocument("The file has no bytes. Send the document's content.")
    async with services.blobs.local_path(blob.key) as path:
        try:
            found = await services.isolation.inspect(path, filename=filename, password=None, sampled=False)
        except (InvalidRequest, UnreadableDocument, ChildDied):
            return await services.isolation.media_type(path, filename=filename), None
    return found.media_type, found.page_count
