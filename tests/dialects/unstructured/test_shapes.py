"""Elements and refusals as the API says them, over the fakes."""

import asyncio
import csv
import gzip
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from email import message_from_bytes
from typing import Any

import httpx
import pytest

from octavo.dialects.unstructured import routes
from octavo.domain.job import JobStatus
from octavo.ports.isolation import RenderRequest
from octavo.server.front import create_front
from tests.http.world import PDF, World

PATH = "/general/v0/general"
Ended = Callable[[World, str], Awaitable[Any]]


@pytest.fixture
async def api(world: World) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_front(world.services), raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport,
        base_url="http://octavo.test/compat/unstructured",
        headers={"unstructured-api-key": world.acme.key},
    ) as client:
        yield client


async def completed(world: World, public_id: str) -> None:
    await world.complete(public_id)


async def failed(world: World, public_id: str) -> None:
    world.fail(public_id)


async def sent(
    api: httpx.AsyncClient,
    world: World,
    files: list[tuple[str, bytes]] | None = None,
    *,
    end: Ended = completed,
    path: str = PATH,
    headers: dict[str, str] | None = None,
    **fields: Any,
) -> httpx.Response:
    """The answer, while somebody else brings each job to its end as soon as it is there."""
    named = [("files", file) for file in files or [("report.pdf", PDF)]]

    async def work() -> None:
        done: set[str] = set()
        while True:
            for id_, job in list(world.store.rows.items()):
                if id_ not in done and job.status is JobStatus.QUEUED:
                    done.add(id_)
                    await end(world, f"job_{id_}")
            await asyncio.sleep(0)

    worker = asyncio.create_task(work())
    try:
        return await api.post(path, files=named, data=fields, headers=headers)
    finally:
        worker.cancel()


async def elements(api: httpx.AsyncClient, world: World, **fields: Any) -> list[dict[str, Any]]:
    answer = await sent(api, world, **fields)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def refused(api: httpx.AsyncClient, world: World, status: int, **fields: Any) -> str:
    answer = await sent(api, world, **fields)
    assert answer.status_code == status, answer.text
    assert list(answer.json()) == ["detail"]
    assert world.blobs.content == {}, "nothing is kept of what is refused"
    return str(answer.json()["detail"])


@pytest.mark.shows("POST /general/v0/general", "POST /general/v0.1.2/general")
async def test_an_element_has_its_members_and_no_nulls(api: httpx.AsyncClient, world: World) -> None:
    for path in (PATH, "/general/v0.1.2/general"):
        found = await elements(api, world, path=path)

        for element in found:
            assert list(element) == ["type", "element_id", "text", "metadata"]
            assert len(element["element_id"]) == 32
            assert None not in element["metadata"].values()
            assert {"filename", "filetype", "page_number"} <= set(element["metadata"])
            assert "coordinates" not in element["metadata"]
        ids = [element["element_id"] for element in found]
        assert len(set(ids)) == len(ids) > 0
        parents = {element["metadata"].get("parent_id") for element in found} - {None}
        assert parents <= set(ids)


async def test_a_page_number_to_start_from_moves_every_page(api: httpx.AsyncClient, world: World) -> None:
    plain = await elements(api, world)
    moved = await elements(api, world, starting_page_number="11")

    assert [element["metadata"]["page_number"] + 10 for element in plain] == [
        element["metadata"]["page_number"] for element in moved
    ]
    assert {element["element_id"] for element in plain}.isdisjoint(element["element_id"] for element in moved)


async def test_page_breaks_coordinates_and_ids_of_their_own_come_where_asked_for(
    api: httpx.AsyncClient, world: World
) -> None:
    found = await elements(
        api,
        world,
        include_page_breaks="true",
        coordinates="true",
        unique_element_ids="true",
        languages='["deu"]',
    )

    pages = {element["metadata"]["page_number"] for element in found if element["type"] != "PageBreak"}
    assert sum(element["type"] == "PageBreak" for element in found) == len(pages) - 1
    placed = [element for element in found if "coordinates" in element["metadata"]]
    assert placed
    assert set(placed[0]["metadata"]["coordinates"]) == {"points", "system", "layout_width", "layout_height"}
    assert {len(element["element_id"]) for element in found} == {36}
    assert any(element["metadata"].get("languages") for element in found)


async def test_several_documents_are_a_list_of_lists(api: httpx.AsyncClient, world: World) -> None:
    one = await elements(api, world)
    both = await sent(api, world, files=[("report.pdf", PDF), ("report.pdf", PDF)])

    assert both.json() == [one, one]


async def test_csv_names_its_columns_and_flattens_what_is_nested(
    api: httpx.AsyncClient, world: World
) -> None:
    answer = await sent(api, world, output_format="text/csv", coordinates="true")

    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert list(rows[0])[:3] == ["type", "element_id", "text"]
    assert "coordinates_points" in rows[0]
    assert len(rows) == len(await elements(api, world))


async def test_a_packed_file_is_unpacked_and_loses_its_ending(api: httpx.AsyncClient, world: World) -> None:
    found = await elements(api, world, files=[("report.pdf.gz", gzip.compress(PDF))])
    assert found[0]["metadata"]["filename"] == "report.pdf"

    broken = await sent(api, world, files=[("report.pdf.gz", gzip.compress(PDF)[:-9])])
    assert broken.status_code == 422
    assert "gzip" in broken.json()["detail"]


