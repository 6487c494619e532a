"""What makes a net of shapes and lines a diagram, and what only looks like one."""

from math import cos, radians, sin
from typing import Any

from tests.pipeline.drawings import Sheet
from tests.pipeline.vector_pages import BLACK, Plan

from octavo.domain.document import BlockType
from octavo.domain.geometry import BBox
from octavo.pipeline.figures.diagrams.read import Diagram, read_diagram, read_drawn_diagram
from octavo.pipeline.figures.view import View
from octavo.pipeline.structure.found import Found
from octavo.pipeline.structure.second_look import doubted

WHOLE = BBox(0.0, 0.0, 1.0, 1.0)


def drawn(plan: Plan) -> Diagram | None:
    page = plan.page()
    return read_drawn_diagram(View.of(WHOLE, page.lines, page, plan.sight()))


def seen(sheet: Sheet) -> Diagram | None:
    page = sheet.page()
    return read_diagram(View.of(WHOLE, page.lines, page, sheet.sight()))


def edges_of(diagram: Diagram | None) -> list[tuple[str, str, str | None]]:
    assert diagram is not None, "no diagram was found"
    texts = {node["id"]: node["text"] for node in diagram.body["nodes"]}
    return [(texts[edge["from"]], texts[edge["to"]], edge.get("label")) for edge in diagram.body["edges"]]


def ellipse(plan: Plan, text: str, x: float, y: float) -> None:
    rim = [(x + 60 * cos(radians(at)), y + 30 * sin(radians(at))) for at in range(0, 361, 10)]
    plan.draw(*rim, closed=True)
    plan.write(text, x, y)


def test_a_head_in_the_corner_of_an_ellipses_box_is_no_part_of_the_ellipse() -> None:
    plan = Plan()
    ellipse(plan, "Reject", 450, 120)
    ellipse(plan, "Order", 150, 260)
    way = (0.8, -0.6)
    tip = (450 - 60 * cos(radians(45)), 120 + 30 * sin(radians(45)))
    base = (tip[0] - 8 * way[0], tip[1] - 8 * way[1])
    plan.arrow_head(*tip, way)
    plan.draw((192, 238), base)

    assert edges_of(drawn(plan)) == [("Order", "Reject", None)]


def test_the_title_of_a_frame_is_no_label_of_a_line_in_it() -> None:
    plan = Plan()
    plan.draw((60, 60), (300, 60), (300, 360), (60, 360), (60, 60), closed=True)
    plan.write("Back office", 150, 70)
    plan.box("Invoice", 180, 110)
    plan.box("Archive", 180, 250)
    plan.draw((180, 125), (180, 227))
    plan.arrow_head(180, 235, (0.0, 1.0))
    plan.write("daily", 200, 180)

    assert edges_of(drawn(plan)) == [("Invoice", "Archive", "daily")]


def test_areas_of_a_map_are_no_shapes_of_a_diagram() -> None:
    plan = Plan()
    for row in range(2):
        for column in range(3):
            x, y = 40 + 170 * column, 40 + 150 * row
            plan.draw(
                (x, y + 20), (x + 80, y), (x + 168, y + 30), (x + 150, y + 90), (x + 165, y + 148), (x + 70, y + 130),
                (x + 10, y + 146), (x, y + 20), closed=True,
            )  # fmt: skip
            plan.write("Linden", x + 80, y + 80)
    plan.draw((100, 100), (300, 260), (470, 90))

    assert drawn(plan) is None


def test_a_head_that_was_read_as_a_letter_is_no_label() -> None:
    sheet = Sheet()
    sheet.box("Order", 300, 150)
    sheet.box("Invoice", 300, 400)
    sheet.arrow((300, 180), (300, 370))
    sheet.write("V", 300, 360, size=16)
    sheet.arrow((300, 180), (300, 370))

    assert edges_of(seen(sheet)) == [("Order", "Invoice", None)]


def test_numbers_in_circles_are_steps_and_no_diagram() -> None:
    plan = Plan()
    for number in range(1, 5):
        ellipse(plan, str(number), 130 * number, 150)
    for number in range(1, 4):
        plan.draw((130 * number + 60, 150), (130 * number + 70, 150), stroke=BLACK)

    assert drawn(plan) is None


def net(edges: list[dict[str, Any]], count: int) -> Found:
    sheet = Sheet()
    for number in range(count):
        sheet.write(f"Step number {number}", 300, 100 + 40 * number)
    nodes = [{"id": f"n{number}", "text": f"Step number {number}"} for number in range(count)]
    return Found(BlockType.DIAGRAM, WHOLE, sheet.page().lines, "", {"nodes": nodes, "edges": edges})


def test_shapes_tied_by_arrows_are_believed_and_boxes_side_by_side_are_not() -> None:
    arrows = [{"from": f"n{at}", "to": f"n{at + 1}", "directed": True} for at in range(3)]
    one_line = [{"from": "n0", "to": "n1", "directed": False}]

    assert not doubted([net(arrows, 4)])
    assert doubted([net(one_line, 4)])
    assert doubted([net(arrows, 9)]), "most of its shapes stand alone"
