"""What the layout model sees of each row: its place, its type, its neighbours, the look of its text.

All lengths are in ems of the page's running text or shares of the page, so that paper and type size
say nothing. Rows stand in reading order. Changing anything here makes the trained weights useless:
`tools.layout_training` makes new ones.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from octavo.domain.document import BlockType, Origin, ReadPage
from octavo.domain.geometry import BBox
from octavo.pipeline.structure.drawn import NOTHING, Drawn
from octavo.pipeline.structure.layout import Layout
from octavo.pipeline.structure.measure import PageShape
from octavo.pipeline.structure.rows import Row
from octavo.pipeline.structure.traits import traits

Floats = NDArray[np.floating[Any]]

FAR_EM = 8.0
"""What is further away is as good as nowhere."""


def row_features(
    layout: Layout, page: ReadPage, shape: PageShape, drawn: Drawn = NOTHING
) -> NDArray[np.float32]:
    """One line of numbers for each of `layout.rows`."""
    rows = layout.rows
    if not rows:
        return np.zeros((0, 0), np.float32)
    em = shape.body_size or 10.0
    box = np.array([(row.x0, row.y0, row.x1, row.y1) for row in rows], np.float32)
    # A page that reads from the right is seen in a mirror: where lines begin is always on the left.
    read = _mirrored(box, page.width_pt) if layout.from_right else box
    columns = _columns(rows, read, shape, mirror=page.width_pt if layout.from_right else None)
    parts = [
        _places(read, page),
        _in_column(read, columns, shape, em),
        _sizes(rows, em),
        _fonts(rows),
        _neighbours(rows, read, columns, shape, em),
        _parts(layout),
        _pictures(rows, box, page, em),
        _drawings(box, page, drawn, em),
        _spacing(rows, em),
        _of_page(rows, page, shape, em),
        np.array([traits(row.text) for row in rows], np.float32),
    ]
    return np.concatenate(parts, axis=1).astype(np.float32)


def _places(box: Floats, page: ReadPage) -> Floats:
    wide, high = page.width_pt or 1.0, page.height_pt or 1.0
    place = box / np.array([wide, high, wide, high], np.float32)
    middle = (place[:, 0] + place[:, 2]) / 2 - 0.5
    return np.column_stack([place, middle, place[:, 2] - place[:, 0]])


def _mirrored(box: Floats, width: float) -> Floats:
    return np.column_stack([width - box[:, 2], box[:, 1], width - box[:, 0], box[:, 3]])


def _columns(rows: list[Row], box: Floats, shape: PageShape, mirror: float | None) -> Floats:
    """Left and right of each row's column, in the mirror where there is one."""
    edges = box[:, [0, 2]].copy()
    for at, row in enumerate(rows):
        column = shape.columns.get(row.column)
        if column:
            edges[at] = (
                (column.left, column.right)
                if mirror is None
                else (mirror - column.right, mirror - column.left)
            )
    return edges


def _in_column(box: Floats, columns: Floats, shape: PageShape, em: float) -> Floats:
    left, right = columns[:, 0], columns[:, 1]
    width = np.maximum(right - left, em)
    starts, ends = _ems(box[:, 0] - left, em), _ems(right - box[:, 2], em)
    middle = ((box[:, 0] + box[:, 2]) - (left + right)) / width
    return np.column_stack(
        [
            starts,
            ends,
            np.clip((box[:, 2] - box[:, 0]) / width, 0, 1.5),
            np.clip(width / shape.width, 0, 1) if shape.width else width * 0,
            np.clip(middle, -1, 1),
            np.abs(middle) < 0.03,
            starts < -0.5 / FAR_EM,
            _shares(box[:, 0], 0.3 * em),
            _shares(box[:, 2], 0.3 * em),
        ]
    )


def _shares(values: Floats, reach: float) -> Floats:
    """For each value, the share of all that are nearly the same."""
    near = np.abs(values[:, None] - values[None, :]) < reach
    return np.asarray(near.mean(axis=1), np.float32)


def _sizes(rows: list[Row], em: float) -> Floats:
    size = np.array([row.size or em for row in rows], np.float32)
    ratio = np.clip(np.log2(np.maximum(size, 1) / em), -1.5, 2.5)
    letters = np.array([len(row.text) for row in rows], np.float32)
    same = np.abs(size[:, None] - size[None, :]) < 0.06 * size[:, None]
    share = same @ letters / max(1.0, float(letters.sum()))
    return np.column_stack(
        [
            ratio,
            ratio > 0.08,
            ratio < -0.08,
            _step(ratio, 1),
            _step(ratio, -1),
            share,
            size >= 0.97 * size.max(),
            np.clip(np.array([row.height for row in rows], np.float32) / np.maximum(size, 1) - 1, -1, 2),
        ]
    )


