"""The words of a page in points, and how they stand together in chunks and rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from operator import attrgetter
from statistics import median

from octavo.domain.document import Line, Origin, ReadPage, Word
from octavo.domain.geometry import enclosing
from octavo.pipeline.tables.numbers import is_nothing, is_numeric

HEIGHT_TO_SIZE = 0.8
"""Font size over line height, where only the box is known."""
LEAST_GAP_EM = 0.42
LEAST_GAP_INK_EM = 0.6
"""Between two cells; word spaces are a quarter to a third of the font size, and boxes of read words less exact."""
WIDER_THAN_SPACES = 1.7
"""Times the usual space: typewriters and justified lines have wide ones."""
SPACE_AT_MOST_EM = 0.95
SPACE_EM = 0.28
MONOSPACE_EM = 0.6
FEWEST_SPACES = 5
"""What is usual is not said by fewer."""
SAME_ROW = 0.45
"""Of the lower box: how far the centres of two words of one row may differ in height."""
SIDEWAYS = 2.5


@dataclass(slots=True, eq=False)
class Token:
    """A word; points, origin top-left."""

    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    word: Word
    line: Line
    center_x: float = field(init=False)
    center_y: float = field(init=False)
    """Kept, because they are asked for a hundred times for each word of a page."""

    def __post_init__(self) -> None:
        self.center_x = (self.x0 + self.x1) / 2
        self.center_y = (self.y0 + self.y1) / 2


@dataclass(slots=True, eq=False)
class Chunk:
    """Words of one row that stand close together."""

    tokens: list[Token]
    x0: float = field(init=False)
    y0: float = field(init=False)
    x1: float = field(init=False)
    y1: float = field(init=False)
    text: str = field(init=False)

    def __post_init__(self) -> None:
        if len(self.tokens) == 1:
            only = self.tokens[0]
            self.x0, self.y0, self.x1, self.y1 = only.x0, only.y0, only.x1, only.y1
            self.text = only.word.text
            return
        self.x0 = min([token.x0 for token in self.tokens])
        self.y0 = min([token.y0 for token in self.tokens])
        self.x1 = max([token.x1 for token in self.tokens])
        self.y1 = max([token.y1 for token in self.tokens])
        self.text = " ".join([token.word.text for token in self.tokens])

    @property
    def size(self) -> float:
        return max(token.size for token in self.tokens)

    @property
    def is_bold(self) -> bool:
        return all(token.line.bold is True for token in self.tokens)


TextRow = list[Chunk]
"""From left to right, on one baseline."""


def tokens_of(page: ReadPage, magnified: float = 1.0) -> list[Token]:
    """Level words; what runs up or down the page is no part of a table's rows.

    `magnified` says how many times larger the page is than it was when the sizes of its type were told.
    """
    width, height = page.width_pt, page.height_pt
    found: list[Token] = []
    for line in page.lines:
        for word in line.words:
            box = word.bbox
            x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
            tall, wide = (y1 - y0) * height, (x1 - x0) * width
            if tall <= 0 or wide <= 0 or (len(word.text) > 2 and tall > SIDEWAYS * wide):
                continue
            size = magnified * line.font_size if line.font_size else tall * HEIGHT_TO_SIZE
            found.append(Token(x0 * width, y0 * height, x1 * width, y1 * height, size, word, line))
    return found


def usual_size(tokens: Sequence[Token]) -> float:
    return median([token.size for token in tokens]) if tokens else 0.0


def in_rows(tokens: Iterable[Token]) -> list[list[Token]]:
    """Top to bottom, each from left to right; words over one another are in different rows.

    The words of one line of the page are level as they are, so whole lines are put into rows.
    """
    lines: dict[int, list[Token]] = {}
    last, own = None, []
    for token in tokens:
        if token.line is not last:
            last = token.line
            own = lines.setdefault(id(last), [])
        own.append(token)
    if len(lines) == 1:
        return [sorted(own, key=_left_of)]
    pieces = sorted(map(_Piece, lines.values()), key=_middle_of)
    rows: list[list[_Piece]] = []
    for piece in pieces:
        row = next((row for row in reversed(rows[-3:]) if _is_level(piece, row)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    rows.sort(key=lambda row: median_of([piece.middle for piece in row]))
    return [sorted([t for piece in row for t in piece.tokens], key=_left_of) for row in rows]


def median_of(values: list[float]) -> float:
    """As `statistics.median`, at a third of its cost: a page asks for thousands. The values are sorted in place."""
    count = len(values)
    if count == 1:
        return values[0]
    values.sort()
    half = count // 2
    return values[half] if count % 2 else (values[half - 1] + values[half]) / 2


class _Piece:
    """Words of one line of the page."""

    __slots__ = ("height", "middle", "tokens", "x0", "x1")

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        if len(tokens) == 1:
            only = tokens[0]
            self.x0, self.x1, self.middle, self.height = only.x0, only.x1, only.center_y, only.y1 - only.y0
            return
        self.x0 = min([token.x0 for token in tokens])
        self.x1 = max([token.x1 for token in tokens])
        self.middle = median_of([token.center_y for token in tokens])
        self.height = median_of([token.y1 - token.y0 for token in tokens])


_middle_of = attrgetter("middle")
_left_of = attrgetter("x0")


def _is_level(piece: _Piece, row: list[_Piece]) -> bool:
    near = row[0]
    if len(row) > 1:
        near = min(row, key=lambda other: max(other.x0 - piece.x1, piece.x0 - other.x1))
    one, other = piece.height, near.height
    high, low = (one, other) if one > other else (other, one)
    apart = abs(piece.middle - near.middle)
    if apart > SAME_ROW * high or apart > SAME_ROW * max(low, 0.5 * high):
        return False
    return not any(_overlap(piece, other) for other in row)


def _overlap(one: _Piece, other: _Piece) -> bool:
    """Whether words of the two stand over one another; lines with wide gaps may only reach around each other."""
    if min(one.x1, other.x1) <= max(one.x0, other.x0):
        return False
    return any(
        min(a.x1, b.x1) - max(a.x0, b.x0) > 0.3 * min(a.x1 - a.x0, b.x1 - b.x0)
        for a in one.tokens
        for b in other.tokens
    )


def space_limit(rows: Sequence[Sequence[Token]], em: float) -> float:
    """The widest gap that may be a space between two words of one cell; wider ones may part columns.

    Gaps beside figures do not count: those are columns that stand close together as often as not.
    """
    spaces = [
        right.x0 - left.x1
        for row in rows
        for left, right in pairwise(row)
        if 0.05 * em < right.x0 - left.x1 < SPACE_AT_MOST_EM * em and _are_words(left, right)
    ]
    if len(spaces) >= FEWEST_SPACES:
        usual = sorted(spaces)[len(spaces) // 4]
    else:
        usual = (MONOSPACE_EM if any(row[0].line.monospace for row in rows) else SPACE_EM) * em
    read = any(row[0].word.origin is Origin.OCR for row in rows)
    return max((LEAST_GAP_INK_EM if read else LEAST_GAP_EM) * em, WIDER_THAN_SPACES * usual)


def _are_words(*tokens: Token) -> bool:
    return all(token.word.text[0].isalpha() or token.word.text[-1].isalpha() for token in tokens)


def in_chunks(row: Sequence[Token], limit: float, figures: float | None = None) -> TextRow:
    """Cut at gaps wider than `limit`; between two figures those wider than `figures` do."""
    chunks: list[list[Token]] = []
    chunk: list[Token] = []
    ends = (-inf, -inf, -inf)
    """Of the chunk's last three words."""
    for token in row:
        gap = token.x0 - max(ends)
        if gap > limit or (figures is not None and gap > figures and _are_figures(chunk[-1], token)):
            chunk = [token]
            chunks.append(chunk)
            ends = (token.x1, -inf, -inf)
        else:
            chunk.append(token)
            ends = (token.x1, ends[0], ends[1])
    return [Chunk(tokens) for tokens in chunks]


def _are_figures(left: Token, right: Token) -> bool:
    """Two whole figures, not one with a space between its thousands."""
    one, other = left.word.text, right.word.text
    if not (is_numeric(one) and is_numeric(other)) or is_nothing(one) or is_nothing(other):
        return False
    return (
        not (one[-3:].isdigit() or one.isdigit())
        or len(other) < 3
        or not other[:3].isdigit()
        or other[3:4].isdigit()
    )


def to_line(tokens: Sequence[Token]) -> Line:
    """The words as a line of their own, in the style of the line that most of them were in."""
    words = tuple(token.word for token in tokens)
    lines = {id(token.line): token.line for token in tokens}
    if len(lines) == 1 and len(tokens) == len(tokens[0].line.words):
        return tokens[0].line
    count = {key: sum(token.line is line for token in tokens) for key, line in lines.items()}
    main = lines[max(count, key=count.__getitem__)]
    return Line(
        words, enclosing([w.bbox for w in words]), main.font_size, main.bold, main.italic, main.monospace
    )
