"""One document of a batch's own request."""

from dataclasses import dataclass

from octavo.app.submit import SubmitRequest
from octavo.domain.batch import RefusedDocument
from octavo.domain.errors import OctavoError
from octavo.domain.ids import JobId
from octavo.ports.blobs import StoredBlob


@dataclass(frozen=True, slots=True)
class BatchDocument:
    request: SubmitRequest
    """Without `source`, `batch_id`, `project_id` and `idempotency_key`: the batch sets them."""
    content: bytes | None = None
    """The document itself, where it came inside the request."""
    url: str | None = None
    """Where it is fetched from; instead of `content` and the request's `file_id`."""
    source: tuple[JobId, StoredBlob] | None = None
    """From `receive_source`; instead of all of these. Ids of later documents are greater."""


def refused(index: int, document: BatchDocument, error: OctavoError) -> RefusedDocument:
    return RefusedDocument(index, document.request.filename, error.code, error.summary, error.retryable)
