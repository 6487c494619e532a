"""The Word file is read back with python-docx."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from tests.exporters import strategies
from tests.exporters.everything import PICTURES, everything
from tests.exporters.samples import HEADER, block_of, document_of, page_of

from octavo.domain.document import BlockType, Document, Page
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS


def exported(document: Document, **options: str) -> bytes:
    return b"".join(EXPORTERS["docx"].render(document, Rendering(options=EXPORTERS["docx"].chosen(options))))


def opened(document: Document, **options: str) -> WordDocument:
    return docx.Document(io.BytesIO(exported(document, **options)))


def list_document(*markers: tuple[str, int]) -> Document:
    items = [{"text": "x", "marker": marker, "level": level} for marker, level in markers]
    return document_of(page_of(1, block_of(BlockType.LIST, "x", body={"items": items})))


def counts(word: WordDocument) -> list[tuple[int, str, int]]:
    """Of each entry of a list: its level, how it counts, and where its list starts."""
    numbering: Any = word.part.numbering_part.element
    found = []
    for paragraph in word.paragraphs:
        numbered: Any = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
        if numbered is None:
            continue
        num = numbering.num_having_numId(numbered.numId.val)
        level = numbered.ilvl.val
        kind = numbering.xpath(
            f"w:abstractNum[@w:abstractNumId={num.abstractNumId.val}]/w:lvl[@w:ilvl={level}]/w:numFmt/@w:val"
        )[0]
        start = num.xpath(f"w:lvlOverride[@w:ilvl={level}]/w:startOverride/@w:val")
        found.append((level, kind, int(start[0]) if start else 1))
    return found


def test_headings_have_styles_of_their_level() -> None:
    word = opened(everything())

    found = [
        (paragraph.style and paragraph.style.name, paragraph.text)
        for paragraph in word.paragraphs
        if paragraph.style and paragraph.style.name and paragraph.style.name.startswith(("Title", "Head"))
    ]
    assert found == [("Title", "Sales & growth"), ("Heading 2", "1. Details")]


def test_a_table_has_its_spans_and_its_header_on_every_page() -> None:
    table = opened(everything()).tables[0]

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Region", "Sales", "Sales", "Note"],
        ["Region", "2024", "2025", "Note"],
        ["North", "1,200.50", "1,300", "=SUM(A1)"],
        ["South <b>", "-5", "", "-"],
        ["All", "All", "1,295.50", "a | b"],
    ]
    repeated = [bool(row._tr.findall(f".//{qn('w:tblHeader')}")) for row in table.rows]
    assert repeated == [True, True, False, False, False]


def test_a_table_over_a_page_break_is_one() -> None:
    table = opened(everything()).tables[2]

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Fruit", "Stock"],
        ["Apple", "10"],
        ["Pear", "007"],
    ]


@pytest.mark.parametrize(
    ("markers", "expected"),
    [
        ([("\u2022", 0), ("\u2022", 1)], [(0, "bullet", 1), (1, "bullet", 1)]),
        ([("\u2022", 0), ("o", 1)], [(0, "bullet", 1), (1, "bullet", 1)]),
        ([("1.", 0), ("2.", 0)], [(0, "decimal", 1), (0, "decimal", 1)]),
        ([("3.", 0), ("4.", 0), ("7.", 0)], [(0, "decimal", 3), (0, "decimal", 3), (0, "decimal", 7)]),
        (
            [("1.", 0), ("a)", 1), ("b)", 1), ("2.", 0), ("a)", 1)],
            [
                (0, "decimal", 1),
                (1, "lowerLetter", 1),
                (1, "lowerLetter", 1),
                (0, "decimal", 1),
                (1, "lowerLetter", 1),
            ],
        ),
        ([("i.", 0), ("ii.", 0)], [(0, "lowerRoman", 1), (0, "lowerRoman", 1)]),
    ],
)
def test_lists_count_as_their_marks_do(
    markers: list[tuple[str, int]], expected: list[tuple[int, str, int]]
) -> None:
    assert counts(opened(list_document(*markers))) == expected


def test_two_lists_that_begin_with_one_do_not_go_on_counting() -> None:
    items = {"items": [{"text": "x", "marker": "1.", "level": 0}]}
    blocks = (block_of(BlockType.LIST, "x", index=at, body=items) for at in range(2))
    word = opened(document_of(page_of(1, *blocks)))

    numbers: list[Any] = [paragraph._p.pPr.numPr.numId.val for paragraph in word.paragraphs]  # type: ignore[union-attr]
    assert len(set(numbers)) == 2


def test_pictures_are_inside_with_what_they_show_in_words() -> None:
    word = opened(everything())

    assert [shape._inline.docPr.get("descr") for shape in word.inline_shapes] == [
        "A market [stall]",
        "",
        "A formula",
    ]
    assert round(word.inline_shapes[0].width.pt) == round(0.4 * 595)
    related = [part.blob for part in word.part.related_parts.values() if part.partname.endswith(".png")]
    assert related == [picture.content for picture in PICTURES.values()]


def test_pictures_can_be_left_out() -> None:
    word = opened(everything(), images="none")

    assert len(word.inline_shapes) == 0
    assert "A market [stall]" in [paragraph.text for paragraph in word.paragraphs]


def test_the_header_of_most_pages_is_the_header_of_the_file() -> None:
    pages = [
        page_of(
            at,
            block_of(BlockType.PAGE_HEADER, header, page=at),
            block_of(BlockType.PARAGRAPH, "x", page=at, index=1),
        )
        for at, header in enumerate(["Report", "Report", "Other"], 1)
    ]

    section = opened(document_of(*pages)).sections[0]

    assert section.header.paragraphs[0].text == "Report"
    assert section.footer.paragraphs[0].text == ""


def test_the_paper_is_that_of_the_first_page() -> None:
    wide = replace(page_of(1), width_pt=842.0, height_pt=595.0)

    section = opened(document_of(wide)).sections[0]

    assert section.page_width is not None
    assert (round(section.page_width.pt), section.orientation) == (842, WD_ORIENT.LANDSCAPE)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.page_lists)
def test_whatever_a_document_says_the_file_opens(pages: list[Page]) -> None:
    document = Document(HEADER.source, HEADER.extraction, pages, {})

    word = opened(document)

    said = "".join("".join(paragraph.text.split()) for paragraph in word.paragraphs)
    plain = [block.text for page in pages for block in page.blocks if block.type is BlockType.PARAGRAPH]
    assert all(
        "".join(word for word in text.split() if word.isalnum()) in said for text in plain if text.isalnum()
    )
    assert exported(document) == exported(document)


def test_every_part_is_named_once_and_has_a_type() -> None:
    with zipfile.ZipFile(io.BytesIO(exported(everything()))) as archive:
        names = archive.namelist()

    assert len(names) == len(set(names))
    assert "[Content_Types].xml" in names
