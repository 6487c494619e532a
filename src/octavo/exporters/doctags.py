"""The document as DocTags: the markup that small document models are trained on, page by page.

Places are in 500ths of the page; tables are in OTSL, a word for each cell of the grid.
"""

import re
from collections.abc import Callable, Iterator

from octavo.domain.document import Block, BlockType, Document
from octavo.domain.geometry import BBox
from octavo.exporters.bodies import Entry, callout, chart_rows, entries, said
from octavo.exporters.docling_nodes import CLASSES, LANGUAGES, picture_kind
from octavo.exporters.flow import Passage, passages
from octavo.exporters.grid import Cell, Grid, grid_of
from octavo.exporters.pictures import inner_text
from octavo.exporters.rendering import Rendering

_STEPS = 500
_TAG_LIKE = re.compile(r"<(?=[/a-z_])")
_SIMPLE = {
    BlockType.CAPTION: "caption",
    BlockType.FOOTNOTE: "footnote",
    BlockType.PAGE_HEADER: "page_header",
    BlockType.PAGE_FOOTER: "page_footer",
}


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8. Text that looks like a tag has its `<` as `&lt;`."""
    del rendering  # the format leaves nothing to choose
    yield b"<doctag>"
    for position, page in enumerate(document.pages):
        found = list(passages(page))
        captions = {passage.block.id: passage for passage in found if passage.block.type is BlockType.CAPTION}
        tied = {str(passage.block.body.get("caption_id")) for passage in found}
        parts = [
            _RENDERERS.get(passage.block.type, _text)(passage, captions)
            for passage in found
            if passage.block.id not in captions or passage.block.id not in tied
        ]
        yield ("\n<page_break>\n" if position else "").encode() + "\n".join(parts).encode()
    yield b"\n</doctag>\n"


Captions = dict[str, Passage]


def _wrapped(tag: str, content: str) -> str:
    return f"<{tag}>{content}</{tag}>"


def _plain(text: str) -> str:
    return _TAG_LIKE.sub("&lt;", text)


def _place(box: BBox | None) -> str:
    return "".join(f"<loc_{round(edge * _STEPS)}>" for edge in box.to_list()) if box else ""


def _text(passage: Passage, _: Captions) -> str:
    block = passage.block
    text = "\n".join(filter(None, callout(block))) if block.type is BlockType.CALLOUT else block.text
    return _wrapped(_SIMPLE.get(block.type, "text"), _place(block.bbox) + _plain(text))


def _heading(passage: Passage, _: Captions) -> str:
    block = passage.block
    tag = "title" if block.role == "title" else f"section_header_level_{max(1, min(block.level or 1, 6))}"
    return _wrapped(tag, _place(block.bbox) + _plain(block.text))


def _list(passage: Passage, captions: Captions) -> str:
    found = list(entries(passage.block))
    items = passage.block.body.get("items") or ()
    boxes = [item.get("bbox") for item in items if isinstance(item, dict)]
    placed = [
        (entry, (_place(BBox(*box)) if box else "") + _plain(entry.text))
        for entry, box in zip(found, boxes, strict=True)
    ]
    return _nested(placed) if placed else _text(passage, captions)


def _nested(found: list[tuple[Entry, str]]) -> str:
    """A deeper list is an entry of its own, behind the one it belongs to."""
    first = found[0][0]
    lines: list[str] = []
    deeper: list[tuple[Entry, str]] = []
    for entry, content in [*found, (first, "")]:
        if entry.level > first.level:
            deeper.append((entry, content))
            continue
        if deeper:
            lines.append(_wrapped("list_item", _nested(deeper)))
            deeper = []
        lines.append(_wrapped("list_item", content))
    return _wrapped("ordered_list" if first.style else "unordered_list", "\n".join(lines[:-1]))


def _code(passage: Passage, _: Captions) -> str:
    block = passage.block
    language = LANGUAGES.get(said(block, "language").lower(), "unknown")
    return _wrapped("code", f"{_place(block.bbox)}<_{language}_>{_plain(block.text)}")


def _formula(passage: Passage, captions: Captions) -> str:
    latex = said(passage.block, "latex")
    if not latex:
        return _picture(passage, captions)
    return _wrapped("formula", _place(passage.block.bbox) + _plain(latex))


def _table(passage: Passage, captions: Captions) -> str:
    grid = grid_of(passage.block.body)
    if grid is None:
        return _text(passage, captions)
    content = _place(passage.block.bbox) + _otsl(grid) + _caption(passage.block, captions)
    return _wrapped("otsl", content)


def _otsl(grid: Grid) -> str:
    """`fcel` with text, `ecel` without, `ched` and `rhed` for headers; `lcel`, `ucel` and `xcel` are spanned."""
    words = [[""] * grid.n_cols for _ in grid.rows]
    for row in grid.rows:
        for cell in row:
            for down in range(cell.row_span):
                for right in range(cell.col_span):
                    words[cell.row + down][cell.col + right] = _word(cell, down, right, grid)
    return "".join("".join(row) + "<nl>" for row in words)


def _word(cell: Cell, down: int, right: int, grid: Grid) -> str:
    if down or right:
        return "<xcel>" if down and right else "<ucel>" if down else "<lcel>"
    if not cell.text:
        return "<ecel>"
    kind = "ched" if cell.row < grid.header_rows else "rhed" if cell.header else "fcel"
    return f"<{kind}>{_plain(cell.text)}"


def _picture(passage: Passage, captions: Captions) -> str:
    block = passage.block
    kind = CLASSES.get(picture_kind(block))
    content = _place(block.bbox) + (f"<{kind}>" if kind else "")
    rows = chart_rows(block) if block.type is BlockType.CHART else []
    grid = grid_of({"headers": rows[0], "rows": rows[1:]}) if rows else None
    content += _otsl(grid) if grid else ""
    tag = "chart" if block.type in (BlockType.CHART, BlockType.DIAGRAM) else "picture"
    picture = _wrapped(tag, content + _caption(block, captions))
    inside = inner_text(block)
    return picture + ("\n" + _wrapped("text", _place(block.bbox) + _plain(inside)) if inside else "")


def _caption(block: Block, captions: Captions) -> str:
    found = captions.get(str(block.body.get("caption_id")))
    if found:
        return _wrapped("caption", _place(found.block.bbox) + _plain(found.block.text))
    own = said(block, "caption")
    return _wrapped("caption", _plain(own)) if own else ""


_RENDERERS: dict[BlockType, Callable[[Passage, Captions], str]] = {
    BlockType.HEADING: _heading,
    BlockType.LIST: _list,
    BlockType.CODE: _code,
    BlockType.FORMULA: _formula,
    BlockType.TABLE: _table,
    BlockType.IMAGE: _picture,
    BlockType.DIAGRAM: _picture,
    BlockType.CHART: _picture,
}
