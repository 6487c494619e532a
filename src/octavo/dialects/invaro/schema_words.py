"""What schemas of this vendor's users call things, and what we call them: `vendor_name` is `seller.name`."""

from collections.abc import Mapping
from types import MappingProxyType

_PARTY = ("name", "address", "tax_id", "email", "phone", "city", "state", "country", "postal_code", "website")
_PARTY_WORDS = {
    "gstin": "tax_id", "gst": "tax_id", "gst_number": "tax_id", "vat": "tax_id", "vat_number": "tax_id", "vat_id": "tax_id",
    "pan": "registration_number", "zip": "postal_code", "zip_code": "postal_code", "pincode": "postal_code",
    "telephone": "phone", "phone_number": "phone",
}  # fmt: skip


def _party(path: str, *names: str) -> dict[str, str]:
    words = {name: name for name in _PARTY} | _PARTY_WORDS
    return {f"{name}_{word}": f"{path}.{ours}" for name in names for word, ours in words.items()}


_INVOICE = {
    **_party("seller", "vendor", "seller", "supplier", "issuer"),
    **_party("buyer", "customer", "buyer", "client", "bill_to"),
    "vendor": "seller", "seller": "seller", "supplier": "seller", "vendor_details": "seller", "seller_details": "seller",
    "supplier_details": "seller", "customer": "buyer", "buyer": "buyer", "client": "buyer", "buyer_details": "buyer",
    "customer_details": "buyer", "bill_to": "buyer",
    "invoice_no": "invoice_number", "invoice_id": "invoice_number", "number": "invoice_number", "bill_number": "invoice_number",
    "date": "invoice_date", "issue_date": "invoice_date", "bill_date": "invoice_date", "payment_due_date": "due_date",
    "po_number": "purchase_order", "purchase_order_number": "purchase_order", "order_number": "purchase_order",
    "customer_id": "customer_number", "customer_customer_id": "customer_number", "buyer_customer_id": "customer_number",
    "items": "line_items", "products": "line_items", "lines": "line_items",
    "sub_total": "subtotal", "net_total": "subtotal", "net_amount": "subtotal", "amount_before_tax": "subtotal",
    "tax": "tax_total", "tax_amount": "tax_total", "total_tax": "tax_total", "vat_amount": "tax_total", "gst_amount": "tax_total",
    "total_amount": "total", "grand_total": "total", "invoice_total": "total", "amount": "total", "gross_total": "total",
    "balance_due": "amount_due", "discount": "discount_total", "shipping_cost": "shipping", "currency_code": "currency",
    "terms": "payment_terms", "reference": "payment_reference", "swift": "bic", "swift_code": "bic",
}  # fmt: skip
_STATEMENT = {
    "account_no": "account_number", "bank": "bank_name", "account_name": "account_holder", "holder_name": "account_holder",
    "account_holder_name": "account_holder", "customer_name": "account_holder", "ifsc": "sort_code", "ifsc_code": "sort_code",
    "swift": "bic", "swift_code": "bic", "currency_code": "currency", "start_date": "period_start", "end_date": "period_end",
    "from_date": "period_start", "to_date": "period_end", "statement_start_date": "period_start",
    "statement_end_date": "period_end", "total_credit": "total_credits", "total_deposits": "total_credits",
    "total_debit": "total_debits", "total_withdrawals": "total_debits", "all_transactions": "transactions",
}  # fmt: skip
_LINES = {
    "name": "description", "item": "description", "product": "description", "item_name": "description",
    "qty": "quantity", "price": "unit_price", "rate": "unit_price", "total_price": "amount", "total": "amount",
    "line_total": "amount", "hsn_code": "sku", "hsn": "sku", "product_code": "sku", "item_code": "sku", "tax_percent": "tax_rate",
}  # fmt: skip
_BOOKINGS = {
    "narration": "description", "particulars": "description", "details": "description", "transaction_date": "date",
    "withdrawal": "debit", "deposit": "credit", "ref_no": "reference", "reference_number": "reference",
    "cheque_number": "reference", "running_balance": "balance", "transaction_category": "category",
}  # fmt: skip

ALIASES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"invoice": _INVOICE, "bank_statement": _STATEMENT}
)
"""By document type: names of a schema's top level as paths of ours."""
ENTRY_ALIASES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"line_items": _LINES, "transactions": _BOOKINGS}
)
"""By our array: names of a schema's entries as names of ours."""
PARTY_ALIASES: Mapping[str, str] = MappingProxyType(_PARTY_WORDS)
"""Within a seller or buyer."""
GROUPS = frozenset(
    {"invoice_info", "invoice_details", "amounts", "payment_info", "bank_details", "totals", "summary", "account_info"}
    | {"statement_period", "account_details"}
)  # fmt: skip
"""Objects that only group what we have on top."""
