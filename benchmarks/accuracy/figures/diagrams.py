"""Diagrams with known shapes and arrows, laid out by Graphviz; a seed gives the same graph each time."""

import shutil
import subprocess
from random import Random

from benchmarks.accuracy.figures.made import Graph, MadeFigure

_TEXTS = (
    "Order", "Check stock", "Invoice", "Ship goods", "Notify", "Archive", "Approve?", "Reject", "Payment",
    "Customer", "Warehouse", "Report", "Login", "Audit", "Return", "Price list",
)  # fmt: skip
_LABELS = ("yes", "no", "retry", "daily", "on error")
_SHAPES = ("box", "ellipse", "diamond", "cylinder", "hexagon", "circle")
_STYLES = ("solid", "solid", "dashed", "dotted")
_SPLINES = ("spline", "ortho", "polyline", "curved", "line")
_HEADS = ("normal", "normal", "vee", "open")
_LIMIT_S = 60


def find_program() -> str | None:
    return shutil.which("dot")


def make_diagram(seed: int, program: str) -> MadeFigure:
    random = Random(seed)
    texts = random.sample(_TEXTS, random.randint(4, 9))
    edges = _edges(random, texts)
    source = _source(random, texts, edges)
    done = subprocess.run(
        [program, "-Tpdf"], input=source.encode(), capture_output=True, check=True, timeout=_LIMIT_S
    )
    return MadeFigure(f"diagram-{seed:04}", done.stdout, graph=Graph(tuple(texts), tuple(edges)))


def _edges(random: Random, texts: list[str]) -> list[tuple[str, str]]:
    """A tree, and a few more."""
    edges = [(texts[random.randrange(max(0, at - 3), at)], texts[at]) for at in range(1, len(texts))]
    for _ in range(random.randint(0, 2)):
        start, end = sorted(random.sample(range(len(texts)), 2))
        if (texts[start], texts[end]) not in edges:
            edges.append((texts[start], texts[end]))
    return edges


def _source(random: Random, texts: list[str], edges: list[tuple[str, str]]) -> str:
    numbers = {text: f"n{at}" for at, text in enumerate(texts)}
    style = "rounded,filled" if random.random() < 0.3 else "filled" if random.random() < 0.4 else "solid"
    colour = random.choice(("white", "#dae8fc", "#fff2cc", "#e8f0e8"))
    is_framed, is_labelled = random.random() < 0.2, random.random() < 0.3
    lines = [
        "digraph made {",
        f"graph [margin=0.4, rankdir={random.choice(('TB', 'TB', 'LR'))}, splines={random.choice(_SPLINES)}, nodesep=0.5]",
        f'node [shape={random.choice(_SHAPES)}, style="{style}", fillcolor="{colour}", fontname=Helvetica]',
        f"edge [style={random.choice(_STYLES)}, arrowhead={random.choice(_HEADS)}, fontname=Helvetica, fontsize=11]",
        *(f'{numbers[text]} [label="{text}"]' for text in texts),
    ]
    if is_framed:
        half = " ".join(f"{numbers[text]};" for text in texts[: len(texts) // 2])
        lines.append(f'subgraph cluster_a {{ label="Front office"; {half} }}')
    for start, end in edges:
        label = f' [xlabel="{random.choice(_LABELS)}"]' if is_labelled and random.random() < 0.5 else ""
        lines.append(f"{numbers[start]} -> {numbers[end]}{label}")
    return "\n".join([*lines, "}"])
