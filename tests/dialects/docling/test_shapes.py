"""Each answer of the peer: its members, for every state; and what is refused, by name."""

import json
from typing import Any

import httpx
import pytest

from octavo.dialects.docling import orders
from octavo.dialects.docling.ids import Kind, TaskNotFound, from_wire, to_wire
from octavo.domain.errors import UnreadableDocument
from octavo.domain.ids import new_id
from tests.dialects.docling.conftest import inline, internal, sent
from tests.http.world import PDF, World, problem_of

STATUS = [
    "task_id",
    "task_type",
    "task_status",
    "task_position",
    "task_meta",
    "error_message",
    "failure",
]
DOCUMENT = [
    "filename",
    "md_content",
    "json_content",
    "html_content",
    "text_content",
    "doctags_content",
    "doclang_content",
]
RESULT = ["document", "status", "errors", "processing_time", "timings", "confidence"]
FORMATS = ["md", "json", "html", "text", "doctags"]


async def refused(peer: httpx.AsyncClient, status: int = 422, **body: Any) -> str:
    answer = await peer.post("/v1/convert/source/async", json={"sources": [inline()], **body})
    assert answer.status_code == status, answer.text
    return str(answer.json()["detail"])


@pytest.mark.shows("POST /v1/convert/file/async", "GET /v1/status/poll/{task_id}")
async def test_a_task_has_its_members_in_every_state(peer: httpx.AsyncClient, world: World) -> None:
    task = await sent(peer)
    path = f"/v1/status/poll/{task['task_id']}"

    assert list(task) == STATUS
    assert task["task_status"] == "pending"
    assert task["task_type"] == "convert"
    world.begin(internal(task))
    started = (await peer.get(path)).json()
    assert started["task_status"] == "started"
    assert started["task_position"] is None
    await world.complete(internal(task))
    done = (await peer.get(path, params={"wait": 2})).json()
    assert done["task_status"] == "success"
    assert done["task_meta"] == {
        "num_docs": 1,
        "num_processed": 1,
        "num_succeeded": 1,
        "num_partially_succeeded": 0,
        "num_failed": 0,
    }
    assert done["failure"] is None


@pytest.mark.shows("GET /v1/result/{task_id}", "POST /v1/convert/source/async")
async def test_an_inline_result_has_the_formats_asked_for_and_null_for_the_others(
    peer: httpx.AsyncClient, world: World
) -> None:
    body = {"sources": [inline()], "options": {"to_formats": ["md", "json"]}, "target": {"kind": "inbody"}}
    task = (await peer.post("/v1/convert/source/async", json=body)).json()
    path = f"/v1/result/{task['task_id']}"

    early = await peer.get(path)
    assert early.status_code == 404
    assert early.json() == {"detail": "Task result not found. Please wait for a completion status."}

    await world.complete(internal(task))
    result = (await peer.get(path)).json()
    assert list(result) == RESULT
    assert list(result["document"]) == DOCUMENT
    assert result["document"]["filename"] == "scan.pdf"
    assert result["document"]["json_content"]["schema_name"] == "DoclingDocument"
    assert [result["document"][name] for name in DOCUMENT[3:]] == [None] * 4
    assert result["status"] == "success"
    assert result["errors"] == []
    assert result["processing_time"] >= 0
    assert result["timings"] == {}
    assert result["confidence"]["mean_grade"] == "excellent"


async def test_every_format_says_the_same_as_the_native_export(peer: httpx.AsyncClient, world: World) -> None:
    task = await sent(peer, to_formats=FORMATS)
    await world.complete(internal(task))
    document = (await peer.get(f"/v1/result/{task['task_id']}")).json()["document"]

    async with world.client() as native:
        for member, options in {
            "md_content": {"format": "markdown", "images": "marked"},
            "html_content": {"format": "html", "images": "none", "fields": "no"},
            "text_content": {"format": "text", "pages": "joined"},
            "doctags_content": {"format": "doctags"},
        }.items():
            found = await native.get(f"/v1/jobs/{internal(task)}/result", params=options)
            assert document[member] == found.text