@pytest.mark.parametrize(
    ("fields", "detail"),
    [
        ({"strategy": "vlm"}, "Invalid strategy: vlm. Must be one of ['fast', 'hi_res', 'auto', 'ocr_only']"),
        ({"hi_res_model_name": "mine"}, "Unknown model type: mine"),
        (
            {"chunking_strategy": "by_page"},
            "Invalid chunking strategy: by_page. Must be one of ['basic', 'by_title']",
        ),
        (
            {"chunking_strategy": "basic", "max_characters": "0"},
            "'max_characters' argument must be > 0, got 0",
        ),
    ],
)
async def test_what_is_not_done_is_400_in_the_vendors_words(
    api: httpx.AsyncClient, world: World, fields: dict[str, str], detail: str
) -> None:
    assert await refused(api, world, 400, **fields) == detail


@pytest.mark.parametrize(
    "fields",
    [
        {"extract_image_block_types": '["Image","Hologram"]'},
        {"languages": "klingon"},
        {"chunking_strategy": "basic", "overlap": "500"},
        {"chunking_strategy": "by_title", "combine_under_n_chars": "501"},
    ],
)
async def test_other_wishes_we_cannot_meet_are_refused_by_name(
    api: httpx.AsyncClient, world: World, fields: dict[str, str]
) -> None:
    assert await refused(api, world, 400, **fields)


async def test_a_wrong_shape_is_422_with_its_place(api: httpx.AsyncClient, world: World) -> None:
    answer = await sent(api, world, output_format="text/html")

    assert answer.status_code == 422
    assert set(answer.json()["detail"][0]) == {"type", "loc", "msg"}
    assert answer.json()["detail"][0]["loc"] == ["body", "output_format"]


async def test_a_document_that_failed_is_422(api: httpx.AsyncClient, world: World) -> None:
    answer = await sent(api, world, end=failed)

    assert answer.status_code == 422
    assert answer.json() == {"detail": "It cannot be read."}


async def test_who_waits_too_long_is_told_504(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "WAIT_S", 0.01)
    answer = await api.post(PATH, files={"files": ("report.pdf", PDF)})

    assert answer.status_code == 504
    assert list(answer.json()) == ["detail"]


async def test_several_files_are_not_accepted_as_another_type(api: httpx.AsyncClient, world: World) -> None:
    two = [("a.pdf", PDF), ("b.pdf", PDF)]
    answer = await sent(api, world, files=two, headers={"Accept": "text/html"})

    assert answer.status_code == 406
    assert answer.json() == {
        "detail": "Conflict in media type text/html with response type 'multipart/mixed'."
    }


@pytest.mark.parametrize("names", [["a.pdf"], ["a.pdf", "b.pdf"]])
async def test_who_accepts_a_mixed_body_gets_a_part_a_document(
    api: httpx.AsyncClient, world: World, names: list[str]
) -> None:
    files = [(name, PDF) for name in names]
    plain = await sent(api, world, files=files)

    for output_format in ("application/json", "text/csv"):
        answer = await sent(
            api, world, files=files, headers={"Accept": "multipart/mixed"}, output_format=output_format
        )

        head = f"Content-Type: {answer.headers['content-type']}\r\n\r\n".encode()
        message = message_from_bytes(head + answer.content)
        assert message.get_content_type() == "multipart/mixed"
        parts = [part for part in message.walk() if not part.is_multipart()]
        assert [part.get_content_type() for part in parts] == [output_format] * len(names)
        contents = [part.get_payload(decode=True) for part in parts]
        assert all(isinstance(content, bytes) for content in contents)
        if output_format == "application/json":
            found = [json.loads(content) for content in contents if isinstance(content, bytes)]
            assert found == (plain.json() if len(names) > 1 else [plain.json()])


async def test_pictures_are_cut_only_where_the_document_has_none(
    api: httpx.AsyncClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted: list[str] = []
    render = world.isolation.render

    async def noting(request: RenderRequest) -> None:
        wanted.append(request.options["crops"])
        assert (request.source is None) == (request.options["crops"] == "none")
        await render(request)

    monkeypatch.setattr(world.isolation, "render", noting)
    for types in ('["Image","Formula"]', '["image", "table"]', '["Title","Table"]'):
        assert (await sent(api, world, extract_image_block_types=types)).status_code == 200

    assert wanted == ["none", "tables", "all"]


async def test_ocr_only_reads_the_ink(api: httpx.AsyncClient, world: World) -> None:
    for strategy in ("ocr_only", "hi_res", "auto"):
        await sent(api, world, strategy=strategy)

    assert [job.options.ink_only for job in world.store.rows.values()] == [True, False, False]


@pytest.mark.shows("GET /healthcheck", "GET /general/docs")
async def test_what_clients_ask_first_needs_no_key(api: httpx.AsyncClient) -> None:
    public = {"unstructured-api-key": ""}
    assert (await api.get("/healthcheck", headers=public)).json() == {
        "healthcheck": "HEALTHCHECK STATUS: EVERYTHING OK!"
    }
    assert (await api.get("/general/docs", headers=public)).status_code == 200


async def test_a_get_is_405_in_the_apis_words(api: httpx.AsyncClient) -> None:
    answer = await api.get(PATH)
    assert (answer.status_code, answer.json()) == (405, {"detail": "Only POST requests are supported."})


async def test_the_native_api_sees_the_job_and_its_elements(api: httpx.AsyncClient, world: World) -> None:
    found = await elements(api, world, coordinates="true")
    id_ = next(iter(world.store.rows))
    async with world.client() as native:
        job = (await native.get(f"/v1/jobs/job_{id_}")).json()
        exported = await native.get(f"/v1/jobs/job_{id_}/result", params={"format": "unstructured"})

    assert job["metadata"] == {"dialect": "unstructured"}
    assert [json.loads(line)["text"] for line in exported.text.splitlines()] == [
        element["text"] for element in found
    ]
