"""StructFlow, and what the model services have in common: each documented answer, for every state, and refusals."""

import json
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from octavo.dialects.ldxhub.ids import Kind, from_wire
from octavo.domain.job import JobStatus
from tests.dialects.ldxhub.desk import (
    BEGUN,
    EXAMPLE,
    INPUTS,
    JSONL,
    MODEL,
    ORDER,
    OUTPUT,
    USAGE,
    analysis,
    flow,
    found,
    lost,
    records,
    stored,
)
from tests.http.world import World


@pytest.mark.shows("GET /structflow/models", "GET /analyzedoc/models", "GET /refineloop/models")
async def test_models_are_those_of_the_project(modelled: httpx.AsyncClient) -> None:
    (flowing,) = (await modelled.get("/structflow/models")).json()["data"]
    looking = (await modelled.get("/analyzedoc/models")).json()["data"]

    assert list(flowing) == ["id", "display_name", "description", "provider"]
    assert (flowing["id"], flowing["provider"]) == ("acme/small", "acme")
    assert [model["id"] for model in looking] == [f"acme/small@{word}" for word in ("high", "medium", "low")]
    assert looking[0]["supported_conversions"] == [
        {"from": kind, "to": "json"} for kind in ("pdf", "jpeg", "png")
    ]
    assert "sk-secret" not in str(looking)
    assert "models.example" not in str(looking)
    assert (await modelled.get("/refineloop/models")).json() == {"data": []}


@pytest.mark.shows("GET /structflow/models", "GET /analyzedoc/models", "GET /refineloop/models")
async def test_without_a_key_no_name_is_told_and_a_wrong_key_is_refused(
    world: World, modelled: httpx.AsyncClient
) -> None:
    keyless, wrong = {"Authorization": ""}, {"Authorization": "Bearer zpka_nobodys"}
    open_list = (await modelled.get("/structflow/models", headers=keyless)).json()["data"]
    other = await modelled.get("/structflow/models", headers={"Authorization": f"Bearer {world.other.key}"})

    assert [model["id"] for model in open_list] == ["default"]
    assert other.json() == {"data": []}, "its project has none"
    for name in ("structflow", "analyzedoc", "refineloop"):
        assert (await modelled.get(f"/{name}/models", headers=wrong)).status_code == 401
    assert (await flow(modelled, model="default"))["model"] == "default"


@pytest.mark.shows("POST /structflow/jobs")
async def test_an_accepted_order_has_the_documented_members(
    world: World, modelled: httpx.AsyncClient
) -> None:
    job = await flow(modelled, webhook_url="https://example.test/x", webhook_secret="s")

    assert list(job) == BEGUN
    assert (job["status"], job["progress"], job["model"]) == ("queued", 0.0, "acme/small")
    assert len(job["job_id"]) == 32
    first, second = records(world)
    assert first.options.template is not None
    assert first.options.template.instructions == "Take out the findings."
    assert first.options.model_only
    assert (first.options.require_model, first.options.model) == (
        True,
        "acme/small at https://models.example/v1",
    )
    assert (first.metadata["id"], second.metadata["id"]) == ("0", "1")
    assert first.batch_id == from_wire(job["job_id"])[1]


@pytest.mark.shows("GET /structflow/jobs/{job_id}")
async def test_inline_records_come_back_in_the_job(world: World, modelled: httpx.AsyncClient) -> None:
    job = await flow(modelled)
    path = f"/structflow/jobs/{job['job_id']}"
    first, second = records(world)

    await found(world, second, {"symptoms": [], "diagnosis_name": None, "days": None})
    halfway = (await modelled.get(path)).json()
    await found(world, first)
    done = (await modelled.get(path, params={"wait": 30})).json()

    assert (halfway["status"], list(halfway)) == ("processing", BEGUN)
    assert list(done) == [
        *BEGUN[:4],
        "summary",
        "results",
        "usage",
        *BEGUN[4:6],
        "completed_at",
        "expires_at",
    ]
    assert (done["status"], done["progress"]) == ("completed", 1.0)
    assert done["summary"] == {"total_count": 2, "completed_count": 2, "failed_count": 0}
    assert done["results"] == [
        {"id": "0", "status": "completed", "output": OUTPUT},
        {"id": "1", "status": "completed", "output": {"symptoms": [], "diagnosisName": "", "days": None}},
    ]
    assert list(done["results"][0]["output"]) == list(EXAMPLE)
    assert list(done["usage"]) == USAGE
    assert done["usage"]["total_input_characters"] == len("note: Coughs for five days.") + len("Well.")
    completed, expires = (datetime.fromisoformat(done[name]) for name in ("completed_at", "expires_at"))
    assert expires - completed == timedelta(hours=72)
    assert done["updated_at"] == done["completed_at"]


