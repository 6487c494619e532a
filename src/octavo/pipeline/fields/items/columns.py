"""Where columns end, and which words of a row are in which."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from octavo.domain.geometry import BBox
from octavo.pipeline.fields.items.header import Header
from octavo.pipeline.fields.items.numerals import is_number
from octavo.pipeline.fields.items.vocabulary import ColumnVocabulary
from octavo.pipeline.fields.tokens import Row, Segment, Token

_STEPS = 120
_INSIDE = 0.4
"""The cost of cutting between two words of one run; cutting a word costs 1."""
_BEFORE_NUMBER = 0.1
"""The same where a number begins behind words: cells that stand close together."""
_LABEL = 0.6
"""The cost of cutting a label, of the cost of cutting a value in every entry: labels may overhang."""
_WEIGHTS = (0.3, 0.6, 2.0, 5.0)
"""How much a row counts by how many numbers it has: entries have many, notes run across."""
_WIDER = 1.25
"""Times the usual space between the words of a run: there, a number may begin a cell of its own."""


@dataclass(frozen=True, slots=True)
class Columns:
    names: tuple[tuple[str, ...], ...]
    """Of each column from left to right; nothing for a column that is not known."""
    cuts: tuple[float, ...]
    """Between them, as fractions of the page's width."""

    def at(self, x: float) -> int:
        return sum(x > cut for cut in self.cuts)


def columns_of(header: Header, body: Sequence[Row], vocabulary: ColumnVocabulary) -> Columns:
    """Cuts where the fewest words of `body` are cut."""
    cuts = []
    for left, right in pairwise(header.pieces):
        lean = 0.5 if set(left.names) & vocabulary.numeric else 0.85
        cuts.append(_best_cut(left.box, right.box, body, lean))
    return Columns(tuple(piece.names for piece in header.pieces), tuple(cuts))


def _best_cut(left: BBox, right: BBox, body: Sequence[Row], lean: float) -> float:
    """`lean` is where in the free space to cut: words grow to the right, numbers may to both sides."""
    low, high = left.center[0], right.center[0]
    middle = (left.x1 + right.x0) / 2
    step = (high - low) / _STEPS
    if step <= 0:
        return middle
    costs = [0.0] * (_STEPS + 1)
    full = 0.0
    for row in body:
        numbers = sum(is_number(token.text) for token in row.tokens)
        weight = _WEIGHTS[min(numbers, len(_WEIGHTS) - 1)]
        full += weight if numbers > 1 else 0.0
        for segment in row.segments:
            _add_segment(costs, segment.tokens, weight, low, step)
    for label in (left, right):
        _add(costs, label.x0, label.x1, _LABEL * full, low, step)
    first, last = _longest_run(costs, min(costs), (middle - low) / step)
    return low + step * (first + lean * (last - first))


def _add_segment(costs: list[float], tokens: Sequence[Token], weight: float, low: float, step: float) -> None:
    for index, token in enumerate(tokens):
        _add(costs, token.bbox.x0, token.bbox.x1, weight, low, step)
        if index:
            share = _BEFORE_NUMBER if is_number(token.text) else _INSIDE
            _add(costs, tokens[index - 1].bbox.x1, token.bbox.x0, share * weight, low, step)


def _add(costs: list[float], x0: float, x1: float, weight: float, low: float, step: float) -> None:
    first, last = max(0, int((x0 - low) / step) + 1), min(len(costs) - 1, int((x1 - low) / step))
    for index in range(first, last + 1):
        costs[index] += weight


def _longest_run(costs: Sequence[float], least: float, wanted: float) -> tuple[int, int]:
    runs: list[tuple[int, int]] = []
    for index, cost in enumerate(costs):
        if cost > least + 1e-9:
            continue
        if runs and runs[-1][1] == index - 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return max(runs, key=lambda run: (run[1] - run[0], -abs((run[0] + run[1]) / 2 - wanted)))


def cells_of(row: Row, columns: Columns, vocabulary: ColumnVocabulary) -> dict[int, list[Token]]:
    """Words by column. Text that runs into a column of numbers stays with the text it goes on from."""
    cells: dict[int, list[Token]] = {}
    for segment in row.segments:
        for index, token in _placed(segment, columns, vocabulary):
            cells.setdefault(index, []).append(token)
    return cells


def _placed(segment: Segment, columns: Columns, vocabulary: ColumnVocabulary) -> list[tuple[int, Token]]:
    placed: list[tuple[int, Token]] = []
    gaps = [right.bbox.x0 - left.bbox.x1 for left, right in pairwise(segment.tokens)]
    usual = sorted(gaps)[len(gaps) // 2] if gaps else 0.0
    for number, token in enumerate(segment.tokens):
        index = columns.at(token.bbox.center[0])
        if placed and index != placed[-1][0]:
            before = placed[-1][0]
            wide = gaps[number - 1] > _WIDER * usual
            if not _may_begin(token, columns.names[before], columns.names[index], vocabulary, wide=wide):
                index = before
        placed.append((index, token))
    return placed


def _may_begin(
    token: Token, before: tuple[str, ...], names: tuple[str, ...], vocabulary: ColumnVocabulary, *, wide: bool
) -> bool:
    """A word begins a cell of numbers only as a number, a sign or a currency, and behind text after a gap."""
    if not names or not set(names) <= vocabulary.numeric:
        return True
    if set(before) & vocabulary.texts and not wide:
        return False
    return is_number(token.text) or not any(char.isalpha() for char in token.text) or len(token.text) <= 3
