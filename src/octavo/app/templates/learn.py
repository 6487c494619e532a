"""Examples: documents whose fields somebody made sure of, for the next ones of their layout."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import orjson

from octavo.app.export import page_of
from octavo.app.fields.read import require_fields, stored_fields
from octavo.app.services import Services
from octavo.app.templates.change import require_version
from octavo.domain.document import Page
from octavo.domain.document_types.schema import specs_of
from octavo.domain.errors import InvalidRequest, NotFound
from octavo.domain.field import Field
from octavo.domain.ids import JobId, TemplateId, new_id
from octavo.domain.job import Job
from octavo.domain.template import Example, Template
from octavo.domain.tenancy import Principal, Scope
from octavo.exporters.fields_json import fields_from_json
from octavo.pipeline.fields.correct import Wish, correct
from octavo.pipeline.fields.learned import anchors_of
from octavo.pipeline.fields.values import spec_at
from octavo.ports.store import TenantStore

MAX_EXAMPLES = 50
MAX_EXAMPLE_FIELDS = 1000
MAX_EXAMPLE_PAGES = 5
"""A form's own pages; what repeats after them is no layout of its own."""


async def add_example(
    template_id: TemplateId,
    job_id: JobId,
    wishes: Sequence[Wish] = (),
    *,
    expected_version: int | None = None,
    principal: Principal,
    services: Services,
) -> Template:
    """Learn from a job: its fields as they are now, with `wishes` on top; the template's next version.

    The example is the template's own: it outlives the job, and goes with `remove_example`.

    Raises:
        NotFound: no such template or job. Gone. Conflict: the job has not completed, or the template
            was changed since that version.
        InvalidRequest: none of the job's fields is the template's, or a wish does not fit.
    """
    principal.require(Scope.TEMPLATES_WRITE)
    store = services.store.tenant(principal.tenant)
    template = await store.templates.template(template_id)
    require_version(template, expected_version)
    if len(template.examples) >= MAX_EXAMPLES:
        raise InvalidRequest(f"A template has at most {MAX_EXAMPLES} examples.", limit=MAX_EXAMPLES)
    job = await store.job(job_id)
    standing = require_fields(job)
    found = fields_from_json(orjson.loads(await stored_fields(standing, services)))
    specs = specs_of(template.document_type or "", template)
    kept = tuple(field for field in found.found if spec_at(specs, field.path) is not None)
    said, _ = correct(replace(found, found=kept), specs, wishes, rules=())
    fields = said.found[:MAX_EXAMPLE_FIELDS]
    if not fields:
        raise InvalidRequest(
            "None of the fields of this job is one of the template's. Say what the document says in `fields`.",
            option="fields",
        )
    pages = [page async for page in _pages(_numbers(fields, job), job, store, services)]
    now = services.clock.now()
    anchors = await asyncio.to_thread(anchors_of, pages, fields)
    example = Example(new_id(now), fields, anchors, now)
    return await store.templates.change(replace(template, examples=(*template.examples, example)))


async def remove_example(
    template_id: TemplateId, example_id: str, *, principal: Principal, services: Services
) -> Template:
    """The next version does without it. Raises `NotFound`."""
    principal.require(Scope.TEMPLATES_WRITE)
    templates = services.store.tenant(principal.tenant).templates
    template = await templates.template(template_id)
    left = tuple(example for example in template.examples if example.id != example_id)
    if len(left) == len(template.examples):
        raise NotFound("There is no such example.")
    return await templates.change(replace(template, examples=left))


def _numbers(fields: tuple[Field, ...], job: Job) -> list[int]:
    """Pages that fields stand on, and, where a person said what and not where, the first that were read."""
    known = sorted({place.page for field in fields for place in field.places})
    read = (
        job.options.pages.numbers(0, MAX_EXAMPLE_PAGES) if any(not field.places for field in fields) else []
    )
    return sorted({*known[:MAX_EXAMPLE_PAGES], *read})[:MAX_EXAMPLE_PAGES]


async def _pages(numbers: list[int], job: Job, store: TenantStore, services: Services) -> AsyncIterator[Page]:
    """A page that could not be read has no layout to keep."""
    for number in numbers:
        with contextlib.suppress(NotFound):
            yield await page_of(job, number, store, services)
