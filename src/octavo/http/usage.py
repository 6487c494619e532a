"""`/v1/usage`: months from counters, and what is left of this one."""

import re
from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel

from octavo.app.usage import read_quota, read_usage
from octavo.domain.tenancy import Scope
from octavo.domain.usage import PageQuota, Usage, month_of
from octavo.http.auth import Caller, Open
from octavo.http.contract import answers
from octavo.http.identifiers import KEY, PROJECT
from octavo.http.problems import validation_failed

router = APIRouter(tags=["administration"])

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
Month = Annotated[str | None, Query(pattern=r"^\d{4}-(0[1-9]|1[0-2])$", description="Like 2026-11.")]


class UsageMonthAnswer(BaseModel):
    month: str
    project_id: str
    key_id: str | None
    """Null: all keys of the project together."""
    jobs: int
    pages: int
    bytes: int
    cache_hits: int
    model_input_tokens: int
    """Of language models, as their endpoints count."""
    model_output_tokens: int


class QuotaAnswer(BaseModel):
    project_id: str
    pages_per_month: int | None
    """Null: no limit."""
    used: int
    remaining: int | None
    resets_at: datetime


class UsageAnswer(BaseModel):
    """Pages count when they are accepted; those a failed or cancelled job never read are given back."""

    months: list[UsageMonthAnswer]
    quota: QuotaAnswer
    """Of the key's project, or the organization's first."""


@router.get(
    "/v1/usage",
    operation_id="read_usage",
    summary="Count what was used",
    responses=answers(400, 401, 403, 422, 503),
)
async def usage(
    caller: Caller,
    services: Open,
    first: Annotated[Month, Query(alias="from")] = None,
    last: Annotated[Month, Query(alias="to")] = None,
    by: Literal["project", "key"] = "project",
) -> UsageAnswer:
    """Calendar months (UTC), newest first; without `from` and `to`, this one."""
    caller.require(Scope.USAGE_READ)
    this = month_of(services.clock.now())
    until = _month(last, "to") or this
    since = _month(first, "from") or min(this, until)
    months = await read_usage(since, until, by_key=by == "key", principal=caller, services=services)
    quota = await read_quota(principal=caller, services=services)
    return UsageAnswer(
        months=[_render(month) for month in months], quota=_render_quota(quota, caller.default_project_id)
    )


def _month(text: str | None, name: str) -> date | None:
    """Raises `ValidationFailed`."""
    if text is None:
        return None
    match = _MONTH.fullmatch(text)
    if match is None or match[1] == "0000":
        raise validation_failed(
            [{"loc": ("query", name), "msg": "write a month like 2026-11", "type": "month"}]
        )
    return date(int(match[1]), int(match[2]), 1)


def _render(month: Usage) -> UsageMonthAnswer:
    return UsageMonthAnswer(
        month=month.month.strftime("%Y-%m"),
        project_id=PROJECT + month.project_id,
        key_id=KEY + month.key_id if month.key_id else None,
        jobs=month.jobs,
        pages=month.pages,
        bytes=month.bytes,
        cache_hits=month.cache_hits,
        model_input_tokens=month.model_input_tokens,
        model_output_tokens=month.model_output_tokens,
    )


def _render_quota(quota: PageQuota, project_id: str) -> QuotaAnswer:
    return QuotaAnswer(
        project_id=PROJECT + project_id,
        pages_per_month=quota.pages_per_month,
        used=quota.used,
        remaining=quota.remaining,
        resets_at=quota.resets_at,
    )
