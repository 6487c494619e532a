"""A value where an example has it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from octavo.domain.template import FieldSpec, FieldType
from octavo.pipeline.fields.candidates import Candidate, How
from octavo.pipeline.fields.labels import readings_of
from octavo.pipeline.fields.learned.layout import Fit
from octavo.pipeline.fields.learned.sheet import Box, Sheet, around
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.tokens import Token

SURE = 0.95
"""The score of a value exactly where all words around it say that it stands."""
_OFF_LINE = 0.65
"""Heights by which the middle of its line may be off."""
_LEAST_HEIGHT = 0.008
_ASIDE = 0.035
"""How far the nearest of its edges may be from where the example has it."""
_CUT = 0.012
"""How near to its left edge a word begins that is the first of the value."""
_ONE_RUN = 1.5
"""Heights between two values that are one run of words."""
_LEANS = 4.0
"""What being aside costs, against the width of the page."""
_LINE_GAP = 1.9
"""Heights from one line of a text to the next, at most."""
_MORE_LINES = 3
_MANY_LINES = frozenset({FieldType.TEXT, FieldType.ADDRESS})

Words = list[tuple[Token, Box]]


@dataclass(frozen=True)
class Page:
    """A sheet with an example laid over it."""

    sheet: Sheet
    fit: Fit
    locale: Locale
    table: Box | None = None
    """Where the example has its table: what is below moves with its length."""

    def free_runs(self) -> Iterator[Words]:
        """Words without a wide gap or a word of the form between them."""
        fixed = {id(match.token) for match in self.fit.matches}
        for row in self.sheet.page.rows:
            for segment in row.segments:
                run: Words = []
                for token in segment.tokens:
                    if id(token) in fixed:
                        if run:
                            yield run
                        run = []
                    else:
                        run.append((token, self.sheet.box(token.bbox)))
                if run:
                    yield run


def value_at(page: Page, lines: Sequence[Box], spec: FieldSpec, others: Sequence[Box]) -> Candidate | None:
    """What stands where the example has these lines; None where nothing of the field's type does.

    `others` are where the example has its other values: a run of words may hold several.
    """
    first = lines[0]
    wanted, agreement = page.fit.place(first, page.table)
    height = max(wanted.height, _LEAST_HEIGHT)
    best: tuple[float, Candidate] | None = None
    for run in page.free_runs():
        off = abs(around([box for _, box in run]).middle - wanted.middle)
        if off > _OFF_LINE * height:
            continue
        words = _cut(run, wanted, first, others)
        if not words:
            continue
        if len(lines) > 1 or spec.type in _MANY_LINES:
            words = [*words, *_lines_below(page, words, wanted, len(lines))]
        for value, tokens, aside in _readings(page, words, wanted, spec):
            score = _score(agreement, page.fit.share, aside, value[1])
            cost = aside + off
            if best is None or cost < best[0]:
                found = Candidate(
                    value[0], " ".join(one.text for one in tokens), tokens, score, None, How.PATTERN
                )
                best = (cost, found)
    return best[1] if best else None


def _score(agreement: float, share: float, aside: float, sure: float) -> float:
    base = SURE * (0.5 + 0.5 * agreement) * (0.85 + 0.15 * min(1.0, share / 0.7))
    return round(max(0.0, base * sure * (1 - _LEANS * aside)), 4)


def _readings(
    page: Page, words: Words, wanted: Box, spec: FieldSpec
) -> Iterator[tuple[tuple[str | int | float | bool, float], tuple[Token, ...], float]]:
    boxes = {id(token): box for token, box in words}
    tokens = [token for token, _ in words]
    for reading, read in readings_of(tokens, spec, page.locale):
        box = around(
            [boxes[id(token)] for token in read if _on_first_line(boxes[id(token)], wanted)] or [words[0][1]]
        )
        aside = aside_of(box, wanted)
        if aside <= _ASIDE:
            value = reading.value
            bare = value.rstrip(" ,;") if isinstance(value, str) else value
            yield (bare, reading.sure), read, aside


def _on_first_line(box: Box, wanted: Box) -> bool:
    return abs(box.middle - wanted.middle) <= _OFF_LINE * max(wanted.height, _LEAST_HEIGHT)


def aside_of(box: Box, wanted: Box) -> float:
    """The nearest of left edges, right edges and middles: values of another length keep one of them."""
    return min(abs(box.x0 - wanted.x0), abs(box.x1 - wanted.x1), abs(box.center - wanted.center) * 1.5)


def _cut(run: Words, wanted: Box, first: Box, others: Sequence[Box]) -> Words:
    """The part of a run that is this value's: from its left edge to where the next value begins."""
    start = 0
    if run[0][1].x0 < wanted.x0 - _CUT:
        near = [number for number, (_, box) in enumerate(run) if abs(box.x0 - wanted.x0) <= _CUT]
        start = near[0] if near else 0
    behind = [
        other.x0 - first.x1
        for other in others
        if abs(other.middle - first.middle) < first.height and other.x0 > first.x1 - _CUT
    ]
    if not behind or min(behind) > first.height * _ONE_RUN:
        return run[start:]
    stop = wanted.x1 + min(behind) - _CUT / 2
    return [(token, box) for token, box in run[start:] if box.x0 < stop] or run[start:]


def _lines_below(page: Page, words: Words, wanted: Box, count: int) -> Words:
    """The further lines of a text: each begins where the first does, and none is the form's own."""
    found: Words = []
    last = around([box for _, box in words])
    left = last.x0
    lines = 1
    for run in page.free_runs():
        box = around([box for _, box in run])
        if box.middle <= last.middle + last.height * 0.5 or abs(box.x0 - left) > _CUT * 1.5:
            continue
        if (
            box.middle - last.middle > _LINE_GAP * max(last.height, wanted.height)
            or lines >= count + _MORE_LINES
        ):
            break
        found += run
        last = box
        lines += 1
    return found
