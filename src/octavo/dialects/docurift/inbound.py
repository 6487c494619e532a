"""The vendor's orders and questions in our words."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from octavo.app.services import Services
from octavo.app.submit import SubmitRequest
from octavo.app.webhooks.address import require_encrypted
from octavo.app.webhooks.register import make_callback
from octavo.dialects.docurift.outbound import AUTO, DIALECT, GENERIC, TOLD_BACK
from octavo.dialects.docurift.wire import AsyncForm, ProcessForm, Reading
from octavo.domain.document_types.table import DOCUMENT_TYPES
from octavo.domain.errors import InvalidRequest, NotFound
from octavo.domain.ids import JobId
from octavo.domain.job import Job, JobOptions, JobStatus, Priority
from octavo.domain.webhook import Callback
from octavo.ports.blobs import StoredBlob
from octavo.ports.engines import NO_INK

RETENTION = timedelta(days=30)
"""How long a job, and its document, stay after their end."""
RETENTION_S = int(RETENTION.total_seconds())
TYPES: dict[str, str | None] = {"general": GENERIC, AUTO: None} | {name: name for name in DOCUMENT_TYPES}
"""Of `documentType`; None: find out."""
PRIORITIES = {"normal": Priority.MEDIUM, "high": Priority.HIGH}
STATUSES = {
    "pending": (JobStatus.QUEUED,),
    "queued": (JobStatus.QUEUED,),
    "processing": (JobStatus.PROCESSING,),
    "completed": (JobStatus.COMPLETED,),
    "failed": (JobStatus.FAILED, JobStatus.CANCELLED),
}
"""Jobs say `pending` and documents `queued`; both are understood in both lists."""


def order_of(
    form: ProcessForm, source: tuple[JobId, StoredBlob], filename: str | None, services: Services
) -> SubmitRequest:
    """Raises `InvalidRequest`."""
    reading = form.reading()
    return SubmitRequest(
        options=_options(form, reading),
        source=source,
        filename=filename,
        priority=PRIORITIES[form.priority] if isinstance(form, AsyncForm) else Priority.MEDIUM,
        metadata=_metadata(form, reading),
        keep_unreadable=True,
        source_retention_s=RETENTION_S,
        result_retention_s=RETENTION_S,
        callbacks=_callbacks(form, services) if isinstance(form, AsyncForm) else (),
    )


def document_type_of(text: str) -> str | None:
    """Raises `InvalidRequest`."""
    if text not in TYPES:
        raise InvalidRequest(
            f"There is no documentType {text[:40]!r}. Types: {', '.join(sorted(TYPES))}.",
            option="document_type",
        )
    return TYPES[text]


def statuses_of(text: str | None) -> tuple[JobStatus, ...]:
    """Raises `InvalidRequest`."""
    if not text:
        return ()
    if text not in STATUSES:
        raise InvalidRequest(
            f"There is no status {text[:40]!r}. Statuses: {', '.join(STATUSES)}.", option="status"
        )
    return STATUSES[text]


def start_of(text: str | None) -> datetime | None:
    """`startDate`: a moment, or the beginning of a day, UTC where nothing is said. Raises `InvalidRequest`."""
    return _moment(text, "startDate", time.min) if text else None


def end_of(text: str | None) -> datetime | None:
    """`endDate`, which belongs to what is asked for: the first moment that does not."""
    return _moment(text, "endDate", time.max) + timedelta(milliseconds=1) if text else None


def require_kept(job: Job, now: datetime) -> None:
    """What was purged, or has expired, is as if it never was. Raises `NotFound`."""
    expired = job.result_expires_at is not None and job.result_expires_at <= now
    if expired or job.purged_at or job.result_deleted_at:
        raise NotFound("It is no longer there.")


def wants_tables(job: Job) -> bool:
    return job.metadata.get("extract_tables") is not False


def _options(form: ProcessForm, reading: Reading) -> JobOptions:
    language = reading.language
    return JobOptions(
        engine=NO_INK if reading.ocr_fallback is False else "auto",
        languages=() if language is None or language == AUTO else (language.lower(),),
        document_type=document_type_of(form.document_type),
    )


def _metadata(form: ProcessForm, reading: Reading) -> dict[str, Any]:
    """What a job must know of its order to be shown in this dialect."""
    told: dict[str, Any] = {"dialect": DIALECT, "document_type": form.document_type}
    if isinstance(form, AsyncForm) and form.callback_metadata is not None:
        # Registered webhooks tell it back, too.
        told[TOLD_BACK] = form.callback_metadata
    return told | ({"extract_tables": False} if reading.extract_tables is False else {})


def _callbacks(form: AsyncForm, services: Services) -> tuple[Callback, ...]:
    if form.webhook_url is None:
        if form.webhook_secret is not None:
            raise InvalidRequest("A webhookSecret goes with a webhookUrl.", option="webhook_url")
        return ()
    require_encrypted(form.webhook_url, services, option="callback.url")
    callback = make_callback(
        url=form.webhook_url,
        secret=form.webhook_secret,
        scheme=DIALECT,
        metadata=form.callback_metadata,
        services=services,
    )
    return (callback,)


def _moment(text: str, option: str, of_day: time) -> datetime:
    try:
        if len(text) == len("YYYY-MM-DD"):
            found = datetime.combine(date.fromisoformat(text), of_day)
        else:
            found = datetime.fromisoformat(text)
        found = found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidRequest(
            f"{option} is no ISO 8601 date; write it like 2026-11-22.", option=option
        ) from error
    return min(max(found, _EARLIEST), _LATEST)


_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)
