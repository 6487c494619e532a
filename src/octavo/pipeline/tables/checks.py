"""Tables that check themselves: do the cells fit together, do the sums come out?

A sum is only checked where the table says that it is one: by a word (`Total`, `Summe`, …) or, in heads, by
quantity, price and amount. A failed sum lowers the confidence and no more: paper has wrong sums, too.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Any

from octavo.pipeline.tables.grid import Grid, GridCell
from octavo.pipeline.tables.numbers import Number, decimal_mark, number_in

_TOTAL = re.compile(
    r"\b(?:grand[ -]?total|sub-?total|totals?|sum|summe|gesamt\w*|insgesamt|zwischensumme|endsumme|endbetrag|"
    r"rechnungsbetrag|somme|totaux|sous-total|montant total|totale|totali|somma|subtotale|suma|totales|total\w*|"
    r"soma|totais|totaal|subtotaal|som|summa|totalt|delsumma|i alt|ialt|yhteensä|razem|ogółem|celkem|spolu|"
    r"összesen|всього|итого|всего|toplam|all|alle|合計|小計|総計|总计|合计|小计|합계|총계|المجموع|jumlah)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"\b(?:qty|quantity|quantit\w*|menge|anzahl|stück|stk|cantidad|cant|quantità|aantal|antal|ilość|hours|std|units?)\b\.?",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\b(?:unit price|price|preis|\w*einzelpreis|e-?preis|nettopreis|stückpreis|prix|prix unitaire|precio|prezzo|"
    r"prijs|pris|rate|cena)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\b(?:amount|line total|total|betrag|gesamt\w*|gesamtpreis|\w*betrag|montant|importe|importo|bedrag|belopp|beløb|"
    r"wartość|sum|summe)\b",
    re.IGNORECASE,
)
_NET = re.compile(r"\b(?:net|netto\w*|ht|neto|excl|basis\w*|taxable|imponible)\b", re.IGNORECASE)
_TAX = re.compile(
    r"\b(?:tax|vat|gst|mwst|ust|steuerbetrag|tva|iva|btw|moms|sst|mehrwertsteuer|umsatzsteuer)\b",
    re.IGNORECASE,
)
_GROSS = re.compile(r"\b(?:gross|brutto\w*|ttc|bruto|incl|total|gesamt)\b", re.IGNORECASE)
LARGE_COUNT = 1_000_000
LARGE_COUNT_SLACK = Decimal("0.25")
"""For each addend: statistics round every figure for itself."""
FEWEST_ADDENDS = 2
MOST_ADDENDS = 2000
MOST_SLACK = Decimal("0.2")
"""Of the total: more is never rounding."""


@dataclass(frozen=True, slots=True)
class Check:
    code: str
    """overlap, column_count, column_sum, row_sum or total."""
    passed: bool
    detail: str
    row: int | None = None
    col: int | None = None

    def to_body(self) -> dict[str, Any]:
        place = {"row": self.row, "col": self.col}
        known = {key: value for key, value in place.items() if value is not None}
        return {"code": self.code, "passed": self.passed, "detail": self.detail, **known}


Figures = dict[tuple[int, int], Number]


def checked(grid: Grid) -> list[Check]:
    """All checks that apply, the structural ones always."""
    figures = _figures(grid)
    return [
        _overlaps(grid.cells),
        _column_count(grid),
        *_column_sums(grid, figures),
        *_row_sums(grid, figures),
    ]


def _overlaps(cells: Sequence[GridCell]) -> Check:
    seen: set[tuple[int, int]] = set()
    for cell in cells:
        for place in product(cell.rows, cell.cols):
            if place in seen:
                return Check(
                    "overlap", passed=False, detail="Two cells cover one place.", row=place[0], col=place[1]
                )
            seen.add(place)
    return Check("overlap", passed=True, detail="No two cells overlap.")


def _column_count(grid: Grid) -> Check:
    widths: Counter[int] = Counter()
    for cell in grid.cells:
        for row in cell.rows:
            widths[row] += cell.col_span
    for row in range(grid.n_rows):
        width = widths[row]
        if width != grid.n_cols:
            detail = f"The row has {width} columns, the table {grid.n_cols}."
            return Check("column_count", passed=False, detail=detail, row=row)
    return Check("column_count", passed=True, detail=f"Every row has {grid.n_cols} columns.")


def _figures(grid: Grid) -> Figures:
    """The numbers of the body by place, decimals read as most of the table writes them."""
    body = [(cell, cell.text) for cell in grid.cells if cell.tokens and cell.row >= grid.header_rows]
    mark = decimal_mark(text for _, text in body)
    found = ((cell, number_in(text, mark)) for cell, text in body)
    return {(cell.row, cell.col): number for cell, number in found if number is not None}


def _column_sums(grid: Grid, figures: Figures) -> Iterable[Check]:
    """Each row that calls itself a sum, against the rows above it."""
    labels = _labels(grid)
    sums = [row for row in range(grid.header_rows, grid.n_rows) if _TOTAL.search(" ".join(labels[row]))]
    for row in sums:
        for col in range(grid.n_cols):
            check = _column_sum(figures, range(grid.header_rows, row), row, col, sums)
            if check is not None:
                yield check


def _labels(grid: Grid) -> defaultdict[int, list[str]]:
    """The words of each row, not its figures."""
    labels: defaultdict[int, list[str]] = defaultdict(list)
    for cell in grid.cells:
        if cell.tokens and number_in(cell.text) is None:
            labels[cell.row].append(cell.text)
    return labels


def _column_sum(figures: Figures, above: range, row: int, col: int, sums: Sequence[int]) -> Check | None:
    """None where the column has no figures to add or is none of sums: shares, prices, years.

    A sum is that of the rows since the last sum, of all rows from some row on, or of the sums before it.
    """
    total = figures.get((row, col))
    single = [figures[at, col] for at in above if at not in sums and (at, col) in figures]
    partial = [figures[at, col] for at in above if at in sums and (at, col) in figures]
    last = max((at for at in above if at in sums), default=-1)
    group = [figures[at, col] for at in above if at > last and (at, col) in figures]
    if total is None or len(single) < FEWEST_ADDENDS:
        return None
    if (
        _some_tail_is(single, total)
        or _some_tail_is(partial, total)
        or (len(group) == 1 and _is(group, total))
    ):
        return Check(
            "column_sum", passed=True, detail=f"The column adds up to {total.value}.", row=row, col=col
        )
    found = sum((number.value for number in group if len(group) >= FEWEST_ADDENDS), Decimal(0))
    if not _is_near(found, total.value):
        return None
    detail = f"The column adds up to {found}, not {total.value}."
    return Check("column_sum", passed=False, detail=detail, row=row, col=col)


def _some_tail_is(numbers: Sequence[Number], total: Number) -> bool:
    """Whether the last so many of the numbers add up to the total, two at least."""
    found = Decimal(0)
    for count, number in enumerate(reversed(numbers[-MOST_ADDENDS:]), 1):
        found += number.value
        near = abs(found - total.value) <= MOST_SLACK * max(Decimal(1), abs(total.value))
        if count >= FEWEST_ADDENDS and near and _is(numbers[-count:], total):
            return True
    return False


def _is(addends: Sequence[Number], total: Number) -> bool:
    """Within what rounding may have lost: of the addends, of the total, of large counts."""
    decimals = [number.decimals for number in addends]
    slack = Decimal(0)
    if total.decimals < max(decimals) or any(number.is_share for number in addends):
        slack = Decimal(10) ** -min(total.decimals, *decimals) * (len(addends) + 1) / 2
    if total.decimals == 0:
        digits = str(abs(int(total.value)))
        zeros = len(digits) - len(digits.rstrip("0"))
        rounded = Decimal(10) ** zeros / 2 if zeros > 1 else Decimal(0)
        counted = LARGE_COUNT_SLACK * len(addends) if abs(total.value) >= LARGE_COUNT else Decimal(0)
        slack = max(slack, rounded, counted)
    return abs(sum((number.value for number in addends), Decimal(0)) - total.value) <= slack


def _is_near(found: Decimal, total: Decimal) -> bool:
    """Whether it is a sum that went wrong, not an average or a price: then it would be far off."""
    return total != 0 and Decimal("0.8") <= found / total <= Decimal("1.25")


def _row_sums(grid: Grid, figures: Figures) -> Iterable[Check]:
    """Quantity by price is amount, net and tax is gross; in columns that say so."""
    heads = _heads(grid)
    quantity, price, amount = (_column(heads, pattern) for pattern in (_QUANTITY, _PRICE, _AMOUNT))
    if (
        quantity is not None
        and price is not None
        and amount is not None
        and len({quantity, price, amount}) == 3
    ):
        for row in range(grid.header_rows, grid.n_rows):
            numbers = [figures.get((row, col)) for col in (quantity, price, amount)]
            yield from _product(row, amount, numbers)
    net, tax, gross = (_column(heads, pattern) for pattern in (_NET, _TAX, _GROSS))
    if net is not None and tax is not None and gross is not None and len({net, tax, gross}) == 3:
        for row in range(grid.header_rows, grid.n_rows):
            numbers = [figures.get((row, col)) for col in (net, tax, gross)]
            yield from _sum(row, gross, numbers)


def _heads(grid: Grid) -> list[str]:
    places = grid.places()
    return [
        " ".join(dict.fromkeys(places[row, col].text for row in range(grid.header_rows)))
        for col in range(grid.n_cols)
    ]


def _column(heads: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    """The last column of that name: amounts stand at the end; None where there is none."""
    return next((col for col in reversed(range(len(heads))) if pattern.search(heads[col])), None)


def _product(row: int, col: int, numbers: Sequence[Number | None]) -> Iterable[Check]:
    if None in numbers or any(number is not None and number.is_share for number in numbers):
        return
    quantity, price, amount = (number.value for number in numbers if number is not None)
    last = numbers[2].decimals if numbers[2] is not None else 0
    found = quantity * price
    slack = Decimal(10) ** -last + abs(found) * Decimal("0.0005")
    passed = abs(found - amount) <= slack
    text = f"{quantity} x {price} is {found.normalize():f}" + ("" if passed else f", not {amount}")
    yield Check("row_sum", passed=passed, detail=text + ".", row=row, col=col)


def _sum(row: int, col: int, numbers: Sequence[Number | None]) -> Iterable[Check]:
    if None in numbers or any(number is not None and number.is_share for number in numbers):
        return
    net, tax, gross = (number.value for number in numbers if number is not None)
    passed = abs(net + tax - gross) <= Decimal("0.01")
    text = f"{net} + {tax} is {net + tax}" + ("" if passed else f", not {gross}")
    yield Check("row_sum", passed=passed, detail=text + ".", row=row, col=col)
