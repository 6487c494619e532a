"""A Word file that looks like its pages: read back with python-docx."""

import io
from dataclasses import replace
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Length
from hypothesis import HealthCheck, given, settings
from tests.exporters import strategies
from tests.exporters.everything import everything
from tests.exporters.samples import HEADER, block_of, document_of, page_of

from octavo.domain.document import Block, BlockType, Document, Line, Origin, Page, Word
from octavo.domain.geometry import BBox
from octavo.domain.looks import Area, Look
from octavo.exporters.rendering import Rendering
from octavo.exporters.setting.arrange import Kind, arranged
from octavo.exporters.table import EXPORTERS


def opened(document: Document) -> WordDocument:
    exporter = EXPORTERS["docx"]
    rendering = Rendering(options=exporter.chosen({"layout": "page"}))
    return docx.Document(io.BytesIO(b"".join(exporter.render(document, rendering))))


def text_of(word: WordDocument) -> str:
    """All that is said anywhere: body, tables, headers, footers, and of pictures."""
    roots = [word.element.body]
    for section in word.sections:
        roots += [section.header._element, section.footer._element]
    found = [node.text or "" for root in roots for node in root.iter(qn("w:t"))]
    found += [node.get("descr") or "" for node in word.element.body.iter(qn("wp:docPr"))]
    return "".join("".join(found).split())


def set_block(
    index: int, text: str, box: tuple[float, float, float, float], look: Look, **more: Any
) -> Block:
    """Its words share the box evenly, one line for each line of the text."""
    x0, y0, x1, y1 = box
    rows = text.split("\n")
    step = (y1 - y0) / len(rows)
    lines = []
    for at, row in enumerate(rows):
        words = row.split()
        wide = (x1 - x0) / len(words)
        top, bottom = y0 + at * step, y0 + (at + 0.9) * step
        placed = tuple(
            Word(
                word,
                BBox.clamped(x0 + n * wide, top, x0 + (n + 0.9) * wide, bottom),
                None,
                Origin.TEXT_LAYER,
                look,
            )
            for n, word in enumerate(words)
        )
        lines.append(Line(placed, BBox.clamped(x0, top, x1, bottom), look.size, look.bold, look.italic))
    block = block_of(more.pop("kind", BlockType.PARAGRAPH), text, index=index, **more)
    return replace(block, bbox=BBox.clamped(*box), lines=tuple(lines))


def placed(index: int, x0: float, y0: float, x1: float, y1: float, lines: int = 6) -> Block:
    block = block_of(BlockType.PARAGRAPH, f"Text {index}.", index=index)
    return replace(block, bbox=BBox(x0, y0, x1, y1), lines=block.lines * lines)


def two_columns() -> Page:
    return page_of(
        1,
        replace(placed(0, 0.1, 0.05, 0.9, 0.1, 1), type=BlockType.HEADING, level=1),
        placed(1, 0.1, 0.12, 0.6, 0.14, 1),
        placed(2, 0.1, 0.2, 0.48, 0.4),
        placed(3, 0.1, 0.42, 0.48, 0.7),
        placed(4, 0.52, 0.2, 0.9, 0.7),
        placed(5, 0.1, 0.75, 0.9, 0.9),
    )


def bands(page: Page) -> list[tuple[Kind, list[list[str]]]]:
    return [
        (band.kind, [[one.block.text for one in column] for column in band.columns])
        for band in arranged(page, page.blocks)
    ]


def test_what_stands_side_by_side_is_in_columns_and_what_stands_above_is_not() -> None:
    assert bands(two_columns()) == [
        (Kind.FLOW, [["Text 0."]]),
        (Kind.FLOW, [["Text 1."]]),
        (Kind.COLUMNS, [["Text 2.", "Text 3."], ["Text 4."]]),
        (Kind.FLOW, [["Text 5."]]),
    ]


def test_white_that_runs_through_all_columns_by_chance_does_not_end_them() -> None:
    page = page_of(
        1,
        *(placed(n, 0.1, 0.1 + 0.2 * n, 0.48, 0.28 + 0.2 * n) for n in range(3)),
        *(placed(3 + n, 0.52, 0.1 + 0.2 * n, 0.9, 0.28 + 0.2 * n) for n in range(3)),
    )

    assert [kind for kind, _ in bands(page)] == [Kind.COLUMNS]


