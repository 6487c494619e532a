"""Schemas: made, listed, changed, deleted, chosen, and what results look like with them."""

import base64
import gzip
import json
from typing import Any

import pytest

from octavo.dialects.invaro.ids import job_id_from, schema_id_from
from octavo.dialects.invaro.kinds import STATEMENT
from octavo.dialects.invaro.schema_text import parse_schema_string, write_schema_string
from octavo.domain.errors import InvalidRequest
from octavo.domain.job import Job
from octavo.domain.tenancy import Scope
from tests.dialects.invaro.conftest import Desk, fields_of

FIELDS = {"fields": ["invoice_number", "total_amount"]}


async def made(desk: Desk, name: str = "rent", type_: str = "invoice", schema: Any = None) -> dict[str, Any]:
    body = {"name": name, "type": type_, "schema_string": schema or FIELDS, "description": "Of flats"}
    return dict(await desk.data("POST", "/schemas", json=body))


def unpacked(text: str) -> Any:
    return json.loads(gzip.decompress(base64.b64decode(text)))


@pytest.mark.shows("POST /api/v1/schemas", "GET /api/v1/schemas/id/{schema}")
async def test_a_schema_is_answered_as_it_was_sent_packed(desk: Desk) -> None:
    schema = await made(desk)

    assert set(schema) == {
        "id", "user_id", "name", "type", "description", "schema_string", "schema", "version", "is_active",
        "created_at", "updated_at",
    }  # fmt: skip
    assert (schema["name"], schema["type"], schema["version"], schema["is_active"]) == (
        "rent",
        "invoice",
        1,
        True,
    )
    assert unpacked(schema["schema_string"]) == schema["schema"] == FIELDS
    assert await desk.data("GET", f"/schemas/id/{schema['id']}") == schema


@pytest.mark.parametrize("given", [FIELDS, json.dumps(FIELDS), write_schema_string(FIELDS)])
def test_a_schema_string_is_read_in_three_forms(given: Any) -> None:
    assert parse_schema_string(given) == FIELDS


@pytest.mark.parametrize(
    "given",
    [
        "no schema",
        "7",
        base64.b64encode(b"\x1f\x8bbroken").decode(),
        base64.b64encode(gzip.compress(b'["' + b"x" * 10_000_000 + b'"]')).decode(),
    ],
)
def test_a_schema_string_that_is_none_is_refused_before_it_is_unpacked_whole(given: str) -> None:
    with pytest.raises(InvalidRequest, match="schema_string"):
        parse_schema_string(given)


async def test_names_types_and_fields_are_held_to_the_rules(desk: Desk) -> None:
    await made(desk)

    async def refused(status: int, code: str, **change: Any) -> None:
        body = {"name": "other", "type": "invoice", "schema_string": FIELDS, **change}
        await desk.refused(status, code, "POST", "/schemas", json=body)

    await refused(409, "SCHEMA_EXISTS", name="rent")
    await refused(400, "INVALID_SCHEMA_TYPE", type="poem")
    await refused(400, "INVALID_SCHEMA_TYPE", type="receipt")
    await refused(400, "VALIDATION_ERROR", name="")
    await refused(400, "INVALID_REQUEST", schema_string={"fields": []})
    await refused(400, "INVALID_REQUEST", schema_string={"fields": ["a", "a"]})
    await refused(400, "INVALID_REQUEST", schema_string="nothing")


@pytest.mark.shows("GET /api/v1/schemas/list")
async def test_schemas_are_listed_without_their_text(desk: Desk) -> None:
    for name, type_ in (("a", "invoice"), ("b", "bank_statement"), ("c", "invoice")):
        desk.world.clock.advance(1)
        await made(desk, name, type_)

    first = await desk.data("GET", "/schemas/list?page_size=2")
    assert [schema["name"] for schema in first["schemas"]] == ["c", "b"]
    assert "schema_string" not in first["schemas"][0]
    assert {name: first[name] for name in ("page", "limit", "page_size", "total")} == {
        "page": 1,
        "limit": 2,
        "page_size": 2,
        "total": 3,
    }
    second = await desk.data("GET", "/schemas/list?page=2&limit=2")
    assert [schema["name"] for schema in second["schemas"]] == ["a"]
    statements = await desk.data("GET", "/schemas/list?type=bank_statement")
    assert [schema["name"] for schema in statements["schemas"]] == ["b"]
    await desk.refused(400, "INVALID_SCHEMA_TYPE", "GET", "/schemas/list?type=poem")


@pytest.mark.shows("PUT /api/v1/schemas/id/{schema}")
async def test_every_change_is_a_version(desk: Desk) -> None:
    schema = await made(desk)
    path = f"/schemas/id/{schema['id']}"

    changed = await desk.data("PUT", path, json={"schema_string": {"fields": ["total"]}})
    same = await desk.data("PUT", path, json={"schema_string": changed["schema_string"]})
    told = await desk.data("PUT", path, json={"description": "All", "type": "bank_statement"})

    assert (changed["version"], same["version"], told["version"]) == (2, 3, 4)
    assert told["schema"] == {"fields": ["total"]}
    assert (told["description"], told["type"], told["name"]) == ("All", "invoice", "rent")


