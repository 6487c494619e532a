"""Whether what was found looks like it to the layout model, too.

Lists and forms have columns as tables have; painted grounds and boxes hold text that is no figure's.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from octavo.domain.document import BlockType
from octavo.pipeline.structure.found import Found
from octavo.pipeline.structure.role_names import ROLES
from octavo.pipeline.structure.rows import Row

LEAST = 0.12
"""Mean probability that its rows are a table's: a real one with wordy cells has 0.4 and more."""
WORDY = 2
"""Letters: a figure with less text is not doubted."""
WORDY_CELLS = 35
"""Letters of a cell, on average."""
LONG_CELL = 150
MEASURED = 3
"""Values of a chart that were measured: it is believed."""
NODES, ARROWS = 3, 2
"""Of a diagram that is believed; lines without heads must be more."""
TIED = 0.8
LONG_LABEL = 100
"""Letters of a line in a chart; titles are as long."""
FEW_ROWS, FEW_COLUMNS = 4, 2
_FIGURES = frozenset({BlockType.IMAGE, BlockType.DIAGRAM, BlockType.CHART})
_ROLES_OF = {
    BlockType.TABLE: [ROLES.index("table"), ROLES.index("contents")],
    **{key: [ROLES.index("picture"), ROLES.index("table"), ROLES.index("formula")] for key in _FIGURES},
}


def doubted(found: Sequence[Found]) -> bool:
    """Whether the model should be asked."""
    return any(_is_doubted(thing) for thing in found)


def confirmed(found: tuple[Found, ...], rows: list[Row], chances: NDArray[np.float32]) -> tuple[Found, ...]:
    """Those that may stay.

    Args:
        found: Tables and figures are judged, other things stay.
        rows: Of the whole page, nothing taken out.
        chances: What the model says of these rows.
    """
    return tuple(
        thing
        for thing in found
        if not _is_doubted(thing)
        or _share(thing, rows, chances[:, _ROLES_OF[thing.type]].sum(axis=1)) >= LEAST
    )


def _is_doubted(thing: Found) -> bool:
    if thing.type is BlockType.CHART and _is_measured(thing):
        return False
    if thing.type is BlockType.DIAGRAM and _is_net(thing):
        return False
    if thing.type in _FIGURES:
        return not thing.is_named and sum(len(line.text) for line in thing.lines) > WORDY
    return thing.type is BlockType.TABLE and _may_be_none(thing)


def _is_measured(chart: Found) -> bool:
    """Marks that stand on a scale, with short words around, are no running text on a painted ground."""
    known = sum(value is not None for one in chart.body.get("series", ()) for value in one["values"])
    return known >= MEASURED and max((len(line.text) for line in chart.lines), default=0) <= LONG_LABEL


def _is_net(diagram: Found) -> bool:
    """Shapes with short words, nearly all of them tied together by arrows or many lines: no ground of a text is."""
    nodes, edges = diagram.body.get("nodes", ()), diagram.body.get("edges", ())
    linked = {end for edge in edges for end in (edge["from"], edge["to"])}
    arrows = sum(bool(edge.get("directed")) for edge in edges)
    is_tied = len(linked) >= TIED * len(nodes) and (arrows >= ARROWS or len(edges) > ARROWS)
    short = max((len(line.text) for line in diagram.lines), default=0) <= LONG_LABEL
    return len(nodes) >= NODES and is_tied and short


def _may_be_none(table: Found) -> bool:
    """Rules on all sides are sure; prose between two rules, and ticks of a chart, have been taken for tables."""
    kind, rows, columns = (table.body.get(name, 0) for name in ("kind", "n_rows", "n_cols"))
    if kind == "ruled":
        return False
    lengths = [len(cell["text"]) for cell in table.body.get("cells", ()) if cell["text"]]
    if not lengths or sum(lengths) > WORDY_CELLS * len(lengths) or max(lengths) > LONG_CELL:
        return True
    return bool(rows <= FEW_ROWS and (kind == "borderless" or columns <= FEW_COLUMNS))


def _share(thing: Found, rows: list[Row], fitting: NDArray[np.float32]) -> float:
    """Weighted with letters; 1.0 where the table has none."""
    taken = {id(word) for line in thing.lines for word in line.words}
    weights = np.array(
        [
            sum(len(word.text) for word in row.line.words if id(word) in taken) if row.line else 0
            for row in rows
        ]
    )
    return float((weights * fitting).sum() / weights.sum()) if weights.sum() else 1.0
