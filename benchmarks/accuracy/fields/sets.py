"""The sets of documents whose fields are known: add a function, add a row."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.accuracy.fields.documents import Prepare
from benchmarks.accuracy.fields.made import MADE, MRZ_PATHS, flat
from benchmarks.accuracy.fields.made_invoices import INVOICE_PATHS, invoices
from benchmarks.accuracy.fields.truth import Case
from benchmarks.accuracy.fields.zugferd import PATHS as ZUGFERD_PATHS
from benchmarks.accuracy.fields.zugferd import without_attachments, zugferd


@dataclass(frozen=True, slots=True)
class FieldSet:
    cases: Callable[[Path], Iterator[Case]]
    """From the folder with real documents; none where it does not have the set."""
    paths: tuple[str, ...]
    """The fields that are scored, as the tables show them; those of arrays without positions. None: only the type is."""
    prepare: Prepare | None = None
    """What is done to a file before it is read."""
    is_whole: bool = False
    """The truth says all that the documents say of these fields: another value is made up."""


def _truths(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.glob("*.json")):
        yield path, json.loads(path.read_text(encoding="utf-8"))


def _sroie(root: Path) -> Iterator[Case]:
    for path, truth in _truths(root / "sroie"):
        fields, normal = truth["fields"], truth["fields_normalised"]
        yield Case(
            id=path.stem,
            path=path.parent / truth["file"],
            document_type="receipt",
            truth={
                "merchant.name": fields["company"],
                "merchant.address": fields["address"],
                "date": normal["date_iso"],
                "total": float(normal["total_decimal"]),
            },
            family=truth["merchant_family"],
            kinds={"date": "date", "total": "money"},
        )


def _mrz(root: Path) -> Iterator[Case]:
    for path, truth in _truths(root / "mrz"):
        lines = {f"mrz_lines.{number}": line for number, line in enumerate(truth["mrz_lines"])}
        yield Case(
            id=path.stem,
            path=path.parent / truth["file"],
            document_type="identity_document",
            truth={**truth["fields"], **lines},
            family=str(truth.get("degradation")),
            kinds={"date_of_birth": "date", "date_of_expiry": "date", "mrz_lines": "verbatim"},
        )


_OTHERS = ("office_docx", "office_pptx", "office_xlsx", "pdf_headings", "tables_icdar2013", "tables_tabula")


def _others(root: Path) -> Iterator[Case]:
    """Reports, manuals and tables: none of the types, which is all that is known of them."""
    for folder in _OTHERS:
        for path, truth in _truths(root / folder):
            yield Case(path.stem, path.parent / truth.get("file", ""), "generic", {}, folder, {})


_HANDWRITTEN = Path(__file__).parent / "handwritten"


def _handwritten(_: Path) -> Iterator[Case]:
    """Papers that were set one by one, as other senders would."""
    for path, truth in _truths(_HANDWRITTEN):
        values = dict(flat({name: value for name, value in truth.items() if name != "document_type"}))
        kinds = {name: "number" for name, value in values.items() if isinstance(value, float)}
        yield Case(path.stem, path.with_suffix(".pdf"), truth["document_type"], values, path.stem, kinds)


HANDWRITTEN_PATHS = (
    "invoice_number", "invoice_date", "due_date", "purchase_order", "customer_number", "iban", "seller.name", "seller.street", "seller.city", "seller.postal_code", "seller.tax_id",
    "buyer.name", "buyer.city", "buyer.postal_code", "buyer.tax_id", "subtotal", "tax_total", "total", "amount_paid", "amount_due", "currency", "line_items.description",
    "line_items.quantity", "line_items.unit_price", "line_items.amount", "merchant.name", "date", "time", "bank_name", "account_holder", "account_number", "sort_code",
    "opening_balance", "closing_balance", "total_credits", "total_debits", "period_start", "period_end", "transactions.date", "transactions.amount", "transactions.balance",
    "transactions.description", "bol_number", "delivery_order_number", "booking_number", "packing_list_number", "invoice_reference", "shipper.name", "consignee.name", "notify_party.name", "vessel",
    "voyage_number", "port_of_loading", "port_of_discharge", "package_count", "gross_weight", "net_weight", "chargeable_weight", "volume", "freight_terms", "issue_date",
    "receipt_number", "paid", "change", "discount_total", "merchant.city", "merchant.postal_code", "merchant.tax_id", "awb_number", "waybill_number", "house_awb_number", "declaration_number",
    "certificate_number", "exporter.name", "importer.name", "carrier.name", "bill_to.name", "agent", "origin", "destination", "flight_number", "pieces", "hs_code", "value", "duty_amount",
    "country_of_origin", "country_of_destination", "incoterm", "place_of_issue", "place_of_receipt", "place_of_delivery", "order_reference", "bill_of_lading", "voyage", "container_number",
    "weight", "fuel_surcharge", "charges.description", "charges.amount", "packages.sku", "packages.description", "packages.quantity", "packages.net_weight", "packages.gross_weight",
    "surname", "given_names", "document_number", "nationality", "date_of_birth", "date_of_expiry", "mrz_lines", "title", "parties.role", "signature_date", "term", "notice_period",
    "shipped_on_board_date", "containers.number", "containers.seal_number", "effective_date", "end_date", "governing_law", "parties.name",
)  # fmt: skip


FIELD_SETS: dict[str, FieldSet] = {
    "sroie": FieldSet(_sroie, ("merchant.name", "merchant.address", "date", "total")),
    "zugferd": FieldSet(zugferd, ZUGFERD_PATHS, without_attachments),
    "invoices": FieldSet(invoices(scans=False), INVOICE_PATHS, is_whole=True),
    "invoices_scanned": FieldSet(invoices(scans=True), INVOICE_PATHS, is_whole=True),
    "handwritten": FieldSet(_handwritten, HANDWRITTEN_PATHS),
    "others": FieldSet(_others, ()),
    "mrz": FieldSet(_mrz, MRZ_PATHS),
    **{name: FieldSet(cases, paths, is_whole=True) for name, cases, paths in MADE},
}
