"""Made invoices as cases, digital or as an office scanner delivers them; a line's truth is the beginning of its description."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.accuracy.fields.generated.invoices import make_invoice
from benchmarks.accuracy.fields.made import Cases, made
from benchmarks.accuracy.fields.truth import Case

_MONEY = ("subtotal", "tax_total", "total", "line_items.amount")
_NUMBERS = ("line_items.quantity", "line_items.unit_price")
_KINDS = {
    **dict.fromkeys(_MONEY, "money"),
    **dict.fromkeys(_NUMBERS, "number"),
    **dict.fromkeys(("invoice_date", "due_date"), "date"),
    "line_items.description": "beginning",
}
_PARTY = ("name", "street", "postal_code", "city")
INVOICE_PATHS = (
    *("invoice_number", "invoice_date", "due_date", "purchase_order", "currency", "iban", "seller.tax_id"),
    *(f"{role}.{part}" for role in ("seller", "buyer") for part in _PARTY),
    *(
        "subtotal",
        "tax_total",
        "total",
        "line_items.description",
        "line_items.quantity",
        "line_items.unit_price",
        "line_items.amount",
    ),
)


def invoices(*, scans: bool) -> Cases:
    drawn = made(make_invoice, scans=scans)

    def cases(root: Path) -> Iterator[Case]:
        for case in drawn(root):
            yield replace(case, kinds=_KINDS)

    return cases
