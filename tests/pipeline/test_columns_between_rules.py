"""A page set in columns between two rules is no table, though its lines stand beside one another."""

from tests.pipeline.table_pages import Sheet, grid_of

from octavo.domain.document import Origin

FIGURES = [
    ["Year", "Sales", "Profit"],
    ["2021", "7,655", "2,188"],
    ["2022", "8,809", "2,744"],
    ["2023", "9,910", "3,012"],
]
PROSE = "running text is set to both of its sides in a column like"
LABELS = [
    "Name",
    "Seat",
    "Staff",
    "Owner",
    "Stock",
    "Value",
    "Share",
    "Debt",
    "Assets",
    "Rating",
    "Funds",
    "Cash",
    "Land",
    "Rent",
    "Stores",
    "Trade",
    "Rank",
    "Notes",
]


def report(origin: Origin) -> Sheet:
    """A narrow column of labels, a wide one of text with a table below, a rule over and under both."""
    sheet = Sheet(origin=origin)
    sheet.across(60, 540, 110, 420)
    for number, label in enumerate(LABELS):
        sheet.text(label, 60, 120 + 12 * number)
        sheet.text(f"{37 * number % 91}.4", 200, 120 + 12 * number, right=True)
        sheet.text(PROSE, 250, 120 + 12 * number)
    sheet.across(250, 540, 352, 368)
    sheet.rows(FIGURES, [250, 360, 480], 355)
    return sheet


def test_no_table_reaches_over_the_gutter_of_a_scan() -> None:
    found = report(Origin.OCR).tables(scanned=True)

    assert all(table.bbox.x0 > 0.4 or table.bbox.x1 < 0.4 for table in found), [t.bbox for t in found]
    assert FIGURES in [grid_of(table) for table in found], "the table beside the labels is still one"


def test_rows_of_short_cells_between_rules_stay_a_table() -> None:
    sheet = Sheet(origin=Origin.OCR)
    sheet.across(60, 540, 110, 126, 200)
    sheet.rows([*FIGURES, ["2024", "9,999", "3,111"]], [60, 250, 480], 113)

    (found,) = sheet.tables(scanned=True)

    assert grid_of(found)[0] == FIGURES[0]
