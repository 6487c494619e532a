"""An address that takes one upload's bytes without a key, until it ends.

`organization.project.key.ends.signature`: who made it, when it ends (Unix seconds), and an HMAC
over these and the upload's id, with a key that all processes of the installation share.
"""

import hmac
from datetime import datetime

from octavo.app.keys import is_live
from octavo.app.services import Services
from octavo.domain.errors import NotFound, Unauthenticated
from octavo.domain.ids import KeyId, OrganizationId, ProjectId, UploadId
from octavo.domain.tenancy import Principal, Scope, Tenant
from octavo.domain.upload import Upload


def upload_token(upload: Upload, key_id: KeyId, ends_at: datetime, *, services: Services) -> str:
    """What stands after `?token=`."""
    told = f"{upload.organization_id}.{upload.project_id}.{key_id}.{int(ends_at.timestamp())}"
    return f"{told}.{_signature(upload.id, told, services)}"


async def uploader(token: str, upload_id: UploadId, *, services: Services) -> Principal:
    """Whom the token stands for: its maker, for this upload alone. Raises `Unauthenticated`.

    A key that was revoked since takes its addresses with it.
    """
    told, _, signature = token.rpartition(".")
    expected = _signature(upload_id, told, services)
    if not hmac.compare_digest(signature.encode(), expected.encode()):
        raise _refused()
    organization, project, key_id, ends = told.split(".")
    tenant = Tenant(OrganizationId(organization), ProjectId(project), KeyId(key_id))
    now = services.clock.now()
    if now.timestamp() >= int(ends):
        raise _refused()
    try:
        key = await services.store.tenant(Tenant(tenant.organization_id, None)).access.key(KeyId(key_id))
    except NotFound as error:
        raise _refused() from error
    if not is_live(key, now):
        raise _refused()
    return Principal(key.id, tenant, frozenset({Scope.FILES_WRITE}), ProjectId(project))


def _signature(upload_id: UploadId, told: str, services: Services) -> str:
    return hmac.new(services.signing_key, f"upload:{upload_id}:{told}".encode(), "sha256").hexdigest()


def _refused() -> Unauthenticated:
    return Unauthenticated("This upload address is wrong or has ended. Ask for another one.")
