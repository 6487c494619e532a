"""Papers that travel with goods: labels in space, parties, containers, packages, check digits.  Start reading here."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from octavo.domain.document_types.table import DOCUMENT_TYPES
from octavo.domain.field import Field, FieldCheck, FieldSource
from octavo.domain.template import FieldOrder, FieldSpec, FieldType
from octavo.pipeline.fields.candidates import Candidate
from octavo.pipeline.fields.findings import Findings
from octavo.pipeline.fields.hits import LabelHit, Vocabulary
from octavo.pipeline.fields.kinds.cargo.columns import below_heads, total_under
from octavo.pipeline.fields.kinds.cargo.containers import container_fields
from octavo.pipeline.fields.kinds.cargo.packages import PackageRow, package_fields, package_rows
from octavo.pipeline.fields.kinds.cargo.parties import party_fields
from octavo.pipeline.fields.kinds.cargo.said import said_fields, sender_and_receiver
from octavo.pipeline.fields.kinds.cargo.values import VALUES, Value
from octavo.pipeline.fields.kinds.statement.amounts import tokens_at
from octavo.pipeline.fields.labels import LabelSearch
from octavo.pipeline.fields.parties import find_parties
from octavo.pipeline.fields.readers.check_digits import is_air_waybill
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.readers.money import amounts_in
from octavo.pipeline.fields.roles import FREIGHT_ROLES
from octavo.pipeline.fields.titled_number import number_by_title
from octavo.pipeline.fields.view import View, place_of, segment_of, source_of
from octavo.pipeline.fields.wording import folded

_ENDS = {
    "_container": ("container no.", "container no", "container-nr.", "conteneur n°", "contenedor n.º", "container n.", "contentor n.º", "containernr.", "marks and numbers", "marks & nos.", "container"),
    "_seal": ("seal no.", "seal", "siegel-nr.", "plombe", "scellé", "precinto", "sigillo", "selo", "zegel", "zegelnr."),
    "_type": ("type", "typ", "tipo"),
    "_box": ("forwarding agent", "forwarding agent references", "pre-carriage by", "precarriage by", "accounting information", "handling information", "export references", "remarks", "also notify party",
             "point and country of origin", "domestic routing/export instructions", "onward inland routing", "for delivery please apply to", "for delivery of goods please apply to", "place of acceptance",
             "amount of insurance", "spediteur", "bemerkungen", "remarques", "observations", "osservazioni", "observaciones", "observações", "opmerkingen", "agente", "agent de transit"),
    "_signature": ("signature", "signed", "unterschrift", "firma", "assinatura", "handtekening", "stamp", "phone", "tel.", "fax", "e-mail", "email", "page", "seite"),
}  # fmt: skip
_AWB = re.compile(r"(?<!\d)(\d{3})[\s\-\u2013]{0,3}(\d{4})[\s-]?(\d{4})(?!\d)")
_WEIGHT_UNIT = re.compile(
    r"\b(kgs?|kilos?|kilogramm?e?s?|lbs?|pounds?|mt|tons?|tonnes?|t|k|l)\b\.?", re.IGNORECASE
)
_POUNDS, _KILOGRAMS = re.compile(r"(?<!\w)lbs?\b", re.IGNORECASE), re.compile(r"kgs?\b|kilo", re.IGNORECASE)
_SHARED = (("vessel", "voyage_number"), ("place_of_issue", "issue_date"), ("flight_number", "flight_date"))
"""Fields that one label may name together: the second is looked for beside the label of the first."""
_VOYAGE = re.compile(r"(?:\s*/\s*|\s+V(?:OY)?\.?\s?)(?=\S*\d)(\S+)$", re.IGNORECASE)
_MEASURES = frozenset({"gross_weight", "net_weight", "chargeable_weight", "volume"})
_IN_COLUMNS = ("gross_weight", "net_weight", "chargeable_weight", "volume", "package_count", "pieces")
_ADDRESSED = (
    "name and address",
    "name & address",
    "(name and address)",
    "name, address",
    "full name and address",
    "(name, address, country)",
    "(name, full address, country)",
)
_COUNTED = frozenset({"package_count", "pieces"})
_UNITS = ("kg", "kgs", "lbs", "cbm", "m3", "m\u00b3", "in kg", "en kg")
_SCORE = 0.9
_SENT_LIKE_LETTERS = frozenset({"delivery_order", "packing_list"})
"""With a letterhead and a window for the address, where no box names the parties."""
_LONG_PLACE = 60
"""Letters."""


def find_cargo_paper(document_type: str) -> Callable[[View, Locale, FieldOrder], Findings]:
    """The finder of one of the types whose fields are those of cargo."""

    def find(view: View, locale: Locale, order: FieldOrder) -> Findings:
        del order  # the type says it all
        return _find(document_type, view, locale)

    return find


def _find(document_type: str, view: View, locale: Locale) -> Findings:
    specs = {spec.name: spec for spec in DOCUMENT_TYPES[document_type].fields}
    labels = {name: (*spec.synonyms, *_written_out(spec)) for name, spec in specs.items() if spec.synonyms}
    search = LabelSearch(view.rows, Vocabulary({**labels, **_ENDS}), locale)
    found = _labelled(view, search, specs, labels)
    if "place_of_issue" in specs and "place_of_issue" not in found:
        _place_beside(search, specs, found)
    _together(search, specs, found)
    if "currency" in specs and "value" in found:
        _currency_of_value(found, locale)
    named = next(iter(specs))
    if named not in found:
        _put(found, named, [(one, Value(one.value)) for one in number_by_title(view, document_type)])
    for field in said_fields(view, specs, locale):
        found.setdefault(field.path, field)
    _units(document_type, found, view)
    fields = _parties(document_type, view, search, specs)
    checks: list[FieldCheck] = []
    if "awb_number" in specs:
        _air_waybill(view, found, checks)
    if "containers" in specs:
        extra, verdicts = container_fields(view)
        fields += extra
        checks += verdicts
    if "packages" in specs:
        sums: list[PackageRow] = []
        rows = package_rows(view, locale, sums)
        _take_sums(sums, specs, found)
        fields += package_fields(rows)
        _prove_sums(rows, found, checks)
    return Findings([*found.values(), *fields], checks)


def _labelled(
    view: View, search: LabelSearch, specs: Mapping[str, FieldSpec], labels: Mapping[str, Sequence[str]]
) -> dict[str, Field]:
    """What stands beside or below a label, or below the head of a column."""
    found: dict[str, Field] = {}
    columns = below_heads(view, Vocabulary({name: labels[name] for name in _IN_COLUMNS if name in labels}))
    for name in labels:
        spec = specs[name]
        if spec.type is not FieldType.OBJECT:
            _put(found, name, _meant(columns.get(name, ()), name, spec, search.locale))
            _put(found, name, _candidates(view, search, name, spec))
    return found


def _parties(
    document_type: str, view: View, search: LabelSearch, specs: Mapping[str, FieldSpec]
) -> list[Field]:
    names = [name for name, spec in specs.items() if spec.type is FieldType.OBJECT]
    fields = [field for name in names for field in party_fields(search, name, search.locale)]
    if document_type in _SENT_LIKE_LETTERS:
        placed = find_parties(view, FREIGHT_ROLES, search.locale, sender="shipper", receiver="consignee")
        for name in ("shipper", "consignee"):
            said = placed[name].parts.get("name") if name in placed else None
            if said and len(said[0]) < _LONG_PLACE and not any(f.path == f"{name}.name" for f in fields):
                fields = [field for field in fields if not field.path.startswith(f"{name}.")]
                fields += placed[name].to_fields()
    if document_type == "packing_list":
        named = {field.path for field in fields}
        fields += [one for one in sender_and_receiver(view, "shipper", "consignee") if one.path not in named]
    return fields


def _written_out(spec: FieldSpec) -> list[str]:
    """`Gross weight (kg)`, `CBM`: a unit often stands in the label; and `name and address` in a party's."""
    units: tuple[str, ...] = _UNITS if spec.name in _MEASURES else ()
    if spec.type is FieldType.OBJECT:
        units = _ADDRESSED
    return [f"{label} {unit}" for label in spec.synonyms for unit in units]


