"""Invoices, credit notes and corrections. Start reading at `find_invoice`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from octavo.domain.document_types.invoice import INVOICE
from octavo.domain.field import Field
from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.candidates import Candidate
from octavo.pipeline.fields.currency import currency_word
from octavo.pipeline.fields.findings import Findings
from octavo.pipeline.fields.following import sums_that_follow
from octavo.pipeline.fields.hits import Vocabulary
from octavo.pipeline.fields.invoice_head import head_fields
from octavo.pipeline.fields.invoice_labels import HEAD, SUMS
from octavo.pipeline.fields.items.entries import ItemRow
from octavo.pipeline.fields.items.find import find_items
from octavo.pipeline.fields.items.invoice_columns import INVOICE_COLUMNS
from octavo.pipeline.fields.items.to_fields import cell_field, decimals_of, item_fields
from octavo.pipeline.fields.labels import LabelSearch
from octavo.pipeline.fields.parties import find_parties
from octavo.pipeline.fields.prove import Known, Proofs, choose_sums, decimal, others_considered, prove_invoice
from octavo.pipeline.fields.readers.codes import ibans_in
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.roles import INVOICE_ROLES
from octavo.pipeline.fields.summed_columns import summed_columns
from octavo.pipeline.fields.sums import find_sums
from octavo.pipeline.fields.taxes import TaxRow, find_taxes
from octavo.pipeline.fields.tokens import Segment, place_of, source_of
from octavo.pipeline.fields.view import View

_ITEM_NAMES = frozenset(
    spec.name for field in INVOICE.fields if field.name == "line_items" for spec in field.fields
)
_SUM = 0.85
_TAX = 0.85
_CURRENCY = 0.85
_TERMS = re.compile(
    r"\b(?:zahlbar|skonto|payable (?:within|by|upon)|net \d+ days|\d+ days net|payment within|paiement (?:à|sous|comptant)|r[èe]glement (?:à|sous)"
    r"|payment terms|zahlungsbedingung|pago a \d+|pagamento (?:a|entro)|betaling binnen|te betalen binnen|conditions de (?:paiement|r[èe]glement))\b",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"[-\u2212\u2013]\s?[^\w\s]?\s?\d[\d.,' ]*[.,]\d{2}(?!\d)|\d[\d.,' ]*[.,]\d{2}\s?[-\u2212]$"
)
_IBAN_FORM = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[0-9A-Z]){11,30}\b")


def find_invoice(view: View, locale: Locale, _order: FieldOrder) -> Findings:
    """Lines first, since what they hold is no sum; then parties, head, taxes and the sums that add up."""
    findings = Findings()
    search = LabelSearch(view.rows, Vocabulary({**HEAD, **SUMS}), locale)
    items = find_items(view, INVOICE_COLUMNS, locale)
    taken = _taken_by(items, view)
    fields = [*head_fields(view, search, locale, taken), *_account_fields(view, search)]
    parties = find_parties(view, INVOICE_ROLES, locale, sender="seller", receiver="buyer")
    fields += [field for party in parties.values() for field in party.to_fields()]
    fields += _terms(view)
    taxes, tax_sums = find_taxes(view, locale, taken)
    sums = find_sums(search, taken)
    _add_sums_of_table(sums, tax_sums)
    for name, said in summed_columns(search, items).items():
        sums[name] = [said, *sums.get(name, [])]
    items = _settled_discounts(items, sums)
    for index, item in enumerate(items):
        fields += item_fields(item, f"line_items.{index}", _ITEM_NAMES)
    fields += _tax_fields(taxes)
    fields += _sum_fields(sums, items, taxes)
    fields += _currency(fields, locale, view)
    known = _first_of_each(fields)
    proofs = prove_invoice(
        _without_guessed_due(sums_that_follow(known), known, view), decimals=_decimals(items)
    )
    _pass_checks_on(proofs)
    findings.fields, findings.checks = list(proofs.fields.values()), proofs.checks
    return findings


def _without_guessed_due(followed: Sequence[Field], known: Sequence[Field], view: View) -> list[Field]:
    """What is due is not the total where something is taken off below it, whatever that is called."""
    total = next((one for one in known if one.path == "total"), None)
    if total is None or not total.places or any(one.path == "amount_due" for one in known):
        return list(followed)
    place = total.places[0]
    below = [
        segment
        for page in view.pages
        for segment in page.segments
        if page.number == place.page
        and place.bbox is not None
        and segment.bbox.y0 > place.bbox.y1
        and min(segment.bbox.x1, place.bbox.x1) > max(segment.bbox.x0, place.bbox.x0)
    ]
    less = any(_LESS.match(segment.text) for segment in below)
    return [one for one in followed if not (less and one.path == "amount_due")]


def _taken_by(items: Sequence[ItemRow], view: View) -> frozenset[int]:
    """Ids of all words from the first line to the last one, page by page: none of them is at the head or a sum."""
    taken: set[int] = set()
    for page in view.pages:
        boxes = [
            token.bbox
            for item in items
            for cell in item.cells.values()
            for token in cell.tokens
            if token.page == page.number
        ]
        if not boxes:
            continue
        top, bottom = min(box.y0 for box in boxes), max(box.y1 for box in boxes)
        for row in page.rows:
            if top - 0.001 <= row.bbox.center[1] <= bottom + 0.001:
                taken.update(id(token) for token in row.tokens)
    return frozenset(taken)


def _first_of_each(fields: Iterable[Field]) -> list[Field]:
    kept: dict[str, Field] = {}
    for field in fields:
        kept.setdefault(field.path, field)
    return list(kept.values())


def _decimals(items: Sequence[ItemRow]) -> dict[str, int]:
    return {
        f"line_items.{index}.unit_price": decimals_of(item.cells["unit_price"])
        for index, item in enumerate(items)
        if "unit_price" in item.cells
    }


def _settled_discounts(items: Sequence[ItemRow], sums: dict[str, list[Candidate]]) -> list[ItemRow]:
    """A discount on a row of its own below a line is taken off the line where the sum of the lines says so."""
    off = [item.cells.get("taken_off") for item in items]
    if not any(off):
        return list(items)
    printed = sum((item.number("amount") or Decimal(0) for item in items), Decimal(0))
    lessened = printed + sum(
        (cell.value for cell in off if cell and isinstance(cell.value, Decimal)), Decimal(0)
    )
    stated = [decimal(one.value) for name in ("line_total", "subtotal") for one in sums.get(name, ())]
    if printed in stated and lessened not in stated:
        return list(items)
    settled = []
    for item, cell in zip(items, off, strict=True):
        amount = item.cells.get("amount")
        if (
            cell is None
            or amount is None
            or not isinstance(cell.value, Decimal)
            or not isinstance(amount.value, Decimal)
        ):
            settled.append(item)
            continue
        less = replace(amount, value=amount.value - abs(cell.value), tokens=(*amount.tokens, *cell.tokens))
        settled.append(ItemRow({**item.cells, "amount": less}, item.page))
    return settled


def _add_sums_of_table(sums: dict[str, list[Candidate]], row: TaxRow | None) -> None:
    """The last row of a table of taxes sums up net, tax and gross."""
    if row is None:
        return
    said_by = (
        ("subtotal", row.base),
        ("tax_total", row.amount),
        ("total", row.gross),
        ("line_total", row.goods),
    )
    for name, cell in said_by:
        if cell is not None and isinstance(cell.value, Decimal):
            said = Candidate(float(cell.value), cell.raw_text, cell.tokens, 0.9, None, "cell")  # type: ignore[arg-type]
            sums[name] = [said, *sums.get(name, [])]


def _tax_fields(taxes: Sequence[TaxRow]) -> list[Field]:
    fields = []
    for index, row in enumerate(taxes):
        for name, cell in (("rate", row.rate), ("base", row.base), ("amount", row.amount)):
            if cell is not None:
                fields.append(cell_field(f"taxes.{index}.{name}", cell, _TAX))
    return fields


def _sum_fields(
    sums: dict[str, list[Candidate]], items: Sequence[ItemRow], taxes: Sequence[TaxRow]
) -> list[Field]:
    amounts = [item.number("amount") for item in items]
    known = Known(
        lines=sum((one for one in amounts if one is not None), Decimal(0)) if amounts else None,
        taxes=_total_of([row.amount.value for row in taxes]),
        bases=_total_of([row.base.value if row.base else None for row in taxes]),
    )
    chosen = choose_sums(sums, known)
    fields = []
    for name, candidate in chosen.sums.items():
        field = candidate.to_field(name, confidence=min(1.0, _SUM * candidate.score))
        fields.append(replace(field, alternatives=others_considered(candidate, sums.get(name, ()))))
    return fields


def _total_of(values: Sequence[object]) -> Decimal | None:
    found = [value for value in values if isinstance(value, Decimal)]
    return sum(found, Decimal(0)) if found and len(found) == len(values) else None


def _account_fields(view: View, search: LabelSearch) -> list[Field]:
    """IBANs whose digits agree anywhere; others only beside their label."""
    fields: list[Field] = []
    for segment in _segments_and_pairs(view):
        for reading in ibans_in(segment.text)[:1]:
            if not any(field.value == reading.value for field in fields):
                tokens = tuple(token for token in segment.tokens if _part_of(token.text, reading.value))
                made = Field("iban", reading.value, source_of(tokens or segment.tokens), reading.raw_text,
                             place_of(tokens or segment.tokens), 0.95, verified=True, checks=("check_digit",))  # fmt: skip
                fields.append(made)
    for hit in search.named("iban"):
        row = search.rows[hit.row]
        behind = row.tokens[hit.end :]
        match = _IBAN_FORM.search(" ".join(token.text for token in behind))
        if match is not None and not fields:
            value = match.group().replace(" ", "")
            tokens = tuple(token for token in behind if _part_of(token.text, value))
            fields.append(Field("iban", value, source_of(tokens), match.group(), place_of(tokens), 0.75))
    return fields


def _part_of(word: str, value: str) -> bool:
    return len(word) > 1 and word.replace(" ", "").strip(":,;") in value


def _segments_and_pairs(view: View) -> Iterable[Segment]:
    return view.segments


def _terms(view: View) -> list[Field]:
    for segment in view.segments:
        if _TERMS.search(segment.text) and len(segment.text) > len("zahlungsbedingungen:"):
            return [
                Field(
                    "payment_terms",
                    segment.text,
                    source_of(segment.tokens),
                    segment.text,
                    place_of(segment.tokens),
                    0.7,
                )
            ]
    return []


def _currency(fields: Sequence[Field], locale: Locale, view: View) -> list[Field]:
    """The locale's, where a word says it: where a seller lives does not say what he bills in."""
    if any(field.path == "currency" for field in fields) or locale.currency is None:
        return []
    word = currency_word(view.rows, locale)
    if word is None:
        return []
    said = (word,)
    return [Field("currency", locale.currency, source_of(said), word.text, place_of(said), _CURRENCY)]


def _pass_checks_on(proofs: Proofs) -> None:
    """What is proven is as good as certain."""
    for path, field in proofs.fields.items():
        if field.verified and (field.confidence or 0) < 0.97:
            proofs.fields[path] = replace(field, confidence=max(0.97, field.confidence or 0))
        elif any(path in check.paths and not check.passed for check in proofs.checks) and not field.verified:
            proofs.fields[path] = replace(field, confidence=round((field.confidence or 0.5) * 0.7, 4))
