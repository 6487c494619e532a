"""Where tables may be that have level rules only, or none at all."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from octavo.pipeline.tables.rules import Area, Rule
from octavo.pipeline.tables.runs import Run
from octavo.pipeline.tables.tokens import LEAST_GAP_EM, TextRow, Token, in_chunks, in_rows

SHORTEST_EM = 8.0
"""A rule of a table without upright rules."""
SAME_ENDS_EM = 2.0
CELL_GAP_EM = 1.0
LONG_CHUNK = 0.62
"""Share of the width from which a line alone looks like running text."""
LONG_WORDS = 6
HEAD_GAP_EM = 1.0
"""White between a head and the rule below it."""
HEADING_GAP_EM = 2.0
"""White above a heading between two tables."""
HIGHEST_HEAD_EM = 8.0
MOSTLY_BELOW = 0.7
"""Share of the cells below the last rule that stand below words above it."""
FEWEST_CELLS = 4
"""Besides the label: so many say themselves where the columns are."""
LONGEST_CELL = 12
"""Words of a line of one cell."""
WRAPPED_LINES = 12
"""Of one row."""


@dataclass(frozen=True, slots=True)
class RuledRegion:
    """Between level rules of one length."""

    box: Area
    rules: tuple[Rule, ...]


class Words:
    """The words of a page by rows."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.lines = in_rows(tokens)
        self._rows = sorted(self.lines, key=_top)
        self._tops = [_top(row) for row in self._rows]
        depths = (
            max([t.center_y for t in row]) - top for row, top in zip(self._rows, self._tops, strict=True)
        )
        self._slack = max(depths, default=0.0)

    def rows(self, box: Area) -> list[list[Token]]:
        """The words whose centre is in the box."""
        low = bisect_left(self._tops, box.y0 - self._slack - 1)
        high = bisect_right(self._tops, box.y1)
        inside = (
            [t for t in row if box.x0 <= t.center_x <= box.x1 and box.y0 <= t.center_y <= box.y1]
            for row in self._rows[low:high]
        )
        return [row for row in inside if row]

    def inside(self, box: Area) -> list[Token]:
        return [token for row in self.rows(box) for token in row]


def _top(row: list[Token]) -> float:
    return min([token.center_y for token in row])


def ruled_regions(across: Sequence[Rule], words: Words, em: float, page: Area) -> list[RuledRegion]:
    """Groups of rules of one length with rows of cells between them, each grown to its rows outside."""
    rules = [rule for rule in across if rule.length >= SHORTEST_EM * em and not _underlines(rule, words, em)]
    free = list(rules)
    found: list[RuledRegion] = []
    while free:
        group = [free.pop(0)]
        for rule in list(free):
            if not _same_ends(group[-1], rule, em) or rule.at - group[-1].at < 1:
                continue
            if not _is_tabular(_between(group[-1], rule), words, em):
                break
            group.append(rule)
            free.remove(rule)
        region = _grown(group, across, words, em, page)
        if region is not None:
            found.append(region)
            free = [rule for rule in free if not _in(rule, region.box)]
    return found


def tables_in(region: RuledRegion, words: Words, em: float) -> list[Area]:
    """The region, cut where the head comes again: tables set below one another without a gap."""
    rows = _rows(region.box, words, em)
    if len(rows) < 6:
        return [region.box]
    heads = [at for at, row in enumerate(rows[:4]) if len(row) > 1 and row[0].text[:1].isalpha()]
    if not heads:
        return [region.box]
    first = heads[0]
    name = rows[first][0].text
    cuts = []
    for at in range(first + 3, len(rows) - 1):
        if rows[at][0].text == name and len(rows[at]) >= len(rows[first]) - 1:
            top = at
            while len(rows[top - 1]) < 2 and top - 1 > first + 2:
                top -= 1
            cuts.append((max(c.y1 for c in rows[top - 1]) + min(c.y0 for c in rows[top])) / 2)
    ends = [region.box.y0, *cuts, region.box.y1]
    return [Area(region.box.x0, top, region.box.x1, bottom) for top, bottom in pairwise(ends)]


def _underlines(rule: Rule, words: Words, em: float) -> bool:
    """A rule exactly as long as the words right above it, which stand close together."""
    near = words.inside(Area(rule.start - em, rule.at - 1.2 * em, rule.stop + em, rule.at + 0.3 * em))
    near = [token for token in near if -0.7 * em <= token.y1 - rule.at <= 0.5 * em]
    if not near:
        return False
    chunks = in_chunks(sorted(near, key=lambda token: token.x0), CELL_GAP_EM * em)
    return any(
        abs(chunk.x0 - rule.start) <= 0.4 * em and abs(chunk.x1 - rule.stop) <= 0.4 * em for chunk in chunks
    )


def _same_ends(one: Rule, other: Rule, em: float) -> bool:
    slack = SAME_ENDS_EM * em
    return abs(one.start - other.start) <= slack and abs(one.stop - other.stop) <= slack


def _between(one: Rule, other: Rule) -> Area:
    return Area(min(one.start, other.start) - 1, one.at, max(one.stop, other.stop) + 1, other.at)


def _rows(box: Area, words: Words, em: float) -> list[TextRow]:
    return [in_chunks(row, CELL_GAP_EM * em, LEAST_GAP_EM * em) for row in words.rows(box)]


