"""Runs of rows that may be a table without rules: several cells each, in common columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from octavo.pipeline.tables.rules import Area
from octavo.pipeline.tables.tokens import LEAST_GAP_EM, Chunk, TextRow, Token, in_chunks, median_of

CELL_GAP_EM = 1.0
"""Between two cells of a row that nothing but white parts."""
SAME_LINE_EM = 0.4
NEXT_ROW_EM = 2.6
NEXT_ROW_TIMES = 2.0
"""Times the usual spacing of the table's rows."""
FURTHEST_ROW_EM = 5.0
SAME_TABLE_EM = 7.0
"""For a row that fills the columns again."""
HEADED_TIMES = 1.6
"""Times the usual spacing: a line alone this far below opens something else."""
NEXT_LINE_EM = 1.5
"""From line to line in one cell."""
MOST_ODD = 0.2
"""Share of the rows that may not fit the columns."""


@dataclass(slots=True)
class Run:
    """Rows that may be one table without rules, and where its columns are so far."""

    rows: list[TextRow] = field(default_factory=list)
    columns: list[tuple[float, float]] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)
    odd: int = 0

    def takes(self, row: TextRow, em: float) -> bool:
        if self.rows and not self._is_near(row, em):
            return False
        if len(row) > 1 and self.rows and not self._fits(row):
            if len(row) > max(2, 0.5 * len(self.columns)) or self.odd + 1 > max(1, MOST_ODD * len(self.rows)):
                return False
            self.odd += 1
            self._add(row, widen=False)
            return True
        self._add(row, widen=len(row) > 1)
        return True

    def _is_near(self, row: TextRow, em: float) -> bool:
        step = _middle(row) - _middle(self.rows[-1])
        usual = median(self.steps) if self.steps else None
        left, right = (self.columns[0][0], self.columns[-1][1]) if self.columns else (row[0].x0, row[-1].x1)
        if row[-1].x1 < left or row[0].x0 > right:
            return False
        if usual is None:
            return step <= NEXT_ROW_EM * em
        if len(row) == 1 and step > HEADED_TIMES * usual and row[0].x0 <= left + em:
            return False
        if len(row) >= 3 and len(row) >= len(self.columns) - 1 and self._fits(row):
            return step <= SAME_TABLE_EM * em
        return step <= max(NEXT_ROW_TIMES * usual, 1.6 * em) and step <= FURTHEST_ROW_EM * em

    def take(self, row: TextRow) -> None:
        """Adds a row that is known to belong."""
        self._add(row, widen=len(row) > 1 and (not self.rows or self._fits(row) or not self.columns))

    def loose_ends(self, em: float) -> int:
        """How many lines at the end are of one cell and do not go on with a cell of the last full row."""
        full = max((at for at, row in enumerate(self.rows) if len(row) > 1), default=-1)
        kept = full
        for at in range(full + 1, len(self.rows)):
            chunk = self.rows[at][0]
            step = _middle(self.rows[at]) - _middle(self.rows[at - 1])
            under = any(above.x0 - em <= chunk.x0 <= above.x1 for above in self.rows[full][1:])
            if step > NEXT_LINE_EM * em or not under or chunk.x1 > self.columns[-1][1] + em:
                break
            kept = at
        return len(self.rows) - 1 - kept

    def _fits(self, row: TextRow) -> bool:
        touched = [
            [at for at, (x0, x1) in enumerate(self.columns) if chunk.x0 < x1 and x0 < chunk.x1]
            for chunk in row
        ]
        if any(len(columns) > 1 for columns in touched):
            return False
        used = [columns[0] for columns in touched if columns]
        return len(used) == len(set(used)) and len(used) >= min(2, len(row))

    def _add(self, row: TextRow, *, widen: bool) -> None:
        if self.rows:
            self.steps.append(_middle(row) - _middle(self.rows[-1]))
        self.rows.append(row)
        for chunk in row if widen else ():
            at = next(
                (at for at, (x0, x1) in enumerate(self.columns) if chunk.x0 < x1 and x0 < chunk.x1), None
            )
            if at is None:
                self.columns.append((chunk.x0, chunk.x1))
                self.columns.sort()
            else:
                x0, x1 = self.columns[at]
                self.columns[at] = (min(x0, chunk.x0), max(x1, chunk.x1))


