"""Rows of a table's body gathered into entries."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from octavo.pipeline.fields.items.columns import Columns, cells_of
from octavo.pipeline.fields.items.ends import ends_table, is_carried, is_taken_off, is_total
from octavo.pipeline.fields.items.numerals import Amount, amount_of, amounts_of
from octavo.pipeline.fields.items.vocabulary import ColumnVocabulary
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.tokens import Row, Token

_DETAIL = re.compile(r"^[^:]{2,34}:(?=\s|$)")
"""`GTIN: …`, `Gross price : …`: says more about an entry; no further line of its name."""
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]?(?:\d{2,4})?$|\d{1,2}\.?\s[^\W\d]{3,9}\.?(?:\s\d{2,4})?$")
_LEVEL = 0.01
"""Of the page's width."""
_WITH_UNIT = frozenset({"quantity", "tax_rate", "unit_price"})
_UNIT, _CURRENCY = 14, 5
"""Letters that may stand beside a number."""
_APART = 1.0
"""Heights of a line: what stands further below is no longer the description."""
_WIDER = 0.25
"""Heights by which the gap between two entries is wider than one inside them."""
_MERGES = 2.6
"""Heights within which values of one entry may stand on different rows."""


@dataclass(frozen=True, slots=True)
class ItemCell:
    value: Decimal | str
    raw_text: str
    tokens: tuple[Token, ...]


@dataclass(slots=True)
class ItemRow:
    """One entry: its values by column."""

    cells: dict[str, ItemCell]
    page: int

    def number(self, column: str) -> Decimal | None:
        cell = self.cells.get(column)
        return cell.value if cell is not None and isinstance(cell.value, Decimal) else None

    def text(self, column: str) -> str | None:
        cell = self.cells.get(column)
        return cell.value if cell is not None and isinstance(cell.value, str) else None


@dataclass(slots=True)
class _Line:
    """A row read by columns."""

    row: Row
    numbers: dict[str, ItemCell]
    texts: dict[int, list[Token]]
    """By number of the column."""
    names: tuple[tuple[str, ...], ...]
    """Of the columns it was read by; a table that goes on may have others on the next page."""

    @property
    def is_detail(self) -> bool:
        return any(_DETAIL.match(segment.text) for segment in self.row.segments)


@dataclass(slots=True)
class Draft:
    lines: list[_Line] = field(default_factory=list)
    numbers: dict[str, ItemCell] = field(default_factory=dict)
    leading: int = 0
    """Rows of its text that stand above its numbers."""


