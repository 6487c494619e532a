"""A table as found: where its rows and columns are and which words each cell holds. Points."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from octavo.pipeline.tables.tokens import Token, in_rows

Kind = Literal["ruled", "half_ruled", "borderless"]


@dataclass(slots=True, eq=False)
class GridCell:
    row: int
    col: int
    row_span: int = 1
    col_span: int = 1
    tokens: list[Token] = field(default_factory=list)
    _text: tuple[int, str] | None = None
    """Of so many words."""

    @property
    def text(self) -> str:
        """Its lines as one text, top to bottom; a word cut at a line's end is whole again."""
        if self._text is None or self._text[0] != len(self.tokens):
            self._text = len(self.tokens), _joined(in_rows(self.tokens))
        return self._text[1]

    @property
    def rows(self) -> range:
        return range(self.row, self.row + self.row_span)

    @property
    def cols(self) -> range:
        return range(self.col, self.col + self.col_span)


def _joined(rows: list[list[Token]]) -> str:
    text = ""
    for row in rows:
        line = " ".join(token.word.text for token in row)
        if text.endswith("-") and len(text) > 2 and text[-2].isalpha() and line[:1].islower():
            text = text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    return text


@dataclass(slots=True, eq=False)
class Grid:
    """Cells cover every place once, in the order of rows and columns."""

    xs: list[float]
    """Edges of the columns, one more than there are columns."""
    ys: list[float]
    cells: list[GridCell]
    kind: Kind
    header_rows: int = 0
    certainty: float = 1.0
    unplaced: list[Token] = field(default_factory=list)
    """Words inside that are in no cell: lines drawn with dashes."""

    @property
    def n_rows(self) -> int:
        return len(self.ys) - 1

    @property
    def n_cols(self) -> int:
        return len(self.xs) - 1

    @property
    def tokens(self) -> list[Token]:
        return [token for cell in self.cells for token in cell.tokens] + self.unplaced

    def row_cells(self, row: int) -> list[GridCell]:
        """The cells that begin in it."""
        return [cell for cell in self.cells if cell.row == row]

    def places(self) -> dict[tuple[int, int], GridCell]:
        return {(row, col): cell for cell in self.cells for row in cell.rows for col in cell.cols}


def filled_up(cells: Iterable[GridCell], n_rows: int, n_cols: int) -> list[GridCell]:
    """The cells and an empty one for each place that none covers, in order."""
    known = list(cells)
    taken = {(row, col) for cell in known for row in cell.rows for col in cell.cols}
    empty = (GridCell(row, col) for row in range(n_rows) for col in range(n_cols) if (row, col) not in taken)
    return sorted([*known, *empty], key=lambda cell: (cell.row, cell.col))


def without_rows(grid: Grid, first: int, last: int) -> Grid:
    """Only the rows from `first` up to `last` (not included); no cell may reach over either."""
    cells = [
        GridCell(cell.row - first, cell.col, cell.row_span, cell.col_span, cell.tokens)
        for cell in grid.cells
        if first <= cell.row < last
    ]
    return Grid(grid.xs, grid.ys[first : last + 1], cells, grid.kind, certainty=grid.certainty)
