"""An app over fakes, two organizations in it, and short ways to say what a test is about."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from fastapi import FastAPI
from tests.exporters.samples import HEADER, page_of
from tests.http.fake_egress import FakeEgress
from tests.http.fake_store import FakeStore
from tests.http.fakes import FakeBlobs, FakeClock, FakeEngines, FakeIsolation, FakeNotifier

from octavo.app.keys import create_key
from octavo.app.services import Policy, Services
from octavo.domain.document import Page, PageFailure
from octavo.domain.document_types.schema import specs_of
from octavo.domain.event import EventType
from octavo.domain.field import Fields
from octavo.domain.ids import JobId
from octavo.domain.job import FieldsStanding, Job, JobError, JobStatus, Stage
from octavo.domain.storage import document_key, fields_key, slice_key
from octavo.domain.tenancy import ALL_SCOPES, Organization, Project, Scope
from octavo.exporters.document_file import encode_page, write_document
from octavo.exporters.fields_json import fields_to_json
from octavo.http.app import create_app
from octavo.ports.readers import Limits
from octavo.ports.store import PageRow

PDF = b"%PDF-1.7 a small document"
MAX_BYTES = 1_000_000


@dataclass
class Tenancy:
    organization: Organization
    project: Project
    key: str
    """Every scope, the whole organization."""


@dataclass
class World:
    clock: FakeClock = field(default_factory=FakeClock)
    blobs: FakeBlobs = field(default_factory=FakeBlobs)
    isolation: FakeIsolation = field(default_factory=FakeIsolation)
    notifier: FakeNotifier = field(default_factory=FakeNotifier)
    egress: FakeEgress = field(default_factory=FakeEgress)
    max_wait_s: float = 5.0
    acme: Tenancy = field(init=False)
    other: Tenancy = field(init=False)

    def __post_init__(self) -> None:
        self.store = FakeStore(self.clock, self.notifier)
        self.services = Services(
            store=self.store,
            blobs=self.blobs,
            isolation=self.isolation,
            engines=FakeEngines(),
            notifier=self.notifier,
            clock=self.clock,
            policy=Policy(Limits(max_bytes=MAX_BYTES), max_wait_s=self.max_wait_s),
            egress=self.egress,
            signing_key=b"signs in tests alone",
        )
        self.app: FastAPI = create_app(self.services)

    async def settle(self) -> "World":
        self.acme = await self._tenancy("Acme")
        self.other = await self._tenancy("Other")
        return self

    def client(self, key: str | None = "acme") -> httpx.AsyncClient:
        """A client with that key; without one for None."""
        text = self.acme.key if key == "acme" else key
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=False),
            base_url="http://octavo.test",
            headers={"Authorization": f"Bearer {text}"} if text else {},
        )

    async def key(
        self, tenancy: Tenancy, scopes: Iterable[Scope] = ALL_SCOPES, *, bound: bool = False
    ) -> str:
        _, text = await create_key(
            organization_id=tenancy.organization.id,
            project_id=tenancy.project.id if bound else None,
            name="test",
            scopes=scopes,
            expires_at=None,
            store=self.store,
            clock=self.clock,
        )
        return text

    def begin(self, public_id: str) -> Job:
        self.clock.advance(1)
        now = self.clock.now()
        return self.store.change(
            job_id(public_id),
            EventType.JOB_PROCESSING,
            status=JobStatus.PROCESSING,
            stage=Stage.READING,
            started_at=now,
        )

    async def read_page(self, public_id: str, number: int, page: Page | None = None) -> None:
        """Page `number` is finished and kept in a slice of its own."""
        id_ = job_id(public_id)
        key = slice_key(id_, 1, number - 1, "0")
        frame = encode_page(page or page_of(number))
        await self.blobs.put_bytes(key, frame)
        self._page(id_, number, key, len(frame), None)

    def lose_page(self, public_id: str, number: int) -> None:
        failure = PageFailure(number, "page_unreadable", "It cannot be read.", 2)
        self._page(job_id(public_id), number, None, 0, failure)

    async def complete(self, public_id: str, pages: Iterable[Page] | None = None) -> Job:
        """The job ends well, its document is stored: these pages, else three with a line each."""
        id_ = job_id(public_id)
        found = [page_of(n) for n in (1, 2, 3)] if pages is None else list(pages)
        with TemporaryDirectory() as folder:
            target = Path(folder) / "document"
            write_document(target, HEADER, [(page.number, encode_page(page)) for page in found])
            await self.blobs.put_path(document_key(id_), target)
        return self.store.change(
            id_,
            EventType.JOB_COMPLETED,
            status=JobStatus.COMPLETED,
            stage=Stage.DONE,
            pages_done=3,
            mean_confidence=0.98,
            finished_at=self.clock.now(),
        )

    async def find_fields(self, public_id: str, fields: Fields) -> Job:
        """The job has these fields, as they were found."""
        id_ = job_id(public_id)
        key = fields_key(id_, 1)
        specs = specs_of(fields.document_type, None)
        await self.blobs.put_bytes(key, json.dumps(fields_to_json(fields, specs)).encode())
        return self.store.change(id_, None, fields=FieldsStanding(1, key, fields.summary))

    def fail(self, public_id: str) -> Job:
        error = JobError("unreadable_document", "It cannot be read.", retryable=False, step=Stage.READING)
        return self.store.change(
            job_id(public_id), EventType.JOB_FAILED, status=JobStatus.FAILED, error=error
        )

    async def _tenancy(self, name: str) -> Tenancy:
        organization = await self.store.add_organization(name)
        project = await self.store.add_project(organization.id, "first")
        tenancy = Tenancy(organization, project, "")
        tenancy.key = await self.key(tenancy)
        return tenancy

    def _page(
        self, id_: JobId, number: int, key: str | None, length: int, failure: PageFailure | None
    ) -> None:
        job = self.store.change(
            id_,
            EventType.JOB_PAGE,
            {"page": number},
            pages_done=self.store.rows[id_].pages_done + 1,
            pages_failed=self.store.rows[id_].pages_failed + (failure is not None),
        )
        row = PageRow(
            number,
            job.version,
            key,
            0,
            length,
            failure,
            15,
            15,
            None if failure else 0.98,
            40,
            self.clock.now(),
        )
        self.store.page_lists.setdefault(id_, []).append(row)


def job_id(public_id: str) -> JobId:
    return JobId(public_id.removeprefix("job_"))


async def submit(client: httpx.AsyncClient, content: bytes = PDF, **fields: str) -> dict[str, Any]:
    """The accepted job."""
    answer = await client.post("/v1/jobs", files={"file": ("report.pdf", content)}, data=fields)
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    return found


def problem_of(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem, checked for what every problem has."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = json.loads(answer.content)
    assert problem["code"] == code
    assert problem["type"] == f"/problems/{code}"
    assert problem["status"] == status
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert problem["detail"]
    return problem
