"""Entries without a header: rows with words and three numbers of which two multiply to the third."""

from decimal import Decimal
from itertools import pairwise

from octavo.pipeline.fields.items.entries import ItemCell, ItemRow
from octavo.pipeline.fields.items.numerals import amount_of
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.tokens import Row, Segment
from octavo.pipeline.fields.view import View

_CENT = Decimal("0.011")


def find_aligned(view: View, locale: Locale) -> list[ItemRow]:
    return [entry for row in view.rows if (entry := _entry(row, locale)) is not None]


def _entry(row: Row, locale: Locale) -> ItemRow | None:
    numbers: list[tuple[Segment, Decimal]] = []
    words: list[Segment] = []
    for segment in row.segments:
        reading = amount_of(segment.text, locale)
        if reading is not None:
            numbers.append((segment, reading.value))
        else:
            words.append(segment)
    if not words or len(numbers) < 3:
        return None
    *others, (last, total) = numbers
    for (one, quantity), (two, price) in pairwise(others):
        if total and abs(quantity * price - total) <= _CENT:
            cells = {
                "description": ItemCell(words[0].text, words[0].text, words[0].tokens),
                "quantity": ItemCell(quantity, one.text, one.tokens),
                "unit_price": ItemCell(price, two.text, two.tokens),
                "amount": ItemCell(total, last.text, last.tokens),
            }
            return ItemRow(cells, row.page)
    return None
