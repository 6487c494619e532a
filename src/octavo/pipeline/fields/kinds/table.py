"""Who finds the fields of which type: add a module, add a row."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.findings import Findings
from octavo.pipeline.fields.kinds.bank_statement import find_bank_statement
from octavo.pipeline.fields.kinds.cargo.papers import find_cargo_paper
from octavo.pipeline.fields.kinds.contract import find_contract
from octavo.pipeline.fields.kinds.freight_invoice import find_freight_invoice
from octavo.pipeline.fields.kinds.generic import find_generic
from octavo.pipeline.fields.kinds.identity_document import find_identity_document
from octavo.pipeline.fields.kinds.invoice import find_invoice
from octavo.pipeline.fields.kinds.receipt import find_receipt
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.view import View

Finder = Callable[[View, Locale, FieldOrder], Findings]

FINDERS: Mapping[str, Finder] = MappingProxyType(
    {
        "invoice": find_invoice,
        "freight_invoice": find_freight_invoice,
        "receipt": find_receipt,
        "bank_statement": find_bank_statement,
        "bill_of_lading": find_cargo_paper("bill_of_lading"),
        "packing_list": find_cargo_paper("packing_list"),
        "customs_declaration": find_cargo_paper("customs_declaration"),
        "certificate_of_origin": find_cargo_paper("certificate_of_origin"),
        "delivery_order": find_cargo_paper("delivery_order"),
        "air_waybill": find_cargo_paper("air_waybill"),
        "sea_waybill": find_cargo_paper("sea_waybill"),
        "contract": find_contract,
        "identity_document": find_identity_document,
        "generic": find_generic,
    }
)
