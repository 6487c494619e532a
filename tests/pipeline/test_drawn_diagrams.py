"""Diagrams that are drawn with paths: shapes, lines and heads are taken as they are."""

from typing import Any

from tests.pipeline.vector_pages import Plan

from octavo.domain.document import BlockType
from octavo.domain.geometry import BBox
from octavo.pipeline.figures.diagrams.read import read_drawn_diagram
from octavo.pipeline.figures.find import find_figures
from octavo.pipeline.figures.view import View

WHOLE = BBox(0.0, 0.0, 1.0, 1.0)
Edge = tuple[str, str, bool]


def body_of(plan: Plan) -> dict[str, Any] | None:
    page = plan.page()
    diagram = read_drawn_diagram(View.of(WHOLE, page.lines, page, plan.sight()))
    return diagram.body if diagram else None


def edges_of(plan: Plan) -> set[Edge]:
    body = body_of(plan)
    assert body is not None, "no diagram was found in the paths"
    names = {node["id"]: node["text"] for node in body["nodes"]}
    return {(names[edge["from"]], names[edge["to"]], edge["directed"]) for edge in body["edges"]}


def two_boxes() -> Plan:
    plan = Plan()
    plan.box("Order", 150, 100)
    plan.box("Ship goods", 400, 100)
    return plan


def test_an_arrow_runs_to_its_head() -> None:
    plan = two_boxes()
    plan.draw((360, 100), (198, 100))
    plan.arrow_head(190, 100, (-1, 0))

    assert edges_of(plan) == {("Ship goods", "Order", True)}


def test_a_line_without_a_head_has_no_direction() -> None:
    plan = two_boxes()
    plan.draw((190, 100), (360, 100))

    assert edges_of(plan) == {("Order", "Ship goods", False)}


def test_a_line_around_a_corner_in_pieces_is_one() -> None:
    plan = Plan()
    plan.box("Order", 150, 100)
    plan.box("Archive", 400, 250)
    plan.draw((190, 100), (400, 100))
    plan.draw((400, 100), (400, 227))
    plan.arrow_head(400, 235, (0, 1))

    assert edges_of(plan) == {("Order", "Archive", True)}


def test_dashes_are_one_line() -> None:
    plan = two_boxes()
    for start in range(190, 352, 9):
        plan.draw((start, 100), (start + 5, 100))
    plan.arrow_head(360, 100, (1, 0))

    assert edges_of(plan) == {("Order", "Ship goods", True)}


def test_lines_that_cross_stay_two() -> None:
    plan = Plan()
    for text, x, y in (("One", 100, 80), ("Two", 500, 80), ("Three", 100, 320), ("Four", 500, 320)):
        plan.box(text, x, y)
    plan.draw((140, 95), (460, 305))
    plan.draw((140, 305), (460, 95))

    assert {frozenset(edge[:2]) for edge in edges_of(plan)} == {
        frozenset(("One", "Four")),
        frozenset(("Three", "Two")),
    }


def test_a_line_that_begins_at_the_tip_of_another_arrow_has_no_head_there() -> None:
    plan = Plan()
    for text, x, y in (("Start", 100, 100), ("Check", 300, 100), ("Stop", 300, 250)):
        plan.box(text, x, y)
    plan.draw((140, 115), (254, 115))
    plan.arrow_head(262, 115, (1, 0))
    plan.draw((262, 116), (262, 227))
    plan.arrow_head(262, 235, (0, 1))

    assert edges_of(plan) == {("Start", "Check", True), ("Check", "Stop", True)}


def test_words_on_a_line_are_its_label() -> None:
    plan = two_boxes()
    plan.draw((190, 100), (360, 100))
    plan.write("paid", 275, 93)

    body = body_of(plan)

    assert body is not None
    assert [edge["label"] for edge in body["edges"]] == ["paid"]


def test_the_bands_of_a_shading_are_no_nodes() -> None:
    plan = two_boxes()
    for band in range(10):
        plan.paint(110, 85, 190, 115 - 3 * band, (60 + 10 * band, 120, 200))
    plan.draw((190, 100), (360, 100))

    assert edges_of(plan) == {("Order", "Ship goods", False)}


def test_boxes_with_numbers_only_are_bars() -> None:
    plan = Plan()
    plan.box("12", 150, 100)
    plan.box("30", 400, 100)
    plan.draw((190, 100), (360, 100))

    assert body_of(plan) is None


def test_a_drawn_diagram_is_told_without_its_pixels() -> None:
    plan = two_boxes()
    plan.draw((190, 100), (300, 140), (352, 104))
    plan.arrow_head(360, 100, (0.89, -0.45))

    found = find_figures(plan.page(), plan.sight(), (), deep=True)

    assert [one.type for one in found] == [BlockType.DIAGRAM]
