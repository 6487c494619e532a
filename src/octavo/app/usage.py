"""What was used, and what may still be used."""

from datetime import date

from octavo.app.services import Services
from octavo.domain.errors import InvalidRequest
from octavo.domain.ids import ProjectId
from octavo.domain.moments import to_text
from octavo.domain.tenancy import Principal, Scope
from octavo.domain.usage import PageQuota, PageQuotaExceeded, Usage

MOST_MONTHS = 36


async def read_usage(
    first: date, last: date, *, by_key: bool, principal: Principal, services: Services
) -> list[Usage]:
    """Months from `first` to `last`, newest first. Raises `InvalidRequest` for too many or none."""
    principal.require(Scope.USAGE_READ)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if not 1 <= months <= MOST_MONTHS:
        raise InvalidRequest(
            f"Ask for 1 to {MOST_MONTHS} months, the earlier first.", option="from", limit=MOST_MONTHS
        )
    return await services.store.tenant(principal.tenant).usage.months(first, last, by_key=by_key)


async def require_pages(
    project_id: ProjectId | None = None, *, principal: Principal, services: Services
) -> None:
    """Before something is done for a document whose pages are not known yet; its commit decides.

    Raises `NotFound`, `PageQuotaExceeded` where not one page is left this month.
    """
    quota = await read_quota(project_id, principal=principal, services=services)
    if quota.remaining == 0:
        raise PageQuotaExceeded(
            f"This project has a limit of {quota.pages_per_month} pages a month, and none is left.",
            limit=quota.pages_per_month,
            resets_at=to_text(quota.resets_at),
            retry_after_s=max(1, int((quota.resets_at - services.clock.now()).total_seconds())),
        )


async def read_quota(
    project_id: ProjectId | None = None, *, principal: Principal, services: Services
) -> PageQuota:
    """The pages of a project, the key's own where none is named. One small read; no scope of its own.

    Raises `NotFound`.
    """
    usage = services.store.tenant(principal.tenant).usage
    return await usage.quota(project_id or principal.default_project_id)
