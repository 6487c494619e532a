"""Public ids: the internal one behind a prefix that says what it names, `job_<24 hex digits>`.

A caller may leave the prefix out. Whatever is no id names nothing: `NotFound`, the same answer
as for an id that was never given out.
"""

from octavo.domain.errors import NotFound
from octavo.domain.ids import BatchId, FileId, JobId, KeyId, ProjectId, TemplateId, UploadId, WebhookId, is_id

JOB, FILE, KEY, PROJECT, ORGANIZATION = "job_", "file_", "key_", "proj_", "org_"

BATCH, UPLOAD, TEMPLATE = "batch_", "upl_", "tpl_"
WEBHOOK, DELIVERY, EVENT = "wh_", "dlv_", "evt_"

_NAMES = {
    WEBHOOK: "webhook",
    DELIVERY: "delivery",
    JOB: "job",
    FILE: "file",
    KEY: "key",
    PROJECT: "project",
    BATCH: "batch",
    UPLOAD: "upload",
    TEMPLATE: "template",
    ORGANIZATION: "organization",
}


def job_id_from(text: str) -> JobId:
    return JobId(_id_from(text, JOB))


def file_id_from(text: str) -> FileId:
    return FileId(_id_from(text, FILE))


def key_id_from(text: str) -> KeyId:
    return KeyId(_id_from(text, KEY))


def project_id_from(text: str) -> ProjectId:
    return ProjectId(_id_from(text, PROJECT))


def batch_id_from(text: str) -> BatchId:
    return BatchId(_id_from(text, BATCH))


def upload_id_from(text: str) -> UploadId:
    return UploadId(_id_from(text, UPLOAD))


def template_id_from(text: str) -> TemplateId:
    return TemplateId(_id_from(text, TEMPLATE))


def webhook_id_from(text: str) -> WebhookId:
    return WebhookId(_id_from(text, WEBHOOK))


def delivery_id_from(text: str) -> str:
    return _id_from(text, DELIVERY)


def _id_from(text: str, prefix: str) -> str:
    bare = text.removeprefix(prefix)
    if not is_id(bare):
        raise NotFound(f"There is no such {_NAMES[prefix]}.")
    return bare
