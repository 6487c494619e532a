"""How near two pages full of words are: the same words, in the same order, at the same place, as large."""

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from statistics import fmean, median

from benchmarks.accuracy.conversions.shown import Seen

_SIGNS = re.compile(r"[^\w]+")
_NEAR = 0.1
"""A size that differs by less is the same to the eye."""


@dataclass(frozen=True, slots=True)
class Likeness:
    words: int
    recall: float
    """Share of the source's words that the conversion shows, wherever."""
    order: float
    """F1 of the words that stand in the same order."""
    iou: float
    """Mean overlap of the boxes of a word; 0 for one that is missing or on another page."""
    moved_pt: float
    """Median distance between the middles of a word's two boxes, of those on the same page."""
    size: float
    """Median of the size shown over the size in the source."""
    sized: float
    """Share of the words whose size differs by less than a tenth."""
    bold: float
    """Share of the words whose weight is known and the same."""
    pages: float
    """Pages shown for each page of the source."""


def likeness(source: list[Seen], shown: list[Seen], pages: int, shown_pages: int) -> Likeness:
    pairs = _pairs(source, shown)
    here = [(one, other) for one, other in pairs if one.page == other.page]
    ratios = [other.size / one.size for one, other in pairs if one.size and other.size]
    weights = [one.bold == other.bold for one, other in pairs if one.bold is not None]
    count = max(1, len(source))
    return Likeness(
        words=len(source),
        recall=_recall(source, shown),
        order=_order(source, shown),
        iou=sum(_iou(one.box, other.box) for one, other in here) / count,
        moved_pt=median([_distance(one.box, other.box) for one, other in here] or [0.0]),
        size=median(ratios or [1.0]),
        sized=fmean([abs(ratio - 1) < _NEAR for ratio in ratios] or [1.0]),
        bold=fmean(weights or [1.0]),
        pages=shown_pages / max(1, pages),
    )


def _plain(text: str) -> str:
    return _SIGNS.sub("", text).casefold()


def _recall(source: list[Seen], shown: list[Seen]) -> float:
    """Of letters, since words may be hyphenated and joined."""
    wanted = [_plain(word.text) for word in source if _plain(word.text)]
    there = "".join(_plain(word.text) for word in shown)
    found = sum(len(word) for word in wanted if word in there)
    return found / max(1, sum(map(len, wanted)))


def _order(source: list[Seen], shown: list[Seen]) -> float:
    one = [text for text in (_plain(word.text) for word in source) if text]
    other = [text for text in (_plain(word.text) for word in shown) if text]
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return 2 * sum(block.size for block in blocks) / max(1, len(one) + len(other))


def _pairs(source: list[Seen], shown: list[Seen]) -> list[tuple[Seen, Seen]]:
    """Each word with the nearest one that says the same, no one twice; the same page before others."""
    by_text: dict[str, list[Seen]] = defaultdict(list)
    for word in shown:
        by_text[_plain(word.text)].append(word)
    found = []
    for word in source:
        rest = by_text.get(_plain(word.text)) if _plain(word.text) else None
        if rest:
            best = _nearest(word, rest)
            rest.remove(best)
            found.append((word, best))
    return found


def _nearest(word: Seen, others: list[Seen]) -> Seen:
    return min(others, key=lambda other: (other.page != word.page, _distance(word.box, other.box)))


def _iou(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    if wide <= 0 or high <= 0:
        return 0.0
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return wide * high / (areas - wide * high)


def _distance(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    across = (one[0] + one[2] - other[0] - other[2]) / 2
    down = (one[1] + one[3] - other[1] - other[3]) / 2
    return float((across**2 + down**2) ** 0.5)
