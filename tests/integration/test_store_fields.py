"""Fields, corrections and templates in the real database."""

from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest

from octavo.domain.correction import FieldChange
from octavo.domain.errors import Conflict, Gone, NotFound
from octavo.domain.event import EventType
from octavo.domain.field import Field, FieldSource, FieldsSummary, Place
from octavo.domain.geometry import BBox
from octavo.domain.ids import JobId, KeyId, TemplateId, new_id
from octavo.domain.job import FieldsStanding, Job, JobOptions, JobStatus
from octavo.domain.template import Example, FieldRule, FieldSpec, FieldType, ModelChoice, Reference, Template
from octavo.ports.fields import NewCorrection
from octavo.ports.history import JobQuery
from octavo.ports.store import Completion
from octavo.ports.templates import SEALED
from tests.integration.conftest import World, project_tenant
from tests.integration.queue_probe import run_sql
from tests.integration.test_store_work import page

SUMMARY = FieldsSummary("receipt", 0.9, 7, 2, 1, 0.93, ("embedded_invoice",))
KEY = KeyId("0" * 24)


async def completed(world: World, *, fields: bool = True, **changes: object) -> Job:
    new = world.new_job(page_count=1, pages_total=1, **changes)
    await world.tenant.submit_job(new)
    work = world.store.work
    await work.begin(new.id, 1)
    await work.plan(new.id, 1, slice_pages=1)
    found = await work.job_for_slice(new.id, 1, 0)
    assert found is not None
    await work.checkpoint(found[1], done=1, pages=[page(1)], next_slice_pages=1)
    standing = FieldsStanding(1, f"fields/{new.id}/1", SUMMARY) if fields else None
    await work.complete(new.id, 1, Completion(0.9, 0, standing))
    return await world.tenant.job(new.id)


def correction(job_id: JobId, version: int, *, after: float = 6.0) -> NewCorrection:
    standing = FieldsStanding(version, f"fields/{version}-x", replace(SUMMARY, verified=3))
    return NewCorrection(
        job_id, KEY, standing, (FieldChange("total", 5.0, after), FieldChange("date", "x", None))
    )


async def test_a_job_knows_how_its_fields_stand(world: World) -> None:
    job = await completed(world)

    assert job.status is JobStatus.COMPLETED
    assert job.fields == FieldsStanding(1, f"fields/{job.id}/1", SUMMARY)
    assert job.document_type == "receipt"


async def test_a_correction_its_audit_and_its_event_are_one(world: World) -> None:
    job = await completed(world)
    seen = job.version

    corrected = await world.tenant.fields.correct(correction(job.id, 2))

    assert corrected.fields is not None
    assert (corrected.fields.version, corrected.fields.blob_key) == (2, "fields/2-x")
    assert corrected.version > seen
    (event,) = await world.tenant.events(job.id, after=seen)
    assert event.type is EventType.JOB_CORRECTED
    assert event.payload == {"fields_version": 2, "paths": ["total", "date"]}
    (told,) = await world.tenant.fields.history(job.id, before=None, limit=10)
    assert (told.version, told.key_id) == (2, KEY)
    assert told.changes == correction(job.id, 2).changes


async def test_of_two_corrections_of_one_version_one_is_refused(world: World) -> None:
    job = await completed(world)
    await world.tenant.fields.correct(correction(job.id, 2))

    with pytest.raises(Conflict) as refused:
        await world.tenant.fields.correct(correction(job.id, 2, after=7.0))

    assert refused.value.details["fields_version"] == 2
    history = await world.tenant.fields.history(job.id, before=None, limit=10)
    assert [one.changes[0].after for one in history] == [6.0]


async def test_the_history_goes_back_page_by_page(world: World) -> None:
    job = await completed(world)
    for version in (2, 3, 4):
        await world.tenant.fields.correct(correction(job.id, version))

    fields = world.tenant.fields
    assert [one.version for one in await fields.history(job.id, before=None, limit=2)] == [4, 3]
    assert [one.version for one in await fields.history(job.id, before=3, limit=2)] == [2]


async def test_a_purge_leaves_nothing_of_the_fields(world: World) -> None:
    job = await completed(world)
    await world.tenant.fields.correct(correction(job.id, 2))

    purged = await world.tenant.mark_purged(job.id)

    assert (purged.fields, purged.document_type) == (None, None)
    assert await world.tenant.fields.history(job.id, before=None, limit=10) == []
    assert "5.0" not in str(await run_sql(world.url, "select * from corrections"))
    with pytest.raises(Gone):
        await world.tenant.fields.correct(correction(job.id, 3))


