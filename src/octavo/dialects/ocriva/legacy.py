"""Routes of the vendor's older API, which stands beside the Open API without `/v1`.

Only the forms' files and the beginning of the answers are documented. There are no accounts here: the password
of a login is an API key, whatever the email. The organization in the address must be the key's own.
"""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.app.services import Services
from octavo.dialects.ocriva.access import acting_for
from octavo.dialects.ocriva.account import logged_in
from octavo.dialects.ocriva.batches import create_from
from octavo.dialects.ocriva.errors import OutOfScope
from octavo.dialects.ocriva.outbound import without_none
from octavo.dialects.ocriva.uploads import submit_from
from octavo.dialects.ocriva.wire import LegacyUpload, Line
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Open, Submitter
from octavo.http.bodies import parse_body, read_json

router = APIRouter()

_UPLOAD = ("id", "fileName", "fileUrl", "status", "templateId")
_BATCH = ("id", "name", "totalFiles", "completedFiles", "failedFiles", "status", "progress", "createdAt")


class Account(BaseModel):
    model_config = ConfigDict(extra="ignore")

    email: Annotated[str, Field(max_length=400)] = ""
    password: Line


@router.post("/auth/login")
async def login(request: Request, services: Open) -> dict[str, Any]:
    order = parse_body(Account, await read_json(request))
    return await logged_in(order.password, request, services)


@router.post("/upload/{organization_id}/file")
async def upload(organization_id: str, request: Request, caller: Submitter, services: Open) -> Response:
    """Multipart: `file`; all else may be left out."""
    caller.require(Scope.EXTRACT_WRITE)
    _require_own(organization_id, caller)
    told = await submit_from(request, LegacyUpload, _within, caller, services)
    return JSONResponse({name: told.get(name) for name in _UPLOAD}, 201)


@router.post("/batch/{organization_id}/upload")
async def batch(organization_id: str, request: Request, caller: Submitter, services: Open) -> Response:
    """Multipart: `files`, up to 50."""
    caller.require(Scope.EXTRACT_WRITE)
    _require_own(organization_id, caller)
    told = await create_from(request, _within, caller, services)
    return JSONResponse(without_none({name: told.get(name) for name in _BATCH}), 201)


def _require_own(organization_id: str, caller: Principal) -> None:
    if organization_id != caller.tenant.organization_id:
        raise OutOfScope("This token has no access to the organization")


async def _within(project: str | None, caller: Principal, services: Services) -> Principal:
    """The older API did not ask organizations for a project: theirs is where the key submits to."""
    return await acting_for(project, caller, services) if project else caller
