"""A project's language model, sealed, and the tokens that models take, on a real PostgreSQL."""

from octavo.domain.audit import AuditAction
from octavo.domain.field import FieldsSummary, ModelUse
from octavo.domain.ids import TemplateId, new_id
from octavo.domain.job import FieldsStanding, JobError, Stage
from octavo.domain.template import ModelChoice, Template
from octavo.domain.usage import month_of
from octavo.ports.access import ProjectChanges
from octavo.ports.audit import AuditQuery
from octavo.ports.store import Completion
from octavo.ports.templates import SEALED
from tests.integration.conftest import World
from tests.integration.queue_probe import run_sql
from tests.integration.test_access_and_uploads import whole
from tests.integration.test_store_work import page, slice_at

MODEL = ModelChoice("https://models.example/v1", "small", "sk-secret", 5.0, 1, 0.5, None)
GIVEN = frozenset({"model"})


async def test_the_key_of_a_projects_model_is_sealed_kept_and_opened_for_work_alone(world: World) -> None:
    access = whole(world).access

    made = await access.change_project(world.project.id, ProjectChanges(model=MODEL, given=GIVEN))
    renamed = ModelChoice("https://models.example/v1", "large", SEALED, 5.0, 1, 0.5, None)
    await access.change_project(world.project.id, ProjectChanges(model=renamed, given=GIVEN))
    opened = await access.model_for_work(world.project.id)
    stored = await run_sql(world.url, "select model::text, sealed_model_key from projects")
    told = await whole(world).audit.entries(AuditQuery(action=AuditAction.PROJECT_CHANGED))

    assert made.model is not None
    assert made.model.api_key == SEALED
    assert opened is not None
    assert (opened.model, opened.api_key) == ("large", "sk-secret")
    assert "sk-secret" not in f"{stored}{told}"
    assert told[0].details["model"] == "large at https://models.example/v1"


async def test_a_model_that_is_taken_away_takes_its_key_with_it(world: World) -> None:
    access = whole(world).access
    await access.change_project(world.project.id, ProjectChanges(model=MODEL, given=GIVEN))

    project = await access.change_project(world.project.id, ProjectChanges(model=None, given=GIVEN))

    assert project.model is None
    assert await access.model_for_work(world.project.id) is None


async def test_tokens_are_counted_once_when_the_job_ends(world: World) -> None:
    use = ModelUse("small", 1, 1200, 80, 0.0006)
    summary = FieldsSummary("generic", None, 0, 0, 0, None, model=use)
    new = world.new_job(page_count=1, pages_total=1)
    await world.tenant.submit_job(new)
    work = world.store.work
    await work.begin(new.id, 1)
    await work.plan(new.id, 1, slice_pages=1)
    await work.checkpoint(await slice_at(world, new.id, 0), done=1, pages=[page(1)], next_slice_pages=1)

    for _ in range(2):
        await work.complete(new.id, 1, Completion(0.9, 0, FieldsStanding(1, "fields/1", summary)))

    month = month_of(world.clock.now())
    (whole_project,) = await world.tenant.usage.months(month, month, by_key=False)
    assert (whole_project.model_input_tokens, whole_project.model_output_tokens) == (1200, 80)
    assert whole_project.jobs == 1
    job = await world.tenant.job(new.id)
    assert job.fields is not None
    assert job.fields.summary == summary


async def test_tokens_of_a_job_that_failed_are_counted_too(world: World) -> None:
    new = world.new_job(page_count=1, pages_total=1)
    await world.tenant.submit_job(new)
    await world.store.work.begin(new.id, 1)
    error = JobError("model_failed", "It was away.", retryable=True, step=Stage.ASSEMBLING)

    for _ in range(2):
        await world.store.work.fail(new.id, 1, error, ModelUse("small", 1, 1200, 80, None))

    month = month_of(world.clock.now())
    (whole_project,) = await world.tenant.usage.months(month, month, by_key=False)
    assert (whole_project.model_input_tokens, whole_project.model_output_tokens) == (1200, 80)
    assert whole_project.pages == 0


async def test_whether_anybody_names_a_model_is_known_and_whose_is_not(world: World) -> None:
    before = await world.store.names_model()
    template = await world.tenant.templates.add(_template(world))
    by_template = await world.store.names_model()
    await world.tenant.templates.delete(template.id)
    deleted = await world.store.names_model()
    await whole(world).access.change_project(world.project.id, ProjectChanges(model=MODEL, given=GIVEN))

    assert (before, by_template, deleted) == (False, True, False)
    assert await world.store.names_model()


def _template(world: World) -> Template:
    now = world.clock.now()
    return Template(
        id=TemplateId(new_id(now)),
        organization_id=world.project.organization_id,
        project_id=world.project.id,
        version=1,
        name="with a model",
        document_type="invoice",
        fields=(),
        created_at=now,
        updated_at=now,
        model=MODEL,
    )
