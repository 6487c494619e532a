"""What formats for scanned pages share: places in pixels, lines of cells, and the refusal where there are none."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from octavo.domain.document import Block, BlockType, Document, Line, Page, Word
from octavo.domain.errors import InvalidRequest
from octavo.domain.geometry import BBox, enclosing
from octavo.exporters.grid import Cell, grid_of
from octavo.exporters.rendering import Rendering

DPI = ("300", "72", "96", "150", "200", "400", "600")
"""An export says its places in pixels of the upright page at so many dots per inch."""
PICTURED = frozenset({BlockType.IMAGE, BlockType.DIAGRAM, BlockType.CHART, BlockType.FORMULA})
_POINTS_PER_INCH = 72


class Pixels(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page whose blocks all have a place."""

    page: Page
    width: int
    height: int
    dpi: int

    def pixels(self, box: BBox | None) -> Pixels:
        """Of the whole page where there is no box."""
        if box is None:
            return Pixels(0, 0, self.width, self.height)
        return Pixels(
            round(box.x0 * self.width),
            round(box.y0 * self.height),
            round(box.x1 * self.width),
            round(box.y1 * self.height),
        )


def placed_pages(document: Document, rendering: Rendering) -> Iterator[PlacedPage]:
    """One after another.

    Raises:
        InvalidRequest: a block has no place, since its source (DOCX, XLSX, HTML, text) has no layout.
    """
    dpi = int(rendering.option("dpi", DPI[0]))
    for page in document.pages:
        require_places(page)
        width, height = (
            max(1, round(points * dpi / _POINTS_PER_INCH)) for points in (page.width_pt, page.height_pt)
        )
        yield PlacedPage(page, width, height, dpi)


def require_places(page: Page) -> None:
    """Raises `InvalidRequest` where a block has no place."""
    if any(block.bbox is None for block in page.blocks):
        raise InvalidRequest(
            "This source has no layout, so nothing on it has a place. Ask for a format of its text: "
            "html, xml, markdown, docx or json.",
            option="format",
        )


def lines_by_cell(block: Block) -> tuple[list[tuple[Cell, tuple[Line, ...]]], tuple[Line, ...]]:
    """The words of a table's lines by the cell they are in, in the order of the cells; lines in no cell."""
    grid = grid_of(block.body)
    cells = [cell for row in grid.rows for cell in row if cell.bbox] if grid else []
    found: dict[int, list[Line]] = {at: [] for at in range(len(cells))}
    rest: list[Line] = []
    for line in block.lines:
        by_cell: dict[int | None, list[Word]] = {}
        for word in line.words:
            by_cell.setdefault(_cell_of(word, cells), []).append(word)
        for at, words in by_cell.items():
            target = rest if at is None else found[at]
            target.append(_part(line, words))
    return [(cell, tuple(found[at])) for at, cell in enumerate(cells)], tuple(rest)


def _cell_of(word: Word, cells: list[Cell]) -> int | None:
    x, y = word.bbox.center
    for at, cell in enumerate(cells):
        box = cell.bbox
        if box and box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            return at
    return None


def _part(line: Line, words: list[Word]) -> Line:
    if len(words) == len(line.words):
        return line
    return replace(line, words=tuple(words), bbox=enclosing([word.bbox for word in words]))
