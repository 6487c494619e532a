"""Digital pages whose text runs up or down the page: landscape tables bound into a portrait book."""

from dataclasses import replace

from octavo.domain.document import Line, ReadPage
from octavo.domain.geometry import Rotation, UprightTransform
from octavo.pipeline.upright import to_upright

MOSTLY = 0.8
"""Share of the characters that must run sideways, one way."""
FEWEST_CHARACTERS = 40


def turned_level(page: ReadPage) -> ReadPage:
    """The page turned so that its text runs level; the same page where it does, or where it is mixed."""
    rotation = _rotation(page.lines)
    if rotation == 0:
        return page
    transform = UprightTransform(rotation, 0.0, page.height_pt, page.width_pt)
    return replace(
        page,
        width_pt=page.height_pt,
        height_pt=page.width_pt,
        lines=tuple(_turned(line, transform) for line in page.lines),
        regions=tuple(replace(region, bbox=to_upright(region.bbox, transform)) for region in page.regions),
        transform=transform,
        notes=(*page.notes, "rotated"),
    )


def _rotation(lines: tuple[Line, ...]) -> Rotation:
    needed = [_needed(line) for line in lines]
    if not any(needed):
        return 0
    votes = {0: 0, 90: 0, 270: 0}
    for line, rotation in zip(lines, needed, strict=True):
        votes[rotation] += sum(len(word.text) for word in line.words)
    total = sum(votes.values())
    if total < FEWEST_CHARACTERS:
        return 0
    if votes[90] >= MOSTLY * total:
        return 90
    return 270 if votes[270] >= MOSTLY * total else 0


def _needed(line: Line) -> Rotation:
    """Degrees clockwise that set the line level: text that runs up the page needs 90."""
    if line.bbox.height <= line.bbox.width:
        return 0
    first, last = line.words[0].bbox.center, line.words[-1].bbox.center
    across, down = abs(last[0] - first[0]), last[1] - first[1]
    if abs(down) <= 4 * across:
        return 0
    return 90 if down < 0 else 270


def _turned(line: Line, transform: UprightTransform) -> Line:
    words = tuple(replace(word, bbox=to_upright(word.bbox, transform)) for word in line.words)
    return replace(line, words=words, bbox=to_upright(line.bbox, transform))
