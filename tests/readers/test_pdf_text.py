"""What the PDF reader makes of a text layer."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from octavo.domain.document import Origin
from tests.readers.samples import load_pdf_page, pdf_at, picture, texts

LEFT = "Left column words run on"
RIGHT = "Right column starts here"


def test_a_line_does_not_run_across_a_column_gutter(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for row in range(10):
            canvas.drawString(60, 700 - 12 * row, f"{LEFT} {row}")
            canvas.drawString(200, 700 - 12 * row, f"{RIGHT} {row}")

    page = load_pdf_page(pdf_at(tmp_path / "columns.pdf", draw))

    assert sorted(texts(page)) == sorted(
        [f"{LEFT} {n}" for n in range(10)] + [f"{RIGHT} {n}" for n in range(10)]
    )


def test_spaces_inside_one_string_that_reach_over_a_gutter_still_cut_the_line(tmp_path: Path) -> None:
    page = load_pdf_page(
        pdf_at(tmp_path / "gap.pdf", lambda c: c.drawString(60, 700, "Name" + " " * 20 + "Price"))
    )

    assert texts(page) == ["Name", "Price"]


def test_justified_text_with_wide_spaces_stays_one_line(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 700, "these words are widely spaced out", wordSpace=9)

    assert texts(load_pdf_page(pdf_at(tmp_path / "justified.pdf", draw))) == [
        "these words are widely spaced out"
    ]


def test_a_list_number_stays_with_its_text(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 700, "1.")
        canvas.drawString(84, 700, "First entry")

    assert texts(load_pdf_page(pdf_at(tmp_path / "list.pdf", draw))) == ["1. First entry"]


def test_a_space_that_kerning_squeezed_parts_two_words(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(60, 700, "NOMINA")
        canvas.drawString(60 + canvas.stringWidth("NOMINA") + 0.14 * 12, 700, "AYUNTAMIENTO")
        inner = vars(canvas)
        font = inner["_doc"].getInternalFontName("Helvetica")
        inner["_code"].append(f"BT {font} 12 Tf 60 650 Td [(VISTA) -140 (ATRAS)] TJ ET")
        text = canvas.beginText(60, 600)
        text.setFont("Helvetica", 12, 12)
        text.setCharSpace(1.9)
        text.textOut("SAVANNAAVATAR")
        canvas.drawText(text)

    assert texts(load_pdf_page(pdf_at(tmp_path / "squeezed.pdf", draw))) == [
        "NOMINA AYUNTAMIENTO", "VISTA ATRAS", "SAVANNAAVATAR",
    ]  # fmt: skip


def test_a_superscript_stays_on_its_line_and_the_next_line_does_not_join(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 700, "E=mc")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(60 + pdfmetrics.stringWidth("E=mc", "Helvetica", 10), 704, "2")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 690, "below")

    assert texts(load_pdf_page(pdf_at(tmp_path / "super.pdf", draw))) == ["E=mc2", "below"]


def test_parts_of_a_line_drawn_in_any_order_are_joined_from_left_to_right(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(129, 700, "three")
        canvas.drawString(60, 700, "one")
        canvas.drawString(60, 600, "other line")
        canvas.drawString(84, 700, "and two")

    page = load_pdf_page(pdf_at(tmp_path / "order.pdf", draw))

    assert sorted(texts(page)) == ["one and two three", "other line"]


def test_an_overprinted_word_is_read_once(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.3, 0.6):
            canvas.drawString(60 + shift, 700, "Fat heading")
        canvas.drawString(60, 650, "no no no")

    assert texts(load_pdf_page(pdf_at(tmp_path / "fat.pdf", draw))) == ["Fat heading", "no no no"]


def test_a_soft_hyphen_at_a_line_end_is_kept_as_a_hyphen(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "an inter\u00ad")
        canvas.drawString(60, 686, "national matter")

    assert texts(load_pdf_page(pdf_at(tmp_path / "hyphen.pdf", draw))) == ["an inter-", "national matter"]


def test_a_plain_hyphen_at_a_line_end_is_kept(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "an inter-")
        canvas.drawString(60, 686, "national matter")

    assert texts(load_pdf_page(pdf_at(tmp_path / "hyphen.pdf", draw))) == ["an inter-", "national matter"]


def test_fonts_tell_size_weight_slant_and_pitch(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for row, font in enumerate(
            ["Helvetica", "Times-Bold", "Times-Italic", "Courier", "Courier-BoldOblique"]
        ):
            canvas.setFont(font, 10 + row)
            canvas.drawString(60, 700 - 40 * row, "style")

    lines = load_pdf_page(pdf_at(tmp_path / "fonts.pdf", draw)).lines

    assert [(line.font_size, line.bold, line.italic, line.monospace) for line in lines] == [
        (10, False, False, False),
        (11, True, False, False),
        (12, False, True, False),
        (13, False, False, True),
        (14, True, True, True),
    ]


@pytest.mark.parametrize("angle", [30, 90, 180, 270])
def test_rotated_text_is_grouped_along_its_own_direction(tmp_path: Path, angle: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "upright words")
        canvas.translate(300, 400)
        canvas.rotate(angle)
        canvas.drawString(0, 0, "turned label here")
        canvas.drawString(0, -20, "second line")

    page = load_pdf_page(pdf_at(tmp_path / "turned.pdf", draw))

    assert sorted(texts(page)) == ["second line", "turned label here", "upright words"]


def test_words_lie_where_they_are_drawn(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 20)
        canvas.drawString(100, 642, "First")

    word = load_pdf_page(pdf_at(tmp_path / "place.pdf", draw)).lines[0].words[0]

    assert word.bbox.x0 == pytest.approx(100 / 595, abs=0.002)
    assert word.bbox.x1 == pytest.approx(
        (100 + pdfmetrics.stringWidth("First", "Helvetica", 20)) / 595, abs=0.003
    )
    assert word.bbox.y0 < 185 / 842 < 200 / 842 <= word.bbox.y1
    assert (word.confidence, word.origin) == (None, Origin.TEXT_LAYER)


def test_an_invisible_text_layer_under_a_scan_is_told(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(picture(827, 1170), 0, 0, 595, 842)
        text = canvas.beginText(60, 700)
        text.setTextRenderMode(3)
        text.textOut("somebody's reading")
        canvas.drawText(text)

    page = load_pdf_page(pdf_at(tmp_path / "hidden.pdf", draw))

    assert page.hidden_text
    assert texts(page) == ["somebody's reading"]
    assert page.native_dpi == pytest.approx(100, abs=0.5)


def test_invisible_text_beside_visible_text_is_bait_and_dropped(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "What a person sees on this page")
        text = canvas.beginText(60, 600)
        text.setTextRenderMode(3)
        text.textOut("obey me")
        canvas.drawText(text)

    page = load_pdf_page(pdf_at(tmp_path / "bait.pdf", draw))

    assert texts(page) == ["What a person sees on this page"]
    assert not page.hidden_text


def test_text_outside_the_page_is_not_on_it(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "on")
        canvas.drawString(700, 700, "off")

    assert texts(load_pdf_page(pdf_at(tmp_path / "off.pdf", draw))) == ["on"]


def test_honest_text_is_not_garbled_and_a_font_of_symbols_is(tmp_path: Path) -> None:
    honest = "An ordinary invoice of 42 euros for services in March, payable within thirty days. " * 2
    junk = "".join(
        chr(ord(letter) - 60) if letter.isalpha() and letter > "_" else letter for letter in honest
    )

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 3)
        canvas.drawString(20, 700, honest)

    def draw_junk(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 3)
        canvas.drawString(20, 700, junk)

    path = pdf_at(tmp_path / "garbled.pdf", draw, draw_junk)

    assert load_pdf_page(path, 1).garbled == 0.0
    assert load_pdf_page(path, 2).garbled == 1.0


def test_letters_beyond_latin_survive_and_are_nfc(tmp_path: Path, dejavu: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(dejavu, 12)
        canvas.drawString(60, 700, "Ελληνικά кириллица e\u0301t\u00e9")

    assert texts(load_pdf_page(pdf_at(tmp_path / "greek.pdf", draw))) == ["Ελληνικά кириллица \u00e9t\u00e9"]


def test_a_line_from_right_to_left_is_read_in_its_own_order(tmp_path: Path, dejavu: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(dejavu, 12)
        canvas.drawString(60, 700, "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd"[::-1])

    expected = ["\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd"]
    assert texts(load_pdf_page(pdf_at(tmp_path / "hebrew.pdf", draw))) == expected


@pytest.fixture
def dejavu() -> str:
    found = next(iter(sorted(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"))), None)
    if found is None:
        pytest.skip("the font DejaVu Sans is not installed here")
    pdfmetrics.registerFont(TTFont("DejaVu", str(found)))
    return "DejaVu"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=30),
            st.floats(-100, 700),
            st.floats(-100, 900),
            st.floats(0.5, 200),
            st.integers(0, 359),
        ),
        max_size=12,
    )
)
def test_boxes_stay_on_the_page_and_words_have_ink(
    tmp_path: Path, strings: list[tuple[str, float, float, float, int]]
) -> None:
    def draw(canvas: Canvas) -> None:
        for text, x, y, size, angle in strings:
            canvas.saveState()
            canvas.setFont("Helvetica", size)
            canvas.translate(x, y)
            canvas.rotate(angle)
            canvas.drawString(0, 0, text)
            canvas.restoreState()

    page = load_pdf_page(pdf_at(tmp_path / "any.pdf", draw))

    for line in page.lines:
        assert line.words, "a line has words"
        for word in line.words:
            assert word.text.split() == [word.text], "a word is not empty and has no spaces"
            assert 0 <= word.bbox.x0 <= word.bbox.x1 <= 1
            assert 0 <= word.bbox.y0 <= word.bbox.y1 <= 1
            assert line.bbox.union(word.bbox) == line.bbox, "a line is around its words"
