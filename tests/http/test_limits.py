"""Limits, quotas, usage, projects, keys and the audit over HTTP."""

from dataclasses import replace

import httpx
from tests.http.world import PDF, World, problem_of, submit


def limited(
    world: World, *, submits_per_minute: int | None = None, reads_per_minute: int | None = None
) -> None:
    policy = replace(
        world.services.policy, submits_per_minute=submits_per_minute, reads_per_minute=reads_per_minute
    )
    world.app.state.services = replace(world.services, policy=policy)


async def test_submissions_beyond_the_limit_are_refused_before_their_body_is_read(
    world: World, client: httpx.AsyncClient
) -> None:
    limited(world, submits_per_minute=2)
    first = await client.post("/v1/jobs", files={"file": ("a.pdf", PDF)})
    await submit(client)
    before = dict(world.blobs.content)

    refused = await client.post("/v1/jobs", files={"file": ("a.pdf", PDF)})
    read = await client.get("/v1/jobs")
    world.clock.advance(31)
    later = await client.post("/v1/jobs", files={"file": ("a.pdf", PDF)})

    assert first.headers["ratelimit-policy"] == '"submit";q=2;w=60'
    assert first.headers["ratelimit"] == '"submit";r=1;t=30'
    assert problem_of(refused, 429, "rate_limited")["retryable"] is True
    assert refused.headers["retry-after"] == "30"
    assert refused.headers["ratelimit"] == '"submit";r=0;t=60'
    assert world.blobs.content.keys() >= before.keys()
    assert len(world.store.rows) == 3
    assert read.status_code == 200
    assert later.status_code == 202


async def test_reads_have_a_limit_of_their_own(world: World, client: httpx.AsyncClient) -> None:
    limited(world, reads_per_minute=3)
    answers = [await client.get("/v1/me") for _ in range(4)]
    submitted = await client.post("/v1/jobs", files={"file": ("a.pdf", PDF)})

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["ratelimit"].split(";")[1] for answer in answers] == ["r=2", "r=1", "r=0", "r=0"]
    assert submitted.status_code == 202
    assert "ratelimit" not in submitted.headers, "submissions have no limit here"


async def test_a_projects_own_limit_comes_before_the_installations(
    world: World, client: httpx.AsyncClient
) -> None:
    limited(world, submits_per_minute=1)
    path = f"/v1/projects/proj_{world.acme.project.id}"
    changed = await client.patch(path, json={"submits_per_minute": 50})

    answers = [await client.post("/v1/jobs", files={"file": ("a.pdf", PDF)}) for _ in range(3)]

    assert changed.json()["submits_per_minute"] == 50
    assert [answer.status_code for answer in answers] == [202, 202, 202]
    assert answers[-1].headers["ratelimit-policy"] == '"submit";q=50;w=60'


async def test_a_quota_of_pages_is_told_and_held(world: World, client: httpx.AsyncClient) -> None:
    path = f"/v1/projects/proj_{world.acme.project.id}"
    await client.patch(path, json={"pages_per_month": 4})
    await submit(client)

    refused = await client.post("/v1/jobs", files={"file": ("b.pdf", PDF + b"2")})
    usage = (await client.get("/v1/usage")).json()
    by_key = (await client.get("/v1/usage", params={"by": "key"})).json()

    problem_of(refused, 429, "page_quota_exceeded")
    assert usage["quota"]["remaining"] == 1
    assert [month["pages"] for month in usage["months"]] == [3]
    assert [month["key_id"] is None for month in by_key["months"]] == [False]
    problem_of(await client.get("/v1/usage", params={"from": "2026-13"}), 422, "validation_failed")
    problem_of(
        await client.get("/v1/usage", params={"from": "1990-01", "to": "2026-01"}), 400, "invalid_request"
    )


async def test_a_bound_key_cannot_loosen_its_own_limits(world: World, client: httpx.AsyncClient) -> None:
    path = f"/v1/projects/proj_{world.acme.project.id}"
    async with world.client(await world.key(world.acme, bound=True)) as bound:
        named = await bound.patch(path, json={"name": "renamed", "result_retention_s": 60})
        loosened = await bound.patch(path, json={"pages_per_month": None})
    empty = await client.patch(path, json={})
    null = await client.patch(path, json={"name": None})

    assert (named.json()["name"], named.json()["result_retention_s"]) == ("renamed", 60)
    problem_of(loosened, 403, "forbidden")
    problem_of(empty, 422, "validation_failed")
    problem_of(null, 422, "validation_failed")


