"""Carriers' bills: an invoice whose lines are charges of one shipment. Start reading at `find_freight_invoice`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from octavo.domain.document_types.freight_invoice import FREIGHT_INVOICE
from octavo.domain.field import Field
from octavo.domain.template import FieldOrder, FieldSpec, FieldType
from octavo.pipeline.fields.candidates import Candidate
from octavo.pipeline.fields.findings import Findings
from octavo.pipeline.fields.hits import Vocabulary
from octavo.pipeline.fields.items.vocabulary import plain
from octavo.pipeline.fields.kinds.cargo.values import VALUES
from octavo.pipeline.fields.kinds.invoice import find_invoice
from octavo.pipeline.fields.labels import LabelSearch
from octavo.pipeline.fields.parties import find_parties
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.roles import FREIGHT_ROLES
from octavo.pipeline.fields.view import View

_LABELS: dict[str, tuple[str, ...]] = {
    "bill_of_lading": (
        "bill of lading", "bill of lading no", "b/l no", "b/l number", "bl no", "bol number", "bol no", "bol #", "bol", "awb", "awb no", "air waybill no", "waybill no", "mawb", "hawb", "hbl", "mbl", "frachtbrief-nr", "konnossement nr", "lettre de voiture n°",
        "n° bl", "conocimiento de embarque", "polizza di carico n.", "vrachtbrief nr", "tracking number",
    ),
    "container_number": ("container no", "container number", "container", "container #", "container-nr", "n° conteneur", "contenedor", "cntr no"),
    "vessel": ("vessel", "vessel name", "ocean vessel", "schiff", "navire", "buque", "nave", "navio", "schip", "vessel / voyage", "vessel/voyage"),
    "voyage": ("voyage", "voyage no", "voy. no", "voyage number", "reise-nr", "flight no", "flight"),
    "origin": ("origin", "port of loading", "pol", "from", "place of receipt", "abgangsort", "ladehafen", "port de chargement", "puerto de carga", "porto di carico", "laadhaven"),
    "destination": ("destination", "port of discharge", "pod", "place of delivery", "to", "bestimmungsort", "löschhafen", "port de déchargement", "puerto de descarga", "porto di sbarco", "loshaven"),
    "weight": ("gross weight", "weight", "total weight", "chargeable weight", "bruttogewicht", "gewicht", "poids brut", "poids", "peso bruto", "peso", "peso lordo", "gewicht"),
    "scac": ("scac", "scac code"),
}  # fmt: skip
_PRO = (
    "pro number",
    "pro no",
    "pro no.",
    "pro #",
    "pro",
    "freight bill no",
    "freight bill #",
    "freight bill number",
)
_TYPES = {
    "bill_of_lading": FieldType.IDENTIFIER,
    "container_number": FieldType.IDENTIFIER,
    "scac": FieldType.STRING,
}
_READ = frozenset({"weight", "vessel"})
_FREIGHT = (
    "freight",
    "ocean freight",
    "air freight",
    "linehaul",
    "line haul",
    "base rate",
    "fracht",
    "seefracht",
    "luftfracht",
    "fret",
    "flete",
    "nolo",
    "frete",
    "vracht",
    "transport",
)
_FUEL = (
    "fuel",
    "bunker",
    "baf",
    "fsc",
    "treibstoff",
    "diesel",
    "kraftstoff",
    "carburant",
    "combustible",
    "carburante",
    "brandstof",
    "dieseltoeslag",
    "gazole",
)
_KEPT = frozenset(spec.name for spec in FREIGHT_INVOICE.fields)
_SCORE = 0.8


def find_freight_invoice(view: View, locale: Locale, order: FieldOrder) -> Findings:
    """What any invoice has, its lines as charges; then the shipment and its parties."""
    findings = find_invoice(view, locale, order)
    fields = [_as_charge(field) for field in findings.fields if not _is_party(field.path)]
    findings.checks = [
        replace(check, paths=tuple(_charge_path(path) for path in check.paths)) for check in findings.checks
    ]
    parties = find_parties(view, FREIGHT_ROLES, locale, sender="carrier", receiver="bill_to")
    fields += [field for party in parties.values() for field in party.to_fields()]
    fields += _shipment(view, locale)
    fields += _by_pro_number(view, locale, fields)
    fields += _sorted_charges(fields)
    findings.fields = [field for field in fields if field.path.split(".", 1)[0] in _KEPT]
    return findings


def _is_party(path: str) -> bool:
    return path.split(".", 1)[0] in ("seller", "buyer", "ship_to")


def _charge_path(path: str) -> str:
    return path.replace("line_items.", "charges.", 1)


def _as_charge(field: Field) -> Field:
    return replace(field, path=_charge_path(field.path))


def _shipment(view: View, locale: Locale) -> Iterable[Field]:
    search = LabelSearch(view.rows, Vocabulary(_LABELS), locale)
    for name in _LABELS:
        candidates = search.candidates(name, FieldSpec(name, _TYPES.get(name, FieldType.STRING)))
        if candidates and name in _READ:
            yield from _read(name, candidates[0], locale)
        elif candidates:
            path = "carrier.scac" if name == "scac" else name
            yield candidates[0].to_field(path, confidence=min(1.0, _SCORE * candidates[0].score))


def _read(name: str, candidate: Candidate, locale: Locale) -> Iterable[Field]:
    """A weight with gaps in its number; a vessel with its voyage behind."""
    field = candidate.to_field(name, confidence=min(1.0, _SCORE * candidate.score))
    if name == "weight":
        measured = VALUES["gross_weight"](str(candidate.value), locale)
        if measured is not None:
            yield replace(field, value=measured.value)
        return
    vessel, _, voyage = (part.strip() for part in str(field.value).rpartition(" / "))
    if vessel and any(char.isdigit() for char in voyage):
        yield replace(field, value=vessel)
        yield replace(field, path="voyage", value=voyage)
    else:
        yield field


def _by_pro_number(view: View, locale: Locale, fields: Sequence[Field]) -> Iterable[Field]:
    """A trucker's bill goes by its progressive number; where it has another, that names the shipment."""
    known = {field.path for field in fields}
    search = LabelSearch(view.rows, Vocabulary({"pro": _PRO}), locale)
    candidates = search.candidates("pro", FieldSpec("pro", FieldType.IDENTIFIER))
    for name in ("invoice_number", "bill_of_lading"):
        if candidates and name not in known:
            yield candidates[0].to_field(name, confidence=_SCORE * candidates[0].score)
            return


def _sorted_charges(fields: Sequence[Field]) -> Iterable[Field]:
    """The base freight, the fuel surcharge, and all other charges by what they are called."""
    amounts = {field.path: field for field in fields if field.path.endswith(".amount")}
    others = 0
    seen: set[str] = set()
    for field in fields:
        if not (field.path.startswith("charges.") and field.path.endswith(".description")):
            continue
        amount = amounts.get(field.path.replace(".description", ".amount"))
        if amount is None:
            continue
        kind = _kind_of(str(field.value))
        if kind is not None and kind not in seen:
            seen.add(kind)
            yield replace(amount, path=kind)
        else:
            yield replace(field, path=f"accessorials.{others}.type")
            yield replace(amount, path=f"accessorials.{others}.amount")
            others += 1


def _kind_of(description: str) -> str | None:
    said = plain(description)
    if any(word in said.split() or word in said for word in _FUEL):
        return "fuel_surcharge"
    return "freight_charges" if any(word in said for word in _FREIGHT) else None
