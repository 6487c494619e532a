"""All pairs of a label and a value, whatever the document is."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from octavo.domain.field import Field
from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.findings import Findings
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.tokens import Row, Segment, Token, place_of, source_of
from octavo.pipeline.fields.view import View

_MOST_PAIRS = 500
_LONGEST_KEY = 60
_MOST_KEY_WORDS = 7
_SHORT_KEY = 4
_PAIR, _FORM_ROWS = 2, 3
_VALUE = re.compile(r"\d|^(?:yes|no|ja|nein|oui|non|s[iíì]|n\.?/?a\.?|none|-)$", re.IGNORECASE)
_HEADING_ROWS = 12


@dataclass(frozen=True, slots=True)
class Pair:
    key: str
    value: str
    tokens: tuple[Token, ...]
    """Of the value."""
    score: float


def find_generic(view: View, locale: Locale, order: FieldOrder) -> Findings:
    del locale, order
    findings = Findings()
    title = _title(view)
    if title is not None:
        findings.fields.append(_field("title", title.text, title.tokens, 0.6))
    pairs = [pair for page in view.pages for pair in pairs_of(page.rows)]
    for number, pair in enumerate(pairs[:_MOST_PAIRS]):
        path = f"key_values.{number}"
        findings.fields.append(_field(f"{path}.key", pair.key, pair.tokens, pair.score))
        findings.fields.append(_field(f"{path}.value", pair.value, pair.tokens, pair.score))
    return findings


def pairs_of(rows: Sequence[Row]) -> Iterator[Pair]:
    """`Key: value` in one run, a run that ends in a colon with the next one, or two runs that look like a pair."""
    edges = Counter(_edges(row) for row in rows if len(row.segments) == _PAIR)
    for row in rows:
        pairs = [*_with_colon(row)]
        of_form = len(row.segments) == _PAIR and edges[_edges(row)] >= _FORM_ROWS
        yield from pairs or _two_columns(row, of_form=of_form)


def _edges(row: Row) -> tuple[int, ...]:
    """Where the runs begin, in hundredths of the page's width."""
    return tuple(round(100 * segment.bbox.x0) for segment in row.segments)


def _with_colon(row: Row) -> Iterator[Pair]:
    """What ends in a colon, with all up to the next such end or the end of its run; the next run, where it ends one."""
    tokens = [(token, number) for number, segment in enumerate(row.segments) for token in segment.tokens]
    ends = [place for place, (token, _) in enumerate(tokens) if token.text.endswith(":")]
    start = 0
    for nth, end in enumerate(ends):
        run = tokens[end][1]
        following = ends[nth + 1] if nth + 1 < len(ends) else len(tokens)
        key = [token for token, number in tokens[start : end + 1] if number == run]
        beside = [place for place in range(end + 1, following) if tokens[place][1] == run]
        if not beside and end + 1 < following:
            after = tokens[end + 1][1]
            beside = [place for place in range(end + 1, following) if tokens[place][1] == after]
        short = following < len(tokens) and len(tokens[following][0].text) <= _SHORT_KEY
        if (
            short
            and len(beside) > 1
            and beside[-1] == following - 1
            and tokens[following][1] == tokens[beside[-1]][1]
        ):
            beside = beside[:-1]  # `Fax` of `Fax No:` belongs to the next label
        yield from _pair(key, [tokens[place][0] for place in beside], 0.85)
        start = beside[-1] + 1 if beside else end + 1


def _two_columns(row: Row, *, of_form: bool) -> Iterator[Pair]:
    """`of_form`: rows above and below have the same two columns, so that any words are a value."""
    if len(row.segments) != _PAIR:
        return
    left, right = row.segments
    if _is_label(left) and (of_form or _VALUE.search(right.text)):
        yield from _pair(left.tokens, right.tokens, 0.6)


def _is_label(segment: Segment) -> bool:
    letters = sum(char.isalpha() for char in segment.text)
    digits = sum(char.isdigit() for char in segment.text)
    return letters >= 3 and digits == 0 and len(segment.tokens) <= _MOST_KEY_WORDS


def _pair(key: Sequence[Token], value: Sequence[Token], score: float) -> Iterator[Pair]:
    name = " ".join(token.text for token in key).strip(" :.-")
    text = " ".join(token.text for token in value).strip()
    if name and text and len(name) <= _LONGEST_KEY and any(char.isalpha() for char in name):
        yield Pair(name, text, tuple(value), score)


def _title(view: View) -> Segment | None:
    """The largest run at the top of the first page, where one is larger than the others."""
    if not view.pages:
        return None
    top = [segment for row in view.pages[0].rows[:_HEADING_ROWS] for segment in row.segments]
    lettered = [segment for segment in top if sum(char.isalpha() for char in segment.text) >= 3]
    if not lettered:
        return None
    return max(lettered, key=lambda segment: (segment.font_size or 0.0, segment.bold, segment.bbox.height))


def _field(path: str, value: str, tokens: tuple[Token, ...], score: float) -> Field:
    text = " ".join(token.text for token in tokens)
    return Field(path, value, source_of(tokens), text, place_of(tokens), score)
