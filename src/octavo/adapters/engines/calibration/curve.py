"""From a score to the share of words with that score that are right, never falling: isotonic regression."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

_LEAST_WEIGHT = 0.005
"""Of all words: a step of the curve that rests on less is joined to its neighbour."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Straight between its points; below the first towards nothing, above the last level."""

    points: tuple[tuple[float, float], ...]
    """Score and share, both 0.0-1.0, scores rising, shares never falling."""

    def at(self, score: float) -> float:
        if not self.points:
            return score
        first, share = self.points[0]
        if score <= first:
            return share * score / first if first else share
        place = bisect_right(self.points, (score, 2.0))
        if place == len(self.points):
            return self.points[-1][1]
        (x0, y0), (x1, y1) = self.points[place - 1], self.points[place]
        return y0 + (y1 - y0) * (score - x0) / (x1 - x0)


@dataclass(slots=True)
class _Step:
    """Words of neighbouring scores, as one."""

    weight: float
    score: float
    right: float
    """Both are sums over the words, each times its weight."""

    @property
    def share(self) -> float:
        return self.right / self.weight

    def join(self, other: "_Step") -> None:
        self.weight += other.weight
        self.score += other.score
        self.right += other.right


def fit(words: Iterable[tuple[float, bool, float]]) -> Curve:
    """The curve nearest to the words (score, right or not, weight) by pooling adjacent violators."""
    steps = _pooled(_in_steps(sorted(words)))
    points = [(round(step.score / step.weight, 4), round(step.share, 4)) for step in steps]
    return Curve(tuple(dict(points).items()))


def _in_steps(words: list[tuple[float, bool, float]]) -> list[_Step]:
    """As many steps as have enough words each to say how many of them are right."""
    least = _LEAST_WEIGHT * sum(weight for *_, weight in words)
    steps: list[_Step] = []
    previous = -1.0
    for score, right, weight in words:
        word = _Step(weight, score * weight, float(right) * weight)
        if steps and (steps[-1].weight < least or score == previous):
            steps[-1].join(word)
        else:
            steps.append(word)
        previous = score
    if len(steps) > 1 and steps[-1].weight < least:
        last = steps.pop()
        steps[-1].join(last)
    return steps


def _pooled(steps: list[_Step]) -> list[_Step]:
    pooled: list[_Step] = []
    for step in steps:
        pooled.append(step)
        while len(pooled) > 1 and pooled[-2].share >= pooled[-1].share:
            last = pooled.pop()
            pooled[-1].join(last)
    return pooled
