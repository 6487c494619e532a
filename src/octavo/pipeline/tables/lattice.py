"""Rules that cross: which belong together, and the cells between them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.tables.grid import Grid, GridCell, filled_up
from octavo.pipeline.tables.rules import Area, Rule, Rules
from octavo.pipeline.tables.tokens import Token

TOUCH_PT = 3.0
"""How far apart the ends of two rules may be that meet."""
SAME_EDGE_PT = 4.5
"""Double lines are one edge."""
COVERS = 0.6
"""Share of a cell's side that a rule must cover to part it from the next."""
THINNEST_EM = 0.5
"""A strip without words that is thinner is the white of a double line."""
MOST_LINES = 400
"""Of one table's rows and columns together."""

_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Network:
    """Rules that touch one another, directly or not."""

    rules: Rules

    @property
    def box(self) -> Area:
        across, down = self.rules.across, self.rules.down
        return Area(
            min([rule.start for rule in across] + [rule.at for rule in down]),
            min([rule.at for rule in across] + [rule.start for rule in down]),
            max([rule.stop for rule in across] + [rule.at for rule in down]),
            max([rule.at for rule in across] + [rule.stop for rule in down]),
        )


def networks(rules: Rules) -> list[Network]:
    """Largest first; those of rules in one direction only are left out."""
    across, down = rules.across, rules.down
    if not across or not down:
        return []
    h = np.array([(rule.at, rule.start, rule.stop) for rule in across])
    v = np.array([(rule.at, rule.start, rule.stop) for rule in down])
    meets = (
        (v[None, :, 0] >= h[:, None, 1] - TOUCH_PT)
        & (v[None, :, 0] <= h[:, None, 2] + TOUCH_PT)
        & (h[:, None, 0] >= v[None, :, 1] - TOUCH_PT)
        & (h[:, None, 0] <= v[None, :, 2] + TOUCH_PT)
    )
    found = [
        Network(Rules(tuple(across[i] for i in rows), tuple(down[i] for i in columns)))
        for rows, columns in _groups(meets)
    ]
    return sorted(found, key=lambda network: -_size(network.box))


def _size(box: Area) -> float:
    return (box.x1 - box.x0) * (box.y1 - box.y0)


def _groups(meets: NDArray[np.bool_]) -> Iterable[tuple[list[int], list[int]]]:
    """Connected parts of a graph of rows and columns that have both."""
    unseen = set(range(meets.shape[0]))
    while unseen:
        rows, columns = {unseen.pop()}, set[int]()
        pending = list(rows)
        while pending:
            row = pending.pop()
            fresh = set(np.flatnonzero(meets[row]).tolist()) - columns
            columns |= fresh
            for column in fresh:
                more = set(np.flatnonzero(meets[:, column]).tolist()) - rows
                rows |= more
                pending.extend(more)
        unseen -= rows
        if columns:
            yield sorted(rows), sorted(columns)


def edges(places: Iterable[float], least: float = SAME_EDGE_PT) -> list[float]:
    """Places near one another as one, ascending."""
    clusters: list[list[float]] = []
    for place in sorted(places):
        if clusters and place - clusters[-1][0] <= least:
            clusters[-1].append(place)
        else:
            clusters.append([place])
    # Most edges are one rule, or pieces of one: to take their mean exactly costs more than the rest of the grid.
    return [cluster[0] if cluster[0] == cluster[-1] else mean(cluster) for cluster in clusters]


