"""The layout model may doubt a table or figure that was found."""

import numpy as np
from tests.pipeline.fakes import HEIGHT, WIDTH, line_of

from octavo.domain.document import BlockType, ReadPage
from octavo.domain.geometry import BBox
from octavo.pipeline.structure.found import Found
from octavo.pipeline.structure.role_names import ROLES
from octavo.pipeline.structure.rows import to_rows
from octavo.pipeline.structure.second_look import confirmed
from octavo.pipeline.structure.segments import to_segments

LINES = (line_of("first row of it", 60, 60), line_of("second row of it", 60, 74))
ROWS = to_rows(to_segments(ReadPage(1, WIDTH, HEIGHT, LINES)), 0)


def found(kind: BlockType) -> Found:
    return Found(kind, BBox(0.1, 0.05, 0.9, 0.12), LINES, "")


def chances(role: str) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    table = np.full((2, len(ROLES) + 1), 0.01, np.float32)
    table[:, ROLES.index(role)] = 0.9
    return table


def test_a_table_of_list_entries_is_no_table() -> None:
    assert confirmed((found(BlockType.TABLE),), ROWS, chances("list_item")) == ()


def test_a_table_that_looks_like_one_stays() -> None:
    table = found(BlockType.TABLE)

    assert confirmed((table,), ROWS, chances("table")) == (table,)


def test_a_painted_ground_of_a_heading_is_no_figure() -> None:
    assert confirmed((found(BlockType.IMAGE),), ROWS, chances("heading")) == ()


def test_a_formula_is_not_doubted() -> None:
    formula = found(BlockType.FORMULA)

    assert confirmed((formula,), ROWS, chances("paragraph")) == (formula,)
