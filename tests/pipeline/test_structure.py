"""Pages as they are made, and what should become of them."""

import pytest
from tests.pipeline.fakes import HEIGHT, WIDTH, line_of, paragraph_of

from octavo.domain.document import Block, BlockType, Line, Page, ReadPage, Region
from octavo.domain.geometry import BBox
from octavo.exporters.markdown import page_markdown
from octavo.pipeline.structure.build import build_blocks
from octavo.pipeline.structure.wording import clean, joined

LEFT = ["Lorem ipsum dolor sit amet, consectetur adip-", "iscing elit, sed do eiusmod tempor incididunt"] * 3
RIGHT = [
    "Duis aute irure dolor in reprehenderit in volup",
    "tate velit esse cillum dolore eu fugiat nulla pa",
] * 3


def read(lines: list[Line], *regions: Region) -> ReadPage:
    return ReadPage(1, WIDTH, HEIGHT, tuple(lines), regions)


def blocks_of(lines: list[Line], *regions: Region) -> tuple[Block, ...]:
    return build_blocks(read(lines, *regions), verified=True)


def kinds(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(block.type.value, block.text.split("\n")[0][:24]) for block in blocks]


def test_two_columns_under_a_title_are_read_one_after_the_other() -> None:
    title = line_of("A title across both columns of the page", 120, 80, size=16)
    lines = [*paragraph_of(RIGHT, 310, 140), title, *paragraph_of(LEFT, 60, 140)]

    blocks = blocks_of(lines)

    assert kinds(blocks) == [
        ("heading", "A title across both colu"),
        ("paragraph", "Lorem ipsum dolor sit am"),
        ("paragraph", "Duis aute irure dolor in"),
    ]
    assert "adipiscing elit" in blocks[1].text, "hyphenation at the line's end is undone"
    assert blocks[1].lines[0].words[-1].text == "adip-", "the word stays as it is printed"


def test_a_figure_across_both_columns_parts_them_into_two_bands() -> None:
    lines = [
        *paragraph_of(LEFT, 60, 100),
        *paragraph_of(RIGHT, 310, 100),
        line_of("Figure 1: A caption that runs across both of the columns, as wide as the page is", 80, 260),
        *paragraph_of([text.upper() for text in LEFT], 60, 320, size=8),
        *paragraph_of([text.upper() for text in RIGHT], 310, 320, size=8),
    ]

    order = [text for _, text in kinds(blocks_of(lines))]

    assert [text[:5] for text in order] == ["Lorem", "Duis ", "Figur", "LOREM", "DUIS "]


def test_the_cells_of_a_table_are_read_by_rows() -> None:
    rows = [
        ("Tea, black", "2", "3.10"),
        ("Milk", "1", "0.90"),
        ("Bread, whole grain", "4", "12.40"),
        ("Total", "", "16.40"),
    ]
    lines = [
        line_of(cell, x, 200 + 14 * number)
        for number, row in enumerate(rows)
        for cell, x in zip(row, (60, 300, 420), strict=True)
        if cell
    ]

    text = " ".join(block.text for block in blocks_of(lines))

    assert text.split() == [
        "Tea,",
        "black",
        "2",
        "3.10",
        "Milk",
        "1",
        "0.90",
        "Bread,",
        "whole",
        "grain",
        "4",
        "12.40",
        "Total",
        "16.40",
    ]


def test_words_a_reader_joined_across_the_gutter_are_parted() -> None:
    lines = []
    for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        one, other = line_of(left, 60, 100 + 12 * number), line_of(right, 310, 100 + 12 * number)
        lines.append(Line(one.words + other.words, one.bbox.union(other.bbox), 10.0))

    assert [text[:5] for _, text in kinds(blocks_of(lines))] == ["Lorem", "Duis "]


def test_right_to_left_columns_are_read_from_the_right() -> None:
    arabic = ["وعليه فإن الحكومة تؤكد على أهمية التعليم العام"] * 5
    lines = [*paragraph_of(arabic, 60, 100), *paragraph_of(arabic, 320, 100)]

    first, second = blocks_of(lines)

    assert first.bbox is not None
    assert second.bbox is not None
    assert first.bbox.x0 > second.bbox.x1


def test_paragraphs_end_at_white_space_and_at_indents() -> None:
    full = "A line that fills the whole width of the column as it is printed here"
    lines = [
        line_of(full, 60, 100),
        line_of("and the last of the first.", 60, 112),
        line_of(full, 60, 140),
        line_of("and the last of the second one, that fills the column up to its end", 60, 152),
        line_of("Now an indented line opens the third one of them, with no white", 75, 164),
        line_of(full, 60, 176),
    ]

    assert [len(block.lines) for block in blocks_of(lines)] == [2, 2, 2]


