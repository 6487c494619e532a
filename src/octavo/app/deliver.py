"""Telling receivers what happened: the outbox, emptied.

At least once: what a worker had in hand when it died is due again when its lease ends, as the next
attempt. No attempt is made by two workers. A body is made for each attempt and never kept.
"""

import asyncio
import logging
import random
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import orjson

from octavo.app.export import export_result
from octavo.app.extract import template_of
from octavo.app.schemes.scheme import Scheme, Told
from octavo.app.services import Services
from octavo.domain.errors import Conflict, Gone, NotFound, OctavoError, TemporaryFailure
from octavo.domain.event import EventType
from octavo.domain.ids import KeyId, TemplateId
from octavo.domain.job import Job
from octavo.domain.template import Template
from octavo.domain.tenancy import Principal, Tenant
from octavo.domain.tenancy import Scope as KeyScope
from octavo.domain.webhook import STANDARD, DeliveryStatus
from octavo.ports.egress import AddressRefused, Answer, Unreachable
from octavo.ports.webhooks import DELIVERIES, DueDelivery, Outcome

log = logging.getLogger(__name__)

AT_ONCE = 32
"""Attempts under way in one worker."""
LEASE_S = 120.0
"""Long enough to render what is told and to ask; then the attempt counts as lost."""
LOOK_AGAIN_S = 1.0
"""How late a retry may be, and a delivery whose news was lost."""
MAX_RESULT_BYTES = 32 * 2**20
"""A larger result is left out of a body; its receiver asks for it."""
JITTER = 0.2
GONE = 410
TELLING = frozenset({EventType.JOB_COMPLETED, EventType.JOB_CORRECTED})
_ABOUT_TEMPLATES = frozenset(
    {EventType.TEMPLATE_CREATED, EventType.TEMPLATE_UPDATED, EventType.TEMPLATE_DELETED}
)


async def keep_delivering(*, services: Services, stopping: asyncio.Event) -> None:
    """Deliver what is due, until `stopping` is set; then let what is under way end."""
    under_way: set[asyncio.Task[None]] = set()
    async with services.notifier.subscribe(DELIVERIES) as news:
        while not stopping.is_set():
            claimed = await _claim(AT_ONCE - len(under_way), services)
            for due in claimed:
                task = asyncio.create_task(_deliver_safely(due, services), name="octavo-delivery")
                under_way.add(task)
                task.add_done_callback(under_way.discard)
            if len(under_way) >= AT_ONCE:
                await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
            elif not claimed:
                await news.changed(LOOK_AGAIN_S)
    if under_way:
        await asyncio.wait(under_way)


async def deliver_due(*, services: Services, limit: int = AT_ONCE) -> int:
    """Make every attempt that is due now, once; how many."""
    claimed = await services.store.outbox.claim(limit=limit, lease_s=LEASE_S)
    await asyncio.gather(*(deliver(due, services=services) for due in claimed))
    return len(claimed)


async def deliver(due: DueDelivery, *, services: Services) -> None:
    """One attempt, and what came of it. Raises `TemporaryFailure`: then it is due again later."""
    started_at, started = services.clock.now(), time.monotonic()
    scheme = services.schemes.get(due.scheme)
    if scheme is None:
        outcome = Outcome(DeliveryStatus.DROPPED, started_at, 0, error="no_scheme")
    else:
        attempted = await _attempt(due, scheme, services)
        outcome = _judge(due, scheme, attempted, services)
    duration_ms = round((time.monotonic() - started) * 1000)
    await services.store.outbox.settle(due, replace(outcome, started_at=started_at, duration_ms=duration_ms))


async def _claim(room: int, services: Services) -> list[DueDelivery]:
    try:
        return await services.store.outbox.claim(limit=room, lease_s=LEASE_S)
    except TemporaryFailure as error:
        log.warning("webhooks wait: %s", error.summary)
    except Exception:
        # Whoever waits here is all that tells anybody anything: a bug is told, and looked at again.
        log.exception("the outbox cannot be read")
    return []


async def _deliver_safely(due: DueDelivery, services: Services) -> None:
    try:
        await deliver(due, services=services)
    except OctavoError as error:
        log.warning("delivery %s waits: %s", due.id, error.summary)
    except Exception:
        # A bug must not stop the others; this one comes again when its lease ends.
        log.exception("delivery %s failed", due.id)


@dataclass(frozen=True, slots=True)
class _Attempted:
    answer: Answer | None
    error: str | None
    final: bool = False
    """Asking again cannot help."""


