"""Large sheets: cut between rows into pages, and whole again in a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table

from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.xlsx import cutting, reader
from octavo.adapters.readers.xlsx.reader import XlsxKind
from octavo.domain.document import BlockType, Document, Page
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS
from octavo.ports.readers import Limits, NativePage
from tests.exporters.samples import HEADER


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets of more than 40 cells are cut after 20."""
    for module in (cutting, reader):
        monkeypatch.setattr(module, "WHOLE_CELLS", 40)
    monkeypatch.setattr(cutting, "PIECE_CELLS", 20)


def ledger(rows: int = 30) -> Any:
    """A workbook with a head, and two columns of texts and numbers below it."""
    workbook = openpyxl.Workbook()
    sheet: Any = workbook.active
    sheet.title = "Ledger"
    sheet.append(["Name", "Amount"])
    for at in range(1, rows):
        sheet.append([f"Row {at}", at * 1.5])
    return workbook


def pages_of(workbook: Any, path: Path) -> list[NativePage]:
    workbook.save(path)
    with XlsxKind().open(path, password=None, limits=Limits()) as opened:
        return [opened.load(number) for number in range(1, opened.page_count + 1)]


def exported(pages: list[NativePage], name: str) -> bytes:
    made = tuple(Page(page.number, 0.0, 0.0, page.blocks, name=page.name) for page in pages)
    document = Document(HEADER.source, HEADER.extraction, made)
    exporter = EXPORTERS[name]
    return b"".join(exporter.render(document, Rendering(options=exporter.chosen({}))))


def rows_of(pages: list[NativePage]) -> Iterator[list[str]]:
    for page in pages:
        for block in page.blocks:
            assert block.type is BlockType.TABLE
            grid = [[""] * block.body["n_cols"] for _ in range(block.body["n_rows"])]
            for cell in block.body["cells"]:
                grid[cell["row"]][cell["col"]] = cell["text"]
            yield from grid


def test_a_large_sheet_is_several_pages_with_all_its_rows(tmp_path: Path) -> None:
    pages = pages_of(ledger(), tmp_path / "a.xlsx")

    assert [page.blocks[0].body["range"] for page in pages] == ["A1:B10", "A11:B20", "A21:B30"]
    assert {(page.name, page.notes) for page in pages} == {("Ledger", ("sheet_in_parts",))}
    assert list(rows_of(pages)) == [
        ["Name", "Amount"],
        *([f"Row {at}", f"{at * 1.5:g}"] for at in range(1, 30)),
    ]
    assert [page.blocks[0].body["header_rows"] for page in pages] == [1, 0, 0]


def test_a_sheet_that_is_not_large_is_one_page(tmp_path: Path) -> None:
    (page,) = pages_of(ledger(20), tmp_path / "a.xlsx")

    assert page.notes == ()


def test_the_pages_of_a_large_sheet_stand_between_the_others(tmp_path: Path) -> None:
    workbook = ledger()
    workbook.create_sheet("First", 0).append(["before"])
    workbook.create_sheet("Last").append(["behind"])

    pages = pages_of(workbook, tmp_path / "a.xlsx")

    assert [page.name for page in pages] == ["First", "Ledger", "Ledger", "Ledger", "Last"]
    assert [page.number for page in pages] == [1, 2, 3, 4, 5]


def test_what_is_said_of_the_whole_sheet_is_cut_with_it(tmp_path: Path) -> None:
    workbook = ledger()
    sheet = workbook.active
    sheet.add_table(Table(displayName="Ledger", ref="A1:B30"))
    sheet["A15"].comment = Comment("Look here", "A person")

    pages = pages_of(workbook, tmp_path / "a.xlsx")

    assert [page.blocks[0].body["range"] for page in pages] == ["A1:B10", "A11:B20", "A21:B30"]
    assert [len(page.blocks) for page in pages] == [1, 1, 1]
    noted = [cell for cell in pages[1].blocks[0].body["cells"] if "notes" in cell]
    assert [cell["text"] for cell in noted] == ["Row 14"]


def test_a_large_sheet_is_one_table_in_a_spreadsheet(tmp_path: Path) -> None:
    pages = pages_of(ledger(), tmp_path / "a.xlsx")

    records = list(csv.reader(io.StringIO(exported(pages, "csv").decode())))
    workbook = openpyxl.load_workbook(io.BytesIO(exported(pages, "xlsx")))

    assert len(records) == 30
    assert records[0] == ["Name", "Amount"]
    assert records[29] == ["Row 29", "43.5"]
    assert len(workbook.sheetnames) == 2
    sheet = workbook.worksheets[1]
    assert [list(row) for row in sheet.iter_rows(values_only=True)][29] == ["Row 29", 43.5]
    assert [cell.value for cell in workbook["Overview"][2]][2:5] == ["1, 2, 3", 30, 2]


def test_two_tables_of_one_sheet_stay_two(tmp_path: Path) -> None:
    workbook = ledger(12)
    workbook.active["E5"] = "Beside"
    workbook.active["F5"] = 7
    workbook.active["E6"] = "More"

    records = list(csv.reader(io.StringIO(exported(pages_of(workbook, tmp_path / "a.xlsx"), "csv").decode())))

    assert records.count([]) == 1


def test_a_sheet_of_one_long_row_is_not_cut(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet: Any = workbook.active
    sheet.append(list(range(60)))

    (page,) = pages_of(workbook, tmp_path / "a.xlsx")

    assert page.blocks[0].body["n_cols"] == 60


def test_marks_are_found_wherever_a_step_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger().save(tmp_path / "a.xlsx")
    whole = Package.steps

    def in_small_steps(self: Package, name: str) -> Iterator[bytes]:
        content = b"".join(whole(self, name))
        yield from (content[at : at + 7] for at in range(0, len(content), 7))

    with Package(tmp_path / "a.xlsx", Limits()) as package:
        part = "xl/worksheets/sheet1.xml"
        expected = cutting.pieces_of(package, part)
        monkeypatch.setattr(Package, "steps", in_small_steps)

        assert cutting.pieces_of(package, part) == expected
        assert cutting.cells_of(package, part) == 60
