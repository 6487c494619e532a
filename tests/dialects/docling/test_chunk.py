"""Chunks: where they are cut, and what the routes answer."""

import json
import zipfile
from io import BytesIO
from typing import Any

import httpx
import pytest

from octavo.dialects.docling import orders
from octavo.dialects.docling.chunking import Chunk, Chunker, Chunking, count_tokens
from tests.dialects.docling.conftest import inline, internal, sent
from tests.exporters.everything import everything
from tests.http.world import World

CHUNK = [
    "filename",
    "chunk_index",
    "text",
    "raw_text",
    "num_tokens",
    "headings",
    "captions",
    "doc_items",
    "page_numbers",
    "metadata",
]
TABLE = "| a | b |\n| --- | --- |\n" + "\n".join(f"| row {n} | {n} |" for n in range(30))


def piece(
    *texts: str, kind: str = "text", headings: tuple[str, ...] = (), between: str = "\n"
) -> dict[str, Any]:
    items = [{"ref": f"#/texts/{n}", "text": text, "pages": [1]} for n, text in enumerate(texts)]
    return {"headings": list(headings), "type": kind, "between": between, "items": items}


def chunks(*pieces: dict[str, Any], **wanted: Any) -> list[Chunk]:
    chunker = Chunker(Chunking(**wanted))
    return [chunk for one in pieces for chunk in chunker.take(one)] + list(chunker.end())


def test_the_hierarchical_chunker_gives_every_piece_as_it_is() -> None:
    long = "word " * 5000

    found = chunks(piece("One."), piece(long), piece("a", "b", kind="list"), most_tokens=None)

    assert [chunk.text for chunk in found] == ["One.", long, "a\nb"]


def test_neighbours_below_the_same_headings_are_joined_as_long_as_they_fit() -> None:
    pieces = [
        piece("one two", headings=("A",)),
        piece("three", headings=("A",)),
        piece("four", headings=("B",)),
    ]

    joined = chunks(*pieces, most_tokens=50)
    apart = chunks(*pieces, most_tokens=50, merge_peers=False)
    tight = chunks(*pieces, most_tokens=3)

    assert [chunk.contextualized for chunk in joined] == ["A\none two\nthree", "B\nfour"]
    assert [chunk.text for chunk in apart] == ["one two", "three", "four"]
    assert [chunk.text for chunk in tight] == ["one two", "three", "four"]


def test_no_chunk_has_more_tokens_than_wanted_and_no_word_is_lost() -> None:
    text = " ".join(f"Sentence number {n} says {n * 7919}." for n in range(400))

    found = chunks(piece(text, headings=("Numbers",)), most_tokens=60)

    assert len(found) > 20
    assert max(chunk.tokens for chunk in found) <= 60
    assert " ".join(chunk.text for chunk in found).split() == text.split()


def test_a_list_is_parted_between_its_entries() -> None:
    entries = [f"- entry {n} of the list" for n in range(10)]

    found = chunks(piece(*entries, kind="list"), most_tokens=25)

    assert all(line in entries for chunk in found for line in chunk.text.split("\n"))
    assert [ref for chunk in found for ref in chunk.refs] == [f"#/texts/{n}" for n in range(10)]


def test_a_markdown_table_is_parted_between_rows_below_its_head() -> None:
    table = piece("told", kind="table")
    table["items"][0]["markdown"] = TABLE

    found = chunks(table, most_tokens=80, markdown_tables=True)

    assert len(found) > 2
    assert all(chunk.text.startswith("| a | b |\n| --- | --- |\n| row ") for chunk in found)
    assert sum(chunk.text.count("| row ") for chunk in found) == 30
    assert max(chunk.tokens for chunk in found) <= 80
    assert [chunk.text for chunk in chunks(table, most_tokens=80)] == ["told"]


def test_headings_that_leave_no_room_are_left_out() -> None:
    [found] = chunks(piece("one", headings=("very long heading of many words",)), most_tokens=3)

    assert (found.headings, found.text) == ((), "one")


def test_a_picture_about_which_nothing_is_said_is_a_chunk_only_with_a_placeholder() -> None:
    assert chunks(piece("", kind="picture"), most_tokens=None) == []
    [found] = chunks(piece("", kind="picture"), most_tokens=None, placeholder="![IMAGE]")
    assert (found.text, found.has_image) == ("![IMAGE]", True)


def test_tokens_are_counted_by_words_numbers_marks_and_dense_characters() -> None:
    assert count_tokens("") == 0
    assert count_tokens("The report is here.") == 5
    assert count_tokens("12345") == 2
    assert count_tokens("日本語") == 3


async def chunked(
    peer: httpx.AsyncClient, world: World, way: str = "hybrid", **fields: Any
) -> dict[str, Any]:
    task = await sent(peer, f"/v1/chunk/{way}/file/async", **fields)
    assert task["task_type"] == "chunk"
    await world.complete(internal(task), everything().pages)
    answer = await peer.get(f"/v1/result/{task['task_id']}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.mark.shows(
    "POST /v1/chunk/hybrid/file/async", "GET /v1/result/{task_id}", "GET /v1/status/poll/{task_id}"
)
async def test_hybrid_chunks_have_their_members_and_name_nodes(peer: httpx.AsyncClient, world: World) -> None:
    result = await chunked(peer, world, chunking_include_raw_text="true", include_converted_doc="true")

    assert list(result) == ["chunks", "documents", "processing_time"]
    [document] = result["documents"]
    assert list(document) == ["kind", "content", "status", "errors", "timings", "confidence"]
    assert document["kind"] == "ExportResult"
    assert document["content"]["md_content"] is None
    whole = document["content"]["json_content"]
    for number, chunk in enumerate(result["chunks"]):
        assert list(chunk) == CHUNK
        assert chunk["chunk_index"] == number
        assert chunk["filename"] == "scan.pdf"
        assert 0 < chunk["num_tokens"] <= 256
        assert chunk["text"] == "\n".join([*chunk["headings"], chunk["raw_text"]])
        assert chunk["metadata"]["origin"]["filename"] == "scan.pdf"
        for reference in chunk["doc_items"]:
            _, name, place = reference.split("/")
            assert whole[name][int(place)]["self_ref"] == reference
    assert any(chunk["metadata"]["has_image"] for chunk in result["chunks"])


