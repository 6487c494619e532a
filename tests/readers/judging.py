"""One hostile file, read in a child process: what happened, in plain values."""

import contextlib
import resource
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from octavo.adapters.readers.table import inspect_source, open_source
from octavo.domain.errors import OctavoError
from octavo.ports.readers import NativePage

_CHILD_MEMORY_BYTES = 3 * 2**30


@dataclass(frozen=True, slots=True)
class Verdict:
    outcome: str
    """`ok`, or the name of the typed error, or `untyped: …`."""
    summary: str = ""
    page_count: int = 0
    leaked: tuple[str, ...] = ()
    """What stayed behind: open descriptors, temporary files."""


def confine() -> None:
    """Run once in the child: a bomb dies here, not on the machine."""
    resource.setrlimit(resource.RLIMIT_AS, (_CHILD_MEMORY_BYTES, _CHILD_MEMORY_BYTES))


def judge(path: str, filename: str, password: str | None) -> Verdict:
    """Inspect, open, load page 1 and draw it small."""
    with tempfile.TemporaryDirectory() as scratch, _temporary_files_in(scratch):
        before = _descriptors()
        outcome, summary, pages = _read(Path(path), filename, password)
        leaked = tuple(_descriptors() - before) + tuple(left.name for left in Path(scratch).iterdir())
    return Verdict(outcome, summary, pages, leaked)


def _read(path: Path, filename: str, password: str | None) -> tuple[str, str, int]:
    try:
        inspection = inspect_source(path, filename=filename, password=password)
        reader = open_source(path, inspection.media_type, password=password)
        try:
            page = reader.load(1)
            if isinstance(page, NativePage):
                return "ok", "", reader.page_count
            pixels = page.render(50).pixels
        finally:
            reader.close()
    except OctavoError as refused:
        return type(refused).__name__, refused.summary, 0
    except Exception as error:  # noqa: BLE001 - an error without a type of ours is exactly what is looked for
        return f"untyped: {error!r}", "", 0
    assert pixels.ndim == 3
    return "ok", "", reader.page_count


@contextlib.contextmanager
def _temporary_files_in(folder: str) -> Iterator[None]:
    before, tempfile.tempdir = tempfile.tempdir, folder
    try:
        yield
    finally:
        tempfile.tempdir = before


def _descriptors() -> set[str]:
    return {descriptor.name for descriptor in Path("/proc/self/fd").iterdir()}
