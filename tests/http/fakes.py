# ruff: noqa: ARG002, ASYNC240 -- the ports decide the signatures; the files have a few bytes
"""The ports, in memory: as strict about tenants and states as the real ones, and as small as can be."""

import asyncio
import hashlib
import json
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from octavo.domain.document import EngineIdentity
from octavo.domain.errors import (
    DocumentEncrypted,
    DocumentTooLarge,
    EmptyDocument,
    EngineUnavailable,
    NotFound,
    UnreadableDocument,
    UnsupportedMediaType,
)
from octavo.domain.field import FieldsSummary
from octavo.domain.ids import JobId
from octavo.domain.job import Profile
from octavo.exporters.document_file import open_document
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS
from octavo.exporters.volume import bind
from octavo.ports.blobs import StoredBlob
from octavo.ports.engines import EngineDescription, ModelFile
from octavo.ports.isolation import (
    AssembleRequest,
    BindRequest,
    ChildDied,
    ExtractRequest,
    PageOutcome,
    PictureRequest,
    ReadRequest,
    RenderRequest,
)
from octavo.ports.readers import Inspection

ENGINE = EngineIdentity("paper", "1.0", "sha256:" + "1" * 64)


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def advance(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


class FakeBlobs:
    """A dictionary."""

    def __init__(self) -> None:
        self.content: dict[str, bytes] = {}
        self.failure: Exception | None = None

    async def put(
        self, key: str, chunks: AsyncIterator[bytes], *, limit_bytes: int | None = None
    ) -> StoredBlob:
        content = b""
        async for chunk in chunks:
            content += chunk
            if limit_bytes is not None and len(content) > limit_bytes:
                raise DocumentTooLarge(f"At most {limit_bytes} bytes.", limit=limit_bytes, unit="bytes")
        return await self.put_bytes(key, content)

    async def put_bytes(self, key: str, content: bytes) -> StoredBlob:
        self.content[key] = content
        return StoredBlob(key, len(content), hashlib.sha256(content).hexdigest())

    async def put_path(self, key: str, path: Path) -> StoredBlob:
        return await self.put_bytes(key, path.read_bytes())

    async def read(self, key: str, *, start: int = 0, stop: int | None = None) -> AsyncIterator[bytes]:
        if key not in self.content:
            raise NotFound("No such blob.")
        content = self.content[key][start:stop]
        for offset in range(0, len(content), 7):
            yield content[offset : offset + 7]

    async def size(self, key: str) -> int | None:
        return len(self.content[key]) if key in self.content else None

    async def copy(self, source: str, target: str) -> None:
        if source not in self.content:
            raise NotFound("No such blob.")
        self.content[target] = self.content[source]

    async def copy_all(self, pairs: Sequence[tuple[str, str]]) -> set[str]:
        there = [(source, target) for source, target in pairs if source in self.content]
        for source, target in there:
            await self.copy(source, target)
        return {target for _, target in there}

    @asynccontextmanager
    async def local_path(self, key: str) -> AsyncIterator[Path]:
        if key not in self.content:
            raise NotFound("No such blob.")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "blob"
            path.write_bytes(self.content[key])
            yield path

    async def delete_prefix(self, prefix: str) -> int:
        gone = [key for key in self.content if key.startswith(prefix)]
        for key in gone:
            del self.content[key]
        return len(gone)

    async def tidy(self) -> None:
        """Nothing is copied."""

    async def list_groups(self, prefix: str) -> list[str]:
        return sorted(
            {key[len(prefix) :].partition("/")[0] for key in self.content if key.startswith(prefix)}
        )

    async def check(self) -> None:
        if self.failure:
            raise self.failure


class FakeIsolation:
    """Knows a document by its first bytes: `%PDF`, else one of the ways to be wrong."""

    def __init__(self) -> None:
        self.passwords: list[str | None] = []

    async def media_type(self, path: Path, *, filename: str | None) -> str:
        content = path.read_bytes()
        if content.startswith(b"CRASH"):
            raise ChildDied("The reader died.")
        if not content.startswith((b"%PDF", b"LOCKED", b"BROKEN")):
            raise UnsupportedMediaType("This is no document Octavo reads.")
        return "application/pdf"

    async def inspect(
        self, path: Path, *, filename: str | None, password: str | None, sampled: bool = True
    ) -> Inspection:
        self.passwords.append(password)
        media_type = await self.media_type(path, filename=filename)
        content = path.read_bytes()
        if content.startswith(b"LOCKED") and password != "sesame":
            raise DocumentEncrypted("This document needs a password.")
        if content.startswith(b"BROKEN"):
            raise UnreadableDocument("This document is damaged.")
        if content == b"%PDF empty":
            raise EmptyDocument("No pages.")
        return Inspection(media_type, 3, 0.5, ("low_resolution",))

    async def read(self, request: ReadRequest) -> tuple[PageOutcome, ...]:
        raise AssertionError("the API never asks for this")

    async def assemble(self, request: AssembleRequest) -> None:
        raise AssertionError("the API never asks for this")

    async def extract(self, request: ExtractRequest) -> FieldsSummary:
        raise AssertionError("the API never asks for this")

    async def render(self, request: RenderRequest) -> None:
        exporter = EXPORTERS[request.format]
        rendering = Rendering(request.images_at, request.options)
        document = open_document(request.document)
        if request.fields is not None:
            document = replace(document, fields=json.loads(request.fields.read_bytes()))
        if request.filename is not None:
            named = replace(document.source, filename=request.filename or None)
            document = replace(document, source=named)
        request.target.write_bytes(b"".join(exporter.render(document, rendering)))

    async def bind(self, request: BindRequest) -> None:
        document = bind([open_document(part.document) for part in request.parts], request.name)
        rendering = Rendering(request.parts[0].images_at, request.parts[0].options)
        exporter = EXPORTERS[request.parts[0].format]
        request.target.write_bytes(b"".join(exporter.render(document, rendering)))

    async def picture(self, request: PictureRequest) -> None:
        request.target.write_bytes(f"page {request.number} at {request.dpi:g} dpi".encode())


class FakeEngines:
    def describe(self) -> tuple[EngineDescription, ...]:
        model = ModelFile("paper.onnx", "2" * 64, "Apache-2.0", 7)
        return (
            EngineDescription(
                ENGINE.name, ENGINE.version, ENGINE.digest, tuple(Profile), ("de", "en"), (model,), True, None
            ),
        )

    def choose(self, engine: str, profile: Profile, languages: tuple[str, ...]) -> EngineIdentity:
        if engine not in {"auto", ENGINE.name}:
            raise EngineUnavailable(f"There is no engine {engine!r}.", option="engine")
        return ENGINE


class FakeNotifier:
    """Wakes whoever waits for a job."""

    def __init__(self) -> None:
        self.waiting: dict[JobId, list[asyncio.Event]] = {}

    @asynccontextmanager
    async def subscribe(self, job_id: JobId) -> AsyncIterator["FakeSubscription"]:
        event = asyncio.Event()
        self.waiting.setdefault(job_id, []).append(event)
        try:
            yield FakeSubscription(event)
        finally:
            self.waiting[job_id].remove(event)

    def tell(self, job_id: JobId) -> None:
        for event in self.waiting.get(job_id, ()):
            event.set()


@dataclass
class FakeSubscription:
    event: asyncio.Event

    async def changed(self, timeout_s: float) -> bool:
        try:
            await asyncio.wait_for(self.event.wait(), timeout_s)
        except TimeoutError:
            return False
        self.event.clear()
        return True