def test_headings_are_told_by_size_weight_and_number() -> None:
    body = ["The quick brown fox jumps over the lazy dog and runs away into the wood."] * 3
    lines = [
        line_of("1 Animals", 60, 80, size=18, bold=True),
        *paragraph_of(body, 60, 120),
        line_of("1.1 Foxes", 60, 180, size=14, bold=True),
        *paragraph_of(body, 60, 210),
        line_of("In short", 60, 265, bold=True),
        *paragraph_of(body, 60, 280),
    ]

    headings = [(block.text, block.level) for block in blocks_of(lines) if block.type is BlockType.HEADING]

    assert headings == [("1 Animals", 1), ("1.1 Foxes", 2), ("In short", 3)]


def test_bullets_and_numbers_become_lists() -> None:
    lines = [
        line_of("We need these things for the journey to the north, and more:", 60, 100),
        line_of("• a warm coat that is long enough to cover the", 70, 120),
        line_of("knees", 80, 132),
        line_of("• boots", 70, 144),
        line_of("1. Pack them well, all of them, in one bag.", 60, 180),
        line_of("2. Go.", 60, 192),
    ]

    blocks = blocks_of(lines)

    assert [block.type for block in blocks] == [BlockType.PARAGRAPH, BlockType.LIST, BlockType.LIST]
    items = [{key: item[key] for key in ("text", "marker", "level")} for item in blocks[1].body["items"]]
    assert items == [
        {"text": "a warm coat that is long enough to cover the knees", "marker": "•", "level": 0},
        {"text": "boots", "marker": "•", "level": 0},
    ]
    assert blocks[2].body["ordered"] is True
    assert blocks[2].text == "1. Pack them well, all of them, in one bag.\n2. Go."


def test_code_keeps_its_lines_and_its_indentation() -> None:
    lines = [
        line_of("def f():", 60, 100, letter=0.6, monospace=True),
        line_of("return 1", 84, 112, letter=0.6, monospace=True),
    ]

    (block,) = blocks_of(lines)

    assert (block.type, block.text) == (BlockType.CODE, "def f():\n    return 1")


def test_a_page_number_is_a_footer_and_does_not_end_up_in_a_column() -> None:
    lines = [
        *paragraph_of(LEFT * 3, 60, 100),
        *paragraph_of(RIGHT * 3, 310, 100),
        line_of("- 12 -", 290, 800),
    ]

    last = blocks_of(lines)[-1]

    assert (last.type, last.text) == (BlockType.PAGE_FOOTER, "- 12 -")


def test_a_picture_stands_where_it_is_and_has_no_text() -> None:
    lines = [*paragraph_of(LEFT, 60, 100), *paragraph_of(LEFT, 60, 500)]

    blocks = blocks_of(lines, Region("image", BBox(0.1, 0.3, 0.6, 0.5)))

    assert [block.type.value for block in blocks] == ["paragraph", "image", "paragraph"]
    assert (blocks[1].text, blocks[1].text_source.value, blocks[1].confidence) == ("", "derived", None)


def test_fragments_of_one_line_are_one_line() -> None:
    lines = [line_of("Total amount", 60, 100), line_of("due", 250, 101), line_of("31.00", 400, 99.5)]

    (block,) = blocks_of(lines)

    assert [line.text for line in block.lines] == ["Total amount due 31.00"]


def test_ids_name_the_content_and_do_not_change_between_runs() -> None:
    (block,) = blocks_of([line_of("The same for the same input", 60, 100)])

    assert block.id == "blk_2887ae289d2c"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["an exam-", "ple"], "an example"),
        (["state-of-", "the-art"], "state-of-the-art"),
        (["2010-", "2011"], "2010-2011"),
        (["Baden-", "Württemberg"], "Baden-Württemberg"),
        (["so -", "he said"], "so - he said"),
        (["soft\u00ad", "ness"], "softness"),
        (["中文的", "句子"], "中文的句子"),
        (["中文", "and English"], "中文 and English"),
    ],
)
def test_lines_are_joined_as_a_reader_would(lines: list[str], text: str) -> None:
    assert joined(lines) == text


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("plain", "plain"),
        ("a\x00b", "ab"),
        ("Cafe\u0301", "Café"),
        ("\ud800x", "\ufffdx"),
        ("ex\x02", "ex\u00ad"),
    ],
)
def test_text_is_normal_and_printable(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_a_page_becomes_the_markdown_it_always_was() -> None:
    lines = [
        line_of("2 Method", 60, 80, size=16, bold=True),
        *paragraph_of(
            ["We measured each of the animals twice, once in the", "morning and once at night."], 60, 110
        ),
        line_of("• the weight", 70, 150),
        line_of("• the length", 70, 162),
    ]
    page = Page(1, WIDTH, HEIGHT, blocks_of(lines))

    assert page_markdown(page) == (
        "# 2 Method\n\n"
        "We measured each of the animals twice, once in the morning and once at night.\n\n"
        "- the weight\n- the length"
    )
