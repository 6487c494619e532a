"""Reading the same source again, in another way, as a new job."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from octavo.app.services import Services
from octavo.app.submit import SubmitRequest, submit_job
from octavo.domain.errors import Gone
from octavo.domain.ids import JobId
from octavo.domain.job import Job, JobOptions, Priority
from octavo.domain.tenancy import Principal, Scope
from octavo.ports.store import Submission

_TYPE = frozenset({"document_type", "document_types", "template_id", "template_version", "template"})
"""Name one and the earlier job's others are meant no more."""


@dataclass(frozen=True, slots=True)
class ReplayOrder:
    job_id: JobId
    changes: Mapping[str, Any] = field(default_factory=dict)
    """Members of `JobOptions` that are to be different. The password is never known from the earlier job."""
    priority: Priority | None = None
    """None: the earlier job's."""
    metadata: dict[str, Any] | None = None
    """None: the earlier job's."""
    bypass_cache: bool = False
    idempotency_key: str | None = None


async def replay_job(order: ReplayOrder, *, principal: Principal, services: Services) -> Submission:
    """A new job over a copy of the earlier one's source, in the same project.

    Raises:
        NotFound. Gone: the source is no more. And whatever `submit_job` raises.
    """
    earlier = await require_source(order.job_id, principal=principal, services=services)
    request = SubmitRequest(
        options=_options(earlier, order.changes),
        replay_of=earlier.id,
        filename=earlier.filename,
        priority=earlier.priority if order.priority is None else order.priority,
        metadata=earlier.metadata if order.metadata is None else order.metadata,
        project_id=earlier.project_id,
        bypass_cache=order.bypass_cache,
        idempotency_key=order.idempotency_key,
    )
    return await submit_job(request, principal=principal, services=services)


async def require_source(job_id: JobId, *, principal: Principal, services: Services) -> Job:
    """A job that can be read again. Raises `NotFound`, `Gone`."""
    principal.require(Scope.EXTRACT_WRITE)
    earlier = await services.store.tenant(principal.tenant).job(job_id)
    if earlier.purged_at is not None or earlier.source_deleted_at is not None:
        raise Gone("The job's source is no longer stored. Submit the document again.")
    return earlier


def _options(earlier: Job, changes: Mapping[str, Any]) -> JobOptions:
    kept = earlier.options
    if _TYPE & changes.keys():
        kept = replace(
            kept,
            document_type=None,
            document_types=(),
            template_id=None,
            template_version=None,
            template=None,
        )
    elif kept.template_id is not None:
        # A template says of which type the document is; a job keeps both.
        kept = replace(kept, document_type=None)
    return replace(kept, **changes)
