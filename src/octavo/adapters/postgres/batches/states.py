"""The states of batches as conditions on their jobs: a few index probes a batch, never a count."""

from octavo.domain.batch import BatchStatus


def _has(*statuses: str) -> str:
    listed = ", ".join(f"'{status}'" for status in statuses)
    return f"exists (select 1 from jobs j where j.batch_id = batches.id and j.status in ({listed}))"


_FINAL = ("completed", "failed", "cancelled")
_ACTIVE = ("queued", "processing")

CONDITIONS: dict[BatchStatus, str] = {
    BatchStatus.EMPTY: "jobs_added = 0 and cancelled_at is null",
    BatchStatus.QUEUED: f"{_has('queued')} and not {_has('processing', *_FINAL)}",
    BatchStatus.PROCESSING: f"({_has('processing')} or ({_has('queued')} and {_has(*_FINAL)}))",
    BatchStatus.COMPLETED: f"{_has('completed')} and not {_has(*_ACTIVE)}",
    BatchStatus.FAILED: f"{_has('failed')} and not {_has(*_ACTIVE, 'completed')}",
    BatchStatus.CANCELLED: f"(({_has('cancelled')} and not {_has(*_ACTIVE, 'completed', 'failed')})"
    " or (jobs_added = 0 and cancelled_at is not null))",
}
"""The same as `domain.batch.batch_status` says of counts; a test holds one against the other."""
