"""Text layers that show letters one by one, level and slanted."""

from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.readers.samples import load_pdf_page, pdf_at, texts


def letter_by_letter(canvas: Canvas, text: str, angle: float) -> None:
    """Each letter is a text of its own, as programs write that place letters themselves."""
    canvas.saveState()
    canvas.translate(200, 300)
    canvas.rotate(angle)
    canvas.setFont("Helvetica", 10)
    for at, letter in enumerate(text):
        if letter != " ":
            canvas.drawString(stringWidth(text[:at], "Helvetica", 10), 0, letter)
    canvas.restoreState()


@pytest.mark.parametrize("angle", [0, 20, 30, 45, 60, 90])
@pytest.mark.parametrize("text", ["May", "Wed", "100", "Welding", "gamma"])
def test_letters_that_touch_are_one_word_at_any_angle(tmp_path: Path, text: str, angle: float) -> None:
    page = load_pdf_page(
        pdf_at(tmp_path / "letters.pdf", lambda canvas: letter_by_letter(canvas, text, angle))
    )

    assert [word.text for line in page.lines for word in line.words] == text.split()
    assert texts(page) == [text]
