"""Values by their labels, wherever they stand: in the same run, to the right, below, on the next line."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from octavo.domain.template import FieldSpec, FieldType
from octavo.pipeline.fields.candidates import Candidate, How
from octavo.pipeline.fields.hits import LabelHit, Vocabulary, hits_in
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.tokens import Row, Segment, Token, segment_of
from octavo.pipeline.fields.typed import TypedReading, read_typed
from octavo.pipeline.fields.view import View

__all__ = ["Candidate", "How", "LabelSearch", "find_labelled"]

_SCORES = {How.SAME: 1.0, How.RIGHT: 0.95, How.CELL: 0.9, How.BELOW: 0.85, How.WRAPPED: 0.7}
_LATER = 0.9
"""Of the score, for each value of the same kind that stands nearer to the label."""
_MOST_BELOW = 3
"""Rows that are looked at below a label."""
_FAR_BELOW = 3.2
"""Heights of the label's row to the row below, at most."""
_FREE = frozenset({FieldType.STRING, FieldType.TEXT, FieldType.ADDRESS, FieldType.COUNTRY})
"""Types that any words may be: the run ends where the next begins."""
_BOX = re.compile(r"\d{1,2}[a-z]?[.)/]?\s+(?:[A-Z]\.\s)?[^\W\d]")
"""The number of a form's box, and how its head begins."""
_NUMBER_ONLY = re.compile(r"\d{1,2}[a-z]?[.)/]?(?:\s[A-Z]\.)?")
_SEPARATORS = frozenset({":", "-", "=", ".", "|", "#", "::", "\u2013", "\u2014", ">", "\u2022"})


@dataclass(frozen=True)
class LabelSearch:
    """All labels of one document found once, for many fields."""

    rows: Sequence[Row]
    vocabulary: Vocabulary
    locale: Locale
    blanks: frozenset[str] = frozenset()
    """Names in the vocabulary that are no fields: they only say where a value ends."""

    @cached_property
    def hits(self) -> list[LabelHit]:
        return hits_in(self.rows, self.vocabulary)

    @cached_property
    def _by_row(self) -> dict[int, list[LabelHit]]:
        found: dict[int, list[LabelHit]] = {}
        for hit in self.hits:
            found.setdefault(hit.row, []).append(hit)
        return found

    def named(self, name: str) -> list[LabelHit]:
        return [hit for hit in self.hits if hit.name == name]

    def candidates(self, name: str, spec: FieldSpec) -> list[Candidate]:
        """The likeliest first; among equals the first in the document."""
        found = [candidate for hit in self.named(name) for candidate in self.at(hit, spec)]
        return sorted(found, key=lambda candidate: -candidate.score)

    def at(self, hit: LabelHit, spec: FieldSpec) -> list[Candidate]:
        """What stands beside one label; below it only where nothing fits beside."""
        beside = self._beside(hit, spec)
        return beside or self.under(hit, spec) or self._wrapped(hit, spec)

    def under(self, hit: LabelHit, spec: FieldSpec) -> list[Candidate]:
        """What stands below one label, whatever stands beside it."""
        return [*self._below(hit, spec)]

    def whole(self, hit: LabelHit) -> Segment:
        """The label with the number of its box before it, which stands flush with the value below: `10. Country of origin`."""
        row = self.rows[hit.row]
        run = row.segments[_run_of(row, hit.tokens[0])]
        at = next(place for place, token in enumerate(run.tokens) if token is hit.tokens[0])
        before = run.tokens[:at]
        is_box = at and _NUMBER_ONLY.fullmatch(" ".join(token.text for token in before))
        return segment_of((*before, *hit.tokens) if is_box else hit.tokens)

    def _beside(self, hit: LabelHit, spec: FieldSpec) -> list[Candidate]:
        row = self.rows[hit.row]
        stop = min((other.first for other in self._by_row[hit.row] if other.first >= hit.end), default=None)
        tokens = _without_separators(row.tokens[hit.end : stop])
        if not tokens:
            return []
        near = _run_of(row, hit.tokens[-1]) == _run_of(row, tokens[0])
        if not near and _are_numbered(row, hit.tokens[0], tokens[0]):
            return []
        if spec.type in _FREE or spec.type is FieldType.IDENTIFIER:
            run = [token for token in tokens if _run_of(row, token) == _run_of(row, tokens[0])]
            has_digit = any(char.isdigit() for token in run for char in token.text)
            tokens = run if spec.type in _FREE or has_digit else tokens
        return self._read(tokens, hit, spec, How.SAME if near else How.RIGHT)

    def _below(self, hit: LabelHit, spec: FieldSpec) -> Iterator[Candidate]:
        label = self.whole(hit).bbox
        page = hit.tokens[0].page
        bottom = label.y1
        height = max(label.height, 1e-4)
        for number in range(hit.row + 1, min(len(self.rows), hit.row + 1 + _MOST_BELOW)):
            row = self.rows[number]
            if row.page != page or row.bbox.y0 - bottom > _FAR_BELOW * height:
                return
            taken = {id(token) for other in self._by_row.get(number, ()) for token in other.tokens}
            for segment in row.segments:
                box = segment.bbox
                shared = min(box.x1, label.x1) - max(box.x0, label.x0)
                level = abs(box.x0 - label.x0) < 0.6 * max(label.width, box.width)
                if shared > 0.25 * min(box.width, label.width) and level:
                    tokens = [token for token in segment.tokens if id(token) not in taken]
                    found = self._read(tokens, hit, spec, self._how_below(hit)) if tokens else []
                    if found:
                        yield from found
                        return
                    if taken:
                        return
            bottom = max(bottom, row.bbox.y1) if spec.type in _FREE else bottom

    def _how_below(self, hit: LabelHit) -> How:
        """A row of labels is the head of columns."""
        return How.CELL if len(self._by_row[hit.row]) > 1 else How.BELOW

    def _wrapped(self, hit: LabelHit, spec: FieldSpec) -> list[Candidate]:
        row = self.rows[hit.row]
        following = hit.row + 1
        if (
            _without_separators(row.tokens[hit.end :])
            or following >= len(self.rows)
            or following in self._by_row
        ):
            return []
        after = self.rows[following]
        gap = after.bbox.y0 - row.bbox.y1
        if after.page != row.page or gap > row.bbox.height * _FAR_BELOW or spec.type in _FREE:
            return []
        return self._read(after.segments[0].tokens, hit, spec, How.WRAPPED)

    def _read(self, tokens: Sequence[Token], hit: LabelHit, spec: FieldSpec, how: How) -> list[Candidate]:
        found = []
        for place, (reading, words) in enumerate(readings_of(tokens, spec, self.locale)):
            score = hit.score * _SCORES[how] * reading.sure * _LATER**place
            found.append(Candidate(reading.value, reading.raw_text, words, round(score, 4), hit.text, how))
        return found


