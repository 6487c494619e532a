"""Charts of slides have their exact values; connectors make diagrams of shapes."""

from pathlib import Path
from typing import Any

import pytest
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches

from octavo.domain.document import Block, BlockType
from tests.readers.pptx_samples import (
    CHART_DATA,
    arrow,
    node,
    only,
    slide_page,
    text_box,
)


def chart_block(path: Path, kind: Any, series: Any) -> Block:
    box = (Inches(1), Inches(1), Inches(6), Inches(4))
    return only(slide_page(path, lambda slide: slide.shapes.add_chart(kind, *box, series)), BlockType.CHART)


@pytest.mark.parametrize(
    ("kind", "chart_type", "grouping"),
    [
        (XL_CHART_TYPE.BAR_STACKED, "bar", "stacked"),
        (XL_CHART_TYPE.COLUMN_CLUSTERED, "column", "clustered"),
        (XL_CHART_TYPE.COLUMN_STACKED_100, "column", "percent_stacked"),
        (XL_CHART_TYPE.LINE_MARKERS, "line", None),
        (XL_CHART_TYPE.AREA, "area", None),
        (XL_CHART_TYPE.PIE, "pie", None),
        (XL_CHART_TYPE.DOUGHNUT, "doughnut", None),
        (XL_CHART_TYPE.RADAR, "radar", None),
    ],
)
def test_charts_of_every_kind_have_their_exact_values(
    tmp_path: Path, kind: Any, chart_type: str, grouping: str | None
) -> None:
    data = CHART_DATA.CategoryChartData()
    data.categories = ["Q1", "Q2", "Q3"]
    data.add_series("Sales", (1.5, None, 3))

    body = chart_block(tmp_path / "x.pptx", kind, data).body

    assert body["chart_type"] == chart_type
    assert body.get("grouping") == grouping
    assert body["categories"] == ["Q1", "Q2", "Q3"]
    assert body["series"] == [{"name": "Sales", "values": [1.5, None, 3.0]}]
    assert body["data_table"][2] == ["Q2", None]


def test_levels_of_categories_are_told_apart(tmp_path: Path) -> None:
    data = CHART_DATA.CategoryChartData()
    for name, cities in (("France", ("Paris", "Lyon")), ("Italy", ("Rome",))):
        country = data.add_category(name)
        for city in cities:
            country.add_sub_category(city)
    data.add_series("Visits", (1, 2, 3))

    body = chart_block(tmp_path / "x.pptx", XL_CHART_TYPE.COLUMN_CLUSTERED, data).body

    assert body["categories"] == ["Paris", "Lyon", "Rome"]
    assert body["category_levels"][0] == ["France", "France", "Italy"]
    assert body["data_table"][1] == ["France / Paris", 1.0]


def test_points_have_both_numbers_and_bubbles_three(tmp_path: Path) -> None:
    points, bubbles = CHART_DATA.XyChartData(), CHART_DATA.BubbleChartData()
    one, other = points.add_series("Run"), bubbles.add_series("Run")
    one.add_data_point(0.5, 2)
    other.add_data_point(0.5, 2, 9)

    scatter = chart_block(tmp_path / "x.pptx", XL_CHART_TYPE.XY_SCATTER, points).body
    bubble = chart_block(tmp_path / "y.pptx", XL_CHART_TYPE.BUBBLE, bubbles).body

    assert scatter["series"] == [{"name": "Run", "values": [2.0], "x": [0.5]}]
    assert scatter["data_table"] == [["", "Run"], [0.5, 2.0]]
    assert (bubble["chart_type"], bubble["series"][0]["sizes"]) == ("bubble", [9.0])


def test_shapes_tied_by_connectors_are_one_diagram_with_labels(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        start = node(slide, "Start", 0.5, 2)
        check = node(slide, "Fits?", 4, 2, MSO_SHAPE.DIAMOND)
        end = node(slide, "Done", 7.5, 2)
        arrow(slide, start, check, tail="")
        arrow(slide, end, check, head="triangle", tail="")
        text_box(slide, "yes", 6.2, 2.15, 0.6, 0.3)
        text_box(slide, "A remark far away", 1, 6)

    page = slide_page(tmp_path / "x.pptx", draw)

    diagram = only(page, BlockType.DIAGRAM)
    assert [(one["text"], one["shape"]) for one in diagram.body["nodes"]] == [
        ("Start", "rectangle"),
        ("Fits?", "diamond"),
        ("Done", "rectangle"),
    ]
    assert diagram.body["edges"] == [
        {"from": "n1", "to": "n2", "directed": False},
        {"from": "n2", "to": "n3", "directed": True, "label": "yes"},
    ]
    assert diagram.text == "Start\nFits?\nDone\nyes"
    assert [block.text for block in page.blocks if block is not diagram] == ["A remark far away"]


def test_a_connector_that_only_touches_two_shapes_ties_them_less_surely(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        arrow(slide, node(slide, "A", 1, 1), node(slide, "B", 5, 1), glued=False)

    (edge,) = only(slide_page(tmp_path / "x.pptx", draw), BlockType.DIAGRAM).body["edges"]

    assert (edge["from"], edge["to"], edge["directed"]) == ("n1", "n2", True)
    assert edge["confidence"] < 1


def test_an_end_between_two_shapes_ties_nothing(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        first, last = node(slide, "A", 1, 1), node(slide, "B", 5, 1)
        line = arrow(slide, first, last, glued=False)
        twin = node(slide, "C", 5, 1)
        assert line.end_x == twin.left

    page = slide_page(tmp_path / "x.pptx", draw)

    assert {block.type for block in page.blocks} == {BlockType.PARAGRAPH}
