"""What is a heading and what only looks like one."""

from tests.pipeline.fakes import HEIGHT, WIDTH, line_of, paragraph_of

from octavo.domain.document import BlockType, Line, Origin, Page, ReadPage, Region
from octavo.domain.geometry import BBox
from octavo.pipeline.assemble import assemble
from octavo.pipeline.structure.build import build_blocks

BODY = ["The quick brown fox jumps over the lazy dog and runs away into the wood."] * 5


def page_of(lines: list[Line], *regions: Region, number: int = 1) -> Page:
    read = ReadPage(number, WIDTH, HEIGHT, tuple(lines), regions)
    return Page(number, WIDTH, HEIGHT, build_blocks(read, verified=True))


def headings(*pages: Page) -> list[str]:
    return [
        block.text for page in assemble(pages) for block in page.blocks if block.type is BlockType.HEADING
    ]


def table(y: float, rows: int, size: float = 8) -> list[Line]:
    return [
        line_of(text, x, y + 14 * n, size=size)
        for n in range(rows)
        for text, x in ((f"Supply zone {n}", 60.0), (f"{n},204 samples", 220.0), (f"{n}.83 percent", 380.0))
    ]


def test_prose_beside_a_table_in_smaller_print_is_no_heading() -> None:
    prose = [
        "Netherby is the only zone with more failures than last year, and two of",
        "them were from June.",
    ]

    page = page_of(
        [line_of("4.1 Zones", 60, 80, size=13, bold=True), *table(110, 12), *paragraph_of(prose, 60, 320)]
    )

    assert headings(page) == ["4.1 Zones"]


def test_prose_beside_code_is_no_heading() -> None:
    code = [
        line_of("while not done(queue): step(queue, 17)", 80, 200 + 11 * n, size=8, monospace=True)
        for n in range(20)
    ]
    prose = paragraph_of(
        [
            "As a simple example of it, we can read from the spreadsheet by",
            "way of the driver that came with the system, or by any other one.",
        ],
        60,
        165,
    )

    assert headings(page_of([*prose, *code])) == []


def test_two_lines_that_end_a_sentence_are_no_heading_on_a_page_of_small_print() -> None:
    note = paragraph_of(BODY * 3, 60, 200, size=8)
    prose = paragraph_of(
        ["This page was left without any text by the people", "who have printed it."], 60, 120
    )

    assert headings(page_of([*prose, *note])) == []


def test_what_is_read_from_a_photograph_is_no_heading() -> None:
    plate = [
        line_of("NORTHERN PUMP", 200, 300, size=14, origin=Origin.OCR),
        line_of("SERIAL No. 71846", 200, 330, size=13, origin=Origin.OCR),
    ]
    photo = Region("image", BBox.clamped(180 / WIDTH, 280 / HEIGHT, 420 / WIDTH, 360 / HEIGHT))
    lines = [
        line_of("Findings", 60, 80, size=14),
        *paragraph_of(BODY, 60, 110),
        *plate,
        *paragraph_of(BODY, 60, 400),
    ]

    assert headings(page_of(lines, photo)) == ["Findings"]


def test_a_title_set_over_a_picture_stays_a_heading() -> None:
    banner = Region("image", BBox.clamped(0, 0.05, 1, 0.2))
    lines = [line_of("Annual report", 60, 100, size=24), *paragraph_of(BODY, 60, 300)]

    assert headings(page_of(lines, banner)) == ["Annual report"]


def test_the_headings_of_a_scan_that_came_in_strips_of_pictures_are_headings() -> None:
    strips = [Region("image", BBox.clamped(0, n / 10, 1, (n + 1) / 10)) for n in range(10)]
    body = [line_of(BODY[0], 60, 140 + 12 * n, origin=Origin.OCR) for n in range(12)]

    assert headings(page_of([line_of("Chapter I", 60, 100, size=18, origin=Origin.OCR), *body], *strips)) == [
        "Chapter I"
    ]


def test_a_recognised_line_a_little_larger_than_what_follows_is_no_heading() -> None:
    sizes = [10.0, 10.4, 9.7, 10.1, 12.3, 11.6, 11.5]
    lines = [
        line_of(f"Thank you for line {n} of this", 60, 100 + 24 * n, size=size, origin=Origin.OCR)
        for n, size in enumerate(sizes)
    ]

    assert headings(page_of(lines)) == []


def test_a_large_last_line_that_opens_nothing_is_no_heading() -> None:
    lines = [*paragraph_of(BODY, 60, 100), line_of("Total of all sums", 60, 200, size=12.5)]

    assert headings(page_of(lines)) == []


def test_the_title_of_a_title_page_is_a_heading() -> None:
    author = line_of("by A. Writer of books and other things", 180, 700, size=11)

    assert headings(page_of([line_of("On Foxes", 200, 300, size=30), author])) == ["On Foxes"]


def test_two_centred_lines_of_a_title_are_one_heading() -> None:
    lines = [
        line_of("THE CHILD OF THE", 180, 80, size=20),
        line_of("MOAT", 234, 106, size=20),
        *paragraph_of(BODY, 60, 200),
    ]

    assert headings(page_of(lines)) == ["THE CHILD OF THE MOAT"]


def test_labels_of_theorems_and_proofs_name_no_section() -> None:
    lines = [
        line_of("1.2 Metric spaces", 60, 60, size=14, bold=True),
        line_of("Definition 3", 60, 100, bold=True),
        *paragraph_of(BODY, 60, 115),
        line_of("Proof:", 60, 200, bold=True),
        *paragraph_of(BODY, 60, 215),
        line_of("a) in all its parts", 60, 300, bold=True),
        *paragraph_of(BODY, 60, 315),
    ]

    assert headings(page_of(lines)) == ["1.2 Metric spaces"]


def test_the_heads_of_a_table_read_by_columns_are_no_headings() -> None:
    words = [
        "the first of many words that run on",
        "and on in a column of their own, ragged",
        "until it is done with it all.",
    ] * 2
    lines = [
        line_of("1.3.7 Features", 60, 60, size=13, bold=True),
        line_of("file type", 60, 100, bold=True),
        line_of("reaction to enter", 310, 100, bold=True),
        *paragraph_of(words, 60, 115),
        *paragraph_of(words, 310, 115),
    ]

    assert headings(page_of(lines)) == ["1.3.7 Features"]


def test_bold_entries_numbered_like_sections_are_none_where_sections_are_larger() -> None:
    pages = [
        page_of(
            [
                line_of(f"{n} {name}", 60, 140, size=16, bold=True),
                *paragraph_of(BODY, 60, 170),
                line_of("1. Precision", 60, 250, bold=True),
                *paragraph_of(BODY, 60, 265),
            ],
            number=n,
        )
        for n, name in enumerate(("Foxes", "Dogs", "Cats"), 1)
    ]

    assert headings(*pages) == ["1 Foxes", "2 Dogs", "3 Cats"]


def test_bold_numbered_lines_are_headings_where_no_section_is_larger() -> None:
    lines = [line_of("1. Introduction", 60, 80, bold=True), *paragraph_of(BODY, 60, 95)]

    assert headings(page_of(lines)) == ["1. Introduction"]


def test_what_is_as_large_as_the_documents_prose_is_no_heading_of_a_page_of_notes() -> None:
    prose = [page_of(paragraph_of(BODY, 60, 100), number=n) for n in range(1, 6)]
    notes = page_of(
        [line_of("See the chapter before", 60, 100), *paragraph_of(BODY * 3, 60, 130, size=8)], number=6
    )

    assert headings(*prose, notes) == []
