"""Who may do what: keys, scopes, projects, and the wall between tenants."""

from typing import Any

import httpx
import pytest
from tests.http.world import PDF, Tenancy, World, problem_of, submit

from octavo.domain.tenancy import Scope


@pytest.mark.parametrize(
    "path", ["/v1/jobs", "/v1/jobs/stats", "/v1/files", "/v1/engines", "/v1/keys", "/v1/projects"]
)
async def test_without_a_key_nothing_is_told(world: World, path: str) -> None:
    async with world.client(None) as nobody:
        answer = await nobody.get(path)

    problem_of(answer, 401, "unauthenticated")
    assert answer.headers["www-authenticate"] == 'Bearer realm="octavo"'


async def test_a_key_may_come_in_either_header(world: World) -> None:
    async with world.client(None) as client:
        by_bearer = await client.get("/v1/engines", headers={"Authorization": f"bearer {world.acme.key}"})
        by_header = await client.get("/v1/engines", headers={"X-API-Key": world.acme.key})
        basic = await client.get("/v1/engines", headers={"Authorization": f"Basic {world.acme.key}"})
        wrong = await client.get("/v1/engines", headers={"X-API-Key": "pk_live_wrong"})
        strange = await client.get("/v1/engines", headers=[(b"X-API-Key", b"\xff\xfe")])

    assert (by_bearer.status_code, by_header.status_code) == (200, 200)
    for answer in (basic, wrong, strange):
        problem_of(answer, 401, "unauthenticated")


async def test_engines_are_told_exactly(client: httpx.AsyncClient) -> None:
    engine = (await client.get("/v1/engines")).json()["engines"][0]

    assert engine["name"] == "paper"
    assert engine["digest"].startswith("sha256:")
    assert engine["models"] == [
        {"name": "paper.onnx", "sha256": "2" * 64, "licence": "Apache-2.0", "size_bytes": 7}
    ]
    assert engine["profiles"] == ["fast", "standard", "advanced"]


async def test_a_known_key_is_looked_up_once_in_ten_seconds(world: World, client: httpx.AsyncClient) -> None:
    for _ in range(5):
        await client.get("/v1/engines")
    within = world.store.key_lookups
    world.clock.advance(11)
    await client.get("/v1/engines")

    assert within == 1
    assert world.store.key_lookups == 2


async def test_an_unknown_key_is_not_remembered(world: World) -> None:
    async with world.client("pk_live_guess") as client:
        await client.get("/v1/engines")
        await client.get("/v1/engines")

    assert world.store.key_lookups == 2


async def test_a_key_is_made_shown_once_used_and_revoked(world: World, client: httpx.AsyncClient) -> None:
    body = {"name": "reader", "scopes": ["jobs:read"], "expires_at": "2027-01-01T00:00:00Z"}
    made = await client.post("/v1/keys", json=body)
    key = made.json()

    async with world.client(key["key"]) as reader:
        before = await reader.get("/v1/jobs")
        refused = await reader.post("/v1/jobs", files={"file": ("a.pdf", PDF)})
        revoked = await client.delete(f"/v1/keys/{key['id']}")
        after = await reader.get("/v1/jobs")

    assert made.status_code == 201
    assert key["key"].startswith("pk_live_")
    assert key["scopes"] == ["jobs:read"]
    assert before.status_code == 200
    assert problem_of(refused, 403, "forbidden")["scope"] == "extract:write"
    assert revoked.json()["revoked_at"] is not None
    problem_of(after, 401, "unauthenticated")
    listed = await client.get("/v1/keys")
    assert key["key"] not in listed.text
    assert {entry["id"] for entry in listed.json()["keys"]} >= {key["id"]}


