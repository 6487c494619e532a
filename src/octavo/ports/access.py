"""A tenant's projects and keys: what decides who may do how much."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from octavo.domain.ids import KeyId, ProjectId
from octavo.domain.template import ModelChoice
from octavo.domain.tenancy import Key, Project


@dataclass(frozen=True, slots=True)
class ProjectChanges:
    """Members are columns of a project; what is not in `given` stays as it is."""

    name: str | None = None
    source_retention_s: int | None = None
    result_retention_s: int | None = None
    weight: float | None = None
    max_running_slices: int | None = None
    submits_per_minute: int | None = None
    reads_per_minute: int | None = None
    pages_per_month: int | None = None
    model: ModelChoice | None = None
    """With an `api_key` of `ports.templates.SEALED` the one there is stays."""
    given: frozenset[str] = frozenset()
    """Which of the members are meant, since None is a value too."""


class Access(Protocol):
    """What is another tenant's is `NotFound`. Each change is audited in its own transaction."""

    async def projects(self, *, after: ProjectId | None = None, limit: int | None = None) -> list[Project]:
        """Oldest first; all of them without a limit."""
        ...

    async def project(self, project_id: ProjectId) -> Project: ...

    async def add_project(self, changes: ProjectChanges) -> Project:
        """A new project of the organization; what is not given has the installation's default."""
        ...

    async def change_project(self, project_id: ProjectId, changes: ProjectChanges) -> Project: ...

    async def model_for_work(self, project_id: ProjectId) -> ModelChoice | None:
        """The project's language model with its key opened; everywhere else it is `SEALED`."""
        ...

    async def keys(self, *, after: KeyId | None = None, limit: int | None = None) -> list[Key]:
        """Oldest first; also the revoked and expired."""
        ...

    async def key(self, key_id: KeyId) -> Key: ...

    async def add_key(self, key: Key, digest: bytes) -> Key: ...

    async def revoke_key(self, key_id: KeyId) -> Key:
        """Repeating it changes nothing."""
        ...

    async def switch_key(self, key_id: KeyId, *, disabled: bool) -> Key:
        """Repeating it changes nothing. Raises `Conflict` when the key was revoked."""
        ...

    async def rotate_key(self, key_id: KeyId, new: Key, digest: bytes, *, old_ends_at: datetime) -> Key:
        """`new` takes the place of the key, which ends at `old_ends_at`, in one transaction.

        Raises `Conflict` when the key is no longer live.
        """
        ...
