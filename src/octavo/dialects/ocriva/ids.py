"""Ids as this vendor writes them: 24 hex digits, like our own.

A record of the history is our job and has its id. The upload it came from has another one there; ours
is the job's with the random half turned over, so that either names the job.
"""

from octavo.domain.errors import NotFound
from octavo.domain.ids import BatchId, JobId, ProjectId, TemplateId, is_id
from octavo.http.identifiers import BATCH, JOB, PROJECT, TEMPLATE

_TURN = 0x5C5C5C5C5C5C
_RANDOM_DIGITS = 12


def upload_id(job_id: JobId) -> str:
    head, tail = job_id[:_RANDOM_DIGITS], job_id[_RANDOM_DIGITS:]
    return f"{head}{int(tail, 16) ^ _TURN:012x}"


def job_ids(text: str) -> tuple[JobId, ...]:
    """The job with this id, then the one whose upload has it; nothing where it is no id."""
    bare = text.removeprefix(JOB)
    return (JobId(bare), JobId(upload_id(JobId(bare)))) if is_id(bare) else ()


def project_id_of(text: str) -> ProjectId:
    return ProjectId(_bare(text, PROJECT, "project"))


def template_id_of(text: str) -> TemplateId:
    return TemplateId(_bare(text, TEMPLATE, "template"))


def batch_id_of(text: str) -> BatchId:
    return BatchId(_bare(text, BATCH, "batch"))


def _bare(text: str, prefix: str, what: str) -> str:
    """Also as the native API writes it. Raises `NotFound`."""
    bare = text.removeprefix(prefix)
    if not is_id(bare):
        raise NotFound(f"There is no such {what}.")
    return bare
