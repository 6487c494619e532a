"""Rows that do not flow keep their line ends; rows in the same columns are a table; prose is still joined."""

import pytest
from tests.pipeline.fakes import HEIGHT, WIDTH, line_of, paragraph_of

from octavo.domain.document import Block, BlockType, Line, Origin, Page, ReadPage
from octavo.exporters.markdown import page_markdown
from octavo.pipeline.structure.build import build_blocks

FULL = "A line that fills the whole width of the column as it is printed here, up to its"
PROSE = [FULL, FULL, "end."]


def blocks_of(lines: list[Line]) -> tuple[Block, ...]:
    return build_blocks(ReadPage(1, WIDTH, HEIGHT, tuple(lines)), verified=True)


def cells(
    *rows: tuple[str, ...], places: tuple[float, ...], y: float = 200, bold_first: bool = False
) -> list[Line]:
    """Each cell a line of its own; a place below 0 is where the cell ends."""
    return [
        line_of(
            text,
            place if place > 0 else -place - line_of(text, 0, 0).bbox.x1 * WIDTH,
            y + 14 * number,
            bold=bold_first and number == 0,
        )
        for number, row in enumerate(rows)
        for text, place in zip(row, places, strict=True)
        if text
    ]


def test_an_address_above_prose_keeps_its_lines() -> None:
    address = [
        "Kirkwater Rural Supply",
        "for the attention of Ms E. Sinclair",
        "2 Mill Lane",
        "Kirkwater KW9 3TT",
    ]

    first, second = blocks_of([*paragraph_of(address, 60, 100), *paragraph_of(PROSE, 60, 180)])

    assert first.text.split("\n") == address
    assert second.text == " ".join(PROSE), "prose is joined"


def test_two_short_lines_in_a_wide_column_stay_two_lines() -> None:
    lines = [*paragraph_of(PROSE, 60, 100), *paragraph_of(["R. Gunn, engineer", "Elgin, 5 March"], 60, 180)]

    assert blocks_of(lines)[-1].text == "R. Gunn, engineer\nElgin, 5 March"


def test_lines_of_key_and_value_stay_apart_where_they_are_equally_long() -> None:
    keyed = ["To: the workshop", "From: E. Sinclair", "Date: 20 March 25", "Re: pump 2, seals"]

    (block,) = blocks_of(paragraph_of(keyed, 60, 100))

    assert block.text.split("\n") == keyed


def test_centred_lines_are_lines() -> None:
    head = ["ISNI PETRO TRADING", "Company No: 002643278-A", "2685 JALAN GENTING KLANG ROAD"]
    lines = [line_of(text, 200 - 2.5 * len(text), 100 + 12 * n) for n, text in enumerate(head)]

    assert blocks_of([*lines, *paragraph_of(PROSE, 60, 170)])[0].text.split("\n") == head


@pytest.mark.parametrize("indent", [10, 12, 20, 36])
def test_an_indented_first_line_makes_no_centred_lines(indent: float) -> None:
    second = "Extraordinarily " + FULL
    letters = len(second) - round(indent / 2.5)
    first = line_of(("A line that fills its column, but not quite " * 3)[:letters], 60 + indent, 100)
    full = line_of(second, 60, 112)

    blocks = blocks_of([first, full, *paragraph_of(PROSE, 60, 160)])

    assert first.bbox.x1 < full.bbox.x1
    assert "\n" not in blocks[0].text


def test_verse_keeps_its_lines_and_the_prose_below_it_is_joined() -> None:
    verse = [
        "And yet your winsome faces bear,",
        "Though ye yourselves are unaware,",
        "The antidote of our despair,",
    ]

    first, second = blocks_of([*paragraph_of(verse, 60, 100), *paragraph_of(PROSE, 60, 170)])

    assert first.text.split("\n") == verse
    assert "\n" not in second.text


