"""Entries of a table as fields: `line_items.0.amount`."""

from decimal import Decimal

from octavo.domain.field import Field, FieldSource, Scalar
from octavo.pipeline.fields.items.entries import ItemCell, ItemRow
from octavo.pipeline.fields.tokens import place_of, source_of

_SCORES = {"description": 0.85, "sku": 0.8, "position": 0.85, "unit": 0.85}
_NUMBER = 0.88


def cell_field(path: str, cell: ItemCell, score: float) -> Field:
    value: Scalar = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
    return Field(path, value, source_of(cell.tokens), cell.raw_text, place_of(cell.tokens), score)


def item_fields(row: ItemRow, path: str, names: frozenset[str]) -> list[Field]:
    """The fields of one line. A discount in percent is given as money; a sum before discount as one after it."""
    cells = dict(row.cells)
    discount = cells.pop("discount", None)
    found = [
        cell_field(f"{path}.{name}", cell, _SCORES.get(name, _NUMBER))
        for name, cell in cells.items()
        if name in names
    ]
    if discount is not None and "discount" in names:
        made = _discount(row, discount, path)
        if made is not None:
            found.append(made)
    return found


def _discount(row: ItemRow, cell: ItemCell, path: str) -> Field | None:
    if not isinstance(cell.value, Decimal):
        return None
    value = abs(cell.value)
    quantity, price, amount = (row.number(name) for name in ("quantity", "unit_price", "amount"))
    if quantity is not None and price is not None and amount is not None and value:
        gross = quantity * price
        share = (gross * value / 100).quantize(Decimal("0.01"))
        if "%" in cell.raw_text or (
            abs(gross - share - amount) <= Decimal("0.02") and abs(gross - value - amount) > Decimal("0.02")
        ):
            return Field(
                f"{path}.discount",
                float(share),
                FieldSource.COMPUTED,
                cell.raw_text,
                place_of(cell.tokens),
                _NUMBER,
            )
    return cell_field(f"{path}.discount", ItemCell(value, cell.raw_text, cell.tokens), _NUMBER)


def decimals_of(cell: ItemCell) -> int:
    """Digits behind the decimal sign as printed."""
    return max(0, -int(cell.value.as_tuple().exponent)) if isinstance(cell.value, Decimal) else 2
