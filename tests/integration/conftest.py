"""One real PostgreSQL for the session, one fresh database a test."""

import secrets
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from octavo.adapters.embedded import EmbeddedPostgres
from octavo.adapters.postgres import PostgresStore, open_store
from octavo.adapters.postgres.migrate import migrate
from octavo.domain.ids import JobId, KeyId, ProjectId, new_id
from octavo.domain.job import JobOptions, Priority
from octavo.domain.tenancy import Organization, Project, Tenant
from octavo.ports.store import NewJob, TenantStore

SECRET = b"a secret of thirty-two bytes or more"


@dataclass
class MovableClock:
    """Implements `ports.clock.Clock`; tests move it."""

    moved: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.moved

    def pass_time(self, **amount: float) -> None:
        self.moved += timedelta(**amount)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    postgres = EmbeddedPostgres(tmp_path_factory.mktemp("postgres"))
    postgres.start()
    yield postgres
    postgres.stop()


@pytest.fixture(scope="session")
def template(server: EmbeddedPostgres) -> str:
    """A migrated database that each test copies."""
    with psycopg.connect(server.admin_url, autocommit=True) as admin:
        admin.execute("create database octavo_template owner octavo")
    with psycopg.connect(_named(server.admin_url, "octavo_template"), autocommit=True) as admin:
        admin.execute("create extension pg_trgm")
    migrate(_named(server.start(), "octavo_template"))
    return "octavo_template"


@pytest.fixture
def database_url(server: EmbeddedPostgres, template: str) -> Iterator[str]:
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(server.admin_url, autocommit=True) as admin:
        admin.execute(f"create database {name} template {template} owner octavo")
    yield _named(server.start(), name)
    with psycopg.connect(server.admin_url, autocommit=True) as admin:
        admin.execute(f"drop database {name} with (force)")


def _named(url: str, database: str) -> str:
    head, _, query = url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{database}?{query}"


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def store(database_url: str, clock: MovableClock) -> AsyncIterator[PostgresStore]:
    async with open_store(database_url, secret=SECRET, clock=clock, slices_in_flight=4) as opened:
        yield opened


@dataclass
class World:
    """A store with one organization and one project, and short ways to act on it."""

    store: PostgresStore
    clock: MovableClock
    organization: Organization
    project: Project
    url: str

    @property
    def tenant(self) -> TenantStore:
        return self.store.tenant(Tenant(self.organization.id, self.project.id))

    def new_job(self, **changes: object) -> NewJob:
        values: dict[str, object] = {
            "id": JobId(new_id(self.clock.now())),
            "project_id": self.project.id,
            "key_id": KeyId(new_id(self.clock.now())),
            "file_id": None,
            "options": JobOptions(),
            "priority": Priority.MEDIUM,
            "filename": "letter.pdf",
            "media_type": "application/pdf",
            "size_bytes": 1000,
            "sha256": "ab" * 32,
            "page_count": 10,
            "pages_total": 10,
            "engine": "ppocrv6",
            "engine_digest": "sha256:00",
            "cache_key": secrets.token_hex(32),
            "metadata": {},
            "source_retention_s": None,
            "result_retention_s": None,
            "idempotency_key": None,
            "fingerprint": "f",
            "cached_from": None,
        }
        return NewJob(**{**values, **changes})  # type: ignore[arg-type]

    async def another_project(self, organization: Organization | None = None) -> Project:
        owner = organization or self.organization
        return await self.store.add_project(owner.id, "another")


@pytest.fixture
async def world(store: PostgresStore, clock: MovableClock, database_url: str) -> World:
    organization = await store.add_organization("Acme")
    project = await store.add_project(organization.id, "first")
    return World(store, clock, organization, project, database_url)


def project_tenant(project: Project) -> Tenant:
    return Tenant(project.organization_id, ProjectId(project.id))


@pytest.fixture(scope="session")
def samples() -> Path:
    return Path(__file__).parents[2] / "samples"
