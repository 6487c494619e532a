"""Text that stood in columns is set in columns again, where that is asked for."""

import io
from dataclasses import replace

import docx
from docx.oxml.ns import qn
from tests.exporters.samples import block_of, document_of, page_of

from octavo.domain.document import Block, BlockType, Page
from octavo.domain.geometry import BBox
from octavo.exporters.columns import columns_of
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS


def placed(index: int, x0: float, y0: float, x1: float, y1: float, lines: int = 6) -> Block:
    block = block_of(BlockType.PARAGRAPH, f"Text {index}.", index=index)
    return replace(block, bbox=BBox(x0, y0, x1, y1), lines=block.lines * lines)


def two_columns() -> Page:
    return page_of(
        1,
        replace(placed(0, 0.1, 0.05, 0.9, 0.1, 1), type=BlockType.HEADING, level=1),
        placed(1, 0.1, 0.12, 0.3, 0.14, 1),
        placed(2, 0.1, 0.2, 0.48, 0.4),
        placed(3, 0.1, 0.42, 0.48, 0.7),
        placed(4, 0.52, 0.2, 0.9, 0.7),
        placed(5, 0.1, 0.75, 0.9, 0.9),
    )


def names(page: Page) -> dict[str, int]:
    texts = {block.id: block.text for block in page.blocks}
    return {texts[id_]: count for id_, count in columns_of(page).items()}


def test_what_stands_side_by_side_is_in_columns_and_what_stands_above_is_not() -> None:
    assert names(two_columns()) == {"Text 2.": 2, "Text 3.": 2, "Text 4.": 2}


def test_three_columns_are_three() -> None:
    page = page_of(1, *(placed(n, 0.06 + 0.31 * n, 0.1, 0.32 + 0.31 * n, 0.8) for n in range(3)))

    assert set(names(page).values()) == {3}


def test_labels_beside_their_values_are_no_columns() -> None:
    page = page_of(1, placed(0, 0.1, 0.1, 0.3, 0.12, 1), placed(1, 0.6, 0.1, 0.9, 0.12, 1))

    assert names(page) == {}


def test_a_page_of_one_column_has_none() -> None:
    assert names(page_of(1, placed(0, 0.1, 0.1, 0.9, 0.5), placed(1, 0.1, 0.5, 0.7, 0.9))) == {}


def test_the_word_file_has_a_section_for_each_number_of_columns() -> None:
    exporter = EXPORTERS["docx"]
    rendering = Rendering(options=exporter.chosen({"columns": "kept"}))
    word = docx.Document(io.BytesIO(b"".join(exporter.render(document_of(two_columns()), rendering))))

    counts = [
        [columns.get(qn("w:num")) for columns in section._sectPr.findall(qn("w:cols"))]
        for section in word.sections
    ]

    assert counts == [[], ["2"], []]
    assert [paragraph.text for paragraph in word.paragraphs if paragraph.text] == [
        f"Text {number}." for number in range(6)
    ]
