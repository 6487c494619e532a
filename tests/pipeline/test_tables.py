"""Tables are found and read whatever parts their cells: rules, colours, dashes, or only white."""

from time import perf_counter

import pytest
from tests.pipeline.fakes import paragraph_of
from tests.pipeline.table_pages import Sheet, grid_of, words_of

from octavo.domain.document import BlockType, Line, Origin
from octavo.domain.geometry import enclosing

XS = (60.0, 200.0, 300.0, 400.0)
DATA = [
    ["Region", "Steel", "Copper", "Zinc"],
    ["North", "12.5", "1,040", "7"],
    ["South", "", "960", "11"],
    ["East and West", "8.0", "88", "9"],
]


def ruled(**options: Origin) -> Sheet:
    sheet = Sheet(**options)  # type: ignore[arg-type]
    sheet.rows(DATA, [x + 4 for x in XS], 104)
    sheet.across(60, 500, *[100 + 16 * row for row in range(5)])
    sheet.down(100, 164, *XS, 500)
    return sheet


def test_a_ruled_table_has_a_cell_for_each_box() -> None:
    found = ruled().table()

    assert found.type is BlockType.TABLE
    assert grid_of(found) == DATA
    body = found.body
    assert (body["kind"], body["n_rows"], body["n_cols"], body["header_rows"]) == ("ruled", 4, 4, 1)
    assert body["headers"] == DATA[0]
    assert body["rows"] == DATA[1:]
    assert len(body["cells"]) == 16, "the empty cell stays"
    first = body["cells"][0]
    assert first["header"]
    assert first["bbox"] == pytest.approx([60 / 595, 100 / 842, 200 / 595, 116 / 842], abs=0.003)
    assert found.text.splitlines()[1] == "North\t12.5\t1,040\t7"


def test_borders_whose_ends_are_cut_slantwise_are_rules() -> None:
    sheet = Sheet()
    sheet.rows([["Shipper", "Bill no."], ["Lumen Co.", "COSU63"], ["Nansha", "X"]], [64, 204], 104)
    sheet.text("Kiosk", 64, 152)
    for y in (100, 132, 164):
        sheet.mitred(60, y, 500, y + 1)
    for x in (60, 200, 499):
        sheet.mitred(x, 100, x + 1, 165)

    assert grid_of(sheet.table()) == [["Shipper Lumen Co.", "Bill no. COSU63"], ["Nansha Kiosk", "X"]]


def test_a_scanned_ruled_table_is_read_from_the_ink() -> None:
    sheet = ruled(origin=Origin.OCR)

    found = sheet.table(scanned=True)

    assert grid_of(found) == DATA
    assert found.body["kind"] == "ruled"
    assert found.body["cells"][4]["confidence"] == pytest.approx(0.9 * (found.confidence or 0), abs=0.001)
    assert found.body["cells"][9]["text"] == ""
    assert found.body["cells"][9]["confidence"] == found.confidence, "nothing is there to misread"


def test_cells_without_a_rule_between_them_are_one() -> None:
    sheet = Sheet()
    sheet.text("Metals", 310, 104)
    sheet.rows(DATA[1:], [x + 4 for x in XS], 120)
    sheet.across(60, 500, *[100 + 16 * row for row in range(5)])
    sheet.down(100, 164, 60, 200, 500)
    sheet.down(116, 164, 300, 400)

    cells = sheet.table().body["cells"]

    spanning = next(cell for cell in cells if cell["text"] == "Metals")
    assert (spanning["row"], spanning["col"], spanning["col_span"]) == (0, 1, 3)


LINES = [["Part", "Kind", "Price"], ["A-1", "pump", "4.00"], ["B-2", "seal", "5.00"], ["C-3", "bolt", "6.00"]]


def test_rules_of_which_a_scan_lost_pieces_part_their_rows_all_the_same() -> None:
    sheet = Sheet(origin=Origin.OCR)
    sheet.rows(LINES, [64, 204, 304], 104)
    sheet.across(60, 400, 100, 116, 164)
    sheet.across(60, 200, 132)
    sheet.across(300, 400, 148)
    sheet.down(100, 164, 60, 200, 300, 400)

    assert grid_of(sheet.table(scanned=True)) == LINES


def test_a_cell_beside_several_rows_stays_one() -> None:
    sheet = Sheet()
    sheet.rows(
        [["Part", "Kind", "Price"], ["", "pump", "4.00"], ["all", "seal", "5.00"], ["", "bolt", "6.00"]],
        [64, 204, 304],
        104,
    )
    sheet.across(60, 400, 100, 116, 164)
    sheet.across(200, 400, 132, 148)
    sheet.down(100, 164, 60, 200, 300, 400)

    cells = sheet.table().body["cells"]

    assert next(cell["row_span"] for cell in cells if cell["text"] == "all") == 3


