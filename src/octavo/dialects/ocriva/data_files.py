"""Routes of reference data files: what an owner knows beside the documents, kept with a template."""

from pathlib import PurePath
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.app.services import Services
from octavo.app.templates.read import read_template
from octavo.app.templates.refer import MAX_BYTES, add_reference, remove_reference
from octavo.dialects.ocriva.ids import template_id_of
from octavo.dialects.ocriva.outbound import render_data_file
from octavo.dialects.ocriva.templates import Reaching
from octavo.domain.errors import DocumentTooLarge, InvalidRequest, NotFound
from octavo.domain.ids import TemplateId
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Open
from octavo.http.bodies import FORM_OVERHEAD_BYTES, body_of, refuse_oversize, safe_filename
from octavo.http.multipart import Form
from octavo.http.problems import ValidationFailed

router = APIRouter(prefix="/v1/openapi/templates/{template_id}/data-files")

PARTS = frozenset({"file", "files"})
ENDINGS = (".json", ".md", ".txt")
"""Those the vendor takes."""


@router.get("")
async def data_files(template_id: str, caller: Reaching, services: Open) -> list[dict[str, Any]]:
    """Oldest first."""
    template = await read_template(template_id_of(template_id), principal=caller, services=services)
    return [render_data_file(one) for one in template.references]


@router.post("")
async def add(request: Request, template_id: str, caller: Reaching, services: Open) -> Response:
    """Multipart: one `file` of UTF-8 text. Documents that are sent from now on are read with it."""
    caller.require(Scope.TEMPLATES_WRITE)
    id_ = template_id_of(template_id)
    await _known(id_, caller, services)
    name, content = await _received(request)
    template = await add_reference(id_, name, content, endings=ENDINGS, principal=caller, services=services)
    return JSONResponse(render_data_file(template.references[-1]), 201)


@router.delete("/{file_id}")
async def delete(template_id: str, file_id: str, caller: Reaching, services: Open) -> dict[str, Any]:
    id_ = template_id_of(template_id)
    caller.require(Scope.TEMPLATES_WRITE)
    await _known(id_, caller, services)
    try:
        await remove_reference(id_, file_id, principal=caller, services=services)
    except NotFound:
        raise NotFound("Data file not found") from None
    return {"id": file_id, "deleted": True}


async def _known(template_id: TemplateId, caller: Principal, services: Services) -> None:
    """Raises `NotFound`."""
    await services.store.tenant(caller.tenant).templates.template(template_id)


async def _received(request: Request) -> tuple[str, bytes]:
    """Its name and bytes. Raises `ValidationFailed` without a file, `DocumentTooLarge`, `InvalidRequest`."""
    refuse_oversize(request, MAX_BYTES, beside_bytes=FORM_OVERHEAD_BYTES)
    form = Form(request.headers.get("content-type", ""), body_of(request), file_parts=PARTS)
    if not await form.find_file():
        missing = {"location": "file", "message": "should not be empty", "rule": "missing"}
        raise ValidationFailed("file: should not be empty", errors=[missing])
    content = bytearray()
    async for chunk in form.content():
        content += chunk
        if len(content) > MAX_BYTES:
            raise DocumentTooLarge(f"A data file may take {MAX_BYTES} bytes.", limit=MAX_BYTES, unit="bytes")
    name = safe_filename(form.filename) or ""
    if PurePath(name).suffix.lower() not in ENDINGS:
        raise InvalidRequest(f"file must be one of the following types: {', '.join(ENDINGS)}", option="file")
    return name, bytes(content)
