"""Dirt that a recogniser took for a full stop: dropped where nothing is near that it could belong to."""

from octavo.domain.document import Line, Origin, ReadPage

HEIGHT_TO_SIZE = 0.8
"""Font size over line height, where only the box is known."""
SMALLEST_SHARE = 0.6
"""Of the usual line's height: a letter that stands alone is taller."""
FAR_EM = 1.5
"""White around it on all sides."""
_SPECKS = frozenset(".,:;'`\"-_~|^*\u00a6\u00b0\u00b4\u00b7\u2018\u2019\u2022")


def specks(page: ReadPage) -> tuple[Line, ...]:
    """Lines that are one tiny mark, read from ink, far from all other lines; in the page's order."""
    suspects = [line for line in page.lines if _is_mark(line)]
    if not suspects:
        return ()
    others = sorted((line for line in page.lines if not _is_mark(line)), key=lambda line: line.bbox.y0)
    heights = sorted(line.bbox.height * page.height_pt for line in others)
    if not heights:
        return ()
    usual = heights[len(heights) // 2]
    return tuple(
        line
        for line in suspects
        if line.bbox.height * page.height_pt < SMALLEST_SHARE * usual
        and not any(_is_near(line, other, page, FAR_EM * HEIGHT_TO_SIZE * usual) for other in others)
    )


def without_specks(page: ReadPage) -> tuple[Line, ...]:
    """The page's lines that are text."""
    dropped = {id(line) for line in specks(page)}
    return tuple(line for line in page.lines if id(line) not in dropped) if dropped else page.lines


def _is_mark(line: Line) -> bool:
    if len(line.words) != 1:
        return False
    word = line.words[0]
    return word.origin is Origin.OCR and len(word.text) <= 2 and set(word.text) <= _SPECKS


def _is_near(mark: Line, line: Line, page: ReadPage, limit: float) -> bool:
    one, other = mark.bbox, line.bbox
    across = max(other.x0 - one.x1, one.x0 - other.x1) * page.width_pt
    along = max(other.y0 - one.y1, one.y0 - other.y1) * page.height_pt
    return max(across, along) < limit
