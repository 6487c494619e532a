"""Names of cells, islands, and sheets that are too large or badly written."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.adapters.readers.table import inspect_source, open_source
from octavo.adapters.readers.xlsx import content, cutting, reader
from octavo.adapters.readers.xlsx.islands import islands_of
from octavo.adapters.readers.xlsx.references import Area, cell_name, moved, to_area, to_place
from octavo.domain.errors import DocumentTooLarge, EmptyDocument, PageUnreadable, UnreadableDocument
from octavo.ports.readers import NativePage

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TIES = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/></Types>'
)


def ties(*rows: tuple[str, str, str]) -> str:
    written = "".join(f'<Relationship Id="{i}" Type="{R}/{kind}" Target="{to}"/>' for i, kind, to in rows)
    return f'<Relationships xmlns="{TIES}">{written}</Relationships>'


def workbook(path: Path, data: str, sheets: str = '<sheet name="One" r:id="s"/>') -> Path:
    """A workbook written by hand: `data` stands inside its sheet's `sheetData`."""
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ties(("w", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": ties(("s", "worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}"><sheetData>{data}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content_ in parts.items():
            archive.writestr(name, content_)
    return path


def page_of(path: Path) -> NativePage:
    reader = open_source(path, inspect_source(path).media_type)
    try:
        page = reader.load(1)
    finally:
        reader.close()
    assert isinstance(page, NativePage)
    return page


def test_cells_without_names_follow_one_another(tmp_path: Path) -> None:
    data = '<row><c><v>1</v></c><c t="inlineStr"><is><t>two_x000A_lines</t></is></c></row><row><c t="e"><v>#N/A</v></c></row>'

    (table,) = page_of(workbook(tmp_path / "x.xlsx", data)).blocks

    assert table.body["values"] == [[1, "two\nlines"], ["#N/A", None]]


def test_a_shared_formula_is_told_for_each_cell(tmp_path: Path) -> None:
    data = (
        '<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A2">B1+$C$1+SUM(D1:E1)</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>'
    )

    (table,) = page_of(workbook(tmp_path / "x.xlsx", data)).blocks

    assert [cell["formula"] for cell in table.body["cells"]] == ["B1+$C$1+SUM(D1:E1)", "B2+$C$1+SUM(D2:E2)"]


def test_a_sheet_with_too_many_cells_is_refused_by_looking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutting, "WHOLE_CELLS", 10)
    monkeypatch.setattr(reader, "WHOLE_CELLS", 10)
    monkeypatch.setattr(reader, "MOST_SHEET_CELLS", 50)
    path = workbook(tmp_path / "x.xlsx", "<row>" + "<c><v>1</v></c>" * 51 + "</row>")

    with pytest.raises(DocumentTooLarge, match="more cells than are read"):
        inspect_source(path)
    with pytest.raises(PageUnreadable, match="more cells than are read"):
        open_source(path, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet").load(1)


def test_a_sheet_that_cannot_be_cut_and_is_too_large_for_a_page_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "MOST_CELLS", 50)
    path = workbook(tmp_path / "x.xlsx", "<row>" + "<c><v>1</v></c>" * 51 + "</row>")

    with pytest.raises(PageUnreadable, match="more cells than are read"):
        page_of(path)


def test_a_merged_area_as_large_as_the_sheet_costs_nothing(tmp_path: Path) -> None:
    data = '<row><c><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>'

    (block,) = page_of(workbook(tmp_path / "x.xlsx", data)).blocks

    assert block.text == "1"


def test_a_sheet_that_breaks_off_is_unreadable_and_the_workbook_is_not(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", "<row><c><v>1</v></c>")

    assert inspect_source(path).page_count == 1
    with pytest.raises(PageUnreadable, match="Sheet 1 is damaged"):
        page_of(path)


def test_a_workbook_without_sheets_is_empty_and_one_of_another_kind_damaged(tmp_path: Path) -> None:
    with pytest.raises(EmptyDocument, match="no sheets"):
        inspect_source(workbook(tmp_path / "x.xlsx", "", sheets=""))

    path = workbook(tmp_path / "y.xlsx", "")
    path.write_bytes(path.read_bytes().replace(b"xl/workbook.xml", b"xl/werkbook.xml"))
    with pytest.raises(UnreadableDocument, match="damaged"):
        inspect_source(path)


def test_cells_are_named_as_in_excel() -> None:
    assert to_place("$AA$10") == (9, 26)
    assert to_place("XFE1") is None
    assert cell_name(9, 26) == "AA10"
    assert to_area("D9:A1") == Area(0, 0, 8, 3)
    assert to_area("nothing") is None


def test_formulas_move_without_their_texts() -> None:
    assert moved('IF(A1="A1",B$2,LOG10(C3))', 1, 2) == 'IF(C2="A1",D$2,LOG10(E4))'
    assert moved("A1", -1, 0) == "#REF!"


@given(st.sets(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=60))
def test_islands_hold_every_cell_once_and_never_meet(cells: set[tuple[int, int]]) -> None:
    areas = islands_of(cells, [], [])

    assert all(sum(area.holds(*cell) for area in areas) == 1 for cell in cells)
    assert not any(one.meets(other) for one in areas for other in areas if one is not other)


def test_a_long_column_under_a_long_row_falls_into_two_tables() -> None:
    cells = {(0, col) for col in range(100)} | {(row, 0) for row in range(2000)}

    assert islands_of(cells, [], []) == [Area(0, 0, 0, 99), Area(1, 0, 1999, 0)]
