"""Hostile or heavy work, done in child processes that can be killed.

Each child loads its models once, lives under memory and time budgets, and has
no network. Cancelling the awaiting task kills the child at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from octavo.domain.document import EngineIdentity, PageFailure, Source
from octavo.domain.errors import OctavoError
from octavo.domain.field import FieldsSummary
from octavo.domain.geometry import UprightTransform
from octavo.domain.job import Profile
from octavo.domain.template import FieldOrder
from octavo.ports.models import Told
from octavo.ports.readers import Inspection


class ChildDied(OctavoError):
    """The child process crashed, ran out of memory, or overran its time; the work may be at fault."""

    code = "child_died"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The document as it was sent, on a local disk."""

    path: Path
    media_type: str
    password: str | None


@dataclass(frozen=True, slots=True)
class ReadRequest:
    path: Path
    media_type: str
    password: str | None
    numbers: tuple[int, ...]
    engine: str
    profile: Profile
    languages: tuple[str, ...]
    budget_s: float
    """No further page is begun after this long; at least one is always read."""
    ink_only: bool = False
    """Text layers are passed over."""


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """One page read or given up; pages come back in the order asked for."""

    number: int
    frame: bytes | None
    """The page as `exporters.document_file` keeps it; None where `failure` is set."""
    failure: PageFailure | None
    characters: int
    grounded_characters: int
    """Characters of words that lie on ink or come from a text layer."""
    confidence: float | None
    """Mean over the page's characters."""
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a finished page's bytes are: part of a local file."""

    number: int
    path: Path
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class AssembleRequest:
    frames: tuple[Frame, ...]
    failures: tuple[PageFailure, ...]
    source: Source
    engine: EngineIdentity
    profile: Profile
    duration_ms: int
    grounded_share: float | None
    mean_confidence: float | None
    target: Path
    """Where the document file is written."""


@dataclass(frozen=True, slots=True)
class ExtractRequest:
    """The fields of a document that was put together."""

    document: Path
    order: FieldOrder
    target: Path
    """Gets the fields as `exporters.fields_json` writes them."""
    source: SourceFile | None = None
    """Where the document may carry its fields with it, as e-invoices do."""
    questions: Path | None = None
    """Gets what a language model is to be asked, as `exporters.questions_json` writes it; None: none is."""
    told: Told | None = None
    """What one answered to that."""


@dataclass(frozen=True, slots=True)
class RenderRequest:
    document: Path
    format: str
    """A name in EXPORTERS."""
    target: Path
    fields: Path | None = None
    """As `ExtractRequest.target` has them; None: the document has none."""
    images_at: str = "images/"
    """What stands before a picture's name to make its address."""
    options: Mapping[str, str] = field(default_factory=dict)
    """Of the exporter, all of them, checked."""
    source: SourceFile | None = None
    """Where the exporter writes on the document as it was sent."""
    filename: str | None = None
    """What it is called in this job, empty where it has no name: what came from the cache was read under
    another's. None: as it was when it was read."""


@dataclass(frozen=True, slots=True)
class BindRequest:
    """Several documents as one export."""

    parts: tuple[RenderRequest, ...]
    """In their order, all of one format; of a format that is written on the source, each to its own target."""
    name: str
    """Of the whole."""
    target: Path


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """A page of the source as a picture."""

    source: SourceFile
    number: int
    dpi: float
    transform: UprightTransform
    """How the page was turned to stand upright when it was read."""
    target: Path
    """Gets a PNG, or a JPEG where that is what `media_type` says."""
    media_type: str


class Isolation(Protocol):
    """Every method raises `ChildDied` when the child is lost, and the errors of the work itself."""

    async def media_type(self, path: Path, *, filename: str | None) -> str:
        """From the content. Raises `UnsupportedMediaType`, `EmptyDocument`."""
        ...

    async def inspect(
        self, path: Path, *, filename: str | None, password: str | None, sampled: bool = True
    ) -> Inspection:
        """Not `sampled`: it is opened and no page is looked at, which is several times as fast."""
        ...

    async def read(self, request: ReadRequest) -> tuple[PageOutcome, ...]:
        """At least one outcome, in order; fewer than asked for when the budget was used up."""
        ...

    async def assemble(self, request: AssembleRequest) -> None: ...

    async def extract(self, request: ExtractRequest) -> FieldsSummary:
        """Apart from `assemble`, so that a document whose fields are beyond us is a document still."""
        ...

    async def render(self, request: RenderRequest) -> None: ...

    async def bind(self, request: BindRequest) -> None:
        """Raises `InvalidRequest` where not one of the documents can be had in that format."""
        ...

    async def picture(self, request: PictureRequest) -> None:
        """Raises `NotFound` where the source has no such page or no look of its own."""
        ...
