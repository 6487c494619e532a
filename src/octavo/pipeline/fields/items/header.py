"""The header of a table of line items: which column stands where."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from octavo.domain.geometry import BBox
from octavo.pipeline.fields.items.vocabulary import ColumnVocabulary, plain
from octavo.pipeline.fields.tokens import Row, Token, segment_of

_FEWEST = 3
_GLUE = re.compile(r"[a-zß-ÿ.%](?=[A-ZÀ-Þ#%])")
_MOST_STACKED = 4
"""Rows above or below the main one that a header may have."""
_NEAR = 1.1
"""Heights of a row between the rows of one header."""
_ALIKE = 1.4
"""Times the height of the other rows: larger letters are a title's."""
_TRAILING = frozenset(
    [
        "eur",
        "usd",
        "gbp",
        "chf",
        "pln",
        "€",
        "$",
        "£",
        "in",
        "%",
        "(€)",
        "netto",
        "net",
        "ht",
        "excl",
        "hors",
        "taxe",
        "h",
        "t",
        "exkl",
        "zl",
        "czk",
        "sek",
        "nok",
        "dkk",
        "r",
        "rm",
    ]
)
_GENERAL = frozenset(
    plain(word)
    for word in (
        "item",
        "items",
        "product",
        "article",
        "artikel",
        "produkt",
        "service",
        "artículo",
        "articolo",
    )
)
"""Words for a description that mean a code where another column is the description."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One label, or some words that are none."""

    names: tuple[str, ...]
    """Columns it names, from top to bottom: where labels are stacked, lines of an entry are, too."""
    text: str
    box: BBox


@dataclass(frozen=True, slots=True)
class Header:
    pieces: tuple[Piece, ...]
    """Left to right."""
    page: int
    first: int
    """Index of its first row on the page."""
    last: int
    columns: frozenset[str] = field(default=frozenset())


def find_headers(rows: Sequence[Row], vocabulary: ColumnVocabulary) -> Iterator[Header]:
    """All headers on one page, top to bottom."""
    at = 0
    while at < len(rows):
        header = _header_at(rows, at, vocabulary)
        if header is not None:
            yield header
            at = header.last
        at += 1


def _header_at(rows: Sequence[Row], at: int, vocabulary: ColumnVocabulary) -> Header | None:
    row = rows[at]
    if _numbers(row) > 1:
        return None
    pieces = _pieces(row, vocabulary)
    if len(_named(pieces)) < 2:
        return None
    first, last = at, at
    while first > 0 and at - first < _MOST_STACKED:
        grown = _stacked(pieces, rows[first - 1], rows[first], vocabulary, above=True)
        if grown is None:
            break
        pieces, first = grown, first - 1
    while last + 1 < len(rows) and last - at < _MOST_STACKED:
        grown = _stacked(pieces, rows[last + 1], rows[last], vocabulary, above=False)
        if grown is None:
            break
        pieces, last = grown, last + 1
    pieces = _settled(pieces)
    names = _named(pieces)
    if not _is_header(names, vocabulary) and not _is_all_of_two(pieces, names, vocabulary):
        return None
    return Header(tuple(pieces), row.page, first, last, frozenset(names))


def _is_header(names: set[str], vocabulary: ColumnVocabulary) -> bool:
    if not names & vocabulary.needed:
        return False
    told = names & vocabulary.telling or {"quantity", "unit_price"} <= names
    return bool(told) and (len(names) >= _FEWEST or bool(names & vocabulary.telling and "amount" in names))


def _is_all_of_two(pieces: Sequence[Piece], names: set[str], vocabulary: ColumnVocabulary) -> bool:
    """A table of two columns, whose header has nothing but their names."""
    return names == vocabulary.columns.keys() and len(pieces) == len(names)


def _numbers(row: Row) -> int:
    return sum(any(char.isdigit() for char in token.text) for token in row.tokens)


