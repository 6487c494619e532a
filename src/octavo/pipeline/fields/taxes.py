"""Taxes by rate: from a table of them, or from lines such as `VAT 20 % of 100.00   20.00`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from octavo.pipeline.fields.items.ends import is_taken_off, label_of
from octavo.pipeline.fields.items.entries import ItemCell, ItemRow
from octavo.pipeline.fields.items.find import read_tables
from octavo.pipeline.fields.items.vocabulary import ColumnVocabulary, plain, split_phrases
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.readers.money import amounts_in
from octavo.pipeline.fields.readers.numbers import read_number
from octavo.pipeline.fields.tokens import Row, Token
from octavo.pipeline.fields.view import View

_SENTENCE = 2
_CENTS = Decimal("0.02")
_RATE = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,3})?)\s?%")
_TAX = re.compile(
    r"\b(?:vat|tax|gst|hst|mwst|ust|mehrwertsteuer|umsatzsteuer|steuer|tva|iva|i v a|igic|btw|moms|mva|dph|alv|afa|kdv|podatek|imposta|impuesto)\b"
)

TAX_COLUMNS = ColumnVocabulary(
    columns={
        "rate": split_phrases("""ust. %|ust %|ust-satz|mwst-%|mwst %|mwst.-%|mwst-satz|steuersatz|steuersatz %|satz|steuer %|mwst|ust
|vat %|vat rate|tax rate|rate|vat|tax %|gst %|taux|taux tva|tva %|% tva|taux de tva|tx tva|tva|tipo
|tipo iva|% iva|iva %|% iva|iva|aliquota|aliq.|aliq. iva|taxa|taxa iva|taxa %|btw %|btw%|btw-tarief
|tarief|% btw|btw|stawka|stawka vat|sazba|sazba dph|momssats|moms %|alv %|áfa %|cota|cota tva|kdv %
|%"""),
        "base": split_phrases("""basisbetrag|steuerbasisbetrag|nettobetrag|netto|bemessungsgrundlage|steuerbasis|basis|nettowert
|nettosumme|net|net amount|taxable amount|taxable|vatable|base|goods|goods value|net value
|taxable value|base ht|montant ht|ht|total ht|base h.t.|base tva|base imponible|base imp.
|b. imponible|importe base|imponibile|importo imponibile|incidência|valor incidência|base tributável
|incidencia|grondslag|maatstaf|bedrag excl. btw|excl. btw|maatstaf van heffing|wartość netto
|kwota netto|základ|základ daně|belopp|underlag|grundlag|alv-peruste|adóalap|bază impozabilă|matrah"""),
        "tax": split_phrases("""steuerbetrag|ust-betrag|ust.-betrag|mwst-betrag|mwst.-betrag|steuer|betrag|mwst betrag|vat amount
|tax amount|vat total|total vat|amount|tax|gst amount|montant tva|tva|montant de la tva|mt tva
|total tva|montant|cuota|cuota iva|importe iva|imposta|importo iva|iva|ammontare|valor iva|imposto
|valor do iva|total iva|btw bedrag|btw-bedrag|bedrag|bedrag btw|kwota vat|vat|dph|částka dph
|momsbelopp|momsbeløb|mva-beløp|alv|áfa|áfa összege|valoare tva|kdv tutarı"""),
        "gross": split_phrases("""endbetrag|brutto|bruttobetrag|gross|total|gross amount|total incl. vat|ttc|montant ttc|total ttc
