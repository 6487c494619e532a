"""Pictures of blocks, and pages as they look."""

from dataclasses import replace

import httpx
from tests.exporters.samples import block_of, page_of
from tests.http.world import World, problem_of, submit

from octavo.domain.document import BlockType, Page, Picture
from octavo.domain.ids import JobId
from octavo.domain.storage import page_picture_key, source_prefix

PICTURE = Picture.of(1, "image/png", b"the bytes of a picture", 40, 30)


def _page() -> Page:
    block = replace(block_of(BlockType.IMAGE, ""), body={"image": PICTURE.to_body(), "alt": "a boat"})
    return replace(page_of(1, block), pictures=(PICTURE,))


async def _reading(world: World, client: httpx.AsyncClient) -> str:
    id_: str = (await submit(client))["id"]
    world.begin(id_)
    await world.read_page(id_, 1, _page())
    return id_


async def test_a_block_says_where_its_picture_is_and_it_is_there(
    world: World, client: httpx.AsyncClient
) -> None:
    id_ = await _reading(world, client)
    page = (await client.get(f"/v1/jobs/{id_}/pages/1")).json()

    address = page["blocks"][0]["image"]["url"]
    answer = await client.get(address)
    again = await client.get(address, headers={"If-None-Match": answer.headers["etag"]})

    assert address == f"/v1/jobs/{id_}/images/{PICTURE.name}"
    assert answer.content == PICTURE.content
    assert answer.headers["content-type"] == "image/png"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert again.status_code == 304


async def test_a_picture_nobody_has_is_not_found(world: World, client: httpx.AsyncClient) -> None:
    id_ = await _reading(world, client)

    for name in ("1-000000000000", "7-000000000000", "0-000000000000", "x"):
        problem_of(await client.get(f"/v1/jobs/{id_}/images/{name}"), 404, "not_found")


async def test_pictures_of_another_tenant_are_not_found(world: World, client: httpx.AsyncClient) -> None:
    id_ = await _reading(world, client)

    async with world.client(world.other.key) as stranger:
        problem_of(await stranger.get(f"/v1/jobs/{id_}/images/{PICTURE.name}"), 404, "not_found")
        problem_of(await stranger.get(f"/v1/jobs/{id_}/pages/1/image"), 404, "not_found")


async def test_a_page_is_drawn_once_for_each_resolution(world: World, client: httpx.AsyncClient) -> None:
    id_ = await _reading(world, client)

    first = await client.get(f"/v1/jobs/{id_}/pages/1/image", params={"dpi": 150})
    stored = set(world.blobs.content)
    second = await client.get(f"/v1/jobs/{id_}/pages/1/image", params={"dpi": 150})

    assert first.content == b"page 1 at 150 dpi"
    assert second.content == first.content
    assert set(world.blobs.content) == stored
    assert first.headers["content-type"] == "image/png"
    assert first.headers["content-disposition"] == 'attachment; filename="page-1.png"'


async def test_only_some_resolutions_are_drawn(world: World, client: httpx.AsyncClient) -> None:
    id_ = await _reading(world, client)

    answer = await client.get(f"/v1/jobs/{id_}/pages/1/image", params={"dpi": 1200})

    problem = problem_of(answer, 422, "validation_failed")
    assert "dpi" in str(problem), problem


async def test_options_of_a_format_are_checked(world: World, client: httpx.AsyncClient) -> None:
    id_: str = (await submit(client))["id"]
    await world.complete(id_)

    unknown = await client.get(f"/v1/jobs/{id_}/result", params={"format": "json", "colour": "red"})
    wrong = await client.get(f"/v1/jobs/{id_}/result", params={"format": "json", "images": "all"})
    plain = await client.get(f"/v1/jobs/{id_}/result", params={"format": "json"})
    inline = await client.get(f"/v1/jobs/{id_}/result", params={"format": "json", "images": "inline"})

    assert "it has: images" in problem_of(unknown, 400, "invalid_request")["detail"]
    assert "may be url, inline, none" in problem_of(wrong, 400, "invalid_request")["detail"]
    assert inline.status_code == 200
    assert inline.headers["etag"] != plain.headers["etag"]


def test_a_page_as_it_looks_is_kept_no_longer_than_its_source() -> None:
    job_id = JobId("0" * 24)

    assert page_picture_key(job_id, 1, 1, 96, ".png").startswith(source_prefix(job_id))


async def test_a_signed_address_shows_the_pages_of_one_job_without_a_key_until_it_ends(
    world: World, client: httpx.AsyncClient
) -> None:
    id_, other = await _reading(world, client), await _reading(world, client)

    made = await client.post(f"/v1/jobs/{id_}/pages/1/image/address", params={"address_s": 60, "dpi": 48})
    address = made.json()["address"]
    async with world.client(None) as nobody:
        shown = await nobody.get(address)
        elsewhere = await nobody.get(address.replace(id_, other))
        blocks = await nobody.get(address.replace("/pages/1/image", ""))
        world.clock.advance(61)
        late = await nobody.get(address)

    assert made.status_code == 201
    assert shown.content == b"page 1 at 48 dpi"
    for answer in (elsewhere, blocks, late):
        problem_of(answer, 401, "unauthenticated")


async def test_a_signed_address_ends_with_the_key_that_made_it(
    world: World, client: httpx.AsyncClient
) -> None:
    id_ = await _reading(world, client)
    key = (await client.post("/v1/keys", json={"name": "viewer", "scopes": ["jobs:read"]})).json()
    async with world.client(key["key"]) as viewer:
        address = (await viewer.post(f"/v1/jobs/{id_}/pages/1/image/address")).json()["address"]
    await client.delete(f"/v1/keys/{key['id']}")

    async with world.client(None) as nobody:
        problem_of(await nobody.get(address), 401, "unauthenticated")


async def test_no_address_is_made_for_a_page_that_is_not_read(
    world: World, client: httpx.AsyncClient
) -> None:
    id_ = await _reading(world, client)

    problem_of(await client.post(f"/v1/jobs/{id_}/pages/2/image/address"), 404, "not_found")
