"""The picture that a block shows, by the block, or by its place among all pictures."""

from collections.abc import AsyncIterator
from typing import Any

import orjson

from octavo.app.export import export_result, read_page
from octavo.app.services import Services
from octavo.domain.document import Picture
from octavo.domain.errors import NotFound
from octavo.domain.ids import JobId
from octavo.domain.tenancy import Principal

LIST = "pictures"
"""The export that names them all, one a line: it is read in parts, however many there are."""


async def pictures_of(job_id: JobId, *, principal: Principal, services: Services) -> AsyncIterator[Picture]:
    """All of them, in reading order, each once. Raises as `picture_of_block`."""
    told: set[str] = set()
    async for line in _lines(job_id, principal, services):
        if line["name"] not in told:
            told.add(line["name"])
            yield await _picture(job_id, line, principal, services)


async def picture_types(job_id: JobId, *, principal: Principal, services: Services) -> dict[str, str]:
    """The media type of each, by its name. Raises as `picture_of_block`."""
    return {line["name"]: line["media_type"] async for line in _lines(job_id, principal, services)}


async def picture_of_block(
    job_id: JobId, block_id: str, *, principal: Principal, services: Services
) -> Picture:
    """Raises `NotFound`, also for a block without one; `Conflict` before the job has completed; `Gone`."""
    async for line in _lines(job_id, principal, services):
        if line["block"] == block_id:
            return await _picture(job_id, line, principal, services)
    raise NotFound("The document has no picture of that block.")


async def picture_at(job_id: JobId, index: int, *, principal: Principal, services: Services) -> Picture:
    """The picture at that place, from 0, in reading order. Raises as `picture_of_block`."""
    position = 0
    async for line in _lines(job_id, principal, services):
        if position == index:
            return await _picture(job_id, line, principal, services)
        position += 1
    raise NotFound(f"The document has {position} pictures.", pictures=position)


async def _picture(job_id: JobId, line: dict[str, Any], principal: Principal, services: Services) -> Picture:
    page = await read_page(job_id, line["page"], principal=principal, services=services)
    picture = page.picture(line["name"])
    if picture is None:
        raise NotFound("The picture is not stored.", page=line["page"])
    return picture


async def _lines(job_id: JobId, principal: Principal, services: Services) -> AsyncIterator[dict[str, Any]]:
    export = await export_result(job_id, LIST, principal=principal, services=services)
    begun = b""
    async for chunk in services.blobs.read(export.key):
        *whole, begun = (begun + chunk).split(b"\n")
        for line in whole:
            yield orjson.loads(line)
