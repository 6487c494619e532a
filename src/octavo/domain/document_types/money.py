"""Rows of goods and of taxes, as invoices and receipts have them."""

from octavo.domain.template import FieldSpec, FieldType

LINE_ITEMS = FieldSpec(
    "line_items",
    FieldType.ARRAY,
    "What was sold, line by line, in the order of the document.",
    fields=(
        FieldSpec("position", FieldType.STRING, "As it is printed."),
        FieldSpec("sku", FieldType.IDENTIFIER, "The article's number or code."),
        FieldSpec("description", FieldType.TEXT),
        FieldSpec("quantity", FieldType.NUMBER),
        FieldSpec("unit", FieldType.STRING, "As it is printed: `pcs`, `h`, `kg`."),
        FieldSpec("unit_price", FieldType.MONEY),
        FieldSpec("tax_rate", FieldType.PERCENTAGE, "19.0 for 19 %."),
        FieldSpec("discount", FieldType.MONEY, "Positive: what was taken off."),
        FieldSpec("amount", FieldType.MONEY, "Of the whole line."),
    ),
)

TAXES = FieldSpec(
    "taxes",
    FieldType.ARRAY,
    "One entry a rate.",
    fields=(
        FieldSpec("rate", FieldType.PERCENTAGE, "19.0 for 19 %."),
        FieldSpec("base", FieldType.MONEY, "What is taxed at this rate."),
        FieldSpec("amount", FieldType.MONEY),
    ),
)