@pytest.mark.shows("DELETE /api/v1/schemas/id/{schema}")
async def test_a_deleted_schema_is_unknown_and_its_name_is_free(desk: Desk) -> None:
    schema = await made(desk)
    path = f"/schemas/id/{schema['id']}"

    assert (await desk.data("DELETE", path))["schema_id"] == schema["id"]
    for method in ("GET", "DELETE"):
        await desk.refused(404, "SCHEMA_NOT_FOUND", method, path)
    await desk.refused(404, "SCHEMA_NOT_FOUND", "PUT", path, json={"description": ""})
    assert (await desk.data("GET", "/schemas/list"))["total"] == 0
    assert (await made(desk))["id"] != schema["id"]


async def test_another_tenants_schema_does_not_exist(desk: Desk) -> None:
    schema = await made(desk)
    desk.http.headers["Authorization"] = f"Bearer {desk.world.other.key}"
    await desk.refused(404, "SCHEMA_NOT_FOUND", "GET", f"/schemas/id/{schema['id']}")
    assert (await desk.data("GET", "/schemas/list"))["total"] == 0


async def test_the_newest_active_schema_of_the_type_is_used(desk: Desk) -> None:
    older = await made(desk, "older")
    desk.world.clock.advance(1)
    newer = await made(desk, "newer")

    def job(id_: str) -> Job:
        return next(j for j in desk.world.store.rows.values() if desk.internal(id_) == f"job_{j.id}")

    async def used(kind: str = "invoices", **more: Any) -> str | None:
        return job(await desk.started(kind, **more)).options.template_id

    assert await used() == schema_id_from(newer["id"])
    assert await used(schema_id=older["id"]) == schema_id_from(older["id"])
    assert await used("statements") is None
    statement = job(await desk.started("statements"))
    assert statement.options.document_type == STATEMENT
    document = await desk.document(type="invoice")
    general = await desk.data("POST", "/parse", json={"document_id": document})
    assert job(general["job_id"]).options.template_id == schema_id_from(newer["id"])
    await desk.data("DELETE", f"/schemas/id/{newer['id']}")
    assert await used() == schema_id_from(older["id"])
    wrong = {"document_id": document, "schema_id": newer["id"]}
    await desk.refused(404, "SCHEMA_NOT_FOUND", "POST", "/parse/invoices", json=wrong)


async def test_a_key_that_may_only_submit_uses_documents_and_schemas(desk: Desk) -> None:
    schema, document = await made(desk), await desk.document()
    key = await desk.world.key(desk.world.acme, [Scope.EXTRACT_WRITE])
    desk.http.headers["Authorization"] = f"Bearer {key}"

    told = await desk.data("POST", "/parse/invoices", json={"document_id": document})
    job = desk.world.store.rows[job_id_from(told["job_id"])]
    assert job.options.template_id == schema_id_from(schema["id"])
    for method, path in (
        ("GET", "/schemas/list"),
        ("GET", f"/schemas/id/{schema['id']}"),
        ("PUT", f"/schemas/id/{schema['id']}"),
        ("DELETE", f"/schemas/id/{schema['id']}"),
        ("POST", "/schemas"),
        ("GET", "/files"),
        ("GET", f"/files/{document}"),
        ("DELETE", f"/files/{document}"),
        ("POST", "/parse/upload"),
        ("GET", f"/parse/invoices/{told['job_id']}"),
        ("DELETE", f"/jobs/{told['job_id']}"),
    ):
        await desk.refused(403, "FORBIDDEN", method, path)


async def test_results_have_exactly_the_schemas_fields(desk: Desk) -> None:
    schema = {
        "invoice_number": "string",
        "Vendor": {"name": "", "gstin": ""},
        "items": [{"description": "string", "total_price": 0, "hsn_code": ""}],
        "GR_date": "date",
        "due_date": "",
        "taxAmount": "number",
        "total_amount": 0,
        "tags": [],
    }
    await made(desk, schema=schema)
    id_ = await desk.started()
    found = {
        "invoice_number": "R-1",
        "seller__name": "Ada",
        "line_items__0__description": "Rent",
        "line_items__0__amount": 9.5,
        "total": 9.5,
    }
    await desk.finish(id_, fields_of("invoice", **found))  # type: ignore[arg-type]

    told = await desk.data("GET", f"/parse/invoices/{id_}")
    assert told["schema_id"]
    assert told["results"] == {
        "invoice_number": "R-1",
        "Vendor": {"name": "Ada", "gstin": ""},
        "items": [{"description": "Rent", "total_price": 9.5, "hsn_code": ""}],
        "GR_date": "",
        "due_date": "",
        "taxAmount": 0,
        "total_amount": 9.5,
        "tags": [],
    }
