"""Every document type: add a module, add a row."""

from octavo.domain.document_types.air_waybill import AIR_WAYBILL
from octavo.domain.document_types.bank_statement import BANK_STATEMENT
from octavo.domain.document_types.bill_of_lading import BILL_OF_LADING
from octavo.domain.document_types.certificate_of_origin import CERTIFICATE_OF_ORIGIN
from octavo.domain.document_types.contract import CONTRACT
from octavo.domain.document_types.customs_declaration import CUSTOMS_DECLARATION
from octavo.domain.document_types.delivery_order import DELIVERY_ORDER
from octavo.domain.document_types.freight_invoice import FREIGHT_INVOICE
from octavo.domain.document_types.generic import GENERIC
from octavo.domain.document_types.identity_document import IDENTITY_DOCUMENT
from octavo.domain.document_types.invoice import INVOICE
from octavo.domain.document_types.packing_list import PACKING_LIST
from octavo.domain.document_types.receipt import RECEIPT
from octavo.domain.document_types.sea_waybill import SEA_WAYBILL
from octavo.domain.template import DocumentType

DOCUMENT_TYPES: dict[str, DocumentType] = {
    kind.name: kind
    for kind in (
        INVOICE,
        FREIGHT_INVOICE,
        RECEIPT,
        BANK_STATEMENT,
        BILL_OF_LADING,
        PACKING_LIST,
        CUSTOMS_DECLARATION,
        CERTIFICATE_OF_ORIGIN,
        DELIVERY_ORDER,
        AIR_WAYBILL,
        SEA_WAYBILL,
        CONTRACT,
        IDENTITY_DOCUMENT,
        GENERIC,
    )
}
