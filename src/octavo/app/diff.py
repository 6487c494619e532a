"""What two jobs made of a document, compared a few pages at a time."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from octavo.app.export import document_index, read_bytes, require_completed
from octavo.app.fields.read import stored_fields
from octavo.app.services import Services
from octavo.domain.document import Page
from octavo.domain.ids import JobId
from octavo.domain.job import Job
from octavo.domain.storage import document_key
from octavo.domain.tenancy import Principal, Scope
from octavo.exporters.document_file import DocumentIndex, decode_page
from octavo.pipeline.compare import FieldDifference, PageDifference, compare_fields, compare_pages

MOST_PAGES = 50


@dataclass(frozen=True, slots=True)
class Difference:
    left: Job
    right: Job
    fields: tuple[FieldDifference, ...]
    """Of the whole documents; told with the first pages only."""
    pages: tuple[PageDifference, ...]
    """Also of pages that are the same: they have no differences."""
    next_after: int | None
    """The number of the last page compared, where there are more."""


async def diff_jobs(
    left_id: JobId, right_id: JobId, *, after: int, limit: int, principal: Principal, services: Services
) -> Difference:
    """Pages with a number above `after`, at most `limit` of them.

    Raises:
        NotFound. Conflict: one has not completed. Gone: one's result is no more.
    """
    principal.require(Scope.JOBS_READ)
    store = services.store.tenant(principal.tenant)
    left, right = await store.job(left_id), await store.job(right_id)
    require_completed(left)
    require_completed(right)
    limit = min(limit, MOST_PAGES)
    ours, theirs = await _open(left.id, services), await _open(right.id, services)
    numbers = sorted(number for number in ours.numbers | theirs.numbers if number > after)
    pages = []
    for number in numbers[:limit]:
        one, other = await ours.page(number), await theirs.page(number)
        pages.append(await asyncio.to_thread(compare_pages, number, one, other))
    fields = () if after else compare_fields(await _values(left, services), await _values(right, services))
    is_more = len(numbers) > limit
    return Difference(left, right, fields, tuple(pages), numbers[limit - 1] if is_more else None)


@dataclass(frozen=True, slots=True)
class _Pages:
    """A stored document, read page by page."""

    job_id: JobId
    index: DocumentIndex
    services: Services

    @property
    def numbers(self) -> set[int]:
        return {entry.number for entry in self.index.entries}

    async def page(self, number: int) -> Page | None:
        if number not in self.numbers:
            return None
        entry = self.index.entry(number)
        key = document_key(self.job_id)
        return decode_page(await read_bytes(key, entry.offset, entry.length, self.services))


async def _open(job_id: JobId, services: Services) -> _Pages:
    return _Pages(job_id, await document_index(job_id, services), services)


async def _values(job: Job, services: Services) -> Mapping[str, Any]:
    if job.fields is None:
        return {}
    values: Mapping[str, Any] = json.loads(await stored_fields(job.fields, services)).get("values") or {}
    return values
