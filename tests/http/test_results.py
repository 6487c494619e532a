"""Downloads: results in every format, ranges, pages, sources."""

import re

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from tests.http.world import PDF, World, job_id, problem_of, submit

from octavo.http.problems import RangeNotSatisfiable
from octavo.http.ranges import content_disposition, wanted_range


async def _completed(world: World, client: httpx.AsyncClient) -> str:
    id_: str = (await submit(client))["id"]
    await world.complete(id_)
    return id_


@pytest.mark.parametrize(
    ("format_", "media_type", "suffix"),
    [
        ("json", "application/json", "json"),
        ("markdown", "text/markdown; charset=utf-8", "md"),
        ("text", "text/plain; charset=utf-8", "txt"),
    ],
)
async def test_a_result_is_downloaded_in_every_format(
    world: World, client: httpx.AsyncClient, format_: str, media_type: str, suffix: str
) -> None:
    id_ = await _completed(world, client)

    answer = await client.get(f"/v1/jobs/{id_}/result", params={"format": format_})
    head = await client.head(f"/v1/jobs/{id_}/result", params={"format": format_})

    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == media_type
    assert answer.headers["content-disposition"].startswith('attachment; filename="report.')
    assert answer.headers["content-disposition"].endswith(f'.{suffix}"')
    assert "This is page 2." in answer.text
    assert head.headers["content-length"] == str(len(answer.content))
    assert head.headers["etag"] == answer.headers["etag"]
    assert head.content == b""


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/markdown", "text/markdown"),
        ("text/*;q=0.5, application/json;q=0.4", "text/markdown"),
        ("text/plain, */*;q=0.1", "text/plain"),
        ("*/*", "application/json"),
        ("application/json;q=0, */*;q=0.2", "text/markdown"),
    ],
)
async def test_accept_chooses_the_format(
    world: World, client: httpx.AsyncClient, accept: str, media_type: str
) -> None:
    id_ = await _completed(world, client)

    answer = await client.get(f"/v1/jobs/{id_}/result", headers={"Accept": accept})

    assert answer.headers["content-type"].startswith(media_type)
    assert answer.headers["vary"] == "Accept"


async def test_a_format_nobody_writes_is_refused(world: World, client: httpx.AsyncClient) -> None:
    id_ = await _completed(world, client)

    problem_of(await client.get(f"/v1/jobs/{id_}/result?format=papyrus"), 400, "invalid_request")
    problem_of(
        await client.get(f"/v1/jobs/{id_}/result", headers={"Accept": "audio/wav"}), 406, "not_acceptable"
    )


async def test_a_job_without_a_result_is_a_conflict(world: World, client: httpx.AsyncClient) -> None:
    job = await submit(client)

    answer = await client.get(f"/v1/jobs/{job['id']}/result")

    assert problem_of(answer, 409, "conflict")["job_status"] == "queued"


@pytest.mark.parametrize(
    ("header", "status", "start", "stop"),
    [
        ("bytes=0-4", 206, 0, 5),
        ("bytes=5-", 206, 5, None),
        ("bytes=-3", 206, -3, None),
        ("bytes=0-999999", 206, 0, None),
        ("bytes=-999999", 206, 0, None),
        ("bytes=4-2", 200, 0, None),
        ("bytes=0-1,4-5", 200, 0, None),
        ("bytes=-", 200, 0, None),
        ("pages=1-2", 200, 0, None),
    ],
)
async def test_a_source_is_downloaded_in_ranges(
    client: httpx.AsyncClient, header: str, status: int, start: int, stop: int | None
) -> None:
    job = await submit(client)

    answer = await client.get(f"/v1/jobs/{job['id']}/source", headers={"Range": header})

    assert answer.status_code == status
    assert answer.content == PDF[start:stop]
    assert answer.headers["content-length"] == str(len(answer.content))
    assert ("content-range" in answer.headers) is (status == 206)


@pytest.mark.parametrize("header", ["bytes=999-", "bytes=-0"])
async def test_a_range_behind_the_end_is_a_416(client: httpx.AsyncClient, header: str) -> None:
    job = await submit(client)

    answer = await client.get(f"/v1/jobs/{job['id']}/source", headers={"Range": header})

    problem_of(answer, 416, "range_not_satisfiable")
    assert answer.headers["content-range"] == f"bytes */{len(PDF)}"


