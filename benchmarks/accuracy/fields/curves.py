"""Calibration: fitted on all documents for shipping, on other families for judging."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.accuracy.fields.scores import calibration_error
from octavo.domain.field import Field
from octavo.pipeline.fields.calibration import Curve, at_curve, curve_key, fit_curve

_FEWEST = 30
"""Values that a curve is fitted on, at least."""
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """One value found, with its raw score and whether it is right."""

    document_type: str
    field: Field
    right: bool
    family: str

    @property
    def score(self) -> float:
        return self.field.confidence or 0.0

    @property
    def fold(self) -> int:
        return zlib.crc32(self.family.encode()) % _FOLDS


def fitted(judged: Iterable[Judged]) -> dict[str, Curve]:
    pairs: defaultdict[str, list[tuple[float, bool]]] = defaultdict(list)
    for one in judged:
        for key in curve_key(one.document_type, one.field):
            pairs[key].append((one.score, one.right))
    return {key: fit_curve(known) for key, known in sorted(pairs.items()) if len(known) >= _FEWEST}


def cross_fitted_error(judged: list[Judged]) -> float:
    """Calibration error where each family is judged by curves that never saw it."""
    pairs = []
    for fold in range(_FOLDS):
        curves = fitted(one for one in judged if one.fold != fold)
        pairs += [(_through(one, curves), one.right) for one in judged if one.fold == fold]
    return calibration_error(pairs)


def _through(one: Judged, curves: Mapping[str, Curve]) -> float:
    curve = next((curves[key] for key in curve_key(one.document_type, one.field) if key in curves), None)
    return at_curve(curve, one.score) if curve else one.score


def write_curves(target: Path, curves: Mapping[str, Curve]) -> None:
    rows = "".join(f"        {key!r}: {curve!r},\n".replace("'", '"') for key, curve in curves.items())
    target.write_text(
        '"""Points of the curves; written by `python -m benchmarks.accuracy.fields --fit`, never by hand."""\n\n'
        "from collections.abc import Mapping\nfrom types import MappingProxyType\n\n"
        "CURVES: Mapping[str, tuple[tuple[float, float], ...]] = MappingProxyType(\n    {\n"
        + rows
        + "    }\n)\n",
        encoding="utf-8",
    )
