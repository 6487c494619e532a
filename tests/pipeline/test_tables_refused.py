"""What stands side by side and is no table."""

from tests.pipeline.fakes import paragraph_of
from tests.pipeline.table_pages import Sheet

PROSE = [
    "The report describes how the two",
    "institutes compared the samples",
    "that had been taken in spring and",
    "what they found in each of them.",
    "Most of the samples were clean,",
    "and only a few had to be taken",
    "again in summer by the same team.",
]


def test_two_columns_of_prose() -> None:
    sheet = Sheet()
    sheet.lines = paragraph_of(PROSE, 60, 100) + paragraph_of(PROSE[::-1], 320, 100)

    assert sheet.tables() == ()


def test_two_columns_of_prose_between_the_rules_of_header_and_footer() -> None:
    sheet = Sheet()
    sheet.lines = paragraph_of(PROSE * 3, 60, 100) + paragraph_of(PROSE[::-1] * 3, 320, 100)
    sheet.across(60, 530, 80, 760)

    assert sheet.tables() == ()


def test_a_list_with_marks() -> None:
    sheet = Sheet()
    sheet.rows([[f"{number}.", f"wash part number {number} well"] for number in range(1, 8)], (60, 100), 100)

    assert sheet.tables() == ()


def test_a_form_of_names_and_values() -> None:
    sheet = Sheet()
    fields = [
        ["Name:", "Ada Lovelace"],
        ["Street:", "12 High Street"],
        ["Town:", "London"],
        ["Number:", "471102"],
    ]
    sheet.rows(fields, (60, 200), 100)

    assert sheet.tables() == ()


def test_contents_with_dots() -> None:
    sheet = Sheet()
    for at, (title, page) in enumerate([("Scope", 3), ("Terms", 5), ("Method", 9), ("Results", 14)]):
        sheet.text(title, 60, 100 + 16 * at)
        sheet.text(". " * 30, 130, 100 + 16 * at)
        sheet.text(str(page), 480, 100 + 16 * at)

    assert sheet.tables() == ()


def test_contents_without_dots() -> None:
    sheet = Sheet()
    entries = [["1", "Scope", "3"], ["2", "Terms", "3"], ["3", "Method", "9"], ["4", "Results", "14"]]
    sheet.rows(entries, (60, 100, 480), 100)

    assert sheet.tables() == ()


def test_equations_with_their_numbers() -> None:
    sheet = Sheet()
    rows = [["a = b + c", "x = 1", "(1)"], ["b = c + d", "y = 2", "(2)"], ["c = d + e", "z = 3", "(3)"]]
    sheet.rows(rows, (60, 200, 480), 100)

    assert sheet.tables() == ()


def test_a_chart_with_a_grid_and_a_curve() -> None:
    sheet = Sheet()
    for at in range(6):
        sheet.text(str(100 - 20 * at), 70, 100 + 30 * at)
        sheet.text(str(2000 + at), 110 + 60 * at, 265)
    sheet.across(100, 460, *[105 + 30 * at for at in range(6)])
    sheet.down(105, 255, 100, 460)

    assert sheet.tables() == ()


def test_a_frame_around_prose() -> None:
    sheet = Sheet()
    sheet.lines = paragraph_of(PROSE, 70, 104)
    sheet.across(60, 300, 98, 200)
    sheet.down(98, 200, 60, 300)

    assert sheet.tables() == ()
