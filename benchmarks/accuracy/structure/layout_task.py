"""The layout that Docling stores for its own test documents, for everybody who tells boxes.

They are in the public repository `docling-project/docling`, in `tests/data/pdf`: fetch it into a folder outside the
checkout, and name that folder, with `sources/*.pdf` and `groundtruth/*.json` in it, by `--layout`.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.accuracy.layout_score import LayoutBlock, LayoutPage, LayoutScore, score_layout
from benchmarks.accuracy.layout_truth import TUNED_ON, documents
from benchmarks.accuracy.structure.found import Found
from benchmarks.accuracy.structure.tally import Tally
from benchmarks.accuracy.structure.tasks import Case, Task

_LABEL_OF = {
    "title": "heading",
    "image": "picture",
    "chart": "picture",
    "diagram": "picture",
    "callout": "paragraph",
}


def layout_task(folder: Path | None) -> Task:
    """Without a folder nobody is asked."""
    return Task(
        "Layout against the stored layout of Docling",
        lambda _, __: _cases(folder) if folder else iter(()),
        (
            "box F1",
            "class F1",
            "class F1, unseen",
            "labels",
            "order",
            "tables right",
            "tables found",
            "lists found",
            "headings found",
        ),
    )


def pages_of(found: Found) -> list[LayoutPage]:
    """Blocks without a box do not count; entries that have but the box of their list count as one."""
    pages: dict[int, LayoutPage] = {}
    for block in found.blocks:
        if block.bbox is not None and block.page is not None:
            page = pages.setdefault(block.page, LayoutPage(block.page, 1.0, 1.0, []))
            one = LayoutBlock(_LABEL_OF.get(block.label, block.label), block.bbox)
            if one not in page.blocks:
                page.blocks.append(one)
    return [pages[number] for number in sorted(pages)]


def _cases(folder: Path) -> Iterator[Case]:
    for name, path, truth in documents(folder):
        yield Case(name, path, len(truth), partial(_score, name, truth))


def _score(name: str, truth: list[LayoutPage], found: Found) -> Tally:
    return shares(score_layout(truth, pages_of(found)), unseen=name not in TUNED_ON)


def shares(score: LayoutScore, *, unseen: bool) -> Tally:
    """As shares that may be added up: F1 of all blocks of both sides."""
    tally, both = Tally(), score.true_blocks + score.found_blocks
    matched = score.f1 * both / 2
    tally.add("box F1", score.f1 * both, both)
    tally.add("class F1", score.class_f1 * both, both)
    tally.add("class F1, unseen", score.class_f1 * both if unseen else 0, both if unseen else 0)
    tally.add("labels", score.label_accuracy * matched, matched)
    tally.add("order", (score.order or 0.0) * matched, matched if score.order is not None else 0)
    for label, name in (("table", "tables"), ("list_item", "lists"), ("heading", "headings")):
        precision, recall, count = score.by_label.get(label, (0.0, 0.0, 0))
        right = recall * count
        tally.add(f"{name} found", right, count)
        tally.add(f"{name} right", right, right / precision if precision else 0)
    return tally
