"""Lines of a page: words on one baseline, cut at column gutters and wide cell gaps."""

import re
from collections import Counter
from itertools import pairwise
from operator import attrgetter
from statistics import median

from octavo.adapters.readers.pdf.characters import Characters
from octavo.adapters.readers.pdf.fonts import FontStyle
from octavo.adapters.readers.pdf.pitch import fixed_fonts, pitch_key
from octavo.adapters.readers.pdf.words import PlacedWord
from octavo.domain.document import Line, Word
from octavo.domain.geometry import BBox

_SURE_GAP = 0.9
"""Of the font size: words this close are one line whatever else is around; a gutter is wider."""
_APART_GAP = 0.6
"""Of the font size, for words not drawn one after the other: the gutter of a LaTeX page is 1.0."""
_WIDEST_GAP = 2.0
"""Of the font size: justified text in narrow columns stretches its spaces up to this."""
_LIKE_OTHERS = 2.0
"""Times the line's usual gap: a gap wider than the sure one is a space only where the others are alike."""
_LABEL_GAP = 2.5
"""Of the font size, between a list or heading number and its text."""
_LABEL = re.compile(
    r"[•▪‣◦➢✓\u2013*-]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxlIVXL]{1,5})[.)]|\d{1,2}(?:\.\d{1,2})+"
)


def lines_of(words: list[PlacedWord], characters: Characters) -> list[Line]:
    """Group one direction's words; the lines come in stream order of their first word."""
    fixed = fixed_fonts(words, characters)
    return [_line(segment, characters, fixed) for segment in _merge(_chain(words))]


def _chain(words: list[PlacedWord]) -> list[list[PlacedWord]]:
    """Words that follow one another in the stream and surely on the page."""
    segments: list[list[PlacedWord]] = []
    last: PlacedWord | None = None
    for word in words:
        if last is not None and _follows(last, word):
            segments[-1].append(word)
        else:
            segments.append([word])
        last = word
    return segments


def _follows(before: PlacedWord, after: PlacedWord) -> bool:
    if not _same_baseline(before, after):
        return False
    size = min(before.size, after.size)
    gap = _gap(before, after)
    widest = _WIDEST_GAP if before.run == after.run else _SURE_GAP  # cells are drawn one by one
    return -0.5 * size <= gap <= widest * size


def _gap(before: PlacedWord, after: PlacedWord) -> float:
    if before.right_to_left and after.right_to_left:
        return before.x0 - after.x1
    return after.x0 - before.x1


def _same_baseline(one: PlacedWord, other: PlacedWord) -> bool:
    """Close baselines; a smaller word may stand higher (superscript), a far larger one (drop cap) is apart."""
    shift = abs(one.baseline - other.baseline)
    if not shift:
        return True
    small, large = min(one.size, other.size), max(one.size, other.size)
    allowed = 0.2 * small if large > 1.8 * small else 0.45 * large if large > 1.15 * small else 0.3 * large
    return shift <= allowed


def _merge(segments: list[list[PlacedWord]]) -> list[list[PlacedWord]]:
    """Join segments that continue one another on the page, wherever in the stream they stood."""
    by_place = sorted(
        range(len(segments)), key=lambda index: (segments[index][0].baseline, _left(segments[index]))
    )
    merged: dict[int, list[PlacedWord]] = {}
    open_rows: list[int] = []
    for index in by_place:
        segment = segments[index]
        open_rows = [row for row in open_rows if _near_rows(merged[row], segment)]
        partner = next((row for row in open_rows if _continues(merged[row], segment)), None)
        if partner is None:
            merged[index] = segment
            open_rows.append(index)
        else:
            merged[partner] = sorted(merged[partner] + segment, key=lambda word: word.x0)
    joined = _close_up(merged)
    return [joined[index] for index in sorted(joined)]