def test_rules_above_and_below_are_enough() -> None:
    sheet = Sheet()
    sheet.rows(DATA, XS, 104)
    sheet.across(60, 460, 100, 117, 166)

    found = sheet.table()

    assert grid_of(found) == DATA
    assert (found.body["kind"], found.body["header_rows"]) == ("half_ruled", 1)


def test_heads_on_two_levels_are_joined() -> None:
    sheet = Sheet()
    sheet.text("Metals", 285, 104)
    sheet.across(200, 430, 116.5)
    sheet.rows(DATA, XS, 120)
    sheet.across(60, 460, 100, 133, 182)

    body = sheet.table().body

    assert body["header_rows"] == 2
    assert body["headers"] == ["Region", "Metals / Steel", "Metals / Copper", "Metals / Zinc"]
    region = next(cell for cell in body["cells"] if cell["text"] == "Region")
    assert region["header"]
    title = next(cell for cell in body["cells"] if cell["text"] == "Metals")
    assert (title["col"], title["col_span"]) == (1, 3)


def test_stripes_part_the_rows() -> None:
    sheet = Sheet()
    sheet.rows(DATA, XS, 104)
    for row in (1, 3):
        sheet.area(56, 101 + 16 * row, 460, 117 + 16 * row, (225, 235, 245))

    assert grid_of(sheet.table()) == DATA


def test_white_alone_is_enough_where_figures_stand_in_columns() -> None:
    sheet = Sheet()
    sheet.rows(DATA, XS, 104)

    found = sheet.table()

    assert grid_of(found) == DATA
    assert found.body["kind"] == "borderless"
    assert (found.confidence or 0) < 0.9, "less sure than with rules"


def test_a_line_of_dashes_is_a_rule_and_no_cell() -> None:
    sheet = Sheet()
    sheet.rows(DATA[:1], XS, 104)
    sheet.text("-" * 80, 60, 116)
    sheet.rows(DATA[1:], XS, 128)

    found = sheet.table()

    assert grid_of(found) == DATA
    assert len(words_of(found.lines)) == sum(len(line.words) for line in sheet.lines)


def test_a_wrapped_cell_is_one_cell() -> None:
    sheet = Sheet()
    sheet.rows([["Item", "Remark", "Price", "Sum"]], XS, 100, bold_rows=1)
    sheet.rows([["Bolt", "galvanised and", "1.00", "5.00"]], XS, 120)
    sheet.rows([["", "hardened steel", "", ""]], XS, 131)
    sheet.rows([["Nut", "brass", "0.50", "2.50"]], XS, 150)
    sheet.rows([["Washer", "plain", "0.10", "1.00"]], XS, 170)
    sheet.across(60, 460, 97, 114, 184)

    grid = grid_of(sheet.table())

    assert grid[1] == ["Bolt", "galvanised and hardened steel", "1.00", "5.00"]
    assert len(grid) == 4


def test_a_word_cut_at_the_end_of_a_line_is_whole_in_its_cell() -> None:
    sheet = ruled()
    sheet.lines = [line for line in sheet.lines if line.text != "East and West"]
    sheet.size = 6.0
    sheet.text("West-", 64, 149)
    sheet.text("phalia", 64, 156)

    assert grid_of(sheet.table())[3][0] == "Westphalia"


def test_two_tables_below_one_another_are_two() -> None:
    sheet = Sheet()
    end = sheet.rows(DATA, XS, 104)
    sheet.across(60, 460, 100, 117, end)
    sheet.lines += paragraph_of(
        ["The second table shows the same figures again for the year after."], 60, end + 20
    )
    second = end + 60
    end = sheet.rows(DATA, XS, second + 4)
    sheet.across(60, 460, second, second + 17, end)

    assert [grid_of(found) for found in sheet.tables()] == [DATA, DATA]


def test_a_table_beside_prose_is_read_without_it() -> None:
    sheet = Sheet()
    words = "running text fills the other column of this page"
    sheet.lines += paragraph_of([words] * 20, 330, 80)
    sheet.rows([["Age", "Share"], ["20", "0.26"], ["30", "0.20"], ["40", "0.14"]], (60, 200), 104)
    sheet.across(60, 240, 100, 117, 170)

    assert grid_of(sheet.table()) == [["Age", "Share"], ["20", "0.26"], ["30", "0.20"], ["40", "0.14"]]


