"""A bill among businesses: the terms of EN 16931 that are printed, by plain names."""

from dataclasses import replace

from octavo.domain.document_types.money import LINE_ITEMS, TAXES
from octavo.domain.document_types.parties import party
from octavo.domain.template import DocumentType, FieldRule, FieldSpec, FieldType

_PRICE_UNIT = FieldSpec(
    "price_unit", FieldType.NUMBER, "How many units the price is for, where it is not one: 100, 1000."
)

INVOICE = DocumentType(
    name="invoice",
    title="Invoice",
    description="An invoice, credit note or correction, with its lines, taxes and totals.",
    fields=(
        FieldSpec("invoice_number", FieldType.IDENTIFIER, required=True),
        FieldSpec("invoice_date", FieldType.DATE, "Of issue.", required=True),
        FieldSpec("due_date", FieldType.DATE, "Until when it is to be paid, without discount."),
        FieldSpec("delivery_date", FieldType.DATE, "When goods were delivered or the service was done."),
        FieldSpec("purchase_order", FieldType.IDENTIFIER, "The buyer's order."),
        FieldSpec("customer_number", FieldType.IDENTIFIER, "What the seller calls the buyer."),
        FieldSpec("type_code", FieldType.ENUM, "UNTDID 1001.", values=("380", "381", "384", "386", "389")),
        party("seller", "Who sends the invoice."),
        party("buyer", "Who is to pay it."),
        party("ship_to", "Where goods go, if elsewhere."),
        FieldSpec("currency", FieldType.CURRENCY, "ISO 4217."),
        replace(LINE_ITEMS, fields=(*LINE_ITEMS.fields, _PRICE_UNIT)),
        FieldSpec("line_total", FieldType.MONEY, "All lines, before allowances and charges of the document."),
        FieldSpec("discount_total", FieldType.MONEY, "Positive: what was taken off the whole."),
        FieldSpec("charge_total", FieldType.MONEY, "What was put on the whole, shipping included."),
        FieldSpec("shipping", FieldType.MONEY),
        FieldSpec("subtotal", FieldType.MONEY, "Without tax, allowances and charges included."),
        TAXES,
        FieldSpec("tax_total", FieldType.MONEY),
        FieldSpec("rounding", FieldType.MONEY, "Signed."),
        FieldSpec("total", FieldType.MONEY, "With tax.", required=True),
        FieldSpec("amount_paid", FieldType.MONEY, "Paid already."),
        FieldSpec("amount_due", FieldType.MONEY, "Still to be paid."),
        FieldSpec("payment_terms", FieldType.TEXT),
        FieldSpec("payment_reference", FieldType.IDENTIFIER, "To be quoted with the payment."),
        FieldSpec("iban", FieldType.IBAN, "The account it is paid to."),
        FieldSpec("bic", FieldType.BIC),
        FieldSpec("notes", FieldType.TEXT),
    ),
    rules=(FieldRule("total == subtotal + tax_total", "Net and tax give the total."),),
)
