"""A carrier's bill: charges of one shipment."""

from dataclasses import replace

from octavo.domain.document_types.money import TAXES
from octavo.domain.document_types.parties import PARTY_FIELDS, party
from octavo.domain.template import DocumentType, FieldSpec, FieldType

_SCAC = FieldSpec("scac", FieldType.IDENTIFIER, "Standard Carrier Alpha Code, two to four letters.")
_CHARGE = (
    FieldSpec("description", FieldType.STRING),
    FieldSpec("quantity", FieldType.NUMBER),
    FieldSpec("unit", FieldType.STRING),
    FieldSpec("unit_price", FieldType.MONEY),
    FieldSpec("tax_rate", FieldType.PERCENTAGE),
    FieldSpec("amount", FieldType.MONEY),
)

FREIGHT_INVOICE = DocumentType(
    name="freight_invoice",
    title="Freight invoice",
    description="What a carrier or forwarder charges for a shipment.",
    fields=(
        FieldSpec("invoice_number", FieldType.IDENTIFIER, required=True),
        FieldSpec("invoice_date", FieldType.DATE, required=True),
        FieldSpec("due_date", FieldType.DATE),
        replace(party("carrier", "Who carries and charges."), fields=(*PARTY_FIELDS, _SCAC)),
        party("shipper", "Who sends the goods."),
        party("consignee", "Who receives them."),
        party("bill_to", "Who is to pay."),
        FieldSpec("bill_of_lading", FieldType.IDENTIFIER, "Or air waybill, or PRO number."),
        FieldSpec("purchase_order", FieldType.IDENTIFIER),
        FieldSpec("container_number", FieldType.IDENTIFIER),
        FieldSpec("vessel", FieldType.STRING),
        FieldSpec("voyage", FieldType.STRING),
        FieldSpec("origin", FieldType.STRING),
        FieldSpec("destination", FieldType.STRING),
        FieldSpec("weight", FieldType.NUMBER),
        FieldSpec("weight_unit", FieldType.STRING),
        FieldSpec("currency", FieldType.CURRENCY),
        FieldSpec("charges", FieldType.ARRAY, "All of them, line by line.", fields=_CHARGE),
        FieldSpec("freight_charges", FieldType.MONEY, "The base freight."),
        FieldSpec("fuel_surcharge", FieldType.MONEY),
        FieldSpec(
            "accessorials",
            FieldType.ARRAY,
            "Charges beside freight and fuel.",
            fields=(FieldSpec("type", FieldType.STRING), FieldSpec("amount", FieldType.MONEY)),
        ),
        FieldSpec("subtotal", FieldType.MONEY),
        TAXES,
        FieldSpec("tax_total", FieldType.MONEY),
        FieldSpec("total", FieldType.MONEY, required=True),
        FieldSpec("amount_due", FieldType.MONEY),
        FieldSpec("payment_terms", FieldType.TEXT),
        FieldSpec("iban", FieldType.IBAN),
        FieldSpec("bic", FieldType.BIC),
    ),
)
