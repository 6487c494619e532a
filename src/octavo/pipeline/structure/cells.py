"""The cells of a row: runs of words that stand wide apart, as in tables, receipts and forms."""

from collections.abc import Iterable
from itertools import pairwise

from octavo.domain.document import Word
from octavo.pipeline.structure import markers
from octavo.pipeline.structure.rows import Cell, Row

LEAST_GAP_EM = 1.0
"""Nothing narrower parts two cells: a justified line may space its words by this much."""
WIDE_GAP_EM = 2.2
"""Parts two cells whatever the other spaces of the row are."""
WIDER_THAN_SPACES = 2.5
"""Times the narrowest space of the row, where a gap is wide for its row only."""
ENOUGH_GAPS = 3
LEAST_GAP_OF_FEW_EM = 1.4
LONGEST_CELL = 60
"""Letters."""
_SENTENCE_ENDS = ".!?"
"""Old books leave as much as an em and a half behind them."""


def mark_cells(rows: Iterable[Row], page_width: float) -> None:
    """Fill in `Row.cells` of every row that has two cells or more; others keep none."""
    for row in rows:
        if row.line is not None and len(row.line.words) > 1 and not row.line.monospace:
            row.cells = _cells(row, page_width)


def is_tabular(row: Row) -> bool:
    """Whether its cells are what cells hold; a line of prose may have a wide gap, too."""
    return bool(row.cells) and all(len(cell.text) <= LONGEST_CELL for cell in row.cells)


def cell_text(row: Row) -> str:
    """The row's text with a tab between its cells."""
    return "\t".join(cell.text for cell in row.cells) if row.cells else row.text


def _is_drop_capital(words: tuple[Word, ...]) -> bool:
    return len(words[0].text) == 1 and words[0].bbox.height > 1.5 * words[1].bbox.height


def _opens_with_mark(text: str, *, is_only_cut: bool) -> bool:
    """A bullet or number belongs to what it opens; a bare `1` before several cells is one of them."""
    if markers.bullet(text) or markers.number(text):
        return True
    return is_only_cut and markers.section_depth(text) is not None


def _limit(gaps: list[float], em: float) -> float:
    """How wide a gap of this row parts two cells: few spaces say little about what is usual in it."""
    if len(gaps) == 1:
        return WIDE_GAP_EM * em
    least = LEAST_GAP_EM if len(gaps) >= ENOUGH_GAPS else LEAST_GAP_OF_FEW_EM
    return max(least * em, min(WIDE_GAP_EM * em, WIDER_THAN_SPACES * max(0.0, min(gaps))))


def _cells(row: Row, page_width: float) -> tuple[Cell, ...]:
    words = row.line.words if row.line else ()
    gaps = [(right.bbox.x0 - left.bbox.x1) * page_width for left, right in pairwise(words)]
    widest = WIDE_GAP_EM * row.size
    if max(gaps) < LEAST_GAP_EM * row.size or markers.is_contents_entry(row.text):
        return ()
    limit = _limit(gaps, row.size)
    cuts = [
        at
        for at, gap in enumerate(gaps, 1)
        if gap >= (limit if words[at - 1].text[-1] not in _SENTENCE_ENDS else widest)
    ]
    is_mark = _opens_with_mark(row.text, is_only_cut=len(cuts) == 1) or _is_drop_capital(words)
    if cuts[:1] == [1] and is_mark:
        del cuts[0]
    if not cuts:
        return ()
    runs = [words[start:stop] for start, stop in pairwise([0, *cuts, len(words)])]
    return tuple(
        Cell(
            run[0].bbox.x0 * page_width,
            max(word.bbox.x1 for word in run) * page_width,
            " ".join(word.text for word in run),
        )
        for run in runs
    )