def _candidates(view: View, search: LabelSearch, name: str, spec: FieldSpec) -> list[tuple[Candidate, Value]]:
    """Candidates with what their words mean for this field, the likeliest first."""
    reader = VALUES.get(name)
    read_as = spec if reader is None else FieldSpec(name, FieldType.STRING)
    hits = [hit for hit in search.named(name) if name not in _COUNTED or not _is_counted(search, hit)]
    found = [candidate for hit in hits for candidate in search.at(hit, read_as)]
    if reader is not None and not _meant(found, name, spec, search.locale):
        found = [candidate for hit in hits for candidate in search.under(hit, read_as)]
    if name in _IN_COLUMNS:
        found = [total_under(view, candidate) for candidate in found]
    return _meant(sorted(found, key=lambda one: -one.score), name, spec, search.locale)


def _is_counted(search: LabelSearch, hit: LabelHit) -> bool:
    """`960 cartons`: what is counted, and no label of what stands below."""
    before = search.rows[hit.row].tokens[max(0, hit.first - 1) : hit.first]
    return any(token.text[:1].isdigit() for token in before)


def _meant(
    candidates: Sequence[Candidate], name: str, spec: FieldSpec, locale: Locale
) -> list[tuple[Candidate, Value]]:
    reader = VALUES.get(name)
    found = []
    for candidate in candidates:
        value = Value(candidate.value) if reader is None else reader(str(candidate.value), locale)
        if value is not None and (spec.type is not FieldType.STRING or _is_words(str(value.value))):
            found.append((candidate, value))
    return found


