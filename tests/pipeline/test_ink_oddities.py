"""Drop capitals, specks, page numbers close to the text: what print does to a scan."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.pipeline.fakes import HEIGHT, WIDTH, line_of, paragraph_of

from octavo.domain.document import Block, BlockType, Line, Origin, ReadPage
from octavo.domain.geometry import BBox
from octavo.pipeline.structure.build import build_blocks
from octavo.pipeline.structure.specks import specks

REST = [
    "they all went down to the sea, and more",
    "than that. Nobody had told them that the tide comes",
    "in at night.",
] * 2


def page_of(lines: Sequence[Line]) -> ReadPage:
    return ReadPage(1, WIDTH, HEIGHT, tuple(lines))


def blocks_of(lines: Sequence[Line]) -> tuple[Block, ...]:
    return build_blocks(page_of(lines), verified=False)


def joined_with_first(cap: Line, line: Line) -> Line:
    return Line((*cap.words, *line.words), cap.bbox.union(line.bbox), line.font_size)


def chapter(second: str = REST[0]) -> list[Line]:
    """Two lines set in beside a capital of their height, and more below."""
    return [
        line_of("HE great ship was nearing the coast, and", 92, 100),
        line_of(second, 92, 112),
        *paragraph_of(REST[1:], 60, 124),
    ]


def drop_capital(letter: str = "T") -> Line:
    return line_of(letter, 60, 100, size=22, letter=1.2)


def test_a_drop_capital_is_part_of_its_word() -> None:
    (block,) = blocks_of([drop_capital(), *chapter()])

    assert block.text.startswith("THE great ship was nearing the coast, and they all went")
    assert [word.text for word in block.lines[0].words][:2] == ["T", "HE"], "words stay as they are printed"


def test_a_drop_capital_read_with_the_second_line_goes_to_the_first() -> None:
    first, second, *rest = chapter()
    tall = joined_with_first(drop_capital(), second)

    (block,) = blocks_of([first, tall, *rest])

    assert block.text.startswith("THE great ship was nearing the coast, and they all went")


@pytest.mark.parametrize(("x", "text"), [(84, "AFTER"), (96, "A FTER")])
def test_a_capital_that_can_be_a_word_is_one_where_white_follows(x: float, text: str) -> None:
    cap = line_of("A", 60, 100, size=22, letter=1.0)
    lines = [
        line_of("FTER a while they came to the coast", x, 100),
        line_of(REST[0], x, 112),
        *paragraph_of(REST, 60, 124),
    ]

    assert blocks_of([cap, *lines])[0].text.startswith(text + " a while")


def speck(x: float, y: float, text: str = "·", size: float = 3) -> Line:
    return line_of(text, x, y, size=size, origin=Origin.OCR, confidence=0.6)


def test_a_speck_in_the_margin_is_dropped() -> None:
    lines = [*paragraph_of(REST, 60, 100), speck(20, 300), speck(560, 700, "'")]

    assert [block.text for block in blocks_of(lines)] == [block.text for block in blocks_of(lines[:-2])]
    assert specks(page_of(lines)) == tuple(lines[-2:])


@pytest.mark.parametrize(
    "mark",
    [
        speck(52, 105),
        speck(20, 300, "I"),
        speck(20, 300, "-", size=12),
        replace(line_of(".", 20, 300, size=3), font_size=3.0),
    ],
    ids=["near a line", "a letter", "as tall as a line", "of a text layer"],
)
def test_what_may_be_text_is_no_speck(mark: Line) -> None:
    assert specks(page_of([*paragraph_of(REST, 60, 100), mark])) == ()


def test_a_page_of_nothing_but_marks_keeps_them() -> None:
    assert specks(page_of([speck(20, 300)])) == ()


def test_a_page_number_close_below_the_text_is_a_footer() -> None:
    lines = [*paragraph_of(REST * 11, 60, 20), line_of("17", 300, 20 + 66 * 12 + 1)]
    page = ReadPage(1, WIDTH, HEIGHT, tuple(lines), (), notes=())

    *_, last = build_blocks(page, verified=True)

    assert (last.type, last.text) == (BlockType.PAGE_FOOTER, "17")
    assert last.bbox is not None
    assert last.bbox.y0 > BBox.clamped(0, 0.9, 0, 0.9).y0


def test_a_number_that_ends_a_paragraph_is_no_page_number() -> None:
    *_, last = blocks_of([*paragraph_of(REST * 11, 60, 20), line_of("1915", 60, 20 + 66 * 12)])

    assert last.text.endswith("1915")
    assert last.type is BlockType.PARAGRAPH


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ([line_of("SECRETS", 250, 30), line_of("15", 520, 30)], BlockType.PAGE_HEADER),
        ([line_of("26 THE CHILD OF THE MOAT", 60, 30)], BlockType.PAGE_HEADER),
        ([line_of("2 METHODS OF WORK", 60, 30)], BlockType.HEADING),
        ([line_of("A line of its own", 60, 30)], BlockType.PARAGRAPH),
    ],
)
def test_a_title_in_capitals_with_a_page_number_is_a_page_header(lines: list[Line], kind: BlockType) -> None:
    first, *_ = blocks_of([*lines, *paragraph_of(REST * 3, 60, 80)])

    assert first.type is kind
