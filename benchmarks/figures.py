"""The few statistics that the benchmarks report."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """Of repeated measurements of one thing, in their unit."""

    count: int
    least: float
    """What it takes when nobody else wants the processor."""
    p50: float
    p95: float
    p99: float


def quantile(values: Sequence[float], share: float) -> float:
    """Linear between the two nearest values; there must be at least one."""
    ordered = sorted(values)
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def spread(values: Sequence[float]) -> Spread:
    return Spread(
        len(values), min(values), quantile(values, 0.5), quantile(values, 0.95), quantile(values, 0.99)
    )


def median(values: Sequence[float]) -> float:
    return quantile(values, 0.5)


def ratio(value: float, baseline: float) -> float | None:
    """How many times the baseline; None where there is nothing to compare with."""
    return value / baseline if baseline else None


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Least-squares rise of y for each x; 0.0 where x does not vary."""
    if not points:
        return 0.0
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread_x = sum((x - mean_x) ** 2 for x, _ in points)
    if not spread_x:
        return 0.0
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread_x
