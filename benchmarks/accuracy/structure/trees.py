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
    distances = _of_leaves(left, right, costs)
    inner = [[root for root in flat.roots if flat.leftmost[root] != root] for flat in (left, right)]
    for root in inner[0]:
        for opposite in inner[1]:
            _forest(left, right, root, opposite, costs, distances)
    return float(distances[-1, -1])


def _of_leaves(left: _Flat, right: _Flat, costs: Costs) -> Costs:
    """The distances where one tree is a leaf: it becomes the node that is most like it, the others are new."""
    distances = costs.copy()
    for node, first in enumerate(right.leftmost):
        distances[:, node] = costs[:, first : node + 1].min(axis=1) + node - first
    for node, first in enumerate(left.leftmost):
        if first != node:
            distances[node] = costs[first : node + 1].min(axis=0) + node - first
    return distances


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
    width = opposite - begin + 1
    edges = [right.leftmost[node] - begin for node in range(begin, opposite + 1)]
    above = [float(count) for count in range(width + 1)]
    rows = [above]
    for i in range(start, root + 1):
        row = [above[0] + 1]
        on_path = left.leftmost[i] == start
        before = rows[left.leftmost[i] - start]
        cost = costs[i, begin : opposite + 1].tolist()
        known = distances[i, begin : opposite + 1].tolist()
        for at, edge in enumerate(edges):
            cheapest = min(above[at + 1], row[at]) + 1
            if on_path and not edge:
                known[at] = cheapest = min(cheapest, above[at] + cost[at])
            else:
                cheapest = min(cheapest, before[edge] + known[at])
            row.append(cheapest)
        distances[i, begin : opposite + 1] = known
        rows.append(row)
        above = row
