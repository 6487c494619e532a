"""What people correct in the fields of jobs, remembered; the fields themselves are blobs."""

from dataclasses import dataclass
from typing import Protocol

from octavo.domain.correction import Correction, FieldChange
from octavo.domain.ids import JobId, KeyId
from octavo.domain.job import FieldsStanding, Job


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """All that one correction commits: the new standing, the audit, the event. Its blob is durable already."""

    job_id: JobId
    key_id: KeyId
    standing: FieldsStanding
    """Its version is the one that was corrected, plus 1."""
    changes: tuple[FieldChange, ...]


class FieldStore(Protocol):
    """Of one tenant. Every method raises `TemporaryFailure` when the database cannot be reached."""

    async def correct(self, correction: NewCorrection) -> Job:
        """Raises `NotFound`; `Gone` when the result is no more; `Conflict` when another was faster."""
        ...

    async def history(self, job_id: JobId, *, before: int | None, limit: int) -> list[Correction]:
        """Newest first, only versions below `before`. Raises `NotFound`."""
        ...
