"""One block as WordprocessingML, by its type."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from octavo.domain.document import BlockType, Picture
from octavo.exporters import office
from octavo.exporters.bodies import Entry, arrow, callout, chart_rows, edges, entries, nodes, said
from octavo.exporters.docx_footnotes import Footnotes
from octavo.exporters.docx_runs import paragraph, raised, run
from octavo.exporters.docx_styles import BULLETS, LEVELS, Count
from octavo.exporters.flow import Note, Passage
from octavo.exporters.grid import Cell, Grid, grid_of
from octavo.exporters.marks import split_at_marks, without_marker
from octavo.exporters.markup import element, empty
from octavo.exporters.pictures import alternative, inner_text

_PICTURE_DPI = 96
_BOX = {True: "\u2612 ", False: "\u2610 "}
_DEEPEST = 8
_LEAST_COLUMN, _MOST_COLUMN = 5, 40
"""In characters."""
_MOST_COLUMNS = 63
"""Word opens no table that is wider."""


@dataclass(slots=True)
class Body:
    """What is known of the document's body while it is written."""

    width_pt: float
    """Of the text."""
    page_width_pt: float
    with_pictures: bool
    counts: list[Count] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    """The names of those that were used, and how each is called in the package."""
    drawn: int = 0
    footnotes: Footnotes | None = None
    """None where the file has none of its own: each stands at its place on the page."""

    def count(self, count: Count) -> int:
        """The number of a list that counts so."""
        self.counts.append(count)
        return BULLETS + len(self.counts)


def passage_docx(passage: Passage, body: Body) -> str:
    return _RENDERERS.get(passage.block.type, _paragraph)(passage, body)


def _marked(plain: str, notes: Iterable[Note], body: Body, properties: str = "") -> str:
    return "".join(
        _mark(piece, body) if isinstance(piece, Note) else run(piece, properties)
        for piece in split_at_marks(plain, notes)
        if piece
    )


def _mark(note: Note, body: Body) -> str:
    return raised(note.marker) if body.footnotes is None else body.footnotes.reference(note)


def _paragraph(passage: Passage, body: Body) -> str:
    style = "Caption" if passage.block.type is BlockType.CAPTION else None
    return paragraph(_marked(passage.block.text, passage.marks, body), style)


def _heading(passage: Passage, body: Body) -> str:
    level = max(1, min(passage.block.level or 1, LEVELS))
    style = "Title" if passage.block.role == "title" else f"Heading{level}"
    return paragraph(_marked(passage.block.text, passage.marks, body), style)


def _footnote(passage: Passage, body: Body) -> str:
    """Word's own where its mark has been written; else a paragraph where it stands."""
    note = passage.note or passage.inner_note
    if note is None:
        return paragraph(run(passage.block.text), "FootnoteText")
    if body.footnotes is not None and body.footnotes.takes(note):
        return ""
    words = without_marker(passage.block.text, note.marker)
    return paragraph(raised(note.marker) + run(f" {words}"), "FootnoteText")


def _list(passage: Passage, body: Body) -> str:
    """A list counts on by itself as long as its marks do; where they skip, another list goes on."""
    running: dict[int, tuple[str | None, int, int]] = {}
    written = []
    for entry in entries(passage.block):
        running = {level: known for level, known in running.items() if level <= entry.level}
        style, number, id_ = running.get(entry.level, (None, 0, 0))
        if entry.style is None:
            id_ = BULLETS
        elif style != entry.style or entry.number != number + 1:
            id_ = body.count(Count(entry.style, min(entry.level, _DEEPEST), entry.number))
        running[entry.level] = (entry.style, entry.number, id_)
        written.append(_entry(entry, id_))
    return "".join(written) or _paragraph(passage, body)


def _entry(entry: Entry, list_id: int) -> str:
    level = min(entry.level, _DEEPEST)
    if entry.is_checked is not None:
        indent = empty("w:ind", {"w:left": 360 * (level + 2), "w:hanging": 360})
        return paragraph(run(_BOX[entry.is_checked] + entry.text), "ListParagraph", indent)
    counted = empty("w:ilvl", {"w:val": level}) + empty("w:numId", {"w:val": list_id})
    return paragraph(run(entry.text), "ListParagraph", element("w:numPr", counted))


def _code(passage: Passage, _: Body) -> str:
    return paragraph(run(passage.block.text), "Code") + _caption(passage)


def _callout(passage: Passage, body: Body) -> str:
    style = "Quote" if said(passage.block, "kind") == "quote" else "Callout"
    title, words = callout(passage.block)
    head = paragraph(run(title, "<w:b/>"), style, "<w:keepNext/>") if title else ""
    return head + paragraph(_marked(words, passage.marks, body), style)


def _table(passage: Passage, body: Body) -> str:
    grid = grid_of(passage.block.body)
    if grid is None:
        return _paragraph(passage, body)
    return _caption(passage, "<w:keepNext/>") + _grid(grid, body)


def _grid(grid: Grid, body: Body) -> str:
    """With an empty paragraph behind it, so that two tables do not become one."""
    if grid.n_cols > _MOST_COLUMNS:
        lines = ("\t".join(cell.text for cell in row) for row in grid.rows)
        return "".join(paragraph(run(line)) for line in lines)
    widths = _widths(grid, round(body.width_pt * 20))
    look = {"w:val": "04A0", "w:firstRow": 1 if grid.header_rows else 0}
    properties = (
        empty("w:tblStyle", {"w:val": "TableGrid"})
        + empty("w:tblW", {"w:w": sum(widths), "w:type": "dxa"})
        + empty("w:tblLook", look)
    )
    columns = element("w:tblGrid", "".join(empty("w:gridCol", {"w:w": width}) for width in widths))
    return element("w:tbl", element("w:tblPr", properties) + columns + _rows(grid, widths)) + paragraph("")


