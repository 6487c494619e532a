"""What is usual on this page: the size of its running text, its leading, where its columns begin and end."""

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from octavo.domain.document import Origin
from octavo.pipeline.structure.rows import Row

FONT_SCATTER = 0.12
"""Fonts of one paragraph differ by less: small capitals, a font scaled to fit."""
MEASURED_SCATTER = 0.22
"""Sizes measured from ink scatter by 8 % around the font's, both ways."""
PROSE_LETTERS = 30
"""A line of prose above another of its paragraph is at least this long."""
STRAY_WEIGHT = 0.1
"""Of a letter in a table, a heading, a picture, against one in prose."""


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """Points."""

    left: float
    right: float
    gap: float
    """Usual white between two lines of one paragraph; may be negative for tight setting."""

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class PageShape:
    """Points."""

    width: float
    height: float
    body_size: float
    """The font size of prose; 0 on a page without text."""
    top: float
    """Of the highest line, and so on."""
    bottom: float
    scatter: float
    """Sizes that differ by a smaller share may be one font."""
    is_bold: bool
    """Whether the running text is bold, so that bold says nothing."""
    columns: dict[int, ColumnShape]

    @property
    def small_size(self) -> float:
        """Text below this is set smaller than the running text for sure."""
        return (1 - 0.7 * self.scatter) * self.body_size


def page_shape(rows: list[Row], width: float, height: float) -> PageShape:
    text = [row for row in rows if row.line]
    by_column: dict[int, list[Row]] = {}
    for row in text:
        by_column.setdefault(row.column, []).append(row)
    letters = sum(len(row.text) for row in text)
    bold = sum(len(row.text) for row in text if row.is_bold)
    scatter = MEASURED_SCATTER if _is_measured(text) else FONT_SCATTER
    return PageShape(
        width,
        height,
        body_size(text, scatter),
        min((row.y0 for row in text), default=0.0),
        max((row.y1 for row in text), default=height),
        scatter,
        letters > 0 and bold > letters / 2,
        {column: _column_shape(found) for column, found in by_column.items()},
    )


def _is_measured(rows: list[Row]) -> bool:
    """Whether sizes come from ink: most lines were recognised."""
    recognised = sum(row.line is not None and row.line.words[0].origin is Origin.OCR for row in rows)
    return 2 * recognised > len(rows)


def body_size(rows: list[Row], scatter: float) -> float:
    """The size of prose: the half point around which most letters of lines of sentences are set."""
    letters: dict[float, float] = {}
    for above, row, below in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        flows = _flow(above, row, scatter) or _flow(row, below, scatter)
        size = round(row.size * 2) / 2
        letters[size] = letters.get(size, 0.0) + len(row.text) * (1.0 if flows else STRAY_WEIGHT)
    if not letters:
        return 0.0
    reach = scatter / 4
    return max(letters, key=lambda size: (_around(letters, size, reach), letters[size], -size))


def _flow(above: Row | None, row: Row | None, scatter: float) -> bool:
    """Whether they may be two lines of one paragraph: cells and what stands in pictures are no prose."""
    if above is None or row is None or above.column != row.column:
        return False
    if not (_is_plain(above) and _is_plain(row)):
        return False
    larger = max(above.size, row.size)
    return (
        len(above.text) >= PROSE_LETTERS
        and row.y0 - above.y1 < larger
        and abs(above.size - row.size) <= scatter / 2 * larger
    )


def _is_plain(row: Row) -> bool:
    return row.line is not None and not (row.cells or row.in_picture or row.line.monospace)


def _around(letters: dict[float, float], size: float, reach: float) -> float:
    return sum(count for other, count in letters.items() if abs(other - size) <= reach * size)


def _column_shape(rows: list[Row]) -> ColumnShape:
    starts = sorted(row.x0 for row in rows)
    ends = sorted(row.x1 for row in rows)
    gaps = [
        below.y0 - above.y1
        for above, below in pairwise(rows)
        if -above.height < below.y0 - above.y1 < 1.5 * above.size
    ]
    return ColumnShape(starts[len(starts) // 20], ends[-1 - len(ends) // 20], _usual_gap(gaps))


def _usual_gap(gaps: list[float]) -> float:
    """Paragraphs part lines further than lines of one paragraph: the lower middle is theirs."""
    if not gaps:
        return 0.0
    ordered = sorted(gaps)
    return median(ordered[: max(1, (2 * len(ordered) + 2) // 3)])
