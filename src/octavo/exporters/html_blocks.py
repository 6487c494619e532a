"""One block as HTML, by its type."""

import re
from collections.abc import Callable, Iterable, Iterator

from octavo.domain.document import BlockType
from octavo.exporters.bodies import Edge, Entry, arrow, callout, chart_rows, edges, entries, nodes, said
from octavo.exporters.flow import Note, Passage
from octavo.exporters.grid import Cell, Grid, grid_of
from octavo.exporters.marks import split_at_marks, without_marker
from octavo.exporters.markup import element, empty, text
from octavo.exporters.pictures import alternative, inner_text, picture_source
from octavo.exporters.rendering import Rendering

_LAST_LEVEL = 6
_CALLOUTS = frozenset({"note", "tip", "warning", "important", "caution"})
_LANGUAGE = re.compile(r"[\w+#.-]{1,30}\Z")


def passage_html(passage: Passage, rendering: Rendering) -> str:
    return _RENDERERS.get(passage.block.type, _paragraph)(passage, rendering)


def _identified(passage: Passage, class_: str | None = None) -> dict[str, object]:
    return {"id": passage.block.id, "class": class_}


def _lines(plain: str) -> str:
    """Lines that do not flow stay lines; a tab becomes a wide space."""
    return text(plain).replace("\t", "\u2003").replace("\n", "<br/>")


def _marked(plain: str, notes: Iterable[Note]) -> str:
    pieces = split_at_marks(plain, notes)
    return "".join(_reference(piece) if isinstance(piece, Note) else _lines(piece) for piece in pieces)


def _reference(note: Note) -> str:
    place = {"href": f"#note-{note.key}", "id": f"mark-{note.key}", "role": "doc-noteref"}
    return element("sup", element("a", text(note.marker), place))


def _paragraph(passage: Passage, _: Rendering) -> str:
    class_ = "caption" if passage.block.type is BlockType.CAPTION else None
    return element("p", _marked(passage.block.text, passage.marks), _identified(passage, class_))


def _heading(passage: Passage, _: Rendering) -> str:
    level = max(1, min(passage.block.level or 1, _LAST_LEVEL))
    return element(f"h{level}", _marked(passage.block.text, passage.marks), _identified(passage))


def _footnote(passage: Passage, _: Rendering) -> str:
    plain, note = passage.block.text, passage.note
    if note is None:
        return element("aside", _lines(plain), _identified(passage, "footnote"))
    back = element("a", text(note.marker), {"href": f"#mark-{note.key}", "role": "doc-backlink"})
    content = f"{back} {_lines(without_marker(plain, note.marker))}"
    return element("aside", content, {"id": f"note-{note.key}", "class": "footnote", "role": "doc-footnote"})


def _list(passage: Passage, rendering: Rendering) -> str:
    found = list(entries(passage.block))
    return _nested(found, _identified(passage)) if found else _paragraph(passage, rendering)


def _nested(found: list[Entry], attributes: dict[str, object]) -> str:
    """One list with the lists inside its entries; the first entry's mark says how it counts."""
    level, style = found[0].level, found[0].style
    starts = [at for at, entry in enumerate(found) if entry.level == level]
    content = "".join(
        _entry(found[start:end]) for start, end in zip(starts, [*starts[1:], len(found)], strict=True)
    )
    if style is None:
        return element("ul", content, attributes)
    start = found[0].number if found[0].number != 1 else None
    return element("ol", content, {**attributes, "type": None if style == "1" else style, "start": start})


def _entry(found: list[Entry]) -> str:
    """An entry, followed by those that are deeper."""
    entry = found[0]
    box = ""
    if entry.is_checked is not None:
        ticked = {"checked": "checked"} if entry.is_checked else {}
        box = empty("input", {"type": "checkbox", "disabled": "disabled", **ticked}) + " "
    inner = _nested(found[1:], {}) if len(found) > 1 else ""
    return element("li", box + _lines(entry.text) + inner, {"class": "check" if box else None})


def _code(passage: Passage, _: Rendering) -> str:
    language = said(passage.block, "language")
    class_ = f"language-{language}" if _LANGUAGE.match(language) else None
    # A parser drops one line feed right behind <pre>; the code element stands between.
    code = element("pre", element("code", text(passage.block.text), {"class": class_}))
    caption = said(passage.block, "caption")
    return _figure(passage, "code", [code], caption) if caption else code


def _callout(passage: Passage, _: Rendering) -> str:
    kind = said(passage.block, "kind")
    title, words = callout(passage.block)
    content = element("p", element("strong", text(title))) if title else ""
    content += element("p", _marked(words, passage.marks)) if words or not title else ""
    if kind == "quote":
        return element("blockquote", content, _identified(passage))
    class_ = f"callout {kind}" if kind in _CALLOUTS else "callout"
    return element("aside", content, _identified(passage, class_))


