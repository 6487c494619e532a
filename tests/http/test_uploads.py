"""Large files over HTTP: in parts, after a break, by a signed address."""

import hashlib
from dataclasses import replace
from urllib.parse import urlsplit

import httpx
import pytest
from tests.http.world import PDF, World, problem_of

BYTES = {"Content-Type": "application/octet-stream"}


async def start(client: httpx.AsyncClient, **members: object) -> str:
    answer = await client.post("/v1/uploads", json={"filename": "a.pdf", **members})
    assert answer.status_code == 201, answer.text
    return f"/v1/uploads/{answer.json()['id']}"


async def test_parts_by_number_become_a_file_in_any_order(world: World, client: httpx.AsyncClient) -> None:
    path = await start(client, size_bytes=len(PDF), sha256=hashlib.sha256(PDF).hexdigest().upper())
    await client.put(f"{path}/parts/2", content=PDF[9:], headers=BYTES)
    gap = await client.post(f"{path}/complete")
    await client.put(f"{path}/parts/1", content=b"wrong", headers=BYTES)
    await client.put(f"{path}/parts/1", content=PDF[:9], headers=BYTES)

    done = await client.post(f"{path}/complete")
    again = await client.post(f"{path}/complete")
    content = await client.get(f"/v1/files/{done.json()['file_id']}/content")

    assert problem_of(gap, 409, "conflict")["missing"] == [1]
    assert done.json()["status"] == "completed"
    assert again.json()["file_id"] == done.json()["file_id"]
    assert content.content == PDF
    assert not [key for key in world.blobs.content if key.startswith("uploads/")]


async def test_an_upload_by_offset_goes_on_where_it_broke_off(client: httpx.AsyncClient) -> None:
    path = await start(client)
    total = len(PDF)

    first = await client.put(
        f"{path}/content", content=PDF[:5], headers=BYTES | {"Content-Range": f"bytes 0-4/{total}"}
    )
    seen = (await client.get(path)).json()
    lies = await client.put(
        f"{path}/content", content=PDF[5:7], headers=BYTES | {"Content-Range": f"bytes 5-9/{total}"}
    )
    await client.put(
        f"{path}/content", content=PDF[5:], headers=BYTES | {"Content-Range": f"bytes 5-{total - 1}/{total}"}
    )
    numbered = await client.put(f"{path}/parts/1", content=PDF, headers=BYTES)
    done = await client.post(f"{path}/complete")

    assert first.json()["next_offset"] == seen["next_offset"] == 5
    problem_of(lies, 400, "invalid_request")
    problem_of(numbered, 409, "conflict")
    content = await client.get(f"/v1/files/{done.json()['file_id']}/content")
    assert content.content == PDF


async def test_a_signed_address_takes_the_file_without_a_key(world: World, client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/uploads", json={"filename": "a.pdf", "address_s": 60})
    address = urlsplit(answer.json()["address"])
    target = f"{address.path}?{address.query}"

    async with world.client(None) as nobody:
        forged = await nobody.put(target[:-1] + ("0" if target[-1] != "0" else "1"), content=PDF)
        other = await nobody.put(target.replace("/upl_", "/upl_0"), content=PDF)
        put = await nobody.put(target, content=PDF, headers=BYTES)
        elsewhere = await nobody.get(f"/v1/files/{put.json()['file_id']}")

    assert put.json()["status"] == "completed"
    problem_of(forged, 401, "unauthenticated")
    assert other.status_code in {401, 404}
    problem_of(elsewhere, 401, "unauthenticated")


@pytest.mark.parametrize("how", ["late", "revoked"])
async def test_a_signed_address_ends(world: World, client: httpx.AsyncClient, how: str) -> None:
    answer = await client.post("/v1/uploads", json={"address_s": 60})
    address = urlsplit(answer.json()["address"])
    if how == "late":
        world.clock.advance(61)
    else:
        for digest, key in world.store.key_rows.items():
            world.store.key_rows[digest] = replace(key, revoked_at=world.clock.now())

    async with world.client(None) as nobody:
        put = await nobody.put(f"{address.path}?{address.query}", content=PDF)

    problem_of(put, 401, "unauthenticated")


async def test_what_is_not_as_announced_is_refused_and_the_parts_stay(client: httpx.AsyncClient) -> None:
    path = await start(client, size_bytes=10, sha256="0" * 64)
    over = await client.put(f"{path}/parts/1", content=b"x" * 11, headers=BYTES)
    await client.put(f"{path}/parts/1", content=b"x" * 9, headers=BYTES)
    short = await client.post(f"{path}/complete")
    await client.put(f"{path}/parts/1", content=b"%PDF-1.7 x", headers=BYTES)
    other = await client.post(f"{path}/complete")

    problem_of(over, 413, "document_too_large")
    assert problem_of(short, 409, "conflict")["received_bytes"] == 9
    assert "SHA-256" in problem_of(other, 400, "invalid_request")["detail"]
    assert (await client.get(path)).json()["received_bytes"] == 10


async def test_an_upload_that_is_too_large_is_refused_before_a_byte(client: httpx.AsyncClient) -> None:
    problem_of(await client.post("/v1/uploads", json={"size_bytes": 10**7}), 413, "document_too_large")


async def test_an_upload_given_up_takes_nothing_more(world: World, client: httpx.AsyncClient) -> None:
    path = await start(client)
    await client.put(f"{path}/parts/1", content=PDF, headers=BYTES)

    gone = await client.delete(path)
    again = await client.delete(path)
    part = await client.put(f"{path}/parts/2", content=PDF, headers=BYTES)

    assert (gone.json()["status"], again.status_code) == ("aborted", 200)
    problem_of(part, 409, "conflict")
    assert not [key for key in world.blobs.content if key.startswith("uploads/")]
    assert [upload["id"] for upload in (await client.get("/v1/uploads")).json()["uploads"]] == [
        path.rpartition("/")[2]
    ]
