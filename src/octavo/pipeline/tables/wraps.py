"""Which lines of a table are one row: cells that run over several lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from octavo.pipeline.tables.columns import Column
from octavo.pipeline.tables.numbers import is_numeric
from octavo.pipeline.tables.rules import Rule
from octavo.pipeline.tables.tokens import Chunk

APART = 1.35
"""Times the tightest spacing: rows stand this much wider apart than the lines of a cell."""
TIGHT_EM = 1.45
"""From baseline to baseline: lines of one cell are set no wider."""
LEVEL_EM = 0.8
"""Cells of one row may stand a little higher or lower in it: at its middle, at its foot."""
WRAP_EM = 1.6
OPEN_ENDS = ("-", ",", "/", "&", " and", " of", " the", " or", " in", " und", " et", " de", " la", " y", " e")
"""A label does not end so."""
LINE_REACHES = 0.6
"""Share of its column that a line fills before it breaks."""
SPANS = 0.75
"""Share of the table's width that a rule between rows covers."""


@dataclass(slots=True, eq=False)
class Placed:
    """A chunk, and the first and last column it stands in."""

    chunk: Chunk
    first: int
    last: int


Line = list[Placed]


def logical_rows(
    lines: Sequence[Line], rules: Sequence[Rule], columns: Sequence[Column], em: float
) -> list[list[Line]]:
    """The lines of each row, in order."""
    if not lines:
        return []
    bands = in_bands(lines, rules, columns)
    if len(bands) >= 3 and _are_rows(bands, columns):
        return bands
    look = _Look(columns, em, _figure_columns(lines), _is_keyed(lines))
    return [row for band in bands for row in _by_spacing(band, look)]


@dataclass(frozen=True, slots=True)
class _Look:
    """What is known of the whole table."""

    columns: Sequence[Column]
    em: float
    figures: frozenset[int]
    """Columns of figures."""
    is_keyed: bool
    """Whether each row begins in the first column."""


def _figure_columns(lines: Sequence[Line]) -> frozenset[int]:
    texts: dict[int, list[str]] = {}
    for line in lines:
        for placed in line if len(line) > 1 else ():
            if placed.first == placed.last:
                texts.setdefault(placed.first, []).append(placed.chunk.text)
    return frozenset(at for at, found in texts.items() if sum(map(is_numeric, found)) >= 0.6 * len(found))


def _is_keyed(lines: Sequence[Line]) -> bool:
    fullest = max(len(line) for line in lines)
    full = [line for line in lines if len(line) >= max(3, 0.7 * fullest)]
    return len(full) >= 1 and all(line[0].first == 0 for line in full)


def in_bands(lines: Sequence[Line], rules: Sequence[Rule], columns: Sequence[Column]) -> list[list[Line]]:
    """The lines between rules that run through the table."""
    width = columns[-1].x1 - columns[0].x0
    levels = sorted(rule.at for rule in rules if rule.length >= SPANS * width)
    bands: list[list[Line]] = []
    last = -1
    for line in lines:
        middle = _center(line)
        band = sum(level < middle for level in levels)
        if bands and band == last:
            bands[-1].append(line)
        else:
            bands.append([line])
        last = band
    return bands


def _are_rows(bands: list[list[Line]], columns: Sequence[Column]) -> bool:
    """Whether each band is one row: none has two figures of one column on different lines."""
    several = [band for band in bands if len(band) > 1]
    if not several:
        return True
    return sum(_stacks_figures(band, columns) for band in several) <= 0.15 * len(bands)


def _stacks_figures(band: list[Line], columns: Sequence[Column]) -> bool:
    for at in range(1, len(columns)):
        texts = [placed.chunk.text for line in band for placed in line if placed.first == placed.last == at]
        if len(texts) >= 2 and all(is_numeric(text) for text in texts):
            return True
    return len(band) >= 6 and _even_share(band) > 0.8


def _even_share(band: list[Line]) -> float:
    """Share of the lines that fill as many columns as the fullest."""
    fullest = max(len(line) for line in band)
    return sum(len(line) == fullest for line in band) / len(band) if fullest > 1 else 0.0


def _by_spacing(lines: list[Line], look: _Look) -> list[list[Line]]:
    spacings = [_center(below) - _center(above) for above, below in pairwise(lines)]
    limit = _row_spacing(lines, spacings, look)
    rows = [[lines[0]]]
    for at, line in enumerate(lines[1:], 1):
        following = lines[at + 1] if at + 1 < len(lines) else None
        if _continues(rows[-1], line, following, spacings[at - 1], limit, look):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows if limit is not None else _with_labels(rows, look)


