"""What is believed of a claim: a value counts as read only where the words it cites say it, read by our own readers."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from octavo.domain.errors import InvalidRequest
from octavo.domain.field import Field, FieldSource, Scalar
from octavo.domain.template import FieldSpec, FieldType
from octavo.pipeline.fields.labels import readings_of
from octavo.pipeline.fields.models.answer import Claim
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.tokens import Token, confidence_of, place_of, source_of
from octavo.pipeline.fields.typed import read_typed
from octavo.pipeline.fields.values import require_value

CITATION = "citation"
"""The check that a model's value is what its words say."""
CITED, OTHERWISE_READ, INFERRED = 0.9, 0.75, 0.25
"""Scores: said by its words; said by them where numbers or dates are written another way than we thought; neither."""
_READ_ONLY = frozenset(
    {FieldType.DATE, FieldType.TIME, FieldType.CURRENCY, FieldType.COUNTRY, FieldType.BOOLEAN}
)
"""Values that are not spelt as they are printed: only their readers can compare."""
_NUMBERS = frozenset({FieldType.NUMBER, FieldType.INTEGER, FieldType.MONEY, FieldType.PERCENTAGE})
_FREE = frozenset({FieldType.STRING, FieldType.TEXT, FieldType.ADDRESS})
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Admitted:
    field: Field
    is_cited: bool
    is_free: bool
    """Any words might be its value: nothing in them tells that a label's are the right ones."""
    tokens: tuple[Token, ...] = ()


def admit(claim: Claim, words: Mapping[str, Token], locale: Locale) -> Admitted | None:
    """None where the value is not of the field's type at all."""
    value = _value(claim, locale)
    if value is None:
        return None
    is_free = claim.spec.type in _FREE
    cited = [words[name] for name in claim.words if name in words]
    for tokens, score in _tellings(value, claim.spec, cited, locale):
        sure = confidence_of(tokens)
        field = Field(
            claim.path,
            value,
            source_of(tokens),
            " ".join(token.text for token in tokens),
            place_of(tokens),
            round(score * (1.0 if sure is None else sure), 4),
            checks=(CITATION,),
        )
        return Admitted(field, is_cited=True, is_free=is_free, tokens=tokens)
    return Admitted(
        Field(claim.path, value, FieldSource.MODEL, confidence=INFERRED), is_cited=False, is_free=is_free
    )


def _value(claim: Claim, locale: Locale) -> Scalar | None:
    """As the field keeps it: models write numbers as texts, and texts as numbers."""
    spec, value = claim.spec, claim.value
    if spec.type not in _NUMBERS and spec.type is not FieldType.BOOLEAN and not isinstance(value, str):
        value = str(value)
    if spec.type is FieldType.INTEGER and isinstance(value, float) and value.is_integer():
        value = int(value)
    try:
        kept = require_value(claim.path, value, spec)
    except InvalidRequest:
        loose = replace(spec, format=None)
        readings = read_typed(str(value), loose, locale) if isinstance(value, str) else []
        return readings[0].value if len(readings) == 1 else None
    is_number = spec.type in _NUMBERS and spec.type is not FieldType.INTEGER
    return float(kept) if is_number and isinstance(kept, int) else kept


def _tellings(
    value: Scalar, spec: FieldSpec, cited: Sequence[Token], locale: Locale
) -> Iterator[tuple[tuple[Token, ...], float]]:
    """Words among the cited ones that say the value, with how sure that is; the surest first."""
    if not cited:
        return
    for readable, score in _locales(locale, spec.type):
        for reading, tokens in readings_of(cited, spec, readable):
            if same_value(reading.value, value):
                yield tokens, score * reading.sure
    run = _run_that_spells(value, spec, cited)
    if run:
        yield run, CITED


def _locales(locale: Locale, kind: FieldType) -> Iterator[tuple[Locale, float]]:
    """The document's own way first: a single value may be written in another."""
    yield locale, CITED
    if kind is FieldType.DATE:
        for order in ("dmy", "mdy", "ymd"):
            if order != locale.date_order:
                yield replace(locale, date_order=order), OTHERWISE_READ
    elif kind in _NUMBERS:
        other = (",", ".") if locale.decimal == "." else (".", ",")
        yield replace(locale, decimal=other[0], thousands=other[1]), OTHERWISE_READ


def same_value(one: Scalar, other: Scalar) -> bool:
    """Numbers by their size, texts by their letters and digits."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, str) or isinstance(other, str):
        return isinstance(one, str) and isinstance(other, str) and _folded(one) == _folded(other)
    return abs(one - other) <= _SAME * max(1.0, abs(one))


def _folded(text: str) -> str:
    """Letters and digits alone; of a text that has none, its signs."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalnum()) or "".join(plain.split())


def _run_that_spells(value: Scalar, spec: FieldSpec, cited: Sequence[Token]) -> tuple[Token, ...]:
    """The cited words, one after the other, that spell a text; its punctuation may differ."""
    if not isinstance(value, str) or spec.type in _READ_ONLY:
        return ()
    if spec.format and not re.fullmatch(spec.format, value):
        return ()
    wanted = _folded(value)
    spelt = [_folded(token.text) for token in cited]
    for first in range(len(cited)):
        joined = ""
        for last in range(first, len(cited)):
            joined += spelt[last]
            if joined == wanted:
                return tuple(cited[first : last + 1])
            if not wanted.startswith(joined):
                break
    return ()
