"""The document as CommonMark with pipe tables: a pure function of what the JSON says.

Page headers and footers are left out, as they belong to the paper; pages follow one
another like blocks do, with an empty line between.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from octavo.domain.document import Block, BlockType, Document, Page
from octavo.exporters.rendering import WITHOUT_PICTURES, Rendering

_FURNITURE = frozenset({BlockType.PAGE_HEADER, BlockType.PAGE_FOOTER})
_LAST_LEVEL = 6
_INLINE = re.compile(r"([\\`*])|(<)(?=[A-Za-z/!?])|(\[)(?=[^\]]*\]\()|\b(_)\B|\B(_)\b")
_LINE_START = re.compile(
    r"^(\s*)(#{1,6}(?=\s|$)|[>+\-](?=\s|$)|\d{1,9}(?=[.)](?:\s|$))|={3,}|-{3,}|~{3,})", re.MULTILINE
)
_CELL_GAP = "\u2003"
"""An em space: wide where it is shown, white where it is pasted or searched."""
_NUMBERED = re.compile(r"\d+\Z")


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8; ends with one newline unless the document has no text."""
    empty = True
    for piece in pieces(document.pages, rendering):
        empty = False
        yield piece.encode()
    if not empty:
        yield b"\n"


def pieces(pages: Iterable[Page], rendering: Rendering) -> Iterator[str]:
    """The Markdown in parts that only need to be joined, one for each page that has any."""
    first = True
    for page in pages:
        text = page_markdown(page, rendering)
        if text:
            yield text if first else "\n\n" + text
            first = False


def page_markdown(page: Page, rendering: Rendering = WITHOUT_PICTURES) -> str:
    del rendering
    rendered = (block_markdown(block) for block in page.blocks if block.type not in _FURNITURE)
    return "\n\n".join(text for text in rendered if text)


def block_markdown(block: Block) -> str:
    """Empty where the block has nothing to say in Markdown."""
    return _RENDERERS.get(block.type, _paragraph)(block)


def _paragraph(block: Block) -> str:
    return _with_breaks(escape(block.text))


def _with_breaks(text: str) -> str:
    """Newlines as hard breaks (two spaces), tabs as a space that Markdown does not swallow."""
    return text.replace("\t", _CELL_GAP).replace("\n", "  \n")


def _heading(block: Block) -> str:
    text = escape_inline(" ".join(block.text.split()))
    return "#" * min(block.level or 1, _LAST_LEVEL) + " " + text if text else ""


def _list(block: Block) -> str:
    entries = block.body.get("items")
    if not entries:
        return escape(block.text)
    return "\n".join(_entry(entry) for entry in entries)


def _entry(entry: dict[str, object]) -> str:
    level = entry.get("level") or 0
    indent = "   " * (level if isinstance(level, int) else 0)
    number = _NUMBERED.search(str(entry.get("marker") or "").rstrip(".)"))
    marker = f"{int(number[0])}." if number and len(number[0]) < 10 else "-"
    text = escape(str(entry.get("text") or "")).replace("\n", "\n" + indent + " " * (len(marker) + 1))
    return f"{indent}{marker} {text}".rstrip()


def _code(block: Block) -> str:
    fence = "```"
    while fence in block.text:
        fence += "`"
    return f"{fence}\n{block.text}\n{fence}" if block.text else ""


def _quote(block: Block) -> str:
    return "\n".join("> " + line for line in escape(block.text).split("\n")) if block.text else ""


def _table(block: Block) -> str:
    headers = [_cell_text(cell) for cell in block.body.get("headers") or ()]
    rows = [[_cell_text(cell) for cell in row] for row in block.body.get("rows") or ()]
    if not headers and not rows:
        return escape(block.text)
    width = max(len(row) for row in [headers, *rows])
    lines = [_table_row(headers, width), "|" + " --- |" * width]
    return "\n".join(lines + [_table_row(row, width) for row in rows])


def _table_row(cells: list[str], width: int) -> str:
    padded = cells + [""] * (width - len(cells))
    return "|" + "".join(f" {cell} |" if cell else "  |" for cell in padded)


def _cell_text(cell: object) -> str:
    text = cell.get("text") if isinstance(cell, dict) else cell
    return escape_inline("" if text is None else str(text)).replace("|", "\\|").replace("\n", "<br>")


def _formula(block: Block) -> str:
    latex = block.body.get("latex")
    return f"$$\n{latex}\n$$" if latex else escape(block.text)


def _picture(block: Block) -> str:
    """A picture has no address here; what is said about it stands in its place."""
    words = block.body.get("alt") or block.body.get("title") or block.body.get("caption") or block.text
    return escape(str(words)) if words else ""


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _LINE_START.sub(_escape_line_start, escape_inline(text))


def escape_inline(text: str) -> str:
    """Text that stands behind a mark on its line, so that its start needs no care."""
    return _INLINE.sub(lambda match: "\\" + match[0], text)


def _escape_line_start(match: re.Match[str]) -> str:
    indent, mark = match[1], match[2]
    return f"{indent}{mark}\\" if mark.isdigit() else f"{indent}\\{mark}"


_RENDERERS: dict[BlockType, Callable[[Block], str]] = {
    BlockType.HEADING: _heading,
    BlockType.LIST: _list,
    BlockType.CODE: _code,
    BlockType.CALLOUT: _quote,
    BlockType.TABLE: _table,
    BlockType.FORMULA: _formula,
    BlockType.IMAGE: _picture,
    BlockType.DIAGRAM: _picture,
    BlockType.CHART: _picture,
}
