"""Whether a page is laid out as an example is, and how the one lies on the other.

A scan is shifted, stretched and leans a little; what stands below a table moves with its length. So
the whole is fitted first, by words that both have, and then each place by the words nearest to it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from octavo.pipeline.fields.learned.sheet import Box, Sheet
from octavo.pipeline.fields.tokens import Token
from octavo.pipeline.fields.wording import folded, likeness

LEAST_SHARE = 0.35
"""Of an example's words that must be there. Words that vary and are no fields are among them: names, addresses."""
LEAST_WORDS = 4
_BIN = 0.02
_ASIDE = 0.02
"""How far a word may stand aside, on a fitted page."""
_UP_OR_DOWN = 0.4
"""How far a table may push what is below it."""
_NEARLY = 0.06
"""How far up or down a word may stand while the sheet is fitted."""
_TOGETHER = 0.012
"""How much shifts of neighbours may differ."""
_NEAR = 0.25
_NEAREST = 8
_MOST_ALIKE = 12
"""Of one word on a page: those that are everywhere tell nothing."""
_STIFF = 0.05
"""How much it takes to stretch or turn the sheet, in words."""


@dataclass(frozen=True, slots=True)
class Anchor:
    text: str
    """Folded."""
    box: Box


@dataclass(frozen=True, slots=True)
class Match:
    anchor: Anchor
    token: Token
    box: Box
    """Of the word."""
    right: float
    """How far the word stands from where the fit puts it."""
    down: float


@dataclass(frozen=True, slots=True)
class Fit:
    """An example laid over a page."""

    share: float
    """Of the example's words that were found in place."""
    matches: tuple[Match, ...]
    across: tuple[float, float, float]
    """What is added to x: this much of x, of y, and always."""
    along: tuple[float, float, float]
    """The same for y."""

    def place(self, box: Box, beside: Box | None = None) -> tuple[Box, float]:
        """Where a box of the example is on the page, and how well its neighbours agree about that, 0.0-1.0.

        What stands on the other side of the table at `beside`, or below it for the table itself, has
        moved by another way and has no say.
        """
        moved = self._laid(box)
        heard = self._on_the_side_of(box, beside) if beside else self.matches
        near = sorted(heard, key=lambda match: _apart(match.anchor.box, box))[:_NEAREST]
        weights = [1 / (0.01 + _apart(match.anchor.box, box)) for match in near]
        best, best_weight = (0.0, 0.0), 0.0
        for center in near:
            alike = [
                (match, weight)
                for match, weight in zip(near, weights, strict=True)
                if abs(match.down - center.down) < _TOGETHER / 2
                and abs(match.right - center.right) < _TOGETHER
            ]
            total = sum(weight for _, weight in alike)
            if total > best_weight:
                right = sum(match.right * weight for match, weight in alike) / total
                down = sum(match.down * weight for match, weight in alike) / total
                best, best_weight = (right, down), total
        return moved.moved(*best), best_weight / sum(weights) if weights else 0.0

    def level(self, x: float, y: float) -> float:
        """How high something is, had the page not leant."""
        return y - self.along[0] * x

    def _on_the_side_of(self, box: Box, table: Box) -> tuple[Match, ...]:
        """All words where too few are on it."""
        is_below = box.middle > table.y1
        found = tuple(match for match in self.matches if (match.anchor.box.middle > table.middle) is is_below)
        return found if len(found) > 1 else self.matches

    def _laid(self, box: Box) -> Box:
        right, down = _shift(self.across, box), _shift(self.along, box)
        stretched = box.moved(right, down)
        return Box(
            stretched.x0,
            stretched.y0,
            stretched.x0 + (box.x1 - box.x0) * (1 + self.across[0]),
            stretched.y0 + box.height * (1 + self.along[1]),
        )


def anchors_from(words: Iterable[Sequence[Any]], beside: Box | None) -> list[Anchor]:
    """Of what an example keeps, the words that may be the form's own: no numbers, and none of its table's rows."""
    found = []
    for text, *edges in words:
        box = Box(*edges)
        key = folded(text)
        is_number = any(char.isdigit() for char in key)
        if len(key) > 1 and not is_number and not (beside and beside.y0 <= box.middle <= beside.y1):
            found.append(Anchor(key, box))
    return found


def fit(anchors: Sequence[Anchor], sheet: Sheet) -> Fit | None:
    """None where the page is not laid out like the example."""
    if len(anchors) < LEAST_WORDS:
        return None
    by_text: dict[str, list[tuple[Token, Box]]] = defaultdict(list)
    for token, box in sheet.words:
        by_text[folded(token.text)].append((token, box))
    start = _vote(anchors, by_text)
    if start is None:
        return None
    across, along = (0.0, 0.0, start[0]), (0.0, 0.0, start[1])
    for within, stiffness in ((0.06, 1.0), (0.03, _STIFF), (_ASIDE, _STIFF)):
        pairs = _pairs(anchors, by_text, across, along, within)
        across, along = _solved(pairs, across, along, stiffness, sheet.aspect)
    matches = _together(_matches(anchors, sheet, across, along))
    share = len(matches) / len(anchors)
    if share < LEAST_SHARE or len(matches) < LEAST_WORDS:
        return None
    return Fit(share, tuple(matches), across, along)