async def test_a_key_is_rotated_with_its_rights(world: World, client: httpx.AsyncClient) -> None:
    old = (
        await client.post("/v1/keys", json={"name": "x", "scopes": ["jobs:read"], "prefix": "frc_"})
    ).json()

    new = (await client.post(f"/v1/keys/{old['id']}/rotate", json={"grace_s": 60})).json()
    async with world.client(old["key"]) as before, world.client(new["key"]) as after:
        within = await before.get("/v1/me")
        me = (await after.get("/v1/me")).json()
        world.clock.advance(61)
        ended = await before.get("/v1/me")
    revoked = (await client.delete(f"/v1/keys/{new['id']}")).json()
    again = await client.post(f"/v1/keys/{new['id']}/rotate", json={})

    assert new["key"].startswith("frc_")
    assert (me["key_id"], me["scopes"], me["name"]) == (new["id"], ["jobs:read"], "x")
    assert within.status_code == 200
    problem_of(ended, 401, "unauthenticated")
    assert revoked["revoked_at"] is not None
    problem_of(again, 409, "conflict")


async def test_projects_are_listed_by_cursor(world: World, client: httpx.AsyncClient) -> None:
    for number in range(3):
        world.clock.advance(1)
        await client.post("/v1/projects", json={"name": f"p{number}"})
    first = (await client.get("/v1/projects", params={"limit": 2})).json()
    rest = (await client.get("/v1/projects", params={"cursor": first["next_cursor"]})).json()

    assert [p["name"] for p in first["projects"] + rest["projects"]] == ["first", "p0", "p1", "p2"]
    assert rest["next_cursor"] is None


async def test_what_was_done_is_in_the_audit_and_not_what_documents_say(
    world: World, client: httpx.AsyncClient
) -> None:
    key = (await client.post("/v1/keys", json={"name": "x", "scopes": ["jobs:read"]})).json()
    await client.delete(f"/v1/keys/{key['id']}")
    batch = (await client.post("/v1/batches", json={"name": "secret name"})).json()
    await client.delete(f"/v1/batches/{batch['id']}")

    entries = (await client.get("/v1/audit")).json()["entries"]
    some = (await client.get("/v1/audit", params={"action": "key.revoked"})).json()["entries"]
    async with world.client(world.other.key) as stranger:
        foreign = (await stranger.get("/v1/audit")).json()["entries"]

    assert [entry["action"] for entry in entries] == ["batch.cancelled", "key.revoked", "key.created"]
    assert [entry["subject_id"] for entry in entries] == [batch["id"], key["id"], key["id"]]
    assert all(entry["key_id"].startswith("key_") for entry in entries)
    assert [entry["action"] for entry in some] == ["key.revoked"]
    assert foreign == []
    assert "secret name" not in str(entries)


async def test_nobody_is_asked_for_a_document_beyond_the_limits(
    world: World, client: httpx.AsyncClient
) -> None:
    url = "https://files.test/a.pdf"
    world.egress.documents[url] = PDF
    limited(world, submits_per_minute=1)
    await submit(client)
    often = [
        await client.post("/v1/jobs", json={"url": url}),
        await client.post("/v1/batches", json={"documents": [{"url": url}]}),
        await client.post("/v1/inspect", json={"url": url}),
    ]
    limited(world)
    await client.patch(f"/v1/projects/proj_{world.acme.project.id}", json={"pages_per_month": 3})
    used_up = await client.post("/v1/jobs", json={"url": url})
    batch = await client.post("/v1/batches", json={"documents": [{"url": url}]})

    for refused in often:
        problem_of(refused, 429, "rate_limited")
    problem_of(used_up, 429, "page_quota_exceeded")
    assert batch.json()["refused"][0]["code"] == "page_quota_exceeded"
    assert world.egress.asked == []
