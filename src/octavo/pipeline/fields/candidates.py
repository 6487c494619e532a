"""A value that may be a field's, before anything is decided."""

from dataclasses import dataclass
from enum import StrEnum

from octavo.domain.field import Field, Scalar
from octavo.pipeline.fields.tokens import Token, place_of, source_of


class How(StrEnum):
    """Where the value stands, seen from its label."""

    SAME = "same"
    """In the label's own run of words: `Total: 5.00`."""
    RIGHT = "right"
    BELOW = "below"
    CELL = "cell"
    """Below the label as the head of a column, or beside it as the head of a row, in a table."""
    WRAPPED = "wrapped"
    """The first thing of the next row, since the label ends its own."""
    PATTERN = "pattern"
    """Found by its form alone; there is no label."""


@dataclass(frozen=True, slots=True)
class Candidate:
    value: Scalar
    raw_text: str
    tokens: tuple[Token, ...]
    """The words of the value, in order."""
    score: float
    """0.0-1.0: how well the label matched and how near it stands."""
    label_text: str | None
    """As the document writes it."""
    how: How

    def to_field(self, path: str, *, confidence: float | None = None) -> Field:
        return Field(
            path=path,
            value=self.value,
            source=source_of(self.tokens),
            raw_text=self.raw_text,
            places=place_of(self.tokens),
            confidence=self.score if confidence is None else confidence,
        )
