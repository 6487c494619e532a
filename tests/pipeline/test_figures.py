"""Which parts of a page are figures, and which are not."""

import numpy as np
import pytest
from tests.pipeline.drawings import DPI, HEIGHT, WIDTH, Sheet
from tests.pipeline.test_charts import columns

from octavo.domain.document import BlockType, Region
from octavo.domain.drawing import Path
from octavo.domain.geometry import BBox
from octavo.pipeline.figures.find import find_figures
from octavo.pipeline.sight import Sight
from octavo.ports.engines import PageImage

SENTENCE = "the quick brown fox jumps over the lazy dog once more today"


def prose(sheet: Sheet, *, x: float = 480, y: float = 60, rows: int = 12) -> None:
    for row in range(rows):
        sheet.write(SENTENCE, x, y + 26 * row)


def drawn(sheet: Sheet, paths: tuple[Path, ...]) -> Sight:
    return Sight(sheet.sight().image, lambda: paths)


def rectangle(
    x0: float, y0: float, x1: float, y1: float, *, fill: tuple[int, int, int] | None = None
) -> Path:
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    points = tuple((x / WIDTH, y / HEIGHT) for x, y in corners)
    return Path(points, is_closed=True, stroke=(0, 0, 0), fill=fill, width_pt=1)


def stroke(*points: tuple[float, float]) -> Path:
    places = tuple((x / WIDTH, y / HEIGHT) for x, y in points)
    return Path(places, is_closed=False, stroke=(0, 0, 0), fill=None, width_pt=1)


def photograph(sheet: Sheet, box: tuple[int, int, int, int]) -> None:
    from PIL import Image

    noise = np.random.default_rng(1).integers(0, 255, (12, 16, 3), dtype=np.uint8)
    size = (box[2] - box[0], box[3] - box[1])
    sheet.image.paste(Image.fromarray(noise).resize(size, Image.Resampling.BICUBIC), box[:2])


@pytest.mark.parametrize("deep", [False, True])
def test_running_text_is_no_figure(*, deep: bool) -> None:
    sheet = Sheet()
    prose(sheet, rows=20)

    assert find_figures(sheet.page(), sheet.sight(), (), deep=deep) == ()


def test_a_photograph_on_a_scan_is_found_and_the_text_around_it_left_alone() -> None:
    sheet = Sheet()
    prose(sheet, rows=5)
    photograph(sheet, (300, 300, 700, 600))

    found = find_figures(sheet.page(), sheet.sight(), (), deep=True)

    assert [one.type for one in found] == [BlockType.IMAGE]
    assert found[0].body == {"image_type": "photo"}
    assert found[0].lines == ()
    assert found[0].bbox.to_list() == pytest.approx([0.3, 300 / HEIGHT, 0.7, 600 / HEIGHT], abs=0.01)


def test_a_chart_takes_its_labels_along_and_leaves_the_paragraph_below() -> None:
    sheet = columns({"Plan": ("#4472c4", [80.0, 35.0, 61.0, 12.0])}, 100)
    sheet.write(SENTENCE + " " + SENTENCE, 480, 680, size=14)

    found = find_figures(sheet.page(), sheet.sight(), (), deep=True)

    assert [one.type for one in found] == [BlockType.CHART]
    assert {"North", "South", "East", "West", "100", "0", "Plan"} <= set(found[0].text.split())
    assert "quick" not in found[0].text


def test_without_deep_a_chart_is_an_image() -> None:
    sheet = columns({"Plan": ("#4472c4", [80.0, 35.0, 61.0, 12.0])}, 100)

    found = find_figures(sheet.page(), sheet.sight(), (), deep=False)

    assert [one.type for one in found] == [BlockType.IMAGE]
    assert "North" in found[0].body["embedded_text"]


def test_a_drawn_diagram_is_found_by_its_paths() -> None:
    sheet = Sheet()
    sheet.box("Order", 250, 200)
    sheet.box("Ship goods", 650, 200)
    sheet.arrow((326, 200), (574, 200))
    head = stroke((558, 193), (574, 200), (558, 207))
    paths = (
        rectangle(175, 170, 325, 230),
        rectangle(575, 170, 725, 230),
        stroke((326, 200), (574, 200)),
        head,
    )

    found = find_figures(sheet.page(is_scan=False), drawn(sheet, paths), (), deep=True)

    assert [one.type for one in found] == [BlockType.DIAGRAM]
    assert len(found[0].body["edges"]) == 1
    assert {line.text for line in found[0].lines} == {"Order", "Ship goods"}


def test_a_box_around_a_paragraph_is_no_figure() -> None:
    sheet = Sheet()
    prose(sheet, y=100, rows=6)
    frame = rectangle(120, 80, 860, 260, fill=(230, 240, 250))

    assert find_figures(sheet.page(is_scan=False), drawn(sheet, (frame,)), (), deep=False) == ()


def test_rules_and_underlines_are_no_figures() -> None:
    sheet = Sheet()
    prose(sheet, rows=8)
    rules = tuple(stroke((120, 70 + 26 * row), (800, 70 + 26 * row)) for row in range(8))

    assert find_figures(sheet.page(is_scan=False), drawn(sheet, rules), (), deep=False) == ()


def test_a_table_found_before_is_not_found_again() -> None:
    sheet = columns({"Plan": ("#4472c4", [80.0, 35.0, 61.0, 12.0])}, 100)

    assert find_figures(sheet.page(), sheet.sight(), (BBox(0.0, 0.0, 1.0, 1.0),), deep=False) == ()


def test_words_read_from_a_picture_go_with_it() -> None:
    sheet = Sheet()
    photograph(sheet, (300, 300, 700, 600))
    sheet.write("Station", 500, 450)
    region = Region("image", BBox(0.3, 300 / HEIGHT, 0.7, 600 / HEIGHT))

    found = find_figures(sheet.page(regions=(region,), is_scan=False), sheet.sight(), (), deep=False)

    assert [one.body.get("embedded_text") for one in found] == ["Station"]


def test_a_page_without_drawings_is_never_looked_at() -> None:
    sheet = Sheet()
    prose(sheet)
    asked: list[float] = []

    def image(dpi: float) -> PageImage:
        asked.append(dpi)
        return PageImage(np.full((HEIGHT, WIDTH, 3), 255, np.uint8), DPI)

    find_figures(sheet.page(is_scan=False), Sight(image, tuple), (), deep=True)

    assert asked == []
