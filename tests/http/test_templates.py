"""Templates over HTTP: made, changed, versioned, taught, kept apart, taken away."""

from typing import Any

import httpx
import pytest
from tests.http.receipts import RECEIPT
from tests.http.world import World, job_id, problem_of, submit

FIELDS: dict[str, Any] = {
    "merchant_name": "string",
    "total": {"type": "money", "description": "With tax", "synonyms": ["Summe"], "required": True},
    "lines": {"type": "array", "fields": {"what": "string", "amount": "money"}},
}


async def _made(client: httpx.AsyncClient, **more: Any) -> dict[str, Any]:
    answer = await client.post("/v1/templates", json={"name": "Bakery", "fields": FIELDS} | more)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/templates/{answer.json()['id']}"
    found: dict[str, Any] = answer.json()
    return found


async def test_a_template_is_made_from_a_flat_map(client: httpx.AsyncClient) -> None:
    made = await _made(client, document_type="receipt", rules=["total >= 0"], instructions="Be exact.")

    read = await client.get(f"/v1/templates/{made['id']}")

    assert read.json() == made
    assert read.headers["etag"] == '"1"'
    assert made["id"].startswith("tpl_")
    assert [(field["name"], field["type"]) for field in made["fields"]] == [
        ("merchant_name", "string"),
        ("total", "money"),
        ("lines", "array"),
    ]
    assert made["fields"][1]["synonyms"] == ["Summe"]
    assert made["fields"][2]["fields"][1]["name"] == "amount"
    assert made["rules"] == [{"expression": "total >= 0", "message": ""}]


async def test_a_schema_goes_out_and_comes_back(client: httpx.AsyncClient) -> None:
    made = await _made(client)
    schema = (await client.get(made["schema_link"])).json()

    again = await _made(client, fields=schema)

    assert schema["required"] == ["total"]
    assert again["fields"] == made["fields"]


async def test_each_change_is_another_version(client: httpx.AsyncClient) -> None:
    made = await _made(client)
    path = f"/v1/templates/{made['id']}"

    changed = await client.patch(path, json={"name": "Bakery 2"}, headers={"If-Match": '"1"'})
    stale = await client.patch(path, json={"name": "Bakery 3"}, headers={"If-Match": '"1"'})
    same = await client.patch(path, json={"name": "Bakery 2"})
    replaced = await client.put(path, json={"name": "Other", "document_type": "receipt"})
    versions = (await client.get(f"{path}/versions", params={"limit": 2})).json()
    rest = (await client.get(f"{path}/versions", params={"cursor": versions["next_cursor"]})).json()

    assert (changed.json()["version"], changed.json()["fields"]) == (2, made["fields"])
    assert problem_of(stale, 409, "conflict")["version"] == 2
    assert same.json()["version"] == 2, "what changes nothing makes no version"
    assert (replaced.json()["version"], replaced.json()["fields"]) == (3, [])
    assert [one["version"] for one in versions["versions"] + rest["versions"]] == [3, 2, 1]
    assert (await client.get(path, params={"version": 1})).json()["name"] == "Bakery"
    problem_of(await client.get(path, params={"version": 9}), 404, "not_found")


async def test_templates_are_listed_newest_first(world: World, client: httpx.AsyncClient) -> None:
    made = []
    for name in ("a", "b", "c"):
        world.clock.advance(1)
        made.append((await _made(client, name=name))["id"])

    first = (await client.get("/v1/templates", params={"limit": 2})).json()
    rest = (await client.get("/v1/templates", params={"cursor": first["next_cursor"]})).json()

    assert [one["id"] for one in first["templates"] + rest["templates"]] == made[::-1]


async def test_a_deleted_template_is_gone_but_for_its_jobs(world: World, client: httpx.AsyncClient) -> None:
    made = await _made(client, result_format="csv")
    job = await submit(client, template_id=made["id"])
    await world.complete(job["id"])
    await world.find_fields(job["id"], RECEIPT)

    deleted = await client.delete(f"/v1/templates/{made['id']}")
    again = await client.delete(f"/v1/templates/{made['id']}")

    assert (deleted.status_code, again.status_code) == (204, 204)
    problem_of(await client.get(f"/v1/templates/{made['id']}"), 404, "not_found")
    assert (await client.get("/v1/templates")).json()["templates"] == []
    late = await client.post("/v1/jobs", files={"file": ("a", b"%PDF")}, data={"template_id": made["id"]})
    problem_of(late, 404, "not_found")
    result = await client.get(f"/v1/jobs/{job['id']}/result")
    assert result.headers["content-type"].startswith("text/csv"), "the job keeps its template"


