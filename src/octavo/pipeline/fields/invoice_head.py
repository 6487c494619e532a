"""Numbers, dates and terms at the head of an invoice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from octavo.domain.field import Field
from octavo.domain.template import FieldSpec, FieldType
from octavo.pipeline.fields.candidates import Candidate, How
from octavo.pipeline.fields.items.vocabulary import plain
from octavo.pipeline.fields.labels import LabelSearch
from octavo.pipeline.fields.prove import others_considered
from octavo.pipeline.fields.readers.dates import dates_in
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.titled_number import number_by_title
from octavo.pipeline.fields.tokens import Row, Token, place_of, source_of
from octavo.pipeline.fields.view import View

_TITLE = re.compile(
    r"\b(?P<kind>[\w-]*rechnung(?:skorrektur)?|rechnungskorrektur|gutschrift|stornorechnung|liquidation|honorarnote|(?:tax |commercial |proforma |vat )?invoice|credit (?:note|memo)"
    r"|facture|avoir|note de cr[ée]dit|factura|abono|nota de cr[ée]dito|fattura|nota di credito|fatura|factuur|creditnota|faktura|kreditnota|lasku)"
    r"(?:\s+(?:vat|tva|iva|proforma|zaliczkowa|korygująca))?\s*(?:\((?:(?P<code>\d{3})|[^)]{0,40})\))?\s*(?P<no>(?:nr|no|n°|nº|n\.?º|numero|n[uú]mero|num|number|č|n)\b\.?|#)?\s*[:#.]?\s*"
    r"(?P<number>(?-i:[A-Z]{1,4}\s(?:[A-Z0-9]{1,6}\s?)?\d+/\d+)|(?=[A-Z0-9/._-]*\d)[A-Z0-9][A-Z0-9/._-]{1,30})"
    r"(?:\s*,?\s*(?:vom|dated|du|del|de|di|van|of|from|z dnia|den|ze dne|le|am)\s*(?P<rest>.*))?",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:vom|dated|du|del|den|am)\s*$", re.IGNORECASE)
_DATES = re.compile(r"(?:vom|dated|du|del|den|of)\s+\d", re.IGNORECASE)
_TYPES: dict[str, FieldType] = {
    "invoice_number": FieldType.IDENTIFIER,
    "invoice_date": FieldType.DATE,
    "due_date": FieldType.DATE,
    "delivery_date": FieldType.DATE,
    "purchase_order": FieldType.IDENTIFIER,
    "customer_number": FieldType.IDENTIFIER,
    "payment_reference": FieldType.IDENTIFIER,
    "currency": FieldType.CURRENCY,
    "bic": FieldType.BIC,
}
_UPPER = 0.5
"""Of the first page's height."""
_PRICED = re.compile(r"\d[.,]\d{2}$")
"""A row of a table: its day is a line's, not the paper's."""
_PLACE = re.compile(
    r"[^\W\d_][^\d:;]{1,30},(?:\s*(?:den|le|el|il|o|a|em|on|the|am|dnia|den|d\.d\.))?", re.IGNORECASE
)
"""A town before the date of a letter."""
_COLON = re.compile(
    r"^(?P<label>(?P<paper>[\w-]*rechnung|invoice|facture|factura|fattura|fatura|factuur|faktura)|n[uú]mero|num[eé]ro|n[°º]|n\.º|number|nummer|numer|nr|no)"
    r"\.?\s*[:#]\s*(?P<number>(?=[A-Z0-9/._-]*\d)[A-Z0-9][A-Z0-9/._-]{1,30})",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_BARE_NUMBER = re.compile(r"^[\d]{1,2}$")
_TERMS = re.compile(
    r"\b(?:zahlbar|zahlung innerhalb|payable|payment (?:is )?due|due within|net \d+ days|\d+ days net|terms|paiement|r[èe]glement|pago a|pagamento"
    r"|pagar|betaling|betalen|betaald|p[łl]atno[śs][ćc]|fällig|überweisen|skonto|30 days|within \d+ days|payment within|binnen \d+ dagen)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:bis(?: zum)?|by|before|until|avant le|au plus tard le|jusqu'au|antes del?|hasta el|entro il|até|vóór|voor|uiterlijk|am|le|fällig am|zum)\s*:?\s*$",
    re.IGNORECASE,
)
_CREDIT = ("gutschrift", "credit note", "credit memo", "avoir", "note de credit", "nota de credito", "nota di credito", "creditnota",
           "kreditnota", "abono", "factura rectificativa")  # fmt: skip
_CORRECTION = (
    "rechnungskorrektur",
    "korrekturrechnung",
    "corrected invoice",
    "facture rectificative",
    "corrective invoice",
)
_PREPAID = ("anzahlungsrechnung", "prepayment invoice", "facture d acompte")


def head_fields(view: View, search: LabelSearch, locale: Locale, taken: frozenset[int]) -> list[Field]:
    """`taken` are the ids of words that belong to line items: what they say is of one line only."""
    found: dict[str, list[Candidate]] = {}
    for name, kind in _TYPES.items():
        candidates = search.candidates(name, FieldSpec(name, kind))
        found[name] = _sifted(
            name, [one for one in candidates if not any(id(token) in taken for token in one.tokens)]
        )
    title = _from_title(view, locale)
    for name, candidate in title.items():
        found[name] = sorted([candidate, *found[name]], key=lambda one: -one.score)
    if not found["invoice_number"]:
        found["invoice_number"] = _by_title(view) or _behind_a_colon(view)
    if not found["invoice_date"]:
        found["invoice_date"] = _as_in_a_letter(view, locale)
    if not found["due_date"]:
        found["due_date"] = _due_in_terms(view, locale)
    _part_dates(found)
    fields = [_field(name, candidates) for name, candidates in found.items() if candidates]
    return [*fields, *_type_code(view)]


def _sifted(name: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Numbers of one or two digits name nothing; dates are no numbers."""
    if name not in ("invoice_number", "purchase_order", "customer_number", "payment_reference"):
        return list(candidates)
    kept = []
    for one in candidates:
        text = str(one.value)
        if _BARE_NUMBER.match(text) and one.how not in (How.SAME, How.RIGHT):
            continue
        if re.fullmatch(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}", text):
            continue
        kept.append(one)
    return kept


def _from_title(view: View, locale: Locale) -> dict[str, Candidate]:
    """`Invoice 4711 of 5 March 2018`: a number beside the word, with a sign or a date that tells."""
    rows = view.rows
    for number, row in enumerate(rows[: len(rows) // 2 + 40]):
        for segment in row.segments:
            match = _TITLE.search(segment.text)
            if match is None or not (match["no"] or match["rest"] or match.start() == 0):
                continue
            value = match["number"].strip("._-/")
            if len(value) < 2 or (dates_in(value, locale) and not match["no"]):
                continue
            tokens = _words(segment.tokens, segment.text, match.start("number"), match.end("number"))
            sure = 1.02 if match["no"] else 0.8
            found = {"invoice_number": Candidate(value, value, tokens, sure, match["kind"], How.SAME)}
            dated = _date_behind(match, segment.tokens, segment.text, rows, number, locale)
            return found | ({"invoice_date": dated} if dated is not None else {})
    return {}


def _date_behind(
    match: re.Match[str], tokens: Sequence[Token], text: str, rows: Sequence[Row], number: int, locale: Locale
) -> Candidate | None:
    start = match.start("rest") if match["rest"] else match.end()
    for reading in dates_in(text[start:], locale)[:1]:
        words = _words(tokens, text, start + reading.start, start + reading.end)
        return Candidate(reading.value.isoformat(), reading.raw_text, words, 1.02, match["kind"], How.SAME)
    below = rows[number + 1].segments[0] if number + 1 < len(rows) else None
    if below is not None and (_DATED.search(text) or _DATES.match(below.text)):
        for reading in dates_in(below.text, locale)[:1]:
            words = _words(below.tokens, below.text, reading.start, reading.end)
            return Candidate(
                reading.value.isoformat(), reading.raw_text, words, 0.95, match["kind"], How.WRAPPED
            )
    return None


def _by_title(view: View) -> list[Candidate]:
    return number_by_title(view, "invoice") or number_by_title(view, "freight_invoice")


def _behind_a_colon(view: View) -> list[Candidate]:
    """`Rechnung: H-4471/25`, and `Number: 2025-014` where nothing else is called a number."""
    found = []
    for row in view.pages[0].rows if view.pages else ():
        for segment in row.segments if row.bbox.y1 < _UPPER else ():
            match = _COLON.match(segment.text)
            if match is None or _BARE_NUMBER.match(match["number"]) or _SLASHED.fullmatch(match["number"]):
                continue
            words = _words(segment.tokens, segment.text, match.start("number"), match.end("number"))
            sure = 0.85 if match["paper"] else 0.6
            found.append(Candidate(match["number"], match["number"], words, sure, match["label"], How.SAME))
    return sorted(found, key=lambda one: -one.score)


def _as_in_a_letter(view: View, locale: Locale) -> list[Candidate]:
    """`Weimar, den 9. Oktober 2024` or a date that is a line by itself, in the upper half of the first page."""
    found = []
    for row in view.pages[0].rows if view.pages else ():
        for segment in row.segments if row.bbox.y1 < _UPPER and not _PRICED.search(row.text) else ():
            readings = dates_in(segment.text, locale)
            if len(readings) != 1 or segment.text[readings[0].end :].strip(" ."):
                continue
            before = segment.text[: readings[0].start].strip()
            placed = _PLACE.fullmatch(before)
            if before and not placed:
                continue
            words = _words(segment.tokens, segment.text, readings[0].start, readings[0].end)
            sure = 0.85 if placed else 0.6
            found.append(
                Candidate(readings[0].value.isoformat(), readings[0].raw_text, words, sure, before, How.SAME)
            )
    return sorted(found, key=lambda one: -one.score) if len({one.value for one in found}) == 1 else []


def _due_in_terms(view: View, locale: Locale) -> list[Candidate]:
    """`payable within 30 days, by 4 July`: the first date of a sentence about paying, discounts aside."""
    found = []
    for row in view.rows:
        for segment in row.segments:
            if not _TERMS.search(segment.text):
                continue
            for reading in dates_in(segment.text, locale):
                before = segment.text[: reading.start]
                if not _UNTIL.search(before) or "skonto" in before.casefold():
                    continue
                words = _words(segment.tokens, segment.text, reading.start, reading.end)
                found.append(
                    Candidate(
                        reading.value.isoformat(),
                        reading.raw_text,
                        words,
                        0.85,
                        before[-20:].strip(),
                        How.SAME,
                    )
                )
    return found[:3]


def _part_dates(found: dict[str, list[Candidate]]) -> None:
    """One date on the page is one field's, the one whose label is surest; `Date` alone is the invoice's."""
    due = found["due_date"][0] if found["due_date"] else None
    if due is not None:
        taken = {id(token) for token in due.tokens}
        sure = [one for one in found["invoice_date"] if not any(id(token) in taken for token in one.tokens)]
        found["invoice_date"] = sure or found["invoice_date"]
    dates = found["invoice_date"]
    generic = {"date", "datum", "fecha", "data", "dato", "tarih", "dated"}
    found["invoice_date"] = sorted(
        (
            replace(one, score=one.score * (0.9 if plain(one.label_text or "") in generic else 1.0))
            for one in dates
        ),
        key=lambda one: -one.score,
    )


def _field(name: str, candidates: Sequence[Candidate]) -> Field:
    best = candidates[0]
    return replace(
        best.to_field(name, confidence=min(1.0, best.score)),
        alternatives=others_considered(best, candidates[1:]),
    )


def _type_code(view: View) -> Iterator[Field]:
    """UNTDID 1001 by the title: a credit note, a correction, else an invoice."""
    for row in view.rows[:40]:
        for segment in row.segments:
            said = plain(segment.text.replace(" ", "") if _is_spaced(segment.text) else segment.text)
            code = _code_of(said)
            if code is not None:
                yield Field(
                    "type_code", code, source_of(segment.tokens), segment.text, place_of(segment.tokens), 0.8
                )
                return


def _is_spaced(text: str) -> bool:
    """`I N V O I C E`."""
    words = text.split()
    return len(words) > 4 and sum(len(word) == 1 for word in words) > 0.8 * len(words)


def _code_of(said: str) -> str | None:
    if len(said) > 70:
        return None
    for code, phrases in (("384", _CORRECTION), ("381", _CREDIT), ("386", _PREPAID)):
        if any(said.startswith(phrase) or f" {phrase} " in f" {said} " for phrase in phrases):
            return code
    words = (
        "rechnung",
        "handelsrechnung",
        "invoice",
        "facture",
        "factura",
        "fattura",
        "fatura",
        "factuur",
        "faktura",
        "warenrechnung",
        "tax invoice",
    )
    return "380" if any(said == word or said.startswith(word + " ") for word in words) else None


def _words(tokens: Sequence[Token], text: str, start: int, end: int) -> tuple[Token, ...]:
    at, found = 0, []
    for token in tokens:
        at = text.find(token.text, at)
        if at < end and at + len(token.text) > start:
            found.append(token)
        at += len(token.text)
    return tuple(found) or tuple(tokens)