def test_a_line_that_the_reader_joined_is_cut_at_the_cells() -> None:
    sheet = ruled()
    row = [line for line in sheet.lines if line.text in DATA[1]]
    rest = [line for line in sheet.lines if line.text not in DATA[1]]
    words = tuple(word for line in row for word in line.words)
    sheet.lines = [*rest, Line(words, enclosing([word.bbox for word in words]), 10.0)]

    found = sheet.table()

    assert grid_of(found) == DATA
    given = [id(word) for word in words_of(found.lines)]
    assert sorted(given) == sorted(id(word) for word in words_of(sheet.lines)), "each word in one place"


def test_a_title_in_the_frame_and_notes_below_are_no_cells() -> None:
    sheet = Sheet()
    sheet.text("Table 4: Metals by region", 64, 88)
    sheet.rows(DATA, [x + 4 for x in XS], 104)
    sheet.text("Note: all figures are preliminary.", 64, 168)
    sheet.across(60, 500, 84, *[100 + 16 * row for row in range(6)])
    sheet.down(84, 180, 60, 500)
    sheet.down(100, 164, *XS[1:])

    found = sheet.table()

    assert grid_of(found) == DATA
    assert "Table 4" not in found.text


def test_figures_without_rules_between_rows_are_rows() -> None:
    sheet = Sheet()
    sheet.rows(DATA, [x + 4 for x in XS], 104)
    sheet.across(60, 500, 100, 116, 164)
    sheet.down(100, 164, *XS, 500)

    assert grid_of(sheet.table()) == DATA


def test_a_share_in_brackets_stays_with_its_figure() -> None:
    sheet = Sheet()
    rows = [
        ["Cases", "679 (54 %)", "566 (45 %)"],
        ["Deaths", "39 (3 %)", "24 (2 %)"],
        ["Births", "7 (1 %)", "4 (0 %)"],
    ]
    sheet.rows([["", "Before", "After"]], (60, 200, 300), 100, bold_rows=1)
    sheet.rows(rows, (60, 200, 300), 118)
    sheet.across(60, 360, 97, 114, 166)

    assert grid_of(sheet.table())[1:] == rows


def test_a_page_of_text_costs_no_look() -> None:
    sheet = Sheet()
    sheet.lines = paragraph_of(["a line of prose as any other page has them in great number"] * 40, 60, 80)

    assert sheet.tables() == ()
    assert sheet.asked == []


def test_an_empty_page_has_no_tables() -> None:
    assert Sheet().tables() == ()


def test_rows_go_on_below_the_last_rule_with_a_column_that_some_rows_leave_empty() -> None:
    sheet = Sheet()
    xs = (60.0, 200.0, 260.0, 320.0, 380.0, 440.0)
    heads = ["Question", "no", "rather no", "yes", "rather yes", "P"]
    rows = [
        ["Is it", "7.1", "4", "33", "29", ""],
        ["Was it", "45", "35", "12", "3", "***"],
        ["Will it", "1", "0", "1", "3", "***"],
    ]
    sheet.rows([heads], xs, 100)
    sheet.rows(rows, xs, 120, step=24)
    for at in range(3):
        sheet.text("so that all of them say", 60, 131 + 24 * at)
    sheet.across(60, 480, 97, 114)

    grid = grid_of(sheet.table())

    assert grid[0] == heads
    assert [row[1:] for row in grid[1:]] == [row[1:] for row in rows]


def test_a_page_full_of_words_and_rules_is_done_soon() -> None:
    sheet = Sheet(size=2.0)
    for row in range(130):
        sheet.rows([["12"] * 60], [20 + 9 * col for col in range(60)], 20 + 6 * row)
    sheet.across(18, 560, *[19 + 6 * row for row in range(131)])
    sheet.down(19, 799, *[18 + 9 * col for col in range(61)])

    started = perf_counter()
    found = sheet.tables()

    assert perf_counter() - started < 20
    assert [(table.body["n_rows"], table.body["n_cols"]) for table in found] == [(130, 60)]


def test_the_frame_of_a_page_leaves_its_tables_apart() -> None:
    sheet = ruled()
    sheet.text("What was sold in spring", 60, 200)
    sheet.rows(DATA[1:], [x + 4 for x in XS], 224)
    sheet.across(60, 500, *[220 + 16 * row for row in range(4)])
    sheet.down(220, 268, *XS, 500)
    sheet.across(30, 560, 30, 800)
    sheet.down(30, 800, 30, 560)

    found = sheet.tables()

    assert [table.body["kind"] for table in found] == ["ruled", "ruled"]
    assert [grid_of(table) for table in found] == [DATA, DATA[1:]]
