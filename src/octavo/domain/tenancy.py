"""Who may do what: organizations own projects, projects own jobs and files, keys act for either."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from octavo.domain.errors import Forbidden
from octavo.domain.ids import KeyId, OrganizationId, ProjectId
from octavo.domain.limits import NO_LIMITS, RequestLimits
from octavo.domain.template import ModelChoice


class Scope(StrEnum):
    EXTRACT_WRITE = "extract:write"
    JOBS_READ = "jobs:read"
    JOBS_WRITE = "jobs:write"
    FILES_READ = "files:read"
    FILES_WRITE = "files:write"
    TEMPLATES_WRITE = "templates:write"
    WEBHOOKS_WRITE = "webhooks:write"
    USAGE_READ = "usage:read"
    ADMIN = "admin"
    """Every scope, and projects and keys."""


ALL_SCOPES = frozenset(Scope)


@dataclass(frozen=True, slots=True)
class Tenant:
    """Whose rows a transaction may see: one project, or all of an organization's."""

    organization_id: OrganizationId
    project_id: ProjectId | None
    key_id: KeyId | None = field(default=None, compare=False)
    """Whose key acts, for the audit; None: the command line."""


@dataclass(frozen=True, slots=True)
class Organization:
    id: OrganizationId
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Project:
    id: ProjectId
    organization_id: OrganizationId
    name: str
    created_at: datetime
    source_retention_s: int
    """How long a job keeps its source after submission."""
    result_retention_s: int
    """How long a job keeps its result after it ended."""
    weight: float = 1.0
    """Share of the workers against other projects when all of them are waiting."""
    max_running_slices: int | None = None
    limits: RequestLimits = NO_LIMITS
    """Of each of its keys; None in it: the installation's."""
    pages_per_month: int | None = None
    """How many pages it may submit in a calendar month (UTC); None: as many as it likes."""
    model: ModelChoice | None = None
    """Asked about its documents where their template names none."""


@dataclass(frozen=True, slots=True)
class Key:
    """An API key. Its text is shown once, when it is made; only its hash is kept."""

    id: KeyId
    organization_id: OrganizationId
    project_id: ProjectId | None
    """None: the key acts for every project of its organization and must name one to submit to."""
    name: str
    hint: str
    """The first characters of the text, enough to tell keys apart."""
    scopes: frozenset[Scope]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    """For good."""
    disabled_at: datetime | None = None
    """Until it is enabled again."""


@dataclass(frozen=True, slots=True)
class Principal:
    """The caller, as one request knows it."""

    key_id: KeyId
    tenant: Tenant
    scopes: frozenset[Scope]
    default_project_id: ProjectId
    """Where a submission goes: the key's project, or the organization's first."""
    expires_at: datetime | None = None
    """When the key ends; None: never."""
    limits: RequestLimits = NO_LIMITS
    """Those of the key's project, or of the organization's first; None in it: the installation's."""

    def require(self, scope: Scope) -> None:
        """Raises `Forbidden` naming the scope that is missing."""
        if scope not in self.scopes and Scope.ADMIN not in self.scopes:
            raise Forbidden(f"This key lacks the scope {scope.value}.", scope=scope.value)
