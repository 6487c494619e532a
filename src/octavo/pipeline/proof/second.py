"""A second, independent reading of what was read from ink: a block that two engines read alike is proven.

Independent are engines that share neither models nor training: PP-OCR and Tesseract. Two sizes of one model, or one
model on two scalings of a picture, err alike, and prove nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from octavo.domain.document import Block, BlockType, Line, Origin, TextSource, Word
from octavo.domain.errors import PageUnreadable
from octavo.domain.geometry import BBox
from octavo.pipeline.proof.comparing import spelling
from octavo.ports.engines import PageImage, Recogniser

CONFIRMED = "second_reading"
_DRAWN = frozenset({BlockType.IMAGE, BlockType.DIAGRAM, BlockType.CHART, BlockType.FORMULA})
_NEXT_TO = 0.6
"""Of the line's height: a word this near to its end would be part of it."""
_INSIDE = 0.5
"""Of the height of a word of the second reading: how much of it must lie in the line."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()


def confirm(blocks: tuple[Block, ...], image: PageImage, second: Recogniser) -> Confirmed:
    """The blocks, those verified that `second` reads word for word the same in the upright `image`.

    Asks it only where a block was read from ink.
    """
    if not any(_is_read(block) for block in blocks):
        return Confirmed(blocks)
    try:
        words = [word for line in second.recognise(image) for word in line.words]
    except PageUnreadable:
        return Confirmed(blocks)  # the first reading stands, unproven
    aspect = image.height / image.width
    found = tuple(
        _proven(block) if _is_read(block) and _agrees(block, words, aspect) else block for block in blocks
    )
    return Confirmed(found, (CONFIRMED,))


def _is_read(block: Block) -> bool:
    """Text that was read from ink, all of it, and with every word on ink. What a drawing means is no text."""
    words = [word for line in block.lines for word in line.words]
    return (
        block.text_source is TextSource.INFERRED
        and block.type not in _DRAWN
        and bool(words)
        and all(word.origin is Origin.OCR and word.confidence != 0 for word in words)
    )


def _agrees(block: Block, words: Sequence[Word], aspect: float) -> bool:
    return all(_texts(line.words) == _texts(_within(line, words, aspect)) for line in block.lines)


def _texts(words: Sequence[Word]) -> list[str]:
    """Word for word; one form for each quote and dash."""
    return [spelling(word.text) for word in words]


def _within(line: Line, words: Sequence[Word], aspect: float) -> list[Word]:
    """The words of the second reading that stand on this line, as they are read."""
    near = _NEXT_TO * line.bbox.height * aspect
    box = replace(line.bbox, x0=line.bbox.x0 - near, x1=line.bbox.x1 + near)
    inside = [word for word in words if _stands_on(word.bbox, box)]
    backwards = len(line.words) > 1 and line.words[0].bbox.x0 > line.words[-1].bbox.x0
    return sorted(inside, key=lambda word: -word.bbox.x1 if backwards else word.bbox.x0)


def _stands_on(word: BBox, line: BBox) -> bool:
    overlap = min(word.y1, line.y1) - max(word.y0, line.y0)
    return line.x0 <= word.center[0] <= line.x1 and overlap > _INSIDE * min(word.height, line.height) > 0


def _proven(block: Block) -> Block:
    return replace(block, text_source=TextSource.VERIFIED, verified=True)