@pytest.mark.shows("GET /structflow/jobs/{job_id}", "GET /files/{file_id}/content", "GET /files/{file_id}")
async def test_records_of_a_file_come_back_as_a_file(world: World, modelled: httpx.AsyncClient) -> None:
    file_id = await stored(modelled, JSONL, "notes.jsonl")
    job = await flow(modelled, inputs=None, file_id=file_id)
    for record in records(world):
        await found(world, record)

    done = (await modelled.get(f"/structflow/jobs/{job['job_id']}")).json()
    content = await modelled.get(f"/files/{done['output_file_id']}/content")
    info = (await modelled.get(f"/files/{done['output_file_id']}")).json()
    part = await modelled.get(f"/files/{done['output_file_id']}/content", headers={"Range": "bytes=0-6"})
    again = await flow(modelled, inputs=None, file_id=done["output_file_id"])

    assert "results" not in done
    assert "summary" not in done
    assert done["usage"]["output_characters"] == 2 * len(json.dumps(OUTPUT, separators=(",", ":")))
    assert [json.loads(line) for line in content.content.splitlines()] == [
        {"id": "a", "status": "completed", "output": OUTPUT},
        {"id": "b", "status": "completed", "output": OUTPUT},
    ]
    assert content.headers["content-type"] == "application/x-ndjson"
    assert "filename*=UTF-8''notes.structured.jsonl" in content.headers["content-disposition"]
    assert (part.status_code, part.content) == (206, b'{"id":"')
    assert (info["filename"], info["size"]) == ("notes.structured.jsonl", len(content.content))
    assert info["expires_at"] == done["expires_at"]
    assert again["status"] == "queued", "an output is the next order's input"


@pytest.mark.shows("GET /structflow/jobs/{job_id}")
async def test_a_completed_job_may_hold_failed_records(world: World, modelled: httpx.AsyncClient) -> None:
    job = await flow(modelled, inputs=[*INPUTS, {"id": 7, "data": ""}])
    first, second = records(world)
    lost(world, first)
    await found(world, second)

    done = (await modelled.get(f"/structflow/jobs/{job['job_id']}")).json()

    assert done["status"] == "completed"
    assert done["summary"] == {"total_count": 3, "completed_count": 1, "failed_count": 2}
    assert [result["status"] for result in done["results"]] == ["failed", "completed", "failed"]
    assert list(done["results"][0]["error"]) == ["code", "message", "request_id"]
    assert done["results"][2]["error"]["code"] == "empty_document"
    assert done["usage"]["skipped_characters"] == len("note: Coughs for five days.")


@pytest.mark.shows("GET /structflow/jobs/{job_id}", "GET /structflow/jobs")
async def test_a_job_without_a_good_record_has_failed(world: World, modelled: httpx.AsyncClient) -> None:
    job = await flow(modelled)
    for record in records(world):
        lost(world, record)
    empty = await flow(modelled, inputs=[{"id": "x", "data": ""}])

    failed = (await modelled.get(f"/structflow/jobs/{job['job_id']}")).json()
    unread = (await modelled.get(f"/structflow/jobs/{empty['job_id']}")).json()

    assert list(failed) == [*BEGUN[:4], "error", *BEGUN[4:6], "completed_at", "expires_at"]
    assert (failed["status"], failed["progress"]) == ("failed", 0.0)
    assert list(failed["error"]) == ["code", "message", "request_id"]
    assert (unread["status"], unread["error"]["code"]) == ("failed", "empty_document")


@pytest.mark.shows("GET /structflow/jobs")
async def test_the_history_has_no_results_and_ends_after_three_days(
    world: World, modelled: httpx.AsyncClient
) -> None:
    first = await flow(modelled)
    for record in records(world):
        await found(world, record)
    world.clock.advance(1)
    second = await flow(modelled, inputs=None, file_id=await stored(modelled, JSONL, "n.jsonl"))

    listed = (await modelled.get("/structflow/jobs")).json()["data"]
    world.clock.advance(72 * 3600)
    later = (await modelled.get("/structflow/jobs")).json()["data"]

    assert [job["job_id"] for job in listed] == [second["job_id"], first["job_id"]]
    assert list(listed[1]) == [*BEGUN[:6], "completed_at", "expires_at"]
    assert [job["job_id"] for job in later] == [second["job_id"]]
    assert (await modelled.get(f"/structflow/jobs/{first['job_id']}")).status_code == 404


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"model": "google/gemini-3.5-flash"}, "model_not_found"),
        ({"inputs": None}, "invalid_request"),
        ({"file_id": "amq0" + "x" * 28}, "invalid_request"),
        ({"inputs": None, "file_id": "amq0" + "x" * 28}, "file_not_found"),
        ({"inputs": []}, "invalid_request"),
        ({"inputs": [{"id": "0"}]}, "validation_failed"),
        ({"inputs": [{"id": "", "data": "x"}]}, "validation_failed"),
        ({"example_output": {}}, "invalid_request"),
        ({"example_output": {"a": [[1]]}}, "invalid_request"),
        ({"example_output": "{}"}, "validation_failed"),
        ({"system_prompt": None}, "validation_failed"),
    ],
)
@pytest.mark.shows("POST /structflow/jobs")
async def test_a_wrong_order_of_records_is_400_and_says_why(
    modelled: httpx.AsyncClient, change: dict[str, Any], code: str
) -> None:
    answer = await modelled.post("/structflow/jobs", json={**ORDER, "inputs": INPUTS, **change})

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == code


