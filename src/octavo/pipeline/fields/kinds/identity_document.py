"""Passports, identity cards, visas: what the machine-readable zone says, proven by its check digits."""

from octavo.domain.field import Field, FieldCheck
from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.findings import Findings
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.readers.mrz import MrzReading, read_mrz
from octavo.pipeline.fields.view import PageView, Row, Token, View, confidence_of, place_of, source_of

_ORDER = (
    "document_type",
    "issuing_country",
    "surname",
    "given_names",
    "document_number",
    "nationality",
    "date_of_birth",
    "sex",
    "date_of_expiry",
    "personal_number",
)
_NAMES = {"surname", "given_names"}
_FEW = {"document_type", "sex"}
"""So few characters may stand there that a misread one shows."""
_PROVEN, _SAID_TWICE, _READ = 0.99, 0.97, 0.9


def find_identity_document(view: View, locale: Locale, order: FieldOrder) -> Findings:
    """The zone of the first page that has one; nothing without it."""
    del locale, order  # the zone is the same everywhere
    for page in view.walk():
        printed = frozenset(_bare(token) for row in page.rows for token in row.tokens)
        reading = read_mrz([row.text for row in page.rows], printed)
        if reading is not None:
            return _findings(page, reading)
    return Findings()


def _bare(token: Token) -> str:
    return token.text.strip(".,:;/()").upper()


def _findings(page: PageView, reading: MrzReading) -> Findings:
    rows = [page.rows[number] for number in reading.rows]
    elsewhere = {
        _bare(token)
        for number, row in enumerate(page.rows)
        if number not in reading.rows
        for token in row.tokens
    }
    fields = [
        _field(name, reading.values[name], reading, rows, elsewhere)
        for name in _ORDER
        if name in reading.values
    ]
    said = {name for name, value in reading.values.items() if set(value.split()) <= elsewhere}
    for number, (line, row) in enumerate(zip(reading.lines, rows, strict=True)):
        checks = _proofs(number, reading, said)
        score = _PROVEN if checks else _READ if not reading.failed else 0.6
        fields.append(
            Field(
                f"mrz_lines.{number}", line, source_of(row.tokens), row.text, place_of(row.tokens),
                _sure(score, row), verified=bool(checks), checks=checks,
            )
        )  # fmt: skip
    told = [
        FieldCheck("check_digit", passed=True, detail=name, paths=_paths(name)) for name in reading.passed
    ]
    told += [
        FieldCheck("check_digit", passed=False, detail=name, paths=_paths(name)) for name in reading.failed
    ]
    return Findings(fields, told)


def _proofs(number: int, reading: MrzReading, said: set[str]) -> tuple[str, ...]:
    """What proves a line; nothing unless every part of it is covered by a check digit or printed elsewhere.

    The issuing country and the nationality are nearly always one: that they are alike counts as print.
    """
    if reading.failed:
        return ()
    parts = {name for name, line in reading.parts.items() if line == number}
    covered = (parts & reading.covered) - reading.unsure
    values = reading.values
    if values.get("issuing_country") == values.get("nationality"):
        said = said | {"issuing_country", "nationality"}
    if not parts - covered <= said | _FEW | (reading.parts.keys() - values.keys()):
        return ()
    return (("check_digit",) if covered else ()) + (("printed",) if parts & _NAMES else ())


def _paths(name: str) -> tuple[str, ...]:
    return ("mrz_lines",) if name == "composite" else (name,)


def _field(name: str, value: str, reading: MrzReading, rows: list[Row], elsewhere: set[str]) -> Field:
    """Verified by its check digit, or because the page says it in print as well."""
    row = next(
        (row for row in rows if value[:4] in row.text.replace(" ", "")), rows[0 if name in _NAMES else -1]
    )
    proven = name in reading.passed and name not in reading.unsure
    twice = set(value.split()) <= elsewhere
    checks = (("check_digit",) if proven else ()) + (("printed",) if twice else ())
    score = _PROVEN if proven else _SAID_TWICE if twice else _READ if not reading.failed else 0.6
    return Field(
        name,
        value,
        source_of(row.tokens),
        row.text,
        place_of(row.tokens),
        _sure(score, row),
        proven or twice,
        checks,
    )


def _sure(score: float, row: Row) -> float:
    """Check digits weigh more than the engine's doubt about single letters."""
    sureness = confidence_of(row.tokens)
    return round(score * (0.8 + 0.2 * (1.0 if sureness is None else sureness)), 4)
