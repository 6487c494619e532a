"""A dialect of the test's own: every answer has its shape, whatever went wrong."""

import subprocess
import sys

import httpx
import pytest
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.dialects._kit import Dialect, address_of
from octavo.dialects._members import member
from octavo.dialects.table import DIALECTS
from octavo.domain.errors import InvalidRequest, OctavoError
from octavo.server.front import create_front, parse_hosts
from tests.http.world import World

router = APIRouter()


@router.get("/v9/where")
async def where(request: Request) -> dict[str, str]:
    return {"at": address_of(request, "/v9/else")}


@router.get("/v9/bug")
async def bug() -> None:
    raise ValueError("the secret words of a document")


@router.get("/v9/number/{number}")
async def number(number: int) -> dict[str, int]:
    return {"number": number}


def _refuse(request: Request, error: OctavoError, status: int) -> Response:
    return JSONResponse({"oops": error.code, "path": request.url.path}, status)


TOY = Dialect("toy", "Toy", lambda: [router], _refuse, lambda _: {"X-Toy": "yes"})


@pytest.fixture
def client(world: World, monkeypatch: pytest.MonkeyPatch) -> httpx.AsyncClient:
    monkeypatch.setitem(DIALECTS, "toy", TOY)
    front = create_front(world.services, hosts="toy.test=toy")
    transport = httpx.ASGITransport(front, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://octavo.test")


@pytest.fixture
async def world() -> World:
    return await World().settle()


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v9/nothing", 404, "unknown_address"),
        ("/v9/number/x", 422, "validation_failed"),
        ("/v9/bug", 500, "internal_error"),
    ],
)
async def test_every_refusal_has_the_vendors_shape(
    client: httpx.AsyncClient, path: str, status: int, code: str
) -> None:
    answer = await client.get(f"/compat/toy{path}")
    assert answer.status_code == status
    assert answer.json() == {"oops": code, "path": f"/compat/toy{path}"}
    assert answer.headers["x-toy"] == "yes"
    assert "secret words" not in answer.text


async def test_a_wrong_method_is_refused_in_the_vendors_shape_and_names_the_right_one(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post("/compat/toy/v9/where")
    assert answer.status_code == 405
    assert answer.json()["oops"] == "method_not_allowed"
    assert answer.headers["allow"] == "GET"


async def test_addresses_are_those_by_which_the_caller_came(client: httpx.AsyncClient) -> None:
    below = await client.get("/compat/toy/v9/where")
    at_root = await client.get("/v9/where", headers={"Host": "TOY.test:8443"})
    assert below.json() == {"at": "http://octavo.test/compat/toy/v9/else"}
    assert at_root.json() == {"at": "http://TOY.test:8443/v9/else"}


async def test_another_host_and_another_path_are_the_native_apis(client: httpx.AsyncClient) -> None:
    for path in ("/v9/where", "/compat/nobody/v9/where", "/compat/"):
        answer = await client.get(path)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_host_of_an_unknown_dialect_is_refused_by_name() -> None:
    with pytest.raises(InvalidRequest, match=r"a\.test=nobody"):
        parse_hosts("a.test=nobody")


def test_members_are_found_by_path_and_missing_ones_have_the_default() -> None:
    values = {"items": [{"name": "bolt"}], "none": None}
    assert member(values, "items.0.name") == "bolt"
    assert member(values, "items.1.name", "-") == "-"
    assert member(values, "none", 0) == 0


def test_workers_render_webhooks_without_a_web_framework() -> None:
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, octavo.dialects.webhooks; print({'fastapi', 'starlette'} & set(sys.modules))",
        ],
        check=True,
        capture_output=True,
        text=True,
    )

    assert loaded.stdout.strip() == "set()"
