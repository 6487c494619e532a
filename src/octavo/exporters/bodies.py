"""What a block's body says, ready to be shown; what it does not say is empty."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from octavo.domain.document import Block

_NUMBER = re.compile(r"\d{1,9}\Z")
_ROMAN = re.compile(r"(?=[ivxlc])(c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})\Z")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Entry(NamedTuple):
    """One entry of a list."""

    text: str
    level: int
    """From 0; never more than one deeper than the entry before."""
    style: str | None
    """How its mark counts: `1`, `a`, `A`, `i` or `I`; None for a mark that does not count."""
    number: int
    """What its mark counts to; 0 where it does not count."""
    is_checked: bool | None
    """None where it is nothing to tick."""


class Node(NamedTuple):
    id: str
    text: str
    shape: str
    bbox: tuple[float, float, float, float] | None


class Edge(NamedTuple):
    """`start` and `end` are ids of nodes that there are."""

    start: str
    end: str
    label: str
    is_directed: bool
    is_both: bool


def said(block: Block, *names: str) -> str:
    """The first of these members of the body that is a text and not empty."""
    found = (block.body.get(name) for name in names)
    return next((text for text in found if isinstance(text, str) and text.strip()), "")


def callout(block: Block) -> tuple[str, str]:
    """Title and text; a title that the text begins with is not said twice."""
    title = said(block, "title").strip()
    text = block.text
    if title and text[: len(title)].casefold() == title.casefold():
        rest = text[len(title) :]
        if not rest[:1].isalnum():
            text = rest.lstrip(" \t\n:.\u2013\u2014-")
    return title, text


def own_caption(block: Block) -> str:
    """The caption, unless another block of the page holds it."""
    return "" if block.body.get("caption_id") else said(block, "caption")


def entries(block: Block) -> Iterator[Entry]:
    depth = -1
    begun: set[int] = set()
    for item in block.body.get("items") or ():
        if not isinstance(item, Mapping):
            continue
        level = item.get("level")
        depth = max(0, min(level if isinstance(level, int) else 0, depth + 1))
        checked = item.get("checked")
        yield Entry(
            str(item.get("text") or ""),
            depth,
            *_numbering(str(item.get("marker") or ""), begins=depth not in begun),
            checked if isinstance(checked, bool) else None,
        )
        begun = {level for level in begun if level < depth} | {depth}


def _numbering(marker: str, *, begins: bool) -> tuple[str | None, int]:
    """Style and value of a mark; `i` counts as one where it `begins` a list and as the ninth letter elsewhere."""
    core = marker.strip("().[]: ")
    number = _NUMBER.search(core)
    if number:
        return "1", int(number[0])
    is_letters = core.isascii() and core.isalpha() and (core.islower() or core.isupper())
    if not is_letters or core == marker.strip():  # a bare letter is a bullet: `o`
        return None, 0
    low = core.lower()
    if len(low) == 1 and not (low == "i" and begins):
        return ("a" if core.islower() else "A"), ord(low) - 96
    if _ROMAN.match(low):
        return ("i" if core.islower() else "I"), _roman(low)
    return None, 0


def _roman(low: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in low]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def nodes(block: Block) -> tuple[Node, ...]:
    found = (node for node in block.body.get("nodes") or () if isinstance(node, Mapping))
    return tuple(
        Node(
            str(node.get("id")),
            str(node.get("text") or ""),
            str(node.get("shape") or ""),
            _box(node.get("bbox")),
        )
        for node in found
    )


def edges(block: Block) -> tuple[Edge, ...]:
    known = {node.id for node in nodes(block)}
    found = (
        Edge(
            str(edge.get("from")),
            str(edge.get("to")),
            str(edge.get("label") or ""),
            is_directed=edge.get("directed") is not False,
            is_both=edge.get("both") is True,
        )
        for edge in block.body.get("edges") or ()
        if isinstance(edge, Mapping)
    )
    return tuple(edge for edge in found if edge.start in known and edge.end in known)


def arrow(edge: Edge) -> str:
    if edge.is_both:
        return "↔"
    return "→" if edge.is_directed else "\u2013"


def chart_rows(block: Block) -> list[list[str]]:
    """The numbers of a chart as a table, its first row the header; empty where none are known."""
    table = block.body.get("data_table")
    if isinstance(table, list) and all(isinstance(row, list) for row in table):
        return [[shown(value) for value in row] for row in table]
    series = [each for each in block.body.get("series") or () if isinstance(each, Mapping)]
    if any(each.get("x") for each in series):
        return _points(series)
    values = [_list(each.get("values")) for each in series]
    categories = _list(block.body.get("categories"))
    height = max([len(categories), *(len(column) for column in values)])
    if not values or not height:
        return []
    header = ["", *(shown(each.get("name")) for each in series)]
    if len(series) == 1 and not header[1]:
        # Where one series alone is shown, what the chart is called is what its numbers are.
        header[1] = _axis_title(block.body.get("y_axis")) or shown(block.body.get("title"))
    columns = [[*column, *[None] * (height - len(column))] for column in (categories, *values)]
    return [header, *([shown(value) for value in row] for row in zip(*columns, strict=True))]


def _axis_title(axis: object) -> str:
    return shown(axis.get("title")) if isinstance(axis, Mapping) else ""


def _points(series: list[Mapping[str, Any]]) -> list[list[str]]:
    """One row a point, since each series may have its own x."""
    sized = any(each.get("sizes") for each in series)
    rows = [["", "x", "y", *(["size"] if sized else [])]]
    for each in series:
        ys, sizes = _list(each.get("values")), _list(each.get("sizes"))
        for at, x in enumerate(_list(each.get("x"))):
            point = [x, _at(ys, at), *([_at(sizes, at)] if sized else [])]
            rows.append([shown(each.get("name")), *(shown(value) for value in point)])
    return rows


def shown(value: object) -> str:
    """A JSON value as text: whole numbers without a point, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _at(values: list[Any], index: int) -> object:
    return values[index] if index < len(values) else None


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _box(value: object) -> tuple[float, float, float, float] | None:
    return (value[0], value[1], value[2], value[3]) if isinstance(value, list) and len(value) == 4 else None
