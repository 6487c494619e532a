"""Areas of a page that a caption calls a figure."""

import pytest
from tests.pipeline.vector_pages import HEIGHT, WIDTH, Plan

from octavo.domain.document import BlockType
from octavo.domain.geometry import BBox
from octavo.pipeline.figures.find import find_figures
from octavo.pipeline.figures.framed import with_framed
from octavo.pipeline.structure.found import Found

AREA = (100.0, 60.0, 400.0, 200.0)


def plan(caption: str = "Figure 3-1 How it is called", *, at: float = 212.0) -> Plan:
    """Words in a white rectangle that was placed on the page, and a line below it."""
    sheet = Plan()
    sheet.paint(*AREA, (255, 255, 255))
    sheet.write("CREATE NAME", 150, 80)
    sheet.write("says what is made", 320, 80)
    sheet.write("ON TABLE", 150, 140)
    sheet.write("says where it is made", 320, 140)
    sheet.write(caption, 200, at)
    sheet.write("The text goes on below the figure as before", 300, 300)
    return sheet


def found(sheet: Plan, *things: Found) -> tuple[Found, ...]:
    return with_framed(things, sheet.page(), sheet.sight(), deep=False)


def thing(kind: BlockType, x0: float, y0: float, x1: float, y1: float, *, rules: str = "half_ruled") -> Found:
    box = BBox(x0 / WIDTH, y0 / HEIGHT, x1 / WIDTH, y1 / HEIGHT)
    return Found(kind, box, (), "", {"kind": rules} if kind is BlockType.TABLE else {})


def test_an_area_with_a_caption_below_is_a_figure_with_its_words() -> None:
    figures = found(plan())

    assert [one.type for one in figures] == [BlockType.IMAGE]
    assert figures[0].is_named
    assert figures[0].bbox.to_list() == pytest.approx(
        [100 / WIDTH, 60 / HEIGHT, 400 / WIDTH, 200 / HEIGHT], abs=1e-4
    )
    assert "CREATE NAME" in figures[0].text
    assert "Figure" not in figures[0].text


@pytest.mark.parametrize("caption", ["Fig. 4", "FIGURE 12: Calls", "Abbildung 2.1 Aufrufe", "Figure 7 Calls"])
def test_captions_name_figures_in_many_ways(caption: str) -> None:
    assert len(found(plan(caption))) == 1


def test_an_area_with_rounded_corners_is_one_too() -> None:
    sheet = plan()
    sheet.paths.clear()
    corners = [(110.0, 60.0), (390.0, 60.0), (400.0, 70.0), (400.0, 190.0), (390.0, 200.0), (110.0, 200.0), (100.0, 190.0), (100.0, 70.0)]  # fmt: skip
    sheet.draw(*corners, closed=True)

    assert len(found(sheet)) == 1


@pytest.mark.parametrize(
    "caption", ["Table 3-1 How it is called", "Figure 3 shows how it is called", "Figures and tables"]
)
def test_another_line_below_makes_no_figure_of_an_area(caption: str) -> None:
    assert found(plan(caption)) == ()


def test_a_caption_far_away_makes_no_figure_of_an_area() -> None:
    assert found(plan(at=260)) == ()


def test_rows_of_words_in_the_area_are_no_table() -> None:
    rows = thing(BlockType.TABLE, 110, 70, 390, 190)

    assert [one.type for one in found(plan(), rows)] == [BlockType.IMAGE]


@pytest.mark.parametrize(
    "known",
    [thing(BlockType.TABLE, 100, 60, 400, 200, rules="ruled"), thing(BlockType.CHART, 120, 70, 380, 190)],
)
def test_a_table_in_rules_or_a_chart_that_fills_the_area_stays(known: Found) -> None:
    assert found(plan(), known) == (known,)


def test_drawings_that_ran_into_each_other_are_parted_by_the_area() -> None:
    both = thing(BlockType.IMAGE, 20, 55, 420, 205)

    assert [one.is_named for one in found(plan(), both)] == [True]


def test_what_is_drawn_around_the_page_and_a_table_on_it_is_no_figure() -> None:
    table, frame = thing(BlockType.TABLE, 60, 60, 540, 160), thing(BlockType.IMAGE, 10, 10, 590, 390)

    assert found(Plan(), table, frame) == (table,)


def test_a_page_without_captions_keeps_what_was_found() -> None:
    sheet = plan("The next lines tell how it is called")
    before = find_figures(sheet.page(), sheet.sight(), (), deep=False)

    assert found(sheet, *before) == before
