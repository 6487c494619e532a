"""The same source read again in another way, and two readings held against each other."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.diff import MOST_PAGES, Difference, diff_jobs
from octavo.app.replay import ReplayOrder, replay_job, require_source
from octavo.domain.job import PageSelection, Priority, Profile
from octavo.domain.tenancy import Scope
from octavo.http.auth import Caller, Open, Submitter
from octavo.http.bodies import parse_body, read_json
from octavo.http.contract import IDEMPOTENCY_HEADER, answers, json_body
from octavo.http.identifiers import JOB, job_id_from, template_id_from
from octavo.http.options import Languages, Metadata, PriorityName, Text, TimeLimit
from octavo.http.paging import decode_number_cursor, encode_cursor
from octavo.http.problems import blaming_the_document
from octavo.http.submit import idempotency_key
from octavo.http.wire import JobAnswer, job_path, render_job
from octavo.pipeline.compare import BlockDifference, Change, PageDifference, Said

router = APIRouter(tags=["jobs"])


class ReplayBody(BaseModel):
    """What is to be different; what is left out is as in the earlier job, but for the password."""

    model_config = ConfigDict(extra="forbid")

    engine: Annotated[Text, Field(min_length=1, max_length=64)] = "auto"
    profile: Profile = Profile.STANDARD
    languages: Languages = []
    pages: Annotated[str, Field(max_length=1000)] | None = None
    password: Annotated[Text, Field(max_length=1024)] | None = None
    document_type: Annotated[Text, Field(max_length=64)] | None = None
    template_id: Annotated[str, Field(max_length=64)] | None = None
    template_version: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    time_limit_s: TimeLimit | None = None
    priority: PriorityName | None = None
    metadata: Metadata | None = None
    bypass_cache: bool = False

    def changes(self) -> dict[str, Any]:
        """Members of `JobOptions` that were sent. Raises `InvalidRequest`, `NotFound`."""
        given = {name: getattr(self, name) for name in _OPTIONS & self.model_fields_set}
        if "pages" in given:
            given["pages"] = PageSelection.parse(self.pages)
        if "languages" in given:
            given["languages"] = tuple(dict.fromkeys(self.languages))
        if given.get("document_type") in ("", "auto"):
            given["document_type"] = None
        if given.get("template_id") is not None:
            given["template_id"] = template_id_from(given["template_id"])
        return given


_OPTIONS = frozenset(
    {
        "engine",
        "profile",
        "languages",
        "pages",
        "password",
        "document_type",
        "template_id",
        "template_version",
        "time_limit_s",
    }
)


class SaidAnswer(BaseModel):
    type: str
    text: str
    """Long texts are cut."""
    index: int
    """Its place in reading order, from 0."""


class BlockDifferenceAnswer(BaseModel):
    change: Change
    left: SaidAnswer | None
    right: SaidAnswer | None
    likeness: float


class PageDifferenceAnswer(BaseModel):
    number: int
    same_blocks: int
    word_likeness: float
    """Share of the words of both that both have, in any order."""
    is_cut: bool
    """A page of more blocks than are compared."""
    blocks: list[BlockDifferenceAnswer]


class FieldDifferenceAnswer(BaseModel):
    path: str
    change: Change
    left: Any
    right: Any


class DifferenceAnswer(BaseModel):
    left: str
    right: str
    fields: list[FieldDifferenceAnswer]
    """Of the whole documents; in the first answer only."""
    pages: list[PageDifferenceAnswer]
    next_cursor: str | None


@router.post(
    "/v1/jobs/{job_id}/replay",
    status_code=202,
    operation_id="replay_job",
    summary="Read a document again, another way",
    openapi_extra={**json_body("ReplayBody"), "parameters": [IDEMPOTENCY_HEADER]},
    responses=answers(400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 503),
)
async def replay(
    request: Request, job_id: str, caller: Submitter, services: Open, response: Response
) -> JobAnswer:
    """A new job over the same source, which must still be stored; `replay_of` names the earlier one."""
    caller.require(Scope.EXTRACT_WRITE)
    id_ = job_id_from(job_id)
    await require_source(id_, principal=caller, services=services)
    body = parse_body(ReplayBody, await read_json(request))
    order = ReplayOrder(
        job_id=id_,
        changes=body.changes(),
        priority=Priority[body.priority.upper()] if body.priority else None,
        metadata=body.metadata,
        bypass_cache=body.bypass_cache,
        idempotency_key=idempotency_key(request),
    )
    with blaming_the_document():
        submission = await replay_job(order, principal=caller, services=services)
    response.headers["Location"] = job_path(submission.job)
    response.headers["Retry-After"] = "1"
    return render_job(submission.job, services.clock.now())


@router.get(
    "/v1/jobs/{job_id}/diff/{other_job_id}",
    operation_id="diff_jobs",
    summary="Compare two results",
    responses=answers(400, 401, 403, 404, 409, 410, 422, 503),
)
async def diff(
    job_id: str,
    other_job_id: str,
    caller: Caller,
    services: Open,
    limit: Annotated[int, Query(ge=1, le=MOST_PAGES)] = 10,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> DifferenceAnswer:
    """Blocks that differ, page by page, and the fields that do. `left` is the job of the path's first id."""
    found = await diff_jobs(
        job_id_from(job_id),
        job_id_from(other_job_id),
        after=decode_number_cursor("diff", cursor) if cursor else 0,
        limit=limit,
        principal=caller,
        services=services,
    )
    return _render(found)


def _render(found: Difference) -> DifferenceAnswer:
    return DifferenceAnswer(
        left=JOB + found.left.id,
        right=JOB + found.right.id,
        fields=[
            FieldDifferenceAnswer(path=f.path, change=f.change, left=f.left, right=f.right)
            for f in found.fields
        ],
        pages=[_render_page(page) for page in found.pages],
        next_cursor=encode_cursor("diff", str(found.next_after)) if found.next_after else None,
    )


def _render_page(page: PageDifference) -> PageDifferenceAnswer:
    return PageDifferenceAnswer(
        number=page.number,
        same_blocks=page.same_blocks,
        word_likeness=page.word_likeness,
        is_cut=page.is_cut,
        blocks=[_render_block(block) for block in page.blocks],
    )


def _render_block(block: BlockDifference) -> BlockDifferenceAnswer:
    return BlockDifferenceAnswer(
        change=block.change,
        left=_render_said(block.left),
        right=_render_said(block.right),
        likeness=block.likeness,
    )


def _render_said(said: Said | None) -> SaidAnswer | None:
    return SaidAnswer(type=said.type, text=said.text, index=said.index) if said else None
