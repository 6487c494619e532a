"""Every document type: add a module, add a row."""

from octavo.domain.document_types.generic import GENERIC
from octavo.domain.document_types.receipt import RECEIPT
from octavo.domain.template import DocumentType

DOCUMENT_TYPES: dict[str, DocumentType] = {
    kind.name: kind
    for kind in (
        RECEIPT,
        GENERIC,
    )
}
