"""Roles that a line cannot have, whatever the layout model thinks of it: taken from its probabilities.

Amounts, numbers of articles and telephone numbers are full of signs and figures; none of them is
mathematics. A page has its header at its top and its footer at its bottom, and no sum of money there. A caption
without a number stands beside what it names.
"""

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.structure.role_names import ROLES
from octavo.pipeline.structure.rows import Row
from octavo.pipeline.structure.traits import ends_in_amount, names_caption

HEADERS_TO, FOOTERS_FROM = 0.3, 0.7
"""Fractions of the page's height."""
EDGE = 0.15
"""Of the width: where a title may run up the margin."""
SIDEWAYS = 2.5
"""Times as high as wide."""
NEXT_LINE = 1.8
"""Times the size of the type, from one line of a paragraph to the next."""
SAME_SIZE = 0.06
_ENDS = ".!?:"
_HEADS = [ROLES.index(name) for name in ("heading", "title")]
_FORMULA, _HEADER, _FOOTER, _CAPTION = (
    ROLES.index(name) for name in ("formula", "page_header", "page_footer", "caption")
)
_NAMED = [ROLES.index(name) for name in ("table", "picture", "code")]
"""What may have a caption."""
_MATHEMATICS = re.compile(
    r"[=<>^|\u2044\u0370-\u03ff\u2190-\u22ff\u27c0-\u2aff\u2032-\u2034\u00b1\u00d7\u00f7\u00ac\uf000-\uf8ff]|[\U0001d400-\U0001d7ff]"
    r"|(?<![^\W\d_])[^\W\d_] ?\([^\W\d_]|[^\W\d_] ?[+/] ?[^\W_]"
)
"""Signs that amounts and addresses do without; `f(x)`, `a + b`."""
_WORD = re.compile(r"[^\W\d_]{4,}")


def impossible_removed(
    rows: list[Row], chances: NDArray[np.float32], width: float, height: float
) -> NDArray[np.float32]:
    """A copy, without what cannot be.

    Args:
        rows: In reading order.
        chances: One line for each row, columns as ROLES.
        width: Of the page, in points.
        height: Of the page; 0 where neither is known.
    """
    chances = chances.copy()
    for run in _runs(rows, chances, _FORMULA):
        if not any(_may_be_mathematics(rows[at]) for at in run):
            chances[run, _FORMULA] = 0.0
    for run in _runs(rows, chances, _CAPTION):
        if not _may_name(run, rows, chances):
            chances[run, _CAPTION] = 0.0
    for at, row in enumerate(rows):
        if at and ends_sentence_of(rows[at - 1], row):
            chances[at, _HEADS] = 0.0
        if row.line is not None and height:
            chances[at, _HEADER] *= _may_head(row, width, height)
            chances[at, _FOOTER] *= _may_foot(row, width, height)
    return chances


def _may_head(row: Row, width: float, height: float) -> bool:
    if _is_sideways(row):
        return _is_at_edge(row, width)
    return row.y0 < HEADERS_TO * height and not _is_sum(row)


def _may_foot(row: Row, width: float, height: float) -> bool:
    if _is_sideways(row):
        return _is_at_edge(row, width)
    return row.y1 > FOOTERS_FROM * height and not _is_sum(row)


def ends_sentence_of(above: Row, row: Row) -> bool:
    """Right below a line as large that is no whole sentence, in the same column, and closed by a full stop."""
    if row.line is None or above.line is None or row.column != above.column or not row.text.endswith("."):
        return False
    return (
        above.text[-1:] not in _ENDS
        and abs(row.size - above.size) <= SAME_SIZE * row.size
        and row.is_bold is above.is_bold
        and 0 <= row.y0 - above.y0 <= NEXT_LINE * row.size
    )


def _is_sideways(row: Row) -> bool:
    """Then it is beside the text, not over it or under it; in a chart, the name of its axis."""
    return row.height >= SIDEWAYS * (row.x1 - row.x0) and len(row.text) > 1


def _is_at_edge(row: Row, width: float) -> bool:
    return row.x1 < EDGE * width or row.x0 > (1 - EDGE) * width


def _is_sum(row: Row) -> bool:
    return bool(row.cells) and ends_in_amount(row.text)


def _may_name(run: list[int], rows: list[Row], chances: NDArray[np.float32]) -> bool:
    """It says what it is, or something stands next to it that has a caption."""
    if any(names_caption(rows[at].text) for at in run):
        return True
    near = [at for at in (run[0] - 1, run[-1] + 1) if 0 <= at < len(rows)]
    return any(rows[at].line is None or chances[at, : len(ROLES)].argmax() in _NAMED for at in near)


def _runs(rows: list[Row], chances: NDArray[np.float32], role: int) -> Iterator[list[int]]:
    """Neighbours that are likely of that role: the parts of a fraction stand in rows of their own."""
    likely = chances[:, : len(ROLES)].argmax(axis=1) == role
    run: list[int] = []
    for at, row in enumerate(rows):
        if likely[at] and row.line is not None:
            run.append(at)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _may_be_mathematics(row: Row) -> bool:
    is_slanted = row.line is not None and row.line.italic is True and not _WORD.search(row.text)
    return is_slanted or _MATHEMATICS.search(row.text) is not None
