"""Layout against layout: boxes matched one to one, then their labels and their order compared."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

Box = tuple[float, float, float, float]

LEAST_IOU = 0.5
MOSTLY_INSIDE = 0.6
"""Share of a found block's area inside a true picture, from which it is text of the picture and not judged."""
LABELS = (
    "heading",
    "paragraph",
    "list_item",
    "caption",
    "footnote",
    "page_header",
    "page_footer",
    "table",
    "picture",
    "code",
    "formula",
)
"""What every engine's labels are mapped to. A list is judged entry by entry."""
_FURNITURE = frozenset({"page_header", "page_footer"})


@dataclass(frozen=True, slots=True)
class LayoutBlock:
    label: str
    """One of LABELS."""
    bbox: Box
    """Fractions of the upright page, origin top-left: x0, y0, x1, y1."""


@dataclass(frozen=True, slots=True)
class LayoutPage:
    number: int
    """From 1; true and found pages are paired by it."""
    width: float
    height: float
    blocks: list[LayoutBlock]
    """In reading order."""


@dataclass(frozen=True, slots=True)
class LayoutScore:
    f1: float
    """Of boxes matched at IoU 0.5, whatever their label."""
    class_f1: float
    """Of boxes matched at IoU 0.5 within each label."""
    label_accuracy: float
    """Share of the matched boxes (any label) that carry the true label."""
    order: float | None
    """Share of neighbouring true blocks, both found, that are found in this order; None without such."""
    true_blocks: int
    found_blocks: int
    by_label: dict[str, tuple[float, float, int]] = field(default_factory=dict)
    """Precision, recall and number of true blocks of each label."""


@dataclass(slots=True)
class _Tally:
    true: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    matched: int = 0
    labelled: int = 0
    pairs: int = 0
    ordered: int = 0


def score_layout(truth: list[LayoutPage], found: list[LayoutPage]) -> LayoutScore:
    """Pages that are missing in `found` count as empty; pages that only `found` has are not judged."""
    by_number = {page.number: page for page in found}
    tally = _Tally()
    for page in truth:
        other = by_number.get(page.number)
        _score_page(page.blocks, other.blocks if other else [], tally)
    return _summed(tally)


def add_scores(scores: Iterable[tuple[list[LayoutPage], list[LayoutPage]]]) -> LayoutScore:
    """One score over the blocks of several documents, each as (truth, found)."""
    tally = _Tally()
    for truth, found in scores:
        by_number = {page.number: page.blocks for page in found}
        for page in truth:
            _score_page(page.blocks, by_number.get(page.number, []), tally)
    return _summed(tally)


def iou(one: Box, other: Box) -> float:
    shared = _shared(one, other)
    union = _area(one) + _area(other) - shared
    return shared / union if union > 0 else 0.0


def matches(truth: list[LayoutBlock], found: list[LayoutBlock], *, same_label: bool) -> dict[int, int]:
    """Positions in `found` by position in `truth`, best overlap first, each block once."""
    pairs = sorted(
        (
            (-overlap, i, j)
            for i, one in enumerate(truth)
            for j, other in enumerate(found)
            if (not same_label or one.label == other.label)
            and (overlap := iou(one.bbox, other.bbox)) >= LEAST_IOU
        ),
    )
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in pairs:
        if i not in chosen and j not in taken:
            chosen[i] = j
            taken.add(j)
    return chosen


def _score_page(truth: list[LayoutBlock], found: list[LayoutBlock], tally: _Tally) -> None:
    judged = _outside_pictures(truth, found)
    tally.true.update(block.label for block in truth)
    tally.found.update(block.label for block in judged)
    chosen = matches(truth, judged, same_label=False)
    tally.matched += len(chosen)
    tally.labelled += sum(truth[i].label == judged[j].label for i, j in chosen.items())
    tally.right.update(truth[i].label for i in matches(truth, judged, same_label=True))
    _score_order(truth, chosen, tally)


def _score_order(truth: list[LayoutBlock], chosen: dict[int, int], tally: _Tally) -> None:
    """Headers and footers have no place in the order that all agree on."""
    body = [i for i, block in enumerate(truth) if block.label not in _FURNITURE and i in chosen]
    for before, after in pairwise(body):
        tally.pairs += 1
        tally.ordered += chosen[before] < chosen[after]


def _outside_pictures(truth: list[LayoutBlock], found: list[LayoutBlock]) -> list[LayoutBlock]:
    """Found blocks but for what was read inside a true picture, as its labels."""
    pictures = [block.bbox for block in truth if block.label == "picture"]
    return [
        block
        for block in found
        if block.label == "picture"
        or not any(_shared(block.bbox, box) > MOSTLY_INSIDE * _area(block.bbox) for box in pictures)
    ]


def _summed(tally: _Tally) -> LayoutScore:
    labels = sorted(tally.true.keys() | tally.found.keys())
    return LayoutScore(
        f1=_f1(tally.matched, tally.found.total(), tally.true.total()),
        class_f1=_f1(tally.right.total(), tally.found.total(), tally.true.total()),
        label_accuracy=tally.labelled / tally.matched if tally.matched else 0.0,
        order=tally.ordered / tally.pairs if tally.pairs else None,
        true_blocks=tally.true.total(),
        found_blocks=tally.found.total(),
        by_label={
            label: (
                _share(tally.right[label], tally.found[label]),
                _share(tally.right[label], tally.true[label]),
                tally.true[label],
            )
            for label in labels
        },
    )


def _f1(right: int, found: int, true: int) -> float:
    return 2 * right / (found + true) if found + true else 1.0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _shared(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)