async def test_a_job_keeps_the_version_it_was_sent_with(client: httpx.AsyncClient) -> None:
    made = await _made(client)
    first = await submit(client, b"%PDF 1", template_id=made["id"])
    await client.patch(f"/v1/templates/{made['id']}", json={"description": "more"})

    second = await submit(client, b"%PDF 2", template_id=made["id"])
    older = await submit(client, b"%PDF 3", template_id=made["id"], template_version="1")

    versions = [job["options"]["template_version"] for job in (first, second, older)]
    assert versions == [1, 2, 1]
    assert first["template_id"] == made["id"]


async def test_the_format_of_a_template_yields_to_a_wish(world: World, client: httpx.AsyncClient) -> None:
    made = await _made(client, result_format="markdown")
    job = await submit(client, template_id=made["id"])
    await world.complete(job["id"])
    path = f"/v1/jobs/{job['id']}/result"

    usual = await client.get(path)
    accepted = await client.get(path, headers={"Accept": "text/plain"})
    named = await client.get(path, params={"format": "json"})

    types = [answer.headers["content-type"].partition(";")[0] for answer in (usual, accepted, named)]
    assert types == ["text/markdown", "text/plain", "application/json"]


async def test_the_key_of_a_model_is_never_shown_and_stays(world: World, client: httpx.AsyncClient) -> None:
    model = {"base_url": "https://models.example/v1", "model": "small", "api_key": "sk-secret"}
    made = await _made(client, model=model)
    path = f"/v1/templates/{made['id']}"
    id_ = next(iter(world.store.template_rows))

    def kept() -> list[str | None]:
        return [one.model.api_key if one.model else None for one in world.store.template_rows[id_]]

    without = {name: value for name, value in model.items() if name != "api_key"}
    other = await client.patch(path, json={"model": without | {"model": "large"}})
    moved = await client.patch(path, json={"model": without | {"base_url": "https://elsewhere.example"}})

    assert made["model"]["has_api_key"] is True
    assert other.json()["model"]["has_api_key"] is True
    assert moved.json()["model"]["has_api_key"] is False, "a key goes nowhere it was not given for"
    assert kept() == ["sk-secret", "sk-secret", None]
    listed = await client.get("/v1/templates")
    assert "sk-secret" not in "".join([str(made), other.text, moved.text, listed.text])


async def test_a_corrected_job_becomes_an_example(world: World, client: httpx.AsyncClient) -> None:
    made = await _made(client)
    path = f"/v1/templates/{made['id']}/examples"
    job = await submit(client)
    await world.complete(job["id"])
    await world.find_fields(job["id"], RECEIPT)
    said = [
        {"path": "merchant_name", "value": "Bakery", "places": [{"page": 1, "bbox": [0.1, 0.1, 0.9, 0.13]}]}
    ]

    taught = await client.post(path, json={"job_id": job["id"], "fields": said})
    example = taught.json()["examples"][0]
    listed = (await client.get(path)).json()

    assert taught.status_code == 201, taught.text
    assert taught.json()["template_version"] == 2
    assert [field["path"] for field in example["fields"]] == ["total", "merchant_name"]
    assert example["pages"] == [1]
    assert listed == taught.json()
    kept = world.store.template_rows[next(iter(world.store.template_rows))][-1].examples[0]
    assert kept.anchors[0]["page"] == 1
    removed = await client.delete(f"{path}/{example['id']}")
    assert (removed.json()["template_version"], removed.json()["examples"]) == (3, [])
    problem_of(await client.delete(f"{path}/{example['id']}"), 404, "not_found")


