"""Running text on a page: lines that cannot be rows of a table without rules."""

from collections.abc import Sequence

from octavo.domain.document import Line, ReadPage
from octavo.pipeline.tables.rules import Area

FEWEST_WORDS = 5
FEWEST_LETTERS = 25
CHAIN = 3
"""Lines."""
NEXT_LINE = 1.9
"""Times the font size, from baseline to baseline."""


def prose_areas(page: ReadPage, em: float) -> list[Area]:
    """Boxes around at least three long lines below one another, and what ends or opens them. Points."""
    width, height = page.width_pt, page.height_pt
    boxes = sorted((_box(line, width, height) for line in page.lines if line.words), key=lambda box: box.y0)
    texty = sorted(
        (_box(line, width, height) for line in page.lines if _is_long(line)), key=lambda box: box.y0
    )
    chains: list[list[Area]] = []
    for box in texty:
        chain = next((chain for chain in reversed(chains[-12:]) if _follows(chain[-1], box, em)), None)
        if chain is None:
            chains.append([box])
        else:
            chain.append(box)
    areas = [_around(chain) for chain in chains if len(chain) >= CHAIN]
    return [_with_ends(area, boxes, em) for area in areas]


def _is_long(line: Line) -> bool:
    if len(line.words) < FEWEST_WORDS:
        return False
    text = line.text
    letters = sum(map(str.isalpha, text))
    return len(text) >= FEWEST_LETTERS and letters >= 0.6 * len(text.replace(" ", ""))


def _box(line: Line, width: float, height: float) -> Area:
    box = line.bbox
    return Area(box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height)


def _follows(above: Area, below: Area, em: float) -> bool:
    step = (below.y0 + below.y1) / 2 - (above.y0 + above.y1) / 2
    shared = min(above.x1, below.x1) - max(above.x0, below.x0)
    return 0.4 * em < step <= NEXT_LINE * em and shared >= 0.6 * min(above.x1 - above.x0, below.x1 - below.x0)


def _around(chain: Sequence[Area]) -> Area:
    return Area(
        min(box.x0 for box in chain),
        chain[0].y0,
        max(box.x1 for box in chain),
        max(box.y1 for box in chain),
    )


def _with_ends(area: Area, boxes: Sequence[Area], em: float) -> Area:
    """The last, short line of a paragraph below."""
    bottom = area.y1
    for box in boxes:
        step = (box.y0 + box.y1) / 2 - bottom
        inside = box.x0 >= area.x0 - em and box.x1 <= area.x1 + em
        if inside and 0 < step <= em and box.x0 <= area.x0 + 2.5 * em:
            bottom = max(bottom, box.y1)
            break
    return Area(area.x0, area.y0, area.x1, bottom)
