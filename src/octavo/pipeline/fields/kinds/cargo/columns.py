"""Values below the heads of a form's table: weights and counts, whose heads take several lines and whose sums stand last."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from octavo.domain.document import Block
from octavo.domain.geometry import BBox
from octavo.pipeline.fields.candidates import Candidate, How
from octavo.pipeline.fields.hits import Vocabulary
from octavo.pipeline.fields.tokens import Token
from octavo.pipeline.fields.view import PageView, View
from octavo.pipeline.fields.wording import folded

_TOTAL = (
    "total",
    "totals",
    "grandtotal",
    "summe",
    "gesamt",
    "totale",
    "totaal",
    "suma",
    "totaux",
    "totales",
    "totali",
    "totais",
)
_SCORE = 0.95
"""Of a value that has its column to itself."""
_SEVERAL = 2
_OF_MANY = 0.6
"""Of the first of several, where no row sums them up."""


@dataclass(frozen=True, slots=True)
class _Cell:
    row: int
    col: int
    cols: int
    text: str
    box: BBox


def below_heads(view: View, vocabulary: Vocabulary) -> Mapping[str, list[Candidate]]:
    """By name of the field: what stands below its head, the sum of the column first."""
    found: dict[str, list[Candidate]] = {}
    for page in view.pages:
        for table in page.tables:
            cells = list(_cells(table))
            for name, candidate in _columns(cells, page, vocabulary):
                found.setdefault(name, []).append(candidate)
    return {name: sorted(some, key=lambda one: -one.score) for name, some in found.items()}


def _cells(table: Block) -> Iterator[_Cell]:
    entries: Sequence[Mapping[str, Any]] = table.body.get("cells", ())
    for one in entries:
        if one.get("bbox") and one["text"]:
            yield _Cell(one["row"], one["col"], one.get("col_span", 1), one["text"], BBox(*one["bbox"]))


def _columns(
    cells: Sequence[_Cell], page: PageView, vocabulary: Vocabulary
) -> Iterator[tuple[str, Candidate]]:
    total = next((cell.row for cell in cells if folded(cell.text) in _TOTAL), None)
    for head in cells:
        match = vocabulary.match(folded(head.text), loosely=True)
        if match is None:
            continue
        below = [
            cell for cell in cells if cell.row > head.row and head.col <= cell.col < head.col + head.cols
        ]
        below = [cell for cell in below if any(char.isdigit() for char in cell.text)]
        summed = [cell for cell in below if cell.row == total]
        outside = () if summed or len(below) < _SEVERAL else _total_below(head.box, below[-1].box, page)
        chosen = summed or below[:1]
        if chosen:
            tokens = outside or _words_in(chosen[0].box, page)
            summed = summed or chosen if outside else summed
            text = " ".join(token.text for token in tokens)
            score = _SCORE if summed or len(below) == 1 else _OF_MANY
            if tokens:
                yield match[0], Candidate(text, text, tokens, score * match[1], head.text, How.CELL)


def _total_below(head: BBox, last: BBox, page: PageView) -> tuple[Token, ...]:
    """What stands below the head in the row that sums up, where a leaning page put it outside of the table."""
    for row in page.rows:
        if row.bbox.center[1] > last.center[1] and folded(row.segments[0].text) in _TOTAL:
            under = [
                one
                for one in row.segments[1:]
                if min(one.bbox.x1, head.x1) > max(one.bbox.x0, head.x0)
                and any(c.isdigit() for c in one.text)
            ]
            return under[0].tokens if len(under) == 1 else ()
    return ()


def total_under(view: View, candidate: Candidate) -> Candidate:
    """The sum of the column, where the value is the first of several in a table whose lines are not known."""
    page = next((page for page in view.pages if page.number == candidate.tokens[0].page), None)
    if candidate.how not in {How.CELL, How.BELOW} or page is None:
        return candidate
    box = candidate.tokens[0].bbox
    tokens = _total_below(box, box, page)
    text = " ".join(token.text for token in tokens)
    return replace(candidate, value=text, raw_text=text, tokens=tokens) if tokens else candidate


def _words_in(box: BBox, page: PageView) -> tuple[Token, ...]:
    """Line by line."""
    inside = [
        token
        for row in page.rows
        for token in row.tokens
        if box.x0 <= token.bbox.center[0] <= box.x1 and box.y0 <= token.bbox.center[1] <= box.y1
    ]
    return tuple(inside)