def _named(pieces: Sequence[Piece]) -> set[str]:
    return {name for piece in pieces for name in piece.names}


def column_of(text: str, vocabulary: ColumnVocabulary) -> str | None:
    """The column a label names; a currency or `net` behind it may be left out."""
    phrase = plain(text)
    if phrase in vocabulary.by_phrase:
        return vocabulary.by_phrase[phrase]
    words = phrase.split()
    while len(words) > 1 and words[-1] in _TRAILING:
        words.pop()
        if (found := vocabulary.by_phrase.get(" ".join(words))) is not None:
            return found
    return None


def _pieces(row: Row, vocabulary: ColumnVocabulary) -> list[Piece]:
    found: list[Piece] = []
    for segment in row.segments:
        name = column_of(segment.text, vocabulary)
        if name is not None:
            found.append(Piece((name,), segment.text, segment.bbox))
        else:
            tokens = [part for token in segment.tokens for part in _unglued(token, vocabulary)]
            found += _split(tokens, vocabulary)
    return found


def _unglued(token: Token, vocabulary: ColumnVocabulary) -> list[Token]:
    """`DiscountAmount`: labels of neighbouring columns that touch are read as one word."""
    if column_of(token.text, vocabulary) is not None:
        return [token]
    for match in _GLUE.finditer(token.text):
        left, right = _cut(token, match.end())
        if column_of(left.text, vocabulary) is None:
            continue
        rest = _unglued(right, vocabulary)
        if all(column_of(part.text, vocabulary) is not None for part in rest):
            return [left, *rest]
    return [token]


def _cut(token: Token, at: int) -> tuple[Token, Token]:
    """As if all letters were of one width."""
    box = token.bbox
    x = box.x0 + box.width * at / len(token.text)
    left = replace(token, text=token.text[:at], bbox=BBox(box.x0, box.y0, x, box.y1))
    return left, replace(token, text=token.text[at:], bbox=BBox(x, box.y0, box.x1, box.y1))


def _split(tokens: Sequence[Token], vocabulary: ColumnVocabulary) -> Iterator[Piece]:
    """Labels that stand close together, the longest phrase first; words between them go with the one before."""
    at = 0
    open_words: list[Token] = []
    open_name: str | None = None
    while at < len(tokens):
        length, name = _longest(tokens, at, vocabulary)
        if name is not None and open_words:
            yield _piece(open_words, open_name)
            open_words = []
        if name is not None:
            open_name = name
        elif not open_words:
            open_name = None
        open_words += tokens[at : at + length]
        at += length
    yield _piece(open_words, open_name)


def _longest(tokens: Sequence[Token], at: int, vocabulary: ColumnVocabulary) -> tuple[int, str | None]:
    for length in range(min(vocabulary.longest, len(tokens) - at), 0, -1):
        name = column_of(" ".join(token.text for token in tokens[at : at + length]), vocabulary)
        if name is not None:
            return length, name
    return 1, None


def _piece(tokens: Sequence[Token], name: str | None) -> Piece:
    segment = segment_of(tokens)
    return Piece((name,) if name else (), segment.text, segment.bbox)


def _stacked(
    pieces: list[Piece], row: Row, beside: Row, vocabulary: ColumnVocabulary, *, above: bool
) -> list[Piece] | None:
    """The pieces with the labels of another row; None where that row does not belong to the header."""
    distance = beside.bbox.y0 - row.bbox.y1 if above else row.bbox.y0 - beside.bbox.y1
    heights = sorted((row.bbox.height, beside.bbox.height))
    if _numbers(row) or distance > _NEAR * heights[1] or heights[1] > _ALIKE * heights[0]:
        return None
    grown = list(pieces)
    for extra in _pieces(row, vocabulary):
        partner = next((one for one in grown if _over(one.box, extra.box)), None)
        joined = _joined(partner, extra, vocabulary, above=above) if partner else None
        if joined is not None and partner is not None:
            grown[grown.index(partner)] = joined
        elif extra.names and partner is None:
            grown.append(extra)
        else:
            return None
    return sorted(grown, key=lambda piece: piece.box.x0)


