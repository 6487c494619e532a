"""Taking a part in: durable when it is acknowledged, sent again where it broke off."""

import secrets
from collections.abc import AsyncIterator

from octavo.app.services import Services
from octavo.domain.errors import Conflict, DocumentTooLarge, EmptyDocument, InvalidRequest
from octavo.domain.ids import UploadId
from octavo.domain.storage import upload_part_key
from octavo.domain.tenancy import Principal, Scope
from octavo.domain.upload import MAX_PARTS, Upload, UploadPart, UploadStatus


async def put_part(
    upload_id: UploadId,
    position: int,
    chunks: AsyncIterator[bytes],
    *,
    by_offset: bool,
    length: int | None = None,
    principal: Principal,
    services: Services,
) -> Upload:
    """Store one part in place of what was there.

    Args:
        upload_id: Whose part it is.
        position: Its number from 1, or, `by_offset`, where its first byte belongs.
        chunks: The bytes.
        by_offset: Which of the two; the same for all parts of an upload.
        length: How many bytes the request says these are.
        principal: Who sends it.
        services: What to work with.

    Raises:
        NotFound. Conflict: the upload is no longer open, or its parts are named the other way.
        DocumentTooLarge, EmptyDocument. InvalidRequest: no such number, or not as long as it says.
    """
    principal.require(Scope.FILES_WRITE)
    uploads = services.store.tenant(principal.tenant).uploads
    upload = await uploads.upload(upload_id)
    if upload.status is not UploadStatus.OPEN:
        raise Conflict(f"The upload is {upload.status.value}.", upload_status=upload.status.value)
    if not by_offset and not 1 <= position <= MAX_PARTS:
        raise InvalidRequest(f"Parts are numbered from 1 to {MAX_PARTS}.", option="number", limit=MAX_PARTS)
    key = upload_part_key(upload_id, position, secrets.token_hex(4))
    blob = await services.blobs.put(key, chunks, limit_bytes=_room(upload, position, services))
    if blob.size_bytes == 0:
        raise EmptyDocument("This part has no bytes.")
    if length is not None and blob.size_bytes != length:
        raise InvalidRequest("The part is not as long as its Content-Range says.", received=blob.size_bytes)
    part = UploadPart(position, blob.size_bytes, blob.sha256, key)
    return await uploads.keep_part(upload_id, part, by_offset=by_offset)


def _room(upload: Upload, position: int, services: Services) -> int:
    """How many bytes may still come. What a refused part left is swept with the upload."""
    whole = services.policy.limits.max_bytes if upload.size_bytes is None else upload.size_bytes
    others = sum(part.size_bytes for part in upload.parts if part.position != position)
    if others >= whole:
        raise DocumentTooLarge(f"All {whole} bytes are here already.", limit=whole, unit="bytes")
    return whole - others
