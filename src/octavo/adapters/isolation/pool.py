"""Start here: the core's work on documents, each piece in a child of its own.  Implements `ports.isolation`."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from octavo.adapters.engines.catalogue import AUTO, engine_for, primary_tags
from octavo.adapters.engines.vision.endpoint import VisionEndpoint
from octavo.adapters.engines.vision.kind import NAME as VISION
from octavo.adapters.isolation import child
from octavo.adapters.isolation.children import Children
from octavo.adapters.isolation.confine import Confinement
from octavo.domain.field import FieldsSummary
from octavo.domain.job import Profile
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
from octavo.ports.readers import Inspection, Limits

_WHOLE_DOCUMENT_S = 600.0
"""Assembling and rendering walk all pages; 10,000 take about a minute."""
_FIELDS_S = 120.0
"""For the fields of one document; 2,000 pages of a bank statement take about 20."""
_GLANCE_S = 20.0
"""For looking at a few pages of a document. The caller waits, and other callers for the same child."""
_PROGRAMS = frozenset({"tesseract"})
"""Engines that are programs of their own, which a child must be allowed to start."""


class ChildPool:
    """Belongs to one event loop. Children start when they are first needed, or at `warm`.

    Documents and frames must lie in `readable` or `scratch_dir`, targets in `scratch_dir`: where the kernel
    can, it lets the children open nothing else of ours. Those folders must exist when a child starts.
    Without `readable` the children may open whatever our user may.
    """

    def __init__(
        self,
        slots: int,
        models_dir: Path,
        limits: Limits,
        page_timeout_s: float,
        memory_bytes: int,
        scratch_dir: Path,
        readable: tuple[Path, ...] | None = None,
        vision: VisionEndpoint | None = None,
        vision_timeout_s: float = 0.0,
    ) -> None:
        self._models_dir = models_dir
        self._limits = limits
        self._page_timeout_s = page_timeout_s
        self._rules = Confinement(
            memory_bytes,
            limits.max_unpacked_bytes,
            programs=False,
            readable=None if readable is None else tuple(str(folder) for folder in (*readable, models_dir)),
            writable=(str(scratch_dir),),
        )
        self._children = Children(slots, scratch_dir)
        self._vision = vision
        self._vision_timeout_s = vision_timeout_s

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def pids(self) -> list[int]:
        return self._children.pids

    async def warm(self, engine: str, profile: Profile) -> None:
        """Start every child with its models loaded, now and after a loss."""
        engine = engine_for(engine, ())
        await self._children.prepare(
            self._rules_for(engine, profile), child.warm, engine, profile, self._models_dir
        )

    async def media_type(self, path: Path, *, filename: str | None) -> str:
        del filename  # the content alone decides
        found: str = await self._children.run(
            child.media_type, path, rules=self._rules, within_s=self._page_timeout_s
        )
        return found

    async def inspect(
        self, path: Path, *, filename: str | None, password: str | None, sampled: bool = True
    ) -> Inspection:
        """One page must not cost the whole document: where looking at some ends the process, none is."""
        unsampled = replace(self._limits, sampled_pages=0)
        try:
            limits = self._limits if sampled else unsampled
            return await self._inspect(path, filename, password, limits, _GLANCE_S)
        except ChildDied:
            return await self._inspect(path, filename, password, unsampled, self._page_timeout_s)

    async def _inspect(
        self, path: Path, filename: str | None, password: str | None, limits: Limits, within_s: float
    ) -> Inspection:
        found: Inspection = await self._children.run(
            child.inspect,
            path,
            filename,
            password,
            limits,
            rules=self._rules,
            within_s=min(within_s, self._page_timeout_s),
        )
        return found

    async def read(self, request: ReadRequest) -> tuple[PageOutcome, ...]:
        tags = primary_tags(request.languages)
        engine = engine_for(request.engine, tags)
        first = engine_for(AUTO, tags) if engine == VISION else engine
        is_asked = engine == VISION and self._vision is not None
        outcomes: tuple[PageOutcome, ...] = await self._children.run(
            child.read,
            replace(request, engine=engine),
            self._models_dir,
            self._limits,
            rules=self._rules_for(first, request.profile),
            within_s=request.budget_s + self._page_timeout_s + (self._vision_timeout_s if is_asked else 0),
            topic=_topic(request),
            transcribe=self._vision.transcribe if is_asked and self._vision else None,
        )
        return outcomes

    async def assemble(self, request: AssembleRequest) -> None:
        await self._children.run(child.assemble, request, rules=self._rules, within_s=_WHOLE_DOCUMENT_S)

    async def extract(self, request: ExtractRequest) -> FieldsSummary:
        summary: FieldsSummary = await self._children.run(
            child.extract, request, rules=self._rules, within_s=_FIELDS_S
        )
        return summary

    async def render(self, request: RenderRequest) -> None:
        await self._children.run(
            child.render, request, self._limits, rules=self._rules, within_s=_WHOLE_DOCUMENT_S
        )

    async def bind(self, request: BindRequest) -> None:
        await self._children.run(
            child.bind, request, self._limits, rules=self._rules, within_s=_WHOLE_DOCUMENT_S
        )

    async def picture(self, request: PictureRequest) -> None:
        await self._children.run(
            child.picture, request, self._limits, rules=self._rules, within_s=self._page_timeout_s
        )

    async def close(self) -> None:
        """Kill what still runs and wait until it is gone."""
        await self._children.close()

    def _rules_for(self, engine: str, profile: Profile) -> Confinement:
        """Programs may be started by engines that are one, and for the second reading by such an engine."""
        return replace(self._rules, programs=engine in _PROGRAMS or profile is Profile.ADVANCED)


def _topic(request: ReadRequest) -> Any:
    """Which file it is, whatever path it has this time."""
    status = request.path.stat()
    return status.st_dev, status.st_ino
