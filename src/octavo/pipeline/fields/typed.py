"""The right reader for each type of field: from a text to the values of that type in it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from octavo.domain.field import Scalar
from octavo.domain.template import FieldSpec, FieldType
from octavo.pipeline.fields.readers.codes import bics_in, ibans_in, is_tax_number, vat_numbers_in
from octavo.pipeline.fields.readers.contacts import emails_in, phones_in, urls_in
from octavo.pipeline.fields.readers.currencies import CODES, currency_of
from octavo.pipeline.fields.readers.dates import compact_dates_in, dates_in, times_in
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.readers.money import amounts_in
from octavo.pipeline.fields.readers.numbers import numbers_in, read_number

_PERCENT = re.compile(r"(?<![\d.,])(-?\d{1,3}(?:[.,]\d{1,4})?)\s?%")
_IDENTIFIER = re.compile(r"[#(\[]?((?=[^\s]*\d)[A-Za-z0-9][\w./\-#:+]*[A-Za-z0-9]|\d)[)\]]?(?=[\s,;]|$)")
_GROUPED = re.compile(
    r"\d{1,4}(?: \d{2,4}){2,5}|\d{3,4} \d{3,4}|[A-Z]{2,3} (?=\w{0,6}\d)[A-Z0-9]{1,8}/\d{1,10}"
)
"""`40 117 882`, `FS 24B/11873`: one number with gaps."""
_YES = frozenset({"yes", "ja", "oui", "sí", "si", "sì", "sim", "true", "x", "☒", "☑", "✓", "✔"})
_NO = frozenset({"no", "nein", "non", "não", "nee", "false", "☐"})
_EDGES = " \t:;=|•·*"


@dataclass(frozen=True, slots=True)
class TypedReading:
    value: Scalar
    raw_text: str
    start: int
    """In the text it was read from."""
    end: int
    sure: float = 1.0
    """Below 1 where the form leaves doubt."""
    proven: bool = False
    """Check digits agree."""


def read_typed(text: str, spec: FieldSpec, locale: Locale) -> list[TypedReading]:
    """All values of the field's type, left to right; text types take the whole."""
    reader = _READERS.get(spec.type, _whole)
    found = list(reader(text, spec, locale))
    if spec.format and spec.type not in _FORMAT_IS_OWN:
        pattern = re.compile(spec.format)
        found = [reading for reading in found if pattern.fullmatch(reading.raw_text)]
    return found


_FORMAT_IS_OWN = frozenset({FieldType.DATE, FieldType.TIME})
"""Their `format` says how they are written, not what they match."""


def _money(text: str, _: FieldSpec, locale: Locale) -> Iterator[TypedReading]:
    for amount in amounts_in(text, locale):
        sure = (0.9 if amount.repaired else 1.0) * (1.0 if amount.decimals or amount.currency else 0.85)
        yield TypedReading(float(amount.value), amount.raw_text, amount.start, amount.end, sure)


def _number(text: str, _: FieldSpec, locale: Locale) -> Iterator[TypedReading]:
    for found in numbers_in(text, locale):
        yield TypedReading(float(found.value), text[found.start : found.end], found.start, found.end)
    if not any(True for _ in numbers_in(text, locale)):
        for match in re.finditer(r"\d[\d.,'\u2019]*", text):  # 12pcs
            reading = read_number(match.group().rstrip(".,"), locale)
            if reading:
                yield TypedReading(float(reading.value), match.group(), match.start(), match.end(), 0.8)


def _integer(text: str, spec: FieldSpec, locale: Locale) -> Iterator[TypedReading]:
    for reading in _number(text, spec, locale):
        if float(reading.value) == int(float(reading.value)):
            yield TypedReading(
                int(float(reading.value)), reading.raw_text, reading.start, reading.end, reading.sure
            )


def _percentage(text: str, _: FieldSpec, locale: Locale) -> Iterator[TypedReading]:
    for match in _PERCENT.finditer(text):
        reading = read_number(match[1], locale)
        if reading:
            yield TypedReading(float(reading.value), match.group(), match.start(), match.end())


def _date(text: str, _: FieldSpec, locale: Locale) -> Iterator[TypedReading]:
    found = dates_in(text, locale) or compact_dates_in(text, locale)
    for day in found:
        sure = 0.8 if day.compact else 0.97 if day.ambiguous else 1.0
        yield TypedReading(day.value.isoformat(), day.raw_text, day.start, day.end, sure)


