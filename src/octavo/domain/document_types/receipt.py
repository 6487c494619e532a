"""What a till prints: paid on the spot, mostly without a named buyer."""

from octavo.domain.document_types.money import LINE_ITEMS, TAXES
from octavo.domain.document_types.parties import party
from octavo.domain.template import DocumentType, FieldSpec, FieldType

RECEIPT = DocumentType(
    name="receipt",
    title="Receipt",
    description="A till receipt, a simplified invoice, a card slip.",
    fields=(
        party("merchant", "Who sold."),
        FieldSpec("date", FieldType.DATE, "Of the purchase.", required=True),
        FieldSpec("time", FieldType.TIME, "`HH:MM`, as printed."),
        FieldSpec("receipt_number", FieldType.IDENTIFIER, "Of the receipt, bill or simplified invoice."),
        FieldSpec("currency", FieldType.CURRENCY, "ISO 4217."),
        LINE_ITEMS,
        FieldSpec("subtotal", FieldType.MONEY, "Before taxes that are added, and before rounding."),
        FieldSpec("discount_total", FieldType.MONEY, "Positive: what was taken off."),
        TAXES,
        FieldSpec("tax_total", FieldType.MONEY),
        FieldSpec("rounding", FieldType.MONEY, "To the coins there are; signed."),
        FieldSpec("total", FieldType.MONEY, "What had to be paid.", required=True),
        FieldSpec("paid", FieldType.MONEY, "What was given."),
        FieldSpec("change", FieldType.MONEY, "What was given back."),
        FieldSpec(
            "payment_method",
            FieldType.ENUM,
            values=("cash", "card", "mobile", "transfer", "voucher", "cheque"),
        ),
        FieldSpec("card_last_digits", FieldType.STRING, "The last four."),
        FieldSpec("cashier", FieldType.STRING),
    ),
)
