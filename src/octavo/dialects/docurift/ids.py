"""Ids as this vendor writes them: our 24 hex digits behind a prefix that says what they name.

A document is a job seen from its other end: both have the same digits.
"""

from octavo.domain.errors import NotFound
from octavo.domain.ids import JobId, WebhookId, is_id

JOB, DOCUMENT, WEBHOOK = "job_", "doc_", "wh_"
ORGANIZATION, USER, BATCH = "org_", "user_", "batch_"


def job_id_of(text: str) -> JobId:
    """Raises `NotFound`."""
    return JobId(_bare(text, JOB))


def document_id_of(text: str) -> JobId:
    """Of the job that the document is. Raises `NotFound`."""
    return JobId(_bare(text, DOCUMENT))


def webhook_id_of(text: str) -> WebhookId:
    """Raises `NotFound`."""
    return WebhookId(_bare(text, WEBHOOK))


def named_job(text: str) -> JobId | None:
    """The job that a searched text is the whole id of, as a job's or as a document's."""
    for prefix in (DOCUMENT, JOB):
        if text.startswith(prefix) and is_id(text.removeprefix(prefix)):
            return JobId(text.removeprefix(prefix))
    return None


def _bare(text: str, prefix: str) -> str:
    bare = text.removeprefix(prefix)
    if not text.startswith(prefix) or not is_id(bare):
        raise NotFound("There is no such id.")
    return bare
