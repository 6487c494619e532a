"""The text of a block for a search index, in pieces of at most so many characters that never cut a word."""

import re
from collections.abc import Callable, Iterable, Iterator

from octavo.domain.document import BlockType
from octavo.exporters.bodies import arrow, callout, chart_rows, edges, entries, nodes, said
from octavo.exporters.flow import Passage
from octavo.exporters.grid import grid_of
from octavo.exporters.pictures import alternative, inner_text

_EAST_ASIAN = "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_SENTENCE = re.compile(
    r".+?(?:[.!?\u2026][\"'\u201d\u2019\u00bb)\]]*\s+|[\u3002\uff01\uff1f]|\n+|\Z)", re.DOTALL
)
_ATOM = re.compile(rf"[{_EAST_ASIAN}]|[^\s{_EAST_ASIAN}]+|\s+")
"""A word with what separates it; scripts that are written without spaces may be parted anywhere."""


def pieces(passage: Passage, limit: int) -> Iterator[str]:
    """In order; longer than `limit` only where a single word is."""
    if passage.block.type is BlockType.TABLE:
        yield from _table(passage, limit)
    elif passage.block.type is BlockType.CHART:
        yield from _chart(passage, limit)
    else:
        plain = _PLAIN.get(passage.block.type, _text)(passage)
        yield from split_text(plain, limit)


def split_text(text: str, limit: int) -> Iterator[str]:
    """At the ends of lines and sentences, where one is too long between its words."""
    yield from _packed(_SENTENCE.findall(text), limit)


def _packed(parts: Iterable[str], limit: int) -> Iterator[str]:
    """Neighbours together as far as they fit; white space at the edges of a piece does not count."""
    current = ""
    for part in parts:
        if current and len((current + part).strip()) > limit:
            yield from _stripped(current)
            current = ""
        current += part
        if len(current.strip()) > limit and len(_ATOM.findall(current)) > 1:
            *whole, current = _by_words(current, limit)
            yield from whole
    yield from _stripped(current)


def _by_words(text: str, limit: int) -> list[str]:
    found: list[str] = [""]
    for atom in _ATOM.findall(text):
        if found[-1].strip() and len((found[-1] + atom).strip()) > limit:
            found.append("")
        found[-1] += atom
    *whole, last = found
    return [*(piece.strip() for piece in whole), last]


def _stripped(text: str) -> Iterator[str]:
    if text.strip():
        yield text.strip()


def _text(passage: Passage) -> str:
    return passage.block.text


def _list(passage: Passage) -> str:
    lines = [
        "  " * entry.level + (f"{entry.number}." if entry.style == "1" else "-") + f" {entry.text}"
        for entry in entries(passage.block)
    ]
    return "\n".join(lines) or passage.block.text


def _callout(passage: Passage) -> str:
    return _lines(*callout(passage.block))


def _captioned(passage: Passage) -> str:
    return _lines(passage.block.text, said(passage.block, "caption"))


def _picture(passage: Passage) -> str:
    block = passage.block
    return _lines(alternative(block), said(block, "caption"), inner_text(block))


def _formula(passage: Passage) -> str:
    return said(passage.block, "latex") or _picture(passage)


def _diagram(passage: Passage) -> str:
    names = {node.id: node.text for node in nodes(passage.block)}
    found = edges(passage.block)
    if not names:
        return _picture(passage)
    linked = {end for edge in found for end in (edge.start, edge.end)}
    listed = [f"{names[edge.start]} {arrow(edge)} {names[edge.end]}" + _label(edge.label) for edge in found]
    listed += [text for node, text in names.items() if node not in linked]
    return _lines(alternative(passage.block), said(passage.block, "caption"), *listed)


def _label(label: str) -> str:
    return f" ({label})" if label else ""


def _lines(*parts: str) -> str:
    return "\n".join(dict.fromkeys(part for part in parts if part.strip()))


def _table(passage: Passage, limit: int) -> Iterator[str]:
    grid = grid_of(passage.block.body)
    caption = said(passage.block, "caption")
    if grid is None:
        yield from split_text(_lines(caption, passage.block.text), limit)
        return
    header = [_row(list(grid.headers))] if any(grid.headers) else []
    yield from _rows(_lines(caption, *header), [_row(row) for row in grid.body_texts], limit)


def _chart(passage: Passage, limit: int) -> Iterator[str]:
    rows = chart_rows(passage.block)
    if not rows:
        yield from split_text(_picture(passage), limit)
        return
    head = _lines(said(passage.block, "title"), said(passage.block, "caption"), _row(rows[0]))
    yield from _rows(head, [_row(row) for row in rows[1:]], limit)


def _row(cells: list[str]) -> str:
    return " | ".join(" ".join(cell.split()) for cell in cells).rstrip()


def _rows(head: str, rows: list[str], limit: int) -> Iterator[str]:
    """The rows below what names their columns, which every piece says again unless it is half of the piece."""
    room = limit - len(head) - 1
    if room < limit // 2:
        yield from split_text(head, limit)
        head, room = "", limit
    packed = list(_packed((row + "\n" for row in rows), room))
    for piece in packed or [""]:
        yield from _stripped(f"{head}\n{piece}")


_PLAIN: dict[BlockType, Callable[[Passage], str]] = {
    BlockType.LIST: _list,
    BlockType.CODE: _captioned,
    BlockType.CALLOUT: _callout,
    BlockType.FORMULA: _formula,
    BlockType.IMAGE: _picture,
    BlockType.DIAGRAM: _diagram,
}
