"""Two narrow columns that were read as one number."""

from decimal import Decimal

from octavo.pipeline.fields.items.entries import ItemCell, ItemRow

_CENT = Decimal("0.011")


def part_glued(row: ItemRow, number: int) -> ItemRow:
    """`51` where the quantity 5 and the position 1 stand close together.

    Only where price and amount say that one part is the quantity, and the other counts the entries.

    Args:
        row: An entry with its price and amount.
        number: Which entry it is, from 1.
    """
    price, amount = row.number("unit_price"), row.number("amount")
    cell = row.cells.get("quantity") or row.cells.get("position")
    if not price or amount is None or cell is None or {"discount", "price_unit"} & row.cells.keys():
        return row
    digits = cell.raw_text.replace(" ", "")
    quantity = row.number("quantity")
    if not digits.isdigit() or (quantity is not None and abs(quantity * price - amount) <= _CENT):
        return row
    for position in (str(number), str(10 * number)):
        for own in (digits.removesuffix(position), digits.removeprefix(position)):
            if own not in {"", digits} and abs(Decimal(own) * price - amount) <= _CENT:
                parted = {
                    "quantity": ItemCell(Decimal(own), cell.raw_text, cell.tokens),
                    "position": ItemCell(position, cell.raw_text, cell.tokens),
                }
                return ItemRow({**row.cells, **parted}, row.page)
    return row
