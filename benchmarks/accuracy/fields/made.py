"""Made documents as cases: written to a folder of their own, digital or as an office scanner delivers them."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.accuracy.fields.generated import cargo_papers, contracts, statement_plan
from benchmarks.accuracy.fields.generated.cargo_papers import make_cargo_paper
from benchmarks.accuracy.fields.generated.contracts import make_contract
from benchmarks.accuracy.fields.generated.identity import LEVELS, make_identity_picture
from benchmarks.accuracy.fields.generated.paper import Made
from benchmarks.accuracy.fields.generated.scan import scanned
from benchmarks.accuracy.fields.generated.statements import make_statement
from benchmarks.accuracy.fields.truth import Case

HELD_OUT = {*statement_plan.HELD_OUT, *cargo_papers.HELD_OUT, *contracts.HELD_OUT}
"""Layouts that no rule was tuned on."""
_FIRST = 1000
"""Seeds below are for tuning."""
_DIGITAL, _SCANS = 60, 20
_IDENTITIES = 30
"""At each level of wear."""
_MONEY = {
    "opening_balance", "closing_balance", "total_credits", "total_debits", "value", "duty_amount", "tax_amount", "declared_value",
    "transactions.amount", "transactions.balance", "transactions.debit", "transactions.credit",
}  # fmt: skip

Cases = Callable[[Path], Iterator[Case]]


def made(make: Callable[[int], Made], *, scans: bool, held_out: bool | None = None) -> Cases:
    """Cases of one generator.

    Args:
        make: From a seed.
        scans: As pictures of paper.
        held_out: Only layouts that were held out, or only the others; None: all.
    """

    def cases(root: Path) -> Iterator[Case]:
        del root  # made, not found
        folder = Path(tempfile.gettempdir()) / "octavo-made"
        folder.mkdir(exist_ok=True)
        wanted, seed = _SCANS if scans else _DIGITAL, _FIRST
        while wanted:
            document = make(seed)
            if held_out is None or (document.layout in HELD_OUT) is held_out:
                yield _case(document, folder, seed if scans else None)
                wanted -= 1
            seed += 1

    return cases


def _identities(root: Path) -> Iterator[Case]:
    """Identity documents in every layout of the standard, as many at each level of wear."""
    del root  # made, not found
    folder = Path(tempfile.gettempdir()) / "octavo-made"
    folder.mkdir(exist_ok=True)
    for number in range(_IDENTITIES * len(LEVELS)):
        seed, level = _FIRST + number, LEVELS[number % len(LEVELS)]
        content, layout, fields = make_identity_picture(seed, level)
        path = folder / f"identity_{seed}_{layout}_{level}.jpg"
        path.write_bytes(content)
        kinds = {"mrz_lines": "verbatim", "date_of_birth": "date", "date_of_expiry": "date"}
        yield Case(path.stem, path, "identity_document", dict(flat(fields)), f"{layout} {level}", kinds)


def _case(document: Made, folder: Path, wear: int | None) -> Case:
    path = folder / f"{document.name}{'' if wear is None else '_scan'}.pdf"
    path.write_bytes(document.pdf if wear is None else scanned(document.pdf, wear))
    truth = dict(flat(document.fields))
    kinds = dict.fromkeys(_MONEY, "money") | {name: "date" for name in truth if name.endswith("date")}
    return Case(path.stem, path, document.document_type, truth, document.layout, kinds)


def flat(node: Any, path: str = "") -> Iterator[tuple[str, str | float]]:
    """By path, as fields are named: `line_items.0.amount`."""
    if isinstance(node, Mapping):
        for name, child in node.items():
            yield from flat(child, f"{path}.{name}" if path else name)
    elif isinstance(node, list):
        for number, child in enumerate(node):
            yield from flat(child, f"{path}.{number}")
    else:
        yield path, node


STATEMENT_PATHS = (
    "bank_name", "account_holder", "account_number", "iban", "account_type", "currency", "statement_number", "period_start", "period_end",
    "opening_balance", "closing_balance", "total_credits", "total_debits", "transactions.date", "transactions.value_date",
    "transactions.description", "transactions.reference", "transactions.debit", "transactions.credit", "transactions.amount",
    "transactions.balance",
)  # fmt: skip
_PARTY = ("name", "street", "postal_code", "city", "country")
CARGO_PATHS = (
    "bol_number", "waybill_number", "awb_number", "packing_list_number", "delivery_order_number", "certificate_number", "declaration_number",
    *(f"{party}.{part}" for party in ("shipper", "consignee", "notify_party", "exporter", "importer") for part in _PARTY),
    "booking_number", "vessel", "voyage_number", "place_of_receipt", "port_of_loading", "port_of_discharge", "place_of_delivery", "origin", "destination",
    "flight_number", "flight_date", "containers.number", "containers.seal_number", "containers.type", "packages.position", "packages.description",
    "packages.quantity", "packages.net_weight", "packages.gross_weight", "goods_description", "hs_code", "package_count", "pieces", "gross_weight",
    "net_weight", "chargeable_weight", "weight_unit", "volume", "volume_unit", "freight_terms", "incoterm", "issue_date", "date", "shipped_on_board_date",
    "place_of_issue", "number_of_originals", "country_of_origin", "country_of_destination", "transport_details", "issuing_authority", "order_reference",
    "invoice_reference", "invoice_number", "declaration_type", "customs_office", "procedure_code", "value", "declared_value", "currency", "duty_rate",
    "duty_amount", "tax_amount",
)  # fmt: skip
CONTRACT_PATHS = (
    "title", "parties.name", "parties.role", "parties.address", "effective_date", "end_date", "term", "notice_period", "governing_law", "jurisdiction",
    "value", "currency", "signature_date", "signatures.name", "signatures.title",
)  # fmt: skip
MRZ_PATHS = (
    "mrz_lines", "document_type", "issuing_country", "surname", "given_names", "document_number", "nationality", "date_of_birth", "sex", "date_of_expiry",
    "personal_number",
)  # fmt: skip

MADE: tuple[tuple[str, Cases, tuple[str, ...]], ...] = (
    ("statements", made(make_statement, scans=False), STATEMENT_PATHS),
    ("statements_held_out", made(make_statement, scans=False, held_out=True), STATEMENT_PATHS),
    ("statements_scanned", made(make_statement, scans=True), STATEMENT_PATHS),
    ("logistics", made(make_cargo_paper, scans=False), CARGO_PATHS),
    ("logistics_held_out", made(make_cargo_paper, scans=False, held_out=True), CARGO_PATHS),
    ("logistics_scanned", made(make_cargo_paper, scans=True), CARGO_PATHS),
    ("contracts", made(make_contract, scans=False), CONTRACT_PATHS),
    ("contracts_held_out", made(make_contract, scans=False, held_out=True), CONTRACT_PATHS),
    ("mrz_made", _identities, MRZ_PATHS),
    ("contracts_scanned", made(make_contract, scans=True), CONTRACT_PATHS),
)
"""Name of the set, its cases, the paths that are scored."""