async def test_a_key_is_disabled_and_enabled_and_a_revoked_one_stays_so(
    world: World, client: httpx.AsyncClient
) -> None:
    key = (await client.post("/v1/keys", json={"name": "reader", "scopes": ["jobs:read"]})).json()
    path = f"/v1/keys/{key['id']}"

    async with world.client(key["key"]) as reader:
        before = await reader.get("/v1/jobs")
        off = await client.patch(path, json={"disabled": True})
        again = await client.patch(path, json={"disabled": True})
        refused = await reader.get("/v1/jobs")
        on = await client.patch(path, json={"disabled": False})
        after = await reader.get("/v1/jobs")
    await client.delete(path)
    revoked = await client.patch(path, json={"disabled": False})
    entries = (await client.get("/v1/audit")).json()["entries"]

    assert (before.status_code, after.status_code) == (200, 200)
    problem_of(refused, 401, "unauthenticated")
    assert off.json()["disabled_at"] == again.json()["disabled_at"] is not None
    assert on.json()["disabled_at"] is None
    problem_of(revoked, 409, "conflict")
    assert [entry["action"] for entry in entries][:4] == [
        "key.revoked",
        "key.enabled",
        "key.disabled",
        "key.created",
    ]


async def test_a_key_cannot_lock_itself_out(client: httpx.AsyncClient) -> None:
    mine = (await client.get("/v1/keys")).json()["keys"][0]["id"]

    problem_of(await client.patch(f"/v1/keys/{mine}", json={"disabled": True}), 409, "conflict")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"name": "x", "scopes": []}, 422, "validation_failed"),
        ({"name": "x", "scopes": ["root"]}, 422, "validation_failed"),
        ({"name": "", "scopes": ["admin"]}, 422, "validation_failed"),
        ({"name": "x", "scopes": ["admin"], "expires_at": "2020-01-01T00:00:00Z"}, 400, "invalid_request"),
        ({"name": "x", "scopes": ["admin"], "project_id": "proj_" + "0" * 24}, 404, "not_found"),
        ({"name": "x", "scopes": ["admin"], "prefix": "has space"}, 422, "validation_failed"),
    ],
)
async def test_a_wrong_key_request_is_refused(
    client: httpx.AsyncClient, body: dict[str, Any], status: int, code: str
) -> None:
    problem_of(await client.post("/v1/keys", json=body), status, code)


async def test_a_bound_key_makes_only_keys_of_its_project(world: World, client: httpx.AsyncClient) -> None:
    second = (await client.post("/v1/projects", json={"name": "second"})).json()
    async with world.client(await world.key(world.acme, bound=True)) as bound:
        made = await bound.post("/v1/keys", json={"name": "x", "scopes": ["admin"]})
        elsewhere = await bound.post(
            "/v1/keys", json={"name": "x", "scopes": ["admin"], "project_id": second["id"]}
        )
        project = await bound.post("/v1/projects", json={"name": "third"})
        projects = await bound.get("/v1/projects")
    named = await client.post("/v1/keys", json={"name": "x", "scopes": ["admin"], "project_id": second["id"]})

    assert made.json()["project_id"] == f"proj_{world.acme.project.id}"
    problem_of(elsewhere, 404, "not_found")
    problem_of(project, 403, "forbidden")
    assert [entry["name"] for entry in projects.json()["projects"]] == ["first"]
    assert named.json()["project_id"] == second["id"]


