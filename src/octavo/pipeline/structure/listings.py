"""Rows of a fixed pitch that carry the signs of a program: listings, whatever their place on the page."""

import re
from collections.abc import Iterator, Sequence

from octavo.pipeline.structure.rows import Row

FEWEST = 3
"""Rows in one pitch: fewer are left to the model."""
SIGNED = 0.4
"""Share of the rows with signs: letters from a typewriter have hardly any."""
_SIGN = re.compile(
    r"[{};|]|[^\W_]_[^\W_]|\w ?\(.*[\w'\")] ?\)|[=<>!]=|[^=]= |->|=>|::|</|/>|&&|^\s*(?:#|//|--|\$ )|'[^']*'"
)


def listed(rows: Sequence[Row]) -> Iterator[int]:
    """Where in `rows` the lines of listings are."""
    run: list[int] = []
    for at, row in enumerate(rows):
        if row.line is not None and row.line.monospace and not row.in_picture:
            run.append(at)
            continue
        yield from _if_listing(run, rows)
        run = []
    yield from _if_listing(run, rows)


def _if_listing(run: list[int], rows: Sequence[Row]) -> list[int]:
    signed = sum(_SIGN.search(rows[at].text) is not None for at in run)
    return run if len(run) >= FEWEST and signed >= SIGNED * len(run) else []