def _is_words(text: str) -> bool:
    return any(c.isalpha() for c in text) and len(text) < 120


def _put(found: dict[str, Field], name: str, candidates: Sequence[tuple[Candidate, Value]]) -> None:
    if not candidates or name in found:
        return
    candidate, value = candidates[0]
    field = candidate.to_field(name, confidence=_SCORE * candidate.score)
    found[name] = replace(field, value=value.value)


def _together(search: LabelSearch, specs: dict[str, FieldSpec], found: dict[str, Field]) -> None:
    for first, second in _SHARED:
        if second not in specs or first not in found:
            continue
        if second == "voyage_number":
            match = _VOYAGE.search(str(found[first].value))
            if match:
                rest = str(found[first].value)[: match.start()].strip(" /")
                found.setdefault(second, replace(found[first], path=second, value=match[1]))
                found[first] = replace(found[first], value=rest)
            continue
        for hit in search.named(first):
            for candidate in search.at(hit, specs[second]):
                _put(found, second, [(candidate, Value(candidate.value))])
        if second in found and found[second].raw_text and first == "place_of_issue":
            rest = str(found[first].value).replace(found[second].raw_text or "", "").strip(" ,-/")
            found[first] = replace(found[first], value=rest or found[first].value)


def _currency_of_value(found: dict[str, Field], locale: Locale) -> None:
    amount = next(iter(amounts_in(found["value"].raw_text or "", locale)), None)
    if amount is not None and amount.currency:
        found.setdefault("currency", replace(found["value"], path="currency", value=amount.currency))


def _place_beside(search: LabelSearch, specs: dict[str, FieldSpec], found: dict[str, Field]) -> None:
    """`Place and date of issue: Bari, 17 April 2025`: one label, and the place is what is left of the day."""
    shared = {folded(label) for label in specs["place_of_issue"].synonyms}
    day = found.get("issue_date")
    for hit in search.named("issue_date"):
        if day is None or not day.raw_text or folded(hit.text) not in shared:
            continue
        for candidate in search.at(hit, FieldSpec("place_of_issue", FieldType.STRING)):
            before, dated, _ = str(candidate.value).partition(day.raw_text)
            place = re.sub(r"[\s,/\u2013-]*(?:,\s?(?:le|the|den|il|el|em|on))?[\s,/\u2013-]*$", "", before)
            if dated and any(char.isalpha() for char in place) and len(place) < _LONG_PLACE:
                found["place_of_issue"] = replace(
                    candidate.to_field("place_of_issue", confidence=_SCORE * candidate.score), value=place
                )
                return


