"""Headers and footers of a document of one page: nothing repeats, so they need other signs.

The foot of a receipt is its total and its thanks; taken for a page footer, they would be left out of
the running text.
"""

from collections import Counter
from dataclasses import replace

from octavo.domain.document import Block, BlockType, Page
from octavo.pipeline.structure import markers
from octavo.pipeline.structure.blocks import block_id

SMALLER = 0.93
"""Than most of the page's text."""
SIDEWAYS = 2.5
_FURNITURE = frozenset({BlockType.PAGE_HEADER, BlockType.PAGE_FOOTER})


def with_evident_furniture(page: Page) -> Page:
    """The page, with headers and footers that nothing speaks for as paragraphs."""
    furniture = [block for block in page.blocks if block.type in _FURNITURE]
    if not furniture:
        return page
    usual = _usual_size(page)
    has_number = {block.type for block in furniture if markers.is_page_number(block.text)}
    blocks = tuple(
        _as_text(block)
        if block in furniture and block.type not in has_number and not _is_set_apart(block, usual)
        else block
        for block in page.blocks
    )
    return replace(page, blocks=blocks)


def _is_set_apart(block: Block, usual: float) -> bool:
    """Small type, or type that runs up the margin."""
    box = block.bbox
    if box is not None and box.height > SIDEWAYS * box.width:
        return True
    sizes = [line.font_size for line in block.lines if line.font_size]
    return bool(sizes) and max(sizes) < SMALLER * usual


def _usual_size(page: Page) -> float:
    """Of most letters, to half a point; 0.0 where no size is known."""
    letters: Counter[float] = Counter()
    for block in page.blocks:
        for line in block.lines:
            if line.font_size and block.type not in _FURNITURE:
                letters[round(line.font_size * 2) / 2] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def _as_text(block: Block) -> Block:
    if block.bbox is None:
        return block
    changed = block_id(block.page, BlockType.PARAGRAPH, block.bbox, block.text)
    return replace(block, id=changed, type=BlockType.PARAGRAPH)
