"""The use cases' own desk: a real store, a real folder, and an isolation that does as it is told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from octavo.adapters.blobs.local import LocalBlobs
from octavo.app.receive import receive_source
from octavo.app.services import Policy, Services
from octavo.app.submit import SubmitRequest, submit_job
from octavo.domain.document import EngineIdentity
from octavo.domain.errors import OctavoError
from octavo.domain.field import FieldsSummary
from octavo.domain.ids import JobId
from octavo.domain.job import JobOptions, PageSelection, Profile
from octavo.domain.storage import document_key, source_key
from octavo.domain.tenancy import ALL_SCOPES, Principal, Tenant
from octavo.ports import isolation
from octavo.ports.engines import EngineDescription
from octavo.ports.readers import Inspection, Limits
from octavo.ports.store import Completion, Submission
from tests.http.fake_egress import FakeEgress
from tests.integration.conftest import World
from tests.integration.test_store_work import page, slice_at

ENGINE = EngineIdentity("paper", "1.0", "sha256:00")


class OneEngine:
    def describe(self) -> tuple[EngineDescription, ...]:
        return ()

    def choose(self, engine: str, profile: Profile, languages: tuple[str, ...]) -> EngineIdentity:
        del engine, profile, languages
        return ENGINE


@dataclass
class Reading:
    """Isolation whose pages come back as told: one frame for every page, or an error."""

    frames: list[bytes] = field(default_factory=list)
    error: Exception | None = None
    asked: list[isolation.ReadRequest] = field(default_factory=list)
    opened: int = 0
    """How often a document was opened to be looked at."""
    refusal: OctavoError | None = None
    """What opening one ends with."""

    async def media_type(self, path: Path, *, filename: str | None) -> str:
        del path, filename
        return "application/pdf"

    async def inspect(
        self, path: Path, *, filename: str | None, password: str | None, sampled: bool = True
    ) -> Inspection:
        self.opened += 1
        del sampled
        if self.refusal is not None:
            raise self.refusal
        return Inspection(await self.media_type(path, filename=filename or password), 1, 0.0)

    async def read(self, request: isolation.ReadRequest) -> tuple[isolation.PageOutcome, ...]:
        if self.error is not None:
            raise self.error
        self.asked.append(request)
        frame = self.frames.pop(0)
        return tuple(isolation.PageOutcome(number, frame, None, 5, 5, 0.9, 3) for number in request.numbers)

    async def assemble(self, request: isolation.AssembleRequest) -> None:
        raise AssertionError(request)

    async def extract(self, request: isolation.ExtractRequest) -> FieldsSummary:
        raise AssertionError(request)

    async def render(self, request: isolation.RenderRequest) -> None:
        raise AssertionError(request)

    async def bind(self, request: isolation.BindRequest) -> None:
        request.target.write_bytes(b"bound")

    async def picture(self, request: isolation.PictureRequest) -> None:
        raise AssertionError(request)


class Silence:
    """A notifier whose news never come."""

    @asynccontextmanager
    async def subscribe(self, job_id: JobId) -> AsyncIterator["Silence"]:
        del job_id
        yield self

    async def changed(self, timeout_s: float) -> bool:
        del timeout_s
        return True


@dataclass
class Desk:
    world: World
    blobs: LocalBlobs
    isolation: Reading
    services: Services

    @property
    def principal(self) -> Principal:
        tenant = Tenant(self.world.organization.id, self.world.project.id)
        key_id = self.world.new_job().key_id
        return Principal(key_id, tenant, ALL_SCOPES, self.world.project.id)

    async def submit(self, content: bytes = b"%PDF", /, **options: object) -> Submission:
        source = await receive_source(once(content), services=self.services)
        request = SubmitRequest(JobOptions(), source=source, **options)  # type: ignore[arg-type]
        return await submit_job(request, principal=self.principal, services=self.services)

    async def reading(
        self, pages: int = 1, *, slice_pages: int | None = None, time_limit_s: float | None = None
    ) -> JobId:
        """A job that stands at its first slice, of `slice_pages` pages or all, with its source stored."""
        options = JobOptions(pages=PageSelection.parse(f"1-{pages}"), time_limit_s=time_limit_s)
        new = self.world.new_job(page_count=pages, pages_total=pages, options=options)
        await self.blobs.put_bytes(source_key(new.id), b"%PDF")
        await self.world.tenant.submit_job(new)
        await self.world.store.work.begin(new.id, 1)
        await self.world.store.work.plan(new.id, 1, slice_pages=slice_pages or pages)
        return new.id

    async def complete(self, job_id: JobId) -> None:
        work = self.world.store.work
        await work.begin(job_id, 1)
        await work.plan(job_id, 1, slice_pages=1)
        piece = await slice_at(self.world, job_id, 0)
        await work.checkpoint(piece, done=1, pages=[page(1)], next_slice_pages=1)
        await self.blobs.put_bytes(document_key(job_id), b"document")
        await work.complete(job_id, 1, Completion(0.9, 0))


async def once(content: bytes) -> AsyncIterator[bytes]:
    yield content


def open_desk(world: World, folder: Path) -> Desk:
    blobs, isolation = LocalBlobs(folder), Reading()
    services = Services(
        store=world.store,
        blobs=blobs,
        isolation=isolation,
        engines=OneEngine(),
        notifier=Silence(),
        clock=world.clock,
        policy=Policy(Limits()),
        egress=FakeEgress(),
    )
    return Desk(world, blobs, isolation, services)
