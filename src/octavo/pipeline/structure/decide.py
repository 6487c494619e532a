"""From what the layout model thinks of each row to stretches of rows with one role: the likeliest of all ways.

A stretch is a block, or an entry of a list. Every row of a stretch has its role, and the cost of a
cut or of none is what the model says about beginnings (semi-Markov decoding, exact).
"""

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from octavo.domain.document import Origin
from octavo.pipeline.structure import markers
from octavo.pipeline.structure.impossible import NEXT_LINE, SAME_SIZE, impossible_removed
from octavo.pipeline.structure.listings import listed
from octavo.pipeline.structure.role_names import ROLES
from octavo.pipeline.structure.rows import Row

BESIDE = 0.5
"""Of the lower one's height."""
MOST_SIGNS = 0.4
"""Signs for each letter of a heading: formulas have more."""
_HEADS = [ROLES.index("heading"), ROLES.index("title")]
_TABLE, _CODE, _TEXT, _PICTURE = (ROLES.index(name) for name in ("table", "code", "paragraph", "picture"))
_NO_TEXT = [ROLES.index(name) for name in ("caption", "page_header", "list_item")]
_NAMING = re.compile(r"[^\W\d_]{3,}\.? \d+(?:[.\u2013-]\d+)* ([^\W\d_]+) ")
"""`Table 3-2 lists the`: where the number goes on in small letters it is a sentence about a table, no caption."""
SURE = 0.5
GOES_ON = 0.1
"""What is left of the probability that a second line of a heading begins something."""
_LEAST = 1e-4
"""No probability counts as less: one strange row must not decide alone."""


@dataclass(frozen=True, slots=True)
class Stretch:
    role: str
    """One of ROLES."""
    rows: list[Row]
    confidence: float
    """Mean probability of the role over its rows."""


def stretches(
    rows: list[Row], chances: NDArray[np.float32], *, size: tuple[float, float] = (0.0, 0.0)
) -> list[Stretch]:
    """In the order of the rows.

    Args:
        rows: In reading order.
        chances: As `ports.engines.LineRoles.roles` gives them, one line for each row.
        size: Width and height of the page in points; zeros where they are not known.
    """
    if not rows:
        return []
    chances = impossible_removed(rows, _corrected(rows, chances), *size)
    likely = np.log(np.clip(chances[:, :-1], _LEAST, 1.0))
    begins = np.clip(chances[:, -1], _LEAST, 1 - _LEAST)
    forced = [at == 0 or _must_part(rows[at - 1], row) for at, row in enumerate(rows)]
    starts, kinds = _best(likely, begins, forced)
    result: list[Stretch] = []
    bounds = [*starts, len(rows)]
    for start, stop in pairwise(bounds):
        kind = kinds[start]
        result.append(Stretch(ROLES[kind], rows[start:stop], float(chances[start:stop, kind].mean())))
    return result


def _corrected(rows: list[Row], chances: NDArray[np.float32]) -> NDArray[np.float32]:
    """What is sure whatever it looks like: a picture's text is the picture's, a lone sign heads nothing."""
    chances = chances.copy()
    chances[_lone_labels(rows, chances), _PICTURE] = 0.0
    for at, row in enumerate(rows):
        if row.in_picture:
            chances[at, :-1] = 0.0
            chances[at, ROLES.index("picture")] = 1.0
        elif row.line is not None and not _may_head(row.text):
            chances[at, _HEADS] = 0.0
        if at and _goes_on_heading(rows[at - 1], row):
            chances[at, -1] *= GOES_ON
        if _names_another(row):
            chances[at, _TEXT] += chances[at, _NO_TEXT].sum()
            chances[at, _NO_TEXT] = 0.0
    for at in listed(rows):
        if chances[at, _TABLE] < SURE:
            chances[at, :-1] = 0.0
            chances[at, _CODE] = 1.0
    return chances


def _goes_on_heading(above: Row, row: Row) -> bool:
    """A second line as large and bold as the first, which has a number and words: `2 Sets and` / `their sizes`."""
    if row.line is None or above.line is None or row.column != above.column:
        return False
    return (
        markers.section_depth(above.text) is not None
        and markers.section_depth(row.text) is None
        and abs(row.size - above.size) <= SAME_SIZE * row.size
        and row.is_bold is above.is_bold
        and 0 <= row.y0 - above.y0 <= NEXT_LINE * row.size
    )


def _may_head(text: str) -> bool:
    """Two letters at least, and more letters than signs; a label such as `Proof:` names nothing."""
    letters = sum(map(str.isalpha, text))
    digits = sum(map(str.isdigit, text))
    signs = len(text) - letters - digits - text.count(" ")
    is_wordy = letters > 1 and letters >= digits and signs <= MOST_SIGNS * letters
    return is_wordy and not markers.is_label(text)


def _lone_labels(rows: list[Row], chances: NDArray[np.float32]) -> list[int]:
    """Lines of type between lines that are no labels: no picture is made of one of them."""
    likely = chances[:, :-1].argmax(axis=1)
    labels = {at for at, row in enumerate(rows) if likely[at] == _PICTURE and row.line is not None}
    return [
        at
        for at in labels
        if not {at - 1, at + 1} & labels
        and (line := rows[at].line) is not None
        and line.words[0].origin is not Origin.OCR
    ]


def _names_another(row: Row) -> bool:
    named = _NAMING.match(row.text)
    plain = row.line is not None and not (row.is_bold or row.line.italic)
    return plain and named is not None and named[1].islower()


def _must_part(above: Row, row: Row) -> bool:
    return (
        above.line is None
        or row.line is None
        or above.column != row.column
        or above.in_picture is not row.in_picture
        or _stands_beside(above, row)
    )


def _stands_beside(above: Row, row: Row) -> bool:
    """On one level, and kept apart: a running title and the page's number."""
    shared = min(above.y1, row.y1) - max(above.y0, row.y0)
    return shared > BESIDE * min(above.height, row.height) and (row.x0 > above.x1 or row.x1 < above.x0)


def _best(
    likely: NDArray[np.float32], begins: NDArray[np.float32], forced: list[bool]
) -> tuple[list[int], list[int]]:
    """Where stretches begin, and the role of each row, of the likeliest way."""
    count, kinds = likely.shape
    score = likely[0].copy()
    leaders = [0] * count
    cut = np.ones((count, kinds), bool)
    opens, goes_on = np.log(begins), np.log(1 - begins)
    for at in range(1, count):
        leaders[at] = best = int(score.argmax())
        if forced[at]:
            score = score[best] + likely[at]
        else:
            fresh, on = score[best] + opens[at], score + goes_on[at]
            np.greater_equal(fresh, on, out=cut[at])
            score = np.maximum(fresh, on) + likely[at]
    path = [int(score.argmax())]
    starts: list[int] = []
    for at in range(count - 1, 0, -1):
        if cut[at, path[-1]]:
            starts.append(at)
        path.append(leaders[at] if cut[at, path[-1]] else path[-1])
    return [0, *reversed(starts)], path[::-1]