async def test_formats_in_one_text_and_in_brackets_are_understood(
    peer: httpx.AsyncClient, world: World
) -> None:
    for fields in (
        {"to_formats": "md, text"},
        {"to_formats[]": ["md", "text"]},
        {"to_formats": '["md","text"]'},
    ):
        task = await sent(peer, **fields)
        await world.complete(internal(task))
        document = (await peer.get(f"/v1/result/{task['task_id']}")).json()["document"]
        assert document["md_content"]
        assert document["text_content"]
        assert document["json_content"] is None


@pytest.mark.shows("POST /v1/convert/source", "POST /v1/convert/file")
async def test_waiting_ends_as_the_peers_waiting_ends(
    peer: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "SYNC_WAIT_S", 0.01)
    for answer in (
        await peer.post("/v1/convert/source", json={"sources": [inline()]}),
        await peer.post("/v1/convert/file", files={"files": ("scan.pdf", PDF)}),
    ):
        assert answer.status_code == 504
        assert answer.json()["detail"].startswith("Conversion is taking too long.")


async def test_a_document_that_failed_is_told_in_its_result(peer: httpx.AsyncClient, world: World) -> None:
    task = await sent(peer)
    world.fail(internal(task))

    status = (await peer.get(f"/v1/status/poll/{task['task_id']}")).json()
    result = (await peer.get(f"/v1/result/{task['task_id']}")).json()

    assert status["task_status"] == "success"
    assert status["task_meta"]["num_failed"] == 1
    assert result["status"] == "failure"
    assert result["document"] == {"filename": "scan.pdf"} | dict.fromkeys(DOCUMENT[1:])
    assert list(result["errors"][0]) == [
        "component_type",
        "module_name",
        "error_message",
        "category",
        "page_no",
    ]


async def test_an_archive_of_nothing_is_a_failed_task(peer: httpx.AsyncClient, world: World) -> None:
    task = await sent(peer, target_type="zip")
    world.fail(internal(task))

    status = (await peer.get(f"/v1/status/poll/{task['task_id']}")).json()
    result = (await peer.get(f"/v1/result/{task['task_id']}")).json()

    assert status["task_status"] == "failure"
    assert status["error_message"] == status["failure"]["message"]
    assert result == {"kind": "TaskFailureResult", "failure": status["failure"]}
    assert list(status["failure"]) == ["category", "message", "retryable", "phase", "details"]


async def test_several_documents_are_one_task(peer: httpx.AsyncClient, world: World) -> None:
    files = [("files", ("a.pdf", PDF)), ("files", ("b.pdf", PDF))]
    task = (await peer.post("/v1/convert/file/async", files=files)).json()
    jobs = list(world.store.rows)

    await world.complete(f"job_{jobs[0]}")
    between = (await peer.get(f"/v1/status/poll/{task['task_id']}")).json()
    world.fail(f"job_{jobs[1]}")
    status = (await peer.get(f"/v1/status/poll/{task['task_id']}")).json()
    answer = await peer.get(f"/v1/result/{task['task_id']}")

    assert between["task_status"] == "started"
    assert (status["task_status"], status["task_meta"]["num_failed"]) == ("success", 1)
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == 'attachment; filename="converted_docs.zip"'


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"do_picture_description": True}, "do_picture_description"),
        ({"pipeline": "vlm"}, "vlm"),
        ({"to_formats": ["yaml"]}, "yaml"),
        ({"layout_custom_config": {"kind": "x"}}, "layout_custom_config"),
        ({"vlm_pipeline_preset": "granite_docling"}, "vlm_pipeline_preset"),
        ({"ocr_lang": ["klingon"]}, "klingon"),
        ({"page_range": [3, 2]}, "page_range"),
        ({"from_formats": ["docx"]}, "scan.pdf"),
    ],
)
async def test_what_we_do_not_do_is_refused_by_name(
    peer: httpx.AsyncClient, world: World, options: dict[str, Any], named: str
) -> None:
    assert named in await refused(peer, options=options)
    assert world.store.rows == {}
    assert world.blobs.content == {}


