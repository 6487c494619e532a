"""The vector drawings of a PDF page, as displayed."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from octavo.adapters.readers.pdf.paths import MOST_SEGMENTS
from octavo.adapters.readers.pdf.reader import PdfKind
from octavo.domain.drawing import Path as DrawnPath
from octavo.ports.readers import Limits
from tests.readers.samples import A4, edited, loaded, pdf_at

WIDTH, HEIGHT = A4


def paths_at(path: Path) -> tuple[DrawnPath, ...]:
    with PdfKind().open(path, password=None, limits=Limits()) as reader:
        return loaded(reader, 1).paths()


def drawn(folder: Path, draw: Callable[[Canvas], object]) -> tuple[DrawnPath, ...]:
    return paths_at(pdf_at(folder / "drawn.pdf", draw))


def corners(path: DrawnPath) -> list[float]:
    return path.bbox.to_list()


def at(x0: float, y0: float, x1: float, y1: float) -> object:
    """A box in user space of A4, as fractions from the top."""
    return pytest.approx([x0 / WIDTH, (HEIGHT - y1) / HEIGHT, x1 / WIDTH, (HEIGHT - y0) / HEIGHT], abs=1e-4)


def test_a_line_keeps_its_ends_colour_and_width(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColorRGB(1, 0, 0)
        canvas.setLineWidth(2)
        canvas.line(100, 700, 300, 700)

    (line,) = drawn(tmp_path, draw)

    assert corners(line) == at(100, 700, 300, 700)
    assert (line.stroke, line.fill, line.width_pt, line.is_closed) == ((255, 0, 0), None, 2, False)
    assert len(line.points) == 2


def test_an_area_is_closed_and_has_no_line(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0, 0, 1)
        canvas.rect(50, 60, 100, 20, stroke=0, fill=1)

    (area,) = drawn(tmp_path, draw)

    assert corners(area) == at(50, 60, 150, 80)
    assert (area.stroke, area.fill, area.width_pt, area.is_closed) == (None, (0, 0, 255), 0, True)


def test_scaling_scales_the_line_width(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.scale(0.5, 0.5)
        canvas.setLineWidth(3)
        canvas.line(100, 100, 200, 100)

    (line,) = drawn(tmp_path, draw)

    assert line.width_pt == pytest.approx(1.5)
    assert corners(line) == at(50, 50, 100, 50)


def test_what_cannot_be_seen_is_left_out(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(50, 50, 10, 10, stroke=0, fill=0)
        canvas.saveState()
        canvas.setFillAlpha(0)
        canvas.rect(50, 70, 10, 10, stroke=0, fill=1)
        canvas.restoreState()
        canvas.rect(2000, 50, 10, 10, stroke=1, fill=0)
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(300, 300, 50, 50)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.line(10, 10, 20, 10)
        canvas.line(200, 320, 400, 320)
        canvas.restoreState()

    (clipped,) = drawn(tmp_path, draw)

    assert corners(clipped) == at(300, 320, 350, 320), "only what the clip lets through"


def test_a_faint_colour_is_told_as_it_shows_on_paper(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0, 0, 0)
        canvas.setFillAlpha(0.2)
        canvas.rect(50, 50, 10, 10, stroke=0, fill=1)

    (area,) = drawn(tmp_path, draw)

    assert area.fill == (204, 204, 204)


def test_curves_become_straight_pieces(tmp_path: Path) -> None:
    (circle,) = drawn(tmp_path, lambda canvas: canvas.circle(300, 400, 100))

    assert circle.is_closed
    assert len(circle.points) > 20
    for x, y in circle.points:
        radius = ((x * WIDTH - 300) ** 2 + ((1 - y) * HEIGHT - 400) ** 2) ** 0.5
        assert radius == pytest.approx(100, abs=0.5)


def test_each_sub_path_is_a_path_of_its_own(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.moveTo(10, 10)
        path.lineTo(100, 10)
        path.moveTo(10, 30)
        path.lineTo(100, 30)
        canvas.drawPath(path)

    found = drawn(tmp_path, draw)

    assert [corners(path) for path in found] == [at(10, 10, 100, 10), at(10, 30, 100, 30)]


def test_paths_in_nested_forms_stand_where_they_are_shown(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        canvas.line(0, 0, 100, 0)
        canvas.endForm()
        canvas.beginForm("outer")
        canvas.translate(100, 200)
        canvas.doForm("inner")
        canvas.endForm()
        canvas.scale(2, 2)
        canvas.doForm("outer")
        canvas.line(10, 10, 20, 10)

    inner, after = drawn(tmp_path, draw)

    assert corners(inner) == at(200, 400, 400, 400)
    assert corners(after) == at(20, 20, 40, 20), "painted in order"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_and_cropped_page_has_its_paths_as_displayed(tmp_path: Path, turn: int) -> None:
    def change(document: pikepdf.Pdf) -> None:
        document.pages[0].cropbox = pikepdf.Array([100, 100, 300, 200])
        document.pages[0].rotate(turn, relative=False)

    path = edited(pdf_at(tmp_path / "turned.pdf", lambda canvas: canvas.line(120, 110, 140, 110)), change)

    (line,) = paths_at(path)

    expected = {
        0: [0.1, 0.9, 0.2, 0.9],
        90: [0.1, 0.1, 0.1, 0.2],
        180: [0.8, 0.1, 0.9, 0.1],
        270: [0.9, 0.8, 0.9, 0.9],
    }[turn]
    assert corners(line) == pytest.approx(expected, abs=1e-4)


def test_a_map_is_cut_short(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.moveTo(10, 10)
        for step in range(MOST_SEGMENTS):
            path.lineTo(10 + step % 500, 20 + step % 7)
        canvas.drawPath(path)
        canvas.line(1, 1, 100, 1)

    assert len(drawn(tmp_path, draw)) == 1


def test_nothing_is_looked_at_until_it_is_asked_for(tmp_path: Path) -> None:
    path = pdf_at(tmp_path / "drawn.pdf", lambda canvas: canvas.line(1, 1, 100, 1))
    with PdfKind().open(path, password=None, limits=Limits()) as reader:
        page = loaded(reader, 1)

        assert page.paths() is page.paths(), "asked twice, read once"
