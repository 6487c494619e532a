"""Whether what was found as a table looks like one to the layout model, too: lists and forms have columns as well."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from octavo.domain.document import BlockType
from octavo.pipeline.structure.found import Found
from octavo.pipeline.structure.role_names import ROLES
from octavo.pipeline.structure.rows import Row

LEAST = 0.12
"""Mean probability that its rows are a table's: a real one with wordy cells has 0.4 and more."""
_AS_GOOD = tuple(ROLES.index(role) for role in ("table", "contents"))


def doubted(found: Sequence[Found]) -> bool:
    """Whether the model should be asked."""
    return any(thing.type is BlockType.TABLE for thing in found)


def confirmed(found: tuple[Found, ...], rows: list[Row], chances: NDArray[np.float32]) -> tuple[Found, ...]:
    """Those that may stay.

    Args:
        found: Tables and other things; only tables are judged.
        rows: Of the whole page, nothing taken out.
        chances: What the model says of these rows.
    """
    tabular = chances[:, _AS_GOOD].sum(axis=1)
    return tuple(
        thing for thing in found if thing.type is not BlockType.TABLE or _share(thing, rows, tabular) >= LEAST
    )


def _share(table: Found, rows: list[Row], tabular: NDArray[np.float32]) -> float:
    """Weighted with letters; 1.0 where the table has none."""
    taken = {id(word) for line in table.lines for word in line.words}
    weights = np.array(
        [
            sum(len(word.text) for word in row.line.words if id(word) in taken) if row.line else 0
            for row in rows
        ]
    )
    return float((weights * tabular).sum() / weights.sum()) if weights.sum() else 1.0
