"""The two kinds of processing the vendor has addresses for, the general one, and its words for types."""

from dataclasses import dataclass

from octavo.domain.document_types.table import DOCUMENT_TYPES

DIALECT = "invaro"
BASE = "/api/v1"
STATEMENT = "bank_statement"
_TYPES = {"statement": STATEMENT, "statements": STATEMENT, "invoices": "invoice"}
SCHEMA_TYPES = ("invoice", STATEMENT)
UNKNOWN = "unknown"
"""The type of a file that nobody named and nothing has read yet."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Of a job: `/parse/{name}`."""

    name: str
    schema_type: str | None
    """The type whose newest active schema is used; None: the file's, where it is known."""
    document_types: tuple[str, ...]
    """What it may be found to be without a schema; empty: anything."""


INVOICES = Kind("invoices", "invoice", ("invoice", "receipt", "freight_invoice"))
"""Receipts and bills come here too; an order is read as an invoice."""
STATEMENTS = Kind("statements", STATEMENT, (STATEMENT,))
GENERAL = Kind("documents", None, ())
KINDS = {kind.name: kind for kind in (INVOICES, STATEMENTS, GENERAL)}
_JOB_TYPES = {INVOICES.name: "invoice_parsing", STATEMENTS.name: "statement_parsing"}


def job_type(kind: object, document_type: str | None) -> str:
    """As webhooks name it; of jobs that were sent elsewhere, by what they are."""
    if kind in _JOB_TYPES:
        return _JOB_TYPES[str(kind)]
    if document_type == STATEMENT:
        return _JOB_TYPES[STATEMENTS.name]
    return _JOB_TYPES[INVOICES.name] if document_type == "invoice" else "document_parsing"


def document_type_of(word: str) -> str | None:
    """Our type for the vendor's word; None for one there is not."""
    word = word.strip().lower()
    found = _TYPES.get(word, word)
    return found if found in DOCUMENT_TYPES else None