async def test_fields_go_with_the_result(world: World) -> None:
    job = await completed(world)
    await world.tenant.fields.correct(correction(job.id, 2))
    world.clock.pass_time(days=60)

    await world.store.upkeep.expire_results(10)

    assert (await world.tenant.job(job.id)).fields is None
    assert await world.tenant.fields.history(job.id, before=None, limit=10) == []


async def test_fields_of_others_do_not_exist(world: World) -> None:
    job = await completed(world)
    stranger = world.store.tenant(project_tenant(await world.another_project()))

    with pytest.raises(NotFound):
        await stranger.fields.correct(correction(job.id, 2))
    with pytest.raises(NotFound):
        await stranger.fields.history(job.id, before=None, limit=10)


async def test_the_history_of_jobs_is_filtered_by_type_and_template(world: World) -> None:
    template = await world.tenant.templates.add(template_of(world))
    options = JobOptions(template_id=template.id, template_version=1)
    receipt = await completed(world)
    asked = await completed(world, fields=False, options=JobOptions(document_type="contract"))
    sent = await completed(world, fields=False, options=options)
    await completed(world, fields=False, options=JobOptions(document_type="none"))

    async def listed(**filters: object) -> list[JobId]:
        return [job.id for job in await world.tenant.jobs(JobQuery(**filters))]  # type: ignore[arg-type]

    assert await listed(document_type="receipt") == [receipt.id]
    assert await listed(document_type="contract") == [asked.id]
    assert await listed(document_type="none") == []
    assert await listed(template_id=template.id) == [sent.id]
    assert (await world.tenant.job(sent.id)).options == options


async def test_a_copy_from_the_cache_brings_its_fields(world: World) -> None:
    earlier = await completed(world, cache_key="same")
    standing = FieldsStanding(1, "fields/copy", SUMMARY)

    new = world.new_job(cache_key="same", cached_from=earlier, cached_fields=standing)
    copied = (await world.tenant.submit_job(new)).job

    assert (copied.status, copied.fields) == (JobStatus.COMPLETED, standing)


def template_of(world: World, **changes: object) -> Template:
    now = datetime.now(UTC)
    values = {
        "id": TemplateId(new_id(now)),
        "organization_id": world.organization.id,
        "project_id": world.project.id,
        "version": 1,
        "name": "Bakery",
        "document_type": "receipt",
        "fields": (
            FieldSpec("total", FieldType.MONEY, "All", ("Summe",), "x", True, ("1",)),
            FieldSpec("kind", FieldType.ENUM, values=("a", "b")),
            FieldSpec("lines", FieldType.ARRAY, fields=(FieldSpec("what", FieldType.STRING),)),
            FieldSpec("tags", FieldType.ARRAY, entries=FieldType.DATE),
        ),
        "created_at": now,
        "updated_at": now,
        "rules": (FieldRule("total > 0", "Something"),),
        "metadata": {"team": "k"},
        "model": ModelChoice("https://models.example", "small", "sk-secret", 5.0, 1, 0.5, None),
    }
    return Template(**values | changes)  # type: ignore[arg-type]


def example_of(world: World) -> Example:
    field = Field(
        "total", 5.0, FieldSource.PERSON, "5,00", (Place(1, BBox(0.1, 0.2, 0.3, 0.4)),), 1.0, verified=True
    )
    return Example(
        new_id(world.clock.now()),
        (field,),
        ({"page": 1, "words": [["Summe", 0, 0, 0.1, 0.1]]},),
        datetime.now(UTC),
    )


async def test_a_template_comes_back_as_it_was_kept(world: World) -> None:
    template = template_of(world)

    added = await world.tenant.templates.add(template)

    assert template.model is not None
    shown = replace(template, model=replace(template.model, api_key=SEALED))
    assert asdict(added) == asdict(shown)
    assert asdict(await world.tenant.templates.template(template.id)) == asdict(shown)
    assert asdict(await world.tenant.templates.for_work(template.id, 1)) == asdict(template)
    kept = str(await run_sql(world.url, "select * from template_versions"))
    assert "sk-secret" not in kept, "the key is sealed at rest"