def _table(passage: Passage, rendering: Rendering) -> str:
    grid = grid_of(passage.block.body)
    if grid is None:
        return _paragraph(passage, rendering)
    caption = said(passage.block, "caption")
    content = element("caption", _lines(caption)) if caption else ""
    return element("table", content + "".join(_row_groups(grid)), _identified(passage))


def _row_groups(grid: Grid) -> Iterator[str]:
    rows = ["".join(_cell(cell, grid) for cell in row) for row in grid.rows]
    written = [element("tr", row) for row in rows]
    if grid.header_rows:
        yield element("thead", "".join(written[: grid.header_rows]))
    if written[grid.header_rows :]:
        yield element("tbody", "".join(written[grid.header_rows :]))


def _cell(cell: Cell, grid: Grid) -> str:
    in_head = cell.row < grid.header_rows
    height = min(cell.row_span, grid.header_rows - cell.row) if in_head else cell.row_span
    spans = {
        "rowspan": height if height > 1 else None,
        "colspan": cell.col_span if cell.col_span > 1 else None,
    }
    if not in_head and not cell.header:
        return element("td", _lines(cell.text), spans)
    return element("th", _lines(cell.text), {"scope": "col" if in_head else "row", **spans})


def _formula(passage: Passage, rendering: Rendering) -> str:
    latex = said(passage.block, "latex").strip()
    if not latex:
        return _picture(passage, rendering)
    code = element("code", text(latex), {"class": "latex"})
    return element("p", code, _identified(passage, "formula"))


def _picture(passage: Passage, rendering: Rendering) -> str:
    seen, inside = _seen(passage, rendering), inner_text(passage.block)
    caption = said(passage.block, "caption")
    parts = [seen] if seen else []
    if not seen and alternative(passage.block) not in ("", caption):
        parts.append(element("p", _lines(alternative(passage.block))))
    if inside:
        parts.append(element("p", _lines(inside), {"class": "inside"}))
    return _figure(passage, str(passage.block.type), parts, caption)


def _diagram(passage: Passage, rendering: Rendering) -> str:
    found = nodes(passage.block)
    if not found:
        return _picture(passage, rendering)
    names = {node.id: node.text or node.id for node in found}
    joined = edges(passage.block)
    linked = {end for edge in joined for end in (edge.start, edge.end)}
    listed = [_edge(edge, names) for edge in joined]
    listed += [text(node.text) for node in found if node.id not in linked]
    items = element("ul", "".join(element("li", line) for line in listed))
    return _figure(passage, "diagram", [_seen(passage, rendering), items], said(passage.block, "caption"))


def _edge(edge: Edge, names: dict[str, str]) -> str:
    label = f" ({edge.label})" if edge.label else ""
    return text(f"{names[edge.start]} {arrow(edge)} {names[edge.end]}{label}")


def _chart(passage: Passage, rendering: Rendering) -> str:
    rows = chart_rows(passage.block)
    if not rows:
        return _picture(passage, rendering)
    header = "".join(element("th", text(cell), {"scope": "col"}) for cell in rows[0])
    body = "".join(
        element(
            "tr",
            element("th", text(row[0]), {"scope": "row"})
            + "".join(element("td", text(cell)) for cell in row[1:]),
        )
        for row in rows[1:]
        if row
    )
    title = said(passage.block, "title")
    content = element("caption", text(title)) if title else ""
    table = element("table", content + element("thead", element("tr", header)) + element("tbody", body))
    return _figure(passage, "chart", [_seen(passage, rendering), table], said(passage.block, "caption"))


def _seen(passage: Passage, rendering: Rendering) -> str:
    source, picture = picture_source(passage.picture, rendering, "inline"), passage.picture
    if source is None or picture is None:
        return ""
    size = {"width": picture.width_px, "height": picture.height_px}
    return empty("img", {"src": source, "alt": alternative(passage.block), **size})


def _figure(passage: Passage, class_: str, parts: list[str], caption: str) -> str:
    content = "".join(parts)
    if caption:
        content += element("figcaption", _lines(caption))
    return element("figure", content, _identified(passage, class_))


_RENDERERS: dict[BlockType, Callable[[Passage, Rendering], str]] = {
    BlockType.HEADING: _heading,
    BlockType.LIST: _list,
    BlockType.FOOTNOTE: _footnote,
    BlockType.CODE: _code,
    BlockType.CALLOUT: _callout,
    BlockType.TABLE: _table,
    BlockType.FORMULA: _formula,
    BlockType.IMAGE: _picture,
    BlockType.DIAGRAM: _diagram,
    BlockType.CHART: _chart,
}