async def test_a_job_of_others_teaches_nothing(world: World, client: httpx.AsyncClient) -> None:
    job = await submit(client)
    await world.complete(job["id"])
    await world.find_fields(job["id"], RECEIPT)

    async with world.client(world.other.key) as foreign:
        made = await _made(foreign)
        answer = await foreign.post(f"/v1/templates/{made['id']}/examples", json={"job_id": job["id"]})
        sent = await foreign.post(
            "/v1/jobs", files={"file": ("a", b"%PDF")}, data={"template_id": job_id(job["id"])}
        )

    problem_of(answer, 404, "not_found")
    problem_of(sent, 404, "not_found")


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"name": "x"}, 400, "document type"),
        ({"name": "x", "document_type": "poem"}, 400, "receipt"),
        ({"name": "x", "fields": {"Total": "money"}}, 400, "'Total' is no field name"),
        ({"name": "x", "fields": {"total": "coin"}}, 400, "fields.total: 'coin' is no type"),
        (
            {"name": "x", "fields": {"total": {"type": "money", "colour": 1}}},
            400,
            "'colour' is not supported",
        ),
        ({"name": "x", "fields": FIELDS, "rules": ["total =="]}, 400, "instead of the end"),
        ({"name": "x", "fields": FIELDS, "rules": ["totals > 0"]}, 400, "'totals'"),
        ({"name": "x", "fields": {"a": {"type": "string", "format": "(a+)+"}}}, 400, "too long"),
        ({"name": "x", "fields": FIELDS, "result_format": "gif"}, 400, "Formats"),
        ({"fields": FIELDS}, 422, "name"),
        ({"name": "x", "fields": 7}, 422, "fields"),
        (
            {"name": "x", "fields": FIELDS, "model": {"base_url": "file:///etc", "model": "m"}},
            422,
            "base_url",
        ),
    ],
)
async def test_a_wrong_template_is_refused_by_name(
    client: httpx.AsyncClient, body: dict[str, Any], status: int, told: str
) -> None:
    code = "invalid_request" if status == 400 else "validation_failed"

    assert told in problem_of(await client.post("/v1/templates", json=body), status, code)["detail"]


async def test_a_template_says_the_type_so_the_job_must_not(client: httpx.AsyncClient) -> None:
    made = await _made(client)
    data = {"template_id": made["id"], "document_type": "receipt"}

    both = await client.post("/v1/jobs", files={"file": ("a", b"%PDF")}, data=data)
    alone = await client.post("/v1/jobs", files={"file": ("a", b"%PDF")}, data={"template_version": "1"})

    problem_of(both, 400, "invalid_request")
    problem_of(alone, 400, "invalid_request")


async def test_a_templates_metadata_is_its_owners_and_stays(client: httpx.AsyncClient) -> None:
    made = await _made(client, metadata={"team": {"name": "Köln"}})
    path = f"/v1/templates/{made['id']}"

    renamed = await client.patch(path, json={"name": "Bakery 2"})
    cleared = await client.patch(path, json={"metadata": {}})
    first = await client.get(path, params={"version": 1})
    large = await client.patch(path, json={"metadata": {"x": "y" * 65_536}})

    assert made["metadata"] == renamed.json()["metadata"] == {"team": {"name": "Köln"}}
    assert cleared.json()["metadata"] == {}
    assert first.json()["metadata"] == made["metadata"]
    assert problem_of(large, 400, "invalid_request")["option"] == "metadata"


async def test_references_are_kept_with_the_next_version(client: httpx.AsyncClient) -> None:
    path = f"/v1/templates/{(await _made(client))['id']}"
    vendors = {"name": "vendors.json", "content": '[{"name": "Acme", "id": "V1"}, {"name": "Bolt"}]'}

    added = await client.post(f"{path}/references", json=vendors)

    assert added.status_code == 201, added.text
    assert added.json()["template_version"] == 2
    [kept] = added.json()["references"]
    assert (kept["name"], kept["entries"], kept["size_bytes"]) == ("vendors.json", 2, len(vendors["content"]))
    assert "content" not in kept
    await client.patch(path, json={"name": "Renamed"})
    assert (await client.get(f"{path}/references")).json()["references"] == [kept]
    left = await client.delete(f"{path}/references/{kept['id']}")
    assert left.json() == {"template_version": 4, "references": []}
    again = await client.delete(f"{path}/references/{kept['id']}")
    problem_of(again, 404, "not_found")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"name": "a.pdf", "content": "x"}, 400, "invalid_request"),
        ({"name": "a.json", "content": "{"}, 400, "invalid_request"),
        ({"name": "a.txt", "content": "a\u0000b"}, 400, "invalid_request"),
        ({"name": "a.txt", "content": "ä" * (600 * 1024)}, 413, "document_too_large"),
        ({"name": "a.txt"}, 422, "validation_failed"),
    ],
)
async def test_what_is_no_reference_is_refused(
    client: httpx.AsyncClient, body: dict[str, Any], status: int, code: str
) -> None:
    path = f"/v1/templates/{(await _made(client))['id']}/references"

    problem_of(await client.post(path, json=body), status, code)


async def test_a_template_has_so_many_references(client: httpx.AsyncClient) -> None:
    path = f"/v1/templates/{(await _made(client))['id']}/references"
    for number in range(20):
        answer = await client.post(path, json={"name": f"{number}.txt", "content": "a = b"})
        assert answer.status_code == 201
        assert (await client.get(path)).json()["template_version"] == number + 2

    problem_of(await client.post(path, json={"name": "x.txt", "content": "a = b"}), 400, "invalid_request")