def set_ragged(text: str, width: float) -> list[str]:
    """Broken as a typewriter would: no word begins a line that would have fitted on the one above."""
    rows: list[str] = []
    for word in text.split():
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and line_of(longer, 0, 0).bbox.x1 * WIDTH <= width:
            rows[-1] = longer
        else:
            rows.append(word)
    return rows


@pytest.mark.parametrize("width", [90, 150, 260, 440])
def test_ragged_prose_is_joined(width: float) -> None:
    text = (
        "Those who were there tell it thus: incontrovertibly, an extraordinary multitude had assembled before "
        "dawn, though it was November, and nobody knew who had summoned them, or why."
    )

    blocks = blocks_of(paragraph_of(set_ragged(text, width), 60, 100))

    assert " ".join(block.text for block in blocks) == text


def test_justified_prose_that_holds_the_ends_of_paragraphs_is_not_cut_into_lines() -> None:
    rows = [FULL, FULL, "It ended here", FULL, FULL, FULL, "and there"]

    (block,) = blocks_of(paragraph_of(rows, 60, 100))

    assert block.text == " ".join(rows[:3]) + "\n" + " ".join(rows[3:])


def test_a_wide_gap_behind_a_full_stop_makes_no_cells_of_prose() -> None:
    lines = [
        line_of("The Lions are humanized.", 60, 100),
        line_of("We do not intend to discuss it at any length here at all", 194, 100),
        line_of("whatever the allegorical sort of painting required then. So much is sure, as is", 60, 112),
        line_of("everybody knows.", 60, 124),
    ]

    text = " ".join(block.text for block in blocks_of(lines))

    assert "\t" not in text
    assert "\n" not in text


def test_a_line_too_long_for_its_column_does_not_make_verse_of_its_paragraph() -> None:
    rows = [FULL + "/usr/share/doc/", FULL, "of them."]

    blocks = blocks_of([*paragraph_of(PROSE * 8, 60, 100), *paragraph_of(rows, 60, 420)])

    assert blocks[-1].text == " ".join(rows)


def test_one_wide_gap_in_the_last_line_makes_no_lines_of_a_paragraph() -> None:
    lines = [
        line_of("I shall capture a gazelle and dress it in your necklaces", 60, 100),
        line_of("and let it go towards the", 60, 112),
        line_of("abyss .", 210, 112),
    ]

    assert "\n" not in blocks_of(lines)[0].text


def test_exponents_and_limits_stay_in_their_line() -> None:
    lines = [
        *paragraph_of(PROSE[:2], 60, 100),
        line_of("j", 200, 118, size=6),
        line_of("j", 300, 118, size=6),
        line_of("end of it.", 60, 124),
    ]

    assert all("\n" not in block.text and "\t" not in block.text for block in blocks_of(lines))


def test_rows_with_cells_in_the_same_columns_are_a_table() -> None:
    table = cells(
        ("Supply zone", "Samples", "Trend"),
        ("Kirkwater", "1,204", "stable"),
        ("Upper Dale", "612", ""),
        ("Port Ellery", "1,388", "worse"),
        places=(60, -300, 400),
        bold_first=True,
    )

    (block,) = blocks_of(table)

    assert block.type is BlockType.TABLE
    assert block.body == {
        "headers": ["Supply zone", "Samples", "Trend"],
        "rows": [
            ["Kirkwater", "1,204", "stable"],
            ["Upper Dale", "612", ""],
            ["Port Ellery", "1,388", "worse"],
        ],
    }
    assert block.text.split("\n")[1] == "Kirkwater\t1,204\tstable"


def test_a_table_between_two_paragraphs_takes_no_line_of_them() -> None:
    table = cells(("Tea", "3.10"), ("Milk", "0.90"), ("Bread", "12.40"), places=(60, -300), y=160)
    lines = [*paragraph_of(PROSE, 60, 100), *table, *paragraph_of(PROSE, 60, 220)]

    blocks = blocks_of(lines)

    assert [block.type.value for block in blocks] == ["paragraph", "table", "paragraph"]
    assert blocks[1].body == {"headers": [], "rows": [["Tea", "3.10"], ["Milk", "0.90"], ["Bread", "12.40"]]}


