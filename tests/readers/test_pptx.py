"""Slides are read exactly: titles, lists, tables, pictures, notes, in reading order."""

import io
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Emu, Inches

from octavo.adapters.readers.table import inspect_source
from octavo.domain.document import BlockType
from tests.readers.pptx_samples import (
    BLANK,
    COMPARISON,
    TITLE,
    TITLE_AND_CONTENT,
    TITLE_ONLY,
    A,
    loaded,
    node,
    only,
    said,
    slide_page,
    text_box,
)


def test_a_title_slide_names_the_document(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        slide.shapes.title.text = "Annual\vreport"
        slide.placeholders[1].text = "By the board"

    page = slide_page(tmp_path / "x.pptx", draw, TITLE)

    title, subtitle = page.blocks
    assert (title.type, title.text, title.level, title.role) == (
        BlockType.HEADING,
        "Annual report",
        1,
        "title",
    )
    assert (subtitle.type, subtitle.role) == (BlockType.PARAGRAPH, "subtitle")
    assert (page.name, page.width_pt, page.height_pt) == ("Annual report", 720.0, 540.0)
    assert all(block.verified and block.bbox is not None for block in page.blocks)


def test_a_body_is_a_list_with_levels_that_its_master_gives_bullets(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        slide.shapes.title.text = "Plan"
        frame = slide.placeholders[1].text_frame
        frame.text = "First"
        for text, level in (("Inner", 1), ("Second", 0)):
            paragraph = frame.add_paragraph()
            paragraph.text, paragraph.level = text, level

    page = slide_page(tmp_path / "x.pptx", draw, TITLE_AND_CONTENT)

    listed = only(page, BlockType.LIST)
    assert [(one["text"], one["level"], one["marker"]) for one in listed.body["items"]] == [
        ("First", 0, "•"),
        ("Inner", 1, "\u2013"),
        ("Second", 0, "•"),
    ]
    assert page.blocks[0].role is None, "a slide's title is the document's only on a title slide"


def test_numbers_are_counted_and_paragraphs_without_bullets_stand_alone(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        frame = slide.placeholders[1].text_frame
        frame.text = "Steps:"
        kinds = [("buNone", {}), *[("buAutoNum", {"type": "alphaLcParenR", "startAt": "2"})] * 2]
        for index, (kind, attributes) in enumerate(kinds):
            paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
            if index:
                paragraph.text = f"Step {index}"
            etree.SubElement(paragraph._p.get_or_add_pPr(), f"{{{A}}}{kind}", attributes)

    page = slide_page(tmp_path / "x.pptx", draw, TITLE_AND_CONTENT)

    paragraph, listed = page.blocks
    assert paragraph.text == "Steps:"
    assert listed.body["ordered"] is True
    assert [one["marker"] for one in listed.body["items"]] == ["b)", "c)"]
    assert paragraph.bbox is not None
    assert listed.bbox is not None
    assert paragraph.bbox.y1 <= listed.bbox.y0, "the shape's box is divided among them"


def test_columns_are_read_one_after_another_whatever_was_drawn_first(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        for index, text in ((4, "R body"), (3, "R head"), (2, "L body"), (1, "L head")):
            slide.placeholders[index].text = text
        slide.shapes.title.text = "Both"

    page = slide_page(tmp_path / "x.pptx", draw, COMPARISON)

    assert [block.text for block in page.blocks] == ["Both", "L head", "L body", "R head", "R body"]


def test_cards_are_read_row_by_row_and_forms_line_by_line(tmp_path: Path) -> None:
    def cards(slide: Any) -> None:
        for index, text in ((3, "D"), (0, "A"), (2, "C"), (1, "B")):
            text_box(slide, text, 1 + 3 * (index % 2), 1 + 2 * (index // 2), 2, 1)

    def form(slide: Any) -> None:
        for row, (name, value) in enumerate((("Name", "Ann"), ("Age", "40"), ("City", "Bern"))):
            text_box(slide, value, 6, 1 + 0.6 * row)
            text_box(slide, name, 1, 1 + 0.6 * row)

    assert [block.text for block in slide_page(tmp_path / "x.pptx", cards).blocks] == ["A", "B", "C", "D"]
    assert [block.text for block in slide_page(tmp_path / "y.pptx", form).blocks] == [
        *("Name", "Ann"),
        *("Age", "40"),
        *("City", "Bern"),
    ]


def test_a_table_has_spans_headers_and_boxes_of_cells(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        table = slide.shapes.add_table(3, 3, Inches(1), Inches(1), Inches(6), Inches(3)).table
        table.columns[0].width = Inches(3)
        table.columns[1].width = table.columns[2].width = Inches(1.5)
        for row in range(3):
            for col in range(3):
                table.cell(row, col).text = f"{row}{col}"
        table.cell(0, 1).merge(table.cell(0, 2))
        table.cell(1, 0).merge(table.cell(2, 0))

    table = only(slide_page(tmp_path / "x.pptx", draw), BlockType.TABLE)

    spans = {(one["row"], one["col"]): (one["row_span"], one["col_span"]) for one in table.body["cells"]}
    assert spans == {
        (0, 0): (1, 1),
        (0, 1): (1, 2),
        (1, 0): (2, 1),
        **dict.fromkeys([(1, 1), (1, 2), (2, 1), (2, 2)], (1, 1)),
    }
    assert table.body["header_rows"] == 1
    assert table.body["headers"] == ["00", "01 02", "01 02"]
    first = next(one for one in table.body["cells"] if (one["row"], one["col"]) == (0, 0))
    assert first["bbox"] == pytest.approx([0.1, 1 / 7.5, 0.4, 2 / 7.5], abs=1e-4)


def test_a_table_is_as_large_as_its_cells_whatever_its_frame_says(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        frame = slide.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(6), Inches(3))
        frame.width, frame.height = Inches(1), Inches(1)
        frame.table.cell(0, 0).text = "x"

    table = only(slide_page(tmp_path / "x.pptx", draw), BlockType.TABLE)

    assert table.bbox is not None
    assert table.bbox.to_list() == pytest.approx([0.1, 1 / 7.5, 0.7, 4 / 7.5], abs=1e-4)


def test_pictures_keep_their_bytes_and_alt_text_and_say_they_are_cropped(tmp_path: Path) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (20, 10), "blue").save(drawn, "JPEG")

    def draw(slide: Any) -> None:
        picture = slide.shapes.add_picture(io.BytesIO(drawn.getvalue()), Inches(1), Inches(1))
        picture.crop_left = 0.25
        picture._element.nvPicPr.cNvPr.set("descr", "A blue field")

    page = slide_page(tmp_path / "x.pptx", draw)

    block = only(page, BlockType.IMAGE)
    (picture,) = page.pictures
    assert picture.content == drawn.getvalue()
    assert block.body == {"alt": "A blue field", "image": picture.to_body(), "cropped": True}
    assert not block.verified, "a picture has no text"


def test_shapes_in_groups_stand_where_the_group_puts_them(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        group = slide.shapes.add_group_shape()
        box = group.shapes.add_textbox(Inches(1), Inches(1), Inches(2), Inches(1))
        box.text_frame.text = "inside"
        group.left, group.top, group.width, group.height = Inches(5), Inches(3), Inches(4), Inches(2)

    (block,) = slide_page(tmp_path / "x.pptx", draw).blocks

    assert block.bbox is not None
    assert block.bbox.to_list() == pytest.approx([0.5, 0.4, 0.9, 2 / 3], abs=1e-4)


def test_a_turned_shape_has_the_box_around_it(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        text_box(slide, "up", 4, 3, 2, 1).rotation = 90

    (block,) = slide_page(tmp_path / "x.pptx", draw).blocks

    assert block.bbox is not None
    assert block.bbox.to_list() == pytest.approx([0.45, 2.5 / 7.5, 0.55, 4.5 / 7.5], abs=1e-4)


def test_speech_bubbles_are_callouts(tmp_path: Path) -> None:
    page = slide_page(
        tmp_path / "x.pptx",
        lambda slide: node(slide, "Mind the gap", 1, 1, MSO_SHAPE.ROUNDED_RECTANGULAR_CALLOUT),
    )

    assert said(page) == [("callout", "Mind the gap")]


def test_notes_follow_the_slide_and_feet_stand_last_on_it(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        layout = slide.slide_layout
        foot = next(one for one in layout.placeholders if one.placeholder_format.type == 15)
        slide.shapes._spTree.insert(2, etree.fromstring(etree.tostring(foot._element)))
        slide.shapes[0].text_frame.text = "Confidential"
        slide.shapes.title.text = "Facts"
        slide.notes_slide.notes_text_frame.text = "Say hello.\nSmile."

    page = slide_page(tmp_path / "x.pptx", draw, TITLE_ONLY)

    assert said(page) == [
        ("heading", "Facts"),
        ("page_footer", "Confidential"),
        ("paragraph", "Say hello.\nSmile."),
    ]
    assert page.blocks[-1].role == "notes"


def test_hidden_slides_are_read_and_hidden_shapes_are_not(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        slide._element.set("show", "0")
        text_box(slide, "shown", 1, 1)
        text_box(slide, "secret", 1, 3)._element.nvSpPr.cNvPr.set("hidden", "1")

    page = slide_page(tmp_path / "x.pptx", draw)

    assert said(page) == [("paragraph", "shown")]
    assert page.notes == ("hidden_shapes", "hidden")


def test_equations_are_formulas_and_stand_in_lines_of_text(tmp_path: Path) -> None:
    math = (
        f'<a14:m xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" xmlns:a="{A}">'
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        "<m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath></a14:m>"
    )

    def draw(slide: Any) -> None:
        alone = text_box(slide, "", 1, 1).text_frame.paragraphs[0]
        within = text_box(slide, "Here ", 1, 3).text_frame.paragraphs[0]
        for paragraph in (alone, within):
            paragraph._p.append(etree.fromstring(math))

    page = slide_page(tmp_path / "x.pptx", draw)

    formula, paragraph = page.blocks
    assert (formula.type, formula.body["latex"]) == (BlockType.FORMULA, r"\frac{a}{b}")
    assert paragraph.text == r"Here $\frac{a}{b}$"


def test_the_same_text_twice_in_one_place_has_two_ids(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        for _ in range(2):
            text_box(slide, "Shadow", 1, 1)

    page = slide_page(tmp_path / "x.pptx", draw)

    assert len({block.id for block in page.blocks}) == 2


def test_pages_are_slides_in_the_order_shown(tmp_path: Path) -> None:
    deck = Presentation()
    for text in ("one", "two"):
        text_box(deck.slides.add_slide(deck.slide_layouts[BLANK]), text, 1, 1)
    listed = deck.slides._sldIdLst
    listed.append(listed[0])
    deck.slide_width = Emu(12_192_000)
    deck.save(str(tmp_path / "x.pptx"))

    assert inspect_source(tmp_path / "x.pptx").page_count == 2
    assert [loaded(tmp_path / "x.pptx", number).blocks[0].text for number in (1, 2)] == ["two", "one"]
    assert loaded(tmp_path / "x.pptx").width_pt == 960
