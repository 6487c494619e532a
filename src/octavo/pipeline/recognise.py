"""Reading ink: a whole page, or only the pictures on a page whose text layer has the rest."""

from collections.abc import Iterable
from dataclasses import replace

from octavo.domain.document import Line, Region, Word
from octavo.domain.geometry import BBox, enclosing
from octavo.pipeline.ink import crop, ground, looks_like_text, shrunk
from octavo.ports.engines import PageImage, Recogniser
from octavo.ports.readers import LoadedPage

USUAL_DPI = 200
LEAST_DPI = 150
MOST_DPI = 300
"""More costs time and reads no better: word F1 at 400 is that at 300."""
LOOK_DPI = 100
SMALLEST_PICTURE = 0.012
"""Of the page area: a logo, an icon, a rule drawn as a picture."""
OVERLAPS = 0.5
"""Share of a word's area under a word of the text layer: both are the same ink."""


def dpi_for(page: LoadedPage) -> float:
    """The scan's own resolution, within what recognisers are good at."""
    if page.native_dpi is None:
        return USUAL_DPI
    return min(MOST_DPI, max(LEAST_DPI, page.native_dpi))


def recognise(image: PageImage, glance: PageImage, *, recogniser: Recogniser) -> tuple[Line, ...]:
    """The words on an upright picture, each checked to stand on ink of its small copy; in no order."""
    return ground(recogniser.recognise(image), glance)


def recognise_pictures(page: LoadedPage, *, recogniser: Recogniser) -> tuple[Line, ...]:
    """The words in those pictures that the text layer says nothing about."""
    pictures = silent_pictures(page)
    if not pictures:
        return ()
    glance = page.render(LOOK_DPI)
    pictures = [picture for picture in pictures if looks_like_text(crop(glance, picture.bbox))]
    if not pictures:
        return ()
    whole = page.render(dpi_for(page))
    known = [word for line in page.lines for word in line.words]
    found: list[Line] = []
    for picture in pictures:
        part = crop(whole, picture.bbox)
        for line in recognise(part, shrunk(part), recogniser=recogniser):
            placed = _placed(line, picture.bbox)
            found.extend(_unknown(placed, known))
            known.extend(placed.words)
    return tuple(found)


def silent_pictures(page: LoadedPage) -> list[Region]:
    """Pictures worth reading that have hardly a word of the text layer in them."""
    large = [
        region for region in page.regions if region.kind == "image" and region.bbox.area >= SMALLEST_PICTURE
    ]
    centers = [word.bbox.center for line in page.lines for word in line.words] if large else []
    return [
        region
        for region in large
        if _count_inside(centers, region.bbox) <= max(2, int(12 * region.bbox.area))
    ]


def _count_inside(points: Iterable[tuple[float, float]], box: BBox) -> int:
    return sum(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for x, y in points)


def _placed(line: Line, frame: BBox) -> Line:
    """From fractions of the crop to fractions of the page."""
    words = tuple(replace(word, bbox=_into(word.bbox, frame)) for word in line.words)
    return replace(line, words=words, bbox=_into(line.bbox, frame))


def _into(box: BBox, frame: BBox) -> BBox:
    return BBox.clamped(
        frame.x0 + box.x0 * frame.width,
        frame.y0 + box.y0 * frame.height,
        frame.x0 + box.x1 * frame.width,
        frame.y0 + box.y1 * frame.height,
    )


def _unknown(line: Line, known: list[Word]) -> list[Line]:
    """The line without words that were read already; nothing where none is left."""
    words = tuple(word for word in line.words if not _is_known(word, known))
    if len(words) == len(line.words):
        return [line] if words else []
    return [replace(line, words=words, bbox=enclosing([word.bbox for word in words]))] if words else []


def _is_known(word: Word, known: list[Word]) -> bool:
    area = word.bbox.area
    return (
        any(word.bbox.intersection_area(other.bbox) > OVERLAPS * area for other in known) if area else False
    )
