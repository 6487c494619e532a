"""An address that takes one upload's bytes without a key, until it ends."""

from datetime import datetime

from octavo.app.addresses import address_token, bearer_of
from octavo.app.services import Services
from octavo.domain.ids import KeyId, UploadId
from octavo.domain.tenancy import Principal, Tenant
from octavo.domain.upload import Upload


def upload_token(upload: Upload, key_id: KeyId, ends_at: datetime, *, services: Services) -> str:
    """What stands after `?token=`."""
    tenant = Tenant(upload.organization_id, upload.project_id, key_id)
    return address_token("upload", upload.id, tenant, ends_at, services=services)


async def uploader(token: str, upload_id: UploadId, *, services: Services) -> Principal:
    """Whom the token stands for: its maker, for this upload alone. Raises `Unauthenticated`."""
    return await bearer_of(token, "upload", upload_id, services=services)
