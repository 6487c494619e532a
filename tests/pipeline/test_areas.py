"""What is painted on a page around its words."""

from octavo.domain.document import BlockType
from octavo.domain.drawing import Path
from octavo.domain.geometry import BBox
from octavo.domain.native import native_block
from octavo.pipeline.areas import MOST, areas_of

BLACK, BLUE, WHITE = (0, 0, 0), (0, 0, 255), (255, 255, 255)
SIZE = (1000.0, 1000.0)


def rectangle(x0: float, y0: float, x1: float, y1: float, **paint: tuple[int, int, int]) -> Path:
    points = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    return Path(points, True, paint.get("stroke"), paint.get("fill"), 1.0)


def rule(x0: float, x1: float, y: float) -> Path:
    return Path(((x0, y), (x1, y)), False, BLACK, None, 1.0)


def test_grounds_are_in_painting_order_with_their_colours() -> None:
    found = areas_of(
        [rectangle(0.1, 0.1, 0.9, 0.9, fill=BLUE), rectangle(0.2, 0.2, 0.3, 0.3, fill=WHITE)], [], *SIZE
    )

    assert [(area.color, area.bbox.x0) for area in found] == [("#0000ff", 0.1), ("#ffffff", 0.2)]


def test_white_on_white_is_nothing() -> None:
    assert areas_of([rectangle(0.2, 0.2, 0.3, 0.3, fill=WHITE)], [], *SIZE) == ()


def test_the_sides_of_a_frame_are_four_rules() -> None:
    found = areas_of([rectangle(0.1, 0.1, 0.9, 0.5, stroke=BLACK)], [], *SIZE)

    assert [min(area.bbox.width, area.bbox.height) <= 0.0025 for area in found] == [True] * 4


def test_pieces_of_one_rule_are_one() -> None:
    found = areas_of([rule(0.1 * n, 0.1 * n + 0.1, 0.5) for n in range(1, 9)], [], *SIZE)

    assert [area.bbox for area in found] == [BBox(0.1, 0.4995, 0.9, 0.5005)]


def test_what_is_drawn_in_a_chart_is_the_charts() -> None:
    chart = native_block(BlockType.CHART, page=1, index=0, text="", bbox=BBox(0.0, 0.0, 0.5, 0.5))

    found = areas_of([rectangle(0.1, 0.1, 0.2, 0.2, fill=BLUE), rule(0.6, 0.9, 0.8)], [chart], *SIZE)

    assert [area.color for area in found] == ["#000000"]


def test_a_page_full_of_rectangles_ends() -> None:
    drawn = [
        rectangle(0.01 * n, 0.01 * m, 0.01 * n + 0.009, 0.01 * m + 0.009, fill=BLUE)
        for n in range(99)
        for m in range(99)
    ]

    assert len(areas_of(drawn, [], *SIZE)) == MOST
