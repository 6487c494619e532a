"""Words with their places, in runs and rows: what every finder looks at."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from octavo.domain.document import Origin
from octavo.domain.field import FieldSource, Place
from octavo.domain.geometry import BBox, enclosing


@dataclass(frozen=True, slots=True)
class Token:
    """One word."""

    text: str
    bbox: BBox
    """Of the page; made up where the source has no layout (`placed` is False), so that one geometry serves all."""
    page: int
    confidence: float | None
    origin: Origin
    placed: bool = True


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a row without a wide gap between them."""

    tokens: tuple[Token, ...]
    text: str
    bbox: BBox
    page: int
    bold: bool
    font_size: float | None
    """Points."""


@dataclass(frozen=True, slots=True)
class Row:
    """All that stands on one baseline, across the whole page, left to right."""

    segments: tuple[Segment, ...]
    page: int
    bbox: BBox

    @property
    def tokens(self) -> tuple[Token, ...]:
        return tuple(token for segment in self.segments for token in segment.tokens)

    @property
    def text(self) -> str:
        """Two spaces between segments."""
        return "  ".join(segment.text for segment in self.segments)


_GLUED = re.compile(r"([^\W\d_]{2,}[\w.&/()#'-]*\s?[:=])(?!//)(?=[^\s:=])")
"""A label and its value without a space: `DATE:01/02/2019`."""


def split_at_colon(token: Token) -> tuple[Token, ...]:
    """The label and the value as two words, their boxes by their letters; the word itself where it is no such pair."""
    match = _GLUED.match(token.text)
    if match is None or "@" in token.text[: match.end()]:
        return (token,)
    box = token.bbox
    cut = round(box.x0 + box.width * match.end() / len(token.text), 5)
    parts = (
        (token.text[: match.end()], BBox(box.x0, box.y0, cut, box.y1)),
        (token.text[match.end() :], BBox(cut, box.y0, box.x1, box.y1)),
    )
    return tuple(replace(token, text=text, bbox=place) for text, place in parts)


def segment_of(tokens: Sequence[Token], *, bold: bool = False, font_size: float | None = None) -> Segment:
    """At least one token, left to right, of one page."""
    text = " ".join(token.text for token in tokens)
    box = enclosing([token.bbox for token in tokens])
    return Segment(tuple(tokens), text, box, tokens[0].page, bold, font_size)


def place_of(tokens: Iterable[Token]) -> tuple[Place, ...]:
    """One place a run of words on a line, in the order given."""
    places: list[Place] = []
    last: Token | None = None
    for token in tokens:
        if not token.placed:
            if Place(token.page, None) not in places:
                places.append(Place(token.page, None))
        elif last is not None and _same_line(last, token) and places[-1].bbox is not None:
            places[-1] = Place(token.page, places[-1].bbox.union(token.bbox))
        else:
            places.append(Place(token.page, token.bbox))
        last = token
    return tuple(places)


def source_of(tokens: Iterable[Token]) -> FieldSource:
    """OCR where any word was read from ink."""
    origins = {token.origin for token in tokens}
    if Origin.OCR in origins:
        return FieldSource.OCR
    return FieldSource.NATIVE if Origin.NATIVE in origins else FieldSource.TEXT_LAYER


def confidence_of(tokens: Iterable[Token]) -> float | None:
    """How sure the reading of the words is, by their letters; None where the engine does not say."""
    rated = [(len(token.text), _sureness(token)) for token in tokens]
    known = [(length, share) for length, share in rated if share is not None]
    letters = sum(length for length, _ in known)
    if not letters:
        return None
    return round(sum(length * share for length, share in known) / letters, 4)


def _sureness(token: Token) -> float | None:
    return token.confidence if token.origin is Origin.OCR else 1.0


def _same_line(before: Token, after: Token) -> bool:
    if before.page != after.page or not before.placed:
        return False
    overlap = min(before.bbox.y1, after.bbox.y1) - max(before.bbox.y0, after.bbox.y0)
    return overlap > 0.5 * min(before.bbox.height, after.bbox.height) and after.bbox.x1 > before.bbox.x0
