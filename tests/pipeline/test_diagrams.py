"""Diagrams read from their pixels as nodes and edges."""

from typing import Any

from tests.pipeline.drawings import Sheet

from octavo.domain.geometry import BBox
from octavo.pipeline.figures.diagrams.read import read_diagram
from octavo.pipeline.figures.view import View

WHOLE = BBox(0.0, 0.0, 1.0, 1.0)


def body_of(sheet: Sheet) -> dict[str, Any] | None:
    page = sheet.page()
    diagram = read_diagram(View.of(WHOLE, page.lines, page, sheet.sight()))
    return diagram.body if diagram else None


def edges_of(body: dict[str, Any] | None) -> set[tuple[str, str, bool]]:
    assert body is not None, "no diagram was found"
    names = {node["id"]: node["text"] for node in body["nodes"]}
    return {(names[edge["from"]], names[edge["to"]], edge["directed"]) for edge in body["edges"]}


def two_boxes() -> Sheet:
    sheet = Sheet()
    sheet.box("Order", 250, 200)
    sheet.box("Ship goods", 650, 200)
    return sheet


def test_an_arrow_runs_from_its_tail_to_its_head() -> None:
    sheet = two_boxes()
    sheet.arrow((574, 200), (326, 200))

    body = body_of(sheet)

    assert edges_of(body) == {("Ship goods", "Order", True)}
    assert body is not None
    assert [node["shape"] for node in body["nodes"]] == ["rectangle", "rectangle"]


def test_a_plain_line_has_no_direction() -> None:
    sheet = two_boxes()
    sheet.arrow((326, 200), (574, 200), has_head=False)

    assert edges_of(body_of(sheet)) == {("Order", "Ship goods", False)}


def test_an_elbow_and_a_dashed_line_are_followed() -> None:
    sheet = two_boxes()
    sheet.box("Archive", 650, 500)
    sheet.arrow((250, 231), (250, 500), (574, 500))
    sheet.arrow((650, 231), (650, 469), dash=9)

    assert edges_of(body_of(sheet)) == {("Order", "Archive", True), ("Ship goods", "Archive", True)}


def test_lines_that_cross_are_two_edges() -> None:
    sheet = two_boxes()
    sheet.box("Left", 250, 500)
    sheet.box("Right", 650, 500)
    sheet.arrow((270, 231), (630, 469))
    sheet.arrow((630, 231), (270, 469))

    assert edges_of(body_of(sheet)) == {("Order", "Right", True), ("Ship goods", "Left", True)}


def test_a_fork_of_an_organisation_runs_from_the_one_above() -> None:
    sheet = Sheet()
    sheet.box("Director", 450, 150)
    for place, name in enumerate(("Sales", "Finance", "Support")):
        sheet.box(name, 200 + 250 * place, 450)
        sheet.arrow((200 + 250 * place, 300), (200 + 250 * place, 419), has_head=False)
    sheet.arrow((450, 181), (450, 300), has_head=False)
    sheet.arrow((200, 300), (700, 300), has_head=False)

    found = edges_of(body_of(sheet))

    assert found == {("Director", name, False) for name in ("Sales", "Finance", "Support")}


def test_a_word_beside_a_line_is_its_label() -> None:
    sheet = two_boxes()
    sheet.arrow((326, 200), (574, 200))
    sheet.write("yes", 450, 182)

    body = body_of(sheet)

    assert body is not None
    assert [edge.get("label") for edge in body["edges"]] == ["yes"]


def test_a_frame_around_shapes_is_no_node() -> None:
    sheet = two_boxes()
    sheet.draw.rectangle((120, 110, 780, 290), outline="black", width=2)
    sheet.arrow((326, 200), (574, 200))

    body = body_of(sheet)

    assert edges_of(body) == {("Order", "Ship goods", True)}


def test_painted_shapes_without_borders_are_nodes() -> None:
    sheet = Sheet()
    for text, x in (("Client", 250), ("Server", 650)):
        sheet.draw.rectangle((x - 80, 170, x + 80, 230), fill="#9dc3e6")
        sheet.write(text, x, 200)
    sheet.arrow((332, 200), (569, 200))

    assert edges_of(body_of(sheet)) == {("Client", "Server", True)}


def test_a_table_is_no_diagram() -> None:
    sheet = Sheet()
    for row in range(4):
        for column in range(4):
            x, y = 150 + 160 * column, 150 + 60 * row
            sheet.draw.rectangle((x, y, x + 160, y + 60), outline="black", width=2)
            sheet.write(f"cell {row}{column}", x + 80, y + 30)

    assert body_of(sheet) is None


def test_running_text_is_no_diagram() -> None:
    sheet = Sheet()
    for row in range(14):
        sheet.write("the quick brown fox jumps over the lazy dog once more", 480, 60 + 40 * row)

    assert body_of(sheet) is None