NEEDS = [
    ("GET", "/v1/jobs", Scope.JOBS_READ),
    ("GET", "/v1/jobs/stats", Scope.JOBS_READ),
    ("GET", "/v1/jobs/{job}", Scope.JOBS_READ),
    ("GET", "/v1/jobs/{job}/result", Scope.JOBS_READ),
    ("GET", "/v1/jobs/{job}/pages", Scope.JOBS_READ),
    ("GET", "/v1/jobs/{job}/pages/1", Scope.JOBS_READ),
    ("GET", "/v1/jobs/{job}/source", Scope.JOBS_READ),
    ("GET", "/v1/jobs/{job}/events", Scope.JOBS_READ),
    ("DELETE", "/v1/jobs/{job}", Scope.JOBS_WRITE),
    ("POST", "/v1/jobs/{job}/retry", Scope.JOBS_WRITE),
    ("POST", "/v1/jobs/{job}/purge", Scope.JOBS_WRITE),
    ("POST", "/v1/jobs", Scope.EXTRACT_WRITE),
    ("POST", "/v1/inspect", Scope.EXTRACT_WRITE),
    ("POST", "/v1/files", Scope.FILES_WRITE),
    ("DELETE", "/v1/files/{file}", Scope.FILES_WRITE),
    ("GET", "/v1/jobs/{job}/images/1-0123456789ab", Scope.JOBS_READ),
    ("GET", "/v1/jobs/{job}/pages/1/image", Scope.JOBS_READ),
    ("POST", "/v1/jobs/{job}/pages/1/image/address", Scope.JOBS_READ),
    ("GET", "/v1/files", Scope.FILES_READ),
    ("GET", "/v1/files/{file}", Scope.FILES_READ),
    ("GET", "/v1/files/{file}/content", Scope.FILES_READ),
    ("GET", "/v1/keys", Scope.ADMIN),
    ("POST", "/v1/keys", Scope.ADMIN),
    ("DELETE", "/v1/keys/{key}", Scope.ADMIN),
    ("PATCH", "/v1/keys/{key}", Scope.ADMIN),
    ("GET", "/v1/webhooks", Scope.WEBHOOKS_WRITE),
    ("POST", "/v1/webhooks", Scope.WEBHOOKS_WRITE),
    ("GET", "/v1/webhooks/{webhook}", Scope.WEBHOOKS_WRITE),
    ("PATCH", "/v1/webhooks/{webhook}", Scope.WEBHOOKS_WRITE),
    ("DELETE", "/v1/webhooks/{webhook}", Scope.WEBHOOKS_WRITE),
    ("POST", "/v1/webhooks/{webhook}/rotate", Scope.WEBHOOKS_WRITE),
    ("POST", "/v1/webhooks/{webhook}/test", Scope.WEBHOOKS_WRITE),
    ("GET", "/v1/webhooks/{webhook}/deliveries", Scope.WEBHOOKS_WRITE),
    ("GET", "/v1/webhooks/{webhook}/deliveries/{delivery}", Scope.WEBHOOKS_WRITE),
    ("POST", "/v1/webhooks/{webhook}/deliveries/{delivery}/replay", Scope.WEBHOOKS_WRITE),
    ("GET", "/v1/events", Scope.JOBS_READ),
    ("GET", "/v1/jobs/{job}/fields", Scope.JOBS_READ),
    ("PATCH", "/v1/jobs/{job}/fields", Scope.JOBS_WRITE),
    ("GET", "/v1/jobs/{job}/fields/history", Scope.JOBS_READ),
    ("GET", "/v1/templates", Scope.JOBS_READ),
    ("POST", "/v1/templates", Scope.TEMPLATES_WRITE),
    ("GET", "/v1/templates/{template}", Scope.JOBS_READ),
    ("PUT", "/v1/templates/{template}", Scope.TEMPLATES_WRITE),
    ("PATCH", "/v1/templates/{template}", Scope.TEMPLATES_WRITE),
    ("DELETE", "/v1/templates/{template}", Scope.TEMPLATES_WRITE),
    ("GET", "/v1/templates/{template}/versions", Scope.JOBS_READ),
    ("GET", "/v1/templates/{template}/schema", Scope.JOBS_READ),
    ("GET", "/v1/templates/{template}/examples", Scope.JOBS_READ),
    ("POST", "/v1/templates/{template}/examples", Scope.TEMPLATES_WRITE),
    ("DELETE", "/v1/templates/{template}/examples/{example}", Scope.TEMPLATES_WRITE),
    ("GET", "/v1/templates/{template}/references", Scope.JOBS_READ),
    ("POST", "/v1/templates/{template}/references", Scope.TEMPLATES_WRITE),
    ("DELETE", "/v1/templates/{template}/references/{reference}", Scope.TEMPLATES_WRITE),
    ("GET", "/v1/projects", Scope.ADMIN),
    ("POST", "/v1/projects", Scope.ADMIN),
    ("GET", "/v1/projects/{project}", Scope.ADMIN),
    ("PATCH", "/v1/projects/{project}", Scope.ADMIN),
    ("GET", "/v1/keys/{key}", Scope.ADMIN),
    ("POST", "/v1/keys/{key}/rotate", Scope.ADMIN),
    ("GET", "/v1/audit", Scope.ADMIN),
    ("GET", "/v1/usage", Scope.USAGE_READ),
    ("POST", "/v1/jobs/{job}/replay", Scope.EXTRACT_WRITE),
    ("GET", "/v1/jobs/{job}/diff/{job}", Scope.JOBS_READ),
    ("POST", "/v1/batches", Scope.EXTRACT_WRITE),
    ("GET", "/v1/batches", Scope.JOBS_READ),
    ("GET", "/v1/batches/{batch}", Scope.JOBS_READ),
    ("DELETE", "/v1/batches/{batch}", Scope.JOBS_WRITE),
    ("GET", "/v1/batches/{batch}/export", Scope.JOBS_READ),
    ("POST", "/v1/uploads", Scope.FILES_WRITE),
    ("GET", "/v1/uploads", Scope.FILES_WRITE),
    ("GET", "/v1/uploads/{upload}", Scope.FILES_WRITE),
    ("PUT", "/v1/uploads/{upload}/parts/1", Scope.FILES_WRITE),
    ("PUT", "/v1/uploads/{upload}/content", Scope.FILES_WRITE),
    ("POST", "/v1/uploads/{upload}/complete", Scope.FILES_WRITE),
    ("DELETE", "/v1/uploads/{upload}", Scope.FILES_WRITE),
]
"""Every route that needs a scope, and which."""


