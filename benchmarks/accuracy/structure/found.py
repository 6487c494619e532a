"""What anybody found in a document, in one vocabulary."""

from dataclasses import dataclass, field

LABELS = frozenset(
    [
        "title",
        "heading",
        "paragraph",
        "list_item",
        "caption",
        "footnote",
        "page_header",
        "page_footer",
        "code",
        "table",
        "image",
        "chart",
        "diagram",
        "formula",
        "callout",
    ]
)


@dataclass(frozen=True, slots=True)
class FoundBlock:
    label: str
    """One of LABELS."""
    text: str
    page: int | None = None
    """From 1; None where who found it does not say."""
    level: int | None = None
    """Of a heading, 1 is the highest; of a list entry, 0 is the outermost."""
    bbox: tuple[float, float, float, float] | None = None
    """Page fractions, origin top-left."""


@dataclass(frozen=True, slots=True)
class Cell:
    row: int
    col: int
    text: str
    row_span: int = 1
    col_span: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class FoundTable:
    cells: tuple[Cell, ...]
    page: int | None = None

    @classmethod
    def of_grid(cls, grid: list[list[str]], page: int | None = None) -> "FoundTable":
        cells = (
            Cell(row, col, text or "") for row, texts in enumerate(grid) for col, text in enumerate(texts)
        )
        return cls(tuple(cells), page)


@dataclass(frozen=True, slots=True)
class Series:
    name: str | None
    values: tuple[float | None, ...]
    x: tuple[float | None, ...] = ()
    sizes: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundChart:
    type: str | None
    """bar (lying), column, line, area, pie, doughnut, scatter, bubble, radar, stock, surface, combo."""
    title: str | None
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow or line between two texts; `page` is the slide."""

    source: str
    target: str
    page: int | None = None
    directed: bool = True


@dataclass(frozen=True, slots=True)
class FoundFormula:
    latex: str | None
    """None: it was seen and not transcribed."""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    blocks: tuple[FoundBlock, ...] = ()
    """In reading order."""
    tables: tuple[FoundTable, ...] = ()
    charts: tuple[FoundChart, ...] = ()
    edges: tuple[Edge, ...] = ()
    formulas: tuple[FoundFormula, ...] = ()
    notes: tuple[FoundBlock, ...] = ()
    """Speaker notes of slides."""
    page_texts: dict[int, str] = field(default_factory=dict)
    """Whole pages in reading order, where somebody gives no blocks."""
    words: tuple[tuple[str, float | None], ...] = ()
    """Words that were read from ink, with their confidence."""

    def page_text(self, page: int) -> str:
        if page in self.page_texts:
            return self.page_texts[page]
        return "\n".join(block.text for block in self.blocks if block.page == page)

    @property
    def text(self) -> str:
        if self.page_texts:
            return "\n".join(self.page_texts[page] for page in sorted(self.page_texts))
        parts = [block.text for block in self.blocks]
        parts += [cell.text for table in self.tables for cell in table.cells]
        return "\n".join(parts)

    @property
    def tells_pages(self) -> bool:
        return bool(self.page_texts) or any(block.page is not None for block in self.blocks)
