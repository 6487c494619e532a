"""Making a file of the parts."""

from collections.abc import AsyncIterator
from dataclasses import replace

from octavo.app.receive import store_file
from octavo.app.services import Services
from octavo.domain.errors import Conflict
from octavo.domain.ids import UploadId
from octavo.domain.storage import file_prefix, upload_prefix
from octavo.domain.tenancy import Principal, Scope
from octavo.domain.upload import Upload, UploadStatus


async def complete_upload(upload_id: UploadId, *, principal: Principal, services: Services) -> Upload:
    """The upload with the `file_id` it has become. Repeating it gives the same file.

    Raises:
        NotFound. Conflict: parts are missing (`missing`, or `next_offset`), or it was aborted.
        InvalidRequest: size or SHA-256 are not those announced. EmptyDocument, and what
        `receive_file` refuses; the parts stay then.
    """
    principal.require(Scope.FILES_WRITE)
    uploads = services.store.tenant(principal.tenant).uploads
    upload = await uploads.upload(upload_id)
    if upload.status is UploadStatus.COMPLETED:
        return upload
    if upload.status is UploadStatus.ABORTED:
        raise Conflict("The upload was aborted; start another one.", upload_status="aborted")
    _require_whole(upload)
    file = await store_file(
        _content(upload, services),
        filename=upload.filename,
        principal=replace(principal, default_project_id=upload.project_id),
        services=services,
        expected_sha256=upload.sha256,
    )
    completed = await uploads.complete(upload_id, file)
    if completed.file_id != file.id:
        # Somebody else completed it at the same moment; theirs counts.
        await services.blobs.delete_prefix(file_prefix(file.id))
    await services.blobs.delete_prefix(upload_prefix(upload_id))
    return completed


def _require_whole(upload: Upload) -> None:
    if upload.by_offset and upload.next_offset != upload.received_bytes:
        raise Conflict("A part is missing, or two overlap.", next_offset=upload.next_offset)
    if not upload.by_offset:
        numbers = {part.position for part in upload.parts}
        missing = sorted(set(range(1, max(numbers, default=1) + 1)) - numbers)
        if missing:
            raise Conflict("Parts are missing.", missing=missing[:100])
    if upload.size_bytes is not None and upload.received_bytes != upload.size_bytes:
        raise Conflict(
            f"{upload.received_bytes} of {upload.size_bytes} bytes are here.",
            received_bytes=upload.received_bytes,
            next_offset=upload.next_offset,
        )


async def _content(upload: Upload, services: Services) -> AsyncIterator[bytes]:
    for part in upload.parts:
        async for chunk in services.blobs.read(part.blob_key):
            yield chunk