def _close_up(merged: dict[int, list[PlacedWord]]) -> dict[int, list[PlacedWord]]:
    """A piece that came between two others may have made them neighbours: join until nothing changes."""
    rows = sorted(merged, key=lambda index: (round(merged[index][0].baseline, 1), _left(merged[index])))
    result: dict[int, list[PlacedWord]] = {}
    last: int | None = None
    for index in rows:
        if last is not None and _continues(result[last], merged[index]):
            result[last] = sorted(result[last] + merged[index], key=lambda word: word.x0)
        else:
            result[index] = merged[index]
            last = index
    return result


def _left(segment: list[PlacedWord]) -> float:
    return segment[0].x0 if len(segment) == 1 else min([word.x0 for word in segment])


def _near_rows(row: list[PlacedWord], segment: list[PlacedWord]) -> bool:
    return segment[0].baseline - row[0].baseline <= max(row[0].size, segment[0].size)


def _continues(one: list[PlacedWord], other: list[PlacedWord]) -> bool:
    """Whether the two are parts of one line, side by side."""
    left, right = (one, other) if _left(one) <= _left(other) else (other, one)
    last = left[0] if len(left) == 1 else max(left, key=attrgetter("x1"))
    first = right[0] if len(right) == 1 else min(right, key=attrgetter("x0"))
    if not _same_baseline(last, first):
        return False
    size = min(last.size, first.size)
    gap = first.x0 - last.x1
    return -0.3 * size <= gap <= _allowed_gap(left, right) * size


def _allowed_gap(left: list[PlacedWord], right: list[PlacedWord]) -> float:
    """Times the font size. What was not drawn one after the other is another column sooner than another word."""
    if len(left) == 1 and _LABEL.fullmatch(left[0].word.text) and right[0].word.text[0].isalpha():
        return _LABEL_GAP
    if abs(left[-1].order - right[0].order) != 1:
        return _APART_GAP
    gaps = [gap / right[0].size for part in (left, right) for gap in _gaps(part)]
    if len(gaps) < 3:
        return _SURE_GAP
    return min(_WIDEST_GAP, max(_SURE_GAP, _LIKE_OTHERS * median(gaps)))


def _gaps(words: list[PlacedWord]) -> list[float]:
    return [_gap(before, after) for before, after in pairwise(words)]


def _line(
    words: list[PlacedWord], characters: Characters, fixed: frozenset[tuple[int, float]] = frozenset()
) -> Line:
    if any(word.right_to_left for word in words) and _reads_right_to_left(words):
        words = sorted(words, key=lambda word: -word.x1)
    size, style = _dominant(words, characters.runs.styles)
    read = tuple([word.word for word in words])
    monospace = style.monospace or (
        bool(fixed) and all(pitch_key(word, characters) in fixed for word in words)
    )
    return Line(read, _around(read), size, style.bold, style.italic, monospace)


def _reads_right_to_left(words: list[PlacedWord]) -> bool:
    letters = sum(len(word.word.text) if word.right_to_left else -len(word.word.text) for word in words)
    return letters > 0


def _dominant(words: list[PlacedWord], styles: tuple[FontStyle, ...]) -> tuple[float, FontStyle]:
    """Size and style of most of the line's characters."""
    first, style = words[0], styles[words[0].run]
    if all(styles[word.run] is style and word.size == first.size for word in words):
        return round(first.size, 2), style
    letters: Counter[tuple[float, int]] = Counter()
    for word in words:
        letters[word.size, word.run] += len(word.word.text)
    weights: Counter[tuple[float, FontStyle]] = Counter()
    for (size, run), count in letters.items():
        weights[round(size, 2), styles[run]] += count
    return weights.most_common(1)[0][0]


def _around(words: tuple[Word, ...]) -> BBox:
    if len(words) == 1:
        return words[0].bbox
    boxes = [word.bbox for word in words]
    return BBox(
        min([box.x0 for box in boxes]),
        min([box.y0 for box in boxes]),
        max([box.x1 for box in boxes]),
        max([box.y1 for box in boxes]),
    )