@pytest.mark.parametrize(("method", "path", "scope"), NEEDS)
async def test_every_route_needs_its_scope_and_no_other(
    world: World, client: httpx.AsyncClient, method: str, path: str, scope: Scope
) -> None:
    path = await _filled(path, world.acme, world, client)
    others = set(Scope) - {scope, Scope.ADMIN}

    async with world.client(await world.key(world.acme, others)) as without:
        problem_of(await without.request(method, path), 403, "forbidden")
    async with world.client(await world.key(world.acme, {scope})) as with_it:
        answer = await with_it.request(method, path)
        assert answer.status_code not in {401, 403}, answer.text


FOREIGN = [(method, path) for method, path, _ in NEEDS if "{" in path]


ANY_KEY = {
    ("GET", "/v1/engines"),
    ("GET", "/v1/me"),
    ("POST", "/v1/me/token"),
    ("GET", "/v1/document-types"),
    ("GET", "/v1/document-types/receipt"),
    ("GET", "/v1/document-types/receipt/schema"),
}


def test_the_list_of_routes_is_complete(world: World) -> None:
    known = {(method, path) for method, path, _ in NEEDS} | ANY_KEY
    document = world.app.openapi()
    found = {
        (method.upper(), _named(path))
        for path, operations in document["paths"].items()
        for method in operations
        if path.startswith("/v1")
    }

    assert found == known


def _named(path: str) -> str:
    for long, short in (
        ("other_job_id", "job"),
        ("job_id", "job"),
        ("batch_id", "batch"),
        ("upload_id", "upload"),
        ("project_id", "project"),
        ("file_id", "file"),
        ("key_id", "key"),
        ("template_id", "template"),
        ("example_id", "example"),
        ("reference_id", "reference"),
        ("{document_type}", "receipt"),
        ("webhook_id", "webhook"),
        ("delivery_id", "delivery"),
        ("{number}", "1"),
        ("{name}", "1-0123456789ab"),
    ):
        path = path.replace(long, short)
    return path


