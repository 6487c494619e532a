"""What a statement says once: bank, account, period, balances outside the table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from octavo.domain.document_types.bank_statement import BANK_STATEMENT
from octavo.domain.field import Field, FieldSource
from octavo.domain.template import FieldSpec, FieldType
from octavo.pipeline.fields.candidates import Candidate
from octavo.pipeline.fields.hits import Vocabulary
from octavo.pipeline.fields.kinds.statement.amounts import tokens_at
from octavo.pipeline.fields.kinds.statement.words import CLOSING, CREDITS, DEBITS, OPENING, folded
from octavo.pipeline.fields.labels import LabelSearch
from octavo.pipeline.fields.readers.codes import bics_in, ibans_in
from octavo.pipeline.fields.readers.currencies import currency_of_country
from octavo.pipeline.fields.readers.dates import DateReading, dates_in
from octavo.pipeline.fields.readers.day_month import Period
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.view import Row, Segment, Token, View, place_of, segment_of, source_of

_LABELS = {
    "account_holder": ("cliente", "client", "customer", "kunde", "klant", "correntista", "account holder", "account name", "customer name", "name of account", "kontoinhaber", "inhaber", "titulaire", "titulaire du compte", "titular", "titular de la cuenta", "intestatario", "intestato a",
                       "titular da conta", "rekeninghouder", "ten name van", "tenaamstelling", "posiadacz rachunku", "posiadacz", "kontohavare", "kontohaver", "majitel uctu"),
    "account_number": ("conta corrente", "conta corrente n.º", "cuenta corriente", "compte courant", "conto corrente", "girokonto", "account number", "account no", "account no.", "a/c no", "a/c no.", "acct no", "account", "kontonummer", "konto-nr.", "konto nr", "konto", "numéro de compte", "n° de compte", "compte n°", "compte",
                       "número de cuenta", "n.º de cuenta", "cuenta", "cuenta n.º", "conto corrente n.", "numero conto", "conto n.", "c/c n.", "conta n.º", "número da conta", "conta", "rekeningnummer", "rekening", "numer rachunku",
                       "rachunek", "nr rachunku", "número de conta"),
    "sort_code": ("sort code", "routing number", "routing no", "aba", "blz", "bankleitzahl", "ifsc", "ifsc code", "bsb", "clearing-nr.", "clearing", "agência", "código de agencia", "abi"),
    "account_type": ("account type", "product", "kontoart", "kontotyp", "type de compte", "tipo de cuenta", "tipo conto", "tipo de conta", "soort rekening", "typ rachunku", "type of account"),
    "currency": ("currency", "account currency", "währung", "devise", "divisa", "moneda", "valuta del conto", "moeda", "valuta", "waluta"),
    "statement_number": ("statement number", "statement no", "statement no.", "auszug nr.", "auszugsnummer", "auszug", "kontoauszug nr.", "relevé n°", "extracto n.º", "estratto conto n.", "extrato n.º", "afschriftnummer", "volgnummer",
                         "wyciąg nr", "utdragsnummer", "statement #", "sheet number"),
    "period": ("statement period", "period", "for the period", "statement dates", "zeitraum", "auszugszeitraum", "période", "période du", "periodo", "período", "periode", "okres", "za okres od", "kontoauszug vom", "periodo dal"),
    "opening_balance": (*OPENING, "kontostand am", "saldo am", "solde créditeur au", "solde débiteur au", "solde au", "balance as of", "balance on", "saldo al", "saldo per"),
    "closing_balance": CLOSING,
    "total_credits": CREDITS,
    "total_debits": DEBITS,
}  # fmt: skip
_ENDS = {
    "_date": ("date", "datum", "fecha", "data", "page", "seite", "statement date", "auszugsdatum", "blatt"),
    "_codes": ("iban", "bic", "swift", "swift/bic"),
    "_tax": ("cnpj", "cpf", "nif", "cif", "nie", "codice fiscale", "p.iva", "nip", "bsn", "abn"),
}
_FROM = ("de", "desde", "dal", "du", "vom", "from", "od", "van", "fra", "from date")
"""Heads of a period, only where they stand by themselves."""
_ALONE = ("account_type", "account_holder")
"""Their values may have labels of others in them: `Savings Account`."""
_SPECS = {spec.name: spec for spec in BANK_STATEMENT.fields}
_NO_ACCOUNT = re.compile(r"^[A-Z]{2}\d{2}\s?[\dA-Z]{4}|[.,]\d\d(?!\d)")
"""An IBAN, or an amount."""
_PERSON = re.compile(
    r"(?:mr|mrs|ms|miss|dr|herrn?|frau|m|mme|mlle|sig|sig\.ra|sr|sra|d|dña|dhr|mevr|pan|pani)\.?(?:\s(?:&|and|und|et)\s(?:mrs|frau|mme)\.?)?(?:\s[A-ZÀ-Þ][\w.'\u2019-]*){2,5}$",
    re.IGNORECASE,
)
"""Somebody by his title and name, and nothing else."""
_TAXED = re.compile(
    r"[\s,\u2013-]+(?:CNPJ|CPF|NIF|N\.I\.F\.|CIF|NIE|DNI|C\.?F\.?|P\.?\s?IVA|NIP|PESEL|ABN|BSN)\b.*$"
)
_KNOWN = frozenset(folded(label) for labels in _LABELS.values() for label in labels)
_TITLE = re.compile(
    r"statement|account statement|kontoauszug|relev[ée]|extra[ic]to|extracto|estratto|extrato|afschrift|overzicht|wyci[ąa]g|kontoutdrag|movimientos", re.IGNORECASE
)  # fmt: skip
_BANK = re.compile(
    r"\b(?:\w*sparkasse|bank|banque|banco|banca|bancorp|credit union|sparkasse|volksbank|raiffeisen\w*|caisse|caja|caixa|cassa|cr[ée]dit|savings|building society|kasse|bankkonzern|postfinance|banken|kantonalbank|card services|credit cards?|bankcard|financial)\b|\w+bank(?:en)?\b", re.IGNORECASE
)  # fmt: skip
_JOINS = re.compile(
    r"^[\s:,]*(?:to|through|thru|until|bis|bis zum|au|al|a|às|até|ate|t/m|tot|tot en met|do|till?|och|until|y|hasta|il|\u2013|-|\u2014|/)?[\s:,]*$",
    re.IGNORECASE,
)
_GLUED = re.compile(r"(?<=\s)[-\u2013](?=\d)|(?<=\d)[-\u2013](?=\s)")
"""A dash between two dates that touches one of them."""
_TORN = re.compile(r"(?<=[-/.]\d) (\d)(?= |$)")
"""`2025-03-1 5`: the reader of ink saw a gap within the day."""
_DAYS_ONLY = re.compile(
    r"(?<!\d)(\d{1,2})\.?(?:\s?[./]\s?(\d{1,2})\.?)?\s*(?:-|\u2013|to|bis|au|al|a)\s*$", re.IGNORECASE
)
_WEEKS_BEFORE = 45
_LONGEST = 400
"""Days of a statement."""
_WHERE = 0.45
"""Share of a page above which a letterhead stands."""


def period_of(
    view: View, locale: Locale
) -> tuple[Period, tuple[tuple[Token, ...], tuple[Token, ...]]] | None:
    """Two dates with hardly more than `to` between them; those of a longer time first, then the first in the document."""
    found = list(_periods(view, locale))
    if not found:
        return None
    likely = [one for one in found if 5 < (one[0].end - one[0].start).days < 400]
    return (likely or found)[0]


def _periods(
    view: View, locale: Locale
) -> Iterator[tuple[Period, tuple[tuple[Token, ...], tuple[Token, ...]]]]:
    for page in view.pages[:2]:
        for at, row in enumerate(page.rows):
            if len(row.segments) > 4 and at:
                continue
            yield from _ranges(row.segments, locale)
            if at + 1 < len(page.rows):
                yield from _stacked(row, page.rows[at + 1], locale)


def printed_days(view: View, locale: Locale) -> Period | None:
    """From the earliest to the latest date with its year, which places the bookings of a statement that names no period."""
    days = [found.value for page in view.pages for row in page.rows for found in dates_in(row.text, locale)]
    if not days or (max(days) - min(days)).days > _LONGEST:
        return None
    first, last = min(days), max(days)
    # One day alone is the statement's own: bookings lie in the weeks before.
    return Period(first if first != last else last - timedelta(days=_WEEKS_BEFORE), last)


def _ranges(
    segments: Sequence[Segment], locale: Locale
) -> Iterator[tuple[Period, tuple[tuple[Token, ...], tuple[Token, ...]]]]:
    tokens = [token for segment in segments for token in segment.tokens]
    text = " ".join(token.text for token in tokens)
    text = _TORN.sub(r"\1 ", _GLUED.sub(" ", text))
    whole = segment_of(tokens)
    dates = dates_in(text, locale)
    for first, second in pairwise(dates):
        if (
            _JOINS.match(text[first.end : second.start])
            and first.value <= second.value
            and not _is_pair_of_columns(text, first, second)
        ):
            places = tokens_at(whole, first.start, first.end), tokens_at(whole, second.start, second.end)
            yield Period(first.value, second.value), places
    for day in dates:
        match = _DAYS_ONLY.search(text[: day.start])
        if match:
            month = int(match[2]) if match[2] else day.value.month
            start = _day(day.value.year, month, int(match[1])) or day.value
            if start <= day.value:
                yield (
                    Period(start, day.value),
                    (tokens_at(whole, match.start(), match.end()), tokens_at(whole, day.start, day.end)),
                )


def _is_pair_of_columns(text: str, first: DateReading, second: DateReading) -> bool:
    """A booking has a date and a value date, and an amount behind them."""
    between = text[first.end : second.start].strip()
    return not between and bool(re.search(r"\d[.,]\d\d(?!\d)", text[second.end :]))


def _stacked(
    row: Row, below: Row, locale: Locale
) -> Iterator[tuple[Period, tuple[tuple[Token, ...], tuple[Token, ...]]]]:
    """`From: …` above `To: …`."""
    a, b = dates_in(row.text, locale), dates_in(below.text, locale)
    named = re.match(r"\s*(?:from|period from|start|von|du|desde|dal|de|van|od)\b", row.text, re.IGNORECASE)
    if len(a) == len(b) == 1 and named and a[0].value < b[0].value:
        first = next(s for s in row.segments if a[0].raw_text.split()[0] in s.text)
        second = next(s for s in below.segments if b[0].raw_text.split()[0] in s.text)
        yield Period(a[0].value, b[0].value), (first.tokens, second.tokens)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def facts_of(view: View, locale: Locale, outside: Sequence[Row], *, cents: bool = True) -> dict[str, Field]:
    """All but the transactions and what follows from them.

    Args:
        view: The document.
        locale: How it writes.
        outside: Its rows without the heads and bookings of the table.
        cents: Whether its amounts have decimals.
    """
    found: dict[str, Field] = {}
    whole = {name: labels for name, labels in _LABELS.items() if name not in _ALONE}
    alone = {folded(segment.text) for row in outside for segment in row.segments}
    groups = [{**whole, **_ENDS, "_from": tuple(word for word in _FROM if word in alone)}]
    groups += [{name: _LABELS[name], "_others": _standing(outside, name)} for name in _ALONE]
    for group in groups:
        search = LabelSearch(outside, Vocabulary(group), locale)
        for name in group.keys() & _SPECS.keys():
            candidates = [_shortened(name, one) for one in search.candidates(name, _read_as(_SPECS[name]))]
            chosen = next((one for one in candidates if _believable(name, one, cents=cents)), None)
            if chosen is not None:
                found[name] = chosen.to_field(name, confidence=0.9 * chosen.score)
    _codes(view, found)
    numbers = "".join(str(found[name].value) for name in ("iban", "account_number") if name in found)
    if "statement_number" in found and str(found["statement_number"].value) in numbers:
        del found["statement_number"]
    _letterhead(view, found)
    if "currency" not in found:
        _currency(view, locale, found)
    return found


def _standing(outside: Sequence[Row], name: str) -> tuple[str, ...]:
    """The labels of other fields that stand by themselves: no value of `name`, but beside its label."""
    alone = {folded(segment.text) for row in outside for segment in row.segments}
    others = [labels for other, labels in {**_LABELS, **_ENDS}.items() if other != name]
    return tuple(dict.fromkeys(label for labels in others for label in labels if folded(label) in alone))


def _read_as(spec: FieldSpec) -> FieldSpec:
    return FieldSpec(spec.name, FieldType.STRING) if spec.name in {"account_number", "sort_code"} else spec


def _shortened(name: str, candidate: Candidate) -> Candidate:
    """The holder without his tax number behind; an account number without the rest of its label."""
    if not isinstance(candidate.value, str):
        return candidate
    text = candidate.value
    if name == "account_holder":
        text = _TAXED.sub("", text)
    elif name == "account_number":
        text = re.sub(r"^[^\d:]{2,30}:\s*(?=\d)", "", text)
    return candidate if text == candidate.value else replace(candidate, value=text)


def _believable(name: str, candidate: Candidate, *, cents: bool) -> bool:
    text = str(candidate.value)
    if name in {"account_number", "sort_code"}:
        return sum(c.isdigit() for c in text) >= 4 and len(text) < 40 and not _NO_ACCOUNT.search(text)
    if _SPECS[name].type is FieldType.MONEY:
        return not cents or bool(re.search(r"[.,]\d\d(?!\d)", candidate.raw_text))
    if name == "statement_number":
        return not re.fullmatch(r"[A-Z]{2}\d{2}", text)
    if name in _ALONE:
        return (
            folded(text) not in _KNOWN
            and any(c.isalpha() for c in text)
            and sum(c.isdigit() for c in text) < 4
            and len(text) < 60
        )
    return True


def _codes(view: View, found: dict[str, Field]) -> None:
    for row in view.pages[0].rows:
        whole = segment_of(row.tokens)
        for name, codes in (("iban", ibans_in(whole.text)), ("bic", bics_in(whole.text))):
            if codes and name not in found:
                tokens = tokens_at(whole, codes[0].start, codes[0].end)
                proven = codes[0].proven
                found[name] = Field(
                    name, codes[0].value, source_of(tokens), codes[0].raw_text, place_of(tokens), 0.98 if proven else 0.85,
                    verified=proven, checks=("check_digit",) if proven else (),
                )  # fmt: skip


def _letterhead(view: View, found: dict[str, Field]) -> None:
    """The bank stands largest at the top; the holder above his street, where no label says."""
    if not view.pages:
        return
    top = [segment for segment in view.pages[0].segments if segment.bbox.y0 < _WHERE]
    banks = [
        segment
        for segment in top
        if _BANK.search(segment.text)
        and not _TITLE.search(segment.text)
        and len(segment.text) < 60
        and ":" not in segment.text
    ]
    if banks:
        best = max(banks, key=lambda segment: (segment.font_size or 0, -segment.bbox.y0))
        found["bank_name"] = _said("bank_name", best, 0.85)
    if "account_holder" not in found:
        holder = _addressee(view, found) or next((one for one in top if _PERSON.match(one.text)), None)
        if holder is not None:
            found["account_holder"] = _said("account_holder", holder, 0.75)


def _addressee(view: View, found: dict[str, Field]) -> Segment | None:
    """The first of three lines flush left, the last of which has a postal code."""
    from octavo.pipeline.fields.addresses import is_salutation
    from octavo.pipeline.fields.places import read_code_alone, read_postal_line

    rows = [row for row in view.pages[0].rows if row.bbox.y0 < _WHERE]
    bank = str(found["bank_name"].value) if "bank_name" in found else ""
    for at in range(2, len(rows)):
        for segment in rows[at].segments:
            if not read_postal_line(segment.text) and not read_code_alone(segment.text):
                continue
            above = [
                one
                for row in rows[max(0, at - 3) : at]
                for one in row.segments
                if min(abs(one.bbox.x0 - segment.bbox.x0), abs(one.bbox.x1 - segment.bbox.x1)) < 0.01
            ]
            close = [
                one for one in above if segment.bbox.y0 - one.bbox.y0 < 4.5 * max(segment.bbox.height, 0.008)
            ]
            names = [
                one
                for one in close
                if not any(c.isdigit() for c in one.text)
                and ":" not in one.text
                and one.text != bank
                and not is_salutation(one.text)
            ]
            if names and len(close) >= 2:
                return names[0]
    return None


def _said(path: str, segment: Segment, confidence: float) -> Field:
    return Field(
        path, segment.text, source_of(segment.tokens), segment.text, place_of(segment.tokens), confidence
    )


def _currency(view: View, locale: Locale, found: dict[str, Field]) -> None:
    """The code where it is printed; else what the account's or the document's country has."""
    of_account = currency_of_country(str(found["iban"].value)[:2]) if "iban" in found else None
    codes = [code for code in (of_account, locale.currency) if code]
    for segment in view.segments:
        for token in segment.tokens:
            if token.text.strip("():,.") in codes:
                code = token.text.strip("():,.")
                found["currency"] = Field(
                    "currency", code, source_of((token,)), token.text, place_of((token,)), 0.85
                )
                return
    if codes:
        found["currency"] = Field("currency", codes[0], FieldSource.COMPUTED, confidence=0.6)
