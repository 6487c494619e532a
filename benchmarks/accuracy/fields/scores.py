"""Precision, recall and F1 a field, and how far confidences are from shares."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from benchmarks.accuracy.fields.truth import Case, identical, same
from octavo.domain.field import Scalar

_POSITION = re.compile(r"\.\d+(?=\.|$)")


@dataclass(slots=True)
class Tally:
    wanted: int = 0
    found: int = 0
    right: int = 0
    """After normalising."""
    exact: int = 0

    def __iadd__(self, other: Self) -> Self:
        self.wanted += other.wanted
        self.found += other.found
        self.right += other.right
        self.exact += other.exact
        return self

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.wanted + self.found) if self.wanted + self.found else 0.0

    @property
    def exact_f1(self) -> float:
        return 2 * self.exact / (self.wanted + self.found) if self.wanted + self.found else 0.0


def tally(case: Case, found: Mapping[str, Scalar], paths: Sequence[str]) -> dict[str, Tally]:
    """One document, by path without positions. What the truth does not tell does not count as found."""
    tallies = {path: Tally() for path in paths}
    for path, truth in case.truth.items():
        name = _POSITION.sub("", path)
        if name not in tallies:
            continue
        one = tallies[name]
        one.wanted += 1
        value = found.get(path)
        if value is None:
            continue
        one.found += 1
        one.right += same(case.kinds.get(name, "text"), truth, value)
        one.exact += identical(truth, value)
    return tallies


def beyond(case: Case, found: Mapping[str, Scalar], paths: Sequence[str]) -> int:
    """How many values are given of these fields that the document does not say, where its truth is whole."""
    return sum(_POSITION.sub("", path) in paths and path not in case.truth for path in found)


def is_right(case: Case, path: str, value: Scalar) -> bool | None:
    """None where the truth does not say."""
    if path not in case.truth:
        return None
    return same(case.kinds.get(_POSITION.sub("", path), "text"), case.truth[path], value)


def calibration_error(pairs: Iterable[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error: the mean distance of confidence and share, by bins of equal width."""
    boxes: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    count = 0
    for confidence, right in pairs:
        boxes[min(bins - 1, int(confidence * bins))].append((confidence, right))
        count += 1
    gaps = (
        abs(sum(confidence for confidence, _ in box) - sum(right for _, right in box)) for box in boxes if box
    )
    return sum(gaps) / count if count else 0.0
