"""One page as WordprocessingML: what runs down it as text, what stands beside it at places of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from octavo.domain.document import Block, BlockType, Page
from octavo.exporters import office
from octavo.exporters.bodies import callout
from octavo.exporters.docx_blocks import Body, passage_docx
from octavo.exporters.docx_layout.drawing import picture_xml, shapes_xml
from octavo.exporters.docx_layout.numbering import Counting
from octavo.exporters.docx_layout.table import MOST_COLUMNS, SetTable
from octavo.exporters.docx_layout.text import Column, Frame, Manner, paragraph_xml, spacer
from octavo.exporters.docx_layout.text import framed as frame_xml
from octavo.exporters.flow import FURNITURE, Passage, passages
from octavo.exporters.grid import grid_of
from octavo.exporters.pictures import alternative, inner_text
from octavo.exporters.setting.arrange import Band, Kind, Placed, arranged
from octavo.exporters.setting.cells import placed_cells
from octavo.exporters.setting.fit import stretch
from octavo.exporters.setting.grids import Box, Ground, is_dark, painted
from octavo.exporters.setting.paragraphs import Paragraph, list_paragraphs, set_text
from octavo.exporters.setting.strips import Setting

_LEAST_MARGIN_PT = 12.0
_ENOUGH_BELOW_PT = 40.0
_TINY_PT = 1.0
_STYLES = {
    BlockType.CAPTION: "Caption",
    BlockType.FOOTNOTE: "FootnoteText",
    BlockType.PAGE_HEADER: "Header",
    BlockType.PAGE_FOOTER: "Footer",
    BlockType.LIST: "ListParagraph",
}
_PICTURED = frozenset({BlockType.IMAGE, BlockType.DIAGRAM, BlockType.CHART, BlockType.FORMULA})
_LEVELS = 6


class Margins(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


class Part(NamedTuple):
    """What stands on the page in one number of columns."""

    xml: str
    columns: tuple[Column, ...]


@dataclass(slots=True)
class SetPage:
    """One page, written from top to bottom."""

    page: Page
    body: Body
    setting: Setting
    counting: Counting = field(default_factory=Counting)
    ground: Ground = field(init=False)
    passages: dict[str, Passage] = field(init=False)
    bands: list[Band] = field(init=False)
    cursor: float = 0.0
    """How far down the page the running text has come."""

    def __post_init__(self) -> None:
        self.ground = Ground(self.page)
        self.passages = {passage.block.id: passage for passage in passages(self.page)}
        body = [block for block in self.page.blocks if block.type not in FURNITURE]
        self.bands = arranged(self.page, body)

    @property
    def margins(self) -> Margins:
        """What the text leaves free, a little less below, so that it never needs another page."""
        flowing = [placed for band in self.bands if band.kind is not Kind.PLACED for placed in band.blocks]
        every = flowing or [placed for band in self.bands for placed in band.blocks]
        width, height = self.setting.width, self.setting.height
        left = min((placed.x0 for placed in every), default=72.0)
        right = width - max((placed.x1 for placed in every), default=width - 72.0)
        top = min((placed.y0 for placed in flowing), default=_LEAST_MARGIN_PT)
        bottom = height - max((placed.y1 for placed in flowing), default=height)
        return Margins(
            max(0.0, min(left, width / 2 - 20)),
            max(_LEAST_MARGIN_PT, min(top - 2 * _TINY_PT - 2.0, height / 2)),
            max(0.0, min(right, width / 2 - 20)),
            _LEAST_MARGIN_PT if bottom > _ENOUGH_BELOW_PT else 0.0,
        )

    def parts(self) -> Iterator[Part]:
        """From top to bottom; columns are a part of their own."""
        margins = self.margins
        whole = Column(margins.left, self.setting.width - margins.right)
        self.cursor = margins.top
        written = [self._drawn()]
        for band in self.bands:
            if band.kind is Kind.COLUMNS:
                written.append(self._white(self._top(band.blocks)))
                yield Part("".join(written), (whole,))
                self.cursor += _TINY_PT
                yield self._columns(band, whole)
                written = []
            elif band.kind is Kind.PLACED:
                written += self._beside(band, whole)
            else:
                written.append(self._flowing(band.blocks[0], whole))
        written += [passage_docx(passage, self.body) for passage in self._nowhere()]
        yield Part("".join(written), (whole,))

    def furniture(self, kind: BlockType) -> str:
        """What this page has as its header or footer, at its place; empty where it has none."""
        return "".join(self._frames(block) for block in self.page.blocks if block.type is kind and block.bbox)

    def _nowhere(self) -> list[Passage]:
        return [
            passage
            for passage in self.passages.values()
            if passage.block.bbox is None and passage.block.type not in FURNITURE
        ]

    def _drawn(self) -> str:
        """Rules and grounds hang on the first paragraph of the page."""
        found = painted(self.ground.areas, self._bounded())
        self.body.drawn += len(found)
        self.cursor += _TINY_PT
        return spacer(_TINY_PT, runs=shapes_xml(found, self.body.drawn - len(found) + 1))

    def _beside(self, band: Band, whole: Column) -> list[str]:
        """Its tables run down the page, since text would go around one that does not; all else is placed."""
        tables = sorted(
            (one for one in band.blocks if one.block.type is BlockType.TABLE), key=lambda one: one.y0
        )
        reached = self.cursor
        running = []
        for table in tables:
            if table.y0 >= reached - _TINY_PT:
                running.append(table)
                reached = table.y1
        written = [
            (self._frames(placed.block) if _is_across(placed, running) else "") or self._at_its_place(placed)
            for placed in band.blocks
            if placed not in running
        ]
        if running:
            self.cursor += _TINY_PT
            written += [spacer(_TINY_PT), *(self._flowing(table, whole) for table in running)]
        return written

    def _bounded(self) -> list[Box]:
        """The tables that draw their own rules and grounds."""
        tables = [block for block in self.page.blocks if block.type is BlockType.TABLE and block.bbox]
        grids = [(block, grid_of(block.body)) for block in tables]
        return [
            self._box(block)
            for block, grid in grids
            if grid and grid.n_cols <= MOST_COLUMNS and placed_cells(grid, block).is_bounded
        ]

    def _columns(self, band: Band, whole: Column) -> Part:
        begun = self.cursor
        lowest = begun
        starts = [min(placed.x0 for placed in column) for column in band.columns]
        ends = [max(placed.x1 for placed in column) for column in band.columns]
        starts[0], ends[-1] = whole.left, whole.right
        columns = tuple(Column(start, max(start + 10, end)) for start, end in zip(starts, ends, strict=True))
        written = []
        for at, (column, blocks) in enumerate(zip(columns, band.columns, strict=True)):
            self.cursor = begun
            if at:
                written.append(spacer(_TINY_PT, runs='<w:r><w:br w:type="column"/></w:r>'))
                self.cursor += _TINY_PT
            # Space above the first paragraph of a column is taken from all columns by some programs.
            written.append(self._white(self._top(blocks[:1])))
            written += [self._flowing(placed, column) for placed in blocks]
            lowest = max(lowest, self.cursor)
        self.cursor = lowest + _TINY_PT
        return Part("".join(written), columns)

    def _flowing(self, placed: Placed, column: Column) -> str:
        block = placed.block
        grid = grid_of(block.body) if block.type is BlockType.TABLE else None
        if grid and grid.n_cols <= MOST_COLUMNS:
            table = SetTable(grid, block, self.setting, self.ground)
            white = self._white(table.top)
            self.cursor += table.height + _TINY_PT
            return white + table.xml(column.left) + spacer(_TINY_PT)
        if self._has_picture(block):
            box = self._box(block)
            white = self._white(box.y0)
            self.cursor += box.y1 - box.y0 + _TINY_PT
            return white + self._picture(block, box.x0 - column.left)
        paragraphs = self._paragraphs(block)
        if not paragraphs:
            return passage_docx(self.passages[block.id], self.body)
        return "".join(self._running(one, block, column) for one in paragraphs)

    def _running(self, paragraph: Paragraph, block: Block, column: Column) -> str:
        before = max(0.0, paragraph.top - self.cursor)
        self.cursor += before + len(paragraph.strips) * paragraph.pitch
        return self._written(paragraph, block, column, None, before)

    def _top(self, blocks: tuple[Placed, ...]) -> float:
        """Where the first line of the highest one begins."""
        tops = [paragraph.top for placed in blocks for paragraph in self._paragraphs(placed.block)[:1]]
        return min([*tops, *(placed.y0 for placed in blocks if not placed.block.lines)], default=self.cursor)

    def _white(self, top: float) -> str:
        white = top - self.cursor
        if white < _TINY_PT:
            return ""
        self.cursor += white
        return spacer(white)

    def _at_its_place(self, placed: Placed) -> str:
        block = placed.block
        grid = grid_of(block.body) if block.type is BlockType.TABLE else None
        if grid and grid.n_cols <= MOST_COLUMNS:
            self.cursor += _TINY_PT
            table = SetTable(grid, block, self.setting, self.ground)
            return table.xml(0.0, is_placed=True) + spacer(_TINY_PT)
        if self._has_picture(block):
            box = self._box(block)
            return self._picture(block, 0.0, Frame(box.x0, box.y0, box.x1 - box.x0))
        written = self._frames(block)
        if written:
            return written
        return passage_docx(self.passages[block.id], self.body)

    def _frames(self, block: Block) -> str:
        """Paragraphs of one frame must say the same place, or they become two."""
        paragraphs = self._paragraphs(block)
        if not paragraphs:
            return ""
        x0, x1 = min(one.x0 for one in paragraphs), max(one.x1 for one in paragraphs)
        bullets = [one.bullet.x0 for one in paragraphs if one.bullet]
        x0 = min([x0, *bullets])
        slack = 4 + 0.08 * (x1 - x0)
        left, right = max(0.0, x0 - slack), min(self.setting.width, x1 + slack)
        frame = Frame(left, paragraphs[0].top, right - left)
        written = []
        cursor = paragraphs[0].top
        for one in paragraphs:
            before = max(0.0, one.top - cursor)
            cursor += before + len(one.strips) * one.pitch
            written.append(self._written(one, block, Column(left, right), frame, before))
        return "".join(written)

    def _written(
        self, paragraph: Paragraph, block: Block, column: Column, frame: Frame | None, before: float
    ) -> str:
        box = Box(paragraph.x0, paragraph.strips[0].y0, paragraph.x1, paragraph.strips[-1].y1)
        manner = Manner(
            column,
            self.setting.family,
            style=_style(block),
            frame=frame,
            stretched=stretch(paragraph, self.setting.family),
            on_dark=is_dark(self.ground.fill_at(box)),
            numbered=self.counting.properties(paragraph.bullet, self.body) if paragraph.bullet else "",
            keeps_indent=block.type is BlockType.CODE,
        )
        return paragraph_xml(paragraph, manner, before)

    def _paragraphs(self, block: Block) -> list[Paragraph]:
        if block.type is BlockType.LIST:
            found = list_paragraphs(block, self.setting)
            if found:
                return found
        text = "\n".join(filter(None, callout(block))) if block.type is BlockType.CALLOUT else block.text
        found = set_text(text, block.lines, self.setting)
        return found if block.type is BlockType.CODE else [_without_lead(one) for one in found]

    def _has_picture(self, block: Block) -> bool:
        picture = self.passages[block.id].picture
        return (
            block.type in _PICTURED
            and self.body.with_pictures
            and picture is not None
            and office.extension_of(picture) is not None
        )

    def _picture(self, block: Block, indent: float, frame: Frame | None = None) -> str:
        picture = self.passages[block.id].picture
        assert picture is not None  # noqa: S101 -- asked before
        self.body.pictures[picture.name] = f"{picture.name}.{office.extension_of(picture)}"
        self.body.drawn += 1
        alt = "\n".join(dict.fromkeys(filter(None, (alternative(block), inner_text(block), block.text))))
        framed = frame_xml(frame) if frame else ""
        return picture_xml(picture, self.body.drawn, alt, self._box(block), indent, framed)

    def _box(self, block: Block) -> Box:
        box = block.bbox
        assert box is not None  # noqa: S101 -- what is arranged has a place
        width, height = self.setting.width, self.setting.height
        return Box(box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height)


def _is_across(placed: Placed, running: list[Placed]) -> bool:
    """Whether it is a table that one of those would have to make way for."""
    return placed.block.type is BlockType.TABLE and any(
        placed.x0 < one.x1 and one.x0 < placed.x1 for one in running
    )


def _style(block: Block) -> str | None:
    if block.type is BlockType.HEADING:
        return "Title" if block.role == "title" else f"Heading{max(1, min(block.level or 1, _LEVELS))}"
    return _STYLES.get(block.type)


def _without_lead(paragraph: Paragraph) -> Paragraph:
    """White before the first letter is said by the indent."""
    first = paragraph.runs[0]
    return replace(paragraph, runs=(first._replace(text=first.text.lstrip(" \t")), *paragraph.runs[1:]))
