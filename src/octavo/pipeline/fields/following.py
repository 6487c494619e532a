"""Sums of an invoice that are not printed and follow from those that are."""

import re
from collections.abc import Sequence
from decimal import Decimal

from octavo.domain.field import Field, FieldSource
from octavo.pipeline.fields.prove import decimal

FOLLOWING = frozenset({"tax_total", "subtotal", "total", "amount_due"})
_TAX = re.compile(r"taxes\.\d+\.amount")
_SURE = 0.8


def sums_that_follow(fields: Sequence[Field]) -> list[Field]:
    """All fields, and behind them the tax of all rates, the net, the total and what is due."""
    values = {field.path: decimal(field.value) for field in fields}
    found = list(fields)
    taxes = [value for path, value in values.items() if _TAX.fullmatch(path)]
    if "tax_total" not in values and taxes:
        values["tax_total"] = sum((one for one in taxes if one is not None), Decimal(0))
        found.append(_made("tax_total", values["tax_total"]))
    net, tax, total = values.get("subtotal"), values.get("tax_total"), values.get("total")
    if net is None and tax is not None and total is not None and total >= tax:
        found.append(_made("subtotal", total - tax))
    elif total is None and net is not None and tax is not None:
        total = net + tax
        found.append(_made("total", total))
    if "amount_due" not in values and total is not None:
        found.append(_made("amount_due", total - abs(values.get("amount_paid") or Decimal(0))))
    return found


def _made(path: str, value: Decimal | None) -> Field:
    return Field(path, float(value or 0), FieldSource.COMPUTED, confidence=_SURE)