def _row_spacing(lines: list[Line], spacings: list[float], look: _Look) -> float | None:
    """The least distance between two rows where it is clearly more than between lines of a cell; else None."""
    close = sorted(spacing for spacing in spacings if spacing > 0.5 * look.em)
    if len(close) < 2 or close[0] > TIGHT_EM * look.em:
        return None
    jump, at = max((right / left, at) for at, (left, right) in enumerate(pairwise(close), 1))
    if jump < APART:
        return None
    limit = (close[at - 1] + close[at]) / 2
    joined = [
        (above, below)
        for (above, below), spacing in zip(pairwise(lines), spacings, strict=True)
        if spacing < limit
    ]
    clash = sum(_both_figure(above, below, look) for above, below in joined)
    return limit if clash == 0 and len(joined) <= 0.8 * len(spacings) else None


def _both_figure(above: Line, below: Line, look: _Look) -> bool:
    """Whether both lines have figures in the same column of figures: then they are two rows."""
    figures = {p.first for p in above if p.first in look.figures and is_numeric(p.chunk.text)}
    return any(p.first in figures and is_numeric(p.chunk.text) for p in below)


def _continues(
    row: list[Line], line: Line, following: Line | None, spacing: float, limit: float | None, look: _Look
) -> bool:
    """Whether the line goes on with the cells of the row above it."""
    if spacing < LEVEL_EM * look.em and not _share_columns(row, line):
        return True
    if _both_figure(row[-1], line, look) or (len(line) > 1 and _both_figure(row[0], line, look)):
        return False
    if limit is not None:
        return spacing < limit and not (_is_alone(line, 0) and _is_section(line, following))
    if spacing > WRAP_EM * look.em or any(p.first in look.figures and is_numeric(p.chunk.text) for p in line):
        return False
    return _goes_on_below(row, line, look)


def _share_columns(row: list[Line], line: Line) -> bool:
    """Whether some column has words of both."""
    taken = {at for part in row for placed in part for at in range(placed.first, placed.last + 1)}
    return any(at in taken for placed in line for at in range(placed.first, placed.last + 1))


def _goes_on_below(row: list[Line], line: Line, look: _Look) -> bool:
    """For a line close below the row, without figures."""
    if line[0].first > 0 and look.is_keyed and len(line) <= 2:
        return True
    above = {at for part in row for placed in part for at in range(placed.first, placed.last + 1)}
    if not all(placed.first in above for placed in line):
        return False
    if _is_alone(line, 0):
        return _goes_on(row, line[0])
    broken = all(_breaks_after(row, placed, look) for placed in line)
    return broken and (line[0].first > 0 or _lower(line[0]))


def _is_section(line: Line, following: Line | None) -> bool:
    """A label alone that starts a group of rows, close above them."""
    return following is not None and len(following) > 1 and line[0].chunk.is_bold


def _is_alone(line: Line, column: int) -> bool:
    return len(line) == 1 and line[0].first == column


def _lower(placed: Placed) -> bool:
    return placed.chunk.text[:1].islower()


def _goes_on(row: list[Line], label: Placed) -> bool:
    """Whether a label alone on its line ends the label of the row above."""
    above = next((placed for placed in row[-1] if placed.first == label.first), None)
    if above is None or label.last > label.first:
        return False
    text = above.chunk.text
    if text.endswith(OPEN_ENDS):
        return True
    return _lower(label) and label.chunk.x0 >= above.chunk.x0 - 1


def _breaks_after(row: list[Line], placed: Placed, look: _Look) -> bool:
    """Whether the cell above is a line of text that filled its column before it broke."""
    above = next(
        (other for part in reversed(row) for other in part if other.first <= placed.first <= other.last),
        None,
    )
    if above is None:
        return False
    if _lower(placed) or above.chunk.text.endswith(("-", ",", "/")):
        return True
    column = look.columns[placed.first]
    first_word = placed.chunk.tokens[0]
    left = column.x1 - above.chunk.x1
    return left < (first_word.x1 - first_word.x0) + 0.5 * look.em


def _with_labels(rows: list[list[Line]], look: _Look) -> list[list[Line]]:
    """A label that broke over two lines, its figures on the second: both are one row."""
    result: list[list[Line]] = []
    for row in rows:
        before = result[-1] if result else None
        if before is not None and _is_alone(before[-1], 0) and len(before) == 1 and len(row[0]) > 1:
            label, rest = before[0][0], row[0][0]
            close = _center(row[0]) - _center(before[0]) <= TIGHT_EM * look.em
            reached = label.chunk.x1 - look.columns[0].x0
            width = look.columns[0].x1 - look.columns[0].x0
            broke = reached >= LINE_REACHES * width or rest.chunk.x0 > label.chunk.x0 + 0.5 * look.em
            goes_on = rest.first == 0 and (_lower(rest) or label.chunk.text.endswith(OPEN_ENDS))
            if close and broke and goes_on:
                result[-1] = [*before, *row]
                continue
        result.append(row)
    return result


def _center(line: Line) -> float:
    return median([(placed.chunk.y0 + placed.chunk.y1) / 2 for placed in line])
