"""What kind of document it is: what it calls itself, what it talks about, and how it is laid out."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from math import exp

from octavo.domain.document_types.table import DOCUMENT_TYPES
from octavo.domain.field import TypeGuess
from octavo.domain.template import FieldSpec
from octavo.pipeline.fields.invoice_labels import HEAD, SUMS
from octavo.pipeline.fields.items.header import find_headers
from octavo.pipeline.fields.items.invoice_columns import INVOICE_COLUMNS
from octavo.pipeline.fields.kinds.statement.columns import heads_of
from octavo.pipeline.fields.readers.dates import dates_in
from octavo.pipeline.fields.readers.day_month import date_at_start
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.tokens import Row
from octavo.pipeline.fields.type_words import SUPPORT, TITLES
from octavo.pipeline.fields.view import PageView, View
from octavo.pipeline.fields.wording import folded

GENERIC = "generic"
_PAGES = 3
_TITLE, _TITLE_ON_TOP, _TITLE_LARGE, _NAMED = 3.0, 1.5, 1.0, 0.8
_EACH, _MOST_EACH = 0.45, 9
_NARROW, _NOT_NARROW, _LEDGER, _MRZ, _PROSE = 3.5, 2.5, 3.0, 9.0, 1.5
_PRICED = 2.5
_NUMBERED = 3.0
"""For a number that is called an invoice's beside a sum that is called its total."""
_NOTHING = 3.3
"""What a document scores as none of them."""
_TEMPERATURE = 0.5
"""Fitted on the digital sets of `benchmarks.accuracy.fields`: log loss is least at 0.4, on one half 0.3, on the other 0.4. A little
more leaves doubt for layouts that are not among them."""
_MRZ_LINE = re.compile(r"[A-Z0-9<]{20,}<[A-Z0-9<]*")
_MONEY_END = re.compile(r"\d\s?[.,]\s{0,2}\d{2}\s{0,2}[-A-Z]{0,2}$")
_SHORT_LINE = 46
_TILL = 60
"""Letters of the usual width that fit side by side: tills print up to 48, sheets 70 and more in small type."""
_LEAST_WORD = 3
"""Letters of a word whose width tells."""
_TALL = 1.6
_LEAST_SHOWN = 0.01
_LEAST_LABEL = 7
"""Letters."""
_MORE_LETTERS, _MORE_ON_TOP = 8, 36
_TOP = 0.13
_UPPER = 0.5
_FURTHER_DOWN = 0.35
"""Of a title: there it is rather a reference to another document."""
_TAXED = re.compile(
    r"(?<!\w)(?:vat|gst|hst|tax|mwst|ust|umsatzsteuer|tva|iva|btw|moms|mva|alv|dph|áfa|kdv)(?!\w)",
    re.IGNORECASE,
)
_OFFERED = re.compile(
    r"(?:quot(?:e|ation)|estimate|purchase order|order confirmation|pro-?forma|offer|angebot|kostenvoranschlag|bestellung|auftragsbestätigung|devis|bon de commande|presupuesto|pedido"
    r"|preventivo|ordine|orçamento|encomenda|offerte|bestelbon|orderbevestiging|oferta|zamówienie|tilbud|offert|price list|preisliste)\b",
    re.IGNORECASE,
)
_OF_A_BILL = re.compile(r"bill|invoice|rechnung|factur|fattur|fatur|faktur", re.IGNORECASE)
_LABELLED = re.compile(r"[^\W\d_]\s*:")
_OF_PATIENTS = (
    "patient",
    "insurance",
    "procedure",
    "dateofservice",
    "provider",
    "copay",
    "deductible",
    "responsibleparty",
    "treatment",
    "diagnosis",
)
_OF_STAYS = (
    "arrival",
    "departure",
    "room",
    "guest",
    "folio",
    "nights",
    "anreise",
    "abreise",
    "zimmer",
    "arrivee",
    "chambre",
    "habitacion",
    "camera",
    "kamer",
    "hotel",
)
_TREATED = 3
"""Words of a practice's bill that are enough."""
_NAMES_ITSELF = re.compile(
    r"^\W*(?:[\w-]*rechnung|invoice|facture|factura|fattura|fatura|factuur|faktura|(?:guest\s)?folio)\s*(?:[:#]\s*|\s)(?=\S*\d)\S+",
    re.IGNORECASE,
)
"""`Rechnung: H-4471/25`"""


