"""Documents read by our own pipeline once, and kept outside the checkout: field rules are tuned far oftener than read."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.report import say
from octavo.adapters.isolation import child
from octavo.domain.document import EngineIdentity, Page, Source
from octavo.domain.job import Profile
from octavo.exporters.document_file import open_document
from octavo.ports.isolation import AssembleRequest, Frame, PageOutcome, ReadRequest
from octavo.ports.readers import Limits

ENGINE = "ppocrv6"
_NO_LIMIT_S = 1e9
_IDENTITY = EngineIdentity(ENGINE, "0", "sha256:0")

Prepare = Callable[[Path, Path], Path]
"""From the file and an empty folder to the file that is read instead, such as a PDF without its attachments."""


def read_once(
    path: Path,
    cache: Path,
    models_dir: Path,
    *,
    profile: Profile = Profile.STANDARD,
    prepare: Prepare | None = None,
) -> Iterable[Page]:
    """The finished pages of a document; read where the cache has none of these bytes.

    The cache does not know which version of the program read a document: empty it to measure reading again.
    """
    variant = f"{profile.value}-{prepare.__name__ if prepare else 'as-it-is'}"
    digest = hashlib.sha256(path.read_bytes() + variant.encode()).hexdigest()[:24]
    target = cache / f"{digest}.document"
    if not target.exists():
        say(f"reading {path.name} …")
        scratch = cache / f"{digest}.reading"
        scratch.mkdir(parents=True, exist_ok=True)
        _read(prepare(path, scratch) if prepare else path, scratch, models_dir, profile).rename(target)
        _clear(scratch)
    return open_document(target).pages


def _clear(folder: Path) -> None:
    for left in folder.iterdir():
        left.unlink()
    folder.rmdir()


def _read(path: Path, scratch: Path, models_dir: Path, profile: Profile) -> Path:
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
    outcomes = child.read(request, models_dir, limits)
    return _assembled(outcomes, inspection.media_type, path, profile, scratch)


def _assembled(
    outcomes: tuple[PageOutcome, ...], media_type: str, path: Path, profile: Profile, folder: Path
) -> Path:
    frames = []
    for outcome in outcomes:
        if outcome.frame is not None:
            name = folder / str(outcome.number)
            name.write_bytes(outcome.frame)
            frames.append(Frame(outcome.number, name, 0, len(outcome.frame)))
    content = path.read_bytes()
    target = folder / "document"
    child.assemble(
        AssembleRequest(
            frames=tuple(frames),
            failures=tuple(outcome.failure for outcome in outcomes if outcome.failure is not None),
            source=Source(
                path.name, media_type, len(content), hashlib.sha256(content).hexdigest(), len(outcomes)
            ),
            engine=_IDENTITY,
            profile=profile,
            duration_ms=0,
            grounded_share=None,
            mean_confidence=None,
            target=target,
        )
    )
    return target
