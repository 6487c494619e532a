"""Stored files and the first look at a document."""

import hashlib

import httpx
import pytest
from tests.http.world import PDF, World, problem_of

from octavo.domain.storage import file_key


async def test_a_file_is_stored_listed_downloaded_and_deleted(
    world: World, client: httpx.AsyncClient
) -> None:
    made = await client.post("/v1/files", files={"file": ("C:\\docs\\rechnung ü.pdf", PDF)})
    file = made.json()

    listed = (await client.get("/v1/files")).json()
    info = (await client.get(made.headers["location"])).json()
    content = await client.get(file["content"])
    part = await client.get(file["content"], headers={"Range": "bytes=0-3"})
    deleted = await client.delete(f"/v1/files/{file['id']}")
    again = await client.delete(f"/v1/files/{file['id']}")

    assert made.status_code == 201
    assert file["filename"] == "rechnung ü.pdf"
    assert file["media_type"] == "application/pdf"
    assert listed == {"files": [file], "next_cursor": None}
    assert info == file
    assert content.content == PDF
    assert content.headers["content-disposition"].endswith("filename*=UTF-8''rechnung%20%C3%BC.pdf")
    assert (part.status_code, part.content) == (206, b"%PDF")
    assert deleted.json()["deleted_at"] is not None
    assert again.status_code == 200
    assert not world.blobs.content
    problem_of(await client.get(file["content"]), 410, "gone")
    problem_of(await client.get(f"/v1/files/{file['id']}"), 410, "gone")


async def test_a_raw_body_is_a_file_too(world: World, client: httpx.AsyncClient) -> None:
    answer = await client.post(
        "/v1/files",
        params={"filename": "../a.pdf"},
        content=PDF,
        headers={"Content-Type": "application/octet-stream"},
    )

    file = answer.json()
    assert answer.status_code == 201
    assert file["filename"] == "a.pdf"
    assert world.blobs.content[file_key(file["id"].removeprefix("file_"))] == PDF


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 400, "empty_document"),
        (b"words", 415, "unsupported_media_type"),
        (b"CRASH", 422, "unreadable_document"),
    ],
)
async def test_a_file_nobody_can_read_is_not_kept(
    world: World, client: httpx.AsyncClient, content: bytes, status: int, code: str
) -> None:
    problem_of(await client.post("/v1/files", files={"file": ("a", content)}), status, code)
    assert not world.blobs.content


async def test_a_second_file_in_one_form_undoes_the_first(world: World, client: httpx.AsyncClient) -> None:
    files = [("file", ("a.pdf", PDF)), ("file", ("b.pdf", PDF))]

    for path in ("/v1/files", "/v1/jobs", "/v1/inspect"):
        problem_of(await client.post(path, files=files), 400, "invalid_request")

    assert not world.blobs.content
    assert not world.store.file_rows
    assert not world.store.rows


async def test_an_option_beside_a_stored_file_is_refused(world: World, client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/files", files={"file": ("a.pdf", PDF)}, data={"profile": "fast"})

    assert problem_of(answer, 400, "invalid_request")["option"] == "profile"
    assert not world.blobs.content


async def test_a_file_carries_its_owners_metadata_until_it_is_deleted(
    world: World, client: httpx.AsyncClient
) -> None:
    made = await client.post(
        "/v1/files", files={"file": ("a.pdf", PDF)}, data={"metadata": '{"document_type": "invoice"}'}
    )
    wrong = await client.post("/v1/files", files={"file": ("a.pdf", PDF)}, data={"metadata": "[1]"})

    assert made.json()["metadata"] == {"document_type": "invoice"}
    assert (await client.get(made.headers["location"])).json()["metadata"] == {"document_type": "invoice"}
    assert (await client.delete(made.headers["location"])).json()["metadata"] == {}
    problem_of(wrong, 422, "validation_failed")
    assert not world.blobs.content


async def test_a_form_without_a_file_says_so(client: httpx.AsyncClient) -> None:
    for path in ("/v1/files", "/v1/jobs", "/v1/inspect"):
        answer = await client.post(path, files={"password": (None, "x")})
        assert problem_of(answer, 400, "invalid_request")["option"] == "file"


async def test_files_are_walked_by_cursor(world: World, client: httpx.AsyncClient) -> None:
    made = []
    for _ in range(3):
        world.clock.advance(1)
        made.append((await client.post("/v1/files", files={"file": ("a", PDF)})).json()["id"])

    first = (await client.get("/v1/files?limit=2")).json()
    second = (await client.get("/v1/files", params={"limit": 2, "cursor": first["next_cursor"]})).json()

    assert [file["id"] for file in first["files"] + second["files"]] == made[::-1]
    assert second["next_cursor"] is None
    problem_of(await client.get("/v1/files?cursor=bm8"), 400, "invalid_request")


async def test_an_inspection_tells_and_keeps_nothing(world: World, client: httpx.AsyncClient) -> None:
    answer = await client.post(
        "/v1/inspect", files={"file": ("a.pdf", b"LOCKED")}, data={"password": "sesame"}
    )

    assert answer.status_code == 200, answer.text
    assert answer.json() == {
        "filename": "a.pdf",
        "media_type": "application/pdf",
        "size_bytes": 6,
        "sha256": hashlib.sha256(b"LOCKED").hexdigest(),
        "page_count": 3,
        "scanned_share": 0.5,
        "warnings": ["low_resolution"],
    }
    assert not world.blobs.content
    assert not world.store.rows


async def test_a_stored_file_is_inspected_where_it_is(world: World, client: httpx.AsyncClient) -> None:
    file = (await client.post("/v1/files", files={"file": ("a.pdf", PDF)})).json()

    answer = await client.post("/v1/inspect", json={"file_id": file["id"]})

    assert answer.json()["sha256"] == file["sha256"]
    assert len(world.blobs.content) == 1


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"LOCKED", 422, "document_encrypted"),
        (b"CRASH", 422, "unreadable_document"),
        (b"words", 415, "unsupported_media_type"),
        (b"", 400, "empty_document"),
    ],
)
async def test_an_inspection_refuses_what_a_submission_would(
    world: World, client: httpx.AsyncClient, content: bytes, status: int, code: str
) -> None:
    problem_of(await client.post("/v1/inspect", files={"file": ("a", content)}), status, code)
    assert not world.blobs.content
