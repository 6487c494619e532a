"""Shapes and arrows that were found, against those that were drawn."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from benchmarks.accuracy.figures.made import Graph
from benchmarks.accuracy.structure.found import FoundChart
from benchmarks.accuracy.structure.texts import dense


@dataclass(frozen=True, slots=True)
class GraphScore:
    """Counts, to be added up."""

    nodes: int = 0
    found_nodes: int = 0
    right_nodes: int = 0
    edges: int = 0
    found_edges: int = 0
    right_edges: int = 0
    """With their direction."""

    def __add__(self, other: "GraphScore") -> "GraphScore":
        return GraphScore(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def node_f1(self) -> float:
        return _f1(self.right_nodes, self.nodes, self.found_nodes)

    @property
    def edge_f1(self) -> float:
        return _f1(self.right_edges, self.edges, self.found_edges)


def _f1(right: int, wanted: int, found: int) -> float:
    return 2 * right / (wanted + found) if wanted + found else 1.0


def score_graph(truth: Graph, bodies: Iterable[dict[str, Any]]) -> GraphScore:
    """All diagrams of the page against the one that was drawn; a line without a head is wrong either way."""
    nodes: Counter[str] = Counter()
    edges: Counter[tuple[str, str]] = Counter()
    for body in bodies:
        texts = {node["id"]: dense(node.get("text") or "") for node in body.get("nodes", ())}
        nodes += Counter(texts.values())
        edges += Counter(
            (texts[edge["from"]], texts[edge["to"]]) if edge.get("directed", True) else ("", "")
            for edge in body.get("edges", ())
        )
    true_nodes = Counter(dense(text) for text in truth.nodes)
    true_edges = Counter((dense(start), dense(end)) for start, end in truth.edges)
    return GraphScore(
        true_nodes.total(),
        nodes.total(),
        (true_nodes & nodes).total(),
        true_edges.total(),
        edges.total(),
        (true_edges & edges).total(),
    )


def in_order_of(truth: FoundChart, found: FoundChart) -> FoundChart:
    """With its categories as the truth has them, where they are the same: a legend of two columns has no one order."""
    names = [dense(name) for name in found.categories]
    wanted = [dense(name) for name in truth.categories]
    if len(set(names)) != len(names) or sorted(names) != sorted(wanted):
        return found
    order = [names.index(name) for name in wanted]
    series = tuple(
        replace(one, values=tuple(one.values[at] for at in order)) if len(one.values) == len(names) else one
        for one in found.series
    )
    return replace(found, categories=tuple(found.categories[at] for at in order), series=series)
