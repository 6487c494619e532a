"""Routes of AnalyzeDoc: a document in, the JSON of an example out. Our readers read it, the model is shown their words."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.app.services import Services
from octavo.app.submit import SubmitRequest, submit_job
from octavo.dialects.ldxhub.catalog import list_qualities, ordered_model
from octavo.dialects.ldxhub.examples import specs_from
from octavo.dialects.ldxhub.ids import Kind, to_wire
from octavo.dialects.ldxhub.inbound import DIALECT, RETENTION_S, UnsupportedConversion, job_id_of, wait_s
from octavo.dialects.ldxhub.jobs import found_job, jobs_of_service, with_source
from octavo.dialects.ldxhub.outbound import (
    STATUSES,
    error_of,
    expires_at,
    file_id_of,
    moment,
    progress_of,
)
from octavo.dialects.ldxhub.outputs import find_output
from octavo.dialects.ldxhub.wire import CreateAnalyzeDoc, JobObject
from octavo.domain.errors import Gone, NotFound
from octavo.domain.job import Job, JobOptions, JobStatus
from octavo.domain.template import InlineTemplate
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Caller, Open, Submitter
from octavo.http.bodies import parse_body, read_json
from octavo.http.problems import blaming_the_document

NAME = "analyzedoc"
INPUTS = ("pdf", "jpeg", "png")
_SUMMARY = (
    "job_id",
    "file_id",
    "model",
    "status",
    "progress",
    "output_file_id",
    "created_at",
    "updated_at",
    "completed_at",
    "expires_at",
)

router = APIRouter(prefix=f"/{NAME}")


@router.get("/models")
async def models(request: Request, services: Open) -> dict[str, list[JobObject]]:
    """Public; with a key, those of its project."""
    return {"data": await list_qualities(request, services, INPUTS)}


@router.post("/jobs")
async def create(request: Request, caller: Submitter, services: Open) -> Response:
    caller.require(Scope.EXTRACT_WRITE)
    order = parse_body(CreateAnalyzeDoc, await read_json(request))
    if order.output_format != "json":
        raise UnsupportedConversion(
            f"{NAME} does not write {order.output_format!r}; it writes json.", option="output_format"
        )
    model = await ordered_model(order.model, NAME, caller, services)
    wanted = SubmitRequest(
        options=JobOptions(
            profile=model.profile,
            template_id=model.template_id,
            template=InlineTemplate(specs_from(order.example_output), instructions=order.system_prompt),
            use_model=True,
            require_model=True,
            model_only=True,
        ),
        metadata={"dialect": DIALECT, "service": NAME, "model": model.id, "file_id": order.file_id},
        source_retention_s=RETENTION_S,
        result_retention_s=RETENTION_S,
        keep_unreadable=True,
    )
    wanted = await with_source(wanted, order.file_id, INPUTS, NAME, caller, services)
    with blaming_the_document():
        submission = await submit_job(wanted, principal=caller, services=services)
    return JSONResponse(_render(submission.job), 202)


@router.get("/jobs")
async def history(caller: Caller, services: Open) -> dict[str, list[JobObject]]:
    found = await jobs_of_service(NAME, caller, services)
    return {"data": [{name: told[name] for name in _SUMMARY if name in told} for told in map(_render, found)]}


@router.get("/jobs/{job_id}")
async def status(request: Request, job_id: str, caller: Caller, services: Open) -> JobObject:
    """`?wait=N` holds the request until the job has ended, N seconds at most."""
    timeout_s = wait_s(request.query_params.get("wait"))
    job = await found_job(job_id_of(job_id), timeout_s, NAME, caller, services)
    usage = await _usage(job, caller, services) if job.status is JobStatus.COMPLETED else None
    return _render(job, usage)


def _render(job: Job, usage: dict[str, int] | None = None) -> JobObject:
    told: dict[str, Any] = {
        "job_id": to_wire(Kind.JOB, job.id),
        "file_id": file_id_of(job),
        "model": str(job.metadata.get("model") or ""),
        "status": STATUSES[job.status],
        "progress": progress_of(job),
    }
    if job.status is JobStatus.COMPLETED:
        told["output_file_id"] = to_wire(Kind.OUTPUT, job.id)
    if usage is not None:
        told["usage"] = usage
    if STATUSES[job.status] == "failed":
        told["error"] = error_of(job)
    told |= {"created_at": moment(job.created_at), "updated_at": moment(job.updated_at)}
    if job.finished_at is not None:
        told["completed_at"] = told["updated_at"] = moment(job.finished_at)
    return told | {"expires_at": moment(expires_at(job))}


async def _usage(job: Job, caller: Principal, services: Services) -> dict[str, int] | None:
    """A picture has no characters that were submitted; its pages are counted. None once the output is gone."""
    try:
        output = await find_output(Kind.OUTPUT, job.id, caller, services)
    except (NotFound, Gone):
        return None
    usage = {
        "total_input_characters": 0,
        "processed_input_characters": 0,
        "skipped_characters": 0,
        "output_characters": output.characters,
        "vector_bytes": 0,
    }
    return usage | {"input_pages": job.pages_total or 0} if job.media_type == "application/pdf" else usage
