"""AnalyzeDoc: each documented answer, for every state, and what is refused."""

from dataclasses import replace
from typing import Any

import httpx
import pytest

from tests.dialects.ldxhub.desk import BEGUN, ORDER, OUTPUT, USAGE, analysis, found, lost, records, stored
from tests.http.world import World


@pytest.mark.shows("POST /analyzedoc/jobs", "GET /analyzedoc/jobs/{job_id}", "GET /analyzedoc/jobs")
async def test_a_document_becomes_json_by_example(world: World, modelled: httpx.AsyncClient) -> None:
    job = await analysis(modelled, model="acme/small@low")
    path = f"/analyzedoc/jobs/{job['job_id']}"
    (ours,) = records(world)

    await found(world, ours)
    done = (await modelled.get(path, params={"wait": 10})).json()
    content = await modelled.get(f"/files/{done['output_file_id']}/content")
    listed = (await modelled.get("/analyzedoc/jobs")).json()["data"]

    assert list(job) == ["job_id", "file_id", *BEGUN[1:]]
    assert (job["model"], ours.options.profile.value) == ("acme/small@low", "fast")
    assert list(done) == [
        *("job_id", "file_id", "model", "status", "progress", "output_file_id", "usage"),
        *("created_at", "updated_at", "completed_at", "expires_at"),
    ]
    assert list(done["usage"]) == [*USAGE, "input_pages"]
    assert (content.headers["content-type"], content.json()) == ("application/json", OUTPUT)
    assert 'filename="scan.json"; filename*=' in content.headers["content-disposition"]
    assert [entry["job_id"] for entry in listed] == [job["job_id"]]
    assert "usage" not in listed[0]
    assert (await modelled.get(f"/renderocr/jobs/{job['job_id']}")).status_code == 404
    assert (await modelled.get("/renderocr/jobs")).json() == {"data": []}


@pytest.mark.shows("GET /analyzedoc/jobs/{job_id}")
async def test_an_analysis_that_failed_has_the_recorded_members(
    world: World, modelled: httpx.AsyncClient
) -> None:
    job = await analysis(modelled)
    (ours,) = records(world)
    lost(world, ours)
    failure = world.store.rows[ours.id].error
    assert failure is not None
    world.store.change(ours.id, None, error=replace(failure, code="model_failed", retryable=True))

    failed = (await modelled.get(f"/analyzedoc/jobs/{job['job_id']}")).json()

    assert list(failed) == [
        *("job_id", "file_id", "model", "status", "progress", "error"),
        *("created_at", "updated_at", "completed_at", "expires_at"),
    ]
    assert (failed["status"], failed["progress"]) == ("failed", 0.0)
    assert failed["error"]["code"] == "upstream_service_error"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"model": "acme/large@high"}, "model_not_found"),
        ({"model": "acme/small@highest"}, "model_not_found"),
        ({"output_format": "xml"}, "unsupported_conversion"),
        ({"file_id": "amq0" + "x" * 28}, "file_not_found"),
        ({"example_output": [1]}, "validation_failed"),
    ],
)
@pytest.mark.shows("POST /analyzedoc/jobs")
async def test_a_wrong_analysis_is_400_and_says_why(
    modelled: httpx.AsyncClient, change: dict[str, Any], code: str
) -> None:
    order = {**ORDER, "file_id": await stored(modelled), **change}
    answer = await modelled.post("/analyzedoc/jobs", json=order)

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == code


@pytest.mark.shows("POST /analyzedoc/jobs")
async def test_a_text_is_no_document_to_look_at(modelled: httpx.AsyncClient) -> None:
    order = {**ORDER, "file_id": await stored(modelled, b"a text", "a.txt")}
    answer = await modelled.post("/analyzedoc/jobs", json=order)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "unsupported_conversion")