async def test_targets_are_refused_in_the_peers_words(peer: httpx.AsyncClient) -> None:
    presigned = await refused(peer, target={"kind": "presigned_url"})
    bucket = await refused(peer, target={"kind": "s3", "bucket": "b"})
    upload = await refused(peer, target={"kind": "put", "url": "https://example.test/here"})

    assert "artifact storage to be configured" in presigned
    assert bucket.startswith("target kind 's3' is not allowed.")
    assert upload.startswith("target kind 'put' is not allowed.")


@pytest.mark.shows("POST /v1/convert/source/batch")
async def test_buckets_are_refused(peer: httpx.AsyncClient) -> None:
    answer = await peer.post("/v1/convert/source/batch", json={"sources": [{"kind": "s3"}]})
    assert answer.status_code == 422
    assert "not allowed" in answer.json()["detail"]


async def test_a_wrong_shape_names_its_place(peer: httpx.AsyncClient) -> None:
    answer = await peer.post("/v1/convert/source", json={"sources": [{"kind": "file", "filename": "x"}]})
    assert answer.status_code == 422
    assert answer.json()["detail"] == [
        {"type": "missing", "loc": ["body", "sources", "0", "file", "base64_string"], "msg": "Field required"}
    ]
    without = await peer.post("/v1/convert/file", files={"other": (None, "text")})
    assert without.json()["detail"] == [
        {"type": "missing", "loc": ["body", "files"], "msg": "Field required"}
    ]


@pytest.mark.shows(
    "GET /health",
    "GET /livez",
    "GET /api",
    "GET /ready",
    "GET /readyz",
    "GET /version",
    "GET /v1/memory/stats",
    "GET /v1/memory/counts",
)
async def test_health_needs_no_key_and_management_is_off(peer: httpx.AsyncClient) -> None:
    public = {"X-Api-Key": ""}
    for path in ("/health", "/livez", "/api", "/ready", "/readyz"):
        assert (await peer.get(path, headers=public)).json() == {"status": "ok"}
    assert "docling-serve" in (await peer.get("/version", headers=public)).json()
    for path in ("/v1/memory/stats", "/v1/memory/counts"):
        assert (await peer.get(path, headers=public)).status_code == 403


@pytest.mark.shows("GET /v1/clear/converters", "GET /v1/clear/results")
async def test_results_are_not_cleared_by_asking(peer: httpx.AsyncClient) -> None:
    assert (await peer.get("/v1/clear/converters")).json() == {"status": "ok"}
    assert (await peer.get("/v1/clear/results")).status_code == 403


async def test_the_native_api_sees_the_same_job(peer: httpx.AsyncClient, world: World) -> None:
    task = await sent(peer)
    await world.complete(internal(task))
    async with world.client() as native:
        job = (await native.get(f"/v1/jobs/{internal(task)}")).json()
        assert job["status"] == "completed"
        assert job["metadata"]["dialect"] == "docling"
        problem_of(await native.get("/v1/jobs/job_" + "0" * 24), 404, "not_found")


def test_task_ids_are_uuids_that_can_be_read_back(world: World) -> None:
    id_ = new_id(world.clock.now())
    for kind in Kind:
        written = to_wire(kind, id_)
        assert written[14] == "8"
        assert from_wire(written) == (kind, id_)
    flipped = written[:-1] + ("0" if written[-1] != "0" else "1")
    for wrong in (flipped, written[1:], "", "x" * 36, json.dumps(written)):
        with pytest.raises(TaskNotFound):
            from_wire(wrong)


async def test_a_document_that_cannot_be_opened_becomes_a_task(
    peer: httpx.AsyncClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unreadable(*_: Any, **__: Any) -> None:
        raise UnreadableDocument("It cannot be read.")

    monkeypatch.setattr(world.isolation, "inspect", unreadable)
    task = await sent(peer)
    assert task["task_status"] == "pending", "kept as a task that will fail, as the peer does"