|totale|totaal|incl. btw|bedrag incl. btw|wartość brutto|kwota brutto|celkem|gesamt"""),
        "goods": split_phrases("""warenwert"""),
        "charges": split_phrases("""zu-/abschlag|zu- /abschlag|zu/abschlag"""),
        "freight": split_phrases("""fracht-verp-vers|fracht"""),
        "description": split_phrases("""art (kategorie)|art|kategorie|description|code|libellé|descrizione|omschrijving"""),
    },
    keys=frozenset({"base", "tax"}),
    texts=frozenset({"description"}),
    needed=frozenset({"tax"}),
    numeric=frozenset({"rate", "base", "tax", "gross", "goods", "charges", "freight"}),
    telling=frozenset({"rate"}),
    ends=("belegsummen", "zahlungsbedingungen", "payment terms", "bank details"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TaxRow:
    rate: ItemCell | None
    """None for the row that sums them up."""
    base: ItemCell | None
    amount: ItemCell
    gross: ItemCell | None = None
    goods: ItemCell | None = None
    """All lines, before allowances and charges."""


def find_taxes(view: View, locale: Locale, taken: frozenset[int]) -> tuple[list[TaxRow], TaxRow | None]:
    """Rows by rate in the order of the document, and the row of their sums where there is one."""
    for entries in read_tables(view, TAX_COLUMNS, locale):
        free = [entry for entry in entries if not _is_taken(entry, taken)]
        rows = [found for entry in free if (found := _from_table(entry)) is not None]
        rated = [row for row in rows if row.rate is not None and _agrees(row)]
        if rated:
            sums = [row for row in rows if row.rate is None and row.base is not None]
            return _without_repeats(rated), sums[-1] if sums else None
    return _without_repeats(_from_lines(view.rows, locale, taken)), None


def _is_taken(row: ItemRow, taken: frozenset[int]) -> bool:
    return any(id(token) in taken for cell in row.cells.values() for token in cell.tokens)


def _from_table(entry: ItemRow) -> TaxRow | None:
    amount = entry.cells.get("tax")
    if amount is None or not isinstance(amount.value, Decimal):
        return None
    cells = entry.cells
    return TaxRow(cells.get("rate"), cells.get("base"), amount, cells.get("gross"), cells.get("goods"))


def _agrees(row: TaxRow) -> bool:
    """Rate times base is the tax: what does not is a row of something else."""
    if row.rate is None or row.base is None:
        return False
    rate, base, amount = row.rate.value, row.base.value, row.amount.value
    if not (isinstance(rate, Decimal) and isinstance(base, Decimal) and isinstance(amount, Decimal)):
        return False
    return abs(base * rate / 100 - amount) <= _CENTS


def _without_repeats(rows: Sequence[TaxRow]) -> list[TaxRow]:
    seen: set[tuple[object, ...]] = set()
    kept = []
    for row in rows:
        key = (row.rate.value if row.rate else None, row.amount.value)
        if key not in seen:
            seen.add(key)
            kept.append(row)
    return kept


def _from_lines(rows: Sequence[Row], locale: Locale, taken: frozenset[int]) -> list[TaxRow]:
    found = []
    for row in rows:
        if any(id(token) in taken for token in row.tokens):
            continue
        text = row.text
        rate = _RATE.search(text)
        if rate is None or not _is_tax(row, plain(text)):
            continue
        read = read_number(rate[1], locale)
        amounts = [
            one for one in amounts_in(text, locale) if one.end <= rate.start() or one.start >= rate.end()
        ]
        if read is None or not amounts or not any(one.decimals for one in amounts):
            continue
        amount = amounts[-1]
        base = next(
            (one for one in amounts[:-1] if abs(one.value * read.value / 100 - amount.value) <= _CENTS), None
        )
        found.append(
            TaxRow(
                ItemCell(read.value, rate.group(), _between(row, rate.start(), rate.end())),
                ItemCell(base.value, base.raw_text, _between(row, base.start, base.end)) if base else None,
                ItemCell(amount.value, amount.raw_text, _between(row, amount.start, amount.end)),
            )
        )
    return found


def _is_tax(row: Row, said: str) -> bool:
    """`VAT 20 %`, `plus 20 % VAT`; not what is taken off or put on and only says its rate."""
    label = label_of(row)
    if _TAX.search(label):
        return True
    return bool(_TAX.search(said)) and len(label.split()) < _SENTENCE and not is_taken_off(row)


def _between(row: Row, start: int, end: int) -> tuple[Token, ...]:
    """The words of `row.text` between two characters."""
    at, found = 0, []
    for token in row.tokens:
        at = row.text.index(token.text, at)
        if at < end and at + len(token.text) > start:
            found.append(token)
        at += len(token.text)
    return tuple(found)
