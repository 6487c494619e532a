"""Templates: schemas in either form, under any keys, changed and taken away."""

from typing import Any

import httpx
import pytest

from octavo.dialects.ocriva.schema import names_of, parse_schema, shaped
from octavo.domain.errors import InvalidRequest
from octavo.domain.template import FieldType
from tests.dialects.ocriva.acme import SCHEMA, read, refused, templated
from tests.http.world import World

KEYS = {
    "templateId",
    "name",
    "description",
    "templateSchema",
    "projectId",
    "isActive",
    "resultFormat",
    "extractionMode",
    "createdAt",
    "updatedAt",
}


@pytest.mark.shows("GET /v1/openapi/templates", "POST /v1/openapi/templates")
async def test_a_template_is_listed_as_it_was_made(ocriva: httpx.AsyncClient, world: World) -> None:
    made = await templated(ocriva, world, instructions="Be exact.")

    listed = await read(ocriva, "/templates")

    assert [set(one) for one in listed] == [KEYS]
    assert made == listed[0] | {"instructions": "Be exact.", "dataFiles": []}
    assert list(made["templateSchema"]) == list(SCHEMA), "in its owner's order"
    assert made["templateSchema"] == SCHEMA
    assert (made["resultFormat"], made["extractionMode"], made["isActive"]) == ("json", "structured", True)


async def test_an_organizations_key_sees_the_templates_of_all_projects(
    ocriva: httpx.AsyncClient, whole: httpx.AsyncClient, world: World
) -> None:
    second = await world.store.add_project(world.acme.organization.id, "second")
    await templated(ocriva, world)
    other = await templated(whole, world, projectId=second.id)

    assert len(await read(whole, "/templates")) == 2
    assert [one["templateId"] for one in await read(whole, "/templates", projectId=second.id)] == [
        other["templateId"]
    ]
    assert len(await read(ocriva, "/templates")) == 1
    refused(await ocriva.get("/templates", params={"projectId": second.id}), 401)
    refused(await ocriva.get(f"/templates/{other['templateId']}"), 404)


@pytest.mark.shows(
    "GET /v1/openapi/templates/{template_id}",
    "PATCH /v1/openapi/templates/{template_id}",
    "PUT /v1/openapi/templates/{template_id}",
)
@pytest.mark.parametrize("method", ["PATCH", "PUT"])
async def test_what_a_change_leaves_out_stays(ocriva: httpx.AsyncClient, world: World, method: str) -> None:
    made = await templated(ocriva, world, description="Tills", extractionMode="structured")
    path = f"/templates/{made['templateId']}"
    world.clock.advance(5)

    renamed = (await ocriva.request(method, path, json={"name": "Bill", "isActive": False})).json()
    schema = {"total": {"type": "number"}}
    changed = (
        await ocriva.request(method, path, json={"templateSchema": schema, "resultFormat": "docx"})
    ).json()

    assert renamed == made | {"name": "Bill", "isActive": False, "updatedAt": renamed["updatedAt"]}
    assert renamed["updatedAt"] > made["updatedAt"]
    assert (changed["templateSchema"], changed["extractionMode"]) == (schema, "free_text")
    assert changed["description"] == "Tills"
    assert await read(ocriva, path) == changed


@pytest.mark.shows("DELETE /v1/openapi/templates/{template_id}")
async def test_a_deleted_template_is_gone(ocriva: httpx.AsyncClient, world: World) -> None:
    path = f"/templates/{(await templated(ocriva, world))['templateId']}"

    answer = await ocriva.delete(path)

    assert answer.json() == {"templateId": path.rpartition("/")[2], "deleted": True}
    for method in ("GET", "DELETE"):
        refused(await ocriva.request(method, path), 404)
    refused(await ocriva.patch(path, json={"name": "x"}), 404)
    assert await read(ocriva, "/templates") == []


@pytest.mark.shows(
    "GET /v1/openapi/templates/{template_id}/data-files",
    "POST /v1/openapi/templates/{template_id}/data-files",
    "DELETE /v1/openapi/templates/{template_id}/data-files/{file_id}",
)
async def test_reference_files_are_kept_with_their_template(ocriva: httpx.AsyncClient, world: World) -> None:
    template = await templated(ocriva, world)
    path = f"/templates/{template['templateId']}/data-files"
    content = b'[{"name": "Acme Corporation", "id": "V-7"}]'

    answer = await ocriva.post(path, files={"file": ("vendors.json", content)})

    assert answer.status_code == 201, answer.text
    kept = answer.json()
    assert kept == {
        "id": kept["id"],
        "fileName": "vendors.json",
        "fileSize": str(len(content)),
        "mimeType": "application/json",
        "createdAt": "2026-11-22T04:00:00.000Z",
    }
    assert await read(ocriva, path) == [kept]
    assert (await read(ocriva, f"/templates/{template['templateId']}"))["dataFiles"] == [kept]
    assert template["dataFiles"] == []
    assert (await ocriva.delete(f"{path}/{kept['id']}")).json() == {"id": kept["id"], "deleted": True}
    assert await read(ocriva, path) == []


