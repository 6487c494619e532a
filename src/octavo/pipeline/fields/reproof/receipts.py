"""Receipts: products of lines and taxes, and what leads to the total."""

from collections.abc import Mapping
from decimal import Decimal

from octavo.domain.field import Field, FieldCheck
from octavo.pipeline.fields.prove import Proofs, decimal
from octavo.pipeline.fields.receipts.sums import Side, adds_up
from octavo.pipeline.fields.reproof.retried import Retried, entries_of, judged_by

CODES = frozenset({"product", "paid", "sum", "lines_sum"})
_WITHIN = Decimal("0.011")
_OF_TAXES = Decimal("0.02")


def retry_receipt(fields: Mapping[str, Field]) -> Retried:
    proofs = Proofs(fields.values())
    for number in range(len(entries_of(fields, "line_items"))):
        _product(proofs, f"line_items.{number}", ("quantity", "unit_price", "amount"), Decimal(1), _WITHIN)
    for number in range(len(entries_of(fields, "taxes"))):
        _product(proofs, f"taxes.{number}", ("rate", "base", "amount"), Decimal(100), _OF_TAXES)
    return judged_by([*proofs.checks, *_of_total(proofs), *_of_lines(proofs)])


def _product(proofs: Proofs, path: str, names: tuple[str, str, str], per: Decimal, within: Decimal) -> None:
    left, right, amount = (proofs.number(f"{path}.{name}") for name in names)
    if left is not None and right is not None and amount is not None:
        said = f"{left:f} x {right:f}" + (f" / {per:f}" if per != 1 else "") + f" = {amount:f}"
        paths = [f"{path}.{name}" for name in names]
        proofs.equal("product", left * right / per, amount, paths, said, within)


def _of_total(proofs: Proofs) -> list[FieldCheck]:
    total = proofs.number("total")
    if total is None:
        return []
    checks = []
    paid, change = proofs.number("paid"), proofs.number("change")
    if paid is not None and change is not None:
        said = f"{paid:f} was given, {change:f} given back, {total:f} is the total"
        checks.append(FieldCheck("paid", paid - change == total, said, ("paid", "change", "total")))
    side = _side(proofs)
    if side.subtotals:
        holds = adds_up(total, side)
        if holds or total not in side.subtotals:
            said = f"subtotal {side.subtotals[0]:f}, taxes, discount and rounding against the total {total:f}"
            checks.append(FieldCheck("sum", holds, said, ("subtotal", "total")))
    return checks


def _side(proofs: Proofs) -> Side:
    def of(*paths: str) -> tuple[Decimal, ...]:
        return tuple(value for path in paths if (value := proofs.number(path)) is not None)

    taxes = [f"taxes.{number}.amount" for number in range(len(entries_of(proofs.fields, "taxes")))]
    return Side(
        of("paid"), of("change"), of("rounding"), of("subtotal"), of("tax_total", *taxes), (), of("discount_total")
    )  # fmt: skip


def _of_lines(proofs: Proofs) -> list[FieldCheck]:
    entries = entries_of(proofs.fields, "line_items")
    amounts = [decimal(one.value) for entry in entries if (one := entry.get("amount")) is not None]
    known = [value for path in ("subtotal", "total") if (value := proofs.number(path)) is not None]
    if not amounts or not known:
        return []
    total = sum((one for one in amounts if one is not None), Decimal(0))
    said = f"The amounts of the lines add up to {total}."
    return [FieldCheck("lines_sum", total in known, said, ("line_items", "subtotal", "total"))]