def open_runs(lines: Sequence[list[Token]], walls: Sequence[Area], em: float) -> list[list[Token]]:
    """The words of each run of rows with several cells in common columns; `walls` are running text."""
    segments = [
        in_chunks(part, CELL_GAP_EM * em, LEAST_GAP_EM * em) for row in lines for part in _parted(row, walls)
    ]
    segments = [row for row in segments if row]
    found: list[list[Token]] = []
    used: set[int] = set()
    for start, row in enumerate(segments):
        if start in used or len(row) < 2:
            continue
        rows, members = _run_from(segments, start, used, em)
        if sum(len(row) > 1 for row in rows) >= 2:
            used.update(members)
            rows = _headed(rows, segments, members, used, em)
            found.append([token for row in rows for chunk in row for token in chunk.tokens])
    return found


def _run_from(
    segments: list[TextRow], start: int, used: set[int], em: float
) -> tuple[list[TextRow], list[int]]:
    """The rows that go on from the first, and which they are; what stands beside them is passed over."""
    run = Run()
    members: list[int] = []
    for at in range(start, len(segments)):
        row = segments[at]
        if run.rows and _middle(row) - _middle(run.rows[-1]) > SAME_TABLE_EM * em:
            break
        if at in used or (run.rows and _beside(row, run)):
            continue
        overlaps = run.rows and _middle(row) - _middle(run.rows[-1]) < SAME_LINE_EM * em
        if overlaps or not run.takes(row, em):
            break
        members.append(at)
    loose = run.loose_ends(em)
    return run.rows[: len(run.rows) - loose], members[: len(members) - loose]


def _beside(row: TextRow, run: Run) -> bool:
    """Another column of the page at the same height."""
    return row[-1].x1 < run.columns[0][0] or row[0].x0 > run.columns[-1][1]


def _headed(
    rows: list[TextRow], segments: list[TextRow], members: list[int], used: set[int], em: float
) -> list[TextRow]:
    """With lines close above that title several of the columns."""
    left, right = min(r[0].x0 for r in rows), max(r[-1].x1 for r in rows)
    second = min((r[1].x0 for r in rows if len(r) > 1), default=right)
    result = list(rows)
    for at in range(members[0] - 1, max(-1, members[0] - 4), -1):
        row = segments[at]
        if at in used or row[-1].x1 < left or row[0].x0 > right:
            continue
        near = _middle(result[0]) - _middle(row) <= 1.8 * em
        inside = row[0].x0 >= left - em and row[-1].x1 <= right + em
        title = len(row) == 1 and row[0].x0 > second - 2 * em and row[0].x1 - row[0].x0 < 0.7 * (right - left)
        if not near or not inside or not (title or len(row) > 1):
            break
        used.add(at)
        result.insert(0, row)
    return result


def _parted(row: list[Token], walls: Sequence[Area]) -> list[list[Token]]:
    """The row's words outside running text, cut where running text stands between them."""
    parts: list[list[Token]] = [[]]
    heights = [token.center_y for token in row]
    top, bottom = min(heights) - 1, max(heights) + 1
    walls = [wall for wall in walls if wall.y0 <= bottom and top <= wall.y1]
    if not walls:
        return [row]
    for token in row:
        if any(wall.holds(token.center_x, token.center_y) for wall in walls):
            if parts[-1]:
                parts.append([])
            continue
        if parts[-1] and any(
            parts[-1][-1].x1 <= wall.x0 and wall.x1 <= token.x0 and wall.y0 <= token.center_y <= wall.y1
            for wall in walls
        ):
            parts.append([])
        parts[-1].append(token)
    return [part for part in parts if part]


def _middle(row: TextRow | Sequence[Chunk]) -> float:
    return median_of([(chunk.y0 + chunk.y1) / 2 for chunk in row])
