"""One made figure: a PDF page and what is on it."""

from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from benchmarks.accuracy.structure.found import FoundChart

PICTURE_DPI = 150


@dataclass(frozen=True, slots=True)
class Graph:
    nodes: tuple[str, ...]
    """Texts; no two are the same."""
    edges: tuple[tuple[str, str], ...]
    """From and to."""
    is_directed: bool = True


@dataclass(frozen=True, slots=True)
class MadeFigure:
    name: str
    content: bytes
    """A PDF of one page."""
    chart: FoundChart | None = None
    graph: Graph | None = None
    """Neither: nothing may be found on it."""


def write(figure: MadeFigure, folder: Path) -> tuple[Path, Path]:
    """The page as PDF, and as a picture of it."""
    pdf, picture = folder / f"{figure.name}.pdf", folder / f"{figure.name}.png"
    pdf.write_bytes(figure.content)
    with pypdfium2.PdfDocument(figure.content) as document:
        document[0].render(scale=PICTURE_DPI / 72).to_pil().convert("RGB").save(picture)
    return pdf, picture