def _units(document_type: str, found: dict[str, Field], view: View) -> None:
    """The unit beside a weight or in its label; kilograms are written without more often than not."""
    usual = "lb" if _POUNDS.search(view.text) and not _KILOGRAMS.search(view.text) else "kg"
    for name, path in (
        ("gross_weight", "weight_unit"),
        ("net_weight", "weight_unit"),
        ("volume", "volume_unit"),
    ):
        if name not in found or path in found:
            continue
        field = found[name]
        raw = field.raw_text or ""
        unit = _WEIGHT_UNIT.search(raw)
        if path == "volume_unit":
            value = "ft3" if re.search(r"ft|cuft|cbf", raw, re.IGNORECASE) else "m3"
        else:
            letters = unit[1].casefold() if unit else usual
            value = (
                "lb" if letters.startswith(("l", "p")) else "t" if letters.startswith(("t", "m")) else "kg"
            )
        if document_type == "air_waybill":
            value = "L" if value == "lb" else "K"
        said = unit is not None or path == "volume_unit"
        found[path] = replace(
            field, path=path, value=value, source=field.source if said else FieldSource.COMPUTED
        )


def _air_waybill(view: View, found: dict[str, Field], checks: list[FieldCheck]) -> None:
    """Eleven digits that the last one proves, beside a label or anywhere."""
    for row in view.rows:
        whole = segment_of(row.tokens)
        for match in _AWB.finditer(whole.text):
            number = "".join(match.groups())
            if is_air_waybill(number):
                tokens = tokens_at(whole, match.start(), match.end())
                found["awb_number"] = Field(
                    "awb_number", number, source_of(tokens), match.group(), place_of(tokens), 0.97, verified=True, checks=("check_digit",)
                )  # fmt: skip
                checks.append(
                    FieldCheck("check_digit", passed=True, detail="IATA, modulo 7", paths=("awb_number",))
                )
                return
    if "awb_number" in found:
        number = re.sub(r"\D", "", str(found["awb_number"].value))
        found["awb_number"] = replace(
            found["awb_number"], value=number or found["awb_number"].value, confidence=0.5
        )
        checks.append(FieldCheck("check_digit", passed=False, detail="IATA, modulo 7", paths=("awb_number",)))


def _take_sums(sums: Sequence[PackageRow], specs: Mapping[str, FieldSpec], found: dict[str, Field]) -> None:
    """Weights and volumes of the row that sums up the packages, where nothing else says them."""
    for name in ("gross_weight", "net_weight", "volume"):
        cell = sums[-1].cells.get(name) if sums else None
        if cell is not None and name in specs and name not in found:
            text = " ".join(token.text for token in cell[1])
            found[name] = Field(name, cell[0], source_of(cell[1]), text, place_of(cell[1]), _SCORE)


def _prove_sums(rows: Sequence[PackageRow], found: dict[str, Field], checks: list[FieldCheck]) -> None:
    for name in ("gross_weight", "net_weight", "volume"):
        numbers = [number for row in rows if (number := row.number(name)) is not None]
        if name in found and len(numbers) > 1 and len(numbers) == len(rows):
            total = sum(numbers, Decimal(0))
            holds = abs(total - Decimal(str(found[name].value))) <= Decimal("0.01") * len(numbers)
            checks.append(
                FieldCheck("sum", holds, f"{name} of {len(rows)} packages is {total}", (name, "packages"))
            )
            if holds:
                found[name] = replace(found[name], verified=True, checks=("sum",), confidence=0.98)
