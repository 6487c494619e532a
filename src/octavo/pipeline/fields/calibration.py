"""From a finder's own score to how often such a value is right.

A curve is fitted on documents with known fields by `python -m benchmarks.accuracy.fields --fit` and kept in
`calibration_curves`. Between its points it is straight; scores of fields without a curve pass as they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from octavo.domain.field import Field, FieldSource
from octavo.pipeline.fields.calibration_curves import CURVES

Curve = tuple[tuple[float, float], ...]
"""Points (score, share that is right), both rising."""

_OWN = frozenset({FieldSource.EMBEDDED, FieldSource.PERSON})
"""What needs no calibration: somebody wrote it down as it is."""


def calibrated(document_type: str, fields: Iterable[Field]) -> tuple[Field, ...]:
    return tuple(
        field
        if field.confidence is None or field.source in _OWN
        else replace(field, confidence=confidence_at(curve_key(document_type, field), field.confidence))
        for field in fields
    )


def curve_key(document_type: str, field: Field) -> tuple[str, ...]:
    """The most special name first: `receipt.total.verified`, `receipt.total`, `receipt`."""
    name = ".".join(part for part in field.path.split(".") if not part.isdigit())
    own = f"{document_type}.{name}"
    general = (own, document_type)
    return (f"{own}.verified", *general) if field.verified else general


def confidence_at(keys: Sequence[str], score: float) -> float:
    """By the first of these curves there is."""
    curve = next((CURVES[key] for key in keys if key in CURVES), None)
    return round(at_curve(curve, score) if curve else min(1.0, max(0.0, score)), 4)


def at_curve(curve: Curve, score: float) -> float:
    """Straight between its points, level outside."""
    (left, low) = curve[0]
    if score <= left:
        return low
    for right, high in curve[1:]:
        if score <= right:
            return low + (high - low) * (score - left) / (right - left) if right > left else high
        left, low = right, high
    return low


def fit_curve(pairs: Iterable[tuple[float, bool]], *, points: int = 6, prior: float = 2.0) -> Curve:
    """A rising curve through equally filled bins of (score, right); each bin is pulled a little to the whole.

    Args:
        pairs: Scores with whether the value was right.
        points: Bins, at most.
        prior: How many values of the average share are added to each bin, so that few do not make certainty.
    """
    ordered = sorted(pairs)
    if not ordered:
        return ()
    share = sum(right for _, right in ordered) / len(ordered)
    size = max(1, len(ordered) // points)
    blocks: list[list[float]] = []
    for start in range(0, len(ordered), size):
        part = ordered[start : start + size]
        weight = len(part) + prior
        mean = sum(score for score, _ in part) / len(part)
        blocks.append([mean, (sum(right for _, right in part) + prior * share) / weight, weight])
        while len(blocks) > 1 and blocks[-2][1] > blocks[-1][1]:  # pool adjacent violators
            (x0, y0, w0), (x1, y1, w1) = blocks[-2:]
            whole = w0 + w1
            blocks[-2:] = [[(x0 * w0 + x1 * w1) / whole, (y0 * w0 + y1 * w1) / whole, whole]]
    return tuple((round(x, 4), round(min(y, 0.995), 4)) for x, y, _ in blocks)
