"""Invoices and receipts in the vendor's keys; with Indian tax numbers, its groups for those beside them."""

import re
from typing import Any

from octavo.dialects._members import member

_GSTIN = re.compile(r"(\d{2})[A-Z]{5}\d{4}[A-Z][0-9A-Z]Z[0-9A-Z]")
_HSN = re.compile(r"\d{4}(?:\d{2}){0,2}")


def shape_invoice(values: dict[str, Any]) -> dict[str, Any]:
    """Null where the document does not say; what is beyond the vendor's keys is absent then."""
    seller = _first(values, "seller", "merchant", "carrier") or {}
    buyer = _first(values, "buyer", "bill_to") or {}
    shaped = {
        "invoice_info": {
            "invoice_number": _first(values, "invoice_number", "receipt_number"),
            "date": _first(values, "invoice_date", "date"),
            "due_date": member(values, "due_date"),
            "currency": member(values, "currency"),
            **_known(values, "purchase_order", "delivery_date", "time"),
        },
        "vendor": _party(seller, "tax_id") | _known(seller, "email", "phone"),
        "customer": {
            **_party(buyer),
            "customer_id": member(values, "customer_number"),
            **_known(buyer, "tax_id", "email", "phone"),
        },
        "amounts": {
            "subtotal": member(values, "subtotal"),
            "tax": member(values, "tax_total"),
            "total": member(values, "total"),
            **_known(values, "discount_total", "shipping", "rounding", "amount_paid", "amount_due"),
        },
        "line_items": [_line(entry) for entry in _first(values, "line_items", "charges") or []],
        "payment_info": {
            "terms": member(values, "payment_terms"),
            "method": member(values, "payment_method"),
            **_known(values, "iban", "bic", "payment_reference"),
        },
    }
    return shaped | _indian(values, seller, buyer)


def _first(values: dict[str, Any], *names: str) -> Any:
    """Receipts and freight invoices call the same things by other names."""
    return next((found for name in names if (found := member(values, name)) is not None), None)


def _party(party: dict[str, Any], *more: str) -> dict[str, Any]:
    return {name: member(party, name) for name in ("name", "address", *more)}


def _line(entry: dict[str, Any]) -> dict[str, Any]:
    told = {name: member(entry, name) for name in ("description", "quantity", "unit_price", "amount")}
    return told | _known(entry, "sku", "unit", "tax_rate", "discount")


def _known(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: found for name in names if (found := member(values, name)) is not None}


def _indian(values: dict[str, Any], seller: dict[str, Any], buyer: dict[str, Any]) -> dict[str, Any]:
    """The groups for Indian goods and services tax, every value a text; none where no GSTIN is named."""
    ours, theirs = _gstin(seller), _gstin(buyer)
    if not (ours or theirs):
        return {}
    rates = [rate for entry in member(values, "taxes", []) if (rate := member(entry, "rate")) is not None]
    codes = [str(sku) for line in member(values, "line_items", []) if (sku := member(line, "sku"))]
    # Within one state the tax is two others; which of them a printed sum is, the totals do not say.
    integrated = bool(ours and theirs and ours[:2] != theirs[:2])
    percent = _plain(rates[0]) if integrated and len(rates) == 1 else ""
    tax = _plain(member(values, "tax_total")) if integrated else ""
    return {
        "bank_details": {
            "IFSC": "",
            "SWIFT_CODE": _text(member(values, "bic")),
            "account_number": _text(member(values, "iban")),
            "bank_name": "",
        },
        "buyer_details": {
            "GSTIN": theirs,
            "name": _text(member(buyer, "name")),
            "address": _text(member(buyer, "address")),
            "phone": _text(member(buyer, "phone")),
            "state_code": theirs[:2],
        },
        "invoice_details": {"GR_date": "", "GR_number": ""},
        "tax_calculation": {
            "HSN": next((code for code in codes if _HSN.fullmatch(code)), ""),
            "IGST_amount": tax,
            "IGST_percentage": f"{percent}%" if percent else "",
            "reverse_charge_applicable": "",
        },
        "total_calculation": {f"IGST_at_{percent}_percentage": tax} if percent else {},
    }


def _gstin(party: dict[str, Any]) -> str:
    text = _text(member(party, "tax_id")).replace(" ", "").upper()
    return text if _GSTIN.fullmatch(text) else ""


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _plain(number: float | None) -> str:
    """`18`, `1234.50`."""
    if number is None:
        return ""
    return str(int(number)) if float(number).is_integer() else f"{number:.2f}"
