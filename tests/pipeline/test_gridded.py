"""The grid of a chart is no table, though its lines are ruled like one."""

from tests.pipeline.vector_pages import HEIGHT, WIDTH, Plan

from octavo.domain.document import BlockType
from octavo.domain.geometry import BBox, enclosing
from octavo.pipeline.figures.gridded import without_grids
from octavo.pipeline.structure.found import Found

NUMBERS = ("5", "4", "3", "2", "1", "0")


def ruled(*, off: float, numbers: tuple[str, ...] = NUMBERS) -> Found:
    """Six rows of 30 points; the numbers of the first column stand `off` points below the rules above them."""
    plan = Plan()
    for index, number in enumerate(numbers):
        plan.write(number, 80, 100 + 30 * index + off)
    cells = [
        {"bbox": [100 / WIDTH, (100 + 30 * row) / HEIGHT, 400 / WIDTH, (130 + 30 * row) / HEIGHT]}
        for row in range(len(numbers))
    ]
    lines = tuple(plan.lines)
    box = enclosing(
        [BBox(100 / WIDTH, 100 / HEIGHT, 400 / WIDTH, 280 / HEIGHT), *(one.bbox for one in lines)]
    )
    body = {"rows": [[number, ""] for number in numbers], "cells": cells}
    return Found(BlockType.TABLE, box, lines, "", body)


def test_an_axis_on_the_rules_makes_a_grid() -> None:
    assert without_grids((ruled(off=1.0),)) == ()


def test_numbers_between_the_rules_are_those_of_a_table() -> None:
    table = ruled(off=15.0)

    assert without_grids((table,)) == (table,)


def test_numbers_that_do_not_fall_by_even_steps_are_those_of_a_table() -> None:
    table = ruled(off=1.0, numbers=("5", "9", "3", "2", "7", "0"))

    assert without_grids((table,)) == (table,)
