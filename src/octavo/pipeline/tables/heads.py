"""The lines above a table's body that name its columns, on one level or several."""

from collections.abc import Callable, Sequence

from octavo.pipeline.tables.columns import Column
from octavo.pipeline.tables.grid import Grid, GridCell
from octavo.pipeline.tables.numbers import is_numeric
from octavo.pipeline.tables.rules import Rule
from octavo.pipeline.tables.wraps import Line, Placed

MOST_LINES = 10
MOST_SHARE = 0.6
"""Of the table's lines."""
SPANS = 0.75
MOST_RULES = 4
"""Through a table whose rows are not ruled: then the first one below words is that of the head."""
LATTICE_FIGURES = 0.25
"""Share of the filled cells below a lattice's head."""
FIGURES = 0.5
"""Share of a body line's cells that are figures, outside its label."""
STACKED_EM = 1.5
"""From line to line within one cell of the head."""
YEAR_LENGTH = 4


def head_length(lines: Sequence[Line], rules: Sequence[Rule], columns: Sequence[Column]) -> int:
    """How many lines name the columns; 0 where none is sure to."""
    by_rule = _above_rule(lines, rules, columns)
    by_look = _by_look(lines)
    if by_rule and (by_rule >= by_look or _is_plain(lines[by_rule:by_look])):
        return by_rule
    return by_look or by_rule


def lattice_head(grid: Grid) -> int:
    """How many rows of a lattice name its columns: bold above others, words above figures."""
    most = min(4, grid.n_rows - 1)
    rows = [[cell for cell in grid.row_cells(row) if cell.tokens] for row in range(grid.n_rows)]
    bold = 0
    while bold < most and rows[bold] and all(_is_bold(cell) for cell in rows[bold]):
        bold += 1
    if bold and not all(_is_bold(cell) for row in rows[bold:] for cell in row):
        return _to_span_end(grid, bold)
    words = 0
    while words < most and rows[words] and not any(_is_figure(cell) for cell in rows[words]):
        words += 1
    below = [cell for row in rows[words:] for cell in row if cell.col > 0]
    if words in {0, most} and grid.n_rows > 2:
        return 0
    figured = sum(is_numeric(cell.text) for cell in below)
    named = any(len(row) > 1 for row in rows[:words])
    return _to_span_end(grid, words) if named and figured >= LATTICE_FIGURES * len(below) else 0


def _is_bold(cell: GridCell) -> bool:
    return all(token.line.bold is True for token in cell.tokens)


def _is_figure(cell: GridCell) -> bool:
    return cell.col > 0 and is_numeric(cell.text) and not is_year(cell.text)


def _to_span_end(grid: Grid, rows: int) -> int:
    """No cell of the head may reach into the body."""
    last = max((cell.row + cell.row_span for cell in grid.cells if cell.row < rows), default=rows)
    return last if last <= min(MOST_LINES, grid.n_rows - 1) else 0


def _above_rule(lines: Sequence[Line], rules: Sequence[Rule], columns: Sequence[Column]) -> int:
    """Lines above the first rule that runs through the table below some of them."""
    width = columns[-1].x1 - columns[0].x0
    most = min(MOST_LINES, MOST_SHARE * len(lines))
    for rule in sorted(rules, key=lambda rule: rule.at):
        above = sum(_middle(line) < rule.at for line in lines)
        if rule.length < SPANS * width or above == 0:
            continue
        if above > most or above >= len(lines):
            return 0
        figures = sum(_is_figures(line) for line in lines[:above])
        through = sum(other.length >= SPANS * width for other in rules)
        is_sure = through <= MOST_RULES and through < 0.4 * len(lines)
        return above if (is_sure or figures <= 0.34 * above) and _wide(lines[:above]) else 0
    return 0


def _wide(lines: Sequence[Line]) -> bool:
    return any(len(line) > 1 for line in lines)


