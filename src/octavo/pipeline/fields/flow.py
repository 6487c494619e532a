"""Made-up places for text whose source has none, so that right of and below mean something there, too.

Every letter is as wide as the next and every line as high, as on a typewriter; the columns of a table are tab stops.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from octavo.domain.document import Block, BlockType, Origin
from octavo.domain.geometry import BBox
from octavo.pipeline.fields.tokens import Row, Segment, Token, segment_of, split_at_colon

_LETTER_PT = 6.0
_LINE_PT = 14.0
_TAB = 8
_COLUMN_GAP = 3
_MOST_LINES = 20_000
"""Of one page; a sheet may have a million rows."""
_MOST_LETTERS = 400
_MOST_CELL = 60
"""Letters of the widest cell of a column that count for its width."""
_GAP = "  "


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of words and the letter it starts at."""

    start: int
    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class FlowedPage:
    rows: tuple[Row, ...]
    width_pt: float
    height_pt: float


def flowed(blocks: Iterable[Block], page: int) -> FlowedPage:
    """The rows of one page of blocks without places, one below the other."""
    lines: list[list[_Piece]] = []
    for block in blocks:
        if len(lines) > _MOST_LINES:
            break
        lines += [*_lines(block), []]
    width = min(_MOST_LETTERS, max([_end(piece) for line in lines for piece in line], default=1))
    height = max(1, len(lines))
    rows = []
    for number, line in enumerate(lines):
        segments = tuple(_segment(piece, number, (width, height), page) for piece in line)
        if segments:
            box = BBox(segments[0].bbox.x0, segments[0].bbox.y0, segments[-1].bbox.x1, segments[0].bbox.y1)
            rows.append(Row(segments, page, box))
    return FlowedPage(tuple(rows), width * _LETTER_PT, height * _LINE_PT)


def within(block: Block, page: int) -> list[Row]:
    """The rows of a shape that says where it is, but not where its words are."""
    lines = [line for line in _lines(block) if line]
    place = block.bbox
    if place is None or not lines:
        return []
    letters = max(40, *(_end(piece) for line in lines for piece in line))
    rows = []
    for number, line in enumerate(lines):
        segments = []
        for piece in line:
            made = _segment(piece, number, (letters, len(lines)), page)
            tokens = [_into(token, place) for token in made.tokens]
            segments.append(segment_of(tokens, bold=made.bold))
        box = segments[0].bbox.union(segments[-1].bbox)
        rows.append(Row(tuple(segments), page, box))
    return rows


def _into(token: Token, place: BBox) -> Token:
    box = BBox.clamped(
        place.x0 + token.bbox.x0 * place.width,
        place.y0 + token.bbox.y0 * place.height,
        place.x0 + token.bbox.x1 * place.width,
        place.y0 + token.bbox.y1 * place.height,
    )
    return Token(token.text, box, token.page, token.confidence, token.origin)


def _end(piece: _Piece) -> int:
    return piece.start + len(piece.text)


def _segment(piece: _Piece, line: int, size: tuple[int, int], page: int) -> Segment:
    width, height = size
    top, bottom = (line + 0.1) / height, (line + 0.9) / height
    tokens: list[Token] = []
    at = 0
    for word in piece.text.split():
        at = piece.text.index(word, at)
        left, right = (piece.start + at) / width, (piece.start + at + len(word)) / width
        box = BBox.clamped(left, top, right, bottom)
        tokens += split_at_colon(Token(word, box, page, None, Origin.NATIVE, placed=False))
        at += len(word)
    return segment_of(tokens, bold=piece.heading)


def _lines(block: Block) -> Iterator[list[_Piece]]:
    if block.type is BlockType.TABLE and block.body.get("cells"):
        yield from _table_lines(block.body)
        return
    for line in block.text.split("\n")[:_MOST_LINES]:
        yield list(_pieces(line.expandtabs(_TAB) if "\t" in line else line, block.type is BlockType.HEADING))


def _pieces(line: str, heading: bool) -> Iterator[_Piece]:
    """Runs with two spaces between them."""
    at = 0
    for part in line.split(_GAP):
        text = part.strip()
        if text:
            at = line.index(text, at)
            yield _Piece(at, text, heading)
            at += len(text)


def _table_lines(body: dict[str, Any]) -> Iterator[list[_Piece]]:
    """One line a row; a row whose cells have several lines takes as many."""
    cells = body["cells"][: _MOST_LINES * 10]
    starts = _starts(cells, body["n_cols"])
    rows: dict[int, list[dict[str, Any]]] = {}
    for cell in cells:
        if cell["text"].strip():
            rows.setdefault(cell["row"], []).append(cell)
    for number in sorted(rows)[:_MOST_LINES]:
        texts = [
            (cell, cell["text"].split("\n")) for cell in sorted(rows[number], key=lambda cell: cell["col"])
        ]
        for line in range(max(len(lines) for _, lines in texts)):
            pieces = [
                _Piece(starts[cell["col"]], text, bool(cell.get("header")))
                for cell, lines in texts
                if line < len(lines) and (text := " ".join(lines[line].split()))
            ]
            yield pieces


def _starts(cells: list[dict[str, Any]], n_cols: int) -> list[int]:
    """The letter each column starts at: no cell of one column reaches into the next."""
    widths = [1] * n_cols
    for cell in cells:
        if cell.get("col_span", 1) == 1:
            longest = max(len(line) for line in cell["text"].split("\n"))
            widths[cell["col"]] = max(widths[cell["col"]], min(longest, _MOST_CELL))
    starts, at = [], 0
    for width in widths:
        starts.append(at)
        at += width + _COLUMN_GAP
    return starts
