"""The edit distance of ordered trees (Zhang and Shasha 1989): the least cost of deletions, insertions, renamings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Costs = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tree:
    label: object
    children: tuple["Tree", ...] = ()


@dataclass(slots=True)
class _Flat:
    """A tree in postorder."""

    labels: list[object] = field(default_factory=list)
    leftmost: list[int] = field(default_factory=list)
    """For each node the position of the leftmost leaf below it."""
    roots: list[int] = field(default_factory=list)
    """Key roots, ascending: the last of all nodes with the same leftmost leaf."""


def size(tree: Tree) -> int:
    return 1 + sum(map(size, tree.children))


def tree_distance(
    one: Tree, other: Tree, rename: Callable[[Sequence[object], Sequence[object]], Costs]
) -> float:
    """The distance where inserting and deleting a node cost 1.

    `rename` gives the cost of each label of one tree becoming each of the other, 0.0-1.0, as a matrix.
    """
    left, right = _flat(one), _flat(other)
    costs = rename(left.labels, right.labels)
    distances = costs.copy()  # of leaves: renaming is never dearer than deleting and inserting
    for root in left.roots:
        for opposite in right.roots:
            if left.leftmost[root] != root or right.leftmost[opposite] != opposite:
                _forest(left, right, root, opposite, costs, distances)
    return float(distances[-1, -1])


def _flat(tree: Tree) -> _Flat:
    flat = _Flat()
    _walk(tree, flat)
    last = {leaf: position for position, leaf in enumerate(flat.leftmost)}
    flat.roots = sorted(last.values())
    return flat


def _walk(tree: Tree, flat: _Flat) -> int:
    first = [_walk(child, flat) for child in tree.children]
    position = len(flat.labels)
    flat.labels.append(tree.label)
    flat.leftmost.append(first[0] if first else position)
    return flat.leftmost[position]


def _forest(left: _Flat, right: _Flat, root: int, opposite: int, costs: Costs, distances: Costs) -> None:
    """Fill in the distances of all subtrees on the leftmost paths below the two roots."""
    start, begin = left.leftmost[root], right.leftmost[opposite]
    above = [float(count) for count in range(opposite - begin + 2)]
    rows = [above]
    for i in range(start, root + 1):
        row = [above[0] + 1]
        first, cost, known = left.leftmost[i], costs[i].tolist(), distances[i].tolist()
        before = rows[first - start]
        for j in range(begin, opposite + 1):
            at = j - begin
            cheapest = min(above[at + 1], row[at]) + 1
            edge = right.leftmost[j]
            if first == start and edge == begin:
                cheapest = min(cheapest, above[at] + cost[j])
                known[j] = cheapest
            else:
                cheapest = min(cheapest, before[edge - begin] + known[j])
            row.append(cheapest)
        distances[i] = known
        rows.append(row)
        above = row
