"""Looking for fields as a document is put together, with things going wrong beside it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.http.fakes import FakeIsolation
from tests.http.receipts import RECEIPT
from tests.http.world import PDF, World, job_id, submit

from octavo.app.extract import extract_fields_of
from octavo.domain.errors import OctavoError, TemporaryFailure
from octavo.domain.field import FieldsSummary
from octavo.domain.job import Job
from octavo.exporters.fields_json import fields_to_json
from octavo.ports.isolation import ChildDied, ExtractRequest


class Extracting(FakeIsolation):
    """Finds the receipt, or fails as told; keeps what it was asked."""

    def __init__(self, error: OctavoError | None = None) -> None:
        super().__init__()
        self.error = error
        self.asked: list[ExtractRequest] = []

    async def extract(self, request: ExtractRequest) -> FieldsSummary:
        self.asked.append(request)
        if self.error is not None:
            raise self.error
        request.target.write_text(json.dumps(fields_to_json(RECEIPT, ())), encoding="utf-8")
        return RECEIPT.summary


async def _job(world: World, isolation: Extracting, **options: str) -> Job:
    world.services = replace(world.services, isolation=isolation)
    async with world.client() as client:
        job = await submit(client, PDF, **options)
    return world.store.rows[job_id(job["id"])]


@pytest.fixture
async def world() -> World:
    return await World().settle()


async def test_fields_are_stored_before_the_job_ends(world: World, tmp_path: Path) -> None:
    isolation = Extracting()
    job = await _job(world, isolation, document_type="receipt", languages="de")

    standing = await extract_fields_of(job, tmp_path / "document", services=world.services)

    assert standing is not None
    assert (standing.version, standing.summary) == (1, RECEIPT.summary)
    assert json.loads(world.blobs.content[standing.blob_key])["values"]["total"] == 5.0
    (asked,) = isolation.asked
    assert (asked.order.document_type, asked.order.languages) == ("receipt", ("de",))
    assert asked.source is not None, "a PDF may carry its data with it"


@pytest.mark.parametrize("options", [{"document_type": "none"}, {"profile": "fast"}])
async def test_who_wants_no_fields_pays_for_none(
    world: World, tmp_path: Path, options: dict[str, str]
) -> None:
    isolation = Extracting()
    job = await _job(world, isolation, **options)

    assert await extract_fields_of(job, tmp_path / "document", services=world.services) is None
    assert isolation.asked == []


async def test_a_fast_job_that_names_a_type_gets_its_fields(world: World, tmp_path: Path) -> None:
    isolation = Extracting()
    job = await _job(world, isolation, profile="fast", document_type="receipt")

    assert await extract_fields_of(job, tmp_path / "document", services=world.services) is not None


async def test_a_lost_child_costs_the_fields_and_not_the_document(world: World, tmp_path: Path) -> None:
    job = await _job(world, Extracting(ChildDied("It died.")), document_type="receipt")

    standing = await extract_fields_of(job, tmp_path / "document", services=world.services)

    assert standing is not None
    assert (standing.summary.notes, standing.summary.found) == (("extraction_failed",), 0)
    assert json.loads(world.blobs.content[standing.blob_key])["notes"] == ["extraction_failed"]


async def test_what_fails_for_now_is_tried_again(world: World, tmp_path: Path) -> None:
    job = await _job(world, Extracting(TemporaryFailure("Away.")))

    with pytest.raises(TemporaryFailure):
        await extract_fields_of(job, tmp_path / "document", services=world.services)


async def test_a_job_is_read_by_the_version_it_was_sent_with(world: World, tmp_path: Path) -> None:
    isolation = Extracting()
    world.services = replace(world.services, isolation=isolation)
    async with world.client() as client:
        made = (await client.post("/v1/templates", json={"name": "t", "fields": {"total": "money"}})).json()
        sent = await submit(client, template_id=made["id"])
        await client.patch(f"/v1/templates/{made['id']}", json={"fields": {"other": "money"}})
        await client.delete(f"/v1/templates/{made['id']}")
    job = world.store.rows[job_id(sent["id"])]

    await extract_fields_of(job, tmp_path / "document", services=world.services)

    template = isolation.asked[0].order.template
    assert template is not None
    assert (template.version, [spec.name for spec in template.fields]) == (1, ["total"])
