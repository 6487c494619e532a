"""Who asks: projects, tokens, limits, and how refusals look."""

from dataclasses import replace

import httpx
import pytest

from octavo.domain.limits import RequestLimits
from octavo.domain.tenancy import Scope
from tests.dialects.ocriva.acme import BASE, client_of, form, read, refused, uploaded
from tests.http.world import PDF, World


@pytest.mark.shows("GET /v1/openapi/projects")
async def test_projects_are_a_bare_array_of_those_in_reach(
    ocriva: httpx.AsyncClient, whole: httpx.AsyncClient, world: World
) -> None:
    world.clock.advance(1)
    second = await world.store.add_project(world.acme.organization.id, "second")

    own, every = await read(ocriva, "/projects"), await read(whole, "/projects")

    assert own == [
        {
            "id": world.acme.project.id,
            "name": "first",
            "description": "",
            "organizationId": world.acme.organization.id,
            "isActive": True,
            "createdAt": "2026-11-22T04:00:00.000Z",
            "updatedAt": "2026-11-22T04:00:00.000Z",
        }
    ]
    assert [project["id"] for project in every] == [world.acme.project.id, second.id]


async def test_a_key_without_scopes_for_it_still_knows_its_projects(world: World) -> None:
    async with client_of(world, await world.key(world.acme, [Scope.EXTRACT_WRITE])) as client:
        assert len(await read(client, "/projects")) == 1
        sent = await client.post("/upload", files={"file": ("a.pdf", PDF)}, data=form(world))
        assert sent.status_code == 201
        refused(
            await client.get("/processing-history", params={"projectId": world.acme.project.id}), 403, "scope"
        )


@pytest.mark.parametrize("path", ["/processing-history", "/processing-history/stats", "/batch"])
async def test_an_organizations_key_says_for_which_project(
    whole: httpx.AsyncClient, ocriva: httpx.AsyncClient, world: World, path: str
) -> None:
    refused(await whole.get(path), 400, "projectId")
    refused(await whole.get(path, params={"projectId": world.other.project.id}), 401)
    refused(await whole.get(path, params={"projectId": "proj_x"}), 401)
    refused(await ocriva.get(path, params={"projectId": world.other.project.id}), 401)
    assert (await whole.get(path, params={"projectId": world.acme.project.id})).status_code == 200
    assert (await ocriva.get(path)).status_code == 200


@pytest.mark.shows("POST /v1/openapi/auth/login")
async def test_a_login_gives_an_hour(ocriva: httpx.AsyncClient, world: World) -> None:
    key = await world.key(world.acme, bound=True)
    sent = await uploaded(ocriva, world)

    login = (await ocriva.post("/auth/login", json={"token": key})).json()
    bearer = {"Authorization": f"Bearer {login['accessToken']}"}
    path = f"/processing-history/{sent['id']}"

    assert set(login) == {"accessToken", "expiresIn", "tokenInfo"}
    assert login["expiresIn"] == 3600
    assert login["tokenInfo"]["type"] == "project"
    assert login["tokenInfo"]["projectId"] == world.acme.project.id
    assert (await ocriva.get(path, headers=bearer)).json()["id"] == sent["id"]
    forged = {"Authorization": f"Bearer {login['accessToken'][:-2]}xx"}
    refused(await ocriva.get(path, headers=forged), 401)
    world.clock.advance(3601)
    refused(await ocriva.get(path, headers=bearer), 401)


async def test_a_token_ends_with_its_key_and_cannot_be_made_from_itself(
    ocriva: httpx.AsyncClient, world: World
) -> None:
    key = await world.key(world.acme)
    token = (await ocriva.post("/auth/login", json={"token": key})).json()["accessToken"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert len((await ocriva.get("/projects", headers=bearer)).json()) == 1

    refused(await ocriva.post("/auth/login", json={"token": token}), 401)
    digest, row = list(world.store.key_rows.items())[-1]
    world.store.key_rows[digest] = replace(row, revoked_at=world.clock.now())
    world.clock.advance(11)

    refused(await ocriva.get("/projects", headers=bearer), 401)


@pytest.mark.parametrize("body", [{}, {"token": ""}, {"token": 7}])
async def test_a_login_of_the_wrong_shape_names_the_token(
    ocriva: httpx.AsyncClient, body: dict[str, object]
) -> None:
    answer = await ocriva.post("/auth/login", json=body)

    refused(answer, 400)
    assert [text.partition(":")[0] for text in answer.json()["message"]] == ["token"]
    refused(await ocriva.post("/auth/login", json={"token": "ocr_unknown"}), 401)


async def test_limits_stand_on_every_answer_and_a_wait_on_429_alone(world: World) -> None:
    project = world.acme.project
    limits = RequestLimits(reads_per_minute=2)
    world.store.project_rows[project.id] = replace(project, limits=limits)
    async with client_of(world, await world.key(world.acme, bound=True)) as client:
        answers = [await client.get("/projects") for _ in range(3)]
        unknown = await client.get("/nothing")

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["x-ratelimit-limit"] for answer in answers] == ["2"] * 3
    assert [answer.headers["x-ratelimit-remaining"] for answer in answers] == ["1", "0", "0"]
    now = world.clock.now().timestamp()
    assert all(now < int(answer.headers["x-ratelimit-reset"]) <= now + 60 for answer in answers)
    assert [answer.headers.get("retry-after") for answer in (*answers, unknown)] == [None, None, "30", None]
    refused(answers[2], 429)
    assert unknown.headers["x-ratelimit-limit"] == "60", "the vendor's, where nobody is known to be limited"


async def test_refusals_have_the_three_members(ocriva: httpx.AsyncClient) -> None:
    unknown = await ocriva.get("/nothing")
    wrong = await ocriva.get("/processing-history", params={"page": "x", "limit": "y"})

    assert unknown.json() == {
        "statusCode": 404,
        "message": f"Cannot GET {httpx.URL(BASE).path}/nothing",
        "error": "Not Found",
    }
    assert wrong.json()["statusCode"] == 400
    assert [text.partition(":")[0] for text in wrong.json()["message"]] == ["page", "limit"]
    assert wrong.json()["error"] == "Bad Request"


async def test_a_bearer_key_is_as_good_as_the_header(world: World) -> None:
    async with client_of(world, "") as client:
        key = await world.key(world.acme, bound=True)
        answer = await client.get("/projects", headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == 200
