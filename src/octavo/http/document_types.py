"""The document types Octavo knows, and their schemas. Any key."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from octavo.domain.document_types.table import DOCUMENT_TYPES
from octavo.domain.errors import NotFound
from octavo.domain.field_schema import to_json_schema
from octavo.domain.template import DocumentType
from octavo.http.auth import Caller
from octavo.http.contract import JSON_SCHEMA, answers
from octavo.http.field_wire import DocumentTypeAnswer, DocumentTypeListAnswer, render_document_type
from octavo.http.json_schema import schema_response

router = APIRouter(tags=["document types"])


@router.get(
    "/v1/document-types",
    operation_id="list_document_types",
    summary="List document types",
    responses=answers(401, 503),
)
async def document_types(_: Caller) -> DocumentTypeListAnswer:
    """What `document_type` of a submission may be, with the fields of each."""
    return DocumentTypeListAnswer(
        document_types=[render_document_type(kind) for kind in DOCUMENT_TYPES.values()]
    )


@router.get(
    "/v1/document-types/{document_type}",
    operation_id="read_document_type",
    summary="Read a document type",
    responses=answers(401, 404, 503),
)
async def document_type(document_type: str, _: Caller) -> DocumentTypeAnswer:
    """Its fields with their types and meanings."""
    return render_document_type(_known(document_type))


@router.get(
    "/v1/document-types/{document_type}/schema",
    operation_id="read_document_type_schema",
    summary="Read a document type's JSON Schema",
    responses={**answers(401, 404, 503), **JSON_SCHEMA},
    response_class=Response,
)
async def schema(document_type: str, _: Caller) -> Response:
    """Of `values` in the fields of a job; JSON Schema 2020-12."""
    return schema_response(document_type_schema(_known(document_type)))


def document_type_schema(kind: DocumentType) -> dict[str, Any]:
    return to_json_schema(kind.fields, title=kind.title, description=kind.description)


def _known(name: str) -> DocumentType:
    known = DOCUMENT_TYPES.get(name)
    if known is None:
        raise NotFound("There is no such document type.")
    return known