def _over(one: BBox, other: BBox) -> bool:
    shared = min(one.x1, other.x1) - max(one.x0, other.x0)
    return shared > 0.25 * min(one.width, other.width)


def _joined(partner: Piece, extra: Piece, vocabulary: ColumnVocabulary, *, above: bool) -> Piece | None:
    upper, lower = (extra, partner) if above else (partner, extra)
    text = upper.text[:-1] + lower.text if upper.text.endswith("-") else f"{upper.text} {lower.text}"
    box = partner.box.union(extra.box)
    name = column_of(text, vocabulary)
    if name is not None:
        return Piece((name,), text, box)
    if extra.names:
        names = tuple(dict.fromkeys((*upper.names, *lower.names)))
        return Piece(names, text, box)
    begins = plain(text)
    if extra.text.startswith("(") or any(phrase.startswith(begins) for phrase in vocabulary.by_phrase):
        return Piece(partner.names, text, box)
    return None


def _settled(pieces: list[Piece]) -> list[Piece]:
    """One column a name: what stands twice means different things."""
    pieces = _last_price(_amounts(pieces))
    names = [piece.names for piece in pieces]
    told = {name for entry in names for name in entry}
    if "gross_amount" in told and "amount" not in told:
        pieces = [
            replace(one, names=tuple("amount" if n == "gross_amount" else n for n in one.names))
            for one in pieces
        ]
    if {"amount", "unit_price"} <= told and "description" not in told and not names[0]:
        pieces[0] = replace(pieces[0], names=("description",))  # `Charge`, and whatever else lines are of
    if sum("description" in entry for entry in names) > 1:
        for index, piece in enumerate(pieces):
            if piece.names == ("description",) and plain(piece.text) in _GENERAL:
                pieces[index] = replace(piece, names=("sku",))
    return [_once(piece, pieces[:index], pieces[index + 1 :]) for index, piece in enumerate(pieces)]


def _last_price(pieces: list[Piece]) -> list[Piece]:
    """`Stk. pris` and `Pris`: of two prices without an amount, the last is the amount."""
    at = [index for index, piece in enumerate(pieces) if piece.names == ("unit_price",)]
    if len(at) == 2 and not any("amount" in piece.names for piece in pieces):
        pieces[at[1]] = replace(pieces[at[1]], names=("amount",))
    return pieces


def _amounts(pieces: list[Piece]) -> list[Piece]:
    """Of two sums the right one is with tax where the tax stands between or no price is before it."""
    at = [index for index, piece in enumerate(pieces) if piece.names == ("amount",)]
    if len(at) < 2:
        return pieces
    left, right = at[0], at[-1]
    between = {name for piece in pieces[left + 1 : right] for name in piece.names}
    if between & {"tax_rate", "tax_amount"}:
        pieces[right] = replace(pieces[right], names=("gross_amount",))
    elif not any("unit_price" in piece.names for piece in pieces):
        pieces[left] = replace(pieces[left], names=("unit_price",))
    else:
        pieces[left] = replace(pieces[left], names=())
    return pieces


_LAST_COUNTS = frozenset({"unit_price", "quantity", "amount"})


def _once(piece: Piece, before: Sequence[Piece], after: Sequence[Piece]) -> Piece:
    """Of labels with one meaning the first counts, of prices and quantities the last."""
    kept = []
    for name in piece.names:
        others = after if name in _LAST_COUNTS else before
        if not any(name in other.names for other in others) or len(piece.names) > 1:
            kept.append(name)
    if kept == ["position"] and before:
        kept = ["sku"] if not any("sku" in other.names for other in (*before, *after)) else []
    return replace(piece, names=tuple(kept))
