"""Looking at stored files: what became of each."""

from dataclasses import dataclass, replace

from octavo.app.read import MOST_COUNTED
from octavo.app.services import Services
from octavo.domain.errors import InvalidRequest
from octavo.domain.ids import FileId
from octavo.domain.tenancy import Principal, Scope
from octavo.ports.file_history import FileQuery, FileStanding


@dataclass(frozen=True, slots=True)
class NumberedFiles:
    """One page of files for callers who count in pages."""

    files: list[FileStanding]
    total: int
    """Counted no further than `MOST_COUNTED`."""


async def read_file(file_id: FileId, *, principal: Principal, services: Services) -> FileStanding:
    """Raises `NotFound`. A deleted file is still told."""
    principal.require(Scope.FILES_READ)
    return await services.store.tenant(principal.tenant).file_history.standing(file_id)


async def list_files_by_page(
    query: FileQuery, number: int, *, principal: Principal, services: Services
) -> NumberedFiles:
    """Page `number` (from 1) of `query.limit` files each. Raises `InvalidRequest` behind what is counted."""
    principal.require(Scope.FILES_READ)
    offset = (number - 1) * query.limit
    if offset > MOST_COUNTED:
        raise InvalidRequest(
            f"Pages reach {MOST_COUNTED} entries far. Narrow the filters.", option="page", limit=MOST_COUNTED
        )
    history = services.store.tenant(principal.tenant).file_history
    total = await history.count(query, at_most=MOST_COUNTED)
    found = await history.standings(replace(query, offset=offset)) if offset < total else []
    return NumberedFiles(found, total)
