"""Documents read by our own pipeline once, and kept outside the checkout: field rules are tuned far oftener than read."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.accuracy.whole_documents import put_together, read_all
from benchmarks.report import say
from octavo.domain.document import Page
from octavo.domain.job import Profile
from octavo.exporters.document_file import open_document

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
        source = prepare(path, scratch) if prepare else path
        outcomes, media_type = read_all(source, profile, models_dir)
        put_together(outcomes, media_type, source, profile, scratch).rename(target)
        _clear(scratch)
    return open_document(target).pages


def _clear(folder: Path) -> None:
    for left in folder.iterdir():
        left.unlink()
    folder.rmdir()
