"""LaTeX for the formula blocks of a page: from its text layer, else from its picture."""

from collections.abc import Callable
from dataclasses import replace

from octavo.domain.document import Block, BlockType
from octavo.domain.drawing import Glyph
from octavo.domain.geometry import BBox
from octavo.pipeline.formulas.picture.read import read_formula
from octavo.pipeline.formulas.rebuild import Rebuilt, rebuild
from octavo.pipeline.ink import crop
from octavo.pipeline.sight import Sight
from octavo.ports.engines import SymbolNamer

DPI = 300.0
EDGE_PT = 1.5
"""Glyphs of symbol fonts hang a little out of their line."""


def with_latex(
    blocks: tuple[Block, ...],
    glyphs: Callable[[BBox], tuple[Glyph, ...]],
    sight: Sight,
    width_pt: float,
    height_pt: float,
    namer: SymbolNamer | None = None,
) -> tuple[Block, ...]:
    """Every formula with `latex` in its body: None where it cannot be known.

    Args:
        blocks: Of the page, upright as its file has it.
        glyphs: The characters of the text layer in a box; none on a scan.
        sight: For the bars of fractions and roots, and for the picture where there is no text layer.
        width_pt: Of the page.
        height_pt: Of the page.
        namer: Names symbols in the picture; without it, no picture is read.
    """

    def written(block: Block) -> Block:
        if block.type is not BlockType.FORMULA or block.bbox is None or block.body.get("latex"):
            return block
        box = _widened(block.bbox, EDGE_PT / width_pt, EDGE_PT / height_pt)
        found = glyphs(box)
        rebuilt = rebuild(found, sight.paths(), width_pt, height_pt) if found else None
        if not found and namer is not None:
            rebuilt = _pictured(box, sight, namer)
        body = {**block.body, "latex": rebuilt.latex if rebuilt else None, "display": True}
        if rebuilt and rebuilt.number:
            body["number"] = rebuilt.number
        return replace(block, body=body)

    if not any(block.type is BlockType.FORMULA for block in blocks):
        return blocks
    return tuple(written(block) for block in blocks)


def _pictured(box: BBox, sight: Sight, namer: SymbolNamer) -> Rebuilt | None:
    seen = read_formula(crop(sight.image(DPI), box), namer)
    return seen.rebuilt if seen and seen.is_sure else None


def _widened(box: BBox, x: float, y: float) -> BBox:
    return BBox.clamped(box.x0 - x, box.y0 - y, box.x1 + x, box.y1 + y)
