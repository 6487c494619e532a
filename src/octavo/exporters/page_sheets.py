"""Each page as a sheet: its text line by line, what stands side by side in columns, tables as cells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from octavo.domain.document import Block, BlockType, Page
from octavo.domain.looks import Look
from octavo.exporters.bodies import chart_rows
from octavo.exporters.cell_values import content_of, habits_of
from octavo.exporters.flow import Passage, passages
from octavo.exporters.grid import Grid, grid_of
from octavo.exporters.pictures import alternative, inner_text
from octavo.exporters.setting.arrange import Kind, arranged
from octavo.exporters.setting.paragraphs import Paragraph, list_paragraphs, plain_look, set_text, setting_of
from octavo.exporters.setting.runs import SOFT_HYPHEN
from octavo.exporters.setting.strips import Setting
from octavo.exporters.setting.usual import usual_family
from octavo.exporters.workbook import Sheet, Value

_LEAST_WIDTH, _WIDEST = 9, 48
"""Of a column, in characters."""
_BESIDE_PT = 12.0
"""Places that are nearer begin in one column."""
_SAME_LINE = 0.5
_PICTURED = frozenset({BlockType.IMAGE, BlockType.DIAGRAM, BlockType.CHART, BlockType.FORMULA})


@dataclass(slots=True)
class _Page:
    """One sheet while it is written."""

    setting: Setting
    rows: list[list[Value]] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    at: int = 0
    """The next row."""

    def widen(self, col: int, text: str) -> None:
        self.widths += [_LEAST_WIDTH] * (col + 1 - len(self.widths))
        longest = max(map(len, text.split("\n")))
        self.widths[col] = max(self.widths[col], min(_WIDEST, longest + 2))

    def add(self, values: list[Value]) -> None:
        self.rows.append(values)
        self.at += 1


def page_sheet(page: Page) -> Sheet:
    setting = setting_of(page, usual_family(page))
    sheet = _Page(setting)
    known = {passage.block.id: passage for passage in passages(page)}
    nowhere = [block for block in page.blocks if block.bbox is None]
    for band in arranged(page, page.blocks):
        if band.kind is not Kind.PLACED or any(one.block.type is BlockType.TABLE for one in band.blocks):
            for placed in band.blocks:
                _below(known[placed.block.id], sheet)
        else:
            _beside([placed.block for placed in band.blocks], known, sheet)
    for block in nowhere:
        _below(known[block.id], sheet)
    return Sheet(sheet.rows, sheet.widths, merged=sheet.merged)


def _below(passage: Passage, sheet: _Page) -> None:
    """One block under the other; white between a table and what is around it."""
    block = passage.block
    grid = _grid(block)
    if grid:
        sheet.at += 1 if sheet.rows else 0
        _table(grid, sheet)
        sheet.at += 1
        return
    paragraphs = _paragraphs(block, sheet.setting)
    for paragraph in paragraphs:
        sheet.add(_cells(paragraph, 0, sheet))
    if not paragraphs or block.type in _PICTURED:
        for line in _said(passage, "" if paragraphs else block.text):
            sheet.add([Value(sheet.at, 0, line, wraps=False)])


def _grid(block: Block) -> Grid | None:
    if block.type is BlockType.TABLE:
        return grid_of(block.body)
    rows = chart_rows(block) if block.type is BlockType.CHART else []
    return grid_of({"headers": rows[0], "rows": rows[1:]}) if rows else None


def _table(grid: Grid, sheet: _Page) -> None:
    top = sheet.at
    habits = habits_of(cell.text for row in grid.rows[grid.header_rows :] for cell in row)
    for row in grid.rows:
        values = []
        for cell in row:
            is_header = cell.header or cell.row < grid.header_rows
            content = cell.text if is_header else content_of(cell.text, habits)
            values.append(Value(top + cell.row, cell.col, content, is_header=is_header, wraps=True))
            if cell.col_span == 1:
                sheet.widen(cell.col, cell.text)
            if cell.row_span > 1 or cell.col_span > 1:
                last = (top + cell.row + cell.row_span - 1, cell.col + cell.col_span - 1)
                sheet.merged.append((top + cell.row, cell.col, *last))
        sheet.add(values)


def _paragraphs(block: Block, setting: Setting) -> list[Paragraph]:
    if block.type is BlockType.LIST:
        return list_paragraphs(block, setting) or set_text(block.text, block.lines, setting)
    return set_text(block.text, block.lines, setting)


def _said(passage: Passage, text: str) -> Iterator[str]:
    """Text whose words have no place, and what is said about a picture."""
    block = passage.block
    for said in dict.fromkeys((text, alternative(block), inner_text(block))):
        yield from (line for line in said.split("\n") if line.strip())


def _cells(paragraph: Paragraph, col: int, sheet: _Page) -> list[Value]:
    """A line with tabs takes a cell for each part of it."""
    text = paragraph.text.replace(SOFT_HYPHEN, "").strip(" ")
    if paragraph.bullet:
        text = f"{paragraph.bullet.mark} {text}"
    is_strong = _is_strong(plain_look(paragraph))
    parts = [part.strip() for part in text.split("\t")]
    if len(parts) > 1 or col:
        for at, part in enumerate(parts):
            sheet.widen(col + at, part)
    habits = habits_of(parts)
    return [
        Value(sheet.at, col + at, content_of(part, habits), is_strong=is_strong, wraps=False)
        for at, part in enumerate(parts)
        if part
    ]


def _is_strong(look: Look) -> bool:
    return look.bold is True


def _beside(blocks: Iterable[Block], known: dict[str, Passage], sheet: _Page) -> None:
    """What is level is in one row; what begins at one place across is in one column."""
    found: list[Paragraph] = []
    for block in blocks:
        paragraphs = _paragraphs(block, sheet.setting)
        if paragraphs:
            found += paragraphs
        else:
            _below(known[block.id], sheet)
    starts = _clustered(one.x0 for one in found)
    for row in _level(found):
        values: list[Value] = []
        for one in sorted(row, key=lambda paragraph: paragraph.x0):
            nearest = min(range(len(starts)), key=lambda at: abs(starts[at] - one.x0))
            free = values[-1].col + 1 if values else 0
            values += _cells(one, max(free, nearest), sheet)
        if values:
            sheet.add(values)


def _clustered(places: Iterable[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _BESIDE_PT:
            found.append(place)
    return found


def _level(paragraphs: list[Paragraph]) -> Iterator[list[Paragraph]]:
    ordered = sorted(paragraphs, key=lambda one: one.strips[0].y0)
    numbers: list[int] = []
    bottom = 0.0
    for one in ordered:
        first = one.strips[0]
        is_level = bool(numbers) and first.y0 < bottom - _SAME_LINE * (first.y1 - first.y0)
        numbers.append(numbers[-1] if is_level else len(numbers))
        bottom = bottom if is_level else first.y1
    for _, row in groupby(zip(numbers, ordered, strict=True), lambda pair: pair[0]):
        yield [one for _, one in row]
