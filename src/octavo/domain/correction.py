"""What people changed in the fields of a job: the audit, and what a change asks for."""

from dataclasses import dataclass
from datetime import datetime

from octavo.domain.field import Scalar
from octavo.domain.ids import JobId, KeyId


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that became another; None where there is none."""

    path: str
    before: Scalar | None
    after: Scalar | None


@dataclass(frozen=True, slots=True)
class Correction:
    """One version of the fields that a person made."""

    job_id: JobId
    version: int
    """The one it made."""
    key_id: KeyId
    """Whose key was used."""
    created_at: datetime
    changes: tuple[FieldChange, ...]
