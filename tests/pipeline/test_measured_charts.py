"""A chart that was measured is believed, whatever the layout model makes of its words."""

from typing import Any

import numpy as np
from tests.pipeline.fakes import line_of

from octavo.domain.document import BlockType
from octavo.domain.geometry import BBox
from octavo.pipeline.structure.found import Found
from octavo.pipeline.structure.second_look import confirmed, doubted

LINES = tuple(
    line_of(name, 100, 100 + 20 * at) for at, name in enumerate(("Germany", "Portugal", "Bulgaria"))
)


def chart(values: list[float | None], lines: tuple[Any, ...] = LINES) -> Found:
    body = {"chart_type": "column", "categories": [], "series": [{"values": values}]}
    return Found(BlockType.CHART, BBox(0.1, 0.1, 0.9, 0.5), lines, "names", body, 0.9)


def test_a_chart_with_values_stays_without_asking() -> None:
    found = (chart([1.0, 2.0, 3.0]),)

    assert not doubted(found)
    assert confirmed(found, [], np.zeros((0, 32), np.float32)) == found


def test_a_chart_without_values_is_doubted() -> None:
    assert doubted((chart([None, 2.0, None]),))


def test_running_text_in_what_seems_a_chart_is_doubted() -> None:
    long = line_of(
        "a sentence that goes on and on and is by no means the name of a column " * 2, 20, 100, size=4
    )

    assert doubted((chart([1.0, 2.0, 3.0], (*LINES, long)),))