def to_grid(rules: Rules, box: Area, tokens: Sequence[Token], em: float) -> Grid | None:
    """The cells between the rules in the box; None where there are not at least 2 x 2 or far too many.

    A side of the box without a rule is an edge all the same: many tables are open at the sides.
    """
    xs = _outer([rule.at for rule in rules.down], box.x0, box.x1)
    ys = _outer([rule.at for rule in rules.across], box.y0, box.y1)
    if len(xs) < 3 or len(ys) < 3 or len(xs) + len(ys) > MOST_LINES:
        return None
    xs = _used(xs, [token.center_x for token in tokens], THINNEST_EM * em)
    ys = _used(ys, [token.center_y for token in tokens], THINNEST_EM * em)
    if len(xs) < 3 or len(ys) < 3:
        return None
    below = [_sides(rules.across, y, xs) for y in ys[1:-1]]
    beside = [_sides(rules.down, x, ys) for x in xs[1:-1]]
    cells = _merged(below, beside, len(ys) - 1, len(xs) - 1)
    places = {(row, col): cell for cell in cells for row in cell.rows for col in cell.cols}
    for token in tokens:
        row = min(len(ys) - 2, max(0, bisect_right(ys, token.center_y) - 1))
        col = min(len(xs) - 2, max(0, bisect_right(xs, token.center_x) - 1))
        places[row, col].tokens.append(token)
    return Grid(xs, ys, filled_up(cells, len(ys) - 1, len(xs) - 1), "ruled")


def _outer(places: list[float], first: float, last: float) -> list[float]:
    return edges([*places, first, last])


def _used(lines: list[float], centers: list[float], thinnest: float) -> list[float]:
    """Without the strips that are thin and hold no word."""
    ordered = sorted(centers)
    kept = lines[:1]
    for line in lines[1:]:
        words = bisect_right(ordered, line) - bisect_right(ordered, kept[-1])
        if line - kept[-1] < thinnest and not words:
            continue
        kept.append(line)
    if kept[-1] != lines[-1]:
        kept[-1] = lines[-1]
    return kept


def _sides(rules: Sequence[Rule], at: float, ends: Sequence[float]) -> list[bool]:
    """For each stretch between two ends whether rules near `at` cover most of it."""
    near = sorted((rule for rule in rules if abs(rule.at - at) <= SAME_EDGE_PT), key=lambda rule: rule.start)
    return [_covered(near, start, stop) >= COVERS * (stop - start) for start, stop in pairwise(ends)]


def _covered(rules: Sequence[Rule], start: float, stop: float) -> float:
    """How much of the stretch the rules, in order, cover."""
    covered, reached = 0.0, start
    for rule in rules:
        first, last = max(rule.start, reached), min(rule.stop, stop)
        if last > first:
            covered += last - first
            reached = last
    return covered


def _merged(below: list[list[bool]], beside: list[list[bool]], n_rows: int, n_cols: int) -> list[GridCell]:
    """Places with no rule between them become one cell where together they fill a rectangle."""
    places = [(row, col) for row in range(n_rows) for col in range(n_cols)]
    open_sides = [((r, c), (r, c + 1)) for r, c in places if c + 1 < n_cols and not beside[c][r]]
    open_sides += [((r, c), (r + 1, c)) for r, c in places if r + 1 < n_rows and not below[r][c]]
    group = {place: place for place in places}

    def root(place: _Place) -> _Place:
        while group[place] != place:
            group[place] = group[group[place]]
            place = group[place]
        return place

    for one, other in open_sides:
        group[root(other)] = root(one)
    members: dict[_Place, list[_Place]] = {}
    for place in places:
        members.setdefault(root(place), []).append(place)
    return [cell for together in members.values() for cell in _rectangles(together)]


def _rectangles(places: list[_Place]) -> list[GridCell]:
    """One cell if the places fill their box, else one for each run in a row: a rule is broken there."""
    rows, cols = [row for row, _ in places], [col for _, col in places]
    top, left = min(rows), min(cols)
    height, width = max(rows) - top + 1, max(cols) - left + 1
    if height * width == len(places):
        return [GridCell(top, left, height, width)]
    cells: list[GridCell] = []
    for row, col in sorted(places):
        if cells and cells[-1].row == row and cells[-1].col + cells[-1].col_span == col:
            cells[-1].col_span += 1
        else:
            cells.append(GridCell(row, col))
    return cells
