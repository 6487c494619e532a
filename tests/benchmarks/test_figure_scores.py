"""Made figures: the same from the same seed, and scored by what was drawn."""

from benchmarks.accuracy.figures.charts import KINDS, make_chart
from benchmarks.accuracy.figures.made import Graph
from benchmarks.accuracy.figures.others import make_other
from benchmarks.accuracy.figures.score import in_order_of, score_graph
from benchmarks.accuracy.structure.found import FoundChart, Series

TRUTH = Graph(("Order", "Check stock", "Invoice"), (("Order", "Check stock"), ("Check stock", "Invoice")))


def body(*edges: tuple[str, str], directed: bool = True) -> dict[str, object]:
    nodes = [
        {"id": "n1", "text": "Order"},
        {"id": "n2", "text": "Check  stock"},
        {"id": "n3", "text": "Invoice"},
    ]
    return {
        "nodes": nodes,
        "edges": [{"from": one, "to": other, "directed": directed} for one, other in edges],
    }


def test_a_seed_draws_the_same_page_every_time() -> None:
    assert make_chart(3).content == make_chart(3).content
    assert make_chart(3).chart == make_chart(3).chart
    assert make_other(1).content == make_other(1).content


def test_every_kind_of_chart_can_be_drawn_and_has_its_truth() -> None:
    charts = [make_chart(seed).chart for seed in range(len(KINDS))]

    assert all(chart is not None and chart.title for chart in charts)


def test_a_diagram_read_as_drawn_scores_one_and_a_turned_arrow_counts_as_wrong() -> None:
    right = score_graph(TRUTH, [body(("n1", "n2"), ("n2", "n3"))])
    turned = score_graph(TRUTH, [body(("n2", "n1"), ("n2", "n3"))])
    headless = score_graph(TRUTH, [body(("n1", "n2"), ("n2", "n3"), directed=False)])

    assert (right.node_f1, right.edge_f1) == (1.0, 1.0)
    assert turned.edge_f1 == 0.5
    assert headless.edge_f1 == 0.0


def test_nothing_found_scores_nothing() -> None:
    score = score_graph(TRUTH, [])

    assert (score.nodes, score.node_f1, score.edge_f1) == (3, 0.0, 0.0)


def test_the_same_categories_in_another_order_are_put_in_the_order_of_the_truth() -> None:
    truth = FoundChart("pie", None, ("Gent", "Parma"), (Series(None, (30.0, 70.0)),))
    found = FoundChart("pie", None, ("Parma", "Gent"), (Series(None, (70.0, 30.0)),))

    assert in_order_of(truth, found) == truth
    assert in_order_of(truth, FoundChart("pie", None, ("Parma",), (Series(None, (70.0,)),))).categories == (
        "Parma",
    )
