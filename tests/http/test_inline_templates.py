"""A template that comes with a job and lives in it alone."""

import json
from typing import Any

import httpx
import pytest
from tests.http.world import PDF, World, job_id, problem_of, submit

from octavo.adapters.postgres.rows import options_to_row
from octavo.domain.template import FieldType, InlineTemplate
from octavo.domain.template_json import inline_from_json, inline_to_json
from octavo.http.identifiers import PROJECT

TEMPLATE: dict[str, Any] = {
    "fields": {
        "holder": "string",
        "fee": {"type": "money", "synonyms": ["Gebühr"], "required": True},
        "stamps": {"type": "array", "fields": {"place": "string", "on": "date"}},
        "remarks": {"type": "array", "entries": "text"},
    },
    "instructions": "Fees are in crowns.",
    "rules": ["fee > 0", {"expression": "fee < 1000", "message": "Too dear."}],
}


async def test_a_job_keeps_the_template_it_came_with(world: World, client: httpx.AsyncClient) -> None:
    sent = await submit(client, template=json.dumps(TEMPLATE))

    options = world.store.rows[job_id(sent["id"])].options
    told = sent["options"]["template"]
    assert options.template is not None
    assert [spec.name for spec in options.template.fields] == ["holder", "fee", "stamps", "remarks"]
    assert options.template.fields[3].entries is FieldType.TEXT
    assert told["instructions"] == "Fees are in crowns."
    assert told["rules"][1] == {"expression": "fee < 1000", "message": "Too dear."}
    assert told["fields"][1]["synonyms"] == ["Gebühr"]
    assert sent["options"]["template_id"] is None
    assert sent["template_id"] is None
    assert (await client.get("/v1/templates")).json()["templates"] == []


async def test_it_is_kept_as_it_was_said(world: World, client: httpx.AsyncClient) -> None:
    sent = await submit(client, template=json.dumps(TEMPLATE))
    said = world.store.rows[job_id(sent["id"])].options.template
    assert said is not None

    row = json.loads(json.dumps(options_to_row(world.store.rows[job_id(sent["id"])].options)))

    assert inline_from_json(row["template"]) == said
    assert inline_to_json(InlineTemplate()) == {
        "document_type": None,
        "fields": [],
        "instructions": "",
        "rules": [],
    }


async def test_other_fields_are_other_work(world: World, client: httpx.AsyncClient) -> None:
    keys = [
        world.store.rows[job_id((await submit(client, template=json.dumps(template)))["id"])].cache_key
        for template in (TEMPLATE, TEMPLATE, TEMPLATE | {"instructions": "Fees are in florins."})
    ]

    assert keys[0] == keys[1] != keys[2]


async def test_a_fast_job_with_a_template_wants_its_fields(world: World, client: httpx.AsyncClient) -> None:
    sent = await submit(client, profile="fast", template=json.dumps(TEMPLATE))

    assert world.store.rows[job_id(sent["id"])].options.wants_fields


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"template": {}}, "fields"),
        ({"template": TEMPLATE, "document_type": "invoice"}, "document_type"),
        ({"template": TEMPLATE, "template_version": "2"}, "template_version"),
        ({"template": {"fields": {"A B": "string"}}}, "fields"),
        ({"template": TEMPLATE | {"rules": ["price > 0"]}}, "rules"),
        ({"template": {"document_type": "novel"}}, "document_type"),
    ],
)
async def test_a_template_that_cannot_be_is_refused(
    client: httpx.AsyncClient, options: dict[str, Any], option: str
) -> None:
    fields = {name: value if isinstance(value, str) else json.dumps(value) for name, value in options.items()}
    answer = await client.post("/v1/jobs", files={"file": ("a.pdf", PDF)}, data=fields)

    assert problem_of(answer, 400, "invalid_request")["option"] == option


async def test_documents_of_a_batch_have_templates_too(world: World, client: httpx.AsyncClient) -> None:
    body = {
        "options": {"template": TEMPLATE},
        "documents": [{"content_base64": "JVBERi0xLjcgYSBzbWFsbCBkb2N1bWVudA==", "filename": "a.pdf"}],
    }
    made = await client.post("/v1/batches", json=body)

    assert made.status_code == 201, made.text
    (job,) = world.store.rows.values()
    assert job.options.template is not None


async def test_a_replay_keeps_the_template_unless_a_type_is_named(client: httpx.AsyncClient) -> None:
    first = await submit(client, template=json.dumps(TEMPLATE))

    kept = await client.post(f"/v1/jobs/{first['id']}/replay", json={"profile": "fast"})
    left = await client.post(f"/v1/jobs/{first['id']}/replay", json={"document_type": "invoice"})

    assert kept.json()["options"]["template"] == first["options"]["template"]
    assert left.json()["options"]["template"] is None


async def test_who_requires_a_model_that_is_not_there_is_refused(client: httpx.AsyncClient) -> None:
    data = {"template": json.dumps(TEMPLATE), "require_model": "true"}
    answer = await client.post("/v1/jobs", files={"file": ("a.pdf", PDF)}, data=data)
    without = await client.post(
        "/v1/jobs", files={"file": ("a.pdf", PDF)}, data=data | {"use_model": "false"}
    )

    assert problem_of(answer, 400, "invalid_request")["option"] == "require_model"
    assert problem_of(without, 400, "invalid_request")["option"] == "require_model"


async def test_who_wants_the_model_alone_requires_it(world: World, client: httpx.AsyncClient) -> None:
    data = {"template": json.dumps(TEMPLATE), "model_only": "true"}
    refused = await client.post("/v1/jobs", files={"file": ("a.pdf", PDF)}, data=data)
    model = {"base_url": "https://models.example/v1", "model": "small"}
    await client.patch(f"/v1/projects/{PROJECT}{world.acme.project.id}", json={"model": model})

    sent = await submit(client, PDF, **data)

    assert problem_of(refused, 400, "invalid_request")["option"] == "require_model"
    assert (sent["options"]["model_only"], sent["options"]["require_model"]) == (True, True)
    kept = options_to_row(world.store.rows[job_id(sent["id"])].options)
    assert (kept["model_only"], kept["require_model"]) == (True, True)
