"""What a document says by its truth, and when a value found is as good as it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Case:
    """One document with its truth."""

    id: str
    path: Path
    document_type: str
    truth: Mapping[str, str | float]
    """By path of the field; only what can be seen in the document."""
    family: str
    """Documents of one family share a layout: they are never on both sides of a cross-validation."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """How a path is compared; `text` where it is not named."""


def _text(value: object) -> str:
    """Strip case, space and punctuation."""
    spread = unicodedata.normalize("NFKC", str(value)).upper()
    return re.sub(r"[\W_]", "", spread)


def _money(value: object) -> str:
    try:
        return str(Decimal(re.sub(r"[^\d.\-]", "", str(value))).quantize(Decimal("0.01")))
    except InvalidOperation:
        return str(value)


def _number(value: object) -> str:
    try:
        return str(round(float(str(value)), 4))
    except ValueError:
        return str(value)


NORMALISED: Mapping[str, Callable[[object], str]] = {
    "text": _text,
    "code": _text,
    "money": _money,
    "number": _number,
    "date": lambda value: str(value).strip(),
    "verbatim": str,
}


def same(kind: str, truth: object, found: object) -> bool:
    """`beginning`: the text found may go on, as a line's name does in its description."""
    if kind == "beginning":
        return bool(_text(truth)) and _text(found).startswith(_text(truth))
    return NORMALISED[kind](truth) == NORMALISED[kind](found)


def identical(truth: object, found: object) -> bool:
    """Every character but the case of letters and the width of spaces; numbers by value."""
    if isinstance(truth, float) and isinstance(found, float | int):
        return truth == float(found)
    return " ".join(str(truth).split()).upper() == " ".join(str(found).split()).upper()
