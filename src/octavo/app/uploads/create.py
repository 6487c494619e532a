"""Starting, looking at and giving up an upload."""

from dataclasses import dataclass
from datetime import timedelta

from octavo.app.services import Services
from octavo.domain.errors import DocumentTooLarge
from octavo.domain.ids import ProjectId, UploadId, new_id
from octavo.domain.storage import upload_prefix
from octavo.domain.tenancy import Principal, Scope
from octavo.domain.upload import Upload


@dataclass(frozen=True, slots=True)
class CreateUpload:
    filename: str | None = None
    size_bytes: int | None = None
    """Of the whole file, where it is known."""
    sha256: str | None = None
    """Of the whole file, 64 hex digits; checked in the end."""
    project_id: ProjectId | None = None


async def create_upload(order: CreateUpload, *, principal: Principal, services: Services) -> Upload:
    """An upload without parts yet.

    Raises:
        DocumentTooLarge: told before a byte was sent. NotFound: the project is not the key's.
    """
    principal.require(Scope.FILES_WRITE)
    limit = services.policy.limits.max_bytes
    if order.size_bytes is not None and order.size_bytes > limit:
        raise DocumentTooLarge(
            f"The file has {order.size_bytes} bytes; {limit} are allowed.", limit=limit, unit="bytes"
        )
    store = services.store.tenant(principal.tenant)
    project_id = principal.default_project_id
    if order.project_id is not None:
        project_id = (await store.access.project(order.project_id)).id
    now = services.clock.now()
    return await store.uploads.add(
        Upload(
            id=UploadId(new_id(now)),
            organization_id=principal.tenant.organization_id,
            project_id=project_id,
            key_id=principal.key_id,
            filename=order.filename,
            size_bytes=order.size_bytes,
            sha256=order.sha256.lower() if order.sha256 else None,
            created_at=now,
            expires_at=now + timedelta(seconds=services.policy.upload_retention_s),
        )
    )


async def read_upload(upload_id: UploadId, *, principal: Principal, services: Services) -> Upload:
    """With what came so far: where to go on. Raises `NotFound`."""
    principal.require(Scope.FILES_WRITE)
    return await services.store.tenant(principal.tenant).uploads.upload(upload_id)


async def list_uploads(
    *, before: UploadId | None, limit: int, principal: Principal, services: Services
) -> list[Upload]:
    """Newest first, without their parts."""
    principal.require(Scope.FILES_WRITE)
    return await services.store.tenant(principal.tenant).uploads.uploads(before=before, limit=limit)


async def abort_upload(upload_id: UploadId, *, principal: Principal, services: Services) -> Upload:
    """Its parts go. Repeating it changes nothing. Raises `NotFound`, `Conflict` when it is completed."""
    principal.require(Scope.FILES_WRITE)
    upload = await services.store.tenant(principal.tenant).uploads.abort(upload_id)
    await services.blobs.delete_prefix(upload_prefix(upload_id))
    return upload
