"""IBAN, BIC and tax numbers: found by form, proven by their check digits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

_IBAN = re.compile(r"(?<![A-Za-z0-9])([A-Z]{2}\s?\d{2}(?:[ \u00a0.-]?[A-Z0-9]){11,30})(?![A-Za-z0-9])")
_BIC = re.compile(r"(?<![A-Za-z0-9])([A-Z]{4}\s?[A-Z]{2}\s?[A-Z0-9]{2}(?:\s?[A-Z0-9]{3})?)(?![A-Za-z0-9])")
_VAT = re.compile(
    r"(?<![A-Za-z0-9])((?:AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|GR|HR|HU|IE|IT|LT|LU|LV|MT|NL|NO|PL|PT|RO|SE|SI|SK"
    r"|CHE|XI)[ \u00a0.-]?[A-Z0-9](?:[ \u00a0.-]?[A-Z0-9+*]){6,13})(?![A-Za-z0-9])"
)
_BANK_LABEL = re.compile(r"\b(?:bic|swift)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CodeReading:
    value: str
    """Without spaces, in capitals."""
    raw_text: str
    start: int
    end: int
    proven: bool
    """Its check digits agree; a code that has none is never proven."""


def ibans_in(text: str) -> list[CodeReading]:
    """Only those whose check digits and length agree; the shortest reading where letters follow.

    What a country's banks check within the account is left out: the two digits in front prove the reading.
    """
    from stdnum import iban

    found = []
    for match in _IBAN.finditer(text):
        for end in _word_ends(match[1]):
            value = _compact(match[1][:end])
            if len(value) >= 15 and iban.is_valid(value, check_country=False):
                found.append(_reading(value, match, end))
                break
    return found


def read_iban(text: str) -> str | None:
    found = ibans_in(text.upper())
    return found[0].value if found else None


def bics_in(text: str, *, labelled: bool = False) -> list[CodeReading]:
    """Words in the form of a BIC; a word of eight capitals is one only beside its label.

    Args:
        text: A run or a row.
        labelled: The caller knows that it is a bank's code.
    """
    from stdnum import bic

    sure = labelled or bool(_BANK_LABEL.search(text))
    found = []
    for match in _BIC.finditer(text):
        value = _compact(match[1])
        if bic.is_valid(value) and (sure or (any(char.isdigit() for char in value) and " " not in match[1])):
            found.append(CodeReading(value, match[1], match.start(1), match.end(1), proven=False))
    return found


def vat_numbers_in(text: str, country: str | None = None) -> list[CodeReading]:
    """Numbers with a European prefix whose check digits agree. `country` is for those without."""
    found = []
    for match in _VAT.finditer(text):
        for end in (len(match[1]), *_word_ends(match[1])):
            value = _compact(match[1][:end])
            if is_tax_number(value, country):
                found.append(_reading(value, match, end))
                break
    return found


def is_tax_number(value: str, country: str | None = None) -> bool:
    """Whether the check digits of a tax number agree, by its prefix or by `country`."""
    compact = _compact(value)
    return any(_valid(name, compact) for name in _judges(compact, country))


def _judges(value: str, country: str | None) -> Iterator[str]:
    if value[:2].isalpha():
        if value.startswith("CHE"):
            yield "stdnum.ch.vat"
            yield "stdnum.ch.uid"
        elif value.startswith(("GB", "XI")):
            yield "stdnum.gb.vat"
        elif value.startswith("NO"):
            yield "stdnum.no.mva"
        else:
            yield "stdnum.eu.vat"
    own = _NATIONAL.get(country or "", ())
    yield from own


_NATIONAL: dict[str, tuple[str, ...]] = {
    "DE": ("stdnum.de.stnr", "stdnum.de.vat"),
    "AT": ("stdnum.at.uid", "stdnum.at.tin"),
    "CH": ("stdnum.ch.vat", "stdnum.ch.uid"),
    "FR": ("stdnum.fr.tva", "stdnum.fr.siret", "stdnum.fr.siren"),
    "ES": ("stdnum.es.nif", "stdnum.es.cif"),
    "IT": ("stdnum.it.iva", "stdnum.it.codicefiscale"),
    "PT": ("stdnum.pt.nif",),
    "NL": ("stdnum.nl.btw",),
    "BE": ("stdnum.be.vat",),
    "PL": ("stdnum.pl.nip",),
    "SE": ("stdnum.se.orgnr", "stdnum.se.vat"),
    "DK": ("stdnum.dk.cvr",),
    "NO": ("stdnum.no.orgnr",),
    "FI": ("stdnum.fi.alv", "stdnum.fi.ytunnus"),
    "CZ": ("stdnum.cz.dic",),
    "HU": ("stdnum.hu.anum",),
    "RO": ("stdnum.ro.cf",),
    "GB": ("stdnum.gb.vat",),
    "IN": ("stdnum.in_.gstin",),
    "AU": ("stdnum.au.abn",),
    "BR": ("stdnum.br.cnpj", "stdnum.br.cpf"),
    "TR": ("stdnum.tr.vkn",),
    "US": ("stdnum.us.ein",),
    "MX": ("stdnum.mx.rfc",),
}


def _valid(module: str, value: str) -> bool:
    try:
        return bool(import_module(module).is_valid(value))
    except ImportError:
        return False


def _word_ends(text: str) -> list[int]:
    """Where its words end, the longest part first: `DE89 … 00 BIC` ends before `BIC`."""
    ends = [len(text), *(match.start() for match in re.finditer(r"[ \u00a0]", text))]
    return sorted(set(ends), reverse=True)


def _compact(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9+*]", "", text).upper()


def _reading(value: str, match: re.Match[str], length: int) -> CodeReading:
    start = match.start(1)
    return CodeReading(value, match[1][:length].strip(), start, start + length, proven=True)