@pytest.mark.parametrize(("method", "path"), FOREIGN)
@pytest.mark.parametrize("who", ["organization", "project"])
async def test_what_is_anothers_does_not_exist(
    world: World, client: httpx.AsyncClient, method: str, path: str, who: str
) -> None:
    path = await _filled(path, world.acme, world, client)
    if who == "organization":
        foreign_key = world.other.key
    else:
        second = await world.store.add_project(world.acme.organization.id, "second")
        foreign_key = await world.key(Tenancy(world.acme.organization, second, ""), bound=True)
    own = await client.get("/v1/jobs")
    before = dict(world.blobs.content)

    async with world.client(foreign_key) as foreign:
        foreign_answer = await foreign.request(method, path)
        problem = problem_of(foreign_answer, 404, "not_found")
        nobody = problem_of(await foreign.request(method, _emptied(path)), 404, "not_found")

    assert problem["detail"] == nobody["detail"], "an id of others looks like an id of nobody"
    assert own.json()["jobs"]
    assert world.blobs.content == before


async def test_a_foreign_file_or_project_cannot_be_used_in_a_submission(
    world: World, client: httpx.AsyncClient
) -> None:
    file = (await client.post("/v1/files", files={"file": ("a", PDF)})).json()

    async with world.client(world.other.key) as foreign:
        by_file = await foreign.post("/v1/jobs", json={"file_id": file["id"]})
        look = await foreign.post("/v1/inspect", json={"file_id": file["id"]})
        into = await foreign.post(
            "/v1/jobs", files={"file": ("a", PDF)}, data={"project_id": world.acme.project.id}
        )
        jobs = (await foreign.get("/v1/jobs")).json()
        files = (await foreign.get("/v1/files")).json()

    for answer in (by_file, look, into):
        problem_of(answer, 404, "not_found")
    assert jobs["jobs"] == []
    assert files["files"] == []


async def _filled(path: str, owner: Tenancy, world: World, client: httpx.AsyncClient) -> str:
    """The path with ids of the owner's own things: a completed job, a file, a key."""
    job = (await submit(client))["id"]
    await world.complete(job)
    await client.get(f"/v1/jobs/{job}")
    file = (await client.post("/v1/files", files={"file": ("a", PDF)})).json()["id"]
    bound = await world.key(owner, bound=True)
    key = next(row.id for row in world.store.key_rows.values() if bound.startswith(row.hint))
    webhook, delivery = await _told_webhook(client)
    batch = (await client.post("/v1/batches", json={})).json()["id"]
    await submit(client, batch_id=batch)
    upload = (await client.post("/v1/uploads", json={"filename": "a"})).json()["id"]
    template = (await client.post("/v1/templates", json={"name": "t", "fields": {"a": "string"}})).json()[
        "id"
    ]
    return path.format(
        template=template,
        example="0" * 24,
        reference="0" * 24,
        job=job,
        file=file,
        key=f"key_{key}",
        webhook=webhook,
        delivery=delivery,
        batch=batch,
        upload=upload,
        project=f"proj_{owner.project.id}",
    )


async def _told_webhook(client: httpx.AsyncClient) -> tuple[str, str]:
    """A webhook, and a delivery it is owed."""
    webhook = (await client.post("/v1/webhooks", json={"url": "https://hooks.test/in"})).json()["id"]
    return webhook, (await client.post(f"/v1/webhooks/{webhook}/test")).json()["id"]


def _emptied(path: str) -> str:
    """The same path with an id that was never given out."""
    parts = path.split("/")
    prefix = parts[3].split("_")[0]
    return "/".join([*parts[:3], f"{prefix}_{'0' * 24}", *parts[4:]])
