"""A whole document read in this process, with one thread: what the children of a worker do, one after another."""

import hashlib
from pathlib import Path

from octavo.adapters.isolation import child
from octavo.domain.document import EngineIdentity, Source
from octavo.domain.job import Profile
from octavo.ports.isolation import (
    AssembleRequest,
    Frame,
    PageOutcome,
    ReadRequest,
    RenderRequest,
    SourceFile,
)
from octavo.ports.readers import Limits

ENGINE = "ppocrv6"
_NO_LIMIT_S = 1e9
_IDENTITY = EngineIdentity(ENGINE, "0", "sha256:0")


def read_all(path: Path, profile: Profile, models_dir: Path) -> tuple[tuple[PageOutcome, ...], str]:
    """Every page, read or given up, and the file's media type."""
    limits = Limits()
    inspection = child.inspect(path, path.name, None, limits)
    request = ReadRequest(
        path=path,
        media_type=inspection.media_type,
        password=None,
        numbers=tuple(range(1, inspection.page_count + 1)),
        engine=ENGINE,
        profile=profile,
        languages=(),
        budget_s=_NO_LIMIT_S,
    )
    return child.read(request, models_dir, limits), inspection.media_type


def put_together(
    outcomes: tuple[PageOutcome, ...], media_type: str, path: Path, profile: Profile, folder: Path
) -> Path:
    """The document file of these pages; `folder` gets it, and the pages beside it."""
    frames = []
    for outcome in outcomes:
        if outcome.frame is not None:
            name = folder / str(outcome.number)
            name.write_bytes(outcome.frame)
            frames.append(Frame(outcome.number, name, 0, len(outcome.frame)))
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    request = AssembleRequest(
        frames=tuple(frames),
        failures=tuple(outcome.failure for outcome in outcomes if outcome.failure is not None),
        source=Source(path.name, media_type, len(content), digest, len(outcomes)),
        engine=_IDENTITY,
        profile=profile,
        duration_ms=0,
        grounded_share=None,
        mean_confidence=None,
        target=folder / "document",
    )
    child.assemble(request)
    return request.target


def searchable(path: Path, profile: Profile, models_dir: Path, folder: Path) -> Path:
    """The file as a PDF in `folder`, the words that we read lying invisibly under their ink."""
    outcomes, media_type = read_all(path, profile, models_dir)
    document = put_together(outcomes, media_type, path, profile, folder)
    target = folder / f"{path.stem}.pdf"
    source = SourceFile(path, media_type, None)
    options = {"pdfa": "no", "pages": "as_sent"}
    child.render(RenderRequest(document, "pdf", target, source=source, options=options), Limits())
    return target
