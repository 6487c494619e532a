"""What each option of an order does to the job, or to its result."""

import json
import zipfile
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import httpx
import pytest

from octavo.dialects.docling.ids import from_wire
from octavo.dialects.docling.reading import _renamed
from octavo.domain.ids import JobId
from octavo.domain.job import Job, Profile
from tests.dialects.docling.conftest import inline, internal, sent
from tests.exporters.everything import everything
from tests.http.world import PDF, World


async def ordered(peer: httpx.AsyncClient, world: World, **options: Any) -> Job:
    body = {"sources": [inline()], "options": options}
    answer = await peer.post("/v1/convert/source/async", json=body)
    assert answer.status_code == 200, answer.text
    return world.store.rows[JobId(from_wire(answer.json()["task_id"])[1])]


async def result_of(peer: httpx.AsyncClient, world: World, **fields: Any) -> httpx.Response:
    task = await sent(peer, **fields)
    await world.complete(internal(task), everything().pages)
    answer = await peer.get(f"/v1/result/{task['task_id']}")
    assert answer.status_code == 200, answer.text
    return answer


async def test_options_of_reading_become_the_jobs(peer: httpx.AsyncClient, world: World) -> None:
    assert (await ordered(peer, world, force_ocr=True)).options.ink_only
    assert not (await ordered(peer, world)).options.ink_only
    assert str((await ordered(peer, world, page_range=[2, 3])).options.pages) == "2-3"
    assert (await ordered(peer, world, ocr_lang=["deu"])).options.languages == ("de",)
    assert (await ordered(peer, world, do_chart_extraction=True)).options.profile is Profile.ADVANCED
    assert (await ordered(peer, world, document_timeout=60)).options.time_limit_s == 60


@pytest.mark.parametrize(
    "options",
    [
        {"do_table_structure": False},
        {"do_formula_enrichment": True},
        {"do_code_enrichment": True},
        {"do_picture_classification": True},
        {"do_pdf_heading_hierarchy": True},
        {"table_mode": "fast", "table_cell_matching": False},
        {"pdf_backend": "dlparse_v4", "ocr_preset": "easyocr"},
    ],
)
async def test_what_is_always_done_or_names_a_model_changes_nothing(
    peer: httpx.AsyncClient, world: World, options: dict[str, Any]
) -> None:
    assert (await ordered(peer, world, **options)).options == (await ordered(peer, world)).options


async def test_the_callers_own_text_stands_between_pages(peer: httpx.AsyncClient, world: World) -> None:
    told = (await result_of(peer, world, md_page_break_placeholder="<<< & >>>")).json()
    plain = (await result_of(peer, world)).json()

    text = told["document"]["md_content"]
    assert text.count("\n\n<<< & >>>\n\n") == 2
    assert "<!-- page" not in text
    assert text.replace("<<< & >>>\n\n", "") == plain["document"]["md_content"]


async def test_pictures_are_marked_brought_inside_or_named(peer: httpx.AsyncClient, world: World) -> None:
    for fields, said in (
        ({}, "<!-- image -->"),
        ({"image_export_mode": "embedded"}, "](data:image/png;base64,"),
        ({"image_export_mode": "referenced"}, "](/v1/jobs/job_"),
        ({"image_export_mode": "embedded", "include_images": "false"}, "<!-- image -->"),
    ):
        assert said in (await result_of(peer, world, **fields)).json()["document"]["md_content"]


async def test_an_archive_has_the_pictures_that_its_documents_name(
    peer: httpx.AsyncClient, world: World
) -> None:
    answer = await result_of(
        peer, world, target_type="zip", image_export_mode="referenced", to_formats=["md", "json", "html"]
    )

    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        names = archive.namelist()
        artifacts = [name for name in names if name.startswith("artifacts/")]
        assert artifacts
        assert names[:3] == ["scan.json", "scan.html", "scan.md"]
        pictures = json.loads(archive.read("scan.json"))["pictures"]
        assert {picture["image"]["uri"] for picture in pictures if "image" in picture} <= set(artifacts)
        assert archive.read(artifacts[0]).startswith(b"\x89PNG")
        assert b"/v1/jobs/" not in archive.read("scan.md") + archive.read("scan.html")


async def test_pages_are_shown_where_pictures_are_brought_inside(
    peer: httpx.AsyncClient, world: World
) -> None:
    for options, dpi in (
        ({"include_page_images": True, "image_export_mode": "embedded"}, "144"),
        ({"include_page_images": True, "image_export_mode": "embedded", "images_scale": 1}, "72"),
        ({"include_page_images": True}, "none"),
        ({"image_export_mode": "embedded"}, "none"),
    ):
        assert (await ordered(peer, world, **options)).metadata["page_images"] == dpi


async def test_a_task_that_shall_abort_fails_with_its_first_document(
    peer: httpx.AsyncClient, world: World
) -> None:
    files = [("files", ("a.pdf", PDF)), ("files", ("b.pdf", PDF))]
    task = (await peer.post("/v1/convert/file/async", files=files, data={"abort_on_error": "true"})).json()
    world.fail(f"job_{list(world.store.rows)[1]}")

    status = (await peer.get(f"/v1/status/poll/{task['task_id']}")).json()
    result = (await peer.get(f"/v1/result/{task['task_id']}")).json()

    assert status["task_status"] == "failure"
    assert status["error_message"] == "It cannot be read."
    assert result["kind"] == "TaskFailureResult"


async def test_an_address_that_lies_across_two_pieces_is_still_a_path() -> None:
    text = (
        b"one (/v1/jobs/job_1/images/1-abc) two (/v1/jobs/job_1/images/2-def) three /v1/jobs/job_1/images/9-x"
    )

    async def pieces(size: int) -> AsyncIterator[bytes]:
        for start in range(0, len(text), size):
            yield text[start : start + size]

    names = {b"1-abc": b"artifacts/1-abc.png", b"2-def": b"artifacts/2-def.jpg"}
    for size in (1, 7, 50, 1000):
        found = b"".join([piece async for piece in _renamed(pieces(size), b"/v1/jobs/job_1/images/", names)])
        assert found == (
            b"one (artifacts/1-abc.png) two (artifacts/2-def.jpg) three /v1/jobs/job_1/images/9-x"
        )


async def test_a_source_by_its_address_is_asked_with_its_headers(
    peer: httpx.AsyncClient, world: World
) -> None:
    world.egress.documents["https://files.test/a.pdf"] = PDF
    source = {"kind": "http", "url": "https://files.test/a.pdf", "headers": {"Authorization": "Bearer x"}}

    sent_off = await peer.post("/v1/convert/source/async", json={"sources": [source]})
    wrong = await peer.post(
        "/v1/convert/source/async", json={"sources": [source | {"headers": {"Host": "inside"}}]}
    )

    assert sent_off.status_code == 200
    assert world.egress.asked_with == [{"Authorization": "Bearer x"}]
    assert wrong.status_code == 422
    assert "'Host' cannot be sent" in wrong.json()["detail"]
