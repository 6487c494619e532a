"""Ports that answer at once, so that what is left to measure is the engine around them."""

from contextlib import AbstractAsyncContextManager, nullcontext
from pathlib import Path

import orjson

from octavo.domain.document import (
    Block,
    BlockType,
    EngineIdentity,
    Line,
    Origin,
    Page,
    TextSource,
    Word,
)
from octavo.domain.field import Fields, FieldsSummary
from octavo.domain.geometry import BBox
from octavo.domain.ids import JobId
from octavo.domain.job import Profile
from octavo.exporters.document_file import encode_page
from octavo.exporters.fields_json import fields_to_json
from octavo.ports.engines import EngineDescription
from octavo.ports.isolation import (
    AssembleRequest,
    ExtractRequest,
    PageOutcome,
    ReadRequest,
    RenderRequest,
)
from octavo.ports.notify import Subscription
from octavo.ports.readers import Inspection

_PRETENDED_MS = 1600
"""More than a slice's budget: every slice stays one page, as with scans."""
_LINES = 40
_WORDS = 10


class IdleIsolation:
    """Implements `ports.isolation.Isolation`: pages of 400 words, read before they are asked for."""

    def __init__(self, pages: int) -> None:
        self._pages = pages
        self._frames = {number: encode_page(_page(number)) for number in range(1, pages + 1)}

    async def media_type(self, path: Path, *, filename: str | None) -> str:
        del path, filename
        return "application/pdf"

    async def inspect(self, path: Path, *, filename: str | None, password: str | None) -> Inspection:
        del path, filename, password
        return Inspection("application/pdf", self._pages, scanned_sample=1.0)

    async def read(self, request: ReadRequest) -> tuple[PageOutcome, ...]:
        return tuple(
            PageOutcome(number, self._frames[number], None, 2000, 2000, 0.97, _PRETENDED_MS)
            for number in request.numbers
        )

    async def assemble(self, request: AssembleRequest) -> None:
        with request.target.open("wb") as target:
            for frame in request.frames:
                target.write(self._frames[frame.number])

    async def extract(self, request: ExtractRequest) -> FieldsSummary:
        fields = Fields("generic", None, ())
        request.target.write_bytes(orjson.dumps(fields_to_json(fields, ())))
        return fields.summary

    async def render(self, request: RenderRequest) -> None:
        request.target.write_bytes(b"")


class IdleEngines:
    """Implements `ports.engines.EngineCatalogue`."""

    def describe(self) -> tuple[EngineDescription, ...]:
        return ()

    def choose(self, engine: str, profile: Profile, languages: tuple[str, ...]) -> EngineIdentity:
        del profile, languages
        return EngineIdentity(engine, "1", "sha256:00")


class NoNews:
    """Implements `ports.notify.Notifier`: nothing is ever told."""

    def subscribe(self, job_id: JobId) -> AbstractAsyncContextManager[Subscription]:
        del job_id
        return nullcontext(self)

    async def changed(self, timeout_s: float) -> bool:
        del timeout_s
        return False


def _page(number: int) -> Page:
    lines = tuple(_line(number, row) for row in range(_LINES))
    box = BBox(0.1, 0.1, 0.9, 0.9)
    text = " ".join(line.text for line in lines)
    block = Block(
        id=f"blk_{number:012x}",
        type=BlockType.PARAGRAPH,
        page=number,
        bbox=box,
        reading_order_index=0,
        text=text,
        text_source=TextSource.INFERRED,
        confidence=0.97,
        verified=False,
        lines=lines,
    )
    return Page(number, 595.0, 842.0, (block,), engine="idle", duration_ms=_PRETENDED_MS)


def _line(number: int, row: int) -> Line:
    top = 0.1 + 0.8 * row / _LINES
    words = tuple(
        Word(
            f"w{number}x{row}x{column}",
            BBox(0.1 + 0.08 * column, top, 0.16 + 0.08 * column, top + 0.015),
            0.97,
            Origin.OCR,
        )
        for column in range(_WORDS)
    )
    return Line(words, BBox(0.1, top, 0.88, top + 0.015), font_size=10.0)
