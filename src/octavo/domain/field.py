"""Fields: what a document says, value by value, each with where it says so.

A field is named by its path: the names of the schema joined by dots, entries of
an array by their position from 0 (`total`, `seller.name`, `line_items.0.amount`).
What the document does not say is not among the fields; `values_tree` shows it as null.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from octavo.domain.geometry import BBox

Scalar = str | int | float | bool
"""Text NFC; dates `YYYY-MM-DD`; times `HH:MM`; money and numbers as JSON numbers; percentages as 19.0 for 19 %."""


class FieldSource(StrEnum):
    """Where a value comes from."""

    TEXT_LAYER = "text_layer"
    NATIVE = "native"
    """An office file or text says it."""
    OCR = "ocr"
    MODEL = "model"
    """A language model said it and cited no words of the document."""
    COMPUTED = "computed"
    """It is not printed; other fields give it, by arithmetic or by their words."""
    EMBEDDED = "embedded"
    """Data inside the file says it, such as the XML of an e-invoice."""
    PERSON = "person"
    """Somebody corrected it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Words on one page that say a value; `bbox` is None where the source has no layout."""

    page: int
    bbox: BBox | None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading that was considered, and why it was not taken."""

    value: Scalar
    raw_text: str | None
    places: tuple[Place, ...]
    confidence: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Field:
    path: str
    value: Scalar
    source: FieldSource
    raw_text: str | None = None
    """As the document writes it; None where it writes nothing (computed, embedded)."""
    places: tuple[Place, ...] = ()
    """One a run of words on a line: a value may stand on several lines, or pages."""
    confidence: float | None = None
    """How likely the value is right, calibrated; see `pipeline.fields.calibration`."""
    verified: bool = False
    """Proven: arithmetic or check digits agree, embedded data agrees with what is visible, or a person said so."""
    checks: tuple[str, ...] = ()
    """Codes of the checks it passed: `sum`, `product`, `check_digit`, `balance`, `embedded`, …"""
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldCheck:
    """One rule that was tried on the fields."""

    code: str
    passed: bool
    detail: str
    paths: tuple[str, ...] = ()
    """The fields it is about."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the document's file, such as the XML of an e-invoice."""

    name: str
    content: bytes
    is_document: bool = False
    """The file itself: its pages are made from it and cannot say otherwise."""


@dataclass(frozen=True, slots=True)
class TypeGuess:
    document_type: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What asking a language model about one document took."""

    name: str
    """Of the model, as its endpoint knows it."""
    questions: int
    """That were answered."""
    input_tokens: int
    """As the endpoint counts them; one that does not say counts as 0."""
    output_tokens: int
    cost: float | None
    """In the currency of the prices that the user gave; None: none were given."""


@dataclass(frozen=True, slots=True)
class FieldsSummary:
    """How the fields of a document stand, in a few numbers."""

    document_type: str
    type_confidence: float | None
    """None where the caller said the type."""
    found: int
    """How many values the document says."""
    verified: int
    failed_checks: int
    confidence: float | None
    """Mean over the values."""
    notes: tuple[str, ...] = ()
    """As in `Fields`."""
    model: ModelUse | None = None


@dataclass(frozen=True, slots=True)
class Fields:
    """All that was found in one document."""

    document_type: str
    type_confidence: float | None
    """None where the caller said the type."""
    found: tuple[Field, ...]
    checks: tuple[FieldCheck, ...] = ()
    guesses: tuple[TypeGuess, ...] = ()
    """What else the document might be, most likely first; empty where the caller said."""
    locale: str | None = None
    """BCP 47 (`de-DE`, `de`), by which dates and numbers were read."""
    template_id: str | None = None
    template_version: int | None = None
    notes: tuple[str, ...] = ()
    """Codes worth telling: `embedded_invoice`, `embedded_differs`, `model_failed`, `extraction_failed`, …"""
    model: ModelUse | None = None
    """None where no language model was asked."""

    def field(self, path: str) -> Field | None:
        return next((field for field in self.found if field.path == path), None)

    @property
    def mean_confidence(self) -> float | None:
        known = [field.confidence for field in self.found if field.confidence is not None]
        return round(sum(known) / len(known), 4) if known else None

    @property
    def summary(self) -> FieldsSummary:
        return FieldsSummary(
            document_type=self.document_type,
            type_confidence=self.type_confidence,
            found=len(self.found),
            verified=sum(field.verified for field in self.found),
            failed_checks=sum(not check.passed for check in self.checks),
            confidence=self.mean_confidence,
            notes=self.notes,
            model=self.model,
        )


def nest(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Paths and values as one tree of objects and arrays: `a.0.b` is `{"a": [{"b": …}]}`.

    Positions that are missing in an array are closed up.
    """
    tree: dict[str, Any] = {}
    for path, value in pairs:
        node = tree
        *parents, last = path.split(".")
        for name in parents:
            node = node.setdefault(name, {})
        node[last] = value
    return {name: _settle(child) for name, child in tree.items()}


def _settle(node: Any) -> Any:
    """An object whose names are all numbers is an array."""
    if not isinstance(node, dict) or not node:
        return node
    if all(name.isdigit() for name in node):
        return [_settle(node[name]) for name in sorted(node, key=int)]
    return {name: _settle(child) for name, child in node.items()}
