"""Pages set from texts at places, as a reader would hand them on."""

from collections.abc import Iterable, Sequence

from octavo.domain.document import Block, BlockType, Line, Origin, Page, TextSource, Word
from octavo.domain.geometry import BBox
from octavo.domain.native import native_block
from octavo.pipeline.fields.view import View, view_of

A4 = (595.0, 842.0)
SLIP = (220.0, 640.0)
Text = tuple[float, float, str]
"""Left edge and middle in points, and the words."""


def page_of(
    texts: Iterable[Text], *, size: tuple[float, float] = A4, height: float = 10.0, number: int = 1
) -> Page:
    """Each text is a block of one line; letters are half as wide as high."""
    blocks = [_block(index, text, size, height, number) for index, text in enumerate(texts)]
    return Page(number, *size, tuple(blocks))


def slip(lines: Sequence[str], *, height: float = 9.0) -> Page:
    """A till's paper: a line each, where `|` parts what stands far apart."""
    texts: list[Text] = []
    size = (SLIP[0], max(SLIP[1], 14.0 * len(lines) + 20))
    for row, line in enumerate(lines):
        parts = [part.strip() for part in line.split("|")]
        y = 14.0 * (row + 1)
        texts.append((8.0, y, parts[0]))
        for place, part in enumerate(parts[1:], start=1):
            right = size[0] - 8.0 - (len(parts) - 1 - place) * 50.0
            texts.append((right - len(part) * height * 0.5, y, part))
    return page_of([text for text in texts if text[2]], size=size, height=height)


def flowing(*paragraphs: str) -> Page:
    """A page of a source without layout."""
    blocks = [
        native_block(BlockType.PARAGRAPH, page=1, index=index, text=text)
        for index, text in enumerate(paragraphs)
    ]
    return Page(1, *A4, tuple(blocks))


def view(*texts: Text, size: tuple[float, float] = A4) -> View:
    return view_of([page_of(texts, size=size)])


def _block(index: int, text: Text, size: tuple[float, float], height: float, number: int) -> Block:
    x, y, said = text
    words, at = [], x
    for word in said.split():
        width = len(word) * height * 0.5
        box = BBox.clamped(
            at / size[0], (y - height / 2) / size[1], (at + width) / size[0], (y + height / 2) / size[1]
        )
        words.append(Word(word, box, 0.98, Origin.OCR))
        at += width + height * 0.4
    box = BBox(words[0].bbox.x0, words[0].bbox.y0, words[-1].bbox.x1, words[-1].bbox.y1)
    line = Line(tuple(words), box, font_size=height)
    return Block(
        f"blk_{index:012d}",
        BlockType.PARAGRAPH,
        number,
        box,
        index,
        said,
        TextSource.INFERRED,
        0.98,
        verified=False,
        lines=(line,),
    )
