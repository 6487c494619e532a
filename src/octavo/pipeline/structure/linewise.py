"""Whether rows flow into one another or each stands for itself: addresses, receipts, verse, `key: value`."""

import re
from itertools import pairwise

from octavo.pipeline.structure import markers
from octavo.pipeline.structure.cells import cell_text, is_tabular
from octavo.pipeline.structure.groups import is_part_of
from octavo.pipeline.structure.measure import ColumnShape, PageShape
from octavo.pipeline.structure.rows import Row
from octavo.pipeline.structure.wording import ends_within_word, joined, reads_from_right, without_soft_hyphens

SPACE_EM = 0.3
SAFETY_EM = 0.5
"""Boxes of recognised words are only nearly right, and TeX breaks some lines earlier than it must."""
WELL_SHORT = 0.75
"""Of two rows only the column tells: the upper must end before this share of it."""
LEAST_SHARE = 0.6
"""Of the rows that could have taken up the next word: prose has hardly any."""
CENTERED_EM = 0.6
LISTED_SHARE = 0.8
CLEARLY_ENDED = 0.7
"""Of the width of running text: a line that ends before and had room is the last of its paragraph."""
_KEYED = re.compile(r"[^\W\d_][^:]{0,28}:(?:\s|$)")


def running_text(rows: list[Row], page: PageShape) -> str:
    """The text of a paragraph.

    Prose is joined with spaces and its hyphenation undone. Rows that each stand for
    themselves are parted by newlines, and their cells by tabs.
    """
    if len(rows) == 1:
        return without_soft_hyphens(_row_text(rows[0]))
    alone = stand_alone(rows, page)
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    ended = left + CLEARLY_ENDED * (right - left)
    runs = [[rows[0]]]
    for above, row in pairwise(rows):
        if ends_within_word(above.text, row.text) or is_part_of(row, above):
            runs[-1].append(row)
        elif alone or (above.x1 < ended and _has_room(above, row, right, page.width)):
            runs.append([row])
        else:
            runs[-1].append(row)
    return "\n".join(joined([_row_text(row) if alone else row.text for row in run]) for run in runs)


def _row_text(row: Row) -> str:
    return cell_text(row) if is_tabular(row) else row.text


def stand_alone(rows: list[Row], page: PageShape) -> bool:
    """Whether the rows end where they do on purpose, not because their column is full."""
    lines = [rows[0], *(row for above, row in pairwise(rows) if not is_part_of(row, above))]
    if _are_listed(lines):
        return True
    if len(lines) == 1 or reads_from_right(rows[0].text):
        return False
    if (
        all(_KEYED.match(row.text) for row in lines)
        or _is_verse(lines, page)
        or _are_centered(lines, page.width)
    ):
        return True
    column = page.columns[rows[0].column]
    if len(lines) == 2:
        return _stops_short(lines[0], lines[1], column, page.width)
    # A line that could not be broken may run out of its column.
    right = min(column.right, max(row.x1 for row in lines))
    early = sum(_has_room(above, row, right, page.width) for above, row in pairwise(lines))
    # The longest line says nothing: it is what the others are measured by.
    judged = len(lines) - 1 - any(row.x1 >= right for row in lines[:-1])
    return judged > 0 and early >= LEAST_SHARE * judged


def _are_listed(rows: list[Row]) -> bool:
    """Entries of a table or a table of contents: half of the rows are so for sure, or nearly all may be."""
    sure = sum(markers.is_contents_entry(row.text) or _has_figures(row) for row in rows)
    return 2 * sure >= len(rows) or LISTED_SHARE * len(rows) <= sum(is_tabular(row) for row in rows)


def _has_figures(row: Row) -> bool:
    """Several cells, or one behind the first with a number in it."""
    if not is_tabular(row):
        return False
    return len(row.cells) > 2 or any(char.isdigit() for char in row.cells[-1].text)


def _are_centered(rows: list[Row], page_width: float) -> bool:
    """About one middle, and not all of one width: a letterhead, the head and foot of a receipt."""
    ragged = False
    for above, row in pairwise(rows):
        if abs(above.x0 + above.x1 - row.x0 - row.x1) > CENTERED_EM * row.size:
            return False
        inset = row.x0 - above.x0
        if inset < -CENTERED_EM * row.size and not _has_room(above, row, row.x1, page_width):
            # An indented first line that is full stands over the middle of the second by chance.
            return False
        ragged = ragged or abs(inset) > row.size
    return ragged


def _is_verse(rows: list[Row], page: PageShape) -> bool:
    """Every line begins anew and leaves much of the column free: verse, an address, a rating plate."""
    column = page.columns[rows[0].column]
    return all(not row.text[:1].islower() for row in rows) and all(
        _stops_short(above, row, column, page.width) for above, row in pairwise(rows)
    )


def _stops_short(above: Row, row: Row, column: ColumnShape, page_width: float) -> bool:
    is_short = above.x1 < column.left + WELL_SHORT * column.width
    return is_short and _has_room(above, row, column.right, page_width)


def _has_room(above: Row, row: Row, right: float, page_width: float) -> bool:
    """Whether the first word of `row` would have fitted at the end of `above`."""
    if row.line is None or ends_within_word(above.text, row.text):
        return False
    word = row.line.words[0].bbox.width * page_width
    return right - above.x1 > word + (SPACE_EM + SAFETY_EM) * above.size
