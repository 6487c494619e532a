"""Whether a word that is 0.9 sure is right nine times of ten.

The expected calibration error (Naeini and others 2015) is the mean distance between how sure words are and how
many of them are right, over bins of confidence, each bin weighed by its words.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from benchmarks.accuracy.normalise import Rules, words

BINS = 10
_HYPHENS = "-\u00ad\u2010"

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
    """A word is right where the page has it, as often as the page has it.

    Words may be parted otherwise than in the truth: one whose letters all stand where an alignment of the two
    texts without blanks has them is right, too. Capitals do not count, since small ones are written down either
    way, nor hyphens at line ends where the truth has none. Words whose engine is silent are left out.
    """
    forms = [_form(text, rules) for text, _ in read]
    left = Counter(word.casefold() for word in words(truth, rules))
    in_place = _in_place(forms, "".join(words(truth, rules)).casefold())
    judged = []
    for at in sorted(range(len(read)), key=lambda at: (not in_place[at], -(read[at][1] or 0.0))):
        confidence = read[at][1]
        if confidence is not None and forms[at]:
            judged.append((confidence, in_place[at] or left[forms[at]] > 0))
            left[forms[at]] -= 1
    return judged


def _form(text: str, rules: Rules) -> str:
    form = "".join(words(text, rules)).casefold()
    return form.rstrip(_HYPHENS) or form if rules.joined else form


def _in_place(forms: Sequence[str], truth: str) -> list[bool]:
    """Which words have all their characters, side by side, in an alignment with the truth."""
    position_of: dict[int, int] = {}
    for part in Levenshtein.opcodes("".join(forms), truth):
        if part.tag == "equal":
            position_of |= {
                part.src_start + step: part.dest_start + step for step in range(part.src_end - part.src_start)
            }
    found, start = [], 0
    for form in forms:
        places = [position_of.get(at, -1) for at in range(start, start + len(form))]
        found.append(
            bool(places) and places[0] >= 0 and places == list(range(places[0], places[0] + len(form)))
        )
        start += len(form)
    return found


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