@pytest.mark.shows("POST /v1/chunk/hierarchical/file/async")
async def test_hierarchical_chunks_are_not_counted_and_come_without_the_document(
    peer: httpx.AsyncClient, world: World
) -> None:
    plain = await chunked(peer, world, "hierarchical")
    tables = await chunked(
        peer, world, "hierarchical", chunking_use_markdown_tables="true", chunking_use_markdown_images="true"
    )

    assert all(chunk["num_tokens"] is None and chunk["raw_text"] is None for chunk in plain["chunks"])
    assert set(plain["documents"][0]["content"].values()) == {"scan.pdf", None}
    assert not any("| --- |" in chunk["text"] for chunk in plain["chunks"])
    assert any("| --- |" in chunk["text"] for chunk in tables["chunks"])
    assert any("![IMAGE]" in chunk["text"] for chunk in tables["chunks"])


@pytest.mark.shows("POST /v1/chunk/hybrid/source/async", "POST /v1/chunk/hierarchical/source/async")
async def test_several_sources_are_chunked_together_and_one_may_fail(
    peer: httpx.AsyncClient, world: World
) -> None:
    for way in ("hybrid", "hierarchical"):
        body = {"sources": [inline(name="a.pdf"), inline(name="b.pdf")], "chunking_options": {"chunker": way}}
        task = (await peer.post(f"/v1/chunk/{way}/source/async", json=body)).json()
        by_name = {job.filename: f"job_{job.id}" for job in list(world.store.rows.values())[-2:]}
        await world.complete(by_name["a.pdf"])
        world.fail(by_name["b.pdf"])

        status = (await peer.get(f"/v1/status/poll/{task['task_id']}")).json()
        result = (await peer.get(f"/v1/result/{task['task_id']}")).json()

        assert (status["task_status"], status["task_meta"]["num_failed"]) == ("success", 1)
        assert {chunk["filename"] for chunk in result["chunks"]} == {"a.pdf"}
        assert {document["content"]["filename"]: document["status"] for document in result["documents"]} == {
            "a.pdf": "success",
            "b.pdf": "failure",
        }


@pytest.mark.shows(
    "POST /v1/chunk/hybrid/source",
    "POST /v1/chunk/hybrid/file",
    "POST /v1/chunk/hierarchical/source",
    "POST /v1/chunk/hierarchical/file",
)
async def test_waiting_for_chunks_ends_as_the_peers_waiting_ends(
    peer: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "SYNC_WAIT_S", 0.01)
    for way in ("hybrid", "hierarchical"):
        by_source = await peer.post(f"/v1/chunk/{way}/source", json={"sources": [inline()]})
        by_file = await peer.post(f"/v1/chunk/{way}/file", files={"files": ("scan.pdf", b"%PDF")})
        assert (by_source.status_code, by_file.status_code) == (504, 504)


async def test_in_an_archive_chunks_are_one_file_that_says_how_they_were_made(
    peer: httpx.AsyncClient, world: World
) -> None:
    task = await sent(peer, "/v1/chunk/hybrid/file/async", target_type="zip", chunking_max_tokens="100")
    await world.complete(internal(task))

    answer = await peer.get(f"/v1/result/{task['task_id']}")

    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["chunked_result.json"]
        told = json.loads(archive.read("chunked_result.json"))
    assert list(told) == ["kind", "chunks", "documents", "chunking_info"]
    assert told["kind"] == "ChunkedDocumentResponse"
    assert told["chunking_info"]["max_tokens"] == 100
    assert "This is page 3." in told["chunks"][-1]["text"]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"target": {"kind": "presigned_url"}}, "presigned_url target is not supported for chunk endpoints."),
        ({"chunking_options": {"tokenizer": "some/model"}}, "max_tokens"),
        ({"chunking_options": {"chunker": "hierarchical"}}, "chunker"),
        ({"chunking_options": {"max_tokens": 0}}, "max_tokens"),
        ({"convert_options": {"pipeline": "vlm"}}, "vlm"),
    ],
)
async def test_orders_of_chunks_are_refused_by_name(
    peer: httpx.AsyncClient, world: World, body: dict[str, Any], named: str
) -> None:
    answer = await peer.post("/v1/chunk/hybrid/source/async", json={"sources": [inline()], **body})

    assert answer.status_code == 422
    assert named in answer.text
    assert world.store.rows == {}


def test_what_is_counted_by_parts_is_what_the_whole_has() -> None:
    pieces = [piece(f"Part {n}, of {n * 37} words_and_more.", headings=("One", "Two 2")) for n in range(40)]

    for chunk in chunks(*pieces, piece("a b", "c", kind="list"), most_tokens=90):
        assert chunk.tokens == count_tokens(chunk.contextualized) <= 90


def test_a_chunk_may_be_longer_than_anything_without_taking_longer_than_it_should() -> None:
    pieces = (piece(f"Short sentence number {n}.") for n in range(4_000))

    [found] = chunks(*pieces, most_tokens=32_768)

    assert found.tokens > 25_000
