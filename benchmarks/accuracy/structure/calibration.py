"""Whether a word that is 0.9 sure is right nine times of ten.

The expected calibration error (Naeini and others 2015) is the mean distance between how sure words are and how
many of them are right, over bins of confidence, each bin weighed by its words.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.accuracy.normalise import Rules, words

BINS = 10
_HYPHENS = ("-", "\u00ad", "\u2010")

Judged = tuple[float, bool]
"""Confidence, and whether it was right."""


@dataclass(frozen=True, slots=True)
class Bin:
    low: float
    high: float
    count: int
    confidence: float
    """Mean of its words."""
    right: float
    """Share of its words."""


@dataclass(frozen=True, slots=True)
class Calibration:
    bins: tuple[Bin, ...]
    """Without the empty ones."""
    count: int
    error: float
    """Expected calibration error, 0.0-1.0."""


def judge_words(read: Sequence[tuple[str, float | None]], truth: str, rules: Rules) -> list[Judged]:
    """A word is right where the page has it, as often as the page has it; of too many the surest are.

    Words whose engine is silent are left out, and where the truth joins what is parted at line ends, both parts.
    """
    wanted = defaultdict[str, int](int)
    for word in words(truth, rules):
        wanted[word] += 1
    judged = []
    sure = [(text, confidence) for text, confidence in _whole(read, rules) if confidence is not None]
    for text, confidence in sorted(sure, key=lambda pair: -pair[1]):
        parts = words(text, rules)
        if parts:
            judged.append((confidence, all(wanted[part] > 0 for part in parts)))
            for part in parts:
                wanted[part] -= 1
    return judged


def calibrate(judged: Iterable[Judged], bins: int = BINS) -> Calibration:
    """Bins of equal width; 1.0 belongs to the last."""
    groups: dict[int, list[Judged]] = defaultdict(list)
    for confidence, right in judged:
        groups[min(bins - 1, int(confidence * bins))].append((confidence, right))
    found = tuple(
        Bin(
            at / bins,
            (at + 1) / bins,
            len(group),
            sum(confidence for confidence, _ in group) / len(group),
            sum(right for _, right in group) / len(group),
        )
        for at, group in sorted(groups.items())
    )
    count = sum(one.count for one in found)
    distance = sum(one.count * abs(one.confidence - one.right) for one in found)
    return Calibration(found, count, distance / count if count else 0.0)


def _whole(read: Sequence[tuple[str, float | None]], rules: Rules) -> Iterable[tuple[str, float | None]]:
    skip = False
    for text, confidence in read:
        parted = rules.joined and len(text) > 1 and text.endswith(_HYPHENS)
        if not skip and not parted:
            yield text, confidence
        skip = parted
