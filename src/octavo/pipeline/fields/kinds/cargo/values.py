"""What the words beside a label mean for the fields that no plain type reads."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from octavo.domain.field import Scalar
from octavo.pipeline.fields.places import read_country
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.readers.numbers import numbers_in, read_number

_HS = re.compile(r"(?<![\d.])(\d{4}(?:[. ]?\d{2}){0,4}|\d{6,12})(?![\d])")
_AIRPORT = re.compile(r"\(([A-Z]{3})\)|^([A-Z]{3})$|\b([A-Z]{3})\s*[-/]|[-/]\s*([A-Z]{3})$")
_FREIGHT = (
    ("prepaid", re.compile(r"prepaid|pre-paid|pay[ée]|pagado|pagato|franco|pago(?! a)|bezahlt|betaald|vorausbezahlt|origem|assolto", re.IGNORECASE)),
    ("collect", re.compile(r"collect|port d[ûu]|al cobro|a pagar|a destino|unfrei|assegnato|te betalen|nachnahme|destin", re.IGNORECASE)),
)  # fmt: skip
_DECLARED = (
    ("transit", re.compile(r"trans[ií]t|tr[âa]nsito|versand|doorvoer|\bT[12]\b", re.IGNORECASE)),
    ("import", re.compile(r"import|einfuhr|invoer|\bIM\b", re.IGNORECASE)),
    ("export", re.compile(r"export|esport|ausfuhr|uitvoer|exporta|\bEX\b", re.IGNORECASE)),
)  # fmt: skip
_COUNT = re.compile(r"\d[\d.,' ]*")


@dataclass(frozen=True, slots=True)
class Value:
    value: Scalar


def _hs_code(text: str, _: Locale) -> Value | None:
    match = _HS.search(text)
    return Value(match[1]) if match else None


def _airport(text: str, _: Locale) -> Value | None:
    match = _AIRPORT.search(text)
    if match:
        return Value(next(code for code in match.groups() if code))
    return Value(text) if any(c.isalpha() for c in text) else None


def _choice(table: tuple[tuple[str, re.Pattern[str]], ...]) -> Callable[[str, Locale], Value | None]:
    def read(text: str, _: Locale) -> Value | None:
        return next((Value(name) for name, pattern in table if pattern.search(text)), None)

    return read


def _country(text: str, _: Locale) -> Value | None:
    code = read_country(text) or read_country(re.sub(r"\s*[(/,].*$", "", text))
    return Value(code or text) if any(c.isalpha() for c in text) else None


def _measure(text: str, locale: Locale) -> Value | None:
    spaced = re.match(r"\s*(\d{1,3}(?: \d{3})+)(?:[.,](\d{1,3}))?(?![\d.,])", text)
    if spaced:
        return Value(float(f"{spaced[1].replace(' ', '')}.{spaced[2] or 0}"))
    found = next(iter(numbers_in(text, locale)), None)
    if found is not None:
        return Value(float(found.value))
    match = _COUNT.match(text.strip())
    reading = read_number(match.group().strip(" .,"), locale) if match else None
    return Value(float(reading.value)) if reading else None


def _count(text: str, locale: Locale) -> Value | None:
    found = _measure(text, locale)
    return Value(int(float(found.value))) if found and float(found.value) == int(float(found.value)) else None


def _code(text: str, _: Locale) -> Value | None:
    """A number with letters and digits that may have gaps; the first run that has a digit."""
    match = re.search(r"(?=\S*\d)[A-Z0-9][A-Z0-9./\-]*(?: \d{3,})*", text, re.IGNORECASE)
    return (
        Value(re.sub(r"^V(?:OY)?\.(?=\d)", "", match.group().strip("./-"), flags=re.IGNORECASE))
        if match
        else None
    )


def _flight(text: str, locale: Locale) -> Value | None:
    """`QR513/14MAY` is a flight and its day."""
    return _code(re.sub(r"\s*/\s*\d{1,2}[\s.-]?[A-Za-z]{3}\w*.*$|\s*/\s*\d{1,2}$", "", text), locale)


VALUES: Mapping[str, Callable[[str, Locale], Value | None]] = MappingProxyType(
    {
        "hs_code": _hs_code,
        "origin": _airport,
        "destination": _airport,
        "freight_terms": _choice(_FREIGHT),
        "declaration_type": _choice(_DECLARED),
        "country_of_origin": _country,
        "country_of_destination": _country,
        "gross_weight": _measure,
        "net_weight": _measure,
        "chargeable_weight": _measure,
        "volume": _measure,
        "package_count": _count,
        "pieces": _count,
        "number_of_originals": _count,
        "voyage_number": _code,
        "flight_number": _flight,
        "procedure_code": _code,
    }
)