def _by_look(lines: Sequence[Line]) -> int:
    """Bold lines above others, or words above figures."""
    bold = _leading(lines, lambda line: all(placed.chunk.is_bold for placed in line))
    if 0 < bold <= MOST_SHARE * len(lines) and _wide(lines[:bold]):
        return min(bold, MOST_LINES)
    words = _leading(lines, lambda line: not _is_figures(line))
    body = lines[words:]
    figured = sum(_is_figures(line) for line in body)
    if 0 < words <= min(4, MOST_SHARE * len(lines)) and figured >= FIGURES * len(body):
        wide = [at for at, line in enumerate(lines[:words]) if len(line) > 1]
        # A label alone right above the figures opens a group of rows.
        return wide[-1] + 1 if wide else 0
    return 0


def _leading(lines: Sequence[Line], holds: Callable[[Line], bool]) -> int:
    return next((at for at, line in enumerate(lines) if not holds(line)), len(lines))


def _is_plain(lines: Sequence[Line]) -> bool:
    """Lines that only name a group of rows."""
    return all(len(line) == 1 for line in lines)


def _is_figures(line: Line) -> bool:
    cells = [placed for placed in line if placed.first > 0]
    if not cells:
        return False
    figures = sum(is_numeric(placed.chunk.text) and not is_year(placed.chunk.text) for placed in cells)
    return figures >= FIGURES * len(cells)


def is_year(text: str) -> bool:
    plain = text.strip("*†‡ ")[:YEAR_LENGTH]
    return (
        plain.isdigit() and len(plain) == YEAR_LENGTH and plain[:2] in {"18", "19", "20"} and len(text) <= 9
    )


def head_cells(
    lines: Sequence[Line], rules: Sequence[Rule], columns: Sequence[Column], em: float
) -> tuple[list[GridCell], int]:
    """The cells of the head, and how many levels it has. Each cell reaches down to the next one below it."""
    boxes: list[_Box] = []
    for line in lines:
        for placed in line:
            first, last = _ruled_span(placed, rules, columns, em)
            above = _stacked_on(boxes, placed, first, last, rules, em)
            if above is not None:
                above.add(placed, first, last)
            else:
                boxes.append(_Box(placed, first, last))
    _widen(boxes, len(columns))
    levels = _levels(boxes)
    cells = []
    for box in boxes:
        below = [
            levels[id(o)] for o in boxes if o is not box and o.meets(box) and levels[id(o)] > levels[id(box)]
        ]
        bottom = min(below, default=max(levels.values()) + 1)
        cells.append(
            GridCell(
                levels[id(box)],
                box.first,
                bottom - levels[id(box)],
                box.last - box.first + 1,
                [token for placed in box.lines for token in placed.chunk.tokens],
            )
        )
    return cells, max(levels.values(), default=-1) + 1


class _Box:
    """Lines of the head that are one cell."""

    __slots__ = ("first", "last", "lines")

    def __init__(self, placed: Placed, first: int, last: int) -> None:
        self.lines, self.first, self.last = [placed], first, last

    def add(self, placed: Placed, first: int, last: int) -> None:
        self.lines.append(placed)
        self.first, self.last = min(self.first, first), max(self.last, last)

    def meets(self, other: "_Box") -> bool:
        return self.first <= other.last and other.first <= self.last

    @property
    def bottom(self) -> float:
        return max(placed.chunk.y1 for placed in self.lines)

    @property
    def top(self) -> float:
        return min(placed.chunk.y0 for placed in self.lines)


