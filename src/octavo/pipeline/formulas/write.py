"""LaTeX for the formula blocks of a digital page."""

from collections.abc import Callable
from dataclasses import replace

from octavo.domain.document import Block, BlockType
from octavo.domain.drawing import Glyph
from octavo.domain.geometry import BBox
from octavo.pipeline.formulas.rebuild import rebuild
from octavo.pipeline.sight import Sight

EDGE_PT = 1.5
"""Glyphs of symbol fonts hang a little out of their line."""


def with_latex(
    blocks: tuple[Block, ...],
    glyphs: Callable[[BBox], tuple[Glyph, ...]],
    sight: Sight,
    width_pt: float,
    height_pt: float,
) -> tuple[Block, ...]:
    """Every formula with `latex` in its body: None where it cannot be known from the text layer.

    Args:
        blocks: Of the page, upright as its file has it.
        glyphs: The characters of the text layer in a box; none on a scan.
        sight: For the bars of fractions and roots.
        width_pt: Of the page.
        height_pt: Of the page.
    """

    def written(block: Block) -> Block:
        if block.type is not BlockType.FORMULA or block.bbox is None:
            return block
        box = _widened(block.bbox, EDGE_PT / width_pt, EDGE_PT / height_pt)
        found = glyphs(box)
        rebuilt = rebuild(found, sight.paths(), width_pt, height_pt) if found else None
        body = {**block.body, "latex": rebuilt.latex if rebuilt else None, "display": True}
        if rebuilt and rebuilt.number:
            body["number"] = rebuilt.number
        return replace(block, body=body)

    if not any(block.type is BlockType.FORMULA for block in blocks):
        return blocks
    return tuple(written(block) for block in blocks)


def _widened(box: BBox, x: float, y: float) -> BBox:
    return BBox.clamped(box.x0 - x, box.y0 - y, box.x1 + x, box.y1 + y)
