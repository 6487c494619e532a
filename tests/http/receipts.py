"""The fields of a small receipt, as an extractor would find them."""

from octavo.domain.field import Alternative, Field, FieldCheck, Fields, FieldSource, Place, TypeGuess
from octavo.domain.geometry import BBox


def found(path: str, value: str | float, raw_text: str, y: float, *, verified: bool = False) -> Field:
    place = Place(1, BBox(0.1, y, 0.5, y + 0.02))
    return Field(
        path, value, FieldSource.OCR, raw_text, (place,), 0.9, verified=verified, checks=("sum",) * verified
    )


RECEIPT = Fields(
    document_type="receipt",
    type_confidence=0.97,
    found=(
        found("merchant.name", "Bakery", "Bakery", 0.1),
        found("date", "2026-03-01", "01.03.2026", 0.2),
        found("line_items.0.description", "Bread", "Bread", 0.3),
        found("line_items.0.amount", 3.5, "3,50", 0.3),
        found("line_items.1.description", "Rolls", "Rolls", 0.4),
        found("line_items.1.amount", 1.5, "1,50", 0.4),
        Field(
            "total",
            5.0,
            FieldSource.OCR,
            "5,00",
            (Place(1, BBox(0.6, 0.5, 0.7, 0.52)),),
            0.95,
            verified=True,
            checks=("sum",),
            alternatives=(Alternative(6.0, "6,00", (Place(1, None),), 0.2, "does not add up"),),
        ),
    ),
    checks=(
        FieldCheck(
            "sum", True, "3.50 + 1.50 = 5.00", ("line_items.0.amount", "line_items.1.amount", "total")
        ),
    ),
    guesses=(TypeGuess("receipt", 0.97), TypeGuess("invoice", 0.02)),
    locale="de-DE",
)