@dataclass(slots=True)
class Gathering:
    """The entries of one table as its rows are walked, page by page."""

    vocabulary: ColumnVocabulary
    locale: Locale
    drafts: list[Draft] = field(default_factory=list)
    pending: list[_Line] = field(default_factory=list)
    ended: bool = False

    def take(self, rows: Iterable[Row], columns: Columns) -> None:
        """Rows below a header, or at the top of the next page, down to the first sum."""
        for row in rows:
            if is_carried(row):
                continue
            line = self._read(row, columns)
            keys = self._keys(line)
            if ends_table(row, self.vocabulary) and (
                is_total(row) or not {"quantity", "unit_price"} & keys.keys()
            ):
                self.ended = True
                return
            self._place(line, keys)

    def _read(self, row: Row, columns: Columns) -> _Line:
        line = _Line(row, {}, {}, columns.names)
        for index, tokens in cells_of(row, columns, self.vocabulary).items():
            names = columns.names[index]
            numeric = [name for name in names if name in self.vocabulary.numeric]
            text = " ".join(token.text for token in tokens)
            found = self._number(text, numeric[0]) if numeric else None
            if found is not None and numeric[0] not in line.numbers:
                line.numbers[numeric[0]] = ItemCell(found.value, text, tuple(tokens))
                if found.rest:
                    line.numbers[f"{numeric[0]} rest"] = ItemCell(found.rest, text, tuple(tokens))
            elif not numeric:
                line.texts[index] = tokens
        return line

    def _number(self, text: str, column: str) -> Amount | None:
        found = amount_of(text, self.locale, most_letters=_UNIT if column in _WITH_UNIT else _CURRENCY)
        if found is None and column == "tax_rate":
            found = next((one for one in amounts_of(text, self.locale) if "%" in text), None)
        return found

    def _keys(self, line: _Line) -> dict[str, ItemCell]:
        keys = {name: cell for name, cell in line.numbers.items() if name in self.vocabulary.keys}
        return {} if line.is_detail and len(keys) < len(self.vocabulary.keys) else keys

    def _place(self, line: _Line, keys: dict[str, ItemCell]) -> None:
        current = self.drafts[-1] if self.drafts else None
        if current is None:
            self._place_first(line, keys)
        elif "amount" in keys and "quantity" not in keys and is_taken_off(line.row):
            _take_off(current, keys["amount"])
        elif keys and self._starts(current, line, keys):
            self.drafts.append(Draft([line], dict(line.numbers)))
        elif keys or not _is_another_day(current, line):
            current.lines.append(line)
            for name, cell in line.numbers.items():
                if keys or (name not in self.vocabulary.keys and not line.is_detail):
                    current.numbers.setdefault(name, cell)

    def _place_first(self, line: _Line, keys: dict[str, ItemCell]) -> None:
        if keys:
            self.drafts.append(Draft([*self.pending, line], dict(line.numbers), len(self.pending)))
            self.pending = []
        elif not line.is_detail:
            self.pending.append(line)

    def _starts(self, current: Draft, line: _Line, keys: dict[str, ItemCell]) -> bool:
        if set(keys) & current.numbers.keys():
            return True
        last = current.lines[-1].row
        same = last.page == line.row.page
        return not same or line.row.bbox.y0 - last.bbox.y1 > _MERGES * max(last.bbox.height, 1e-6)


def _is_another_day(current: Draft, line: _Line) -> bool:
    """Where entries begin with their day, a row that begins with one is none of the words of the entry above."""
    first, row = current.lines[current.leading].row.segments[0], line.row.segments[0]
    level = abs(first.bbox.x0 - row.bbox.x0) < _LEVEL
    return level and all(_DAY.match(segment.text) for segment in (first, row))


def _take_off(draft: Draft, taken: ItemCell) -> None:
    if isinstance(taken.value, Decimal) and int(taken.value.as_tuple().exponent) < 0:
        draft.numbers.setdefault("discount", ItemCell(abs(taken.value), taken.raw_text, taken.tokens))
        draft.numbers.setdefault("taken_off", taken)


def settle_leading(drafts: Sequence[Draft]) -> None:
    """Where the text of the first entry begins above its numbers, so does that of the others."""
    if not drafts or not drafts[0].leading or not _near(drafts[0].lines, drafts[0].leading):
        for draft in drafts[:1]:
            draft.lines = draft.lines[draft.leading :]
            draft.leading = 0
        return
    for before, after in pairwise(drafts):
        trailing = before.lines[before.leading + 1 :]
        moved = _after_widest_gap(before.lines[before.leading :], after.lines[0], drafts[0].leading)
        if moved:
            before.lines = before.lines[: len(before.lines) - moved]
            after.lines = [*trailing[len(trailing) - moved :], *after.lines]
            after.leading = moved


def _near(lines: Sequence[_Line], leading: int) -> bool:
    upper, lower = lines[leading - 1].row.bbox, lines[leading].row.bbox
    return lower.y0 - upper.y1 < _APART * lower.height


def _after_widest_gap(lines: Sequence[_Line], following: _Line, usual: int) -> int:
    """How many of the last rows belong to what follows; the first of `lines` has the numbers and stays."""
    rows = [line.row for line in (*lines, following)]
    if len(rows) < 3 or any(row.page != rows[-1].page for row in rows):
        return 0
    gaps = [lower.bbox.y0 - upper.bbox.y1 for upper, lower in pairwise(rows)]
    height = rows[-1].bbox.height
    if max(gaps) - min(gaps) > _WIDER * height:
        return len(gaps) - 1 - gaps.index(max(gaps))
    return min(usual, len(lines) - 1)