def _vote(
    anchors: Sequence[Anchor], by_text: dict[str, list[tuple[Token, Box]]]
) -> tuple[float, float] | None:
    """The shift that most words agree about, roughly; rare words have more to say."""
    votes: Counter[tuple[int, int]] = Counter()
    shifts: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for anchor in anchors:
        alike = by_text.get(anchor.text, ())
        if not 0 < len(alike) <= _MOST_ALIKE:
            continue
        for _, box in alike:
            right, down = box.x0 - anchor.box.x0, box.middle - anchor.box.middle
            cell = round(right / _BIN), round(down / _BIN)
            shifts[cell].append((right, down))
            for x in (-1, 0, 1):
                for y in (-1, 0, 1):
                    votes[cell[0] + x, cell[1] + y] += 1_000_000 // len(alike)
    if not votes:
        return None
    (x, y), _ = votes.most_common(1)[0]
    near = [shift for a in (-1, 0, 1) for b in (-1, 0, 1) for shift in shifts.get((x + a, y + b), ())]
    return _median([right for right, _ in near]), _median([down for _, down in near])


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


_Line = tuple[float, float, float]


def _shift(line: _Line, box: Box) -> float:
    return line[0] * box.x0 + line[1] * box.middle + line[2]


def _pairs(
    anchors: Sequence[Anchor],
    by_text: dict[str, list[tuple[Token, Box]]],
    across: _Line,
    along: _Line,
    within: float,
) -> list[tuple[Box, Box]]:
    found = []
    for anchor in anchors:
        x, y = (
            anchor.box.x0 + _shift(across, anchor.box),
            anchor.box.middle + _shift(along, anchor.box),
        )
        near = [
            box
            for _, box in by_text.get(anchor.text, ())
            if abs(box.x0 - x) < within and abs(box.middle - y) < _NEARLY
        ]
        if near:
            found.append((anchor.box, min(near, key=lambda box: abs(box.x0 - x) + abs(box.middle - y))))
    return found


def _solved(
    pairs: list[tuple[Box, Box]], across: _Line, along: _Line, stiffness: float, aspect: float
) -> tuple[_Line, _Line]:
    """Shift, stretch and lean, from where words stand across the page: a table does not move them there.

    Up and down the sheet is stretched and leans alike (`aspect` is width by height); only its shift is its own.
    """
    if len(pairs) < LEAST_WORDS:
        return across, along
    import numpy as np

    # Around the middle of the words, so that stiffness in stretch and lean does not pull at the shift.
    places = np.array([[box.x0, box.middle] for box, _ in pairs])
    center = places.mean(axis=0)
    rows = np.hstack([places - center, np.ones((len(pairs), 1))])
    moved = np.array([to.x0 - box.x0 for box, to in pairs])
    stiff = np.diag([stiffness, stiffness, 0.0])
    a, b, c = (float(value) for value in np.linalg.solve(rows.T @ rows + stiff, rows.T @ moved))
    across = (a, b, c - a * float(center[0]) - b * float(center[1]))
    turned: _Line = (-b * aspect**2, a, 0.0)
    down = _median([to.middle - box.middle - _shift(turned, box) for box, to in pairs])
    return across, (turned[0], turned[1], down)


def _matches(anchors: Sequence[Anchor], sheet: Sheet, across: _Line, along: _Line) -> list[Match]:
    """Each word of the example with the likeliest word of the page, none of which serves twice."""
    tried = []
    for number, anchor in enumerate(anchors):
        x, y = anchor.box.x0 + _shift(across, anchor.box), anchor.box.middle + _shift(along, anchor.box)
        for token, box in sheet.words:
            right, down = box.x0 - x, box.middle - y
            if abs(right) > _ASIDE or abs(down) > _UP_OR_DOWN:
                continue
            alike = likeness(folded(token.text), anchor.text)
            if alike > 0:
                tried.append(
                    (
                        2 * abs(right) + abs(down) + (1 - alike) / 10,
                        number,
                        Match(anchor, token, box, right, down),
                    )
                )
    tried.sort(key=lambda one: one[:2])
    used: set[int] = set()
    taken: set[int] = set()
    found = []
    for _, number, match in tried:
        if number not in used and id(match.token) not in taken:
            used.add(number)
            taken.add(id(match.token))
            found.append(match)
    return found


def _together(matches: list[Match]) -> list[Match]:
    """Those whose neighbours were shifted like themselves: a word that is there by chance has none."""

    def has_company(match: Match) -> bool:
        return any(
            other is not match
            and abs(other.anchor.box.middle - match.anchor.box.middle) < _NEAR
            and abs(other.down - match.down) < _TOGETHER
            and abs(other.right - match.right) < _TOGETHER
            for other in matches
        )

    return [match for match in matches if has_company(match)]


def _apart(anchor: Box, box: Box) -> float:
    """From edge to edge; lines count more than columns, and what is on the same line is near."""
    right = max(anchor.x0 - box.x1, box.x0 - anchor.x1, 0.0)
    down = max(anchor.y0 - box.y1, box.y0 - anchor.y1, 0.0)
    return right * 0.5 + down
