"""One block as WordprocessingML, by its type."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from octavo.domain.document import BlockType, Picture
from octavo.exporters import office
from octavo.exporters.bodies import Entry, arrow, callout, chart_rows, edges, entries, nodes, said
from octavo.exporters.docx_footnotes import Footnotes
from octavo.exporters.docx_runs import paragraph, raised, run
from octavo.exporters.docx_styles import BULLETS, LEVELS, Count
from octavo.exporters.docx_tables import grid_docx
from octavo.exporters.flow import Note, Passage
from octavo.exporters.grid import Cell, grid_of
from octavo.exporters.marks import split_at_marks, text_with_mark, without_marker
from octavo.exporters.markup import element, empty
from octavo.exporters.pictures import alternative, inner_text

_PICTURE_DPI = 96
_BOX = {True: "\u2612 ", False: "\u2610 "}
_DEEPEST = 8


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
    found = list(entries(passage.block))
    marks = _by_text([entry.text for entry in found], passage.inner_marks, body)
    for at, entry in enumerate(found):
        running = {level: known for level, known in running.items() if level <= entry.level}
        style, number, id_ = running.get(entry.level, (None, 0, 0))
        if entry.style is None:
            id_ = BULLETS
        elif style != entry.style or entry.number != number + 1:
            id_ = body.count(Count(entry.style, min(entry.level, _DEEPEST), entry.number))
        running[entry.level] = (entry.style, entry.number, id_)
        written.append(_entry(entry, id_, _marked(entry.text, marks.get(at, ()), body)))
    return "".join(written) or _paragraph(passage, body)


def _by_text(texts: list[str], notes: Iterable[Note], body: Body) -> dict[int, list[Note]]:
    """The notes whose marks are found in these texts, by the place of the text; only Word's own need to be."""
    found: dict[int, list[Note]] = {}
    for note in notes if body.footnotes is not None else ():
        at = text_with_mark(texts, note.marker)
        if at is not None:
            found.setdefault(at, []).append(note)
    return found


def _entry(entry: Entry, list_id: int, words: str) -> str:
    level = min(entry.level, _DEEPEST)
    if entry.is_checked is not None:
        indent = empty("w:ind", {"w:left": 360 * (level + 2), "w:hanging": 360})
        return paragraph(run(_BOX[entry.is_checked]) + words, "ListParagraph", indent)
    counted = empty("w:ilvl", {"w:val": level}) + empty("w:numId", {"w:val": list_id})
    return paragraph(words, "ListParagraph", element("w:numPr", counted))


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
    cells = [cell for row in grid.rows for cell in row] if passage.inner_marks else []
    marks = _by_text([cell.text for cell in cells], passage.inner_marks, body)
    noted = {(cells[at].row, cells[at].col): notes for at, notes in marks.items()}

    def words(cell: Cell, properties: str) -> str:
        return _marked(cell.text, noted.get((cell.row, cell.col), ()), body, properties)

    return _caption(passage, "<w:keepNext/>") + grid_docx(grid, body.width_pt, words)


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
    listed = "".join(_entry(Entry(line, 0, None, 0, None), BULLETS, run(line)) for line in lines)
    return _seen(passage, body) + listed + _caption(passage)


def _chart(passage: Passage, body: Body) -> str:
    rows = chart_rows(passage.block)
    grid = grid_of({"headers": rows[0], "rows": rows[1:]}) if rows else None
    if grid is None:
        return _picture(passage, body)
    title = said(passage.block, "title")
    head = paragraph(run(title, "<w:b/>"), None, "<w:keepNext/>") if title else ""
    return (
        _seen(passage, body)
        + head
        + grid_docx(grid, body.width_pt, lambda cell, look: run(cell.text, look))
        + _caption(passage)
    )


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