def test_a_receipt_keeps_its_rows_and_its_sums_are_a_table_of_their_own() -> None:
    items = cells(
        ("2 x Sourdough loaf", "7.80"),
        ("1 x Rye crispbread", "3.25"),
        ("6 x Eggs", "2.95"),
        places=(60, -300),
    )
    sums = cells(
        ("Subtotal", "14.00"), ("Discount", "-1.00"), ("TOTAL GBP", "13.00"), places=(60, -300), y=262
    )

    first, second = blocks_of([*items, *sums])

    assert first.text.split("\n")[0] == "2 x Sourdough loaf\t7.80"
    assert second.body["rows"][2] == ["TOTAL GBP", "13.00"]


def test_one_row_with_cells_is_no_table_and_its_cells_are_parted_by_a_tab() -> None:
    (block,) = blocks_of(cells(("Calibrated by: I. Mackay", "Checked by: A. Bain"), places=(60, 300)))

    assert (block.type, block.text) == (BlockType.PARAGRAPH, "Calibrated by: I. Mackay\tChecked by: A. Bain")


def test_prose_in_two_columns_is_no_table() -> None:
    left = [
        "They were almost too excited to sleep and so she",
        "lay awake, and amused herself by building them",
    ] * 3
    right = [
        "The book was written in black letter and in Latin",
        "and nobody could read it without a good light on",
    ] * 3

    kinds = {
        block.type for block in blocks_of([*paragraph_of(left, 40, 100), *paragraph_of(right, 310, 100)])
    }

    assert kinds == {BlockType.PARAGRAPH}


def test_a_table_of_contents_keeps_its_lines() -> None:
    entries = [f"{n}.1 The chapter {'. ' * 40}{n}4" for n in range(1, 5)]

    text = "\n".join(block.text for block in blocks_of(paragraph_of(entries, 60, 100)))

    assert text.split("\n") == [" ".join(entry.split()) for entry in entries]


def test_the_title_of_a_numbered_section_is_no_cell() -> None:
    heading = cells(("2", "Methods and data"), places=(60, 86))

    (block,) = blocks_of(heading)

    assert block.text == "2 Methods and data"


def test_recognised_rows_of_uneven_size_are_a_table_too() -> None:
    sizes = (13.4, 12.9, 13.6, 12.9, 14.1)
    lines = [
        line_of(text, x, 200 + 20 * number, size=size, origin=Origin.OCR, letter=0.4)
        for number, size in enumerate(sizes)
        for text, x in ((f"{number} x Oat milk", 130.0), ("5.85", 365.0 + number))
    ]

    (block,) = blocks_of(lines)

    assert block.body["rows"][4] == ["4 x Oat milk", "5.85"]


@pytest.mark.parametrize(
    ("lines", "markdown"),
    [
        (paragraph_of(["To: the workshop", "Re: pump 2"], 60, 100), "To: the workshop  \nRe: pump 2"),
        (
            cells(("By: I. Mackay", "Checked: A. Bain"), places=(60, 300)),
            "By: I. Mackay\u2003Checked: A. Bain",
        ),
        (
            cells(("Tea", "3.10"), ("Milk", "0.90"), ("Jam", "2.40"), places=(60, -300)),
            "|  |  |\n| --- | --- |\n| Tea | 3.10 |\n| Milk | 0.90 |\n| Jam | 2.40 |",
        ),
    ],
)
def test_markdown_shows_line_ends_cells_and_tables(lines: list[Line], markdown: str) -> None:
    assert page_markdown(Page(1, WIDTH, HEIGHT, blocks_of(lines))) == markdown
