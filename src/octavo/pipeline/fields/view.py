"""A document as fields are looked for in it: rows of words across blocks, columns, headers and footers.

View            the document
  PageView      one page
    Row         all words on one baseline, left to right
      Segment   words of a row without a wide gap
        Token   one word
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from octavo.domain.document import Block, BlockType, Line, Origin, Page
from octavo.domain.geometry import BBox
from octavo.pipeline.fields.flow import flowed, within
from octavo.pipeline.fields.language import guess_languages
from octavo.pipeline.fields.rows import CellKey, Run, rows_of, run_of
from octavo.pipeline.fields.tokens import (
    Row,
    Segment,
    Token,
    confidence_of,
    place_of,
    segment_of,
    source_of,
)

__all__ = [
    "MOST_PAGES",
    "MOST_WORDS",
    "PageView",
    "Row",
    "Segment",
    "Token",
    "View",
    "confidence_of",
    "place_of",
    "segment_of",
    "source_of",
    "view_of",
    "view_page",
]

MOST_PAGES = 200
"""Pages that are held and looked at whole."""
MOST_WORDS = 150_000
"""With this many no further page is: pages of a large sheet have 50,000 and more each."""


@dataclass(frozen=True, slots=True)
class PageView:
    number: int
    width_pt: float
    """Of a page without layout, as its text was laid out here: boxes are fractions of this."""
    height_pt: float
    rows: tuple[Row, ...]
    """Top to bottom."""
    tables: tuple[Block, ...]
    """As the structure found them."""

    @property
    def segments(self) -> Iterator[Segment]:
        return (segment for row in self.rows for segment in row.segments)

    @property
    def text(self) -> str:
        return "\n".join(row.text for row in self.rows)


@dataclass(frozen=True)
class View:
    pages: tuple[PageView, ...]
    """The first `MOST_PAGES`."""
    languages: tuple[str, ...] = ()
    """ISO 639-1, guessed from the words, the likeliest first."""
    rest: Iterable[Page] = ()
    """Pages beyond, not looked at yet; for what goes on over thousands of pages."""

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for page in self.pages for row in page.rows)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        return tuple(segment for row in self.rows for segment in row.segments)

    @cached_property
    def text(self) -> str:
        """A line a row, two spaces between segments."""
        return "\n".join(page.text for page in self.pages)

    def page(self, number: int) -> PageView:
        return next(page for page in self.pages if page.number == number)

    def walk(self) -> Iterator[PageView]:
        """All pages, those beyond `pages` one at a time."""
        yield from self.pages
        for page in self.rest:
            yield view_page(page)


@dataclass(frozen=True, slots=True)
class _Beyond:
    """The pages after the first ones, as often as their source can be walked."""

    source: Iterable[Page]
    skip: int

    def __iter__(self) -> Iterator[Page]:
        return islice(iter(self.source), self.skip, None)


def view_of(pages: Iterable[Page]) -> View:
    walked = iter(pages)
    views = tuple(_looked_at(walked))
    once = walked is pages
    rest = walked if once else _Beyond(pages, len(views))
    words = (token.text for view in views for row in view.rows for token in row.tokens)
    return View(views, guess_languages(words), rest)


def _looked_at(walked: Iterator[Page]) -> Iterator[PageView]:
    """The first pages, as many as there is room for; the first of all in any case."""
    count = 0
    for page in islice(walked, MOST_PAGES):
        yield view_page(page)
        count += sum(len(line.words) for block in page.blocks for line in block.lines)
        if count >= MOST_WORDS:
            return


def view_page(page: Page) -> PageView:
    tables = tuple(block for block in page.blocks if block.type is BlockType.TABLE)
    spoken = [block for block in page.blocks if block.text]
    laid = [block for block in spoken if _has_places(block)]
    if not laid and all(block.bbox is None for block in spoken):
        flow = flowed(spoken, page.number)
        return PageView(page.number, flow.width_pt, flow.height_pt, flow.rows, tables)
    runs = [run for block in laid for run in _runs(block, page.number)]
    rows = list(rows_of(runs, page.number, page.width_pt, page.height_pt))
    for block in spoken:
        if not _has_places(block):
            rows += within(block, page.number)
    rows.sort(key=lambda row: (row.bbox.center[1], row.bbox.x0))
    return PageView(page.number, page.width_pt, page.height_pt, tuple(rows), tables)


def _has_places(block: Block) -> bool:
    """Whether its words say where they stand; those of a native source do not."""
    return any(word.origin is not Origin.NATIVE for line in block.lines for word in line.words)


def _runs(block: Block, page: int) -> Iterator[Run]:
    cells = _cells(block) if block.type is BlockType.TABLE else []
    for line in block.lines:
        run = run_of(line, page, cell=_cell_of(line, cells))
        if run is not None:
            yield run


def _cells(block: Block) -> list[tuple[CellKey, BBox]]:
    found = []
    for number, cell in enumerate(block.body.get("cells", ())):
        if cell.get("bbox"):
            found.append(((block.id, number), BBox(*cell["bbox"])))
    return found


def _cell_of(line: Line, cells: list[tuple[CellKey, BBox]]) -> CellKey | None:
    x, y = line.bbox.center
    return next((key for key, box in cells if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1), None)
