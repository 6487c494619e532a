"""From a finder's own score to how often such a value is right.

A curve is fitted on documents with known fields by `python -m benchmarks.accuracy.fields --fit` and kept in
`calibration_curves`. Between its points it is straight; scores of fields without a curve pass as they are.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from octavo.domain.field import Field, FieldSource
from octavo.pipeline.fields.calibration_curves import CURVES

Curve = tuple[tuple[float, float], ...]
"""Points (score, share that is right), both rising."""

_SUREST = 0.98
"""A curve fitted on some documents promises no more of others."""
_OWN = frozenset({FieldSource.EMBEDDED, FieldSource.PERSON, FieldSource.MODEL})
"""What needs no calibration: somebody wrote it down as it is, or a model made it up."""
_OWN_CHECKS = frozenset({"learned", "citation"})
"""Values found by examples and models: the curves were fitted to other scores."""


def calibrated(document_type: str, fields: Iterable[Field]) -> tuple[Field, ...]:
    return tuple(
        field
        if field.confidence is None or field.source in _OWN or not _OWN_CHECKS.isdisjoint(field.checks)
        else replace(field, confidence=confidence_at(curve_key(document_type, field), field.confidence))
        for field in fields
    )


def curve_key(document_type: str, field: Field) -> tuple[str, ...]:
    """The most special name first: `receipt.total.verified`, `receipt.total`. What was never measured has no curve."""
    name = ".".join(part for part in field.path.split(".") if not part.isdigit())
    own = f"{document_type}.{name}"
    return (f"{own}.verified", own) if field.verified else (own,)


def confidence_at(keys: Sequence[str], score: float) -> float:
    """By the first of these curves there is."""
    curve = next((CURVES[key] for key in keys if key in CURVES), None)
    return round(at_curve(curve, score) if curve else min(1.0, max(0.0, score)), 4)


def at_curve(curve: Curve, score: float) -> float:
    """Straight between its points, towards nothing below the first: so low a score was never seen; level above."""
    (left, low) = curve[0]
    if score <= left:
        return low * max(0.0, score) / left if left else low
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
    known = sorted(pairs)
    if not known:
        return ()
    share = sum(right for _, right in known) / len(known)
    blocks: list[list[float]] = []
    for part in _bins(known, max(1, len(known) // points)):
        weight = len(part) + prior
        mean = sum(score for score, _ in part) / len(part)
        blocks.append([mean, (sum(right for _, right in part) + prior * share) / weight, weight])
        while len(blocks) > 1 and blocks[-2][1] >= blocks[-1][1]:  # pool adjacent violators
            (x0, y0, w0), (x1, y1, w1) = blocks[-2:]
            whole = w0 + w1
            blocks[-2:] = [[(x0 * w0 + x1 * w1) / whole, (y0 * w0 + y1 * w1) / whole, whole]]
    return tuple((round(x, 4), round(min(y, _SUREST), 4)) for x, y, _ in blocks)


def _bins(ordered: Sequence[tuple[float, bool]], size: int) -> Iterator[list[tuple[float, bool]]]:
    """At least `size` each but the last; the same score is never in two."""
    part: list[tuple[float, bool]] = []
    for pair in ordered:
        if len(part) >= size and pair[0] != part[-1][0]:
            yield part
            part = []
        part.append(pair)
    if part:
        yield part
