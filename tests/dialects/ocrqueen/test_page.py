"""Recorded exchanges: every example and every row of the vendor's page on jobs, as a test of its shape."""

import re
from typing import Any

from octavo.domain.job import JobStatus
from octavo.domain.tenancy import Scope
from tests.dialects.conftest import Clients
from tests.dialects.ocrqueen.stage import fail, finish
from tests.dialects.orders import FILE, told
from tests.dialects.shape import SECONDS, Number, require_shape
from tests.http.world import World

QUEEN_JOB: dict[Any, Any] = {
    "job_id": re.compile("job_[0-9a-f]{24}"),
    "status": "completed",
    "file_info": {"filename": "till roll.pdf", "size_bytes": 25, "mime_type": "application/pdf"},
    **dict.fromkeys(("created_at", "started_at", "completed_at", "expires_at"), SECONDS),
    "estimated_seconds": 0,
    "status_url": re.compile("https?://.+/v1/jobs/job_[0-9a-f]{24}"),
    "document": {
        "source": {
            "kind": re.compile("pdf|pptx|image"),
            "filename": str,
            "file_hash": re.compile("sha256:[0-9a-f]{64}"),
            "page_count": int,
            "page_sizes": [[Number]],
        },
        "extraction": {
            "model": str,
            "profile": re.compile("standard|advanced"),
            "duration_ms": int,
            "faithfulness_score": Number,
            "per_page_failures": list,
        },
        "pages": [{"page": int, "blocks": list}],
        "markdown": str,
    },
    "markdown": str,
    "cache_hit": False,
    "error": None,
}
BLOCK: dict[Any, Any] = {
    "id": re.compile("blk_[0-9a-z_]+"),
    "type": str,
    "page": int,
    "bbox_units": "normalized",
    "reading_order_index": int,
    "text_source": re.compile("verified|inferred|derived"),
    "verified": bool,
    ...: True,
}
TAXONOMY = {
    **{name: {"text"} for name in ("heading", "paragraph", "list", "caption", "footnote")},
    **{name: {"text"} for name in ("page_header", "page_footer", "callout", "code")},
    "table": {"headers", "rows"},
    "image": {"url", "image_b64", "alt", "caption", "image_type", "embedded_text"},
    "diagram": {"nodes", "edges", "image_url", "image_b64"},
    "chart": {"chart_type", "title", "categories", "series", "data_table", "image_b64"},
    "formula": {"latex", "rendered_image_b64"},
}


async def queen_job(clients: Clients) -> str:
    form = {"files": {"file": FILE}, "data": {"options": '{"bypass_cache": true, "include_layout": true}'}}
    answer = await clients["ocrqueen"].post("/v1/extract", **form)  # type: ignore[arg-type]
    return str(answer.json()["job_id"])


async def test_ocrqueen_response_shape_and_document(clients: Clients, world: World) -> None:
    id_ = await queen_job(clients)
    world.begin(id_)
    await finish(world, id_)

    job = await told(clients["ocrqueen"], f"/v1/jobs/{id_}")

    require_shape(job, QUEEN_JOB)
    blocks = [block for page in job["document"]["pages"] for block in page["blocks"]]
    require_shape(blocks, [BLOCK])
    assert {block["type"] for block in blocks} == set(TAXONOMY)
    for block in blocks:
        assert TAXONOMY[block["type"]] <= set(block), block["type"]
        assert {"role", "bbox", "text", "confidence"} <= set(block)
    assert [block["bbox"] for block in blocks if block["bbox"]]
    for block in blocks:
        if block["type"] == "image":
            assert (block["url"] is None) != (block["image_b64"] is None)


async def test_ocrqueen_status_values(clients: Clients, world: World) -> None:
    ids = [await queen_job(clients) for _ in JobStatus]
    world.begin(ids[1])
    await finish(world, ids[2])
    fail(world, ids[3], "unreadable_document")
    await clients["ocrqueen"].delete(f"/v1/jobs/{ids[4]}")

    jobs = [await told(clients["ocrqueen"], f"/v1/jobs/{id_}") for id_ in ids]

    assert [job["status"] for job in jobs] == ["queued", "processing", "completed", "failed", "cancelled"]
    for job in jobs:
        assert set(job) == set(QUEEN_JOB)
        assert (
            (job["document"] is not None) == (job["markdown"] is not None) == (job["status"] == "completed")
        )
        if job["status"] in {"failed", "cancelled"}:
            require_shape(job["error"], {"code": str, "message": str})
        else:
            assert job["error"] is None


async def test_ocrqueen_poll_loop(clients: Clients) -> None:
    """The page reads `Retry-After`, 2 where there is none, of every answer until the end."""
    id_ = await queen_job(clients)

    waiting = await clients["ocrqueen"].get(f"/v1/jobs/{id_}")
    await clients["ocrqueen"].delete(f"/v1/jobs/{id_}")
    ended = await clients["ocrqueen"].get(f"/v1/jobs/{id_}")

    assert int(waiting.headers.get("Retry-After", "2")) >= 1
    assert ended.json()["status"] in {"completed", "failed", "cancelled"}


async def test_ocrqueen_cancel(clients: Clients, world: World) -> None:
    queen = clients["ocrqueen"]
    live, done, broken = [await queen_job(clients) for _ in range(3)]
    await finish(world, done)
    fail(world, broken, "unreadable_document")

    cancelled = await queen.delete(f"/v1/jobs/{live}")
    refused = [await queen.delete(f"/v1/jobs/{id_}") for id_ in (done, broken, live, "job_5f8a")]

    assert (cancelled.status_code, cancelled.content) == (204, b"")
    assert [(answer.status_code, answer.json()["detail"].partition(":")[0]) for answer in refused] == [
        (409, "JOB_ALREADY_COMPLETED"),
        (409, "JOB_ALREADY_FAILED"),
        (409, "JOB_ALREADY_CANCELLED"),
        (404, "JOB_NOT_FOUND"),
    ]


async def test_ocrqueen_purge(clients: Clients, world: World) -> None:
    queen = clients["ocrqueen"]
    id_ = await queen_job(clients)
    await finish(world, id_)
    reader = await world.key(world.acme, [Scope.EXTRACT_WRITE, Scope.JOBS_READ])
    path = f"/v1/jobs/{id_}/purge"

    without = await queen.post(path, headers={"Authorization": f"Bearer {reader}"})
    twice = [await queen.post(path), await queen.post(path)]
    unknown = await queen.post("/v1/jobs/job_5f8a/purge")

    require_shape(without.json(), {"detail": re.compile("INSUFFICIENT_SCOPE: .+")})
    require_shape(unknown.json(), {"detail": re.compile("JOB_NOT_FOUND: .+")})
    assert (without.status_code, unknown.status_code) == (403, 404)
    assert [(answer.status_code, answer.content) for answer in twice] == [(204, b"")] * 2