def _fonts(rows: list[Row]) -> Floats:
    flags = np.array([_flags(row) for row in rows], np.float32)
    bold, mono, italic = flags[:, 0], flags[:, 1], flags[:, 2]
    return np.column_stack(
        [
            flags,
            *(_step(kind, way) for kind in (bold, mono, italic, flags[:, 5], flags[:, 7]) for way in (1, -1)),
            np.full(len(rows), bold.mean(), np.float32),
            np.full(len(rows), mono.mean(), np.float32),
        ]
    )


def _flags(row: Row) -> tuple[float, ...]:
    line = row.line
    if line is None:
        found = row.found.type if row.found else None
        return 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, float(found is not None), float(found is BlockType.TABLE)
    return (
        float(line.bold is True),
        float(line.monospace is True),
        float(line.italic is True),
        float(line.bold is None),
        _raised(row),
        0.0,
        0.0,
        0.0,
    )


def _raised(row: Row) -> float:
    """Whether its first word is much lower than the others: the mark of a note."""
    words = row.line.words if row.line else ()
    if len(words) < 2:
        return 0.0
    first, second = words[0].bbox, words[1].bbox
    return float(first.height < 0.8 * second.height and first.y1 < second.y1 - 0.1 * second.height)


def _neighbours(rows: list[Row], box: Floats, columns: Floats, shape: PageShape, em: float) -> Floats:
    column = np.array([row.column for row in rows])
    usual = np.array([max(0.0, c.gap) if (c := shape.columns.get(row.column)) else 0.0 for row in rows])
    above = np.empty(len(rows), np.float32)
    above[0] = FAR_EM * em
    above[1:] = box[1:, 1] - box[:-1, 3]
    same = np.concatenate([[False], column[1:] == column[:-1]])
    below = np.append(above[1:], FAR_EM * em)
    return np.column_stack(
        [
            _ems(above, em),
            _ems(below, em),
            np.clip((above - usual) / em, -1, 2),
            np.clip((below - usual) / em, -1, 2),
            same,
            np.append(same[1:], False),
            *(_ems(_step(box[:, edge], way), em) for edge in (0, 2) for way in (1, -1)),
            _ems(_step(box[:, 0] + box[:, 2], 1) / 2, em),
            _room(rows, box, columns, shape, em),
            above < -0.3 * em,
        ]
    )


def _room(rows: list[Row], box: Floats, columns: Floats, shape: PageShape, em: float) -> Floats:
    """How much white the row above leaves in its column beyond what this row's first word needs."""
    result = np.zeros(len(rows), np.float32)
    for at in range(1, len(rows)):
        above, row = rows[at - 1].line, rows[at].line
        if above and row:
            word = row.words[0].bbox.width * shape.width
            result[at] = columns[at - 1, 1] - box[at - 1, 2] - word - 0.3 * em
    return _ems(result, em)


def _parts(layout: Layout) -> Floats:
    sizes = [len(layout.header), len(layout.body), len(layout.footer), len(layout.margin)]
    kinds = np.repeat(np.eye(4, dtype=np.float32)[:, [0, 2, 3]], sizes, axis=0)
    count = sum(sizes)
    place = np.arange(count, dtype=np.float32)
    return np.column_stack([kinds, place == 0, place == count - 1, place / count])


def _pictures(rows: list[Row], box: Floats, page: ReadPage, em: float) -> Floats:
    """Whether it stands in a picture, and how far above or below one."""
    wide, high = page.width_pt, page.height_pt
    inside = np.zeros(len(rows), np.float32)
    over, under = np.full(len(rows), FAR_EM, np.float32), np.full(len(rows), FAR_EM, np.float32)
    for region in page.regions:
        if region.kind != "image" or not 0.002 <= region.bbox.area <= 0.85:
            continue
        x0, y0, x1, y1 = (
            edge * scale for edge, scale in zip(region.bbox.to_list(), (wide, high) * 2, strict=True)
        )
        across = (box[:, 0] < x1) & (box[:, 2] > x0)
        middle = (box[:, 1] + box[:, 3]) / 2
        inside = np.maximum(inside, across & (middle > y0) & (middle < y1))
        below = np.where(across & (middle > y1), np.abs(box[:, 1] - y1) / em, FAR_EM)
        above = np.where(across & (middle < y0), np.abs(y0 - box[:, 3]) / em, FAR_EM)
        under, over = np.minimum(under, below), np.minimum(over, above)
    marked = np.array([row.in_picture for row in rows], np.float32)
    return np.column_stack([inside, marked, under / FAR_EM, over / FAR_EM])