async def test_a_range_holds_only_while_the_etag_does(client: httpx.AsyncClient) -> None:
    job = await submit(client)
    etag = (await client.head(f"/v1/jobs/{job['id']}/source")).headers["etag"]

    async def status(**headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return (await client.get(f"/v1/jobs/{job['id']}/source", headers=named)).status_code

    assert await status(Range="bytes=0-1", If_Range=etag) == 206
    assert await status(Range="bytes=0-1", If_Range='"other"') == 200
    assert await status(If_None_Match=etag) == 304
    assert await status(If_None_Match='"other", *') == 304


@given(size=st.integers(0, 50), first=st.integers(0, 60), last=st.none() | st.integers(0, 60))
def test_every_range_is_inside_the_blob_or_refused(size: int, first: int, last: int | None) -> None:
    header = f"bytes={first}-{'' if last is None else last}"
    request = Request({"type": "http", "method": "GET", "headers": [(b"range", header.encode())]})

    try:
        found = wanted_range(request, size, '"e"')
    except RangeNotSatisfiable:
        assert first >= size
        return

    if found is None:
        assert last is not None
        assert last < first
    else:
        assert found == (first, size if last is None else min(size, last + 1))


@given(st.text(max_size=60))
def test_a_file_name_never_breaks_its_header(name: str) -> None:
    header = content_disposition(name.encode(errors="replace").decode())

    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2


async def test_pages_are_listed_while_the_job_runs(world: World, client: httpx.AsyncClient) -> None:
    id_ = (await submit(client))["id"]
    world.begin(id_)
    await world.read_page(id_, 1)
    world.lose_page(id_, 2)
    await world.read_page(id_, 3)

    first = (await client.get(f"/v1/jobs/{id_}/pages?limit=2")).json()
    second = (await client.get(f"/v1/jobs/{id_}/pages?limit=2&cursor={first['next_cursor']}")).json()

    assert [page["status"] for page in first["pages"]] == ["read", "failed"]
    assert first["pages"][1]["failure"]["code"] == "page_unreadable"
    assert first["pages"][1]["link"] is None
    assert (await client.get(first["pages"][0]["link"])).json()["number"] == 1
    assert [page["number"] for page in second["pages"]] == [3]
    assert second["next_cursor"] is None


@pytest.mark.parametrize("ended", [True, False])
async def test_a_page_is_read_before_and_after_the_end(
    world: World, client: httpx.AsyncClient, *, ended: bool
) -> None:
    id_ = (await submit(client))["id"]
    world.begin(id_)
    await world.read_page(id_, 2)
    if ended:
        await world.complete(id_)

    page = await client.get(f"/v1/jobs/{id_}/pages/2")
    markdown = await client.get(f"/v1/jobs/{id_}/pages/2?format=markdown")
    text = await client.get(f"/v1/jobs/{id_}/pages/2?format=text")

    assert page.json()["blocks"][0]["text"] == "This is page 2."
    assert markdown.text == "This is page 2."
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    problem_of(await client.get(f"/v1/jobs/{id_}/pages/9"), 404, "not_found")


@pytest.mark.parametrize("number", ["0", "-1", "one", "1.5", "9" * 30, "٣"])
async def test_what_is_no_page_number_is_a_404(client: httpx.AsyncClient, number: str) -> None:
    job = await submit(client)

    problem_of(await client.get(f"/v1/jobs/{job['id']}/pages/{number}"), 404, "not_found")


async def test_a_source_past_its_retention_is_gone(world: World, client: httpx.AsyncClient) -> None:
    job = await submit(client)
    world.store.change(job_id(job["id"]), None, source_deleted_at=world.clock.now())

    problem = problem_of(await client.get(f"/v1/jobs/{job['id']}/source"), 410, "gone")

    assert re.fullmatch(r"2026-11-22T04:00:00[.\d]*Z", problem["expired_at"]), "as all times are told"


async def test_a_missing_blob_is_a_problem_and_not_a_broken_stream(
    world: World, client: httpx.AsyncClient
) -> None:
    job = await submit(client)
    world.blobs.content.clear()

    problem_of(await client.get(f"/v1/jobs/{job['id']}/source"), 404, "not_found")
