"""A large first letter beside the first lines of a chapter belongs to the word in the topmost of them."""

from dataclasses import replace
from statistics import median

from octavo.domain.document import Line, Word
from octavo.domain.geometry import enclosing
from octavo.pipeline.structure.rows import Row

TALLER = 1.7
"""Times the usual line."""
FURTHEST_ROW = 3
"""How far the recogniser may have put the letter from the row it opens."""
OWN_WORD_EM = 0.5
"""White after an initial that is a word of its own."""
_WORDS = frozenset("AIO")
_QUOTES = "\"'\u2018\u201c\u201e\u00ab"


def join_drop_capitals(rows: list[Row], page_height: float, page_width: float) -> list[Row]:
    """The rows of one column, each drop capital moved to the front of the row it opens.

    The text of that row reads `THE`, while its words stay `T` and `HE`, as they stand in print.
    """
    heights = [row.height for row in rows if row.line]
    if len(heights) < 3:
        return rows
    least = TALLER * median(heights)
    for at, row in enumerate(rows):
        if row.height > least and _is_initial(row, page_height, least):
            _move(rows, at, page_width)
    return [row for row in rows if row.line is None or row.line.words]


def _is_initial(row: Row, page_height: float, least: float) -> bool:
    word = row.line.words[0] if row.line else None
    if word is None:
        return False
    letter = word.text.lstrip(_QUOTES)
    return len(letter) == 1 and letter.isupper() and word.bbox.height * page_height > least


def _move(rows: list[Row], at: int, page_width: float) -> None:
    row = rows[at]
    line = row.line
    if line is None:
        return
    cap = line.words[0]
    right = cap.bbox.x1 * page_width
    beside = [
        other
        for other in rows[max(0, at - FURTHEST_ROW) : at + FURTHEST_ROW + 1]
        if other is row or _is_beside(other, row, right)
    ]
    top = beside[0]
    if len(line.words) == 1 and top is row:
        return
    if top is not row:
        rest = line.words[1:]
        row.line = _with_words(line, rest)
        row.text = " ".join(word.text for word in rest)
    _open(top, cap, page_width, taken=top is row)
    for other in beside:
        other.x0 = min(row.x0, other.x0)


def _is_beside(other: Row, row: Row, right: float) -> bool:
    return (
        other.line is not None
        and row.y0 - other.height / 2 < other.y0 < row.y1
        and other.x0 >= right - other.size
    )


def _open(top: Row, cap: Word, page_width: float, *, taken: bool) -> None:
    line = top.line
    if line is None:
        return
    first, rest = (line.words[1], line.words[1:]) if taken else (line.words[0], line.words)
    white = (first.bbox.x0 - cap.bbox.x1) * page_width
    is_word = cap.text[-1] in _WORDS and white > OWN_WORD_EM * top.size
    top.line = line if taken else _with_words(line, (cap, *line.words))
    top.text = cap.text + (" " if is_word else "") + " ".join(word.text for word in rest)


def _with_words(line: Line, words: tuple[Word, ...]) -> Line:
    box = enclosing([word.bbox for word in words]) if words else line.bbox
    return replace(line, words=words, bbox=box)
