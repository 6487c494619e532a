"""Turning a picture of a page so that it stands upright: quarter turns first, then the skew.

The skew is found by projection profiles: across the right angle the ink of text lines
falls into few rows. Only small connected shapes vote, so that photographs and rules do
not, and without a clear winner the page is left as it is.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.domain.document import Line
from octavo.domain.geometry import BBox, Rotation, UprightTransform
from octavo.pipeline.ink import Gray, Mask, crop, ink_mask, to_gray
from octavo.pipeline.standing import has_level_lines, has_level_rules
from octavo.ports.engines import Orienter, PageImage, Recogniser

STEEPEST = 15.0
"""Degrees either way."""
SMALLEST_SKEW = 0.25
"""Degrees; below, turning blurs more than it helps."""
CLEAR_PEAK = 1.45
"""The best angle's sharpness over the usual one's; print has 2 to 18, handwriting 1.5 and more."""
FEWEST_SHAPES = 80
"""Two lines of print; the soft parts of a photograph seldom leave 60 shapes of this size."""
THINNEST = 8
CELL = 4
SURE_UPRIGHT = 0.6
SAMPLE_SIDE = 0.45
"""Of the shorter side of the page: about ten lines of a letter."""
NAMES_RUN_UP = 90
"""Degrees clockwise that set level what runs from the bottom up, as names below a chart do."""
FEW_SHAPES = 500
"""Letters and small shapes of a page with charts; a page of text has more, and to read it twice takes long."""
CLEARLY_BETTER = 1.3
"""A turn is believed where it reads this many times better than the page as it came."""

Points = NDArray[np.float64]
Angles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Upright:
    image: PageImage
    glance: PageImage
    """Its small copy, turned the same way."""
    transform: UprightTransform


def stand_upright(
    image: PageImage, glance: PageImage, *, recogniser: Recogniser, orienter: Orienter | None
) -> Upright:
    """The picture turned, and how to get back; the same picture where it stood upright.

    What is looked for, is looked for in `glance`, the page's small copy.
    """
    rotation = orientation(image, glance, recogniser=recogniser, orienter=orienter)
    image, glance = turn(image, rotation), turn(glance, rotation)
    skew = find_skew(to_gray(glance))
    degrees = skew if abs(skew) >= SMALLEST_SKEW else 0.0
    transform = UprightTransform(rotation, degrees, float(image.width), float(image.height))
    if degrees:
        image, glance = deskewed(image, degrees), deskewed(glance, degrees)
    return Upright(image, glance, transform)


def as_read(image: PageImage, transform: UprightTransform) -> PageImage:
    """A page as displayed, turned as it was when it was read."""
    turned = turn(image, transform.rotation)
    return deskewed(turned, transform.deskew_degrees) if transform.deskew_degrees else turned


def orientation(
    image: PageImage, glance: PageImage, *, recogniser: Recogniser, orienter: Orienter | None
) -> Rotation:
    """Degrees clockwise to stand upright; a turn is made only where the text reads better for it."""
    if orienter is None:
        return 0
    rotation, confidence = orienter.orientation(glance)
    if rotation == 0 and confidence >= SURE_UPRIGHT:
        return 0
    candidates: list[Rotation] = [rotation] if confidence >= SURE_UPRIGHT else [90, 180, 270]
    sample = crop(image, _densest_square(glance))
    best = _best_read(sample, [turn_ for turn_ in candidates if turn_ != 0], recogniser)
    return 0 if best == NAMES_RUN_UP and _is_mixed(image, glance, recogniser) else best


def _is_mixed(image: PageImage, glance: PageImage, recogniser: Recogniser) -> bool:
    """Whether a page with few letters, that seems to lie on its side, has lines that run level, as charts have."""
    _, count = _letters(to_gray(glance))
    return count <= FEW_SHAPES and has_level_lines(recogniser.recognise(image), image)


def turn(image: PageImage, rotation: Rotation) -> PageImage:
    """Clockwise, without loss."""
    if rotation == 0:
        return image
    return PageImage(np.ascontiguousarray(np.rot90(image.pixels, k=-(rotation // 90))), image.dpi)


def deskewed(image: PageImage, degrees: float) -> PageImage:
    """Turned clockwise about the centre on a canvas of the same size, the corners filled like the edges."""
    center = ((image.width - 1) / 2, (image.height - 1) / 2)
    matrix = cv2.getRotationMatrix2D(center, -degrees, 1.0)
    pixels = cv2.warpAffine(
        image.pixels,
        matrix,
        (image.width, image.height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return PageImage(np.asarray(pixels, np.uint8), image.dpi)


def to_upright(box: BBox, transform: UprightTransform) -> BBox:
    """A box of the page as delivered on the upright page: `UprightTransform.bbox_to_source` the other way."""
    if transform.is_identity:
        return box
    corners = [point_to_upright(x, y, transform) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
    return BBox.clamped(
        min(x for x, _ in corners),
        min(y for _, y in corners),
        max(x for x, _ in corners),
        max(y for _, y in corners),
    )


def point_to_upright(x: float, y: float, transform: UprightTransform) -> tuple[float, float]:
    """`UprightTransform.to_source` the other way."""
    turned = {0: (x, y), 90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}[transform.rotation]
    # Turning by the opposite angle is what `to_source` does for a page that was deskewed the other way.
    back = UprightTransform(0, -transform.deskew_degrees, transform.width, transform.height)
    return back.to_source(*turned)


def find_skew(gray: Gray) -> float:
    """Degrees clockwise that would set the text lines level; 0.0 where no angle stands out."""
    points = _text_points(gray)
    if points is None:
        return 0.0
    coarse = np.arange(-STEEPEST, STEEPEST + 0.1, 0.75)
    sharpness = np.array(_sharpness(points, coarse, strips=4))
    best = float(coarse[int(sharpness.argmax())])
    if sharpness.max() < CLEAR_PEAK * np.median(sharpness):
        return 0.0
    for step, strips in ((0.25, 2), (0.1, 1), (0.03, 1)):
        around = np.clip(best + step * np.arange(-4, 5), -STEEPEST, STEEPEST)
        best = float(around[int(np.argmax(_sharpness(points, around, strips=strips)))])
    if abs(best) >= SMALLEST_SKEW and has_level_rules(gray, best):
        return 0.0
    # A line that falls to the right is levelled by a turn the other way.
    return round(-best, 2) + 0.0


def _text_points(gray: Gray) -> Points | None:
    """Rows of x, y and weight of the ink in letters; None where there are too few to tell.

    Ink is summed over cells `CELL` wide and one high: a third of the work, and the angle depends on y.
    A sample of the pixels would be cheaper still, but its noise hides the peak of small pages.
    """
    letters, count = _letters(gray)
    if count < FEWEST_SHAPES:
        return None
    height, width = letters.shape
    cells = np.zeros((height, width // CELL), np.uint8)
    for at in range(CELL):
        cells += letters[:, at : width - width % CELL : CELL]
    y, x = np.nonzero(cells)
    return np.stack((x * CELL + (CELL - 1) / 2, y, cells[y, x])).astype(np.float64)


def _letters(gray: Gray) -> tuple[Mask, int]:
    """Ink in connected shapes of the size of letters and words, and how many shapes those are.

    Long thin shapes are the edges of photographs and rules, whose angle is not the text's.
    """
    # This algorithm takes less than half the time of the one that OpenCV chooses by itself.
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(
        ink_mask(gray), 8, cv2.CV_32S, cv2.CCL_BBDT
    )
    page_height, page_width = gray.shape
    width, height, area = stats[:, 2], stats[:, 3], stats[:, 4]
    is_letter = (height >= 3) & (height <= 0.05 * page_height) & (width <= 0.3 * page_width) & (area >= 4)
    is_letter &= (width <= THINNEST * height) & (height <= THINNEST * width)
    is_letter[0] = False
    return np.take(is_letter.astype(np.uint8), np.asarray(labels, np.int32)), int(is_letter.sum())


def _sharpness(points: Points, angles: Angles, *, strips: int) -> list[float]:
    """How much neighbouring rows differ in ink when looked at along each of `angles`, degrees falling rightwards.

    With several strips each part of the width is judged for itself, which widens the peak for the coarse
    search: over the whole width a text line blurs within half a degree.
    """
    x, y, weight = points
    places = x.astype(np.float32)
    strip = np.minimum(places * (strips / (places.max() + 1)), strips - 1).astype(np.int64)
    found: list[float] = []
    for radians in np.deg2rad(angles):
        rows = (y * np.cos(radians) - x * np.sin(radians)).astype(np.int64)
        rows -= rows.min()
        height = int(rows.max()) + 2
        profile = np.bincount(rows + height * strip, weight, minlength=height * strips)
        found.append(float(np.square(np.diff(profile)).sum()))
    return found


def _best_read(sample: PageImage, candidates: list[Rotation], recogniser: Recogniser) -> Rotation:
    best: Rotation = 0
    best_score = CLEARLY_BETTER * _legibility(recogniser.recognise(sample), sample)
    for rotation in candidates:
        turned = turn(sample, rotation)
        score = _legibility(recogniser.recognise(turned), turned)
        if score > best_score:
            best, best_score = rotation, score
    return best


def _densest_square(glance: PageImage) -> BBox:
    """Where most text is: a square, so that it turns with the page."""
    mask, _ = _letters(to_gray(glance))
    side = max(8, int(SAMPLE_SIDE * min(mask.shape)))
    density = cv2.boxFilter(mask.astype(np.float32), -1, (side, side), borderType=cv2.BORDER_CONSTANT)
    y, x = np.unravel_index(int(density.argmax()), density.shape)
    height, width = mask.shape
    left = min(max(0, int(x) - side // 2), max(0, width - side))
    top = min(max(0, int(y) - side // 2), max(0, height - side))
    return BBox.clamped(left / width, top / height, (left + side) / width, (top + side) / height)


def _legibility(lines: tuple[Line, ...], image: PageImage) -> float:
    """Letters read with confidence, in lines that run level: engines also read lines that stand on end."""
    score = 0.0
    for line in lines:
        if line.bbox.width * image.width >= line.bbox.height * image.height:
            score += sum(len(word.text) * max(0.0, (word.confidence or 0.0) - 0.5) for word in line.words)
    return score
