"""Rules and frames among the paths of a page."""

from octavo.domain.drawing import Colour, Path
from octavo.pipeline.structure.drawn import drawn_of

BLACK: Colour = (0, 0, 0)
GREY: Colour = (230, 230, 230)
WHITE: Colour = (255, 255, 255)


def rectangle(
    x0: float, y0: float, x1: float, y1: float, *, stroke: Colour | None = None, fill: Colour | None = None
) -> Path:
    return Path(
        ((x0, y0), (x1, y0), (x1, y1), (x0, y1)), is_closed=True, stroke=stroke, fill=fill, width_pt=1
    )


def test_a_thin_area_is_a_rule() -> None:
    drawn = drawn_of([rectangle(0.1, 0.5, 0.9, 0.501, fill=BLACK)], 600, 800)

    assert len(drawn.across) == 1
    assert not drawn.frames
    assert not drawn.down


def test_an_upright_line_is_a_rule_down_the_page() -> None:
    line = Path(((0.5, 0.1), (0.5, 0.4)), is_closed=False, stroke=BLACK, fill=None, width_pt=0.5)

    assert len(drawn_of([line], 600, 800).down) == 1


def test_a_shaded_area_is_a_frame_without_rules() -> None:
    drawn = drawn_of([rectangle(0.1, 0.1, 0.9, 0.3, fill=GREY)], 600, 800)

    assert [frame.is_shaded for frame in drawn.frames] == [True]
    assert not drawn.across


def test_a_stroked_rectangle_is_a_frame_and_four_rules() -> None:
    drawn = drawn_of([rectangle(0.1, 0.1, 0.9, 0.3, stroke=BLACK)], 600, 800)

    assert [frame.is_shaded for frame in drawn.frames] == [False]
    assert (len(drawn.across), len(drawn.down)) == (2, 2)


def test_white_paper_and_the_whole_page_are_no_frames() -> None:
    paths = [rectangle(0.1, 0.1, 0.9, 0.3, fill=WHITE), rectangle(0, 0, 1, 1, fill=GREY)]

    assert not drawn_of(paths, 600, 800).frames


def test_a_triangle_is_no_frame() -> None:
    triangle = Path(
        ((0.1, 0.9), (0.5, 0.1), (0.9, 0.9), (0.5, 0.9)), is_closed=True, stroke=BLACK, fill=GREY, width_pt=1
    )

    assert not drawn_of([triangle], 600, 800).frames


def test_a_hostile_page_of_rules_ends() -> None:
    paths = (rectangle(0.1, 0.5, 0.9, 0.501, fill=BLACK) for _ in range(10**9))

    assert len(drawn_of(paths, 600, 800).across) < 1000
