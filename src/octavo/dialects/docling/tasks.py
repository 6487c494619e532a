"""Routes of tasks: how one stands, and what came of it."""

from math import isfinite
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from octavo.app.batches.export import jobs_of
from octavo.app.batches.read import read_batch
from octavo.app.read import read_job, require_result, wait_for_job
from octavo.app.services import Services
from octavo.dialects.docling.answers import result_answer
from octavo.dialects.docling.ids import Kind, TaskNotFound, from_wire
from octavo.dialects.docling.outbound import Task, render_status
from octavo.dialects.docling.wire import TaskStatus
from octavo.domain.errors import NotFound
from octavo.domain.ids import BatchId, JobId
from octavo.domain.tenancy import Principal
from octavo.http.auth import Caller, Open

router = APIRouter()


@router.get("/v1/status/poll/{task_id}")
async def poll(
    task_id: str,
    caller: Caller,
    services: Open,
    wait: Annotated[float, Query(description="Seconds to wait for the end.")] = 0.0,
) -> TaskStatus:
    task = await task_of(task_id, caller, services)
    waiting = next((job for job in task.jobs if not job.status.is_final), None)
    if waiting is not None and isfinite(wait) and wait > 0:
        await wait_for_job(waiting.id, timeout_s=wait, principal=caller, services=services)
        task = await task_of(task_id, caller, services)
    return render_status(task)


@router.get("/v1/result/{task_id}")
async def result(task_id: str, caller: Caller, services: Open) -> Response:
    task = await task_of(task_id, caller, services)
    return await result_answer(task, caller, services, is_sync=False)


async def task_of(text: str, caller: Principal, services: Services) -> Task:
    """Raises `TaskNotFound`; `Gone` for one whose result has ended."""
    kind, id_ = from_wire(text)
    try:
        if kind is Kind.JOB:
            task = Task((await read_job(JobId(id_), principal=caller, services=services),))
        else:
            batch = await read_batch(BatchId(id_), principal=caller, services=services)
            jobs = [job async for job in jobs_of(batch.id, principal=caller, services=services)]
            task = Task(tuple(jobs), batch.id, batch.metadata)
    except NotFound:
        raise TaskNotFound("Task not found.") from None
    if not task.jobs:
        raise TaskNotFound("Task not found.")
    for job in task.jobs:
        require_result(job)
    return task
