"""Where the labels of a vocabulary stand in a document: the longest one wins where two overlap."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from octavo.pipeline.fields.tokens import Row, Segment, Token
from octavo.pipeline.fields.wording import folded, likeness

_MOST_WORDS = 7
_INCLUDING = frozenset(
    {
        "inkl",
        "incl",
        "inc",
        "including",
        "inclusive",
        "inklusive",
        "einschl",
        "inclusief",
        "ink",
        "incluye",
        "incluido",
        "incluso",
        "comprese",
        "inclus",
    }
)
_SLIP = 0.97
"""Of a label whose letter was read as a digit: `B00KING NUMBER`."""
_NOT_AT_START = 0.9
"""Of a label's score where other words stand before it in its run."""


@dataclass(frozen=True)
class Vocabulary:
    """What fields are called, in any language."""

    labels: Mapping[str, Sequence[str]]
    """By name of the field."""

    @cached_property
    def keys(self) -> dict[str, str]:
        """Name by folded label; where two fields share a label, the first has it."""
        found: dict[str, str] = {}
        for name, labels in self.labels.items():
            for label in labels:
                found.setdefault(folded(label), name)
        found.pop("", None)
        return found

    @cached_property
    def by_length(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for key in self.keys:
            found.setdefault(len(key), []).append(key)
        return found

    def match(self, key: str, *, loosely: bool) -> tuple[str, float] | None:
        """Name and likeness of the label that a folded text is."""
        name = self.keys.get(key)
        if name is not None:
            return name, 1.0
        lettered = self.keys.get(key.replace("0", "o")) if "0" in key else None
        if lettered is not None:
            return lettered, _SLIP
        if not loosely:
            return None
        near = (
            label for length in range(len(key) - 2, len(key) + 3) for label in self.by_length.get(length, ())
        )
        rated = max(((likeness(key, label), label) for label in near), default=(0.0, ""))
        return (self.keys[rated[1]], rated[0]) if rated[0] else None


@dataclass(frozen=True, slots=True)
class LabelHit:
    """A label as it stands in a document."""

    name: str
    """Of the field in the vocabulary."""
    row: int
    """Index among the rows that were searched."""
    tokens: tuple[Token, ...]
    score: float
    first: int
    """Index of its first word in the row."""
    end: int
    """Index behind its last word in the row."""
    likeness: float = 1.0
    """To the label it is taken for: a word more that makes it less like is none of its words."""

    @property
    def text(self) -> str:
        return " ".join(token.text for token in self.tokens)


def hits_in(rows: Sequence[Row], vocabulary: Vocabulary) -> list[LabelHit]:
    """All labels, in the order of the rows."""
    return [hit for number, row in enumerate(rows) for hit in _hits_of(row, number, vocabulary)]


def _hits_of(row: Row, number: int, vocabulary: Vocabulary) -> Iterable[LabelHit]:
    found: list[LabelHit] = []
    at = 0
    for segment in row.segments:
        found += _within(segment, number, at, vocabulary)
        at += len(segment.tokens)
    found += _across(row, number, vocabulary)
    kept: list[LabelHit] = []
    for hit in sorted(found, key=lambda hit: (-_reach(hit) * hit.likeness**2, -hit.score)):
        if not any(hit.first < other.end and other.first < hit.end for other in kept):
            kept.append(hit)
    return sorted((hit for hit in kept if not _is_included(hit, row)), key=lambda hit: hit.first)


def _is_included(hit: LabelHit, row: Row) -> bool:
    """`Total incl. VAT`: the tax is told of the total, and is no label of its own."""
    return hit.first > 0 and folded(row.tokens[hit.first - 1].text) in _INCLUDING and len(hit.tokens) == 1


def _reach(hit: LabelHit) -> int:
    """Letters it covers: `Total Amount Due` over `Total`."""
    return sum(len(folded(token.text)) for token in hit.tokens)


def _within(segment: Segment, row: int, at: int, vocabulary: Vocabulary) -> Iterable[LabelHit]:
    tokens = segment.tokens
    for first in range(len(tokens)):
        key = ""
        for end in range(first + 1, min(len(tokens), first + _MOST_WORDS) + 1):
            part = folded(tokens[end - 1].text)
            key += part
            if not part or not folded(tokens[first].text):
                continue
            match = vocabulary.match(key, loosely=first == 0 and not part.isdigit())
            if match is not None and _fits(tokens[first:end]):
                score = match[1] * (1.0 if first == 0 else _NOT_AT_START)
                yield LabelHit(match[0], row, tokens[first:end], score, at + first, at + end, match[1])


def _parted(tokens: Sequence[Token], borders: Sequence[int]) -> Iterable[Sequence[Token]]:
    return (tokens[start:end] for start, end in pairwise(borders))


def _is_label(tokens: Sequence[Token], vocabulary: Vocabulary) -> bool:
    return folded(" ".join(token.text for token in tokens)) in vocabulary.keys


def _fits(tokens: Sequence[Token]) -> bool:
    """A colon ends a label; none stands inside it."""
    return not any(token.text.rstrip().endswith(":") for token in tokens[:-1])


def _across(row: Row, number: int, vocabulary: Vocabulary) -> Iterable[LabelHit]:
    """Labels whose words stand far apart, as `TAX  INVOICE`: only exact ones."""
    if len(row.segments) == 1:
        return
    tokens = row.tokens
    borders = {0}
    at = 0
    for segment in row.segments:
        at += len(segment.tokens)
        borders.add(at)
    for first in range(len(tokens)):
        key = folded(tokens[first].text)
        for end in range(first + 2, min(len(tokens), first + 4) + 1):
            key += folded(tokens[end - 1].text)
            crossed = [border for border in borders if first < border < end]
            if crossed and key in vocabulary.keys and _fits(tokens[first:end]):
                if all(
                    _is_label(part, vocabulary) for part in _parted(tokens, (first, *sorted(crossed), end))
                ):
                    continue  # `Vessel` beside `Voyage No.`: two boxes
                yield LabelHit(vocabulary.keys[key], number, tokens[first:end], 0.9, first, end)
