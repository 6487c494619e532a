"""Invoices whose embedded XML is the truth; the attachments are taken out before the pages are read."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.accuracy.fields.truth import Case

_NAMES = {
    "invoice_number": "invoice_number",
    "issue_date": "invoice_date",
    "due_date": "due_date",
    "seller_name": "seller.name",
    "seller_vat_id": "seller.tax_id",
    "seller_city": "seller.city",
    "seller_postcode": "seller.postal_code",
    "buyer_name": "buyer.name",
    "buyer_vat_id": "buyer.tax_id",
    "buyer_city": "buyer.city",
    "buyer_postcode": "buyer.postal_code",
    "currency": "currency",
    "net_total": "subtotal",
    "tax_total": "tax_total",
    "grand_total": "total",
    "amount_due": "amount_due",
    "iban": "iban",
}
_LINE = {
    "description": "description",
    "quantity": "quantity",
    "unit_price": "unit_price",
    "line_total": "amount",
}
_MONEY = ("subtotal", "tax_total", "total", "amount_due", "line_items.amount")
_NUMBERS = ("line_items.quantity", "line_items.unit_price")

PATHS = (*_NAMES.values(), *(f"line_items.{name}" for name in _LINE.values()))
KINDS = {
    **dict.fromkeys(_MONEY, "money"),
    **dict.fromkeys(_NUMBERS, "number"),
    "invoice_date": "date",
    "due_date": "date",
    "line_items.description": "beginning",
}


def zugferd(root: Path) -> Iterator[Case]:
    """Only what `field_visible_on_page` says is visible; of a line that is, the numbers that are printed."""
    for path in sorted((root / "zugferd").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        pdf = path.parent / truth["file"]
        printed = _printed_numbers(pdf)
        yield Case(
            id=path.stem,
            path=pdf,
            document_type="invoice",
            truth={**dict(_head(truth)), **dict(_lines(truth, printed))},
            family=truth["source"]["path"].rsplit("/", 1)[0],
            kinds=KINDS,
        )


def without_attachments(path: Path, folder: Path) -> Path:
    """A copy of a PDF that carries no other file."""
    import pikepdf

    target = folder / "stripped.pdf"
    with pikepdf.open(path) as document:
        for name in list(document.attachments):
            del document.attachments[name]
        if "/AF" in document.Root:
            del document.Root["/AF"]
        document.save(target)
    return target


def _head(truth: dict[str, Any]) -> Iterator[tuple[str, str | float]]:
    for name, path in _NAMES.items():
        value = truth["fields"].get(name)
        if value is not None and truth["field_visible_on_page"].get(name):
            yield path, float(value) if path in _MONEY else value


def _lines(truth: dict[str, Any], printed: Callable[[float], bool]) -> Iterator[tuple[str, str | float]]:
    for index, line in enumerate(truth["line_items"]):
        if not line["visible"]:
            continue
        for name, path in _LINE.items():
            value = line[name]
            if name == "description":
                yield f"line_items.{index}.{path}", value
            elif value is not None and printed(float(value)):
                yield f"line_items.{index}.{path}", float(value)


def _printed_numbers(path: Path) -> Callable[[float], bool]:
    """Whether a number stands on the pages in German, English or French notation, with the decimals it may have."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    words = {re.sub(r"[^\d.,-]", "", word).strip(".,") for word in re.split(r"\s+", text)}
    values = {value for word in words for value in _readings(word)}

    def printed(value: float) -> bool:
        return round(value, 4) in values

    return printed


def _readings(word: str) -> Iterator[float]:
    for decimal, thousands in ((",", "."), (".", ",")):
        try:
            yield round(float(word.replace(thousands, "").replace(decimal, ".")), 4)
        except ValueError:
            continue