def classify(view: View) -> tuple[TypeGuess, ...]:
    """All types that are at all likely, the likeliest first; their confidences add up to 1."""
    scores = type_scores(view)
    highest = max(scores.values())
    shares = {name: exp((score - highest) / _TEMPERATURE) for name, score in scores.items()}
    whole = sum(shares.values())
    ranked = sorted(shares.items(), key=lambda pair: -pair[1])
    guesses = [TypeGuess(name, round(share / whole, 4)) for name, share in ranked]
    return tuple(
        guess for guess in guesses[:1] + [one for one in guesses[1:] if one.confidence >= _LEAST_SHOWN]
    )


def type_scores(view: View) -> dict[str, float]:
    """Points for each type in the table; `generic` has as many as nothing at all earns."""
    pages = view.pages[:_PAGES]
    text = folded(" ".join(page.text for page in pages))
    scores = {name: _points(name, text, pages) for name in DOCUMENT_TYPES if name != GENERIC}
    _weigh_layout(scores, pages)
    return {**scores, GENERIC: _NOTHING}


def _points(name: str, text: str, pages: tuple[PageView, ...]) -> float:
    titles = _folded(TITLES.get(name, ()))
    supports = _folded((*SUPPORT.get(name, ()), *_own_words(name)))
    named = max((_titled(row, place, titles) for place, row in _first_rows(pages)), default=0.0)
    if not named and any(title in text for title in titles if len(title) > 6):
        named = _NAMED
    told = sum(1 for support in supports if support in text)
    if name == "invoice" and _is_billed(text, pages):
        named += _NUMBERED
    return named + _EACH * min(_MOST_EACH, told)


@cache
def _own_words(name: str) -> tuple[str, ...]:
    """What the fields of this type are called, and hardly any other's."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for kind in DOCUMENT_TYPES.values():
        for label in _labels(kind.fields):
            owners[folded(label)].add(kind.name)
    return tuple(
        label
        for label, kinds in owners.items()
        if name in kinds and len(kinds) <= 2 and len(label) >= _LEAST_LABEL
    )


def _is_billed(text: str, pages: tuple[PageView, ...]) -> bool:
    """A line of the upper half begins with what an invoice's number is called, and something with what its total is."""
    numbers, totals, days, dues = _billed()
    upper = (segment for place, row in _first_rows(pages[:1]) if place < _UPPER for segment in row.segments)
    heads = [(folded(one.text), one.text) for one in upper]
    if any(label in text for label in totals) and any(
        said.startswith(numbers) or _NAMES_ITSELF.match(written) for said, written in heads
    ):
        return True
    return any(label in text for label in dues) and any(said.startswith(days) for said, _ in heads)


@cache
def _billed() -> tuple[tuple[str, ...], ...]:
    """What numbers, totals, days and open amounts of bills are called, where the words are long enough to tell."""
    days = tuple(label for label in HEAD["invoice_date"] if _OF_A_BILL.search(label))
    named = HEAD["invoice_number"], (*SUMS["total"], *SUMS["amount_due"]), days, SUMS["amount_due"]
    return tuple(tuple(label for label in _folded(labels) if len(label) >= _LEAST_LABEL) for labels in named)


def _labels(specs: tuple[FieldSpec, ...]) -> Iterator[str]:
    for spec in specs:
        yield from spec.synonyms
        yield from _labels(spec.fields)


@cache
def _folded(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(folded(phrase) for phrase in phrases if folded(phrase)))


def _first_rows(pages: tuple[PageView, ...]) -> Iterator[tuple[float, Row]]:
    """Rows with their height on the page, 0 at the top; later pages count as below."""
    for number, page in enumerate(pages):
        for row in page.rows:
            yield row.bbox.center[1] + number, row


def _titled(row: Row, place: float, titles: tuple[str, ...]) -> float:
    """How much a run of the row looks like the document's name for itself, not like a label that names another."""
    best = 0.0
    more = _MORE_ON_TOP if place < _TOP else _MORE_LETTERS
    for segment in row.segments:
        text = folded(re.sub(r"[\d#(].*$", "", segment.text))
        both = [folded(part) for part in segment.text.split("/")] if "/" in segment.text else []
        fitting = [title for title in titles if _names(text, title, more) or title in both]
        if not fitting or _LABELLED.search(segment.text):
            continue
        exact = any(len(text) - len(title) <= 2 or title in both for title in fitting)
        score = _TITLE if exact else 0.6 * _TITLE
        score += _TITLE_ON_TOP * (place < 0.4)
        score += _TITLE_LARGE * (segment.bold or (segment.font_size or 0) >= 14)
        score += 0.5 * (max(len(title) for title in fitting) > 12)
        score *= 1.0 if place < 0.4 else _FURTHER_DOWN
        best = max(best, score)
    return best


def _names(text: str, title: str, more: int) -> bool:
    """`Invoice no` as `Warenrechnung`: some letters more at one end."""
    longer = len(text) - len(title)
    return 0 <= longer <= more and (text.startswith(title) or (len(title) > 6 and text.endswith(title)))


