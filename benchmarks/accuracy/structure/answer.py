"""What a runner writes about a document, as JSON; every key may be left out.

`blocks`: [{label, text, page, level, bbox}] in reading order, `label` one of `found.LABELS`
`tables`: [{page, cells}], [{page, grid}] or [{page, markdown}]; a cell is {row, col, row_span, col_span, text, header}
`charts`: [{page, type, title, categories, series: [{name, values, x, sizes}]}], or {page, markdown}
`edges`: [{page, source, target, directed}]
`formulas`: [{page, latex}]
`notes`: [{page, text}], of speakers
`pages`: {"1": text}, for those without blocks
`markdown`: [{page, text}]; blocks are read from it, and tables where there is no key `tables`
`markup`: "markdown", where the texts of blocks are that, too
`words`: [[text, confidence]], read from ink
"""

from dataclasses import replace
from typing import Any

from benchmarks.accuracy.structure.found import (
    LABELS,
    Cell,
    Edge,
    Found,
    FoundBlock,
    FoundChart,
    FoundFormula,
    FoundTable,
    Series,
)
from benchmarks.accuracy.structure.markdown import from_markdown


def found_from_json(values: dict[str, Any]) -> Found:
    """Raises `ValueError` for a label that is not in LABELS: translating is up to the runner."""
    marked = values.get("markup") == "markdown"
    blocks = [_block(entry, marked=marked) for entry in values.get("blocks", ())]
    tables = [table for entry in values.get("tables", ()) for table in _tables(entry)]
    for entry in values.get("markdown", ()):
        read = from_markdown(entry["text"], entry.get("page"))
        blocks += read.blocks
        tables += () if "tables" in values else read.tables
    unknown = {block.label for block in blocks} - LABELS
    if unknown:
        raise ValueError(f"unknown labels: {sorted(unknown)}")
    return Found(
        blocks=tuple(blocks),
        tables=tuple(tables),
        charts=tuple(_chart(entry) for entry in values.get("charts", ())),
        edges=tuple(Edge(**entry) for entry in values.get("edges", ())),
        formulas=tuple(FoundFormula(**entry) for entry in values.get("formulas", ())),
        notes=tuple(_block(entry, marked=marked) for entry in values.get("notes", ())),
        page_texts={int(page): text for page, text in values.get("pages", {}).items()},
        words=tuple((text, confidence) for text, confidence in values.get("words", ())),
    )


def _block(entry: dict[str, Any], *, marked: bool) -> FoundBlock:
    box = entry.get("bbox")
    text = entry.get("text") or ""
    return FoundBlock(
        entry.get("label", "paragraph"),
        "\n".join(block.text for block in from_markdown(text).blocks) if marked else text,
        entry.get("page"),
        entry.get("level"),
        (box[0], box[1], box[2], box[3]) if box else None,
    )


def _tables(entry: dict[str, Any]) -> list[FoundTable]:
    page = entry.get("page")
    if "markdown" in entry:
        return list(from_markdown(entry["markdown"], page).tables)
    if "grid" in entry:
        return [FoundTable.of_grid(entry["grid"], page)]
    return [FoundTable(tuple(_cell(cell) for cell in entry["cells"]), page)]


def _cell(values: dict[str, Any]) -> Cell:
    return Cell(
        values["row"],
        values["col"],
        values.get("text") or "",
        values.get("row_span") or 1,
        values.get("col_span") or 1,
        bool(values.get("header")),
    )


def _chart(entry: dict[str, Any]) -> FoundChart:
    series = tuple(
        Series(one.get("name"), *(tuple(one.get(name) or ()) for name in ("values", "x", "sizes")))
        for one in entry.get("series", ())
    )
    categories = tuple(str(one) for one in entry.get("categories", ()))
    chart = FoundChart(entry.get("type"), entry.get("title"), categories, series, entry.get("page"))
    tables = from_markdown(entry["markdown"]).tables if "markdown" in entry else ()
    return _with_table(chart, tables[0]) if tables else chart


def _with_table(chart: FoundChart, table: FoundTable) -> FoundChart:
    """The head names the series, the first column the categories."""
    texts = {(cell.row, cell.col): cell.text for cell in table.cells}
    rows = range(1, 1 + max((row for row, _ in texts), default=0))
    columns = range(1, 1 + max((col for _, col in texts), default=0))
    series = (
        Series(texts.get((0, col)), tuple(_number(texts.get((row, col), "")) for row in rows))
        for col in columns
    )
    return replace(chart, categories=tuple(texts.get((row, 0), "") for row in rows), series=tuple(series))


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None