def test_three_columns_are_three() -> None:
    page = page_of(1, *(placed(n, 0.06 + 0.31 * n, 0.1, 0.32 + 0.31 * n, 0.8) for n in range(3)))

    assert [len(columns) for _, columns in bands(page)] == [3]


def test_labels_beside_their_values_are_no_columns() -> None:
    page = page_of(1, placed(0, 0.1, 0.1, 0.3, 0.12, 1), placed(1, 0.6, 0.1, 0.9, 0.12, 1))

    assert [kind for kind, _ in bands(page)] == [Kind.PLACED]


def test_columns_are_a_section_of_their_own() -> None:
    word = opened(document_of(two_columns()))

    counts = [
        [columns.get(qn("w:num")) for columns in section._sectPr.findall(qn("w:cols"))]
        for section in word.sections
    ]
    assert counts == [[], ["2"], []]
    assert [paragraph.text for paragraph in word.paragraphs if paragraph.text.strip()] == [
        f"Text {number}." for number in range(6)
    ]


def test_every_page_has_its_own_size() -> None:
    wide = replace(page_of(2), width_pt=842.0, height_pt=595.0)

    sections = opened(document_of(page_of(1), wide)).sections

    sizes = [(one.page_width, one.page_height) for one in sections]
    assert [(round(Length(x or 0).pt), round(Length(y or 0).pt)) for x, y in sizes] == [
        (595, 842),
        (842, 595),
    ]


def test_words_keep_their_font_size_weight_and_colour() -> None:
    plain = Look("Calibri", 9.0, bold=False, italic=False)
    strong = Look("Georgia", 14.0, bold=True, italic=True, color="#c00000")
    block = set_block(0, "plain strong", (0.1, 0.1, 0.5, 0.13), plain)
    words = block.lines[0].words
    block = replace(block, lines=(replace(block.lines[0], words=(words[0], replace(words[1], look=strong))),))

    paragraph = next(one for one in opened(document_of(page_of(1, block))).paragraphs if one.text)

    looks = [
        (one.text, one.font.name, one.font.size and one.font.size.pt, one.font.bold) for one in paragraph.runs
    ]
    assert looks == [("plain ", "Calibri", 9.0, False), ("strong", "Times New Roman", 14.0, True)]
    assert str(paragraph.runs[1].font.color.rgb) == "C00000"
    assert paragraph.runs[1].font.italic


def test_light_letters_keep_their_colour_only_on_a_dark_ground() -> None:
    look = Look("Arial", 9.0, color="#ffffff")
    dark = set_block(0, "on dark", (0.1, 0.1, 0.5, 0.13), look)
    lost = set_block(1, "on paper", (0.1, 0.3, 0.5, 0.33), look)
    page = replace(page_of(1, dark, lost), areas=(Area(BBox(0.05, 0.05, 0.95, 0.2), "#102030"),))

    found = {one.text: one.runs[0].font.color.rgb for one in opened(document_of(page)).paragraphs if one.text}

    assert {text: color and str(color) for text, color in found.items()} == {
        "on dark": "FFFFFF",
        "on paper": None,
    }


def test_a_word_that_was_hyphenated_may_be_again() -> None:
    look = Look("Arial", 10.0)
    block = set_block(0, "a hyphen-\nated word", (0.1, 0.1, 0.5, 0.14), look)
    block = replace(block, text="a hyphenated word")

    paragraph = next(one for one in opened(document_of(page_of(1, block))).paragraphs if one.text)

    assert "".join(node.text or "" for node in paragraph._p.iter(qn("w:t"))) == "a hyphenated word"
    assert len(list(paragraph._p.iter(qn("w:softHyphen")))) == 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.page_lists)
def test_whatever_a_document_says_no_text_is_lost(pages: list[Page]) -> None:
    document = Document(HEADER.source, HEADER.extraction, pages, {})

    said = text_of(opened(document))

    plain = [block.text for page in pages for block in page.blocks if block.type is BlockType.PARAGRAPH]
    assert all("".join(filter(str.isalnum, text)) in "".join(filter(str.isalnum, said)) for text in plain)


def test_every_word_of_every_kind_of_block_is_there() -> None:
    document = everything()

    said = text_of(opened(document))

    words = {word.text for page in document.pages for block in page.blocks for word in _words(block)}
    assert {word for word in words if word not in said} == set()


def _words(block: Block) -> tuple[Word, ...]:
    """Without the marks of lists, which Word counts itself."""
    marks = {item["marker"] for item in block.body.get("items", ())}
    return tuple(word for line in block.lines for word in line.words if word.text not in marks)