def find_labelled(
    view: View,
    spec: FieldSpec,
    locale: Locale,
    *,
    labels: Iterable[str] = (),
    others: Mapping[str, Sequence[str]] | None = None,
) -> list[Candidate]:
    """The values one field may have, the likeliest first.

    Args:
        view: The document.
        spec: Its type decides what is a value; its name and synonyms are labels.
        locale: How the document writes numbers and dates.
        labels: More labels, beside the spec's own.
        others: Labels of other fields by their names: a longer one of these is not taken for this field's,
            and a value ends where one begins.
    """
    own = (*labels, *spec.synonyms, spec.name.replace("_", " "))
    vocabulary = Vocabulary(
        {spec.name: own, **{name: known for name, known in (others or {}).items() if name != spec.name}}
    )
    return LabelSearch(view.rows, vocabulary, locale).candidates(spec.name, spec)


def readings_of(
    tokens: Sequence[Token], spec: FieldSpec, locale: Locale
) -> list[tuple[TypedReading, tuple[Token, ...]]]:
    """Values of the field's type among these words, each with the words it was read from."""
    text = " ".join(token.text for token in tokens)
    starts, at = [], 0
    for token in tokens:
        starts.append(at)
        at += len(token.text) + 1
    found = []
    for reading in read_typed(text, spec, locale):
        words = tuple(
            token
            for token, start in zip(tokens, starts, strict=True)
            if start < reading.end and reading.start < start + len(token.text)
        )
        if words:
            found.append((reading, words))
    return found


def _without_separators(tokens: Sequence[Token]) -> list[Token]:
    rest = list(tokens)
    while rest and rest[0].text in _SEPARATORS:
        rest = rest[1:]
    return rest


def _are_numbered(row: Row, label: Token, token: Token) -> bool:
    """`2 Consignee` beside `3. Country of origin`: the next box of a form, no value."""
    runs = (row.segments[_run_of(row, one)] for one in (label, token))
    return all(_BOX.match(run.text) for run in runs)


def _run_of(row: Row, token: Token) -> int:
    return next(
        number for number, segment in enumerate(row.segments) if any(one is token for one in segment.tokens)
    )