def _weigh_layout(scores: dict[str, float], pages: tuple[PageView, ...]) -> None:
    rows = [row for page in pages for row in page.rows]
    if not rows:
        return
    if _is_slip(pages[0]):
        _add(scores, "receipt", _NARROW)
        _add(scores, "invoice", -_NOT_NARROW)  # a till's tax invoice is a receipt
    _weigh_tables(scores, pages, rows)
    if any(_MRZ_LINE.search(row.text.replace(" ", "")) for row in rows):
        _add(scores, "identity_document", _MRZ)
    words = sorted(len(row.tokens) for row in rows)
    if words[len(words) // 2] >= 9:
        _add(scores, "contract", _PROSE)


def _weigh_tables(scores: dict[str, float], pages: tuple[PageView, ...], rows: list[Row]) -> None:
    ledger = sum(1 for row in rows if _is_ledger_row(row))
    if ledger >= 4 and _told(_OF_STAYS, rows) < _TREATED:
        _add(scores, "bank_statement", _LEDGER * min(1.0, ledger / 10))
        _add(scores, "invoice", -_NUMBERED)  # a booking may name the invoice that was paid
    if _told(_OF_PATIENTS, rows) >= _TREATED:
        _add(scores, "bank_statement", -_LEDGER)  # a practice's statement of account is a bill
        _add(scores, "invoice", 1.5 * _LEDGER)
    if any(_heads_priced_lines(page) for page in pages) and not _is_offered(rows):
        _add(scores, "invoice", _PRICED)
        _add(scores, "freight_invoice", _PRICED)
    if any(_heads_a_ledger(page) for page in pages):
        _add(scores, "bank_statement", _LEDGER)
        _add(scores, "invoice", -2 * _NUMBERED)


def _told(words: tuple[str, ...], rows: list[Row]) -> int:
    """How many of the words stand somewhere."""
    return sum(1 for word in words if any(word in folded(row.text) for row in rows))


def _heads_priced_lines(page: PageView) -> bool:
    """Columns for what was sold, how much of it or at which price, and what that makes; and a tax among the columns or sums."""
    taxed = any(_TAXED.search(row.text) for row in page.rows)
    return taxed and any(
        {"description", "amount"} <= header.columns and header.columns & {"quantity", "unit_price"}
        for header in find_headers(page.rows, INVOICE_COLUMNS)
    )


def _is_offered(rows: list[Row]) -> bool:
    """A quote or an order has priced lines, too."""
    return any(_OFFERED.match(segment.text) for row in rows for segment in row.segments)


def _heads_a_ledger(page: PageView) -> bool:
    """Columns for a date, what went, what came and what is left then; or for the two days of a booking."""
    found = ({column.kind for column in heads_of(page.rows, at)} for at in range(len(page.rows)))
    return any(
        kinds & {"debit", "credit", "amount"}
        and ({"date", "balance"} <= kinds or {"date", "value_date"} <= kinds)
        for kinds in found
    )


def _add(scores: dict[str, float], name: str, points: float) -> None:
    if name in scores:
        scores[name] += points


def _is_slip(page: PageView) -> bool:
    """Narrow paper: short lines with prices at their ends, and no room for longer ones."""
    lengths = sorted(len(row.text) for row in page.rows)
    short = lengths[int(0.9 * (len(lengths) - 1))] <= _SHORT_LINE if lengths else False
    prices = sum(1 for row in page.rows if _MONEY_END.search(row.text))
    tall = page.height_pt > _TALL * page.width_pt
    return short and prices >= 2 and (tall or len(page.rows) >= 12) and _has_no_room(page)


def _has_no_room(page: PageView) -> bool:
    """Whether what is printed is no wider than a till prints; true where nothing tells."""
    words = [
        token for row in page.rows for token in row.tokens if token.placed and len(token.text) >= _LEAST_WORD
    ]
    if not words:
        return True
    widths = sorted((word.bbox.x1 - word.bbox.x0) / len(word.text) for word in words)
    inked = max(word.bbox.x1 for word in words) - min(word.bbox.x0 for word in words)
    return inked <= _TILL * widths[len(widths) // 2]


def _is_ledger_row(row: Row) -> bool:
    """A day in it and an amount at its end."""
    if not _MONEY_END.search(row.text) or len(row.segments) < 2:
        return False
    if re.match(r"\d{1,2}[./-]\d{1,2}\.?(?:\s|$)", row.segments[0].text):
        return True
    if date_at_start(row.segments[0].text, Locale()) is not None:  # `Jun 02`
        return True
    return any(dates_in(segment.text, Locale()) for segment in row.segments[:-1])