async def test_versions_are_kept_and_a_key_stays_until_it_is_changed(world: World) -> None:
    templates = world.tenant.templates
    first = await templates.add(template_of(world))
    second = await templates.change(replace(first, name="Second"))
    third = await templates.change(replace(second, model=None))

    with pytest.raises(Conflict):
        await templates.change(replace(second, name="late"))

    keys = [(await templates.for_work(first.id, version)).model for version in (1, 2, 3)]
    assert [model.api_key if model else None for model in keys] == ["sk-secret", "sk-secret", None]
    assert third.version == 3
    assert (await templates.template(first.id, 1)).name == "Bakery"
    assert [one.version for one in await templates.versions(first.id, before=None, limit=2)] == [3, 2]
    assert [one.version for one in await templates.versions(first.id, before=2, limit=2)] == [1]


async def test_examples_belong_to_the_versions_they_were_in_force_in(world: World) -> None:
    templates = world.tenant.templates
    first = await templates.add(template_of(world))
    example = example_of(world)

    second = await templates.change(replace(first, examples=(example,)))
    third = await templates.change(replace(second, description="more"))
    fourth = await templates.change(replace(third, examples=()))

    counts = [len((await templates.template(first.id, version)).examples) for version in (1, 2, 3, 4)]
    assert counts == [0, 1, 1, 0]
    assert fourth.version == 4
    assert asdict(second.examples[0]) == asdict(replace(example, created_at=second.examples[0].created_at))


async def test_references_belong_to_versions_and_only_work_has_their_texts(world: World) -> None:
    templates = world.tenant.templates
    first = await templates.add(template_of(world))
    # The later one has the smaller id, as two made within one millisecond may: the versions give the order.
    now = world.clock.now()
    smaller, greater = sorted((new_id(now), new_id(now)))
    codes = Reference(greater, "codes.txt", 15, 1, now, text="MKT = Marketing")
    rules = Reference(smaller, "rules.md", 12, 1, now, text="Größe first")
    second = await templates.change(replace(first, references=(codes,)))
    third = await templates.change(replace(second, references=(*second.references, rules)))
    fourth = await templates.change(replace(third, name="Renamed"))
    last = await templates.change(replace(fourth, references=fourth.references[1:]))

    shown = [
        [(one.name, one.text) for one in (await templates.template(first.id, version)).references]
        for version in range(1, 6)
    ]
    names = ("codes.txt", None), ("rules.md", None)
    assert shown == [[], [names[0]], [*names], [*names], [names[1]]]
    worked = await templates.for_work(first.id, fourth.version)
    assert [one.text for one in worked.references] == ["MKT = Marketing", "Größe first"]
    assert [one.text for one in (await templates.for_work(first.id, last.version)).references] == [
        "Größe first"
    ]
    assert [one.references for one in await templates.newest(before=None, limit=9)] == [()]
    await templates.delete(first.id)
    assert await run_sql(world.url, "select * from template_references") == []


async def test_a_deleted_template_is_hidden_and_its_examples_are_erased(world: World) -> None:
    templates = world.tenant.templates
    first = await templates.add(template_of(world))
    await templates.change(replace(first, examples=(example_of(world),)))

    await templates.delete(first.id)
    await templates.delete(first.id)

    with pytest.raises(NotFound):
        await templates.template(first.id)
    with pytest.raises(NotFound):
        await templates.versions(first.id, before=None, limit=5)
    with pytest.raises(NotFound):
        await templates.change(first)
    assert await templates.newest(before=None, limit=5) == []
    assert (await templates.for_work(first.id, 2)).name == "Bakery"
    assert await run_sql(world.url, "select * from template_examples") == []


async def test_templates_are_listed_newest_first_each_in_its_newest_version(world: World) -> None:
    templates = world.tenant.templates
    first = await templates.add(template_of(world))
    second = await templates.add(template_of(world, name="Second"))
    await templates.change(replace(first, name="First"))

    newest = await templates.newest(before=None, limit=5)

    assert [one.name for one in newest] == ["Second", "First"]
    assert [one.id for one in await templates.newest(before=second.id, limit=5)] == [first.id]


async def test_templates_of_others_do_not_exist(world: World) -> None:
    first = await world.tenant.templates.add(template_of(world))
    project = await world.another_project()
    stranger = world.store.tenant(project_tenant(project)).templates

    for asked in (
        stranger.template(first.id),
        stranger.for_work(first.id, 1),
        stranger.change(first),
        stranger.versions(first.id, before=None, limit=5),
        stranger.delete(first.id),
        stranger.add(template_of(world)),
    ):
        with pytest.raises(NotFound):
            await asked
    assert await stranger.newest(before=None, limit=5) == []
