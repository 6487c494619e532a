"""Which documents were asked for, and what their results are called."""

import glob
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from octavo.domain.errors import InvalidRequest
from octavo.exporters.table import EXPORTERS

SUFFIXES = frozenset(
    [
        ".pdf",
        ".tif",
        ".tiff",
        ".jpg",
        ".jpeg",
        ".png",
        ".bmp",
        ".webp",
        ".gif",
        ".heic",
        ".heif",
        ".avif",
        ".pptx",
        ".pptm",
        ".ppsx",
        ".docx",
        ".docm",
        ".xlsx",
        ".xlsm",
        ".html",
        ".htm",
        ".ppt",
        ".doc",
        ".xls",
        ".odp",
        ".odt",
        ".ods",
        ".rtf",
    ]
)
"""What is taken from a folder. A file that is named is always sent: its content decides, not its name."""


@dataclass(frozen=True, slots=True)
class Document:
    path: Path
    stem: str
    """Of its results; no two documents of one run have the same."""

    @property
    def label(self) -> str:
        """What to call it on the screen: its name, numbered as its results are."""
        return self.stem + self.path.suffix


def find_documents(named: Sequence[str]) -> list[Document]:
    """Files as they were named, the readable files below folders, and what patterns match.

    Raises:
        InvalidRequest: something named does not exist, or nothing was found.
    """
    paths = list(dict.fromkeys(path for name in named for path in _expand(name)))
    if not paths:
        raise InvalidRequest("There is no document to read in what was named.")
    return [Document(path, stem) for path, stem in zip(paths, _distinct(paths), strict=True)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One result of every document."""

    format: str
    options: Mapping[str, str]
    """Those that were given."""


def parse_formats(text: str) -> list[Wanted]:
    """From `json,pdf+pdfa=2b`. Raises `InvalidRequest` naming the formats, options and values there are."""
    wanted = {part: _parse_format(part) for part in (part.strip() for part in text.split(",")) if part}
    if not wanted:
        raise InvalidRequest(f"Name at least one format. Formats: {', '.join(EXPORTERS)}.", option="to")
    return list({order.format: order for order in wanted.values()}.values())


def _parse_format(text: str) -> Wanted:
    name, *pairs = text.split("+")
    name = name.strip().lower()
    if name not in EXPORTERS:
        raise InvalidRequest(f"There is no format {name!r}. Formats: {', '.join(EXPORTERS)}.", option="to")
    options = {key.strip(): value.strip() for key, _, value in (pair.partition("=") for pair in pairs)}
    EXPORTERS[name].chosen(options)
    return Wanted(name, options)


def result_path(document: Document, wanted: Wanted, folder: Path) -> Path:
    return folder / f"{document.stem}.{EXPORTERS[wanted.format].extension.lstrip('.')}"


def check_sources_stay(documents: Sequence[Document], formats: Sequence[Wanted], folder: Path) -> None:
    """Raises `InvalidRequest` where a result would be written over a document."""
    sources = {document.path.resolve() for document in documents}
    for document in documents:
        for wanted in formats:
            target = result_path(document, wanted, folder)
            if target.resolve() in sources:
                raise InvalidRequest(
                    f"The result {str(target)!r} would replace a document. Choose another --out."
                )


def _expand(name: str) -> Iterable[Path]:
    path = Path(name)
    if path.is_file():
        return [path]
    if path.is_dir():
        return sorted(found for found in path.rglob("*") if _is_readable(found.relative_to(path), found))
    # A shell has expanded patterns already; one that comes here was quoted, or matched nothing.
    matches = sorted(Path(found) for found in glob.glob(name, recursive=True))  # noqa: PTH207 -- Path.glob takes no absolute pattern
    files = [match for match in matches if match.is_file()]
    if not files:
        raise InvalidRequest(f"There is no file {name!r}.")
    return files


def _is_readable(relative: Path, path: Path) -> bool:
    hidden = any(part.startswith(".") for part in relative.parts)
    return not hidden and path.suffix.lower() in SUFFIXES and path.is_file()


def _distinct(paths: Sequence[Path]) -> list[str]:
    """Each file's stem, numbered where another has it; case is no difference, as on macOS."""
    taken: set[str] = set()
    stems = []
    for path in paths:
        stem, number = path.stem, 1
        while stem.casefold() in taken:
            number += 1
            stem = f"{path.stem}-{number}"
        taken.add(stem.casefold())
        stems.append(stem)
    return stems