@pytest.mark.parametrize(
    ("name", "content", "status", "message"),
    [
        ("vendors.csv", b"a,b", 400, ".json, .md, .txt"),
        ("vendors.pdf", b"%PDF", 400, ".json, .md, .txt"),
        ("vendors.json", b"{", 400, "JSON"),
        ("rules.md", b"\xff\xfe", 400, "UTF-8"),
        ("rules.txt", b" ", 400, "not empty"),
        ("rules.txt", b"x" * (2**20 + 1), 413, ""),
    ],
)
async def test_what_is_no_reference_file_is_refused(
    ocriva: httpx.AsyncClient, world: World, name: str, content: bytes, status: int, message: str
) -> None:
    path = f"/templates/{(await templated(ocriva, world))['templateId']}/data-files"

    refused(await ocriva.post(path, files={"file": (name, content)}), status, message)

    assert await read(ocriva, path) == []


async def test_there_is_no_reference_file_without_one(ocriva: httpx.AsyncClient, world: World) -> None:
    path = f"/templates/{(await templated(ocriva, world))['templateId']}/data-files"

    refused(await ocriva.post(path, files={"other": (None, "x")}), 400, "file: should not be empty")
    refused(await ocriva.delete(f"{path}/1"), 404, "Data file not found")
    refused(await ocriva.post(f"/templates/{'0' * 24}/data-files"), 404)
    refused(await ocriva.get(f"/templates/{'0' * 24}/data-files"), 404)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "name"),
        ({"description": None}, "description"),
        ({"templateSchema": {}}, "templateSchema should not be empty"),
        ({"templateSchema": []}, "templateSchema"),
        ({"templateSchema": {"a": {"type": "matrix"}}}, "matrix"),
        ({"templateSchema": {"a": {"type": "object"}}}, "an object has properties"),
        ({"templateSchema": {"a": {"type": "number", "maximum": 3}}}, "templateSchema.a: maximum"),
        ({"resultFormat": "odt"}, "resultFormat"),
        ({"projectId": None}, "projectId"),
    ],
)
async def test_a_wrong_template_is_400_and_says_where(
    ocriva: httpx.AsyncClient, world: World, change: dict[str, Any], message: str
) -> None:
    order = {"name": "N", "description": "", "templateSchema": SCHEMA, "projectId": world.acme.project.id}

    refused(await ocriva.post("/templates", json=order | change), 400, message)


async def test_a_template_of_the_native_api_is_shown_as_a_schema(
    ocriva: httpx.AsyncClient, world: World
) -> None:
    async with world.client() as native:
        await native.post("/v1/templates", json={"name": "Own", "fields": {"net_sum": "number"}})

    (shown,) = await read(ocriva, "/templates")

    assert shown["templateSchema"] == {
        "type": "object",
        "properties": {"net_sum": {"type": ["number", "null"]}},
        "required": [],
    }


def test_both_forms_of_a_schema_say_the_same() -> None:
    flat = {"invoiceNo": {"type": "string"}, "net": {"type": "number"}, "tags": {"type": "array"}}
    schema = {"type": "object", "properties": flat, "required": ["net"]}

    one, other = parse_schema(flat), parse_schema(schema)

    assert [spec.name for spec in one] == [spec.name for spec in other] == ["invoice_no", "net", "tags"]
    assert [spec.required for spec in other] == [False, True, False]
    assert [spec.type for spec in one] == [FieldType.STRING, FieldType.NUMBER, FieldType.ARRAY]


def test_keys_in_any_writing_get_names_of_their_own() -> None:
    keys = ["invoiceNumber", "VATRate", "Größe", "ยอดรวม", "2nd-line", "invoice_number", "a" * 90]
    names = names_of(keys)

    assert list(names.values())[:6] == [
        "invoice_number",
        "vat_rate",
        "grosse" if "ß".casefold() == "x" else names["Größe"],
        "field_4",
        "field_2nd_line",
        "invoice_number_2",
    ]
    assert len(set(names.values())) == len(keys)
    specs = parse_schema(dict.fromkeys(keys, "string"))
    assert [spec.name for spec in specs] == list(names.values())
    assert specs[3].synonyms == ("ยอดรวม",), "what the document may call it"


def test_values_go_back_under_their_keys_at_every_level() -> None:
    schema = {
        "type": "object",
        "properties": {
            "shipTo": {"type": "object", "properties": {"zipCode": {"type": "string"}}},
            "lineItems": {
                "type": "array",
                "items": {"type": "object", "properties": {"unitPrice": {"type": ["number", "null"]}}},
            },
            "dueDate": {"type": "string", "format": "date"},
            "tags": {"type": "array", "items": {"type": "string"}},
        },
    }
    values = {
        "ship_to": {"zip_code": "1010"},
        "line_items": [{"unit_price": 2.5}, {"unit_price": None}],
        "due_date": None,
        "tags": ["x"],
    }

    assert [spec.type for spec in parse_schema(schema)] == [
        FieldType.OBJECT,
        FieldType.ARRAY,
        FieldType.DATE,
        FieldType.ARRAY,
    ]
    assert shaped(values, schema) == {
        "shipTo": {"zipCode": "1010"},
        "lineItems": [{"unitPrice": 2.5}, {"unitPrice": None}],
        "dueDate": None,
        "tags": ["x"],
    }
    with pytest.raises(InvalidRequest, match=r"templateSchema\.a"):
        parse_schema({"a": 7})
