"""Workbooks against their cells: a number counts as right however many places it is shown with."""

import re
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import Any

from benchmarks.accuracy.structure.charts import EXACT, chart_from_truth, score_charts
from benchmarks.accuracy.structure.found import Cell, Found, FoundTable
from benchmarks.accuracy.structure.office import add_charts
from benchmarks.accuracy.structure.tables import neighbours
from benchmarks.accuracy.structure.tally import Tally
from benchmarks.accuracy.structure.texts import dense

_REFERENCE = re.compile(r"([A-Z]+)(\d+)")
_NUMBER = re.compile(
    r"[(\-+]?(?:[A-Z]{3}\s?|[^\w\s(+-]\s?)?[-+]?\d[\d,' \u00a0]*(?:\.\d+)?(?:[eE][-+]?\d+)?\)?%?"
)


def score_workbook(truth: dict[str, Any], found: Found) -> Tally:
    """Cells by their text, their neighbours, merged ranges and charts; sheets count from 1, as pages do."""
    tally = Tally()
    for number, sheet in enumerate(truth["sheets"], 1):
        if not sheet["truncated"]:
            tables = [table for table in found.tables if table.page in {None, number}]
            _score_sheet(tally, sheet, tables, _beside(found, number, sheet["name"]))
    charts = [
        chart_from_truth(chart, number)
        for number, sheet in enumerate(truth["sheets"], 1)
        for chart in sheet["charts"]
    ]
    add_charts(tally, score_charts(charts, found.charts, tolerance=EXACT))
    return tally


def _beside(found: Found, number: int, name: str) -> list[str]:
    """Texts that stand in no table: a line of a sheet may be its heading. The sheet's name is no cell."""
    return [
        block.text
        for block in found.blocks
        if block.label != "table"
        and block.page in {None, number}
        and dense(block.text) not in {"", dense(name)}
    ]


def _score_sheet(tally: Tally, sheet: dict[str, Any], tables: list[FoundTable], beside: list[str]) -> None:
    wanted = {_place(name): one["value"] for name, one in sheet["cells"].items()}
    values = Values(list(wanted.values()))
    true = [Cell(row, col, values.key(value)) for (row, col), value in wanted.items()]
    given = [FoundTable(tuple(_keyed(cell, values) for cell in table.cells), table.page) for table in tables]
    texts = Counter(cell.text for cell in true if cell.text)
    other = Counter(cell.text for table in given for cell in table.cells if cell.text)
    other.update(values.shown(text) for text in beside)
    tally.add("cells", (texts & other).total(), texts.total())
    tally.add("cells given right", (texts & other).total(), other.total())
    pairs = neighbours(FoundTable(tuple(true)), touching=True)
    others = sum((neighbours(table, touching=True) for table in given), Counter[tuple[str, ...]]())
    tally.add_f1("neighbours F1", (pairs & others).total(), pairs.total(), others.total())
    outside = {"", *(values.shown(text) for text in beside)}  # a merged line above a table may be a heading
    merged = Counter(
        one for name in sheet["merged"] if (one := _merged(name, wanted, values))[0] not in outside
    )
    spans = Counter(
        (cell.text, cell.row_span, cell.col_span)
        for table in given
        for cell in table.cells
        if cell.row_span * cell.col_span > 1
    )
    tally.add("merged", (merged & spans).total(), merged.total())


class Values:
    """The values of one sheet: what is shown is led back to the value it shows."""

    def __init__(self, values: list[Any]) -> None:
        self._numbers = [
            Decimal(str(value)) for value in values if isinstance(value, int | float) and value is not True
        ]

    def key(self, value: Any) -> str:
        """Of a value as the file stores it."""
        if isinstance(value, bool) or value is None:
            return "" if value is None else str(value).upper()
        return _written(Decimal(str(value))) if isinstance(value, int | float) else self.shown(str(value))

    def shown(self, text: str) -> str:
        """The key of the value that this text shows; its own where it shows none."""
        if dense(text) == "-" and 0 in self._numbers:
            return _written(Decimal(0))  # as accountants show it
        number = _number(text)
        if number is None:
            return dense(text)
        places = -int(number.as_tuple().exponent)
        near = [one for one in self._numbers if _rounded(one, places) == number]
        return _written(min(near, key=lambda one: abs(one - number))) if near else _written(number)


def _keyed(cell: Cell, values: Values) -> Cell:
    return Cell(cell.row, cell.col, values.shown(cell.text), cell.row_span, cell.col_span, cell.header)


def _number(text: str) -> Decimal | None:
    """`1,234.50`, `-12 %`, `(45)`, `CHF 3`, `1e-05`; None for other texts."""
    text = text.strip().replace("\u2212", "-")
    if not _NUMBER.fullmatch(text.replace(" %", "%")):
        return None
    digits = re.sub(r"[^\d.eE+-]", "", text)
    try:
        number = Decimal(digits)
    except InvalidOperation:
        return None
    number = -abs(number) if text.startswith("(") and text.endswith(")") else number
    return number.scaleb(-2) if text.endswith("%") else number


def _rounded(number: Decimal, places: int) -> Decimal:
    try:
        return number.quantize(Decimal(1).scaleb(-places))
    except InvalidOperation:
        return number


def _written(number: Decimal) -> str:
    return f"#{float(number):.12g}"


def _place(reference: str) -> tuple[int, int]:
    """`B3` -> (2, 1)."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(f"no cell: {reference}")
    col = 0
    for letter in match[1]:
        col = 26 * col + ord(letter) - 64
    return int(match[2]) - 1, col - 1


def _merged(name: str, wanted: dict[tuple[int, int], Any], values: Values) -> tuple[str, int, int]:
    (row, col), (row_end, col_end) = (_place(end) for end in name.split(":"))
    return values.key(wanted.get((row, col))), row_end - row + 1, col_end - col + 1
