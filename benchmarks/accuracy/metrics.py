"""How close a reading is to the truth, whatever order its words come in."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

_MOST_UNMATCHED = 700
"""Words without an exact partner that are paired off; the rest counts as wrong."""


def word_f1(truth: list[str], read: list[str]) -> float:
    """F1 over the multisets of words: every word counts as often as it occurs. 1.0 for nothing read of nothing."""
    if not truth and not read:
        return 1.0
    common = (Counter(truth) & Counter(read)).total()
    return 2 * common / (len(truth) + len(read))


def order_free_cer(truth: list[str], read: list[str]) -> float:
    """Character errors per character of truth when words are paired as well as they can be, 0.0-1.0.

    Equal words are paired first; the others so that the sum of edit distances is least, where a word
    without a partner costs its length.
    """
    missed, extra = Counter(truth) - Counter(read), Counter(read) - Counter(truth)
    cost = pairing_cost(list(missed.elements()), list(extra.elements()))
    characters = sum(map(len, truth))
    return min(1.0, cost / characters) if characters else float(bool(read))


def pairing_cost(missed: list[str], extra: list[str]) -> int:
    """The least total cost of pairing the words of one list with those of the other."""
    missed, over = missed[:_MOST_UNMATCHED], missed[_MOST_UNMATCHED:]
    extra, surplus = extra[:_MOST_UNMATCHED], extra[_MOST_UNMATCHED:]
    alone = sum(map(len, [*over, *surplus, *extra]))
    if not missed:
        return alone
    costs = np.zeros((len(missed), len(extra) + len(missed)), dtype=np.int64)
    if extra:
        distances = cdist(missed, extra, scorer=Levenshtein.distance, dtype=np.int32)
        costs[:, : len(extra)] = distances - np.array([len(word) for word in extra])
    costs[:, len(extra) :] = np.array([[len(word)] for word in missed])
    return alone + int(costs[np.arange(len(missed)), assign(costs)].sum())


def assign(costs: NDArray[np.int64]) -> NDArray[np.intp]:
    """For each row the column it gets, each column at most once, at the least sum.

    Needs at least as many columns as rows. The Hungarian method by shortest augmenting paths
    (Jonker and Volgenant 1987), one row at a time.
    """
    rows, columns = costs.shape
    row_price, column_price = np.zeros(rows, dtype=np.int64), np.zeros(columns, dtype=np.int64)
    owner = np.full(columns, -1)
    for row in range(rows):
        _augment(costs, row, row_price, column_price, owner)
    column_of = np.empty(rows, dtype=np.intp)
    taken = np.flatnonzero(owner >= 0)
    column_of[owner[taken]] = taken
    return column_of


def _augment(
    costs: NDArray[np.int64],
    row: int,
    row_price: NDArray[np.int64],
    column_price: NDArray[np.int64],
    owner: NDArray[np.int64],
) -> None:
    """Find the cheapest way to give `row` a column, moving earlier rows along where that pays."""
    columns = costs.shape[1]
    nearest = np.full(columns, np.iinfo(np.int64).max)
    came_from = np.full(columns, -1)
    done = np.zeros(columns, dtype=bool)
    current, column, reach = row, -1, 0
    while current >= 0:
        through = reach + costs[current] - row_price[current] - column_price
        better = ~done & (through < nearest)
        nearest[better], came_from[better] = through[better], column
        column = int(np.where(done, np.iinfo(np.int64).max, nearest).argmin())
        reach = int(nearest[column])
        done[column] = True
        current = int(owner[column])
    settled = done & (nearest < reach)
    row_price[row] += reach
    row_price[owner[settled]] += reach - nearest[settled]
    column_price[settled] -= reach - nearest[settled]
    while column >= 0:
        previous = int(came_from[column])
        owner[column] = owner[previous] if previous >= 0 else row
        column = previous
