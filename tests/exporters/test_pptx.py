"""The presentation is read back with python-pptx."""

import io
from dataclasses import replace
from typing import Any

import pptx
import pytest
from hypothesis import HealthCheck, given, settings
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.slide import Slide
from tests.exporters import strategies
from tests.exporters.everything import PICTURES, everything
from tests.exporters.samples import HEADER, block_of, document_of, page_of
from tests.exporters.test_docx_layout import set_block

from octavo.domain.document import BlockType, Document, Page
from octavo.domain.errors import InvalidRequest
from octavo.domain.geometry import BBox
from octavo.domain.looks import Area, Look
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS

EMU_PER_POINT = 12_700


def exported(document: Document, **options: str) -> bytes:
    return b"".join(EXPORTERS["pptx"].render(document, Rendering(options=EXPORTERS["pptx"].chosen(options))))


def opened(document: Document, **options: str) -> Presentation:
    return pptx.Presentation(io.BytesIO(exported(document, **options)))


def shape_of(slide: Slide, name: str) -> Any:
    return next(shape for shape in slide.shapes if shape.name == name)


def test_there_is_a_slide_for_each_page_with_its_first_heading_as_title() -> None:
    deck = opened(everything())

    titles = [slide.shapes.title and slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles == ["Sales & growth", "1. Details", None]
    assert (deck.slide_width, deck.slide_height) == (595 * EMU_PER_POINT, 842 * EMU_PER_POINT)


def test_every_block_is_at_its_place() -> None:
    document = everything()
    tolerance_emu = 1

    for page, slide in zip(document.pages, opened(document).slides, strict=True):
        for block in page.blocks:
            shapes = [shape for shape in slide.shapes if block.id in shape.name]
            for shape in shapes:
                assert block.bbox is not None
                assert abs(shape.left - block.bbox.x0 * 595 * EMU_PER_POINT) <= tolerance_emu
                assert abs(shape.top - block.bbox.y0 * 842 * EMU_PER_POINT) <= tolerance_emu
            assert shapes or block.body.get("image"), block.id


def test_text_is_as_large_as_it_is_printed() -> None:
    shape = shape_of(opened(everything()).slides[0], "paragraph blk_000000000102")

    assert shape.text_frame.paragraphs[0].runs[0].font.size.pt == 10.5


def test_a_table_is_a_table_with_its_spans() -> None:
    table = shape_of(opened(everything()).slides[0], "table blk_000000000107").table

    assert [cell.text for cell in table.rows[2].cells] == ["North", "1,200.50", "1,300", "=SUM(A1)"]
    assert (table.cell(0, 1).span_width, table.cell(0, 0).span_height) == (2, 2)
    assert table.cell(0, 2).is_spanned


def test_a_chart_shown_as_a_table_is_laid_out_for_itself_and_not_by_its_axes() -> None:
    chart = block_of(
        BlockType.CHART,
        "",
        body={
            "categories": ["2024", "2025"],
            "series": [{"name": "Ripe", "values": [1, 2]}, {"name": "Sour", "values": [3, 4]}],
        },
    )
    legend = [block_of(BlockType.PARAGRAPH, text).lines[0] for text in ("Ripe", "Sour", "2024")]
    spread = [
        replace(line, bbox=box, words=tuple(replace(word, bbox=box) for word in line.words))
        for line, box in zip(
            legend,
            (BBox(0.1, 0.1, 0.2, 0.12), BBox(0.88, 0.1, 0.9, 0.12), BBox(0.1, 0.2, 0.15, 0.3)),
            strict=True,
        )
    ]

    slide = opened(document_of(page_of(1, replace(chart, lines=tuple(spread))))).slides[0]

    table = shape_of(slide, f"table {chart.id}").table
    assert len({round(column.width / 100) for column in table.columns}) == 1
    sizes = {
        run.font.size for cell in table.iter_cells() for p in cell.text_frame.paragraphs for run in p.runs
    }
    assert len(sizes) == 1


def test_pictures_are_inside_with_what_they_show_in_words() -> None:
    deck = opened(everything())

    shape = shape_of(deck.slides[0], PICTURES[1].name)
    assert shape.image.blob == PICTURES[1].content
    assert shape._element.nvPicPr.cNvPr.get("descr") == "A market [stall]"


def test_a_diagram_without_a_picture_is_drawn_with_lines_that_hold_on_to_its_shapes() -> None:
    slide = opened(everything(), images="none").slides[1]

    nodes = {shape.shape_id: shape for shape in slide.shapes if shape.name in ("n1", "n2", "n3")}
    lines: list[Any] = [shape for shape in slide.shapes if shape.name == "edge"]
    assert [shape.text_frame.text for shape in nodes.values()] == ["Start", 'Is it "ripe"?', "Sell"]
    ends = [[nodes[int(end.get("id"))].name for end in line._element.nvCxnSpPr.cNvCxnSpPr] for line in lines]
    assert ends == [["n1", "n2"], ["n2", "n3"], ["n1", "n3"]]
    assert lines[0].begin_x < lines[0].end_x


def test_a_source_without_layout_is_refused() -> None:
    block = replace(block_of(BlockType.PARAGRAPH, "x"), bbox=None)

    with pytest.raises(InvalidRequest, match="no layout"):
        exported(document_of(page_of(1, block)))


def test_a_page_of_another_size_is_fitted_in() -> None:
    wide = replace(page_of(2), width_pt=1190.0, height_pt=842.0)

    slides = opened(document_of(page_of(1), wide)).slides

    box, page = slides[1].shapes[0], 595 * EMU_PER_POINT
    assert abs(box.left - 0.1 * page) <= 1
    assert 0.8 <= box.width / page <= 0.9 + 1e-6


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.page_lists)
def test_whatever_a_document_says_the_presentation_opens(pages: list[Page]) -> None:
    placed = [replace(page, blocks=tuple(block for block in page.blocks if block.bbox)) for page in pages]
    document = Document(HEADER.source, HEADER.extraction, placed, {})

    deck = opened(document)

    assert len(deck.slides) == len(pages)
    nodes = [node.text or "" for slide in deck.slides for node in slide.element.iter(qn("a:t"))]
    said = "".join(filter(str.isalnum, "".join(nodes)))
    plain = [one.text for page in placed for one in page.blocks if one.type is BlockType.PARAGRAPH]
    assert all("".join(filter(str.isalnum, text)) in said for text in plain)
    ids = [[shape.shape_id for shape in slide.shapes] for slide in deck.slides]
    assert all(len(found) == len(set(found)) for found in ids)
    assert exported(document) == exported(document)


def test_words_keep_their_font_weight_and_colour_on_the_ground_of_their_page() -> None:
    look = Look("Helvetica", 9.0, bold=True, italic=False, color="#ffffff")
    block = set_block(0, "on dark", (0.1, 0.1, 0.5, 0.13), look)
    page = replace(page_of(1, block), areas=(Area(BBox(0.05, 0.05, 0.95, 0.2), "#102030"),))

    ground, box = opened(document_of(page)).slides[0].shapes

    assert str(ground.fill.fore_color.rgb) == "102030"
    font = box.text_frame.paragraphs[0].runs[0].font
    assert (font.name, font.size.pt, font.bold, str(font.color.rgb)) == ("Arial", 9.0, True, "FFFFFF")