def _is_tabular(box: Area, words: Words, em: float) -> bool:
    """Rows of several cells, or a few short lines that title a group of rows."""
    rows = _rows(box, words, em)
    if not rows:
        return box.y1 - box.y0 < 4 * em
    several = sum(len(row) > 1 for row in rows)
    long = sum(_is_long(row, box) for row in rows)
    if len(rows) <= 3 and several == 0:
        return long == 0
    if _opens_anew(rows, em):
        return False
    if len(rows) <= WRAPPED_LINES and long == 0 and max(len(row) for row in rows) >= min(3, 1 + len(rows[0])):
        return True
    return several >= 0.35 * len(rows) and long <= 0.3 * len(rows)


def _opens_anew(rows: list[TextRow], em: float) -> bool:
    """Whether a line alone stands far below the row above it, right above a rule: the next table's heading."""
    if len(rows) < 2 or len(rows[-1]) > 1:
        return False
    return rows[-1][0].y0 - max(chunk.y1 for chunk in rows[-2]) > HEADING_GAP_EM * em


def _is_long(row: TextRow, box: Area) -> bool:
    longest = max(row, key=lambda chunk: chunk.x1 - chunk.x0)
    return longest.x1 - longest.x0 >= LONG_CHUNK * (box.x1 - box.x0) and len(longest.tokens) >= LONG_WORDS


def _is_heading(box: Area, words: Words, em: float) -> bool:
    """Whether there is nothing between two rules but lines that begin at the left: no head of several columns."""
    rows = _rows(box, words, em)
    return bool(rows) and all(len(row) == 1 and row[0].x0 < box.x0 + 3 * em for row in rows)


def _is_alone(box: Area, words: Words, em: float) -> bool:
    """Whether there are only lines of one cell between two rules: what ends a receipt, notes below a table."""
    rows = _rows(box, words, em)
    return bool(rows) and all(len(row) == 1 for row in rows)


def _in(rule: Rule, box: Area) -> bool:
    return box.y0 - 1 <= rule.at <= box.y1 + 1 and rule.start >= box.x0 - 3 and rule.stop <= box.x1 + 3


def _grown(
    group: list[Rule], across: Sequence[Rule], words: Words, em: float, page: Area
) -> RuledRegion | None:
    """With the rows that go on below the last rule or stand above the first; None where that is no table."""
    while len(group) > 1 and _is_heading(_between(group[0], group[1]), words, em):
        group = group[1:]
    while len(group) > 2 and _is_alone(_between(group[-2], group[-1]), words, em):
        group = group[:-1]
    left, right = min(rule.start for rule in group), max(rule.stop for rule in group)
    top, bottom = group[0].at, group[-1].at
    inside = _rows(Area(left - 1, top, right + 1, bottom), words, em)
    foot = Area(left - 1, bottom, right + 1, page.y1)
    below = _run_on(_rows(foot, words, em), em, inside) if _goes_on_below(foot, words, em) else []
    above = _rows(Area(left - 1, top - HIGHEST_HEAD_EM * em, right + 1, top), words, em)[::-1]
    heads = _run_up(
        above, top, em, [rule for rule in across if rule.start >= left - em and rule.stop <= right + em]
    )
    rows = heads[::-1] + inside + below
    if sum(len(row) > 1 for row in rows) < 2 or (len(group) < 2 and len(below) < 2):
        return None
    if below:
        bottom = max(chunk.y1 for chunk in below[-1])
    if heads:
        top = min(chunk.y0 for chunk in heads[-1])
    return RuledRegion(Area(left - 1, top - 1, right + 1, bottom + 1), tuple(group))


def _goes_on_below(foot: Area, words: Words, em: float) -> bool:
    """Whether a row of several cells comes right below the rule."""
    rows = _rows(Area(foot.x0, foot.y0, foot.x1, foot.y0 + 3 * em), words, em)
    return bool(rows) and len(rows[0]) > 1 and min(chunk.y0 for chunk in rows[0]) - foot.y0 <= 1.2 * em


def _run_on(rows: list[TextRow], em: float, inside: list[TextRow]) -> list[TextRow]:
    """The rows below the last rule that go on with the columns above it."""
    heads = [chunk for row in inside for chunk in row]
    cells = rows[0][1:]
    below = sum(any(head.x0 < cell.x1 and cell.x0 < head.x1 for head in heads) for cell in cells)
    if heads and below < MOSTLY_BELOW * len(cells):
        return []
    run = Run()
    for row in inside if len(cells) < FEWEST_CELLS else ():
        run.take(row)
    taken: list[TextRow] = []
    for row in rows:
        if len(max(row, key=lambda chunk: len(chunk.tokens)).tokens) > LONGEST_CELL or not run.takes(row, em):
            break
        taken.append(row)
    return taken[: max(0, len(taken) - run.loose_ends(em))]


def _run_up(rows: list[TextRow], start: float, em: float, across: Sequence[Rule]) -> list[TextRow]:
    """Rows of heads above: of several cells, or with a rule of their own above them."""
    taken: list[TextRow] = []
    last = start
    for row in rows[:3]:
        top, bottom = min(chunk.y0 for chunk in row), max(chunk.y1 for chunk in row)
        ruled = any(
            -0.3 * em <= top - rule.at <= em and rule.start <= row[0].x0 and rule.stop >= row[-1].x1
            for rule in across
        )
        titles = bool(taken) and len(row) == 1 and len(taken[0]) > 1 and row[0].x0 > taken[0][1].x0 - 2 * em
        if last - bottom > HEAD_GAP_EM * em or (len(row) < 2 and not ruled and not titles):
            break
        taken.append(row)
        last = top
    return taken
