"""What anybody found in a document, in one vocabulary. Runners of `benchmarks.peers` write it as JSON."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

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


def found_from_json(values: dict[str, Any]) -> Found:
    """Raises `ValueError` for a label that is not in LABELS: a runner translates."""
    blocks = tuple(_block(entry) for entry in values.get("blocks", ()))
    unknown = {block.label for block in blocks} - LABELS
    if unknown:
        raise ValueError(f"unknown labels: {sorted(unknown)}")
    return Found(
        blocks=blocks,
        tables=tuple(_table(entry) for entry in values.get("tables", ())),
        charts=tuple(_chart(entry) for entry in values.get("charts", ())),
        edges=tuple(Edge(**entry) for entry in values.get("edges", ())),
        formulas=tuple(FoundFormula(**entry) for entry in values.get("formulas", ())),
        notes=tuple(_block(entry) for entry in values.get("notes", ())),
        page_texts={int(page): text for page, text in values.get("page_texts", {}).items()},
        words=tuple((text, confidence) for text, confidence in values.get("words", ())),
    )


def with_markdown(found: Found, parts: Iterable[Found]) -> Found:
    """`found` with the blocks and tables read from Markdown where it has none of its own."""
    parts = tuple(parts)
    return replace(
        found,
        blocks=found.blocks or tuple(block for part in parts for block in part.blocks),
        tables=found.tables or tuple(table for part in parts for table in part.tables),
    )


def _block(entry: dict[str, Any]) -> FoundBlock:
    box = entry.get("bbox")
    return FoundBlock(
        entry.get("label", "paragraph"),
        entry.get("text") or "",
        entry.get("page"),
        entry.get("level"),
        (box[0], box[1], box[2], box[3]) if box else None,
    )


def _table(entry: dict[str, Any]) -> FoundTable:
    """Either `cells` or a `grid` of texts."""
    if "grid" in entry:
        return FoundTable.of_grid(entry["grid"], entry.get("page"))
    cells = (
        Cell(
            cell["row"],
            cell["col"],
            cell.get("text") or "",
            cell.get("row_span") or 1,
            cell.get("col_span") or 1,
            bool(cell.get("header")),
        )
        for cell in entry["cells"]
    )
    return FoundTable(tuple(cells), entry.get("page"))


def _chart(entry: dict[str, Any]) -> FoundChart:
    series = (
        Series(
            one.get("name"),
            tuple(one.get("values") or ()),
            tuple(one.get("x") or ()),
            tuple(one.get("sizes") or ()),
        )
        for one in entry.get("series", ())
    )
    categories = tuple(str(one) for one in entry.get("categories", ()))
    return FoundChart(entry.get("type"), entry.get("title"), categories, tuple(series), entry.get("page"))