def _widths(grid: Grid, whole: int) -> list[int]:
    """Of the columns, by the longest line in each; none takes all of the table."""
    longest = [_LEAST_COLUMN] * grid.n_cols
    for row in grid.rows:
        for cell in row:
            if cell.col_span == 1:
                line = max(map(len, cell.text.split("\n")))
                longest[cell.col] = max(longest[cell.col], min(line, _MOST_COLUMN))
    return [whole * share // sum(longest) for share in longest]


def _rows(grid: Grid, widths: list[int]) -> str:
    reaching: dict[int, Cell] = {}
    rows = []
    for at, begun in enumerate(grid.rows):
        here = {cell.col: cell for cell in begun}
        shown = {**{col: cell for col, cell in reaching.items() if cell.row + cell.row_span > at}, **here}
        reaching = shown
        cells = "".join(_cell(cell, at, grid, widths) for _, cell in sorted(shown.items()))
        head = element("w:trPr", "<w:cantSplit/><w:tblHeader/>") if at < grid.header_rows else ""
        rows.append(element("w:tr", head + cells))
    return "".join(rows)


def _cell(cell: Cell, row: int, grid: Grid, widths: list[int]) -> str:
    """A cell that reaches down is said again in each row, empty."""
    width = sum(widths[cell.col : cell.col + cell.col_span])
    properties = empty("w:tcW", {"w:w": width, "w:type": "dxa"})
    if cell.col_span > 1:
        properties += empty("w:gridSpan", {"w:val": cell.col_span})
    if cell.row_span > 1:
        properties += empty("w:vMerge", {"w:val": "restart" if row == cell.row else "continue"})
    bold = "<w:b/>" if cell.header or cell.row < grid.header_rows else ""
    content = run(cell.text, bold) if row == cell.row and cell.text else ""
    return element("w:tc", element("w:tcPr", properties) + paragraph(content))


def _formula(passage: Passage, body: Body) -> str:
    latex = said(passage.block, "latex").strip()
    return paragraph(run(latex), "Formula") if latex else _picture(passage, body)


def _picture(passage: Passage, body: Body) -> str:
    block = passage.block
    seen = _seen(passage, body)
    parts = [seen] if seen else []
    if not seen and alternative(block) not in ("", said(block, "caption")):
        parts.append(paragraph(run(alternative(block))))
    if inner_text(block):
        parts.append(paragraph(run(inner_text(block))))
    return "".join(parts) + _caption(passage)


def _diagram(passage: Passage, body: Body) -> str:
    names = {node.id: node.text or node.id for node in nodes(passage.block)}
    if not names:
        return _picture(passage, body)
    found = edges(passage.block)
    linked = {end for edge in found for end in (edge.start, edge.end)}
    lines = [
        f"{names[edge.start]} {arrow(edge)} {names[edge.end]}" + (f" ({edge.label})" if edge.label else "")
        for edge in found
    ]
    lines += [name for node, name in names.items() if node not in linked]
    listed = "".join(_entry(Entry(line, 0, None, 0, None), BULLETS) for line in lines)
    return _seen(passage, body) + listed + _caption(passage)


def _chart(passage: Passage, body: Body) -> str:
    rows = chart_rows(passage.block)
    grid = grid_of({"headers": rows[0], "rows": rows[1:]}) if rows else None
    if grid is None:
        return _picture(passage, body)
    title = said(passage.block, "title")
    head = paragraph(run(title, "<w:b/>"), None, "<w:keepNext/>") if title else ""
    return _seen(passage, body) + head + _grid(grid, body) + _caption(passage)


def _caption(passage: Passage, more: str = "") -> str:
    caption = said(passage.block, "caption")
    return paragraph(run(caption), "Caption", more) if caption else ""


def _seen(passage: Passage, body: Body) -> str:
    """The picture as wide as it is on its page, at most as the text."""
    picture = passage.picture
    extension = office.extension_of(picture) if picture and body.with_pictures else None
    if picture is None or extension is None:
        return ""
    body.pictures[picture.name] = f"{picture.name}.{extension}"
    body.drawn += 1
    box = passage.block.bbox
    natural = box.width * body.page_width_pt if box else picture.width_px * 72 / _PICTURE_DPI
    width = max(1, round(min(natural, body.width_pt) * office.EMU_PER_POINT))
    height = max(1, round(width * picture.height_px / max(1, picture.width_px)))
    drawn = drawing(picture, body.drawn, alternative(passage.block), width, height)
    return paragraph(element("w:r", element("w:drawing", drawn)), None, "<w:keepNext/>")


def drawing(picture: Picture, number: int, alt: str, width: int, height: int) -> str:
    size = {"cx": width, "cy": height}
    named = {"id": number, "name": picture.name, "descr": alt}
    fill = empty("a:blip", {"r:embed": f"p{picture.name}"}) + element("a:stretch", "<a:fillRect/>")
    frame = element("a:xfrm", empty("a:off", {"x": 0, "y": 0}) + empty("a:ext", size))
    shape = frame + element("a:prstGeom", "<a:avLst/>", {"prst": "rect"})
    shown = (
        element("pic:nvPicPr", empty("pic:cNvPr", named) + "<pic:cNvPicPr/>")
        + element("pic:blipFill", fill)
        + element("pic:spPr", shape)
    )
    graphic = element("a:graphicData", element("pic:pic", shown), {"uri": office.PICTURE})
    content = empty("wp:extent", size) + empty("wp:docPr", named) + element("a:graphic", graphic)
    return element("wp:inline", content, {"distT": 0, "distB": 0, "distL": 0, "distR": 0})


_RENDERERS: dict[BlockType, Callable[[Passage, Body], str]] = {
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