@pytest.mark.shows("POST /structflow/jobs")
async def test_a_line_that_is_no_record_is_named(modelled: httpx.AsyncClient) -> None:
    file_id = await stored(modelled, b'{"id":"a","data":"x"}\nnothing\n', "bad.jsonl")
    answer = await modelled.post("/structflow/jobs", json={**ORDER, "file_id": file_id})

    assert answer.status_code == 400
    assert "Line 2" in answer.json()["message"]


@pytest.mark.parametrize("name", ["structflow", "analyzedoc", "refineloop"])
@pytest.mark.shows(
    "POST /structflow/jobs",
    "POST /analyzedoc/jobs",
    "POST /refineloop/jobs",
    "GET /structflow/jobs",
    "GET /analyzedoc/jobs",
    "GET /refineloop/jobs",
    "GET /refineloop/jobs/{job_id}",
)
async def test_without_a_model_an_order_is_refused_by_name(hub: httpx.AsyncClient, name: str) -> None:
    order = {**ORDER, "inputs": INPUTS} if name == "structflow" else {**ORDER, "file_id": "x"}

    answer = await hub.post(f"/{name}/jobs", json=order)
    keyless = await hub.post(f"/{name}/jobs", json=order, headers={"Authorization": ""})

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "model_not_found")
    assert "no models here" in answer.json()["message"]
    assert keyless.status_code == 401
    assert (await hub.get(f"/{name}/models", headers={"Authorization": ""})).json() == {"data": []}
    assert (await hub.get(f"/{name}/jobs")).json() == {"data": []}
    assert (await hub.get(f"/{name}/jobs/{'a' * 32}")).status_code == 404


async def test_jobs_of_others_are_unknown(world: World, modelled: httpx.AsyncClient) -> None:
    flowing, looking = await flow(modelled), await analysis(modelled)
    for job in records(world):
        await found(world, job)
    output = (await modelled.get(f"/analyzedoc/jobs/{looking['job_id']}")).json()["output_file_id"]
    foreign = {"Authorization": f"Bearer {world.other.key}"}

    for path in (
        f"/structflow/jobs/{flowing['job_id']}",
        f"/analyzedoc/jobs/{looking['job_id']}",
        f"/files/{output}/content",
    ):
        assert (await modelled.get(path, headers=foreign)).status_code == 404
    assert (await modelled.get("/structflow/jobs", headers=foreign)).json() == {"data": []}


async def test_the_native_api_tells_the_same_of_the_same_job(
    world: World, modelled: httpx.AsyncClient
) -> None:
    job = await flow(modelled)
    for record in records(world):
        await found(world, record)
    async with world.client() as native:
        batch = (await native.get(f"/v1/batches/{from_wire(job['job_id'])[1]}")).json()

    assert from_wire(job["job_id"])[0] is Kind.RECORDS
    assert (batch["status"], batch["counts"]["completed"]) == (JobStatus.COMPLETED, 2)
    assert (await modelled.get(f"/structflow/jobs/{job['job_id']}")).json()["status"] == "completed"


@pytest.mark.shows("GET /structflow/models", "POST /structflow/jobs")
async def test_models_of_templates_can_be_ordered_too(world: World, hub: httpx.AsyncClient) -> None:
    lent = {**MODEL, "model": "acme/large"}
    async with world.client() as native:
        template = await native.post(
            "/v1/templates", json={"name": "t", "document_type": "invoice", "model": lent}
        )

    listed = (await hub.get("/structflow/models")).json()["data"]
    keyless = (await hub.get("/structflow/models", headers={"Authorization": ""})).json()["data"]
    for model in ("acme/large", "default"):
        await flow(hub, model=model)

    assert [model["id"] for model in listed] == ["acme/large"]
    assert [model["id"] for model in keyless] == ["default"]
    for job in records(world):
        assert f"tpl_{job.options.template_id}" == template.json()["id"]
        assert job.options.model == "acme/large at https://models.example/v1"
        assert job.options.template is not None
