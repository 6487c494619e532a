"""One slide as a page: its shapes as blocks in reading order, the speaker's notes after them."""

from dataclasses import replace
from hashlib import sha256

from octavo.adapters.readers.office.geometry import EMU_PER_POINT
from octavo.adapters.readers.office.rich_text import plain_text
from octavo.adapters.readers.office.xml import NAMESPACES, Element
from octavo.adapters.readers.pptx.draft import Draft, Unit
from octavo.adapters.readers.pptx.graph import Diagram, diagrams_of
from octavo.adapters.readers.pptx.graphics import Graphics
from octavo.adapters.readers.pptx.order import in_reading_order
from octavo.adapters.readers.pptx.paragraphs import read_paragraphs
from octavo.adapters.readers.pptx.passages import Frame, passages
from octavo.adapters.readers.pptx.placeholders import FURNITURE, placeholder_of
from octavo.adapters.readers.pptx.presentation import Backdrop, Presentation
from octavo.adapters.readers.pptx.shapes import Shape, shapes_of
from octavo.adapters.readers.pptx.tables import table_draft
from octavo.domain.document import Block, BlockType
from octavo.domain.geometry import BBox
from octavo.domain.native import native_block
from octavo.ports.readers import Limits, NativePage

_BELOW = BBox(0.0, 1.0, 1.0, 1.0)
"""Speaker's notes belong to a slide and stand nowhere on it."""
_NOWHERE = BBox(0.0, 0.0, 0.0, 0.0)
_NOT_NOTES = {*FURNITURE, "sldImg"}


def read_slide(presentation: Presentation, part: str, number: int, limits: Limits) -> NativePage:
    """Raises as `Package` does."""
    slide = presentation.package.tree(part)
    backdrop = presentation.backdrop(presentation.layout_of(part))
    frame = Frame(presentation.width, presentation.height)
    graphics = Graphics(presentation.package, part, number, frame, limits)
    shapes = shapes_of(slide, backdrop)
    shown = [shape for shape in shapes if not shape.hidden]
    if len(shown) < len(shapes):
        graphics.note("hidden_shapes")
    if slide.get("show") in {"0", "false"}:
        graphics.note("hidden")
    diagrams = diagrams_of(shown, frame)
    reading = _Slide(presentation, backdrop, graphics, number)
    units = [unit for shape in shown if (unit := reading.unit(shape, diagrams)) is not None]
    units.extend(Unit(diagram.draft.bbox, (diagram.draft,)) for diagram in diagrams)
    drafts = [*_ordered(units, frame), *_speaker_notes(presentation, part)]
    return NativePage(
        number=number,
        width_pt=round(frame.width / EMU_PER_POINT, 3),
        height_pt=round(frame.height / EMU_PER_POINT, 3),
        blocks=_blocks(drafts, number),
        pictures=tuple(graphics.pictures.values()),
        name=next((draft.text for draft in drafts if draft.type is BlockType.HEADING), None),
        notes=tuple(graphics.notes),
    )


class _Slide:
    """What reading one shape needs to know of the slide around it."""

    def __init__(
        self, presentation: Presentation, backdrop: Backdrop, graphics: Graphics, number: int
    ) -> None:
        self._backdrop, self._graphics = backdrop, graphics
        self._default = presentation.text_style
        self._opens = number == 1

    def unit(self, shape: Shape, diagrams: list[Diagram]) -> Unit | None:
        """None where there is nothing to read, or a diagram has it."""
        if shape.kind == "connector" or any(shape.id in diagram.shapes for diagram in diagrams):
            return None
        drafts = tuple(self._drafts(shape))
        if not drafts:
            return None
        # A table is as large as its cells, which its frame may not know.
        return Unit(drafts[0].bbox if shape.kind == "table" else self._place(shape), drafts)

    def _drafts(self, shape: Shape) -> list[Draft]:
        if shape.kind == "text":
            return self._text(shape)
        if shape.kind == "table":
            draft = table_draft(shape.element, shape.box, self._graphics.frame)
        else:
            draft = self._graphics.draft(shape)
            if shape.kind == "unknown":
                self._graphics.note("graphic_not_read")
        return [draft] if draft else []

    def _text(self, shape: Shape) -> list[Draft]:
        paragraphs = read_paragraphs(shape, self._backdrop, self._default)
        if not paragraphs:
            filled = self._graphics.fill_picture(shape)
            return [filled] if filled else []
        names_document = self._opens and self._is_title_slide(shape)
        return passages(shape, paragraphs, self._place(shape), self._graphics.frame, is_title=names_document)

    def _is_title_slide(self, shape: Shape) -> bool:
        centred = shape.placeholder is not None and shape.placeholder.type == "ctrTitle"
        return centred or self._backdrop.layout_type == "title"

    def _place(self, shape: Shape) -> BBox:
        return self._graphics.frame.fraction(shape.box) if shape.box else _NOWHERE


def _ordered(units: list[Unit], frame: Frame) -> list[Draft]:
    """Titles, the rest by where it stands, then what repeats at the slide's foot."""
    titles = [unit for unit in units if _is(unit, BlockType.HEADING)]
    heads = [unit for unit in units if _is(unit, BlockType.PAGE_HEADER)]
    feet = [unit for unit in units if _is(unit, BlockType.PAGE_FOOTER)]
    apart = {id(unit) for unit in (*titles, *heads, *feet)}
    rest = [unit for unit in units if id(unit) not in apart]
    feet.sort(key=lambda unit: (unit.bbox.x0, unit.bbox.y0))
    ordered = [*heads, *titles, *in_reading_order(rest, frame.width / frame.height), *feet]
    return [draft for unit in ordered for draft in unit.drafts]


def _is(unit: Unit, type_: BlockType) -> bool:
    return unit.drafts[0].type is type_


def _speaker_notes(presentation: Presentation, part: str) -> list[Draft]:
    name = presentation.package.related(part, "notesSlide")
    if name is None:
        return []
    shapes = presentation.package.tree(name).iterfind("p:cSld/p:spTree//p:sp", NAMESPACES)
    texts = [plain_text(shape.find("p:txBody", NAMESPACES)) for shape in shapes if _is_note(shape)]
    return [Draft(BlockType.PARAGRAPH, text, _BELOW, role="notes") for text in texts if text]


def _is_note(shape: Element) -> bool:
    placeholder = placeholder_of(shape)
    return placeholder is None or placeholder.type not in _NOT_NOTES


def _blocks(drafts: list[Draft], number: int) -> tuple[Block, ...]:
    blocks: list[Block] = []
    seen: set[str] = set()
    for index, draft in enumerate(drafts):
        block = native_block(
            draft.type,
            page=number,
            index=index,
            text=draft.text,
            bbox=draft.bbox,
            level=draft.level,
            role=draft.role,
            body=draft.body,
        )
        if block.id in seen:  # the same text twice in the same place: a shadow drawn by hand
            block = replace(block, id=f"blk_{sha256(f'{block.id} {index}'.encode()).hexdigest()[:12]}")
        seen.add(block.id)
        blocks.append(block)
    return tuple(blocks)
