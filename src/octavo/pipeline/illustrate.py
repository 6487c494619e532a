"""The pictures of a page's figures, charts, diagrams and formulas, cut from the page as it is seen."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from octavo.domain.document import Block, BlockType, Picture
from octavo.domain.geometry import BBox
from octavo.pipeline.ink import crop, shrunk
from octavo.pipeline.pictures import JPEG, PNG, encode_picture
from octavo.pipeline.sight import Sight
from octavo.ports.engines import PageImage

DPI = 150.0
LONGEST_PX = 2400
MOST = 60
"""Of one page; the largest are kept."""
SMALLEST = 0.0004
"""Of the page's area: a bullet or a spot; formulas may be as small as they are."""
FEW_COLOURS = 900
"""Different colours (of 4,096) in a small copy: a drawing has tens or hundreds, a photograph thousands."""

_PICTURED = frozenset({BlockType.IMAGE, BlockType.DIAGRAM, BlockType.CHART, BlockType.FORMULA})


def illustrate(
    blocks: tuple[Block, ...], sight: Sight, page: int
) -> tuple[tuple[Block, ...], tuple[Picture, ...]]:
    """The blocks with `image` in the body of those that are pictures, and the pictures."""
    wanted = _worth_showing(blocks)
    if not wanted:
        return blocks, ()
    whole = sight.image(DPI)
    pictures = {id_: _picture(whole, box, page) for id_, box in wanted.items()}
    shown = tuple(
        replace(block, body={**block.body, "image": pictures[block.id].to_body()})
        if block.id in pictures
        else block
        for block in blocks
    )
    return shown, tuple({picture.name: picture for picture in pictures.values()}.values())


def _worth_showing(blocks: Iterable[Block]) -> dict[str, BBox]:
    boxes = {
        block.id: block.bbox
        for block in blocks
        if block.type in _PICTURED
        and block.bbox is not None
        and (block.bbox.area >= SMALLEST or block.type is BlockType.FORMULA)
    }
    largest = sorted(boxes.items(), key=lambda entry: entry[1].area, reverse=True)
    return dict(largest[:MOST])


def _picture(whole: PageImage, box: BBox, page: int) -> Picture:
    part = shrunk(crop(whole, box), LONGEST_PX)
    media_type = PNG if _is_drawing(part) else JPEG
    content = encode_picture(part, media_type)
    return Picture.of(page, media_type, content, part.width, part.height)


def _is_drawing(image: PageImage) -> bool:
    small = shrunk(image, 200).pixels // 16
    codes = small[..., 0].astype(np.int32) * 256 + small[..., 1] * 16 + small[..., 2]
    return int(np.unique(codes).size) <= FEW_COLOURS
