"""One block as Markdown, by its type."""

import re
from collections.abc import Callable, Iterable

from octavo.domain.document import Block, BlockType
from octavo.exporters.bodies import callout, chart_rows, entries, own_caption, said
from octavo.exporters.flow import Note, Passage, Place
from octavo.exporters.grid import grid_of
from octavo.exporters.markdown_escape import (
    escape,
    escape_behind,
    escape_cell,
    escape_inline,
    escape_label,
    fenced,
    with_breaks,
)
from octavo.exporters.marks import split_at_marks, without_marker
from octavo.exporters.mermaid import flowchart
from octavo.exporters.pictures import alternative, inner_text, picture_source
from octavo.exporters.rendering import WITHOUT_PICTURES, Rendering

IMAGE_MARK = "<!-- image -->"
_LAST_LEVEL = 6
_ALERTS = frozenset({"note", "tip", "important", "warning", "caution"})
_LANGUAGE = re.compile(r"[\w+#.-]{1,30}\Z")


def passage_markdown(passage: Passage, rendering: Rendering) -> str:
    """Empty where the block has nothing to say in Markdown."""
    return _RENDERERS.get(passage.block.type, _paragraph)(passage, rendering)


def block_markdown(block: Block) -> str:
    """A block for itself, without its picture."""
    return passage_markdown(Passage(block, (Place(block.page, block.bbox),)), WITHOUT_PICTURES)


def _paragraph(passage: Passage, _: Rendering) -> str:
    return with_breaks(_marked(passage.block.text, passage.marks))


def _marked(text: str, notes: Iterable[Note], *, behind: bool = False) -> str:
    """Escaped, with the references to its footnotes; `behind` a mark that begins its line."""
    written = ""
    for piece in split_at_marks(text, notes):
        if isinstance(piece, Note):
            written += f"[^{piece.key}]"
        else:
            written += escape_behind(piece) if written or behind else escape(piece)
    return written


def _heading(passage: Passage, _: Rendering) -> str:
    text = _marked(" ".join(passage.block.text.split()), passage.marks, behind=True)
    level = max(1, min(passage.block.level or 1, _LAST_LEVEL))
    return "#" * level + " " + text if text else ""


def _footnote(passage: Passage, rendering: Rendering) -> str:
    if passage.note is None:
        return _paragraph(passage, rendering)
    text = escape(without_marker(passage.block.text, passage.note.marker))
    return f"[^{passage.note.key}]: " + text.replace("\n", "\n    ")


def _list(passage: Passage, _: Rendering) -> str:
    indents = [0]
    lines: list[str] = []
    for entry in entries(passage.block):
        del indents[entry.level + 1 :]
        mark = f"{entry.number}." if entry.style == "1" else "-"
        box = "" if entry.is_checked is None else "[x] " if entry.is_checked else "[ ] "
        indent = " " * indents[-1]
        behind = "\n" + indent + " " * (len(mark) + 1)
        lines.append(f"{indent}{mark} {box}{escape(entry.text).replace(chr(10), behind)}".rstrip())
        indents.append(indents[-1] + max(3, len(mark) + 1))
    return "\n".join(lines) or escape(passage.block.text)


def _code(passage: Passage, _: Rendering) -> str:
    language = said(passage.block, "language")
    known = language if _LANGUAGE.match(language) else ""
    code = fenced(passage.block.text, known) if passage.block.text else ""
    return _stacked(code, escape(own_caption(passage.block)))


def _callout(passage: Passage, _: Rendering) -> str:
    kind = said(passage.block, "kind")
    title, text = callout(passage.block)
    lines = [f"[!{kind.upper()}]"] if kind in _ALERTS else []
    is_said = kind in _ALERTS and title.casefold() == kind
    lines += [f"**{escape_inline(' '.join(title.split()))}**"] if title and not is_said else []
    lines += _marked(text, passage.marks).split("\n") if text else []
    return "\n".join(f"> {line}" for line in lines)


def _table(passage: Passage, _: Rendering) -> str:
    grid = grid_of(passage.block.body)
    if grid is None:
        return escape(passage.block.text)
    table = _pipes([list(grid.headers), *grid.body_texts], grid.n_cols)
    return _stacked(escape(own_caption(passage.block)), table)


def _pipes(rows: list[list[str]], width: int) -> str:
    lines = [_pipe_row(row + [""] * (width - len(row))) for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _pipe_row(cells: list[str]) -> str:
    return "|" + "".join(f" {cell} |" if cell else "  |" for cell in map(escape_cell, cells))


def _formula(passage: Passage, rendering: Rendering) -> str:
    latex = said(passage.block, "latex").strip()
    if not latex:
        return _picture(passage, rendering)
    if passage.block.body.get("display") is False and "\n" not in latex:
        return f"${latex}$"
    return f"$$\n{latex}\n$$"


def _picture(passage: Passage, rendering: Rendering) -> str:
    """Where the picture is not shown, what is said about it stands in its place."""
    block = passage.block
    source = picture_source(passage.picture, rendering, "url")
    alternatives = alternative(block)
    caption = own_caption(block)
    inside = with_breaks(escape(inner_text(block)))
    if source:
        return _stacked(f"![{escape_label(alternatives)}]({source})", escape(caption), inside)
    if caption == alternatives:
        caption = ""
    return _stacked(_mark(rendering), escape(alternatives), escape(caption), inside)


def _diagram(passage: Passage, rendering: Rendering) -> str:
    chart = flowchart(passage.block)
    if not chart:
        return _picture(passage, rendering)
    return _stacked(_seen(passage, rendering), fenced(chart, "mermaid"), escape(own_caption(passage.block)))


def _chart(passage: Passage, rendering: Rendering) -> str:
    rows = chart_rows(passage.block)
    if not rows:
        return _picture(passage, rendering)
    title, caption = said(passage.block, "title"), own_caption(passage.block)
    table = _pipes(rows, max(len(row) for row in rows))
    return _stacked(_seen(passage, rendering), escape(title), table, escape(caption))


def _seen(passage: Passage, rendering: Rendering) -> str:
    source = picture_source(passage.picture, rendering, "url")
    return f"![{escape_label(alternative(passage.block))}]({source})" if source else _mark(rendering)


def _mark(rendering: Rendering) -> str:
    return IMAGE_MARK if rendering.option("images", "url") == "marked" else ""


def _stacked(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


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
