"""Where columns end, and which words of a row are in which."""

from collections.abc import Sequence
from dataclasses import dataclass

from octavo.pipeline.fields.items.header import Header
from octavo.pipeline.fields.items.numerals import is_number
from octavo.pipeline.fields.items.vocabulary import ColumnVocabulary
from octavo.pipeline.fields.tokens import Row, Segment, Token

_STEPS = 120
_INSIDE = 0.3
"""The cost of cutting between two words of one run; cutting a word costs 1."""
_WITH_NUMBERS = 3.0
"""How much more rows with numbers count: they are the entries, others run across."""


@dataclass(frozen=True, slots=True)
class Columns:
    names: tuple[tuple[str, ...], ...]
    """Of each column from left to right; nothing for a column that is not known."""
    cuts: tuple[float, ...]
    """Between them, as fractions of the page's width."""

    def at(self, x: float) -> int:
        return sum(x > cut for cut in self.cuts)


def columns_of(header: Header, body: Sequence[Row]) -> Columns:
    """Cuts where the fewest words of `body` are cut."""
    cuts = []
    for left, right in zip(header.pieces, header.pieces[1:], strict=False):
        low, high = left.box.center[0], right.box.center[0]
        cuts.append(_best_cut(low, max(low, high), body, (left.box.x1 + right.box.x0) / 2))
    return Columns(tuple(piece.names for piece in header.pieces), tuple(cuts))


def _best_cut(low: float, high: float, body: Sequence[Row], middle: float) -> float:
    step = (high - low) / _STEPS
    if step <= 0:
        return middle
    costs = [0.0] * (_STEPS + 1)
    for row in body:
        weight = _WITH_NUMBERS if sum(is_number(token.text) for token in row.tokens) > 1 else 1.0
        for segment in row.segments:
            _add(costs, segment.bbox.x0, segment.bbox.x1, _INSIDE * weight, low, step)
            for token in segment.tokens:
                _add(costs, token.bbox.x0, token.bbox.x1, weight, low, step)
    least = min(costs)
    return low + step * _middle_of_longest_run(costs, least, (middle - low) / step)


def _add(costs: list[float], x0: float, x1: float, weight: float, low: float, step: float) -> None:
    first, last = max(0, int((x0 - low) / step) + 1), min(len(costs) - 1, int((x1 - low) / step))
    for index in range(first, last + 1):
        costs[index] += weight


def _middle_of_longest_run(costs: Sequence[float], least: float, wanted: float) -> float:
    runs: list[tuple[int, int]] = []
    for index, cost in enumerate(costs):
        if cost > least + 1e-9:
            continue
        if runs and runs[-1][1] == index - 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    first, last = max(runs, key=lambda run: (run[1] - run[0], -abs((run[0] + run[1]) / 2 - wanted)))
    return (first + last) / 2


def cells_of(row: Row, columns: Columns, vocabulary: ColumnVocabulary) -> dict[int, list[Token]]:
    """Words by column. Text that runs into a column of numbers stays with the text it goes on from."""
    cells: dict[int, list[Token]] = {}
    for segment in row.segments:
        for index, token in _placed(segment, columns, vocabulary):
            cells.setdefault(index, []).append(token)
    return cells


def _placed(segment: Segment, columns: Columns, vocabulary: ColumnVocabulary) -> list[tuple[int, Token]]:
    placed: list[tuple[int, Token]] = []
    for token in segment.tokens:
        index = columns.at(token.bbox.center[0])
        if placed and index != placed[-1][0] and not _may_begin(token, index, columns, vocabulary):
            index = placed[-1][0]
        placed.append((index, token))
    return placed


def _may_begin(token: Token, index: int, columns: Columns, vocabulary: ColumnVocabulary) -> bool:
    """A word begins a cell of numbers only as a number, a sign or a currency."""
    names = columns.names[index]
    if not names or not set(names) <= vocabulary.numeric:
        return True
    return is_number(token.text) or not any(char.isalpha() for char in token.text) or len(token.text) <= 3