def _drawings(box: Floats, page: ReadPage, drawn: Drawn, em: float) -> Floats:
    """The rules next above and below, the upright rules beside, the smallest frame around."""
    scale = np.array([page.width_pt, page.height_pt] * 2, np.float32)
    middle = (box[:, 1] + box[:, 3]) / 2
    above, below, short = _between_rules(box, middle, _boxes(drawn.across) * scale, page.width_pt, em)
    down = _boxes(drawn.down) * scale
    beside = np.count_nonzero((down[:, 1, None] < middle) & (middle < down[:, 3, None]), axis=0)
    frame = _framed(box, middle, drawn, scale, em)
    return np.column_stack([above / (3 * em), below / (3 * em), short, np.minimum(beside, 8) / 4, frame])


def _between_rules(
    box: Floats, middle: Floats, rules: Floats, width: float, em: float
) -> tuple[Floats, Floats, Floats]:
    """How far the next rules above and below are, and whether the upper one is short; at most three ems."""
    far = np.full((1, len(box)), 3 * em, np.float32)
    left, at, right = rules[:, 0, None], rules[:, 1, None], rules[:, 2, None]
    shared = np.minimum(box[:, 2], right) - np.maximum(box[:, 0], left)
    across = shared > 0.2 * (box[:, 2] - box[:, 0])
    above = np.concatenate([far, np.where(across & (at < middle), middle - at, far)])
    below = np.concatenate([far, np.where(across & (at > middle), at - middle, far)])
    nearest = above.argmin(axis=0)
    is_short = np.append(False, rules[:, 2] - rules[:, 0] < 0.45 * width)
    return above.min(axis=0), below.min(axis=0), is_short[nearest].astype(np.float32)


def _framed(box: Floats, middle: Floats, drawn: Drawn, scale: Floats, em: float) -> Floats:
    """Whether it is framed, shaded, how high the frame is, and whether its first row or its last."""
    result = np.zeros((len(box), 5), np.float32)
    owner = np.full(len(box), -1)
    smallest = np.full(len(box), np.inf)
    boxes = _boxes([frame.bbox for frame in drawn.frames]) * scale
    for at, (frame, (x0, y0, x1, y1)) in enumerate(zip(drawn.frames, boxes, strict=True)):
        inside = (box[:, 0] > x0 - em) & (box[:, 2] < x1 + em) & (middle > y0) & (middle < y1)
        inside &= (x1 - x0) * (y1 - y0) < smallest
        smallest[inside] = (x1 - x0) * (y1 - y0)
        owner[inside] = at
        result[inside, :3] = 1.0, float(frame.is_shaded), min((y1 - y0) / em, 30) / 15
    result[:, 3] = np.append(True, owner[1:] != owner[:-1]) & (owner >= 0)
    result[:, 4] = np.append(owner[1:] != owner[:-1], True) & (owner >= 0)
    return result


def _boxes(boxes: Sequence[BBox]) -> Floats:
    return np.array([box.to_list() for box in boxes], np.float32).reshape(-1, 4)


def _spacing(rows: list[Row], em: float) -> Floats:
    """Cells and gaps between words."""
    result = np.zeros((len(rows), 4), np.float32)
    for at, row in enumerate(rows):
        cells = row.cells
        if cells:
            gaps = [right.x0 - left.x1 for left, right in pairwise(cells)]
            digits = sum(any(char.isdigit() for char in cell.text) for cell in cells) / len(cells)
            result[at] = 1.0, min(len(cells), 8) / 4, min(max(gaps) / em, 20) / 10, digits
    return result


def _of_page(rows: list[Row], page: ReadPage, shape: PageShape, em: float) -> Floats:
    celled = sum(bool(row.cells) for row in rows) / len(rows)
    scanned = sum(row.line is not None and row.line.words[0].origin is Origin.OCR for row in rows) / len(rows)
    columns = Counter(row.column for row in rows)
    wide, high = page.width_pt or 1.0, page.height_pt or 1.0
    facts = [
        np.log2(len(rows)) / 6,
        em / high * 40,
        min(len([column for column, count in columns.items() if count > 3]), 4) / 2,
        min(wide / high, 2.0),
        celled,
        scanned,
        shape.scatter * 4,
    ]
    return np.tile(np.array(facts, np.float32), (len(rows), 1))


def _step(values: Floats, way: int) -> Floats:
    """The difference from the row before (1) or after (-1); 0 where there is none."""
    result = np.zeros_like(values)
    if way > 0:
        result[1:] = values[1:] - values[:-1]
    else:
        result[:-1] = values[:-1] - values[1:]
    return result


def _ems(values: Floats, em: float) -> Floats:
    return np.asarray(np.clip(values / em, -FAR_EM, FAR_EM) / FAR_EM, np.float32)
