"""What runs over a page break: paragraphs, lists and tables that go on on the next page.

Each part stays on its own page, with its own text and boxes. The first part learns of the
others (`boxes`, `joined_text`), the others name the first (`continuation_of`). A few pages are
held while something goes on; memory does not grow with the document.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from octavo.domain.document import Block, BlockType, Origin, Page
from octavo.pipeline.structure import markers
from octavo.pipeline.structure.wording import joined, reads_from_right

LONGEST = 16
"""Pages that are held for one block; what goes on longer is told of its first parts only."""
SAME_SIZE = 0.06
"""Of the font size, relative."""
SAME_EDGE = 0.02
"""Of the page's width: columns of one table stand in the same place."""
LOW = 0.5
"""A block that goes on ends in the lower half of its page, and goes on in the upper half of the next."""

_ASIDE = frozenset(
    {BlockType.PAGE_HEADER, BlockType.PAGE_FOOTER, BlockType.FOOTNOTE, BlockType.CAPTION, BlockType.IMAGE}
)
"""What may stand between two parts."""
_ENDED = re.compile(r"[.!?:;…。！？：；؟۔][\"'”’»)\]）」』]*$")  # noqa: RUF001 -- marks of other scripts
_OPEN = re.compile(
    r"[,(\[–—\-\u00ad，、]$|\b(?:and|or|of|the|und|oder|der|die|das|et|ou|de|la|le|y|e|i)$",  # noqa: RUF001 -- marks of other scripts
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Chain:
    """A block that may go on, and the parts of it so far."""

    first: Block
    last: Block
    parts: list[Block]


def join_over_breaks(pages: Iterable[Page]) -> Iterator[Page]:
    """The pages as they come, the parts of one block tied to each other."""
    held: deque[Page] = deque()
    chain: _Chain | None = None
    for page in pages:
        head = _head(page)
        if chain is not None and head is not None and _is_next(page, held) and goes_on(chain.last, head):
            tied = _tied(head, chain)
            page = _with(page, tied)  # noqa: PLW2901 - the page with what is now known of it
            chain.parts.append(tied)
            chain.last = tied
            is_whole_page = _tail(page) is tied
        else:
            yield from _released(held, chain)
            chain, is_whole_page = None, False
        held.append(page)
        if chain is not None and (not is_whole_page or len(held) >= LONGEST):
            tail = _tail(page)
            yield from _released(held, chain, keep_last=not is_whole_page)
            chain = None
            if is_whole_page or tail is None:
                continue
        if chain is None:
            tail = _tail(page)
            chain = _Chain(tail, tail, [tail]) if tail is not None else None
    yield from _released(held, chain)


def goes_on(above: Block, below: Block) -> bool:
    """Whether `below`, first on its page, is more of `above`, last on the page before."""
    if _is_native(above) or not _stand_at_the_break(above, below):
        return False
    if above.type is BlockType.TABLE:
        return below.type is BlockType.TABLE and _same_columns(above, below)
    if above.type is BlockType.LIST:
        return _list_goes_on(above, below)
    return above.type is BlockType.PARAGRAPH is below.type and _prose_goes_on(above, below)


def _stand_at_the_break(above: Block, below: Block) -> bool:
    return bool(above.bbox and below.bbox and above.bbox.y1 > LOW and below.bbox.y0 < LOW)


def _prose_goes_on(above: Block, below: Block) -> bool:
    if not above.text or not below.text or not _same_size(above, below) or _ENDED.search(above.text):
        return False
    if markers.bullet(below.text) or markers.number(below.text):
        return False
    first = below.text[0]
    if first.islower() or _OPEN.search(above.text):
        return True
    is_without_case = first.isalpha() and not first.isupper()
    return (is_without_case or first.isdigit() or first.isupper()) and _is_full(above)


def _is_full(block: Block) -> bool:
    """Its last line reaches the far edge, so that nothing says that it ends there."""
    boxes = [line.bbox for line in block.lines]
    if len(boxes) < 2 or block.bbox is None:
        return False
    edge = 0.03 * block.bbox.width
    if reads_from_right(block.text):
        return boxes[-1].x0 <= min(box.x0 for box in boxes) + edge
    return boxes[-1].x1 >= max(box.x1 for box in boxes) - edge


def _list_goes_on(above: Block, below: Block) -> bool:
    if below.type is BlockType.PARAGRAPH:
        return _prose_goes_on(above, below) and bool(below.text) and below.text[0].islower()
    if below.type is not BlockType.LIST or above.body.get("ordered") != below.body.get("ordered"):
        return False
    if not above.body.get("ordered"):
        return _same_size(above, below)
    last, first = _counted(above, -1), _counted(below, 0)
    return last is not None and first is not None and first == last + 1


def _counted(block: Block, position: int) -> int | None:
    items = [item for item in block.body.get("items") or () if not item.get("level")]
    digits = re.search(r"\d{1,6}", str(items[position].get("marker") or "")) if items else None
    return int(digits[0]) if digits else None


def _same_columns(above: Block, below: Block) -> bool:
    if above.body.get("n_cols") != below.body.get("n_cols") or not above.bbox or not below.bbox:
        return False
    near = abs(above.bbox.x0 - below.bbox.x0) < SAME_EDGE and abs(above.bbox.x1 - below.bbox.x1) < SAME_EDGE
    return near and (_repeats_header(above, below) or not below.body.get("header_rows"))


def _repeats_header(above: Block, below: Block) -> bool:
    headers = above.body.get("headers")
    return bool(headers) and headers == below.body.get("headers")


def _same_size(above: Block, below: Block) -> bool:
    one, other = _size(above), _size(below)
    return one is None or other is None or abs(one - other) <= SAME_SIZE * one


def _size(block: Block) -> float | None:
    sizes = sorted(line.font_size for line in block.lines if line.font_size)
    return sizes[len(sizes) // 2] if sizes else None


def _is_native(block: Block) -> bool:
    return any(word.origin is Origin.NATIVE for line in block.lines[:1] for word in line.words[:1])


def _head(page: Page) -> Block | None:
    return next((block for block in page.blocks if block.type not in _ASIDE), None)


def _tail(page: Page) -> Block | None:
    return next((block for block in reversed(page.blocks) if block.type not in _ASIDE), None)


def _is_next(page: Page, held: deque[Page]) -> bool:
    return bool(held) and page.number == held[-1].number + 1


def _tied(block: Block, chain: _Chain) -> Block:
    tie: dict[str, Any] = {"continuation_of": chain.first.id}
    if block.type is BlockType.TABLE and _repeats_header(chain.first, block):
        tie["repeats_header"] = True
    return replace(block, body={**block.body, **tie})


def _with(page: Page, changed: Block) -> Page:
    """The page with this block in the place of the one of the same id."""
    blocks = tuple(changed if block.id == changed.id else block for block in page.blocks)
    return replace(page, blocks=blocks)


def _released(held: deque[Page], chain: _Chain | None, *, keep_last: bool = False) -> Iterator[Page]:
    """The held pages, the first of them with what is now known of the block that began there."""
    whole = _whole(chain) if chain is not None and len(chain.parts) > 1 else None
    last = held.pop() if keep_last and held else None
    while held:
        page = held.popleft()
        yield _with(page, whole) if whole is not None and page.number == whole.page else page
    if last is not None:
        held.append(last)


def _whole(chain: _Chain) -> Block:
    boxes = [{"page": part.page, "bbox": part.bbox.to_list()} for part in chain.parts if part.bbox]
    body: dict[str, Any] = {**chain.first.body, "boxes": boxes}
    if chain.first.type is BlockType.PARAGRAPH:
        body["joined_text"] = joined([part.text for part in chain.parts])
    elif chain.first.type is BlockType.LIST:
        body["joined_text"] = _joined_list(chain.parts)
    return replace(chain.first, body=body)


def _joined_list(parts: list[Block]) -> str:
    lines: list[str] = []
    for part in parts:
        if part.type is BlockType.PARAGRAPH and lines:
            lines[-1] = joined([lines[-1], part.text])
        else:
            lines.extend(part.text.split("\n"))
    return "\n".join(lines)
