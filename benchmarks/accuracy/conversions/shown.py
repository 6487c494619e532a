"""A converted file as LibreOffice shows it: printed to PDF, read back word by word."""

import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from octavo.adapters.readers.pdf.reader import PdfKind
from octavo.domain.document import Line, Page
from octavo.domain.geometry import BBox
from octavo.ports.readers import Limits

_LONGEST_S = 180


@dataclass(frozen=True, slots=True)
class Seen:
    """One word on a page. Points."""

    text: str
    page: int
    box: tuple[float, float, float, float]
    size: float | None
    bold: bool | None
    colour: str | None


def print_to_pdf(converted: Path, folder: Path) -> Path:
    """Raises `RuntimeError` where LibreOffice cannot open the file."""
    profile = (folder / "office-profile").resolve()
    command = ["soffice", "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "pdf"]
    done = subprocess.run(
        [*command, "--outdir", str(folder), str(converted)],
        capture_output=True,
        text=True,
        timeout=_LONGEST_S,
        check=False,
    )
    printed = folder / f"{converted.stem}.pdf"
    if not printed.is_file():
        raise RuntimeError(f"LibreOffice did not print {converted.name}: {done.stderr.strip()[-200:]}")
    return printed


def words_of_pages(pages: Iterable[Page]) -> list[Seen]:
    """In reading order, tables in the order of their lines."""
    return [
        seen
        for page in pages
        for block in page.blocks
        for line in block.lines
        for seen in _of_line(line, page.number, page.width_pt, page.height_pt)
    ]


def words_of_pdf(path: Path, widths: Sequence[float]) -> tuple[int, list[Seen]]:
    """How many pages there are, and their words in the order in which they are drawn.

    `widths` are those of the source's pages: paper may be smaller where a program has none as large.
    """
    found: list[Seen] = []
    with PdfKind().open(path, password=None, limits=Limits()) as reader:
        for number in range(1, reader.page_count + 1):
            page = reader.load(number)
            scale = widths[number - 1] / page.width_pt if number <= len(widths) else 1.0
            for line in page.lines:
                found += _of_line(line, number, page.width_pt, page.height_pt, scale)
        return reader.page_count, found


def _of_line(line: Line, page: int, width: float, height: float, scale: float = 1.0) -> list[Seen]:
    return [
        Seen(
            word.text,
            page,
            _points(word.bbox, width * scale, height * scale),
            line.font_size and line.font_size * scale,
            line.bold,
            getattr(line, "color", None),
        )
        for word in line.words
    ]


def _points(box: BBox, width: float, height: float) -> tuple[float, float, float, float]:
    return box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height
