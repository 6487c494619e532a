"""Lines of all blocks put into rows again: a label and its value may have come from different blocks."""

from collections.abc import Sequence
from dataclasses import dataclass

from octavo.domain.document import Line, Origin
from octavo.domain.geometry import BBox, enclosing
from octavo.pipeline.fields.tokens import Row, Segment, Token, segment_of, split_at_colon

_WIDE_GAP = 1.1
"""Heights of a line; above, words of one line are two runs. Two spaces of a typewriter are as wide."""
_GAP_BETWEEN_LINES = 0.75
"""The same for words that their reader put on different lines already."""
_AGREE = 0.4
"""Heights by which middles may differ on one baseline."""
_HALF_A_LINE, _HALF_IN_INK = 0.75, 1.0
"""Heights between the middles of two lines that cannot stand under one another; boxes of ink are lower than those of fonts."""
_SIDEWAYS = 2.5
"""Times as high as wide, and several letters: written along the margin."""

CellKey = tuple[str, int]
"""Block and number of a table's cell."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one line as their reader found them."""

    tokens: tuple[Token, ...]
    box: BBox
    bold: bool = False
    font_size: float | None = None
    cell: CellKey | None = None
    """Of a table: runs of different cells are never joined."""


def run_of(line: Line, page: int, *, cell: CellKey | None = None) -> Run | None:
    """None where the line has no words."""
    tokens = tuple(
        part
        for word in line.words
        if word.text
        for part in split_at_colon(Token(word.text, word.bbox, page, word.confidence, word.origin))
    )
    if not tokens:
        return None
    ordered = tuple(sorted(tokens, key=lambda token: token.bbox.x0)) if _from_left(tokens) else tokens
    box = enclosing([token.bbox for token in tokens])
    return Run(ordered, box, bool(line.bold), line.font_size, cell)


def rows_of(runs: Sequence[Run], page: int, width_pt: float, height_pt: float) -> tuple[Row, ...]:
    """Top to bottom."""
    upright = [run for run in runs if not _is_sideways(run, width_pt, height_pt)]
    groups = _grouped(upright) + [[run] for run in runs if _is_sideways(run, width_pt, height_pt)]
    rows = [_row(group, page, width_pt / height_pt if height_pt else 1.0) for group in groups]
    return tuple(sorted(rows, key=lambda row: (row.bbox.center[1], row.bbox.x0)))


def centred_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows of a table whose cells stand in their middle: two lines of one cell beside one line of the others.

    Lines half a line apart, of different columns, are one row; what stands under one another in it is one segment.
    """
    joined: list[list[Row]] = []
    for row in rows:
        chain = joined[-1] if joined else []
        if chain and _is_between(chain, row):
            chain.append(row)
        else:
            joined.append([row])
    return [_stacked(chain) if len(chain) > 1 else chain[0] for chain in joined]


def _is_between(chain: Sequence[Row], row: Row) -> bool:
    last = chain[-1]
    step = row.bbox.center[1] - last.bbox.center[1]
    half = _HALF_IN_INK if row.tokens[0].origin is Origin.OCR else _HALF_A_LINE
    if row.page != last.page or not 0 < step < half * min(_lowest(row), _lowest(last)):
        return False
    return not any(_covers(one.bbox, other.bbox) for one in row.segments for other in last.segments)


def _lowest(row: Row) -> float:
    return min(segment.bbox.height for segment in row.segments)


def _stacked(chain: Sequence[Row]) -> Row:
    stacks: list[list[Segment]] = []
    for segment in (segment for row in chain for segment in row.segments):
        below = next((stack for stack in stacks if _covers(stack[-1].bbox, segment.bbox)), None)
        if below is None:
            stacks.append([segment])
        else:
            below.append(segment)
    segments = sorted((_one_segment(stack) for stack in stacks), key=lambda segment: segment.bbox.x0)
    return Row(tuple(segments), chain[0].page, enclosing([segment.bbox for segment in segments]))


def _one_segment(stack: Sequence[Segment]) -> Segment:
    if len(stack) == 1:
        return stack[0]
    tokens = [token for segment in stack for token in segment.tokens]
    return segment_of(tokens, bold=stack[0].bold, font_size=stack[0].font_size)


def _from_left(tokens: Sequence[Token]) -> bool:
    """Words that share one place, as in a shape of a slide, stay in their order."""
    return len({token.bbox.x0 for token in tokens}) == len(tokens)


def _is_sideways(run: Run, width_pt: float, height_pt: float) -> bool:
    letters = sum(len(token.text) for token in run.tokens)
    return letters > 2 and run.box.height * height_pt > _SIDEWAYS * run.box.width * width_pt


def _grouped(runs: Sequence[Run]) -> list[list[Run]]:
    groups: list[list[Run]] = []
    open_groups: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.box.center[1], run.box.x0)):
        open_groups = [group for group in open_groups if max(r.box.y1 for r in group) > run.box.y0]
        fitting = [group for group in open_groups if _fits(run, group)]
        if fitting:
            min(fitting, key=lambda group: _distance(run, _nearest(run, group))).append(run)
        else:
            groups.append([run])
            open_groups.append(groups[-1])
    return groups


def _fits(run: Run, group: Sequence[Run]) -> bool:
    """Level with its nearest neighbour there, and over none: a page may lean a little."""
    near = _nearest(run, group)
    lower = min(run.box.height, near.box.height)
    if (
        abs(run.box.center[1] - near.box.center[1]) > _AGREE * lower
        and abs(run.box.y1 - near.box.y1) > _AGREE * 0.7 * lower
    ):
        return False
    return not any(_covers(run.box, other.box) for other in group)


def _covers(one: BBox, other: BBox) -> bool:
    shared = min(one.x1, other.x1) - max(one.x0, other.x0)
    return shared > 0.3 * min(one.width, other.width)


def _nearest(run: Run, group: Sequence[Run]) -> Run:
    return min(group, key=lambda other: max(run.box.x0, other.box.x0) - min(run.box.x1, other.box.x1))


def _distance(run: Run, near: Run) -> float:
    return abs(run.box.center[1] - near.box.center[1])


def _row(group: Sequence[Run], page: int, aspect: float) -> Row:
    """`aspect` is width by height of the page, to compare gaps with heights."""
    segments: list[Segment] = []
    parts: list[tuple[Token, Run]] = []
    for run in sorted(group, key=lambda run: run.box.x0):
        for token in run.tokens:
            if parts and _parted(parts[-1], (token, run), aspect):
                segments.append(_segment(parts))
                parts = []
            parts.append((token, run))
    segments.append(_segment(parts))
    return Row(tuple(segments), page, enclosing([segment.bbox for segment in segments]))


def _parted(before: tuple[Token, Run], after: tuple[Token, Run], aspect: float) -> bool:
    (left, left_run), (right, right_run) = before, after
    if left_run.cell != right_run.cell:
        return True
    gap = (right.bbox.x0 - left.bbox.x1) * aspect
    most = _WIDE_GAP if left_run is right_run else _GAP_BETWEEN_LINES
    return gap > most * min(left_run.box.height, right_run.box.height)


def _segment(parts: Sequence[tuple[Token, Run]]) -> Segment:
    bold = sum(len(token.text) for token, run in parts if run.bold)
    letters = sum(len(token.text) for token, _ in parts)
    return segment_of([token for token, _ in parts], bold=2 * bold > letters, font_size=parts[0][1].font_size)
