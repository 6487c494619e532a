"""Every way this service fails on purpose.

OctavoError
├── InvalidRequest            the caller must change the request
│   ├── UnsupportedMediaType
│   ├── DocumentTooLarge      bytes, pages, pixels or unpacked size over a limit
│   ├── EmptyDocument
│   ├── SourceRefused         a URL whose address we do not ask
│   ├── LanguageUnavailable
│   └── EngineUnavailable
├── Unauthenticated           no key, or one we do not know
├── Forbidden                 a known key without the scope
├── NotFound                  no such thing, or not yours
├── Gone                      it was yours; its retention ended or it was purged
├── Conflict                  true, but not in this state
│   └── IdempotencyConflict
├── QuotaExceeded             try again later
├── SourceUnreachable         nobody answered at the document's URL, or not with a document
├── UnreadableDocument        the document itself is at fault
│   ├── DocumentEncrypted     a password is needed, or the one given is wrong
│   └── PageUnreadable        this page; the others are unaffected
└── TemporaryFailure          ours; the job engine retries these, and only these

`code` is stable and part of every API; `summary` is safe to show to anyone and
says what to do next. Statuses, envelopes and exit codes are tables at the edges.
"""

from typing import Any, ClassVar


class OctavoError(Exception):
    """The root; never raised itself."""

    code: ClassVar[str] = "internal_error"
    retryable: ClassVar[bool] = False

    def __init__(self, summary: str, **details: Any) -> None:
        """`details` are safe, machine-readable facts: limits, names of options, positions."""
        super().__init__(summary)
        self.summary = summary
        self.details = details

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors cross from a child process to its parent with their details."""
        return (_rebuild, (type(self), self.summary, self.details))


def _rebuild(kind: type[OctavoError], summary: str, details: dict[str, Any]) -> OctavoError:
    return kind(summary, **details)


class InvalidRequest(OctavoError):
    code = "invalid_request"


class UnsupportedMediaType(InvalidRequest):
    code = "unsupported_media_type"


class DocumentTooLarge(InvalidRequest):
    code = "document_too_large"


class EmptyDocument(InvalidRequest):
    code = "empty_document"


class SourceRefused(InvalidRequest):
    code = "source_refused"


class LanguageUnavailable(InvalidRequest):
    code = "language_unavailable"


class EngineUnavailable(InvalidRequest):
    code = "engine_unavailable"


class Unauthenticated(OctavoError):
    code = "unauthenticated"


class Forbidden(OctavoError):
    code = "forbidden"


class NotFound(OctavoError):
    code = "not_found"


class Gone(OctavoError):
    code = "gone"


class Conflict(OctavoError):
    code = "conflict"


class IdempotencyConflict(Conflict):
    code = "idempotency_conflict"


class QuotaExceeded(OctavoError):
    code = "quota_exceeded"
    retryable = True


class SourceUnreachable(OctavoError):
    code = "source_unreachable"
    retryable = True


class UnreadableDocument(OctavoError):
    code = "unreadable_document"


class DocumentEncrypted(UnreadableDocument):
    code = "document_encrypted"


class PageUnreadable(UnreadableDocument):
    code = "page_unreadable"


class TemporaryFailure(OctavoError):
    code = "temporary_failure"
    retryable = True