async def _attempt(due: DueDelivery, scheme: Scheme, services: Services) -> _Attempted:
    try:
        told = await _told(due, scheme, services)
    except (Gone, NotFound):
        return _Attempted(None, "purged", final=True)
    message = scheme.render(told, due.secrets)
    try:
        answer = await services.egress.post(
            due.url,
            headers=message.headers,
            body=message.body,
            timeout_s=services.policy.webhook_timeout_s,
        )
    except AddressRefused:
        return _Attempted(None, "address_refused")
    except Unreachable as error:
        return _Attempted(None, str(error.details.get("reason", "unreachable")))
    return _Attempted(answer, None)


def _judge(due: DueDelivery, scheme: Scheme, attempted: _Attempted, services: Services) -> Outcome:
    now, answer = services.clock.now(), attempted.answer
    status = answer.status if answer else None
    outcome = Outcome(DeliveryStatus.DELIVERED, now, 0, status, attempted.error)
    if answer and 200 <= answer.status < 300:
        return outcome
    if attempted.final or status == GONE:
        return replace(outcome, status=DeliveryStatus.DROPPED, receiver_gone=status == GONE)
    if due.attempt > len(scheme.waits_s):
        return replace(outcome, status=DeliveryStatus.EXHAUSTED)
    wait_s = _wait_s(due, scheme, answer)
    return replace(outcome, status=DeliveryStatus.PENDING, next_attempt_at=now + timedelta(seconds=wait_s))


def _wait_s(due: DueDelivery, scheme: Scheme, answer: Answer | None) -> float:
    """With up to a fifth on top, so that what failed together does not come back together."""
    planned = scheme.waits_s[due.attempt - 1]
    asked = (answer.retry_after_s or 0) if answer else 0
    return max(planned, asked) * (1 + JITTER * random.random())  # noqa: S311 -- spreading load, no secret


async def _told(due: DueDelivery, scheme: Scheme, services: Services) -> Told:
    """Raises `Gone` and `NotFound` for what was purged since."""
    job = await _job(due, services)
    wants_fields = scheme.wants_fields or (due.include_fields and scheme.name == STANDARD)
    carries = job is not None and due.event.type in TELLING
    return Told(
        event=due.event,
        delivery_id=due.id,
        attempt=due.attempt,
        sent_at=services.clock.now(),
        job=job,
        result=await _result(job, scheme, services) if job and carries else None,
        fields=await _fields(job, services) if job and carries and wants_fields else None,
        metadata=due.metadata,
        template=await _template(due, job, services) if scheme.wants_fields else None,
        endpoint_id=due.webhook_id,
    )


async def _job(due: DueDelivery, services: Services) -> Job | None:
    if due.event.job_id is None:
        return None
    job = await services.store.tenant(_tenant(due)).job(due.event.job_id)
    if job.purged_at is not None:
        raise Gone("The job was purged.")
    return job


async def _template(due: DueDelivery, job: Job | None, services: Services) -> Template | None:
    """Without its language model: no receiver has any business with that."""
    try:
        if job is not None:
            found = await template_of(job, services)
        elif due.event.type in _ABOUT_TEMPLATES:
            templates = services.store.tenant(_tenant(due)).templates
            found = await templates.for_work(TemplateId(due.event.subject_id), due.event.facts["version"])
        else:
            return None
    except NotFound:
        return None
    return replace(found, model=None) if found and found.is_stored else None


def _tenant(due: DueDelivery) -> Tenant:
    return Tenant(due.event.organization_id, due.event.project_id)


async def _result(job: Job, scheme: Scheme, services: Services) -> Any:
    """None where it is no longer there, or too large to be carried."""
    if scheme.result_format is None:
        return None
    principal = Principal(
        job.key_id or KeyId(""),
        Tenant(job.organization_id, job.project_id),
        frozenset({KeyScope.JOBS_READ}),
        job.project_id,
    )
    try:
        options = scheme.result_options(job)
        export = await export_result(
            job.id, scheme.result_format, options, principal=principal, services=services
        )
        if export.size_bytes > MAX_RESULT_BYTES:
            return None
        return await _json(export.key, services)
    except (Gone, NotFound, Conflict):
        return None


async def _fields(job: Job, services: Services) -> dict[str, Any] | None:
    if job.fields is None:
        return None
    try:
        found = await _json(job.fields.blob_key, services)
    except NotFound:
        return None
    return found if isinstance(found, dict) else None


async def _json(key: str, services: Services) -> Any:
    return orjson.loads(b"".join([chunk async for chunk in services.blobs.read(key)]))
