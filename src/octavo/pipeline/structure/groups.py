"""Rows that belong together: one paragraph, one heading, one list entry each."""

from octavo.pipeline.structure import markers
from octavo.pipeline.structure.measure import ColumnShape, PageShape
from octavo.pipeline.structure.rows import Row

MORE_WHITE_EM = 0.3
"""Above the usual gap: LaTeX's \\parskip and half an empty line are more, uneven baselines are less."""
INDENT_EM = 0.8
DEEPEST_INDENT_EM = 5.0
SHORT_LINE = 0.75
"""A line that ends before this share of its column is the last of its paragraph."""

PART_OF_LINE = 0.3
"""A row that stands in the row above by this share is a limit, an exponent, a fraction's part."""

_ENDS = '.!?:;”"»)'


def to_groups(rows: list[Row], page: PageShape) -> list[list[Row]]:
    """In the order given; pictures are groups of their own."""
    groups: list[list[Row]] = []
    for position, row in enumerate(rows):
        following = rows[position + 1] if position + 1 < len(rows) else None
        if groups and _continues(groups[-1], row, following, page):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _continues(group: list[Row], row: Row, following: Row | None, page: PageShape) -> bool:
    above = group[-1]
    if row.line is None or above.line is None or row.column != above.column:
        return False
    if row.in_picture is not above.in_picture:
        return False
    column = page.columns[row.column]
    if is_part_of(row, above):
        return True
    if _is_apart(above, row, column) or _looks_different(above, row, page.scatter):
        return False
    if above.line.monospace and row.line.monospace:
        return True
    return not (
        _turns_to_code(above, row, column)
        or markers.bullet(row.text)
        or _is_next_entry(group, row)
        or (_is_indented(group, row, following) and not _is_centered_title(above, row, page))
        or _ended_early(above, row, column)
    )


def is_part_of(row: Row, above: Row) -> bool:
    """Whether it stands in the row above: an exponent, a limit, a part of a fraction."""
    return above.y1 - row.y0 > PART_OF_LINE * row.height


def _is_apart(above: Row, row: Row, column: ColumnShape) -> bool:
    gap = row.y0 - above.y1
    # Measured boxes hug the letters: a line without ascenders seems further away by a fifth of an em.
    usual = max(column.gap, 0.0) if column.gap > 0 else column.gap + 0.1 * row.size
    em = max(above.size, row.size)
    return gap > usual + MORE_WHITE_EM * em or row.y1 < above.y0


def _looks_different(above: Row, row: Row, scatter: float) -> bool:
    larger, smaller = max(above.size, row.size), min(above.size, row.size)
    if larger - smaller > scatter * larger:
        return True
    if above.line is None or row.line is None:
        return False
    return _differ(above.line.bold, row.line.bold)


def _turns_to_code(above: Row, row: Row, column: ColumnShape) -> bool:
    """Where code begins or ends, not where a line of a paragraph is full of names in a typewriter font."""
    if above.line is None or row.line is None or not _differ(above.line.monospace, row.line.monospace):
        return False
    white = row.y0 - above.y1 > max(column.gap, 0.0) + 0.15 * row.size
    return (
        white or abs(row.x0 - above.x0) > 0.5 * row.size or above.x1 < column.left + SHORT_LINE * column.width
    )


def _differ(one: bool | None, other: bool | None) -> bool:
    return one is not None and other is not None and one is not other


def _is_next_entry(group: list[Row], row: Row) -> bool:
    """A number opens a new entry where the group began with one, or stands at or before its start."""
    if not markers.number(row.text):
        return False
    first = group[0]
    if markers.number(first.text):
        return row.x0 <= first.x0 + INDENT_EM * row.size
    return row.x0 < first.x0 - 0.3 * row.size or abs(row.x0 - first.x0) > INDENT_EM * row.size


def _is_indented(group: list[Row], row: Row, following: Row | None) -> bool:
    """A first line that is set in; not the second line of a hanging paragraph, which the third line follows."""
    above = group[-1]
    indent = (row.x0 - above.x0) / row.size
    if not INDENT_EM < indent < DEEPEST_INDENT_EM:
        return False
    if len(group) == 1 and (markers.bullet(above.text) or markers.number(above.text)):
        return False
    if len(group) == 1 and (following is None or following.column != row.column):
        return above.text[-1:] in _ENDS
    if len(group) == 1 and following is not None:
        return abs(following.x0 - row.x0) > 0.5 * row.size
    return True


def _is_centered_title(above: Row, row: Row, page: PageShape) -> bool:
    """Two lines of large print about one middle."""
    is_large = min(above.size, row.size) >= (1 + page.scatter) * page.body_size
    return is_large and abs(above.x0 + above.x1 - row.x0 - row.x1) <= row.size


def _ended_early(above: Row, row: Row, column: ColumnShape) -> bool:
    """The line above ends a sentence well before the column does, and this one begins one."""
    if above.x1 > column.left + SHORT_LINE * column.width:
        return False
    begins = row.text[:1]
    return above.text[-1:] in _ENDS and not begins.islower() and row.x0 <= above.x0 + 0.5 * row.size