def _ruled_span(
    placed: Placed, rules: Sequence[Rule], columns: Sequence[Column], em: float
) -> tuple[int, int]:
    """The columns over which a short rule close below the text runs, else those it stands in."""
    chunk = placed.chunk
    width = columns[-1].x1 - columns[0].x0
    for rule in rules:
        close = -0.4 * em <= rule.at - chunk.y1 <= 0.9 * em
        around = rule.start <= chunk.x0 + 0.5 * em and rule.stop >= chunk.x1 - 0.5 * em
        if not close or not around or rule.length > 0.95 * width:
            continue
        under = [
            at
            for at, column in enumerate(columns)
            if min(rule.stop, column.x1) - max(rule.start, column.x0) > 0.4 * (column.x1 - column.x0)
        ]
        if under and under[0] <= placed.first and placed.last <= under[-1]:
            return under[0], under[-1]
    return placed.first, placed.last


def _stacked_on(
    boxes: list[_Box], placed: Placed, first: int, last: int, rules: Sequence[Rule], em: float
) -> _Box | None:
    """The cell that the line goes on with: in the same columns, close above it, no rule between."""
    chunk = placed.chunk
    for box in reversed(boxes):
        if not (box.first <= last and first <= box.last):
            continue
        before = box.lines[-1].chunk
        close = (chunk.y0 + chunk.y1) / 2 - (before.y0 + before.y1) / 2 <= STACKED_EM * max(em, chunk.size)
        same = (first, last) == (box.first, box.last)
        parted = any(
            before.y1 - 0.4 * em <= rule.at <= chunk.y0 + 0.4 * em
            and min(rule.stop, chunk.x1) - max(rule.start, chunk.x0) > 0.5 * (chunk.x1 - chunk.x0)
            for rule in rules
        )
        return box if close and same and not parted else None
    return None


def _widen(boxes: list[_Box], n_columns: int) -> None:
    """A title above several titled columns reaches over those that nothing else on its level names.

    Of the stretches it may have, the one whose middle it stands nearest to is taken.
    """
    for box in boxes:
        beneath = [other for other in boxes if other is not box and other.top > box.bottom - 1]
        if not any(box.first <= other.first and other.last <= box.last for other in beneath):
            continue
        level = [o for o in boxes if o is not box and min(o.bottom, box.bottom) - max(o.top, box.top) > 0]
        free = [
            all(not other.first <= at <= other.last for other in level)
            and any(other.first <= at <= other.last for other in beneath)
            for at in range(n_columns)
        ]
        low, high = box.first, box.last
        while low > 1 and free[low - 1]:
            low -= 1
        while high + 1 < n_columns and free[high + 1]:
            high += 1
        if all(other.first == 0 for other in level) and high - low > 1:
            box.first, box.last = low, high
            continue
        stretches = [(a, b) for a in range(low, box.first + 1) for b in range(box.last, high + 1)]
        now = _off_middle(box, beneath, box.first, box.last)
        best = min(stretches, key=lambda ends: (round(_off_middle(box, beneath, *ends)), ends[0] - ends[1]))
        if _off_middle(box, beneath, *best) < now or best[1] - best[0] > box.last - box.first:
            box.first, box.last = best


def _off_middle(box: _Box, beneath: list[_Box], first: int, last: int) -> float:
    """How far the title stands from the middle of what is titled in these columns, points."""
    middle = sum((placed.chunk.x0 + placed.chunk.x1) / 2 for placed in box.lines) / len(box.lines)
    parts = [
        placed.chunk
        for other in beneath
        if first <= other.first and other.last <= last
        for placed in other.lines
    ]
    if not parts:
        return 1e9
    return abs((min(part.x0 for part in parts) + max(part.x1 for part in parts)) / 2 - middle)


def _levels(boxes: list[_Box]) -> dict[int, int]:
    """Each cell is one level below those above it in its columns."""
    levels: dict[int, int] = {}
    for box in sorted(boxes, key=lambda box: box.top):
        above = [levels[id(o)] for o in boxes if id(o) in levels and o.meets(box)]
        levels[id(box)] = max(above, default=-1) + 1
    return levels


def _middle(line: Line) -> float:
    return sum((placed.chunk.y0 + placed.chunk.y1) / 2 for placed in line) / len(line)
