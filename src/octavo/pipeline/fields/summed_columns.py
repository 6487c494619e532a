"""The row that sums up a table: net, tax and gross side by side behind one word for all."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from octavo.domain.template import FieldSpec, FieldType
from octavo.pipeline.fields.candidates import Candidate
from octavo.pipeline.fields.items.entries import ItemRow
from octavo.pipeline.fields.labels import LabelSearch
from octavo.pipeline.fields.prove import decimal

_CENT = Decimal("0.011")
_LABELS = ("total", "subtotal", "line_total")
_MONEY = FieldSpec("total", FieldType.MONEY)


def summed_columns(search: LabelSearch, items: Sequence[ItemRow]) -> dict[str, Candidate]:
    """Net, tax and gross of the row where they add up, or where the net is what the entries give together."""
    lines = _together(items)
    for amounts in _rows_of_amounts(search):
        values = [decimal(one.value) or Decimal(0) for one in amounts]
        if len(values) > 2 and abs(values[-3] + values[-2] - values[-1]) <= _CENT:
            return dict(zip(("subtotal", "tax_total", "total"), amounts[-3:], strict=True))
        if lines is not None and abs(values[0] - lines) <= _CENT and values[-1] > values[0]:
            return {"subtotal": amounts[0], "total": amounts[-1]}
    return {}


def _together(items: Sequence[ItemRow]) -> Decimal | None:
    amounts = [item.number("amount") for item in items]
    known = [one for one in amounts if one is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(amounts) else None


def _rows_of_amounts(search: LabelSearch) -> Iterator[list[Candidate]]:
    for name in _LABELS:
        for hit in search.named(name):
            beside = {
                one.tokens[0].bbox.x0: one for one in search.at(hit, _MONEY) if one.how in ("same", "right")
            }
            if len(beside) > 1:
                yield [beside[x] for x in sorted(beside)]