def _time(text: str, _: FieldSpec, __: Locale) -> Iterator[TypedReading]:
    for clock, start, end in times_in(text):
        yield TypedReading(clock, text[start:end], start, end)


def _identifier(text: str, _: FieldSpec, __: Locale) -> Iterator[TypedReading]:
    whole = _GROUPED.fullmatch(text.strip(_EDGES))
    if whole:
        start = text.index(whole.group())
        yield TypedReading(whole.group(), whole.group(), start, start + len(whole.group()))
        return
    for match in _IDENTIFIER.finditer(text):
        value = match[1]
        yield TypedReading(value, value, match.start(1), match.end(1), 1.0 if len(value) > 2 else 0.8)


def _codes(reader: Callable[[str], Iterable[object]]) -> "Reader":
    def read(text: str, _: FieldSpec, __: Locale) -> Iterator[TypedReading]:
        for code in reader(text):
            start, end = code.start, code.end  # type: ignore[attr-defined]
            proven = bool(getattr(code, "proven", False))
            yield TypedReading(code.value, text[start:end].strip(), start, end, proven=proven)  # type: ignore[attr-defined]

    return read


def _phone(text: str, _: FieldSpec, locale: Locale) -> Iterator[TypedReading]:
    for phone in phones_in(text, locale.country):
        yield TypedReading(phone.value, phone.raw_text, phone.start, phone.end)


def _tax_id(text: str, spec: FieldSpec, locale: Locale) -> Iterator[TypedReading]:
    found = vat_numbers_in(text, locale.country)
    for code in found:
        yield TypedReading(code.value, code.raw_text, code.start, code.end, proven=True)
    if not found:
        for match in re.finditer(
            r"(?:(?<![A-Za-z0-9])[A-Z]{2} (?=\d))?(?=[^\s]*\d)[A-Z0-9][A-Z0-9./\-]{1,}(?: [A-Z0-9./-]*\d[A-Z0-9./-]*)*",
            text,
        ):
            proven = is_tax_number(match.group(), locale.country)
            yield TypedReading(match.group(), match.group(), match.start(), match.end(), 0.9, proven)
    del spec


def _currency(text: str, _: FieldSpec, locale: Locale) -> Iterator[TypedReading]:
    for match in re.finditer(r"[^\s\d.,():]+", text):
        code = match.group() if match.group() in CODES else currency_of(match.group(), locale)
        if code:
            yield TypedReading(code, match.group(), match.start(), match.end())


def _country(text: str, spec: FieldSpec, locale: Locale) -> Iterator[TypedReading]:
    from octavo.pipeline.fields.readers.countries import country_of

    for reading in _whole(text, spec, locale):
        code = country_of(str(reading.value), locale.language)
        if code:
            yield TypedReading(code, reading.raw_text, reading.start, reading.end)


def _boolean(text: str, _: FieldSpec, __: Locale) -> Iterator[TypedReading]:
    for match in re.finditer(r"[^\s.,;:]+", text):
        folded = match.group().casefold()
        if folded in _YES | _NO:
            yield TypedReading(folded in _YES, match.group(), match.start(), match.end())


def _enum(text: str, spec: FieldSpec, _: Locale) -> Iterator[TypedReading]:
    for value in spec.values:
        match = re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE)
        if match:
            yield TypedReading(value, match.group(), match.start(), match.end())


def _whole(text: str, _: FieldSpec, __: Locale) -> Iterator[TypedReading]:
    bare = text.strip(_EDGES)
    if bare:
        start = text.index(bare)
        yield TypedReading(" ".join(bare.split()), bare, start, start + len(bare))


Reader = Callable[[str, FieldSpec, Locale], Iterator[TypedReading]]

_READERS: Mapping[FieldType, Reader] = MappingProxyType(
    {
        FieldType.MONEY: _money,
        FieldType.NUMBER: _number,
        FieldType.INTEGER: _integer,
        FieldType.PERCENTAGE: _percentage,
        FieldType.DATE: _date,
        FieldType.TIME: _time,
        FieldType.IDENTIFIER: _identifier,
        FieldType.IBAN: _codes(ibans_in),
        FieldType.BIC: _codes(lambda text: bics_in(text, labelled=True)),
        FieldType.EMAIL: _codes(emails_in),
        FieldType.URL: _codes(urls_in),
        FieldType.PHONE: _phone,
        FieldType.TAX_ID: _tax_id,
        FieldType.CURRENCY: _currency,
        FieldType.COUNTRY: _country,
        FieldType.BOOLEAN: _boolean,
        FieldType.ENUM: _enum,
    }
)
