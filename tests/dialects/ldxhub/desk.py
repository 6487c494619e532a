"""What tests of the model services have in common: orders, and ways to end their jobs."""

import json
from pathlib import Path
from typing import Any

import httpx

from octavo.domain.errors import UnsupportedMediaType
from octavo.domain.field import Fields
from octavo.domain.job import FieldsStanding, Job
from octavo.domain.storage import fields_key
from tests.http.fakes import FakeIsolation
from tests.http.world import PDF, World

MODEL = {"base_url": "https://models.example/v1", "model": "acme/small", "api_key": "sk-secret"}
EXAMPLE = {"symptoms": ["fever"], "diagnosisName": "flu", "days": 3}
VALUES = {"symptoms": ["cough"], "diagnosis_name": "cold", "days": 5}
OUTPUT = {"symptoms": ["cough"], "diagnosisName": "cold", "days": 5}
ORDER = {"model": "acme/small", "system_prompt": "Take out the findings.", "example_output": EXAMPLE}
INPUTS = [{"id": "0", "data": {"note": "Coughs for five days."}}, {"id": "1", "data": "Well."}]
JSONL = b'{"id":"a","data":"Coughs."}\n{"id":"b","data":"Well."}\n'
BEGUN = ["job_id", "model", "status", "progress", "created_at", "updated_at", "expires_at"]
USAGE = [
    "total_input_characters",
    "processed_input_characters",
    "skipped_characters",
    "output_characters",
    "vector_bytes",
]


class ReadsTexts(FakeIsolation):
    async def media_type(self, path: Path, *, filename: str | None) -> str:
        try:
            return await super().media_type(path, filename=filename)
        except UnsupportedMediaType:
            return "text/plain"


async def found(world: World, job: Job, values: dict[str, Any] | None = None) -> None:
    """The job ends well, with these values."""
    world.begin(job.id)
    await world.complete(job.id)
    key = fields_key(job.id, 1)
    await world.blobs.put_bytes(key, json.dumps({"values": values or VALUES}).encode())
    summary = Fields("generic", None, ()).summary
    world.store.change(job.id, None, fields=FieldsStanding(1, key, summary))


def lost(world: World, job: Job) -> None:
    world.fail(job.id)
    world.store.change(job.id, None, finished_at=world.clock.now())


def records(world: World) -> list[Job]:
    return sorted(world.store.rows.values(), key=lambda job: job.id)


async def flow(hub: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    answer = await hub.post("/structflow/jobs", json={**ORDER, "inputs": INPUTS, **changes})
    assert answer.status_code == 202, answer.text
    return dict(answer.json())


async def stored(hub: httpx.AsyncClient, content: bytes = PDF, name: str = "scan.pdf") -> str:
    answer = await hub.post("/files", files={"file": (name, content)})
    assert answer.is_success, answer.text
    return str(answer.json()["file_id"])


async def analysis(hub: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    order = {**ORDER, "file_id": await stored(hub), "output_format": "json", **changes}
    answer = await hub.post("/analyzedoc/jobs", json=order)
    assert answer.status_code == 202, answer.text
    return dict(answer.json())
